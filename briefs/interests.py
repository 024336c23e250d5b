"""The read path for topics and watch-lists: documents in, which of them readers asked for out."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from briefs import entities, topics, words
from briefs.model import (
    Document,
    DocumentId,
    Line,
    Matched,
    Scope,
    Span,
    Tested,
    Topic,
    Watch,
    Watched,
    WatchList,
)
from briefs.store import Store

DAYS = 7  # that a test looks back on


def on(
    store: Store, scope: Scope, topic: Topic, documents: Sequence[Document]
) -> dict[DocumentId, tuple[str, ...]]:
    """Return which of *documents* are on *topic*, and what of it is in each, as written there."""
    named = _named(store, scope, topic.entities, documents)
    matches = {
        document.id: topics.match(topic, document, _written(document, named))
        for document in documents
    }
    return {number: found for number, found in matches.items() if found}


def watched(
    store: Store, scope: Scope, watches: Sequence[Watch], documents: Sequence[Document]
) -> dict[DocumentId, tuple[str, ...]]:
    """Return in which of *documents* something of *watches* stands, and what, as it is watched for.

    It stands there as words, in any form when it is one word, or as a name, however it is written.
    """
    texts = tuple(dict.fromkeys(watch.text for watch in watches))
    named = _named(store, scope, texts, documents)
    found = {
        document.id: topics.found(texts, document).keys() | named.get(document.id, {}).keys()
        for document in documents
    }
    return {
        number: tuple(text for text in texts if text in here)
        for number, here in found.items()
        if here
    }


def test(
    store: Store,
    scope: Scope,
    topic: Topic,
    *,
    until: datetime,
    days: int = DAYS,  # noqa: PT028 - it tests a topic, and is no test
) -> Tested:
    """Return what of the documents of the *days* before *until* is on *topic*, and why."""
    since = until - timedelta(days=days)
    window = store.documents.window(scope, since, until)
    found = on(store, scope, topic, window.documents)
    return Tested(
        topic=topic,
        since=since,
        until=until,
        matches=tuple(
            Matched(Line.of(document, Span(0, 0)), found[document.id])
            for document in window.documents
            if document.id in found
        ),
        documents=len(window.documents),
        over=window.over,
    )


def tested(store: Store, scope: Scope, name: str, until: datetime) -> Tested:
    """Return what `test` finds for the topic called *name*; NotFoundError when there is none."""
    return test(store, scope, store.topics.named(scope, name), until=until)


def noticed(
    store: Store, scope: Scope, user: int, until: datetime, *, days: int = DAYS
) -> WatchList:
    """Return what *user* is to hear of, and how many documents of the *days* before name each."""
    since = until - timedelta(days=days)
    watches = store.watches.named(scope, user)
    window = store.documents.window(scope, since, until)
    found = watched(store, scope, watches, window.documents).values()
    return WatchList(
        entries=tuple(
            Watched(watch, sum(watch.text in here for here in found)) for watch in watches
        ),
        since=since,
        until=until,
        documents=len(window.documents),
        over=window.over,
    )


def end(store: Store, scope: Scope, now: datetime) -> datetime:
    """Return the end of the days up to the newest arrival; *now* when nothing has arrived."""
    newest = store.documents.newest_arrival(scope)
    return newest + timedelta(microseconds=1) if newest else now


def _named(
    store: Store, scope: Scope, names: Iterable[str], documents: Sequence[Document]
) -> dict[DocumentId, dict[str, Span]]:
    """Return where each of *names* is first named in each of *documents*, whoever bears it."""
    asked = {name: entities.query_keys(name) for name in names}
    if not asked:
        return {}
    return store.topics.named_in(scope, asked, [document.id for document in documents])


def _written(document: Document, named: dict[DocumentId, dict[str, Span]]) -> dict[str, str]:
    """Return the names that stand in *document*, folded, with how each is written."""
    return {
        words.fold(name): document.text[span.start : span.end]
        for name, span in named.get(document.id, {}).items()
    }
