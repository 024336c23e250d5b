"""What is asked in, who reported on it and who of the usual outlets is silent out."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from briefs.briefings.asked import Asked
from briefs.briefings.gathering import gather
from briefs.model import Coverage, Document, Heard, Scope
from briefs.store import Store

_ROWS = 8
_SILENT = 2  # rows at the most that are given to outlets without a document
_BEFORE = timedelta(days=30)
_USUAL = 500  # documents of the days before, whose outlets are the usual ones
_LEAST = 3  # documents that make an outlet a usual one


def coverage(store: Store, scope: Scope, asked: Asked, *, cap: int) -> Coverage | None:
    """Return who reported on what is *asked*; None when nobody did."""
    since, until = asked.since, asked.until
    wanted = _wanted(store, scope, asked, cap)
    if not wanted:
        return None
    times = _times(wanted)
    before = _times(store.documents.arrivals(scope, since - _BEFORE, since, cap=_USUAL))
    usual = sorted(before, key=lambda name: (-len(before[name]), name))
    silent = [name for name in usual if name not in times and len(before[name]) >= _LEAST]
    loud = sorted(times, key=lambda name: (-len(times[name]), name))
    shown = loud[: _ROWS - min(_SILENT, len(silent))]
    rows = [Heard(name, tuple(sorted(times[name]))) for name in shown]
    rows += [Heard(name, ()) for name in silent[:_SILENT]]
    return Coverage(since=since, until=until, rows=tuple(rows))


def _wanted(store: Store, scope: Scope, asked: Asked, cap: int) -> Sequence[Document]:
    """Return what is wanted of the window; texts are only read for what it is to be about."""
    if asked.about:
        return gather(store, scope, asked, cap=cap).wanted
    news = not asked.backlog
    found = store.documents.arrivals(scope, asked.since, asked.until, cap=cap, news=news)
    return [document for document in found if asked.samples or not document.sample]


def _times(documents: Sequence[Document]) -> dict[str, list[datetime]]:
    times: dict[str, list[datetime]] = defaultdict(list)
    for document in documents:
        if document.arrived:
            times[document.outlet].append(document.arrived)
    return times
