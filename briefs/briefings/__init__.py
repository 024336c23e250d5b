"""The read path for briefings: store -> stories -> summaries, figures, coverage -> briefing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from briefs import budgets, interests
from briefs.briefings import (
    covering,
    figuring,
    fitting,
    omitting,
    quieting,
    ranking,
    repeating,
    telling,
)
from briefs.briefings.asked import Asked
from briefs.briefings.fitting import Room
from briefs.briefings.gathering import gather, tell
from briefs.briefings.keeping import keep, kept, shown
from briefs.briefings.ranking import Ranked
from briefs.budgets import Length
from briefs.model import Briefing, Coverage, Document, DocumentId, FigureTable, Item, Scope
from briefs.store import Store

__all__ = [
    "Asked",
    "compose",
    "coverage",
    "figures",
    "keep",
    "kept",
    "last_day",
    "shown",
]

MOST_DOCUMENTS = 5_000  # the newest of a window; what is over is counted as left out


def last_day(store: Store, scope: Scope, now: datetime) -> tuple[datetime, datetime]:
    """Return the 24 hours up to and with the newest arrival, or up to *now* in an empty store."""
    newest = store.documents.newest_arrival(scope)
    until = newest + timedelta(microseconds=1) if newest else now
    return until - timedelta(hours=24), until


def compose(store: Store, scope: Scope, asked: Asked) -> Briefing:
    """Compose the briefing that is *asked* for, on what arrived in [since, until).

    Raises UsageError for an unknown length or section.
    """
    parts = budgets.sections(asked.sections)
    length = budgets.read(asked.length)
    found = gather(store, scope, asked, cap=MOST_DOCUMENTS)
    documents = {document.id: document for document in found.wanted}
    ranked = _ranked(store, scope, asked, documents)
    budget = budgets.within(budgets.spread(length, len(ranked)), parts)
    items, looked_at = _told(store, scope, ranked, documents, budget)
    left = omitting.left(found, ranked, items, looked_at=looked_at, about=asked.about)
    return Briefing(
        scope=scope,
        since=asked.since,
        until=asked.until,
        about=asked.about,
        items=tuple(items),
        documents=len(found.arrived),
        left_out=len(ranked) - len(items),
        over=found.over,
        reason="" if items else _why_nothing(len(found.arrived), asked),
        sample=any(document.sample for document in documents.values()),
        quiet=quieting.quiet(store, scope, asked) if "quiet" in parts else (),
        omitted=left.omitted,
        omissions=left.counts,
        sections=parts,
    )


def figures(store: Store, scope: Scope, asked: Asked) -> FigureTable:
    """Return the figures of the stories that *asked* is on, those that differ side by side."""
    return figuring.table(store, scope, asked, cap=MOST_DOCUMENTS)


def coverage(store: Store, scope: Scope, asked: Asked) -> Coverage | None:
    """Return who reported on what is *asked*, and who of the usual is silent; None for nobody."""
    return covering.coverage(store, scope, asked, cap=MOST_DOCUMENTS)


def _ranked(
    store: Store, scope: Scope, asked: Asked, documents: Mapping[DocumentId, Document]
) -> list[Ranked]:
    told = tell(store, scope, [*documents.values()], asked)
    watches = store.watches.named(scope, asked.user)
    watched = interests.watched(store, scope, watches, [*documents.values()])
    return ranking.rank(told, documents, watched, asked.until)


def _told(
    store: Store,
    scope: Scope,
    ranked: Sequence[Ranked],
    documents: Mapping[DocumentId, Document],
    budget: Length,
) -> tuple[list[Item], int]:
    """Return the items for which *budget* has room, and how many of *ranked* were looked at.

    Each is told when it is its turn: what does not fit costs nothing. What has no line to quote is
    left out. Of the first item one line is shown, however small the budget is.
    """
    room, items = Room.of(budget), list[Item]()
    refrains = repeating.refrains(documents.values())
    for number, each in enumerate(ranked):
        if len(items) == budget.stories:
            return items, number
        item = telling.item(store, scope, each, documents, budget, refrains)
        if budget.lines and not item.lines:
            continue
        fitted = fitting.fit(item, room) or (None if items else fitting.least(item))
        if fitted is None:
            return items, number
        items.append(fitted)
        room = room.without(fitted)
    return items, len(ranked)


def _why_nothing(arrived: int, asked: Asked) -> str:
    between = f"between {asked.since:%d %b %Y %H:%M} and {asked.until:%d %b %Y %H:%M} UTC"
    if not arrived:
        return f"Nothing new: no document arrived {between}."
    if asked.about:
        number = "1 document" if arrived == 1 else f"{arrived:,} documents"
        return f"Nothing new: {number} arrived {between}, none about “{asked.about}”."
    return f"Nothing new: what arrived {between} has no sentence to quote."
