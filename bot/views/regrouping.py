"""A change to stories in, a question with a red button out; then what was done, with an undo."""

import re
from datetime import UTC, datetime
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.client import Interaction
from bot.views import workbench as buttons
from bot.views.pager import scope_of
from briefs.store import Regrouping, Store
from briefs.workbench import grouping

_COMMAND = "regroup"


async def propose(interaction: Interaction, change: Regrouping) -> None:
    """Say what *change* would affect, with a button that does it."""
    user, scope = interaction.user.id, scope_of(interaction)

    def keep(store: Store) -> tuple[int, str]:
        text = grouping.proposed(store, scope, change)
        now = datetime.now(UTC)
        kept = grouping.dumped(change)
        return store.pages.keep(_COMMAND, kept, user=user, scope=scope, made=now), text

    number, text = await interaction.client.work.write(keep)
    await buttons.tell(interaction, text, Regroup(number))


async def take_back(interaction: Interaction, number: int | None) -> None:
    """Undo an edit of this server, the newest when *number* is None, and say which."""
    user, scope = interaction.user.id, scope_of(interaction)
    undone = await interaction.client.work.write(
        lambda store: store.stories.undo(scope, number, actor=user, at=datetime.now(UTC))
    )
    await buttons.tell(interaction, f"Undone: {grouping.told(undone.change)} (edit {undone.id}).")


class Regroup(DynamicItem[Button[View]], template=r"bf1:regroup:(?P<id>[0-9]{1,18})"):
    """A red button that changes stories, once, for who asked, within a minute."""

    def __init__(self, number: int) -> None:
        self.number = number
        style = discord.ButtonStyle.danger
        super().__init__(Button(label="Do it", style=style, custom_id=f"bf1:regroup:{number}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Make the change."""
        await buttons.guarded(interaction, lambda: _do(interaction, self.number))


class Ungroup(DynamicItem[Button[View]], template=r"bf1:ungroup:(?P<id>[0-9]{1,18})"):
    """A button that undoes a change to stories."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(Button(label="Undo", custom_id=f"bf1:ungroup:{number}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Undo the change."""
        await buttons.guarded(interaction, lambda: take_back(interaction, self.number))


ITEMS: tuple[type[DynamicItem[Any]], ...] = (Regroup, Ungroup)


async def _do(interaction: Interaction, number: int) -> None:
    user, scope = interaction.user.id, scope_of(interaction)

    def change(store: Store) -> tuple[int, Regrouping] | None:
        waiting = buttons.planned(store, number, interaction, command=_COMMAND)
        if waiting is None:
            return None
        loaded = grouping.loaded(waiting)
        return store.stories.apply(scope, loaded, actor=user, at=datetime.now(UTC)), loaded

    made = await interaction.client.work.write(change)
    if made is None:
        await buttons.tell(interaction, buttons.LATE)
    else:
        edit, done = made
        text = f"Done: {grouping.told(done)} (edit {edit})."
        await buttons.tell(interaction, text, Ungroup(edit))
