"""Lines, dates and counts in, the runs that show them out: one helper each."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from briefs.model import (
    Break,
    Dated,
    Document,
    DocumentId,
    Label,
    Line,
    Moment,
    Quotation,
    Run,
    Said,
    Source,
    Span,
    Style,
)

_GAP = Label("[…]", Style.FAINT)
SAMPLE = Label("sample documents: invented outlets, written to try Daybrief out", Style.FAINT)


def count(number: int, one: str, many: str = "") -> str:
    """Return "1 document", "2 documents"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listing(names: Sequence[str], most: int) -> str:
    """Return the first *most* of *names*, and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def samples(lines: Iterable[Line]) -> frozenset[DocumentId]:
    """Return which documents of *lines* are samples."""
    return frozenset(line.document for line in lines if line.sample)


def quoted(line: Line, *, marks: Iterable[Span] = ()) -> tuple[Run, ...]:
    """Show *line* as a quotation, one quoted row for each of its lines, *marks* in bold."""
    runs: list[Run] = []
    start = line.span.start
    for row in line.text.split("\n"):
        runs += [Label("", Style.QUOTE), *_row(line, Span(start, start + len(row)), marks), Break()]
        start += len(row) + 1
    return tuple(runs)


def _row(line: Line, row: Span, marks: Iterable[Span]) -> Iterable[Quotation]:
    """Cut *row* where a mark begins or ends."""
    inside = [mark for mark in marks if row.start <= mark.start < mark.end <= row.end]
    edges = sorted({row.start, row.end, *(edge for mark in inside for edge in mark)})
    starts = {mark.start for mark in inside}
    for start, end in itertools.pairwise(edges):
        text = line.text[start - line.span.start : end - line.span.start]
        yield Quotation(text, line.document, Span(start, end), strong=start in starts)


def excerpts(lines: Iterable[Line]) -> Iterator[tuple[Run, ...]]:
    """Show *lines*, those of one document under one source, with a mark where text is left out."""
    for _, together in itertools.groupby(lines, key=lambda line: line.document):
        first, *others = together
        runs = quoted(first) + _note(first)
        for line in others:
            gap = () if line.joined else (_GAP, Break())
            runs += gap + quoted(line) + _note(line)
        yield (*runs, *origin(first))


def _note(line: Line) -> tuple[Run, ...]:
    """Show what a line leaves open, in our words, outside the quotation."""
    return (Label(f"[{line.note}]", Style.FAINT), Break()) if line.note else ()


def headline(line: Line) -> Quotation:
    """Show the title of a document."""
    return Quotation(line.title, line.document, None, strong=True)


def origin(line: Line) -> tuple[Run, ...]:
    """Show where *line* comes from, and when it was published."""
    runs: tuple[Run, ...] = (Label("— "), Source(line.source, line.url))
    return (*runs, *dated(line), Break())


def dated(shown: Line | Document) -> tuple[Run, ...]:
    """Show when it was published, after a comma; the time of a file is called that."""
    if shown.published is None:
        return (Label(", undated"),)
    return Label(", file of " if shown.filed else ", "), Moment(shown.published)


def told(entry: Dated) -> tuple[Run, ...]:
    """Show the day that a line speaks of, or that it is only the day of its publication."""
    return (*_day_of(entry), Break(), *quoted(entry.line), *origin(entry.line))


def _day_of(entry: Dated) -> tuple[Run, ...]:
    if not entry.told:
        how = "file of" if entry.line.filed else "published" if entry.line.published else "arrived"
        return (Label(f"{how} {day(entry.day)}", Style.FAINT),)
    return (Label(_days(entry.day, entry.until), Style.STRONG), Label(" (told by the text)"))


def _days(first: date, last: date | None) -> str:
    """Return "2014" for the whole of it, "October 2021", or the first and the last day."""
    if last is None:
        return day(first)
    ends = last + timedelta(days=1) if last < date.max else last
    if (first.month, first.day, ends.month, ends.day) == (1, 1, 1, 1) and last.year == first.year:
        return str(first.year)
    whole = first.day == ends.day == 1 and (first.year, first.month) == (last.year, last.month)
    return f"{first:%B} {first.year}" if whole else f"{day(first)} to {day(last)}"


def day(at: date) -> str:
    """Return "7 October 2021", whatever the year."""
    return f"{at.day} {at:%B} {at.year}"


def said(quote: Said) -> tuple[Run, ...]:
    """Show who said or wrote it, then the words with their source."""
    who = quote.speaker or "Unattributed"
    return (
        Label(f"{who} ({quote.how}):", Style.STRONG),
        Break(),
        *quoted(quote.line),
        *origin(quote.line),
    )
