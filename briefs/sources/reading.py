"""The read path for sources: feeds and folders in the store in, how they are out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from briefs import ingest
from briefs.errors import UsageError
from briefs.model import (
    PUBLIC,
    Condition,
    Feed,
    FeedCard,
    FeedErrors,
    FeedList,
    Folder,
    Scope,
    SourceShelf,
)
from briefs.store import Store

STATUSES = ("ok", "failing", "held", "paused", "not read yet")

_OF = {
    "ok": {Condition.OK, Condition.EMPTY},
    "failing": {Condition.ILL},
    "held": {Condition.HELD},
    "paused": {Condition.PAUSED},
    "not read yet": {Condition.NEW},
}
_NEWEST = 5  # documents that are shown of a feed
_REFUSED = 5  # of its refusals
_MOST = 25  # refusals that are shown of all
_REMEMBERED = 1_000
_ILL = 200  # feeds that are shown with what is wrong
_NOW = datetime.max.replace(tzinfo=UTC)  # since when one is ill that does not say


def feeds(store: Store, scope: Scope, status: str = "") -> FeedList:
    """Return the feeds that *scope* sees, those of one of `STATUSES` when it is given."""
    found = _those(store.feeds.list(scope), status)
    waiting = store.origins.waiting(scope)
    return FeedList(scope=scope, feeds=found, status=status, waiting=waiting)


def feed(store: Store, scope: Scope, name: str, *, full: bool = True) -> FeedCard:
    """Return all about the feed called *name*; NotFoundError when *scope* sees none.

    With its address and headers only when it is the scope's own and *full* is asked for.
    """
    found = store.feeds.named(scope, name)
    refused = store.intake.refused(scope, limit=_REMEMBERED)
    return FeedCard(
        feed=found,
        full=full and found.scope == scope,
        waiting=store.origins.waiting(scope).get(found.id, 0),
        documents=store.origins.documents(scope, found.id, limit=_NEWEST),
        refused=tuple(each for each in refused if each.feed == found.id)[:_REFUSED],
    )


def own(store: Store, scope: Scope, name: str) -> Feed:
    """Return the feed of *scope* itself called *name*, which it may change."""
    found = store.feeds.named(scope, name)
    if found.scope != scope:
        raise UsageError(f"“{found.name}” is everybody's: only the operator changes it.")
    return found


def errors(store: Store, scope: Scope) -> FeedErrors:
    """Return what is wrong with the feeds of *scope* itself, the longest ill first."""
    every = store.feeds.own(scope)
    names = {each.id: each.name for each in every}
    ill = (each for each in every if each.condition in {Condition.ILL, Condition.HELD})
    refused = store.intake.refused(scope, limit=_REMEMBERED)
    return FeedErrors(
        scope=scope,
        feeds=tuple(sorted(ill, key=lambda each: each.ill_since or _NOW)[:_ILL]),
        refused=tuple(each for each in refused if each.feed in names)[:_MOST],
        names=names,
    )


def shelf(
    store: Store, scope: Scope, *, folders: Sequence[Path] = (), status: str = ""
) -> SourceShelf:
    """Return where the documents that *scope* sees come from; *folders* are the configured ones."""
    everybody = store.documents.counts(PUBLIC).documents
    return SourceShelf(
        scope=scope,
        feeds=_those(store.feeds.list(scope), status),
        health=store.feeds.health(scope),
        folders=tuple(_folder(store, scope, path) for path in folders),
        public=everybody,
        own=store.documents.counts(scope).documents - everybody if scope != PUBLIC else 0,
        status=status,
    )


def _folder(store: Store, scope: Scope, path: Path) -> Folder:
    """Count what is in a folder, shown by its own name: where it lies is the operator's."""
    return Folder(path.name, *store.origins.folder(scope, ingest.identity(path)))


def _those(found: Sequence[Feed], status: str) -> tuple[Feed, ...]:
    if not status:
        return tuple(found)
    if status not in _OF:
        raise UsageError(f"“{status}” is no state: give one of {', '.join(STATUSES)}.")
    return tuple(each for each in found if each.condition in _OF[status])
