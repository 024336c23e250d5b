"""Answers with buttons that still work after a restart: their state is in the store."""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Self, TypeAlias

import discord
from discord import app_commands
from discord.ui import Button, DynamicItem, Item, Select, View

from bot import errors, markup
from bot.client import Client, Interaction
from bot.views import answers
from bot.views.answers import Answer, Arguments, Drawn
from briefs import lookups
from briefs.errors import NotFoundError
from briefs.model import PUBLIC, Scope
from briefs.store import Store

log = logging.getLogger(__name__)

_MOST_CONTENT = 2_000
_UNSTORED = "unstored"
_GONE = "These pages are too old to turn: ask again."


async def announce(interaction: Interaction, *, share: bool = False) -> None:
    """Tell Discord that an answer is coming, and whether everybody will see it."""
    interaction.extras[errors.PUBLIC_ANSWER] = share
    await interaction.response.defer(ephemeral=not share, thinking=True)


async def say(interaction: Interaction, text: str) -> None:
    """Answer with *text*, which is Discord's markup already."""
    await interaction.edit_original_response(content=markup.cut(text, _MOST_CONTENT))


def scope_of(interaction: Interaction) -> Scope:
    """Return what the user may read: what is public, and what is their server's."""
    return Scope(interaction.guild_id) if interaction.guild_id else PUBLIC


async def show(interaction: Interaction, command: str, arguments: Arguments) -> None:
    """Answer *command* on its first page, with buttons for the others."""
    work = interaction.client.work
    answer = await answers.give(work, scope_of(interaction), command, arguments)
    await _present(interaction, answer, command, arguments)


async def show_unstored(interaction: Interaction, drawn: Drawn) -> None:
    """Show what is kept nowhere; its buttons work until the next start."""
    kept = interaction.client.remember(drawn)
    await _present(interaction, Answer(drawn), _UNSTORED, {"key": kept})


async def _present(
    interaction: Interaction, answer: Answer, command: str, arguments: Arguments
) -> None:
    if len(answer.pages) == 1 and command != "who" and answer.chart is None:
        await interaction.edit_original_response(embed=answer.pages[0])
        return
    number = await interaction.client.work.write(
        _keep, command, arguments, interaction.user.id, scope_of(interaction)
    )
    view = _buttons(number, 1, len(answer.pages), _view_of(command, arguments))
    await _put(interaction, answer, 1, view)


async def _put(interaction: Interaction, answer: Answer, page: int, view: View) -> None:
    """Show *page* with its picture in the place of what is shown, and of its picture."""
    if not interaction.app_permissions.attach_files:
        answer = Answer(answer.pages)
    shown, files = await answers.attach(interaction.client.work, answer, page)
    await interaction.edit_original_response(embed=shown, attachments=files, view=view)


class Turn(
    DynamicItem[Button[View]], template=r"bf1:page:(?P<id>[0-9]{1,18}):(?P<page>[0-9]{1,4})"
):
    """A button that leads to a page of an answer."""

    def __init__(self, number: int, page: int, label: str = "▶", *, disabled: bool = False) -> None:
        self.number = number
        self.page = page
        custom_id = f"bf1:page:{number}:{page}"
        super().__init__(Button(label=label, custom_id=custom_id, disabled=disabled))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        del interaction, item
        return cls(int(match["id"]), int(match["page"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Turn to the page."""
        await _guarded(interaction, self.number, self.page, {})


class Choose(DynamicItem[Select[View]], template=r"bf1:view:(?P<id>[0-9]{1,18})"):
    """The choice between the views of a card."""

    def __init__(self, number: int, chosen: str = "card") -> None:
        self.number = number
        options = [
            discord.SelectOption(label=view.title(), value=view, default=view == chosen)
            for view in lookups.VIEWS
        ]
        super().__init__(Select(custom_id=f"bf1:view:{number}", options=options))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the menu that was used."""
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the view that was chosen."""
        await _guarded(interaction, self.number, 1, {"view": self.item.values[0]})


ITEMS: tuple[type[DynamicItem[Any]], ...] = (Turn, Choose)


async def _guarded(
    interaction: Interaction, number: int, page: int, changes: Mapping[str, str]
) -> None:
    try:
        await _turn(interaction, number, page, changes)
    except Exception as error:  # noqa: BLE001 - it is told or logged, and must not end silently
        await errors.reply(interaction, error)


async def _turn(
    interaction: Interaction, number: int, page: int, changes: Mapping[str, str]
) -> None:
    """Show *page* in place for who asked, and in a copy of their own for everybody else."""
    mine = _asked(interaction) == interaction.user.id
    if mine:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)
    scope = scope_of(interaction)
    command, before, owner = await interaction.client.work(_kept, number, scope)
    if command in answers.ADMINISTRATION and not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    arguments = {**before, **changes}
    answer = await _answer(interaction.client, scope, command, arguments)
    if changes or owner != interaction.user.id:
        number = await interaction.client.work.write(
            _keep, command, arguments, interaction.user.id, scope
        )
    total = len(answer.pages)
    page = min(max(page, 1), total)
    view = _buttons(number, page, total, _view_of(command, arguments))
    await _put(interaction, answer, page, view)


def _asked(interaction: Interaction) -> int:
    """Return who asked for the message that a button stands under."""
    message = interaction.message
    if message is None or message.interaction_metadata is None:
        return 0
    return message.interaction_metadata.user.id


async def _answer(client: Client, scope: Scope, command: str, arguments: Arguments) -> Answer:
    if command != _UNSTORED:
        return await answers.give(client.work, scope, command, arguments)
    drawn = client.remembered(arguments["key"])
    if not drawn:
        raise NotFoundError(_GONE)
    return Answer(drawn)


def _view_of(command: str, arguments: Arguments) -> str:
    return arguments["view"] if command == "who" else ""


def _buttons(number: int, page: int, total: int, chosen: str) -> View:
    view = View(timeout=None)
    if chosen:
        view.add_item(Choose(number, chosen))
    if total > 1:
        view.add_item(Turn(number, page - 1, "◀", disabled=page == 1))
        here = f"bf1:here:{number}"
        view.add_item(Button(label=f"{page}/{total}", custom_id=here, disabled=True))
        view.add_item(Turn(number, page + 1, "▶", disabled=page == total))
    view.stop()  # nobody waits for it: the items are found by their ids
    return view


_State: TypeAlias = tuple[str, Arguments, int]


def _keep(store: Store, command: str, arguments: Arguments, user: int, scope: Scope) -> int:
    now = datetime.now(UTC)
    return store.pages.keep(command, arguments, user=user, scope=scope, made=now)


def _kept(store: Store, number: int, scope: Scope) -> _State:
    """Return the command, arguments and user of an answer that was given in *scope*."""
    state = store.pages.get(number)
    if state.scope != scope:
        raise NotFoundError(_GONE)
    return state.command, {key: str(value) for key, value in state.arguments.items()}, state.user
