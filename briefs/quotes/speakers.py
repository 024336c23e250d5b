"""Who spoke: paragraphs in tokens in, the speaker of each quotation out.

The words around a quotation name its speaker, or say "he": then it is the last speaker, if nobody
else has been named since. What cannot be told for sure stays open.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from briefs.model import Span
from briefs.quotes import people, subjects
from briefs.quotes.blocks import Block, Sort
from briefs.quotes.marks import Stretch
from briefs.quotes.subjects import Subject

_FURTHEST_BACK = 60  # tokens between a person and the colon before the quotation
_ENDS_SPEECH = (",", "?", "!", "\u2026", "...", "\u2014", "\u2013")
_WRITTEN = re.compile(
    r"\b(?:wrote|writes|tweeted|tweets"
    r"|in an? (?:\w+ ){0,2}(?:tweet|post|letter|article|blog)"
    r"|on (?:Twitter|Facebook|Telegram|Instagram))\b"
)


class Voice(NamedTuple):
    """Who spoke, as far as it can be told: `person` is -1 for somebody else or unknown."""

    person: int = -1
    span: Span | None = None  # where the speaker is named
    told: bool = False  # the text says that somebody spoke
    written: bool = False


class _Turn(NamedTuple):
    """The last speaker: `since` is where the sentence that named him ends."""

    voice: Voice
    block: int
    since: int


@dataclass(slots=True)
class _Reader:
    """What is known while the quotations are read in order."""

    text: str
    blocks: Sequence[Block]
    stretches: Sequence[Stretch]
    words: Sequence[frozenset[str]]
    names: Sequence[tuple[int, int, Span]]  # start, person, span; in order
    voices: dict[int, Voice] = field(default_factory=dict)
    turn: _Turn | None = None
    pronouns: dict[int, str] = field(default_factory=dict)


def hear(
    text: str, blocks: Sequence[Block], stretches: Sequence[Stretch], count: int
) -> Mapping[int, Voice]:
    """Return the voice of each quotation in prose, by its number; *count* people are known."""
    names = [
        (token.span.start, token.of, token.span)
        for block in blocks
        for token in block.tokens
        if token.sort is Sort.NAME
    ]
    reader = _Reader(text, blocks, stretches, people.described(blocks, count), names)
    for number, block in enumerate(blocks):
        _read_block(reader, number, block)
    return dict(_joined_up(reader.voices, stretches))


def _read_block(reader: _Reader, number: int, block: Block) -> None:
    previous = -1
    for at, token in enumerate(block.tokens):
        if token.sort is Sort.QUOTE:
            voice = _voice(reader, number, at, previous)
            reader.voices[token.of] = voice
            if voice.told:
                end = block.sentence_end(at)
                since = block.tokens[end].span.start if end < len(block.tokens) else block.span.end
                reader.turn = _Turn(voice, number, since)
            previous = at


def _voice(reader: _Reader, number: int, at: int, previous: int) -> Voice:
    block = reader.blocks[number]
    subject = _subject(reader, block, at, previous)
    if subject is not None:
        return _resolved(reader, number, at, subject)
    if previous >= 0 and _continues(block, previous, at):
        return reader.voices[block.tokens[previous].of]
    return _announced(reader, number, at)


def _subject(reader: _Reader, block: Block, at: int, previous: int) -> Subject | None:
    tokens = block.tokens
    first = max(block.sentence_start(at), previous + 1)
    before = subjects.ahead(tokens, at, first) if at > first else None
    if before is not None and subjects.introduced(tokens, at):
        return before
    inner = reader.stretches[tokens[at].of].inner
    speech = reader.text[max(inner.start, inner.end - 3) : inner.end].endswith(_ENDS_SPEECH)
    return subjects.behind(tokens, at, ends_as_speech=speech) or before


def _resolved(reader: _Reader, number: int, at: int, subject: Subject) -> Voice:
    written = _is_written(reader.text, reader.blocks[number], at)
    voice = Voice(told=True, written=written)
    if subject.person >= 0:
        return voice._replace(person=subject.person, span=subject.span)
    if subject.phrase:
        person = people.fitting(subject.phrase, reader.words)
        return voice._replace(person=person, span=subject.span if person >= 0 else None)
    if subject.pronoun:
        person, span = _antecedent(reader, number, subject)
        return voice._replace(person=person, span=span)
    return voice


def _is_written(text: str, block: Block, at: int) -> bool:
    """Whether the sentence around the quotation tells of a post or a letter."""
    first, end = block.sentence_start(at), block.sentence_end(at)
    quote = block.tokens[at].span
    before = text[max(block.tokens[first].span.start, quote.start - 200) : quote.start]
    behind = text[quote.end : min(block.tokens[end - 1].span.end, quote.end + 200)]
    return any(_WRITTEN.search(part) for part in (before, behind))


def _antecedent(reader: _Reader, number: int, subject: Subject) -> tuple[int, Span | None]:
    """Return whom "he" or "she" must be, and where that person is named; -1 if in doubt."""
    person, span = _only_candidate(reader, number, subject.span.start)
    if person >= 0 and reader.pronouns.setdefault(person, subject.pronoun) != subject.pronoun:
        return -1, None
    return person, span


def _only_candidate(reader: _Reader, number: int, until: int) -> tuple[int, Span | None]:
    turn = reader.turn
    if turn is not None and turn.block >= number - 1:
        others = {person for person, _ in _named(reader, Span(turn.since, until))}
        alone = others <= {turn.voice.person}
        return (turn.voice.person, turn.voice.span) if alone else (-1, None)
    block = reader.blocks[number]
    named = _named(reader, Span(block.span.start, until))
    if not named and number > 0:
        named = _named(reader, reader.blocks[number - 1].span)
    return named[-1] if len({person for person, _ in named}) == 1 else (-1, None)


def _named(reader: _Reader, within: Span) -> list[tuple[int, Span]]:
    first = bisect_left(reader.names, (within.start,))
    end = bisect_left(reader.names, (within.end,))
    return [(person, span) for _, person, span in reader.names[first:end]]


def _continues(block: Block, previous: int, at: int) -> bool:
    """Whether the quotation goes on with the one before: in its sentence, or right after it."""
    if block.sentence_start(at) == block.sentence_start(previous):
        return all(token.sort is not Sort.NAME for token in block.tokens[previous + 1 : at])
    alone = all(token.sort is Sort.POINT for token in block.tokens[at + 1 : block.sentence_end(at)])
    return alone and block.sentence_start(at) == at == block.sentence_end(previous)


def _announced(reader: _Reader, number: int, at: int) -> Voice:
    """Return the only person of the sentence that ends in a colon before the quotation."""
    block = reader.blocks[number]
    if at == 0 and number > 0:
        block = reader.blocks[number - 1]
        at = len(block.tokens)
    if at == 0 or block.tokens[at - 1].low != ":":
        return Voice()
    first = block.tokens[max(block.sentence_start(at - 1), at - _FURTHEST_BACK)].span.start
    named = _named(reader, Span(first, block.tokens[at - 1].span.end))
    if len({person for person, _ in named}) != 1:
        return Voice()
    person, span = named[0]
    return Voice(person=person, span=span, told=True)


def _joined_up(
    voices: Mapping[int, Voice], stretches: Sequence[Stretch]
) -> Iterator[tuple[int, Voice]]:
    """Give the paragraphs of one speech one voice: that of the first of them that has one."""
    speech: list[int] = []
    for number in sorted(voices):
        if speech and not (number == speech[-1] + 1 and stretches[speech[-1]].goes_on):
            yield from _same(voices, speech)
            speech = []
        speech.append(number)
    yield from _same(voices, speech)


def _same(voices: Mapping[int, Voice], speech: Sequence[int]) -> Iterator[tuple[int, Voice]]:
    told = next((voices[number] for number in speech if voices[number].told), Voice())
    for number in speech:
        yield number, voices[number] if voices[number].told else told
