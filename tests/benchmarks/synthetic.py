"""Numbers in, documents as news would be out: few words and few people are in most of them.

Word and person number n appear in proportion to 1/n (Zipf's law). Document number n is always
the same, whatever was made before it. Everybody is in one of the first 400 documents.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import accumulate, product

from briefs.model import Analysis
from tests.briefs.store.library import NOON, analysis

STAR = "Andriy Taran"  # is in every document, so that all lists about him are full early
COMMON = "harbour"  # is a word of every document
_SERIES = 10**9  # more documents than one has
_APART = timedelta(minutes=13)  # 10,000 documents are published in 90 days
_WORDS = ["".join(parts) for parts in product("bdfgklmnprstvz", "aeiou", "nrst", "aeiou")]
_FIRST = ["Andrea", "Anna", "Boris", "Clara", "Dmytro", "Elena", "Farid", "Grace", "Hugo", "Ivan"]
_LAST = ["".join(parts).title() for parts in product("bdgklmrv", "aeiou", ["nko"])]
_PEOPLE = [f"{first} {last}" for first in _FIRST for last in _LAST]
_KNOWN = {name: (name.split()[-1],) for name in [STAR, *_PEOPLE]}
_WORD_WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(_WORDS) + 1)))
_PEOPLE_WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(_PEOPLE) + 1)))


def batches(first: int, end: int, *, size: int) -> Iterator[list[Analysis]]:
    """Yield documents [first, end) in lists of at most *size*."""
    for start in range(first, end, size):
        yield [document(number) for number in range(start, min(start + size, end))]


def document(number: int, *, series: int = 0) -> Analysis:
    """Return document *number* with what is found in it; of each *series* it is another."""
    chance = random.Random(number + series * _SERIES)  # noqa: S311 - it is not for secrets
    drawn = chance.choices(_PEOPLE, cum_weights=_PEOPLE_WEIGHTS, k=2)
    others = list(dict.fromkeys([_PEOPLE[number % len(_PEOPLE)], *drawn]))
    lines = [
        f"Foreign Minister {STAR} came to the {COMMON}.",
        f"“{line(chance, 8)}” said {STAR}.",
        *(f"{name} {line(chance, 12)}" for name in others),
        line(chance, 15),
    ]
    return analysis(
        "\n".join(lines),
        title=f"Document {number}" + "b" * series,
        people=[STAR, *others],
        published=NOON + number * _APART,
        known=_KNOWN,
    )


def line(chance: random.Random, words: int) -> str:
    """Return so many words that are in no language, with a full stop."""
    chosen: Sequence[str] = chance.choices(_WORDS, cum_weights=_WORD_WEIGHTS, k=words)
    return f"{' '.join(chosen)}."
