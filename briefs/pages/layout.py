"""Blocks of runs in, pages out: nothing is dropped, and what is cut is still an exact slice."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from briefs import words
from briefs.model import Break, DocumentId, Label, Page, Quotation, Run, Span, Style

Block: TypeAlias = tuple[Run, ...]  # runs that stay together when they fit on one page

_QUOTE = Label("", Style.QUOTE)


class Written(NamedTuple):
    """What is to be laid out, and which of the documents quoted in it are samples."""

    title: str
    blocks: tuple[Block, ...]
    samples: frozenset[DocumentId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much fits on a page: *body* counts what *length* says of the rendered runs."""

    body: int
    render: Callable[[Run], str]
    length: Callable[[str], int] = len

    def measure(self, runs: Iterable[Run]) -> int:
        """Return how long *runs* are once they are rendered."""
        return sum(self.length(self.render(run)) for run in runs)


def pack(
    title: str,
    blocks: Iterable[Block],
    limits: Limits,
    *,
    heading: Block = (),
    over: frozenset[DocumentId] = frozenset(),
) -> tuple[Page, ...]:
    """Fill pages with *blocks*; one that does not fit on a page of its own is cut in pieces.

    *heading* stands on top of every page that quotes one of the documents *over* which it belongs.
    """
    room = replace(limits, body=limits.body - limits.measure(heading)) if over else limits
    filled = list(_filled(blocks, room))
    return tuple(
        Page(
            title=title,
            runs=_trimmed(heading + runs if _quotes(runs, over) else runs),
            number=number,
            total=len(filled),
        )
        for number, runs in enumerate(filled, start=1)
    )


def _filled(blocks: Iterable[Block], limits: Limits) -> Iterator[Block]:
    current: Block = ()
    for block in blocks:
        for piece in _pieces(block, limits):
            if current and limits.measure(current + piece) > limits.body:
                yield current
                current = ()
            current += piece
    yield current


def _quotes(runs: Block, documents: frozenset[DocumentId]) -> bool:
    return any(isinstance(run, Quotation) and run.document in documents for run in runs)


def _pieces(block: Block, limits: Limits) -> Iterator[Block]:
    if limits.measure(block) <= limits.body:
        yield block
        return
    room = replace(limits, body=limits.body - limits.measure([_QUOTE]))
    piece: Block = ()
    quoted = False  # what goes on in the next piece still has to look like a quotation
    for run in block:
        for part in _parts(run, room):
            if piece and limits.measure((*piece, part)) > limits.body:
                yield piece
                piece = (_QUOTE,) if quoted and isinstance(part, Quotation) else ()
            piece += (part,)
        quoted = run == _QUOTE or (quoted and not isinstance(run, Break))
    yield piece


def _parts(run: Run, limits: Limits) -> Iterator[Run]:
    """Cut a run that is longer than a page; the parts of a quotation are slices that join up."""
    while limits.measure([run]) > limits.body and isinstance(run, Quotation | Label):
        at = _longest(run, limits)
        yield _slice(run, 0, at)
        run = _slice(run, at, len(run.text))
    yield run


def _longest(run: Quotation | Label, limits: Limits) -> int:
    """Return the largest offset, at least 1, at which the first part of *run* fits."""
    low, high = 1, len(run.text)
    while low < high:
        middle = (low + high + 1) // 2
        if limits.measure([_slice(run, 0, middle)]) <= limits.body:
            low = middle
        else:
            high = middle - 1
    return words.cut(run.text, low) or low


def _slice(run: Quotation | Label, start: int, end: int) -> Quotation | Label:
    if isinstance(run, Label) or run.span is None:
        return replace(run, text=run.text[start:end])
    offset = run.span.start
    return replace(run, text=run.text[start:end], span=Span(offset + start, offset + end))


def _trimmed(runs: Block) -> Block:
    """Leave out the breaks at the end of a page."""
    last = len(runs)
    while last and isinstance(runs[last - 1], Break):
        last -= 1
    return runs[:last]
