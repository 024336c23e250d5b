"""Who spoke: paragraphs in tokens in, the speaker of each quotation out.

The words around a quotation name its speaker, or say "he": then it is the last speaker, if nobody
else has been named since. What cannot be told for sure stays open.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from briefs.model import Span
from briefs.quotes import people, subjects
from briefs.quotes.blocks import Block, Sort
from briefs.quotes.marks import Stretch
from briefs.quotes.subjects import Subject
from briefs.quotes.vocabulary import TITLES_OF_HER, TITLES_OF_HIM
from briefs.words import given_names

_FEWEST_WORDS = 5  # of a paragraph of words alone that goes on with the one before
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


class _Name(NamedTuple):
    """A name outside of quotations; a topic may be the subject of its clause."""

    start: int
    person: int
    span: Span
    topic: bool


@dataclass(slots=True)
class _Reader:
    """What is known while the quotations are read in order."""

    text: str
    blocks: Sequence[Block]
    stretches: Sequence[Stretch]
    words: Sequence[frozenset[str]]
    names: Sequence[_Name]  # in order
    pronouns: dict[int, str]  # "he" or "she", for the people of whom it is known
    conversation: bool  # people talk in turn, a paragraph each: nobody goes on in the next one
    voices: dict[int, Voice] = field(default_factory=dict)
    turn: _Turn | None = None


def hear(
    text: str, blocks: Sequence[Block], stretches: Sequence[Stretch], count: int
) -> Mapping[int, Voice]:
    """Return the voice of each quotation in prose, by its number; *count* people are known."""
    names = [
        _Name(token.span.start, token.of, token.span, subjects.is_topic(block.tokens, at))
        for block in blocks
        for at, token in enumerate(block.tokens)
        if token.sort is Sort.NAME
    ]
    words = people.described(blocks, count)
    pronouns = dict(_given(text, blocks)) | dict(_titled(blocks))
    reader = _Reader(text, blocks, stretches, words, names, pronouns, _is_conversation(blocks))
    for number, block in enumerate(blocks):
        _read_block(reader, number, block)
    return dict(_joined_up(reader.voices, stretches))


def _titled(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Give "he" or "she" for each person who is called Mr, Lady, chairwoman ..."""
    for block in blocks:
        for before, token in pairwise(block.tokens):
            if token.sort is Sort.NAME and before.low in TITLES_OF_HIM | TITLES_OF_HER:
                yield token.of, "he" if before.low in TITLES_OF_HIM else "she"


def _given(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Give "he" or "she" for each person whose given name tells it, where it stands in full."""
    for block in blocks:
        for token in block.tokens:
            if token.sort is Sort.NAME:
                first, *rest = text[slice(*token.span)].split() or [""]
                if rest and (pronoun := given_names.pronoun(first)):
                    yield token.of, pronoun


def _read_block(reader: _Reader, number: int, block: Block) -> None:
    previous = -1
    begins = frozenset(block.begins)
    for at, token in enumerate(block.tokens):
        if at in begins:
            _read_report(reader, number, at)
        if token.sort is Sort.QUOTE:
            voice = _voice(reader, number, at, previous)
            reader.voices[token.of] = voice
            if voice.told:
                reader.turn = _Turn(voice, number, _behind(block, at))
            previous = at


def _read_report(reader: _Reader, number: int, first: int) -> None:
    """Note who speaks in the sentence from token *first*, if it tells so without a quotation."""
    block = reader.blocks[number]
    end = block.sentence_end(first)
    if any(token.sort is Sort.QUOTE for token in block.tokens[first:end]):
        return
    subject = subjects.reported(block.tokens, first, end)
    if subject is not None:
        reader.turn = _Turn(
            _resolved(reader, number, first, subject), number, _behind(block, first)
        )


def _behind(block: Block, at: int) -> int:
    """Return where the sentence behind the one of token *at* begins."""
    end = block.sentence_end(at)
    return block.tokens[end].span.start if end < len(block.tokens) else block.span.end


def _voice(reader: _Reader, number: int, at: int, previous: int) -> Voice:
    block = reader.blocks[number]
    subject = _subject(reader, block, at, previous)
    if subject is not None:
        return _resolved(reader, number, at, subject)
    if previous >= 0 and _continues(reader, block, previous, at):
        return reader.voices[block.tokens[previous].of]
    if reader.turn is not None and _goes_on(reader, reader.turn, number, at):
        return reader.turn.voice
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
    turn, until = reader.turn, subject.span.start
    if turn is not None and turn.block >= number - 1:
        tokens = reader.blocks[number].tokens
        if turn.block < number and (reader.conversation or subjects.answered(tokens, subject)):
            return -1, None
        person, span = _since_turn(reader, turn, until, subject.pronoun)
    else:
        person, span = _only_topic(reader, number, until, subject.pronoun)
    if person >= 0:
        reader.pronouns.setdefault(person, subject.pronoun)
    return person, span


def _since_turn(reader: _Reader, turn: _Turn, until: int, pronoun: str) -> tuple[int, Span | None]:
    """Return the last speaker, if nobody else has been named since who may be meant."""
    named = _named(reader, Span(turn.since, until), pronoun)
    others = {name.person for name in named}
    if reader.pronouns.get(turn.voice.person, pronoun) == pronoun:
        alone = others <= {turn.voice.person}
        return (turn.voice.person, turn.voice.span) if alone else (-1, None)
    return (named[-1].person, named[-1].span) if len(others) == 1 else (-1, None)


def _only_topic(reader: _Reader, number: int, until: int, pronoun: str) -> tuple[int, Span | None]:
    """Return the only one who may be meant of this paragraph, or else of the one before."""
    named = _named(reader, Span(reader.blocks[number].span.start, until), pronoun)
    if not named and number > 0:
        named = _named(reader, reader.blocks[number - 1].span, pronoun)
    topics = [name for name in named if name.topic]
    if not topics or len({name.person for name in named}) != 1:
        return -1, None
    if reader.conversation and topics[-1].person not in reader.pronouns:
        return -1, None
    return topics[-1].person, topics[-1].span


def _named(reader: _Reader, within: Span, pronoun: str = "") -> list[_Name]:
    """Return the names in *within*, but for those of people who are not called *pronoun*."""
    first = bisect_left(reader.names, (within.start,))
    end = bisect_left(reader.names, (within.end,))
    return [
        name
        for name in reader.names[first:end]
        if not pronoun or reader.pronouns.get(name.person, pronoun) == pronoun
    ]


def _continues(reader: _Reader, block: Block, previous: int, at: int) -> bool:
    """Whether the quotation goes on with the one before: in its sentence, or right after it."""
    if block.sentence_start(at) == block.sentence_start(previous):
        speaker = reader.voices[block.tokens[previous].of].person
        between = block.tokens[previous + 1 : at]
        return all(token.sort is not Sort.NAME or token.of == speaker for token in between)
    return _stands_alone(block, at) and at == block.sentence_end(previous)


def _goes_on(reader: _Reader, turn: _Turn, number: int, at: int) -> bool:
    """Whether a quotation that stands alone goes on with what somebody was just told to say.

    Either the sentence before it tells so, or it is a paragraph of its own behind the one that
    does. It is not where paragraphs without a speaker alternate.
    """
    block = reader.blocks[number]
    if turn.voice.person < 0:
        return False
    if turn.block == number:
        return turn.since == block.tokens[at].span.start and _stands_alone(block, at)
    last = reader.blocks[number - 1]
    follows = turn.block == number - 1 and turn.since == last.span.end
    if not follows or reader.conversation or not _is_speech_alone(block):
        return False
    words = reader.text[slice(*block.span)].split()
    return len(words) >= _FEWEST_WORDS and not _is_dialogue(reader, number - 1)


def _stands_alone(block: Block, at: int) -> bool:
    """Whether the quotation is the whole of its sentence."""
    alone = all(token.sort is Sort.POINT for token in block.tokens[at + 1 : block.sentence_end(at)])
    return alone and block.sentence_start(at) == at


def _is_speech_alone(block: Block) -> bool:
    """Whether the paragraph is a quotation and nothing else."""
    return block.tokens[0].sort is Sort.QUOTE and all(
        token.sort in {Sort.QUOTE, Sort.POINT} for token in block.tokens
    )


def _is_conversation(blocks: Sequence[Block]) -> bool:
    """Whether two paragraphs that are but a quotation follow each other."""
    return any(
        _is_speech_alone(first) and _is_speech_alone(second) for first, second in pairwise(blocks)
    )


def _is_dialogue(reader: _Reader, number: int) -> bool:
    """Whether the paragraph and the one before it are the words of two people in turn."""
    first, second = reader.blocks[max(0, number - 1)].tokens, reader.blocks[number].tokens
    if number == 0 or not first[0].sort is second[0].sort is Sort.QUOTE:
        return False
    return reader.voices[first[0].of].person != reader.voices[second[0].of].person


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
    if len({name.person for name in named}) != 1:
        return Voice()
    return Voice(person=named[0].person, span=named[0].span, told=True)


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
