"""Counts in; what two lines with words in common are worth to one another, in sumy's measure, out.

That is the number of their common words by the sum of the logarithms of their lengths.
"""

import math
from collections.abc import Iterator

import numpy as np

from briefs.summaries.classic.counts import Counts
from briefs.summaries.matrix import Floats, Ints

_AT_ONCE = 1 << 20  # cells of a table that are in memory at one time


def blocks(counts: Counts, *, single: float) -> Iterator[tuple[int, Floats]]:
    """Yield the edges as `Counts.products` does; two lines of one word are divided by *single*."""
    logs = _logarithms(counts.lengths)
    for first, common in counts.products(counts.counts):
        yield first, common / _norms(logs[first : first + len(common)], logs[first:], single)


class Edges:
    """The edges of all lines with all, themselves included, without a number for each of them.

    Edges depend on the lengths of lines, of which there are few: for each stem and length it is
    enough to know the sum over the lines of that length.
    """

    def __init__(self, counts: Counts, *, single: float) -> None:
        lengths, kinds = np.unique(counts.lengths, return_inverse=True)
        logs = _logarithms(lengths)
        order = np.argsort(counts.stems, kind="stable")
        self.many = counts.many
        self._inverse: Floats = 1 / _norms(logs, logs, single)
        self._lines: Ints = counts.lines[order]
        self._counts: Floats = counts.counts[order]
        self._kinds: Ints = kinds[self._lines]
        self._stems: Ints = counts.stems[order]
        self._vocabulary = counts.vocabulary

    def spread(self, values: Floats) -> Floats:
        """Return for every line the sum over all lines of edge times value."""
        sums = np.empty(self._lines.size)
        height, width = max(1, _AT_ONCE // len(self._inverse)), len(self._inverse)
        for first in range(0, self._vocabulary, height):
            part = slice(*np.searchsorted(self._stems, (first, first + height)))
            stems, kinds = self._stems[part] - first, self._kinds[part]
            weights = self._counts[part] * values[self._lines[part]]
            tall = min(height, self._vocabulary - first)
            table = np.bincount(stems * width + kinds, weights, minlength=tall * width)
            sums[part] = (table.reshape(tall, width) @ self._inverse)[stems, kinds]
        totals = np.bincount(self._lines, self._counts * sums, minlength=self.many)
        return totals.astype(np.float64, copy=False)


def _logarithms(lengths: Ints) -> Floats:
    """Return logarithms of lengths by the standard library, as sumy; of an empty line 0."""
    table = {length: math.log(max(1, length)) for length in np.unique(lengths).tolist()}
    return np.array([table[length] for length in lengths.tolist()])


def _norms(rows: Floats, columns: Floats, single: float) -> Floats:
    norms: Floats = rows[:, np.newaxis] + columns
    norms[norms == 0] = single
    return norms
