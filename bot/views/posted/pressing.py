"""What is pressed or chosen under a posted briefing, found by its id; the answer is for one."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Self, TypeAlias

import discord
from discord import app_commands
from discord.ui import Button, DynamicItem, Item, Select, View

from bot import buttons, errors, markup
from bot.client import Interaction
from bot.views.posted import following, hiding, reporting, showing, withdrawing
from bot.views.posted.steps import Choice, Step

Act: TypeAlias = Callable[[Interaction, int], Awaitable[Step | None]]
# (interaction, briefing, story, what was chosen); a story of 0 is none
Pick: TypeAlias = Callable[[Interaction, int, int, Sequence[str]], Awaitable[Step | None]]

ACTS: Mapping[str, Act] = {
    "src": showing.sources,
    "why": showing.reasons,
    "new": showing.changed,
    "more": showing.longer,
    "follow": following.offer,
    "hide": hiding.offer,
    "wrong": reporting.offer,
    "withdraw": withdrawing.offer,
}
PICKS: Mapping[str, Pick] = {
    "follow": following.follow,
    "hide": hiding.hide,
    "wrong": reporting.choose,
    "fault": reporting.fault,
    "split": reporting.split,
}
_READERS = frozenset({"follow"})  # of the picks: whoever may read may choose
_MOST_CONTENT = 2_000


class Pressed(
    DynamicItem[Button[View]],
    template=rf"bf1:(?P<act>{'|'.join(ACTS)}):(?P<id>[0-9]{{1,18}})",
):
    """A button under a posted briefing."""

    def __init__(self, act: str, number: int) -> None:
        self.act = act
        self.number = number
        label = {**buttons.READING, **buttons.EDITING}[act]
        super().__init__(Button(label=label, custom_id=buttons.custom_id(act, number)))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        del interaction, item
        return cls(match["act"], int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it is for, in a message that only who pressed it sees."""
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            _check(interaction, editing=self.act in buttons.EDITING)
            await _tell(interaction, self.number, await ACTS[self.act](interaction, self.number))
        except Exception as error:  # noqa: BLE001 - it is told or logged, and must not end silently
            await errors.reply(interaction, error)


class Chosen(
    DynamicItem[Select[View]],
    template=rf"bf1:pick:(?P<what>{'|'.join(PICKS)}):(?P<id>[0-9]{{1,18}}):(?P<story>[0-9]{{1,4}})",
):
    """A list to choose from, in what a button under a posted briefing has answered."""

    def __init__(self, number: int, choice: Choice) -> None:
        self.number = number
        self.choice = choice
        select: Select[View] = Select(
            custom_id=f"bf1:pick:{choice.what}:{number}:{choice.story}",
            placeholder=choice.placeholder,
            options=[*choice.options],
            max_values=choice.most,
        )
        super().__init__(select)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the list that was chosen from."""
        del interaction, item
        return cls(int(match["id"]), Choice(match["what"], (), "", int(match["story"])))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Go on with what was chosen, in the same message."""
        what, story = self.choice.what, self.choice.story
        try:
            await interaction.response.defer()
            _check(interaction, editing=what not in _READERS)
            step = await PICKS[what](interaction, self.number, story, self.item.values)
            await _tell(interaction, self.number, step)
        except Exception as error:  # noqa: BLE001 - it is told or logged, and must not end silently
            await errors.reply(interaction, error)


ITEMS: tuple[type[DynamicItem[Any]], ...] = (Pressed, Chosen, withdrawing.Withdraw)


def _check(interaction: Interaction, *, editing: bool) -> None:
    """Refuse what only who manages the server may do, whoever sees the buttons."""
    if interaction.client.stopping:
        raise errors.Refusal("Daybrief is being restarted: try again in a minute.")
    permissions = interaction.permissions
    if editing and not (permissions.administrator or permissions.manage_guild):
        raise app_commands.MissingPermissions(["manage_guild"])


async def _tell(interaction: Interaction, number: int, step: Step | None) -> None:
    """Say what *step* says; None has been said already."""
    if step is None:
        return
    view = View(timeout=None)
    if step.choice:
        view.add_item(Chosen(number, step.choice))
    view.stop()  # nobody waits for it: the items are found by their ids
    content = markup.cut(markup.plain(step.text), _MOST_CONTENT)
    await interaction.edit_original_response(content=content, view=view if step.choice else None)
