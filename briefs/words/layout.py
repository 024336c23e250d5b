"""A text in, its headings, paragraphs and list items out."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefs.model import Span

_WIDEST_WRAP = 130  # nobody breaks lines by hand later than this
_RAGGED_WRAP = 45  # a line this long that stops within a sentence was broken by a program
_LIST_MARK = re.compile(r"(?:[-\u2022\u00b7*\u25aa\u25cf\u2013\u2014+]\s?\S|\d{1,3}[.)]\s)")
_FINISHED = re.compile(
    r"[.!?\u2026:;\u3002\uff01\uff1f\u061f\u0964][\"'\u201d\u2019\u00bb)\]\u300d]*$"
)


class _Line(NamedTuple):
    number: int
    span: Span  # without the space around it


def blocks(text: str) -> tuple[Span, ...]:
    """Return the headings, paragraphs and list items of *text*, in order, without outer space.

    A newline ends a block unless it was only put there to keep lines short.
    """
    lines = tuple(_lines(text))
    width = _wrap_width(lines)
    found = [line.span for line in lines[:1]]
    for line, after in pairwise(lines):
        if _is_soft(text, line, after, width):
            found[-1] = Span(found[-1].start, after.span.end)
        else:
            found.append(after.span)
    return tuple(found)


def stripped(text: str, span: Span) -> Span:
    """Return *span* without the white space at both its ends."""
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def begins_item(line: str) -> bool:
    """Return whether *line* begins with the mark of a list item."""
    return _LIST_MARK.match(line) is not None


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of *text* that are not blank."""
    start = 0
    for number, line in enumerate(text.split("\n")):
        bare = line.strip()
        if bare:
            at = start + len(line) - len(line.lstrip())
            yield _Line(number, Span(at, at + len(bare)))
        start += len(line) + 1


def _wrap_width(lines: Sequence[_Line]) -> int:
    """Return the width at which all *lines* were broken; 0 when they were not."""
    full = [_length(line) for line, after in pairwise(lines) if after.number == line.number + 1]
    width = max(full, default=0)
    even = sum(length >= width - 20 for length in full)
    is_wrapped = len(full) >= 3 and 40 <= width <= _WIDEST_WRAP and even >= 0.7 * len(full)
    return width if is_wrapped else 0


def _is_soft(text: str, line: _Line, after: _Line, width: int) -> bool:
    """Return whether the newline between two lines only keeps them short."""
    if after.number != line.number + 1 or _length(line) > _WIDEST_WRAP:
        return False
    head = text[after.span.start : min(after.span.end, after.span.start + _WIDEST_WRAP)]
    if begins_item(head):
        return False
    if width:
        return _length(line) + 1 + len(head.split(maxsplit=1)[0]) > width
    tail = text[max(line.span.start, line.span.end - 8) : line.span.end]
    return _length(line) >= _RAGGED_WRAP and head[0].islower() and not _FINISHED.search(tail)


def _length(line: _Line) -> int:
    return line.span.end - line.span.start
