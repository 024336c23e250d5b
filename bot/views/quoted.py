"""Questions about a posted briefing in, what is to be shown out: proved as it was quoted then."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot import markup
from briefs import corrections, pages
from briefs.model import (
    Break,
    BriefingEdit,
    EditKind,
    Explanation,
    Label,
    Moment,
    Page,
    Run,
    Scope,
)
from briefs.store import Store

_MOST_EDITS = 200
_DONE = {
    EditKind.HIDE: "hidden",
    EditKind.SHOW: "shown again",
    EditKind.WRONG: "reported",
    EditKind.WITHDRAW: "withdrawn",
}


def answer(
    store: Store, scope: Scope, command: str, arguments: Mapping[str, str]
) -> tuple[Page, ...]:
    """Answer "sources" or "reasons": each line is proved in the revision that has it."""
    number = int(arguments["number"])
    if command == "sources":
        laid_out = pages.lay_out(corrections.sources(store, scope, number), markup.LIMITS)
        store.documents.prove(scope, corrections.quotations(laid_out))
        return laid_out
    kept = corrections.shown(store, scope, number)
    told = Explanation(briefing=kept.briefing, number=number)
    return corrections.pinned(store, scope, pages.lay_out(told, markup.LIMITS))


def noted(store: Store, scope: Scope, number: int, laid_out: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return pages of briefing *number* with a word on top when editors withdrew it."""
    edit = corrections.withdrawn(store.postings.edits_of(scope, number))
    if edit is None:
        return laid_out
    word: tuple[Run, ...] = (Label("Withdrawn by an editor on "), Moment(edit.at, "full"))
    first, *others = laid_out
    return replace(first, runs=(*word, Break(blank=True), *first.runs)), *others


def edits(store: Store, scope: Scope) -> list[tuple[datetime, str]]:
    """Return when who did what to which posted briefing, in Discord's text."""
    return [(edit.at, _row(edit)) for edit in store.postings.edits(scope, limit=_MOST_EDITS)]


def since(store: Store, scope: Scope, number: int, user: int) -> dict[str, str]:
    """Return the question what has arrived since the window of briefing *number* ended."""
    briefing = corrections.shown(store, scope, number).briefing
    return {
        "since": briefing.until.isoformat(),
        "until": datetime.now(UTC).isoformat(),
        "about": briefing.about,
        "user": str(user),
        "backlog": "no",
    }


def longer(store: Store, scope: Scope, number: int) -> dict[str, str]:
    """Return the question for all that briefing *number* has no room for."""
    briefing = corrections.shown(store, scope, number).briefing
    return {
        "since": briefing.since.isoformat(),
        "until": briefing.until.isoformat(),
        "about": briefing.about,
        "length": "long",
        "samples": "yes" if briefing.sample else "no",
        "backlog": "no",
    }


def _row(edit: BriefingEdit) -> str:
    story = f"story {edit.story}" if edit.story else "all of it"
    note = f": {markup.plain(edit.note)}" if edit.note else ""
    at = f"<t:{int(edit.at.timestamp())}:f>"
    return f"{at}: briefing {edit.briefing}, {story} {_DONE[edit.action]} by <@{edit.actor}>{note}"
