"""A sumy document in; how often each of its sentences has each stem, and their products, out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np

from briefs.summaries.matrix import Floats, Ints

NONE = -1  # the number of a word that does not count
_AT_ONCE = 1 << 17  # cells, and pairs of entries, that are in memory at one time: 1 MB each
_COMMON = 4  # a stem that one of so many lines has is multiplied with all of them


class Stems(dict[str, int]):
    """A number for the stem of every word that is asked for, in the order of first use."""

    def __init__(self, summarizer: Any, stop_words: frozenset[str]) -> None:  # noqa: ANN401
        super().__init__()
        self._normal: Callable[[str], str] = summarizer.normalize_word
        self._stem: Callable[[str], str] = summarizer.stem_word
        self._stop_words = stop_words
        self.numbers: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        """Stem *word*, once for all its occurrences."""
        normal = self._normal(word)
        number = NONE
        if normal not in self._stop_words:
            number = self._number(self._stem(normal))
        self[word] = number
        return number

    def _number(self, stem: str) -> int:
        return self.numbers.setdefault(stem, len(self.numbers))


class Counts:
    """How often each line has each stem.

    An entry is a line with one of its stems: `lines`, `stems` and `counts` are parallel, by line
    and then by stem. `lengths` counts the stems of every line, repeated ones as often as they are.
    """

    def __init__(self, sentences: Sequence[Any], numbers: Stems) -> None:
        flat = _numbered(chain.from_iterable(each.words for each in sentences), numbers)
        lines = np.repeat(np.arange(len(sentences)), [len(each.words) for each in sentences])
        lines, flat = lines[flat != NONE], flat[flat != NONE]
        self.many = len(sentences)
        self.vocabulary = len(numbers.numbers)
        self.lengths: Ints = np.bincount(lines, minlength=self.many)
        keys, counts = np.unique(lines * max(1, self.vocabulary) + flat, return_counts=True)
        self.lines, self.stems = np.divmod(keys, max(1, self.vocabulary))
        self.counts: Floats = counts.astype(np.float64)
        self.frequencies: Ints = np.bincount(self.stems, minlength=self.vocabulary)
        self.starts: Ints = np.searchsorted(self.lines, np.arange(self.many + 1))

    def most(self) -> Floats:
        """Return for every line how often it has the stem that it has most often; at least 1."""
        most = np.ones(self.many)
        np.maximum.at(most, self.lines, self.counts)
        return most

    def sums(self, values: Floats) -> Floats:
        """Return for every line the sum of the *values* of its entries."""
        return np.bincount(self.lines, values, minlength=self.many).astype(np.float64)

    def products(self, weights: Floats) -> Iterator[tuple[int, Floats]]:
        """Yield the products of all lines with all, *weights* being those of the entries.

        Each block comes with the number of its first line; its columns begin at that line too, and
        what is left of the diagonal is 0. A block has some 1 MB, or one row.
        """
        common = self.frequencies[self.stems] * _COMMON > self.many
        dense = self._dense(weights, common)
        rest = _Pairs(self, weights, ~common)
        first = 0
        while first < self.many:
            end = rest.end(first)
            block = rest.block(first, end)
            if dense.shape[1]:
                block += np.triu(dense[first:end] @ dense[first:].T)
            yield first, block
            first = end

    def _dense(self, weights: Floats, common: Any) -> Floats:  # noqa: ANN401  # a mask
        columns, places = np.unique(self.stems[common], return_inverse=True)
        dense = np.zeros((self.many, columns.size))
        dense[self.lines[common], places] = weights[common]
        return dense


class _Pairs:
    """The entries of a stem, each with itself and those of later lines."""

    def __init__(self, counts: Counts, weights: Floats, chosen: Any) -> None:  # noqa: ANN401
        lines, stems = counts.lines[chosen], counts.stems[chosen]
        order = np.argsort(stems, kind="stable")
        ends = np.cumsum(np.bincount(stems, minlength=counts.vocabulary))
        self.many = counts.many
        self.places = np.empty_like(order)
        self.places[order] = np.arange(order.size)
        self.after = ends[stems] - self.places  # how many entries each is paired with
        self.lines, self.weights = lines, weights[chosen]
        self.column_lines, self.column_weights = lines[order], self.weights[order]
        self.starts = np.searchsorted(lines, np.arange(self.many + 1))
        self.paired = np.cumsum(np.bincount(lines, self.after, minlength=self.many))

    def end(self, first: int) -> int:
        """Return the end of the block that begins at line *first*."""
        before = self.paired[first - 1] if first else 0
        few = int(np.searchsorted(self.paired, before + _AT_ONCE, side="right"))
        return min(self.many, max(first + 1, min(few, first + _AT_ONCE // (self.many - first))))

    def block(self, first: int, end: int) -> Floats:
        """Return the products of the lines from *first* to *end* with those from *first* on."""
        entries = slice(self.starts[first], self.starts[end])
        after, width = self.after[entries], self.many - first
        places = _ranges(self.places[entries], after)
        cells = np.repeat((self.lines[entries] - first) * width - first, after)
        cells += self.column_lines[places]
        values = np.repeat(self.weights[entries], after) * self.column_weights[places]
        sums = np.bincount(cells, values, minlength=(end - first) * width)
        return sums.astype(np.float64, copy=False).reshape(end - first, width)


def _numbered(words: Iterable[str], numbers: Stems) -> Ints:
    return np.fromiter(map(numbers.__getitem__, words), dtype=np.int64)


def _ranges(firsts: Ints, lengths: Ints) -> Ints:
    """Join the ranges [first, first + length) into one array."""
    ends = np.cumsum(lengths)
    many = int(ends[-1]) if ends.size else 0
    ranges: Ints = np.arange(many) + np.repeat(firsts - ends + lengths, lengths)
    return ranges
