"""A document and its sentences in, the dates, amounts and quantities in them out."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from briefs.model import Document, Kind, Mention, Sentence, SentenceKind, Span
from briefs.values import dates, money, quantities
from briefs.values.found import Found

_READ = frozenset(
    {SentenceKind.PROSE, SentenceKind.POST, SentenceKind.HEADING, SentenceKind.DATELINE}
)
_SURE = {Kind.DATE: 0, Kind.MONEY: 0, Kind.QUANTITY: 1}  # "Sept. 11 attacks" are no 11 attacks


def find(document: Document, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """Return the values in *sentences* of *document*, in reading order, none inside another.

    Words are read in English only. Relative dates are seen from the day of publication, those in
    a post from the day of the post; a file's time says nothing about what is in it.
    """
    english = document.language == "en"
    return tuple(
        _mention(sentence, found)
        for sentence in sentences
        if sentence.kind in _READ
        for found in _apart(_found(sentence.text, _anchor(document, sentence), english=english))
    )


def _found(text: str, anchor: date | None, *, english: bool) -> Iterator[Found]:
    yield from dates.find(text, anchor, english=english)
    yield from money.find(text, english=english)
    yield from quantities.find(text, english=english)


def _anchor(document: Document, sentence: Sentence) -> date | None:
    for post in document.posts:
        if post.published and post.span.start <= sentence.span.start < post.span.end:
            return _day(post.published)
    if document.published is None or document.filed:
        return None
    return _day(document.published)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _apart(found: Iterator[Found]) -> list[Found]:
    """Return what was found in reading order, of what overlaps the surest and then the longest."""
    ranked = sorted(found, key=lambda each: (_SURE[each.kind], each.start - each.end, each.start))
    taken: set[int] = set()
    kept: list[Found] = []
    for each in ranked:
        places = range(each.start, each.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(each)
    return sorted(kept)


def _mention(sentence: Sentence, found: Found) -> Mention:
    start = sentence.span.start
    return Mention(
        sentence=sentence.index,
        span=Span(start + found.start, start + found.end),
        text=sentence.text[found.start : found.end],
        kind=found.kind,
        value=found.value,
    )
