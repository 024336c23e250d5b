"""A posted briefing and what editors did to it in, what is still shown of it out."""

from collections.abc import Iterable
from dataclasses import replace

from briefs import exports
from briefs.errors import NotFoundError
from briefs.exports import Kept
from briefs.model import BriefingEdit, EditKind, Item, Scope
from briefs.store import Store

_KINDS = ("PERSON", "ORGANISATION", "PLACE")
_LOOKED_AT = 60  # names of a briefing


def hidden(edits: Iterable[BriefingEdit]) -> frozenset[int]:
    """Return the numbers of the stories that editors have hidden, counted from 1."""
    return frozenset(edit.story for edit in edits if edit.action is EditKind.HIDE)


def withdrawn(edits: Iterable[BriefingEdit]) -> BriefingEdit | None:
    """Return the edit that withdrew the briefing; None when none did."""
    return next((edit for edit in edits if edit.action is EditKind.WITHDRAW), None)


def shown(store: Store, scope: Scope, number: int) -> Kept:
    """Return briefing *number* without the stories that are hidden; its pages are as they were.

    NotFoundError when *scope* has no such briefing, or it was withdrawn.
    """
    kept = exports.load(store.briefings.get(scope, number)[1])
    edits = store.postings.edits_of(scope, number)
    if withdrawn(edits):
        raise NotFoundError("This briefing was withdrawn by an editor.")
    gone = hidden(edits)
    items = tuple(
        item for place, item in enumerate(kept.briefing.items, start=1) if place not in gone
    )
    return kept._replace(briefing=replace(kept.briefing, items=items))


def names(store: Store, scope: Scope, items: Iterable[Item], *, limit: int) -> tuple[str, ...]:
    """Return the people, organisations and places of *items*, those in the most documents first."""
    numbers = dict.fromkeys(number for item in items for number in item.story.documents)
    found = store.entities.people_of(scope, tuple(numbers), (), _LOOKED_AT)
    fit = [each.name for each in found.values() if each.kind.value in _KINDS]
    return tuple(fit[:limit])
