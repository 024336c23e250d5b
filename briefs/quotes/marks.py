"""Which quotation marks belong together: text in, quoted stretches out, in one pass.

A quotation ends in its own block, unless its last block ends a sentence and the next one begins
with the same opening mark: then each block gives a stretch, and all but the last one `goes_on`.
An opening mark that nothing closes is passed over, so that it never swallows what follows.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefs.model import Span

_CLOSERS = {
    "\u201c": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",  # as in German books
    "\u201d": "\u201d",  # as in Swedish and Finnish
    '"': '"',
}
_TWO_WAYS = frozenset('"\u201d\u00bb')  # open or close, as the space beside them says
_DOUBLE = re.compile('[\u201c\u201d\u201e\u00ab\u00bb"]')
_SINGLE = re.compile("[\u2018\u2019']")
_BEFORE_OPENING = frozenset("([{-\u2013\u2014/\u201c\u201e\u00ab\u2018")
_ENDS_SENTENCE = frozenset(".!?\u2026")
_ENDS_SPEECH = frozenset(",.!?\u2026")


class Stretch(NamedTuple):
    """What stands between two marks."""

    outer: Span  # with the marks
    inner: Span  # without them, and without white space at the ends
    single: bool = False  # between single marks, which may as well be apostrophes
    goes_on: bool = False  # the same speech goes on in the next stretch


class _Open(NamedTuple):
    at: int
    mark: str


def stretches(text: str) -> tuple[Stretch, ...]:
    """Return the outermost quotations of *text*, in order; none is empty."""
    return tuple(
        stretch
        for block in _blocks(text)
        for stretch in _in_block(text, block)
        if stretch.inner.start < stretch.inner.end
    )


def _blocks(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _in_block(text: str, block: Span) -> list[Stretch]:
    pairs, unclosed = _pairs(text, block)
    found = [_stretch(text, pair) for pair in _outermost(pairs)]
    if unclosed is not None and _goes_on(text, block, unclosed):
        inner = _trim(text, Span(unclosed.at + 1, block.end))
        found = [stretch for stretch in found if stretch.outer.start < unclosed.at]
        found.append(Stretch(Span(unclosed.at, block.end), inner, goes_on=True))
    marks = _outside(_SINGLE.finditer(text, block.start, block.end), found)
    singles = [_stretch(text, pair)._replace(single=True) for pair in _singles(text, marks)]
    return _apart(text, found, singles)


def _apart(text: str, doubles: Sequence[Stretch], singles: Sequence[Stretch]) -> list[Stretch]:
    """Merge both; where one is inside the other, single marks are taken only if they end speech."""
    kept: list[Stretch] = []
    for stretch in sorted([*doubles, *singles]):
        if not kept or stretch.outer.start >= kept[-1].outer.end:
            kept.append(stretch)
        elif kept[-1].single and text[kept[-1].outer.end - 2] not in _ENDS_SPEECH:
            kept[-1] = stretch
    return kept


def _stretch(text: str, outer: Span) -> Stretch:
    return Stretch(outer, _trim(text, Span(outer.start + 1, outer.end - 1)))


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _pairs(text: str, block: Span) -> tuple[list[Span], _Open | None]:
    """Pair the double marks; the second value is the last opening mark that stays open."""
    pairs: list[Span] = []
    opened: list[_Open] = []
    for match in _DOUBLE.finditer(text, block.start, block.end):
        at = match.start()
        if opened and _closes(text, at, opened[-1].mark):
            pairs.append(Span(opened.pop().at, at + 1))
        elif match[0] in _CLOSERS and _may_open(text, at):
            opened.append(_Open(at, match[0]))
    return pairs, opened[-1] if opened else None


def _closes(text: str, at: int, mark: str) -> bool:
    """Whether the mark at *at* can close *mark*; one that opens too does so before a word."""
    if text[at] not in _CLOSERS[mark]:
        return False
    return mark != text[at] or not (_after_gap(text, at) and _before_word(text, at))


def _may_open(text: str, at: int) -> bool:
    if text[at] not in _TWO_WAYS:
        return True
    return _before_word(text, at) and (text[at] == '"' or _after_gap(text, at))


def _after_gap(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE_OPENING


def _before_word(text: str, at: int) -> bool:
    return at + 1 < len(text) and not text[at + 1].isspace()


def _outermost(pairs: list[Span]) -> list[Span]:
    """Leave out what stands inside another pair."""
    kept: list[Span] = []
    for pair in sorted(pairs):
        if not kept or pair.start >= kept[-1].end:
            kept.append(pair)
    return kept


def _goes_on(text: str, block: Span, opened: _Open) -> bool:
    """Whether an open quotation is whole sentences, and the next block takes it up again."""
    following = block.end + 1
    while following < len(text) and text[following].isspace():
        following += 1
    if following >= len(text) or text[following] != opened.mark:
        return False
    before = text[block.start : opened.at].rstrip()[-1:]
    return text[block.end - 1] in _ENDS_SENTENCE and (not before or before in ".!?:,\u2026")


def _outside(marks: Iterator[re.Match[str]], taken: Sequence[Stretch]) -> Iterator[int]:
    """Give where the *marks* stand that are in none of the stretches *taken* (in order)."""
    ends = [stretch.outer.end for stretch in taken]
    for mark in marks:
        at = mark.start()
        nearest = bisect_right(ends, at)
        if nearest == len(taken) or at < taken[nearest].outer.start:
            yield at


def _singles(text: str, marks: Iterator[int]) -> Iterator[Span]:
    """Pair single marks where they cannot be apostrophes: an opening one and the first that fits.

    A mark behind a comma or a full stop fits best; behind a word it may be a plural's apostrophe,
    and is taken only for lack of a better one, and only where the opening mark is a curly one.
    """
    opened, closing = -1, -1
    for at in marks:
        if _opens_single(text, at):
            if closing > 0:
                yield Span(opened, closing + 1)
            opened, closing = at, -1
        elif opened >= 0 and _closes_single(text, at):
            closing = _better(text, opened, closing, at)
    if closing > 0:
        yield Span(opened, closing + 1)


def _better(text: str, opened: int, closing: int, at: int) -> int:
    if closing > 0 and text[closing - 1] in _ENDS_SPEECH:
        return closing
    if text[at - 1] in _ENDS_SPEECH or (closing < 0 and text[opened] == "\u2018"):
        return at
    return closing


def _opens_single(text: str, at: int) -> bool:
    return text[at] != "\u2019" and _after_gap(text, at) and text[at + 1 : at + 2].isalpha()


def _closes_single(text: str, at: int) -> bool:
    return text[at] != "\u2018" and not text[at + 1 : at + 2].isalnum()
