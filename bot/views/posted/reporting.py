"""Wrong: a story and what is wrong with it in, a row of the audit and the way to mend it out."""

from collections.abc import Sequence
from datetime import UTC, datetime

import discord

from bot.client import Interaction
from bot.views import pager, regrouping
from bot.views.posted import steps
from bot.views.posted.steps import MOST_OPTIONS, Choice, Step
from briefs.errors import NotFoundError
from briefs.model import Action, BriefingEdit, DocumentId, EditKind, Item, Scope
from briefs.store import Regrouping, Store

_FAULTS = {
    "mixed": "unrelated documents are mixed",
    "name": "a name is wrong",
    "other": "something else is wrong",
}
_NAMES = "/entity merge, split, type and hide change how names are recognised in this server."


async def offer(interaction: Interaction, number: int) -> Step:
    """Offer the stories."""
    scope = pager.scope_of(interaction)
    found = await interaction.client.work(steps.stories, scope, number)
    if not found:
        return Step("There is no story left in this briefing.")
    return Step("Which story is wrong?", Choice("wrong", steps.named(found), "Choose a story"))


async def choose(interaction: Interaction, number: int, _story: int, values: Sequence[str]) -> Step:
    """Offer what can be wrong."""
    await _item(interaction, number, int(values[0]))
    options = tuple(
        discord.SelectOption(label=text.capitalize(), value=value)
        for value, text in _FAULTS.items()
    )
    choice = Choice("fault", options, "Choose a mistake", story=int(values[0]))
    return Step("What is wrong with it?", choice)


async def fault(interaction: Interaction, number: int, story: int, values: Sequence[str]) -> Step:
    """Record the mistake, and say what can be done about it."""
    scope = pager.scope_of(interaction)
    found = await _item(interaction, number, story)
    edit = BriefingEdit(
        scope=scope,
        briefing=number,
        action=EditKind.WRONG,
        actor=interaction.user.id,
        at=datetime.now(UTC),
        story=story,
        note=_FAULTS.get(values[0], _FAULTS["other"]),
    )
    new = await interaction.client.work.write(lambda store: store.postings.edit(edit))
    text = "It is on record" if new else "It was on record already"
    text = f"{text}: /audit lists it."
    if values[0] == "name":
        return Step(f"{text} {_NAMES}")
    if values[0] != "mixed":
        return Step(text)
    members = await interaction.client.work(_members, scope, found)
    if len(members) < 2:
        return Step(f"{text} There is only one document left in this story.")
    choice = Choice("split", members, "Choose documents", story=story, most=len(members) - 1)
    return Step(f"{text} Which documents are to be a story of their own?", choice)


async def split(interaction: Interaction, number: int, story: int, values: Sequence[str]) -> None:
    """Say what splitting the story would affect, with a red button that does it."""
    found = await _item(interaction, number, story)
    documents = tuple(DocumentId(int(value)) for value in values)
    await regrouping.propose(
        interaction, Regrouping(Action.SPLIT, found.story.id, documents=documents)
    )


async def _item(interaction: Interaction, number: int, story: int) -> Item:
    found = await interaction.client.work(steps.stories, pager.scope_of(interaction), number)
    if story not in found:
        raise NotFoundError("There is no such story in this briefing.")
    return found[story]


def _members(store: Store, scope: Scope, item: Item) -> tuple[discord.SelectOption, ...]:
    """Return the documents that the story has by now, as options; () when it is gone."""
    try:
        members = store.stories.members(scope, item.story.id)
    except NotFoundError:
        return ()
    numbers = [member.document for member in members][:MOST_OPTIONS]
    return tuple(
        discord.SelectOption(
            label=steps.short(document.title or "Untitled"),
            value=str(document.id),
            description=steps.short(f"document {document.id}, {document.outlet}"),
        )
        for document in store.documents.headers(scope, numbers)
    )
