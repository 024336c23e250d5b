"""Hide item: a story that is chosen in, the messages without it out."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.client import Interaction
from bot.views import pager
from bot.views.posted import editing, steps
from bot.views.posted.steps import Choice, Step
from briefs.errors import DaybriefError, NotFoundError
from briefs.model import BriefingEdit, EditKind

_FOR = "That is for this post only: its documents stay, and later briefings may show them."


async def offer(interaction: Interaction, number: int) -> Step:
    """Offer the stories."""
    scope = pager.scope_of(interaction)
    found = await interaction.client.work(steps.stories, scope, number)
    if not found:
        return Step("There is no story left in this briefing.")
    choice = Choice("hide", steps.named(found), "Choose a story")
    return Step(f"Which story is to be hidden? {_FOR}", choice)


async def hide(interaction: Interaction, number: int, _story: int, values: Sequence[str]) -> Step:
    """Record that the story is hidden, and take it out of the messages."""
    client, scope = interaction.client, pager.scope_of(interaction)
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
    return Step(await carry_out(interaction, edit) or f"It is hidden. {_FOR}")


async def carry_out(interaction: Interaction, edit: BriefingEdit) -> str:
    """Record *edit* first, then change the messages; return what went wrong, "" when nothing did.

    What for certain changed nothing is not on record either. To do it again changes nothing more.
    """
    client = interaction.client
    new = await client.work.write(lambda store: store.postings.edit(edit))
    try:
        outcome = await editing.redraw(client, edit.scope, edit.briefing)
    except DaybriefError:
        if new:
            await client.work.write(lambda store: store.postings.take_back(edit))
        raise
    if outcome.untouched and new:
        await client.work.write(lambda store: store.postings.take_back(edit))
    return outcome.sentence()
