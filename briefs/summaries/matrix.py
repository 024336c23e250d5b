"""Lines as lists of stems in, their TF-IDF matrix out: unit rows, kept as rows and as columns.

Everything here is linear in the number of (line, stem) pairs; no line is compared with every
other, because a sum of cosines is the cosine with the sum.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from briefs.words import Frequencies

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

_NONE = Frequencies()


class Matrix:
    """One row a line, of length 1 (or 0 when it has no stems), one column a stem.

    What is rare in *frequencies* and in the lines themselves, each taken as a document, weighs
    most.
    """

    def __init__(self, lines: Sequence[Sequence[str]], frequencies: Frequencies = _NONE) -> None:
        stems: dict[str, int] = {}
        counts = [Counter(line) for line in lines]
        pairs = [(stems.setdefault(s, len(stems)), n) for count in counts for s, n in count.items()]
        self.lines = len(lines)
        self.starts = np.cumsum([0, *map(len, counts)], dtype=np.int64)
        self.stems: Ints = np.array([stem for stem, _ in pairs], dtype=np.int64)
        rows = np.repeat(np.arange(self.lines), np.diff(self.starts))
        known = frequencies.joined(self.lines, Counter(s for count in counts for s in count))
        rarity = np.array([known.rarity(stem) for stem in stems], dtype=np.float64)
        repeated = 1 + np.log(np.array([n for _, n in pairs], dtype=np.float64))
        self.weights = _unit(rows, self.lines, repeated * rarity[self.stems])
        order = np.argsort(self.stems, kind="stable")
        self.column_rows: Ints = rows[order]
        self.column_weights: Floats = self.weights[order]
        self.column_stems: Ints = self.stems[order]
        self.columns = np.searchsorted(self.column_stems, np.arange(len(stems) + 1))

    def cosines(self, line: int) -> Floats:
        """Return the cosine of *line* with every line, itself included."""
        span = slice(self.starts[line], self.starts[line + 1])
        stems, weights = self.stems[span], self.weights[span]
        firsts, lengths = self.columns[stems], self.columns[stems + 1] - self.columns[stems]
        places = _ranges(firsts, lengths)
        products = self.column_weights[places] * np.repeat(weights, lengths)
        return _sums(self.column_rows[places], products, self.lines)

    def steps(self) -> Floats:
        """Return for every line but the last its cosine with the next one."""
        same = np.diff(self.column_stems) == 0
        met = np.flatnonzero(same & (np.diff(self.column_rows) == 1))
        products = self.column_weights[met] * self.column_weights[met + 1]
        return _sums(self.column_rows[met], products, max(self.lines - 1, 0))

    def centroid(self) -> Floats:
        """Return for every line the sum of its cosines with all lines, itself included."""
        return self._sum_rows(self.column_weights * self._totals(self.column_stems))

    def directed(self, documents: Ints, backs: Floats) -> tuple[Floats, Floats]:
        """Return for every line two sums of cosines: with its own document's others, and the rest.

        To later lines of its own document, line i counts `backs[i]` times. *documents* numbers
        the document of each line from 0, never falling.
        """
        own = self.column_weights
        totals = self._totals(self.column_stems)
        place = self.column_stems * (documents[-1] + 1 if documents.size else 1)
        place = place + documents[self.column_rows]  # one number for a stem in a document
        inside = self._totals(place)
        after = inside - own - _before(place, own)
        before = _before(place, own * backs[self.column_rows])
        return self._sum_rows(own * (before + after)), self._sum_rows(own * (totals - inside))

    def _totals(self, groups: Ints) -> Floats:
        """Spread the weight of each run of equal *groups* over the entries of that run."""
        firsts = _firsts(groups)
        sums = np.add.reduceat(self.column_weights, firsts) if firsts.size else np.zeros(0)
        return np.repeat(sums, np.diff(np.append(firsts, groups.size)))

    def _sum_rows(self, entries: Floats) -> Floats:
        return _sums(self.column_rows, entries, self.lines)


def _sums(places: Ints, values: Floats, many: int) -> Floats:
    return np.bincount(places, values, minlength=many).astype(np.float64)


def _unit(rows: Ints, many: int, weights: Floats) -> Floats:
    norms = np.sqrt(_sums(rows, weights * weights, many))
    scaled: Floats = weights / norms[rows]
    return scaled


def _firsts(groups: Ints) -> Ints:
    return np.flatnonzero(np.diff(groups, prepend=-1)).astype(np.int64)


def _before(groups: Ints, weights: Floats) -> Floats:
    """Return for each entry the sum of the weights before it in its run of equal *groups*."""
    firsts = _firsts(groups)
    running = np.cumsum(weights) - weights
    lengths = np.diff(np.append(firsts, groups.size))
    sums: Floats = running - np.repeat(running[firsts], lengths)
    return sums


def _ranges(firsts: Ints, lengths: Ints) -> Ints:
    """Join the ranges [first, first + length) into one array of places."""
    ends = np.cumsum(lengths)
    places: Ints = np.arange(ends[-1] if ends.size else 0) + np.repeat(
        firsts - ends + lengths, lengths
    )
    return places
