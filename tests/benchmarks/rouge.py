"""A summary and a reference in, how many of their words are the same out: ROUGE-1, -2 and -Lsum.

Words are cut and stemmed, and hits are counted, as `rouge-score` on PyPI does with `use_stemmer`;
its stemmer has a few exceptions of its own ("dying"), so that a score may differ by a hair.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from Stemmer import Stemmer

_WORD = re.compile(r"[a-z0-9]+")
_UNSTEMMED = 3  # words of up to so many characters are left as they are
_porter = Stemmer("porter", 0)


class Rouge(NamedTuple):
    """F1 of single words, of pairs, and of the longest common sequences of words: 0 to 1."""

    one: float
    two: float
    longest: float

    @property
    def mean(self) -> float:
        """The mean of the three."""
        return (self.one + self.two + self.longest) / 3


def score(reference: Sequence[str], found: Sequence[str]) -> Rouge:
    """Compare the lines of a *reference* with those that were *found*."""
    right, shown = [list(map(_words, lines)) for lines in (reference, found)]
    return Rouge(_grams(right, shown, 1), _grams(right, shown, 2), _longest(right, shown))


def _words(line: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(line.lower())]


@cache
def _stem(word: str) -> str:
    return _porter.stemWord(word) if len(word) > _UNSTEMMED else word


def _grams(right: list[list[str]], shown: list[list[str]], many: int) -> float:
    """Return F1 of the runs of so *many* words; a run may go on from one line into the next."""
    gold, found = (_runs(list(chain.from_iterable(lines)), many) for lines in (right, shown))
    return _f1((gold & found).total(), gold.total(), found.total())


def _runs(words: list[str], many: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(words[first:] for first in range(many)), strict=False))


def _longest(right: list[list[str]], shown: list[list[str]]) -> float:
    """Return F1 of the words that a line has in common, in order, with any of those *shown*."""
    gold, found = (Counter(chain.from_iterable(lines)) for lines in (right, shown))
    sizes = gold.total(), found.total()
    hits = 0
    for line in right:
        for place in sorted(set().union(*(_common(line, other) for other in shown))):
            word = line[place]
            if gold[word] and found[word]:
                hits += 1
                gold[word] -= 1
                found[word] -= 1
    return _f1(hits, *sizes)


def _common(line: list[str], other: list[str]) -> set[int]:
    """Return the places in *line* of the longest sequence of words that *other* has, too."""
    lengths = [[0] * (len(other) + 1)]
    for word in line:
        above, row = lengths[-1], [0]
        for at, each in enumerate(other):
            row.append(above[at] + 1 if word == each else max(above[at + 1], row[at]))
        lengths.append(row)
    places, i, j = set(), len(line), len(other)
    while i and j:
        if line[i - 1] == other[j - 1]:
            i, j = i - 1, j - 1
            places.add(i)
        elif lengths[i][j - 1] > lengths[i - 1][j]:
            j -= 1
        else:
            i -= 1
    return places


def _f1(hits: int, gold: int, found: int) -> float:
    return 2 * hits / (gold + found) if hits else 0.0
