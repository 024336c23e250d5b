"""Hide item: a story that is chosen in, the messages without it out; or with it again."""

import functools
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import discord

from bot.client import Interaction
from bot.views import pager
from bot.views.posted import editing, steps
from bot.views.posted.steps import MOST_OPTIONS, Choice, Step
from briefs import corrections
from briefs.errors import DaybriefError, NotFoundError
from briefs.model import BriefingEdit, EditKind, Scope
from briefs.store import Store

_FOR = "That is for this post only: its documents stay, and later briefings may show them."
_BACK = "Hide item shows it again, too."
_AGAIN = "again "  # before the number of a story that is to be shown again


async def offer(interaction: Interaction, number: int) -> Step:
    """Offer the stories, and below them those that are hidden, to be shown again."""
    scope = pager.scope_of(interaction)
    shown, hidden = await interaction.client.work(_options, scope, number)
    if not shown and not hidden:
        return Step("There is no story in this briefing.")
    choice = Choice("hide", (*shown, *hidden)[:MOST_OPTIONS], "Choose a story")
    again = " Or which is to be shown again?" if hidden else ""
    return Step(f"Which story is to be hidden?{again} {_FOR}", choice)


async def hide(interaction: Interaction, number: int, _story: int, values: Sequence[str]) -> Step:
    """Record that the story is hidden, and take it out of the messages; or do the opposite."""
    client, scope = interaction.client, pager.scope_of(interaction)
    if values[0].startswith(_AGAIN):
        return await _show(interaction, number, int(values[0].removeprefix(_AGAIN)))
    edit = BriefingEdit(
        scope=scope,
        briefing=number,
        action=EditKind.HIDE,
        actor=interaction.user.id,
        at=datetime.now(UTC),
        story=int(values[0]),
    )
    found = await client.work(steps.stories, scope, number)
    known = await client.work(lambda store: store.postings.edits_of(scope, number))
    if edit.story not in {*found, *(each.story for each in known)}:
        raise NotFoundError("There is no such story in this briefing.")
    return Step(await carry_out(interaction, edit) or f"It is hidden. {_FOR} {_BACK}")


async def carry_out(interaction: Interaction, edit: BriefingEdit) -> str:
    """Record *edit* first, then change the messages; return what went wrong, "" when nothing did.

    What for certain changed nothing is not on record either. To do it again changes nothing more.
    """
    work = interaction.client.work
    new = await work.write(lambda store: store.postings.edit(edit))
    back = functools.partial(work.write, lambda store: store.postings.take_back(edit))
    return await _redrawn(interaction, edit, back if new else None)


async def _show(interaction: Interaction, number: int, story: int) -> Step:
    """Record that a hidden story is shown again, in the place of that it was hidden."""
    work, scope = interaction.client.work, pager.scope_of(interaction)
    hidden = await work(_hidden, scope, number, story)
    note = f"the member {hidden.actor} had hidden it on {hidden.at:%d %b %Y %H:%M} UTC"
    actor, now = interaction.user.id, datetime.now(UTC)
    shown = hidden._replace(action=EditKind.SHOW, actor=actor, at=now, note=note)
    await work.write(lambda store: store.postings.swap(hidden, shown))
    back = functools.partial(work.write, lambda store: store.postings.swap(shown, hidden))
    return Step(await _redrawn(interaction, shown, back) or "It is shown again.")


async def _redrawn(
    interaction: Interaction, edit: BriefingEdit, back: Callable[[], Awaitable[object]] | None
) -> str:
    """Change the messages; where nothing was changed, go *back* on what was recorded."""
    try:
        outcome = await editing.redraw(interaction.client, edit.scope, edit.briefing)
    except DaybriefError:
        if back is not None:
            await back()
        raise
    if outcome.untouched and back is not None:
        await back()
    return outcome.sentence()


def _options(
    store: Store, scope: Scope, number: int
) -> tuple[Sequence[discord.SelectOption], Sequence[discord.SelectOption]]:
    """Return the stories that are shown, and those that are hidden, as options."""
    hidden = steps.named(steps.stories(store, scope, number, hidden=True))
    again = [
        discord.SelectOption(
            label=steps.short(f"Show again: {each.label}"), value=f"{_AGAIN}{each.value}"
        )
        for each in hidden
    ]
    return steps.named(steps.stories(store, scope, number)), again


def _hidden(store: Store, scope: Scope, number: int, story: int) -> BriefingEdit:
    """Return the edit that hides a story; NotFoundError when none does, or not any more."""
    corrections.shown(store, scope, number)  # it is here, and was not withdrawn
    for edit in store.postings.edits_of(scope, number):
        if (edit.action, edit.story) == (EditKind.HIDE, story):
            return edit
    raise NotFoundError("That story is shown already.")
