"""Paragraphs in tokens: each name and each quotation is one token, and so is each other word."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from briefs.model import Document, Entity, Kind, Sentence, SentenceKind, Span
from briefs.quotes.marks import Stretch

_TOKEN = re.compile(
    "(?:[^\\W\\d_]\\.){2,6}"  # U.S.
    "|(?:Adm|Brig|Capt|Col|Dr|Gen|Gov|Lt|Maj|Mr|Mrs|Ms|Prof|Rep|Sen|Sgt|St)\\.(?=\\s)"
    "|['\u2019]s\\b"
    "|[^\\W_]+(?:(?!['\u2019]s\\b)[-&'\u2019.][^\\W_]+)*"
    "|--|\\S"
)


class Sort(Enum):
    """What a token is."""

    WORD = auto()
    POINT = auto()
    NAME = auto()  # of a person
    QUOTE = auto()


class Token(NamedTuple):
    """One token; `of` is the number of its person or of its quotation, else -1."""

    sort: Sort
    low: str
    span: Span
    of: int = -1


class Block(NamedTuple):
    """One paragraph of prose."""

    span: Span
    tokens: tuple[Token, ...]
    begins: tuple[int, ...]  # the tokens that begin a sentence outside of any quotation

    def sentence_start(self, at: int) -> int:
        """Return the first token of the sentence that token *at* stands in."""
        return self.begins[max(0, bisect_right(self.begins, at) - 1)] if self.begins else 0

    def sentence_end(self, at: int) -> int:
        """Return the end of the sentence that token *at* stands in."""
        following = bisect_right(self.begins, at)
        return self.begins[following] if following < len(self.begins) else len(self.tokens)


def read(
    document: Document,
    sentences: Sequence[Sentence],
    people: Sequence[Entity],
    stretches: Sequence[Stretch],
) -> tuple[Block, ...]:
    """Return the paragraphs of prose in order; quotations are numbered as in *stretches*."""
    wholes = _wholes(people, stretches)
    starts = [whole.span.start for whole in wholes]
    return tuple(
        _block(document.text, span, begins, wholes[slice(*_within(starts, span))])
        for span, begins in _paragraphs(document.text, sentences).items()
    )


def _wholes(people: Sequence[Entity], stretches: Sequence[Stretch]) -> list[Token]:
    """Return the names outside of quotations, and the quotations, in order."""
    quotes = [
        Token(Sort.QUOTE, "", stretch.outer, number) for number, stretch in enumerate(stretches)
    ]
    ends = [stretch.outer.end for stretch in stretches]
    names = (
        Token(Sort.NAME, link.mention.text.lower(), link.mention.span, number)
        for number, person in enumerate(people)
        if person.key.kind is Kind.PERSON
        for link in person.links
    )
    outside = (name for name in names if not _inside(name.span, stretches, ends))
    return sorted([*quotes, *outside], key=lambda token: token.span)


def _inside(span: Span, stretches: Sequence[Stretch], ends: Sequence[int]) -> bool:
    nearest = bisect_right(ends, span.start)
    return nearest < len(stretches) and stretches[nearest].outer.start < span.end


def _paragraphs(text: str, sentences: Sequence[Sentence]) -> Mapping[Span, list[int]]:
    """Return where the sentences of each paragraph of prose begin."""
    found: dict[Span, list[int]] = {}
    paragraph = Span(0, -1)
    for sentence in sentences:
        if sentence.span.start > paragraph.end:
            paragraph = _paragraph(text, sentence.span.start)
        if sentence.kind is SentenceKind.PROSE:
            found.setdefault(paragraph, []).append(sentence.span.start)
    return found


def _paragraph(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text))


def _within(starts: Sequence[int], span: Span) -> tuple[int, int]:
    return bisect_left(starts, span.start), bisect_left(starts, span.end)


def _block(text: str, span: Span, begins: Sequence[int], wholes: Sequence[Token]) -> Block:
    tokens = tuple(_tokens(text, span, wholes))
    starts = [token.span.start for token in tokens]
    inner = (bisect_left(starts, begin) for begin in begins)
    fitting = {at for at, begin in zip(inner, begins, strict=True) if begin in starts[at : at + 1]}
    return Block(span, tokens, tuple(sorted(fitting)))


def _tokens(text: str, span: Span, wholes: Sequence[Token]) -> Iterator[Token]:
    at = span.start
    for whole in wholes:
        if whole.span.start < at:  # overlaps the one before
            continue
        yield from _words(text, Span(at, whole.span.start))
        yield whole
        at = whole.span.end
    yield from _words(text, Span(at, span.end))


def _words(text: str, span: Span) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, span.start, span.end):
        sort = Sort.WORD if match[0][-1].isalnum() or len(match[0]) > 1 else Sort.POINT
        yield Token(sort, match[0].lower().replace("\u2019", "'"), Span(*match.span()))
