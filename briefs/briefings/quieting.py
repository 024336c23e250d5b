"""A window in, the stories of the window before it that nothing new arrived on out."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from briefs.briefings.asked import Asked
from briefs.briefings.gathering import on
from briefs.model import DocumentId, Line, Quiet, Scope, Span
from briefs.store import Placed, Store

_LEAST = 2  # documents: what one outlet mentioned once does not go quiet
_MOST = 3
_LOOKED_AT = 40  # stories of the window before
_MATCHED = 5  # documents of a story that say whether it is on the topic
_SHORTEST = timedelta(hours=24)


def quiet(store: Store, scope: Scope, asked: Asked) -> tuple[Quiet, ...]:
    """Return the largest stories on what is *asked* that have gone quiet since the window before.

    What arrived on a story in the window keeps it from being quiet, wanted or not.
    """
    before = asked.since - max(asked.until - asked.since, _SHORTEST)
    heard = store.stories.between(scope, before, asked.since, limit=_LOOKED_AT)
    members = (store.stories.members(scope, story) for story in heard)
    return tuple(islice(_silent(store, scope, asked, members), _MOST))


def _silent(
    store: Store, scope: Scope, asked: Asked, stories: Iterator[Sequence[Placed]]
) -> Iterator[Quiet]:
    for members in stories:
        known = [member for member in members if member.arrived < asked.since]
        fresh = any(asked.since <= member.arrived < asked.until for member in members)
        if fresh or len(known) < _LEAST:
            continue
        known.sort(key=lambda member: (-member.centrality, member.document))
        if _wanted(store, scope, asked, [member.document for member in known[:_MATCHED]]):
            yield _quiet(store, scope, known)


def _wanted(store: Store, scope: Scope, asked: Asked, numbers: Sequence[DocumentId]) -> bool:
    """Tell whether one of the documents *numbers* is on what is *asked*."""
    if asked.samples and asked.backlog and not asked.about:
        return True
    found = [store.documents.get(scope, number) for number in numbers]
    wanted = [each for each in found if asked.samples or not each.sample]
    wanted = [each for each in wanted if asked.backlog or not each.backlog]
    return bool(on(store, scope, wanted, asked.about))


def _quiet(store: Store, scope: Scope, known: Sequence[Placed]) -> Quiet:
    """Return a story of *known* documents, the most central first."""
    (document,) = store.documents.headers(scope, [known[0].document])
    last = max(member.arrived for member in known)
    return Quiet(headline=Line.of(document, Span(0, 0)), documents=len(known), last=last)
