"""A change to a name in, a question with a red button out; then what was done, with an undo."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import discord
from discord import app_commands
from discord.ui import Button, DynamicItem, Item, View

from bot import errors, markup
from bot.client import Interaction
from bot.views.pager import scope_of
from briefs import workbench
from briefs.errors import NotFoundError, UsageError
from briefs.model import Change, Scope
from briefs.store import Store, curation

_COMMAND = "edit"
_VALID = timedelta(seconds=60)
_MOST_CONTENT = 2_000
LATE = "That button was for 60 seconds: nothing is changed; use the command again."


async def propose(interaction: Interaction, plan: Callable[[Store, Scope], Change]) -> None:
    """Say what the change that *plan* gives would affect, with a button that does it."""
    user, scope = interaction.user.id, scope_of(interaction)

    def keep(store: Store) -> tuple[int, str]:
        change = plan(store, scope)
        affected = workbench.affected(store, scope, change)
        kept: Mapping[str, object] = curation.dumped(change)
        now = datetime.now(UTC)
        number = store.pages.keep(_COMMAND, kept, user=user, scope=scope, made=now)
        note = f" {change.note}" if change.note and not change.parts else ""
        return number, f"{workbench.told(change)}.{note} {workbench.told_of(affected)}"

    number, text = await interaction.client.work.write(keep)
    await tell(interaction, text, Do(number))


async def make(interaction: Interaction, plan: Callable[[Store, Scope], Change]) -> None:
    """Make the change that *plan* gives, and say so with a button that undoes it."""
    user, scope = interaction.user.id, scope_of(interaction)

    def change(store: Store) -> tuple[int, Change]:
        made = plan(store, scope)
        now = datetime.now(UTC)
        return workbench.make(store, scope, made, actor=user, at=now), made

    await _tell_done(interaction, *await interaction.client.work.write(change))


async def take_back(interaction: Interaction, number: int | None) -> None:
    """Undo an edit of this server, the newest when *number* is None, and say which."""
    user, scope = interaction.user.id, scope_of(interaction)
    undone = await interaction.client.work.write(
        lambda store: workbench.undo(store, scope, number, actor=user, at=datetime.now(UTC))
    )
    await tell(interaction, f"Undone: {workbench.told(undone.change)} (edit {undone.id}).")


class Do(DynamicItem[Button[View]], template=r"bf1:do:(?P<id>[0-9]{1,18})"):
    """A red button that makes a change, once, for who asked, within a minute."""

    def __init__(self, number: int) -> None:
        self.number = number
        style = discord.ButtonStyle.danger
        super().__init__(Button(label="Do it", style=style, custom_id=f"bf1:do:{number}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Make the change."""
        await guarded(interaction, lambda: _do(interaction, self.number))


class Undo(DynamicItem[Button[View]], template=r"bf1:undo:(?P<id>[0-9]{1,18})"):
    """A button that undoes a change."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(Button(label="Undo", custom_id=f"bf1:undo:{number}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Undo the change."""
        await guarded(interaction, lambda: take_back(interaction, self.number))


ITEMS: tuple[type[DynamicItem[Any]], ...] = (Do, Undo)


async def guarded(interaction: Interaction, act: Callable[[], Awaitable[None]]) -> None:
    """Do what a button of who manages the server is for; tell what goes wrong."""
    try:
        await interaction.response.defer()
        _check_manages(interaction)
        await act()
    except Exception as error:  # noqa: BLE001 - it is told or logged, and must not end silently
        await errors.reply(interaction, error)


def _check_manages(interaction: Interaction) -> None:
    permissions = interaction.permissions
    if not (permissions.administrator or permissions.manage_guild):
        raise app_commands.MissingPermissions(["manage_guild"])


async def _do(interaction: Interaction, number: int) -> None:
    user, scope = interaction.user.id, scope_of(interaction)
    now = datetime.now(UTC)

    def change(store: Store) -> tuple[int, Change] | None:
        waiting = planned(store, number, interaction, command=_COMMAND)
        if waiting is None:
            return None
        loaded = curation.loaded(waiting)
        return workbench.make(store, scope, loaded, actor=user, at=now), loaded

    made = await interaction.client.work.write(change)
    if made is None:
        await tell(interaction, LATE)
    else:
        await _tell_done(interaction, *made)


def planned(
    store: Store, number: int, interaction: Interaction, *, command: str
) -> Mapping[str, Any] | None:
    """Return what waits for its button, which works once; None when it is too late."""
    waiting = store.pages.get(number)
    if waiting.scope != scope_of(interaction) or waiting.command != command:
        raise NotFoundError("That button is of nothing here: use the command again.")
    if waiting.user != interaction.user.id:
        raise UsageError("That button is for who used the command: use it yourself.")
    store.pages.drop(number)
    return waiting.arguments if datetime.now(UTC) - waiting.made <= _VALID else None


async def _tell_done(interaction: Interaction, number: int, change: Change) -> None:
    await tell(interaction, f"Done: {workbench.told(change)} (edit {number}).", Undo(number))


async def tell(interaction: Interaction, text: str, *items: DynamicItem[Any]) -> None:
    """Say *text*, in plain letters, above the buttons *items*."""
    view = View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()  # nobody waits for it: the items are found by their ids
    content = markup.cut(markup.plain(text), _MOST_CONTENT)
    await interaction.edit_original_response(content=content, view=view if items else None)
