"""A document in, the pieces it consists of out, each with its place and what it is for."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefs import words
from briefs.model import Document, Sentence, SentenceKind, Span
from briefs.sentences import furniture, signatures
from briefs.sentences.cutting import cut


def split(document: Document) -> tuple[Sentence, ...]:
    """Split *document* into sentences and furniture that tile its text but for white space."""
    return tuple(
        Sentence(
            document=document.id,
            index=index,
            span=span,
            text=document.text[span.start : span.end],
            kind=kind,
        )
        for index, (span, kind) in enumerate(_pieces(document))
    )


def _pieces(document: Document) -> Iterator[tuple[Span, SentenceKind]]:
    text = document.text
    zones = signatures.zones(document)
    edges = sorted({edge for span, _ in zones for edge in span})
    blocks = words.blocks(text)
    for number, block in enumerate(blocks):
        regions = _divided(text, block, edges)
        kinds = [_zone_kind(region, zones) for region in regions]
        if kinds == [None]:
            yield from _block_pieces(document, blocks, number)
            continue
        for region, kind in zip(regions, kinds, strict=True):
            for span in cut(text, region, language=document.language):
                yield span, kind or furniture.kind(text, span)


def _divided(text: str, block: Span, edges: Sequence[int]) -> list[Span]:
    """Divide *block* at the *edges* that lie inside it."""
    first, last = bisect_right(edges, block.start), bisect_right(edges, block.end - 1)
    places = [block.start, *edges[first:last], block.end]
    regions = (words.stripped(text, Span(*place)) for place in pairwise(places))
    return [region for region in regions if region.start < region.end]


def _zone_kind(region: Span, zones: Sequence[tuple[Span, SentenceKind]]) -> SentenceKind | None:
    at = bisect_right(zones, region.start, key=lambda zone: zone[0].start) - 1
    if at < 0 or region.start >= zones[at][0].end:
        return None
    return zones[at][1]


def _block_pieces(
    document: Document, blocks: Sequence[Span], number: int
) -> Iterator[tuple[Span, SentenceKind]]:
    """Yield the pieces of a block that holds no part of a post."""
    text, block, language = document.text, blocks[number], document.language
    whole = furniture.block_kind(text, blocks, number)
    start = furniture.dateline_end(text, block) if whole is None and number < 5 else block.start
    if start > block.start:
        yield words.stripped(text, Span(block.start, start)), SentenceKind.DATELINE
        block = words.stripped(text, Span(start, block.end))
    for span in cut(text, block, language=language):
        yield span, whole or furniture.kind(text, span)
