"""What was gathered and what is shown in, the documents that were left out and why out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from briefs.briefings.fitting import quoted
from briefs.briefings.gathering import Gathered
from briefs.briefings.ranking import Ranked
from briefs.model import Document, DocumentId, Item, Line, Omission, Omitted, Span

_MOST = 500  # documents that are named; how many there are is counted

Reason: TypeAlias = tuple[Omission, str]


class Left(NamedTuple):
    """The newest documents of which nothing is shown, and how many there are for each reason."""

    omitted: tuple[Omitted, ...]
    counts: tuple[tuple[Omission, int], ...]


def left(
    found: Gathered, ranked: Sequence[Ranked], items: Sequence[Item], *, looked_at: int, about: str
) -> Left:
    """Return the documents of which nothing is shown, the newest first, each with the reason.

    *looked_at* is how many of *ranked* were told, or had no line to tell them in.
    """
    reasons = _reasons(ranked, items, looked_at)
    shown = {line.document for item in items for line in quoted(item)}
    rest = [document for document in found.arrived if document.id not in shown]
    other = (Omission.OFF_TOPIC, f"It is not about “{about}”.")
    why = [reasons.get(document.id, other) for document in rest]
    return Left(
        omitted=tuple(_left(*each) for each in zip(rest[:_MOST], why, strict=False)),
        counts=tuple(sorted(Counter(kind for kind, _ in why).items())),
    )


def _reasons(
    ranked: Sequence[Ranked], items: Sequence[Item], looked_at: int
) -> Mapping[DocumentId, Reason]:
    """Return why nothing, or nothing more, is shown of each document that is on the topic."""
    reasons: dict[DocumentId, Reason] = {}
    for rank, each in enumerate(ranked, start=1):
        reason: Reason = (Omission.NO_LINE, "Its story has no sentence to quote.")
        if rank > looked_at:
            whose = f"Its story is number {rank:,} of {len(ranked):,}"
            reason = (Omission.NO_ROOM, f"{whose}, and the length has room for {len(items)}.")
        reasons |= dict.fromkeys(each.told.story.documents, reason)
    for place, item in enumerate(items, start=1):
        told = (Omission.TOLD, f"Story {place} is told in lines of other documents.")
        reasons |= dict.fromkeys(item.story.documents, told)
    return reasons


def _left(document: Document, why: Reason) -> Omitted:
    kind, reason = why
    return Omitted(Line.of(document, Span(0, 0)), reason, kind)
