"""What was gathered and what is shown in, the documents that were left out and why out."""

from collections.abc import Mapping, Sequence
from itertools import islice

from briefs.briefings.fitting import quoted
from briefs.briefings.gathering import Gathered
from briefs.briefings.ranking import Ranked
from briefs.model import Document, DocumentId, Item, Line, Omitted, Span

_MOST = 500  # documents that are named; how many there are stands on the page


def omitted(
    found: Gathered, ranked: Sequence[Ranked], items: Sequence[Item], *, looked_at: int, about: str
) -> tuple[Omitted, ...]:
    """Return the documents of which nothing is shown, the newest first, each with the reason.

    *looked_at* is how many of *ranked* were told, or had no line to tell them in.
    """
    room = f"and the length has room for {len(items)}"
    reasons = {
        number: f"Its story is number {rank:,} of {len(ranked):,}, {room}."
        if rank > looked_at
        else "Its story has no sentence to quote."
        for rank, each in enumerate(ranked, start=1)
        for number in each.told.story.documents
    }
    for place, item in enumerate(items, start=1):
        told = f"Story {place} is told in lines of other documents."
        reasons |= dict.fromkeys(item.story.documents, told)
    shown = {line.document for item in items for line in quoted(item)}
    left = (document for document in found.arrived if document.id not in shown)
    return tuple(_left(each, reasons, about) for each in islice(left, _MOST))


def _left(document: Document, reasons: Mapping[DocumentId, str], about: str) -> Omitted:
    reason = reasons.get(document.id, f"It is not about “{about}”.")
    return Omitted(Line.of(document, Span(0, 0)), reason)
