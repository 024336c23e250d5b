"""Pieces of text with their places on pages in, blocks in the order in which they are read out.

Columns are found by the gaps that lie above one another. What stands at the edge of many pages
is a running head and goes, as do page numbers and tables. Lines are joined, and words that were
broken at the end of a line are made whole.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

APART = 0.8  # of the size of the type: a wider gap is no space between words

_MOST_COLUMNS = 6
_FEWEST_ROWS = 4  # that a gap between columns runs through
_LEAST_LETTERS = 10  # in a line of a column, on average; cells of a table have fewer
_EDGE = 3  # lines at either end of a page that may be its head or foot
_REPEATED = 0.3  # of the pages have it: they may alternate
_FULL = 0.85  # of the width of its column: such a line goes on in the next
_LEVEL = 0.4  # of the size: lines that differ by less are one row
_SPACED = 1.35  # of the usual distance: more begins a block
_LOOSE = 1.5  # of the size: such a distance begins a block where a sentence begins
_RESIZED = 0.12  # of the size: more begins a block
_INDENTED = 0.7  # of the size
_LARGE = 1.2  # of the usual size: a headline
_LONGEST_HEADLINE = 250
_CELLS = 3  # in a row of a table

_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s?[-\u2013\u2014|]?\s?(?:\d{1,4}|[ivxlc]{1,7})\s?[-\u2013\u2014|]?"
    r"(?:\s?(?:of|von|/)\s?\d{1,4})?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_FINISHED = (".", "!", "?", "\u2026", ":", ";", "\u3002")
_CLOSING = "\"'\u201d\u2019\u00bb)]"
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u00ad\u2010]$")
_ITEM = re.compile(r"[\u2022\u2023\u25aa\u25cf\u25e6\uf0b7]\s?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_UNSPACED = re.compile("[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Piece(NamedTuple):
    """A run of text where it stands on its page, in points from below on the left."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def size(self) -> float:
        """The height of its type."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or a heading."""

    text: str
    size: float
    page: int


class _Line(NamedTuple):
    piece: Piece
    page: int
    column: int  # counted through the file, so that no two columns have one number
    left: float  # of its column
    right: float


def blocks(pages: Sequence[Sequence[Piece]]) -> tuple[Block, ...]:
    """Return the blocks of *pages* in reading order."""
    kept = _without_heads([_rows(page) for page in pages])
    lines = [line for number, rows in enumerate(kept) for line in _ordered(rows, number)]
    known = Counter(word.casefold() for line in lines for word in _WORD.findall(line.piece.text))
    pitch = _pitch(lines)
    grouped: list[list[_Line]] = []
    for line in lines:
        if grouped and _goes_on(grouped[-1], line, pitch):
            grouped[-1].append(line)
        else:
            grouped.append([line])
    return tuple(
        Block(text=_joined(group, known), size=group[0].piece.size, page=group[0].page)
        for group in grouped
    )


def headline(found: Sequence[Block]) -> str:
    """Return the first of the largest blocks of the first page; "" when none stands out."""
    first = [block for block in found if block.page == 0]
    letters = Counter[float]()
    for block in found:
        letters[round(block.size, 1)] += len(block.text)
    usual = max(letters, key=lambda size: (letters[size], -size), default=0.0)
    largest = max(first, key=lambda block: block.size, default=None)
    is_one = largest and largest.size > _LARGE * usual and len(largest.text) <= _LONGEST_HEADLINE
    return largest.text if largest and is_one else ""


_Row = list[Piece]  # from left to right


def _rows(pieces: Iterable[Piece]) -> list[_Row]:
    """Return the pieces of a page that stand on one level, from the top down."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.bottom, piece.left)):
        if not piece.text:
            continue
        if rows and rows[-1][0].bottom - piece.bottom < _LEVEL * min(rows[-1][0].size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_merged(sorted(row)) for row in rows]


def _merged(row: _Row) -> _Row:
    """Join what stands so near that it is one line: a word in bold, a letter in another size."""
    merged: _Row = []
    for piece in row:
        if merged and piece.left - merged[-1].right < APART * 0.75 * piece.size:
            last = merged.pop()
            space = " " if piece.left - last.right > 0.12 * piece.size else ""
            text = f"{last.text}{space}{piece.text}"
            larger = max(last, piece, key=lambda each: each.size)
            right = max(last.right, piece.right)
            merged.append(Piece(last.left, larger.bottom, right, larger.top, text))
        else:
            merged.append(piece)
    return merged


def _without_heads(pages: Sequence[list[_Row]]) -> Iterator[list[_Row]]:
    """Yield the rows of each page without those that stand at the edge of many, and its number."""
    seen = Counter(head for page in pages for head in {_head(row) for row in _edges(page)})
    often = max(2, _REPEATED * len(pages))
    for page in pages:
        edges = [id(row) for row in _edges(page)]
        outer = {id(row) for row in (*page[:1], *page[-1:])}
        yield [
            row
            for row in page
            if not (id(row) in edges and seen[_head(row)] >= often)
            and not (id(row) in outer and _NUMBER.match(_words(row)))
        ]


def _edges(page: list[_Row]) -> list[_Row]:
    """Return the first and the last rows of a page, no row twice."""
    some = min(_EDGE, len(page) // 2)
    return [*page[:some], *page[len(page) - some :]]


def _words(row: _Row) -> str:
    return " ".join(piece.text for piece in row)


def _head(row: _Row) -> tuple[str, int]:
    return _DIGITS.sub("#", _words(row).casefold()), round(row[0].bottom / 4)


def _ordered(rows: list[_Row], page: int) -> Iterator[_Line]:
    """Yield the lines of a page: band for band, and in each the columns from the left."""
    gutters = _gutters(rows)
    band: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    number = page * 10_000
    for piece in _prose(rows, gutters):
        spans = any(piece.left < gutter < piece.right for gutter in gutters)
        if not spans:
            band[sum(gutter <= piece.left for gutter in gutters)].append(piece)
            continue
        for column in [*band, [piece]]:
            yield from _column(column, page, number := number + 1)
        band = [[] for _ in band]
    for column in band:
        yield from _column(column, page, number := number + 1)


def _column(pieces: Sequence[Piece], page: int, number: int) -> Iterator[_Line]:
    left = min((piece.left for piece in pieces), default=0.0)
    right = max((piece.right for piece in pieces), default=0.0)
    for piece in pieces:
        yield _Line(piece, page, number, left, right)


def _gutters(rows: Sequence[_Row]) -> list[float]:
    """Return where columns of prose part, from the left."""
    gaps = [
        (before.right, after.left, min(len(before.text), len(after.text)))
        for row in rows
        for before, after in pairwise(row)
    ]
    found: list[float] = []
    while len(found) < _MOST_COLUMNS - 1 and (place := _commonest(gaps)) is not None:
        through = [gap for gap in gaps if gap[0] <= place <= gap[1]]
        if len(through) < _FEWEST_ROWS:
            break
        if sum(gap[2] for gap in through) >= _LEAST_LETTERS * len(through):
            found.append(place)
        gaps = [gap for gap in gaps if not gap[0] <= place <= gap[1]]
    return sorted(found)


def _commonest(gaps: Sequence[tuple[float, float, int]]) -> float | None:
    """Return the middle of the stretch that lies in the most gaps."""
    ends = sorted([(gap[0], 0) for gap in gaps] + [(gap[1], 1) for gap in gaps])
    depth = deepest = 0
    place = None
    for (at, is_end), (after, _) in pairwise(ends):
        depth += -1 if is_end else 1
        if depth > deepest:
            deepest, place = depth, (at + after) / 2
    return place


def _prose(rows: Sequence[_Row], gutters: Sequence[float]) -> Iterator[Piece]:
    """Yield the pieces that are no cells: a table has rows of them, one below the other."""
    cells = [_has_cells(row, gutters) for row in rows]
    for number, row in enumerate(rows):
        beside = cells[max(0, number - 1) : number] + cells[number + 1 : number + 2]
        if not (cells[number] and any(beside)):
            yield from row if gutters else [_whole(row)]


def _has_cells(row: _Row, gutters: Sequence[float]) -> bool:
    """Return whether *row* has more pieces than there are columns, and they are short."""
    most = len(gutters) + 1
    letters = sum(len(piece.text) for piece in row) / len(row)
    return len(row) >= max(most + 1, _CELLS if most == 1 else 0) and letters < 3 * _LEAST_LETTERS


def _whole(row: _Row) -> Piece:
    first = max(row, key=lambda piece: piece.size)
    return Piece(row[0].left, first.bottom, row[-1].right, first.top, _words(row))


def _pitch(lines: Sequence[_Line]) -> float:
    """Return the usual distance of two lines, in sizes of the type."""
    steps = [
        (before.piece.bottom - line.piece.bottom) / line.piece.size
        for before, line in pairwise(lines)
        if before.column == line.column and before.piece.bottom > line.piece.bottom
    ]
    return median(steps) if steps else 1.2


def _goes_on(group: Sequence[_Line], line: _Line, pitch: float) -> bool:
    """Return whether *line* is of the same block as the lines before it."""
    last = group[-1]
    size = line.piece.size
    if _ITEM.match(line.piece.text):
        return False
    if _BROKEN.search(last.piece.text[-60:]) and line.piece.text[:1].islower():
        return True
    if abs(last.piece.size - size) > _RESIZED * size:
        return False
    return _is_near(last, line, pitch)


def _is_near(last: _Line, line: _Line, pitch: float) -> bool:
    """Return whether *line* goes on with *last* by the places where they stand."""
    size = line.piece.size
    is_full = last.piece.right - last.left >= _FULL * (last.right - last.left)
    is_finished = last.piece.text.rstrip(_CLOSING).endswith(_FINISHED)
    if last.column != line.column:
        return not is_finished and (is_full or line.piece.text[:1].islower())
    step = last.piece.bottom - line.piece.bottom
    is_loose = step > _LOOSE * size and is_finished and line.piece.text[:1].isupper()
    is_indented = line.piece.left - line.left > _INDENTED * size
    was_indented = last.piece.left - last.left > _INDENTED * size
    is_apart = step > _SPACED * pitch * size or is_loose or (is_indented and not was_indented)
    return not is_apart and (is_full or not is_finished)


def _joined(group: Sequence[_Line], known: Counter[str]) -> str:
    text = group[0].piece.text
    for line in group[1:]:
        text = _with(text, line.piece.text, known)
    return text


def _with(text: str, line: str, known: Counter[str]) -> str:
    """Return *text* with the next *line*, a word that was broken between them made whole."""
    broken = _BROKEN.search(text[-60:])
    rest = _WORD.match(line)
    if broken is None or rest is None:
        is_unspaced = _UNSPACED.match(text[-1:]) and _UNSPACED.match(line[:1])
        return f"{text}{line}" if is_unspaced else f"{text} {line}"
    first, second = broken[1].casefold(), rest[0].casefold()
    is_compound = not rest[0][0].islower() or known[f"{first}-{second}"] > known[first + second]
    return f"{text[:-1]}{'-' if is_compound else ''}{line}"
