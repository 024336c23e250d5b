"""Documents in, their TF-IDF vectors out, and how alike any one is to all the others."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from briefs import words
from briefs.model import Document

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

_WINDOW = 7.0  # days
_DAY = 86_400.0  # seconds

# Documents of no story that are thought to be there too, so that two reports of one event are
# alike although every word they share is, between the two of them, a common one.
_BACKGROUND = 2.0
_LEAST = 0.1  # that a word counts

_SHARE = 20  # a stem is common when more than one document in so many has it
_BLOCK = 256  # documents that are multiplied at once


class Vectors:
    """Unit vectors of documents over their stems.

    The few stems that many documents have are kept as a full matrix, for which multiplication is
    fast; the many that few have as posting lists, which are short. What only one document has
    makes no two alike and is not kept.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        counts = [Counter(_stems(document)) for document in documents]
        stems: dict[str, int] = {}
        pairs = [(stems.setdefault(s, len(stems)), n) for count in counts for s, n in count.items()]
        self.many = len(documents)
        self._days: Floats = np.array([_day(d.published or d.arrived) for d in documents])
        rows: Ints = np.repeat(np.arange(self.many), [len(count) for count in counts])
        columns: Ints = np.array([column for column, _ in pairs], dtype=np.int64)
        times = np.array([n for _, n in pairs], dtype=np.float64)
        self._split(rows, columns, _weigh(rows, columns, times, self.many), len(stems))

    def _split(self, rows: Ints, columns: Ints, weights: Floats, many: int) -> None:
        frequency = np.bincount(columns, minlength=many)
        common = frequency * _SHARE > self.many
        numbers = np.cumsum(common) - 1
        often = common[columns]
        self._common = np.zeros((self.many, int(common.sum())), dtype=np.float32)
        self._common[rows[often], numbers[columns[often]]] = weights[often]

        seldom = ~often & (frequency[columns] > 1)
        rows, columns, weights = rows[seldom], columns[seldom], weights[seldom]
        self._columns, self._weights = columns, weights
        self._starts = np.searchsorted(rows, np.arange(self.many + 1))
        order = np.argsort(columns, kind="stable")
        self._list_rows, self._list_weights = rows[order], weights[order]
        self._lists = np.searchsorted(columns[order], np.arange(many + 1))

    def cosines(self, places: Ints) -> Iterator[Floats]:
        """Yield for each of *places* its cosines with all of them; 0 beyond the date window.

        The cosine of a document with itself is not to be relied on.
        """
        common, days = self._common[places], self._days[places]
        for start in range(0, places.size, _BLOCK):
            # Not "@": its threads would take every core, and longer on a busy machine.
            products = np.einsum("ij,kj->ik", common[start : start + _BLOCK], common)
            for number, row in enumerate(products, start):
                cosines = row + self._seldom(int(places[number]))[places]
                cosines[np.abs(days - days[number]) > _WINDOW] = 0.0  # False where unknown
                yield cosines

    def centrality(self, places: Ints) -> Floats:
        """Return for each of *places* the sum of its cosines with them all."""
        common = self._common[places]
        seldom = [np.arange(self._starts[place], self._starts[place + 1]) for place in places]
        joined = np.concatenate(seldom)
        total = np.bincount(self._columns[joined], self._weights[joined], self._lists.size)
        sums: Floats = np.einsum("ij,j->i", common, common.sum(axis=0)).astype(np.float64)
        sums += [(self._weights[own] * total[self._columns[own]]).sum() for own in seldom]
        return sums

    def _seldom(self, place: int) -> Floats:
        span = slice(self._starts[place], self._starts[place + 1])
        columns = self._columns[span]
        firsts, lengths = self._lists[columns], self._lists[columns + 1] - self._lists[columns]
        ends = np.cumsum(lengths)
        entries = np.arange(lengths.sum()) + np.repeat(firsts - ends + lengths, lengths)
        products = self._list_weights[entries] * np.repeat(self._weights[span], lengths)
        return np.bincount(self._list_rows[entries], products, self.many).astype(np.float64)


def _stems(document: Document) -> list[str]:
    stop_words = words.stop_words(document.language)
    return [
        words.stem(_plain(word), document.language)
        for word in words.words(f"{document.title}\n{document.text}")
        if word not in stop_words
    ]


def _plain(word: str) -> str:
    """Take the accents off, because outlets differ in them: Çavuşoğlu, Cavusoglu."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _day(moment: datetime | None) -> float:
    return moment.timestamp() / _DAY if moment else float("nan")


def _weigh(rows: Ints, columns: Ints, times: Floats, many: int) -> Floats:
    """Weigh each (document, stem) pair: often here, seldom elsewhere; then unit length."""
    frequency = np.bincount(columns)
    rarity = np.log((many + _BACKGROUND) / (frequency + 0.5)).clip(_LEAST)
    weights = (1 + np.log(times)) * rarity[columns]
    lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=many))
    unit: Floats = weights / lengths[rows]
    return unit
