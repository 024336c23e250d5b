"""Withdraw: what would be affected in, and after a red button one sentence in place of it out."""

import logging
import re
from datetime import UTC, datetime
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot import markup
from bot.client import Interaction
from bot.views import pager, workbench
from bot.views.posted import editing, hiding
from briefs import corrections
from briefs.errors import NotFoundError
from briefs.model import BriefingEdit, EditKind, Scope
from briefs.pages import phrases
from briefs.store import Store

log = logging.getLogger(__name__)

_COMMAND = "withdraw"
_SECONDS = 60.0


async def offer(interaction: Interaction, number: int) -> None:
    """Say what would be withdrawn, with a button that does it within a minute.

    Of what is withdrawn already, the messages that could not be changed then are changed now.
    """
    user, scope = interaction.user.id, pager.scope_of(interaction)
    if await interaction.client.work(_is_withdrawn, scope, number):
        outcome = await editing.redraw(interaction.client, scope, number)
        text = outcome.sentence() or "This briefing was withdrawn by an editor."
        await interaction.edit_original_response(content=markup.plain(text))
        return

    def keep(store: Store) -> tuple[int, str]:
        text = _affected(store, scope, number)
        now = datetime.now(UTC)
        kept = {"briefing": number}
        return store.pages.keep(_COMMAND, kept, user=user, scope=scope, made=now), text

    waiting, text = await interaction.client.work.write(keep)
    view = _Minute(interaction, waiting)
    await interaction.edit_original_response(content=markup.plain(text), view=view)


class Withdraw(DynamicItem[Button[View]], template=r"bf1:withdrawal:(?P<id>[0-9]{1,18})"):
    """A red button that withdraws a briefing, once, for who pressed Withdraw, within a minute."""

    def __init__(self, number: int, *, disabled: bool = False) -> None:
        self.number = number
        super().__init__(
            Button(
                label="Withdraw",
                style=discord.ButtonStyle.danger,
                custom_id=f"bf1:withdrawal:{number}",
                disabled=disabled,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Withdraw the briefing."""
        await workbench.guarded(interaction, lambda: _withdraw(interaction, self.number))


class _Minute(View):
    """The red button, which is disabled when nobody has pressed it for a minute."""

    def __init__(self, interaction: Interaction, waiting: int) -> None:
        super().__init__(timeout=_SECONDS)
        self._interaction = interaction
        self._waiting = waiting
        self.add_item(Withdraw(waiting))

    async def on_timeout(self) -> None:
        """Disable the button, unless it was pressed."""
        try:
            await self._interaction.client.work(lambda store: store.pages.get(self._waiting))
            self.clear_items()
            self.add_item(Withdraw(self._waiting, disabled=True))
            await self._interaction.edit_original_response(view=self)
        except NotFoundError:
            return
        except discord.HTTPException as error:
            log.info("a button could not be disabled: %s", error)


async def _withdraw(interaction: Interaction, waiting: int) -> None:
    scope = pager.scope_of(interaction)

    def take(store: Store) -> int | None:
        planned = workbench.planned(store, waiting, interaction, command=_COMMAND)
        return None if planned is None else int(planned["briefing"])

    number = await interaction.client.work.write(take)
    if number is None:
        await workbench.tell(interaction, "That button was for 60 seconds: press Withdraw again.")
        return
    edit = BriefingEdit(
        scope=scope,
        briefing=number,
        action=EditKind.WITHDRAW,
        actor=interaction.user.id,
        at=datetime.now(UTC),
    )
    failed = await hiding.carry_out(interaction, edit)
    done = "The briefing is withdrawn; its documents stay in the library."
    await workbench.tell(interaction, failed or done)


def _is_withdrawn(store: Store, scope: Scope, number: int) -> bool:
    return corrections.withdrawn(store.postings.edits_of(scope, number)) is not None


def _affected(store: Store, scope: Scope, number: int) -> str:
    """Say what would be withdrawn; NotFoundError when there is no such briefing any more."""
    briefing = corrections.shown(store, scope, number).briefing
    parts = [part for part in store.postings.parts(scope, number) if part.message]
    stories = phrases.count(len(briefing.items), "story", "stories")
    messages = phrases.count(len(parts), "message")
    return (
        f"This takes {stories} in {messages} out of sight, for everybody and for good; documents "
        "stay in the library. Do it within 60 seconds?"
    )
