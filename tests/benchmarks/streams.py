"""Sentences in, a made stream of news out: events over days, their reports, and copies of these.

Words are drawn as often as they are in the sentences. Each event has names and figures of its own,
some of which other events have too, and words of its kind, which all events of that kind have.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from briefs import words
from briefs.model import Document, DocumentId

_FIRST = datetime(2024, 5, 1, tzinfo=UTC)
_DAYS = 30
_KINDS = 60
_OF_A_KIND = 40  # words
_SIZES = (1, 1, 1, 1, 2, 2, 3, 4, 6, 10, 25)  # reports of an event
_COPIED = 0.2  # of the reports
_SYLLABLES = ("ba", "den", "ko", "lim", "mar", "no", "ris", "sel", "ta", "vek", "zu", "hal", "yr")


class Stream(NamedTuple):
    """Documents, and for each of them the event that it reports."""

    documents: list[Document]
    events: list[int]


class _Event(NamedTuple):
    names: Sequence[str]
    kind: Sequence[str]
    day: float


class Vocabulary(NamedTuple):
    """Words, each with how many words are at most as frequent."""

    words: Sequence[str]
    weights: Sequence[int]

    @classmethod
    def of(cls, sentences: Sequence[str]) -> "Vocabulary":
        """Count the words of *sentences*."""
        counts = Counter(word for line in sentences for word in words.words(line))
        return cls(list(counts), list(accumulate(counts.values())))


def make(vocabulary: Vocabulary, many: int, *, seed: int) -> Stream:
    """Make *many* documents of 200 to 250 words, in any order; the same for the same *seed*."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is a secret
    kinds = [chance.sample(vocabulary.words, _OF_A_KIND) for _ in range(_KINDS)]
    surnames = [_name(chance) for _ in range(many // 2 + 20)]
    found: list[tuple[Document, int]] = []
    for number, reports in enumerate(_sizes(chance, many)):
        event = _event(chance, surnames, chance.choice(kinds))
        texts = _reports(chance, vocabulary, event, reports)
        found += [(_document(chance, text, event), number) for text in texts]
    chance.shuffle(found)
    return Stream(
        [replace(document, id=DocumentId(n)) for n, (document, _) in enumerate(found, 1)],
        [event for _, event in found],
    )


def _sizes(chance: random.Random, many: int) -> Iterator[int]:
    while many:
        size = min(many, chance.choice(_SIZES))
        yield size
        many -= size


def _event(chance: random.Random, surnames: Sequence[str], kind: Sequence[str]) -> _Event:
    names = chance.sample(surnames, 8)
    figures = [str(chance.randint(2, 900)) for _ in range(4)]
    return _Event([*names, *figures], kind, chance.uniform(0, _DAYS))


def _reports(
    chance: random.Random, vocabulary: Vocabulary, event: _Event, many: int
) -> Iterator[str]:
    told: list[list[str]] = []
    for _ in range(many):
        if told and chance.random() < _COPIED:
            text = _edited(chance, chance.choice(told))
        else:
            text = _sentences(chance, vocabulary, event)
            told.append(text)
        yield " ".join(text)


def _sentences(chance: random.Random, vocabulary: Vocabulary, event: _Event) -> list[str]:
    """Write ten sentences or so, of which every fifth word or so tells of the event."""
    return [_sentence(chance, vocabulary, event) for _ in range(chance.randint(10, 12))]


def _sentence(chance: random.Random, vocabulary: Vocabulary, event: _Event) -> str:
    common = chance.choices(vocabulary.words, cum_weights=vocabulary.weights, k=16)
    own = [*chance.choices(event.names, k=2), *chance.choices(event.kind, k=2)]
    told = [*common, *own]
    chance.shuffle(told)
    return f"The {' '.join(told)}."


def _edited(chance: random.Random, sentences: Sequence[str]) -> list[str]:
    """Leave out some sentences of a copy, but never the first."""
    return [text for number, text in enumerate(sentences) if not number or chance.random() < 0.8]


def _document(chance: random.Random, text: str, event: _Event) -> Document:
    published = _FIRST + timedelta(days=event.day + chance.uniform(0, 2))
    return Document(text=text, published=published, source=f"Outlet {chance.randint(1, 300)}")


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(3, 4))).capitalize()
