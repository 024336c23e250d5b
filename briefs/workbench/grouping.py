"""Stories as readers list them, and in sentences what is changed about them by hand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from briefs.errors import NotFoundError
from briefs.model import Action, Document, DocumentId, Scope, StoryId
from briefs.store import Placed, Regrouped, Regrouping, Store

SPAN = timedelta(days=7)  # up to the newest arrival: what is listed
_TITLE = 80  # characters
_NAMED = 10  # documents that a sentence names


class Listed(NamedTuple):
    """A story in a list."""

    story: StoryId
    title: str  # of its most central document
    documents: int
    outlets: int
    newest: datetime


class Shown(NamedTuple):
    """A story with its documents, the most central first; those that did not fit are counted."""

    story: StoryId
    documents: tuple[Document, ...]
    more: int


def stories(store: Store, scope: Scope, *, limit: int) -> tuple[Listed, ...]:
    """Return the stories of the last seven days, those with the most new documents first."""
    newest = store.documents.newest_arrival(scope)
    if newest is None:
        return ()
    until = newest + timedelta(microseconds=1)
    found = store.stories.between(scope, until - SPAN, until, limit)
    return tuple(_listed(store, scope, store.stories.members(scope, each)) for each in found)


def show(store: Store, scope: Scope, story: StoryId, *, limit: int) -> Shown:
    """Return a story; NotFoundError when this view has none of that id."""
    members = store.stories.members(scope, story)
    documents = tuple(store.documents.get(scope, each.document) for each in members[:limit])
    return Shown(members[0].story, documents, len(members) - len(documents))


def proposed(store: Store, scope: Scope, change: Regrouping) -> str:
    """Say what *change* would make true, and how many documents it moves.

    UsageError when it makes no sense, NotFoundError when there is no such story.
    """
    many = store.stories.affected(scope, change)
    of = [change.story, *([change.other] if change.other else [])]
    members = [store.stories.members(scope, each) for each in of]
    titles = " and ".join(f"“{_title(store, scope, each)}”" for each in members)
    affects = f"{many:,} document{'' if many == 1 else 's'}"
    return f"{sentence(told(change))} ({titles}). This affects {affects}."


def told(change: Regrouping) -> str:
    """Say what *change* makes true, without a full stop."""
    if change.action is Action.MERGE:
        return f"story {change.other} is one with story {change.story}"
    named = ", ".join(map(str, change.documents[:_NAMED]))
    more = f" and {len(change.documents) - _NAMED} more" if change.documents[_NAMED:] else ""
    one = len(change.documents) == 1
    what = f"document {named} is" if one else f"documents {named}{more} are"
    return f"{what} not of story {change.story} but of one apart"


def line(edit: Regrouped) -> str:
    """Say what an edit was, for a list of them."""
    what = f"undid {edit.undoes}" if edit.undoes else told(edit.change)
    return f"{what}, undone {edit.undone_at:%F}" if edit.undone_at else what


def sentence(text: str) -> str:
    """Begin *text* with a capital letter."""
    return text[:1].upper() + text[1:]


def numbers(texts: Iterable[str], what: str) -> tuple[int, ...]:
    """Read the numbers of stories or documents, with or without "#"; NotFoundError if none."""
    return tuple(_number(text, what) for text in texts)


def dumped(change: Regrouping) -> dict[str, object]:
    """Return *change* as JSON."""
    return {
        "action": change.action.value,
        "story": change.story,
        "other": change.other,
        "documents": list(change.documents),
    }


def loaded(kept: Mapping[str, Any]) -> Regrouping:
    """Return the change that was `dumped`."""
    return Regrouping(
        action=Action(kept["action"]),
        story=StoryId(kept["story"]),
        other=StoryId(kept["other"]),
        documents=tuple(map(DocumentId, kept["documents"])),
    )


def _listed(store: Store, scope: Scope, members: Sequence[Placed]) -> Listed:
    return Listed(
        story=members[0].story,
        title=_title(store, scope, members),
        documents=len(members),
        outlets=len({each.outlet or each.document for each in members}),
        newest=max(each.arrived for each in members),
    )


def _title(store: Store, scope: Scope, members: Sequence[Placed]) -> str:
    title = store.documents.get(scope, members[0].document).title
    return f"{title[: _TITLE - 1]}…" if len(title) > _TITLE else title


def _number(text: str, what: str) -> int:
    plain = text.strip().removeprefix("#")
    if plain.isascii() and plain.isdecimal() and len(plain) <= 18:
        return int(plain)
    raise NotFoundError(f"There is no {what} {text[:60]} here.")
