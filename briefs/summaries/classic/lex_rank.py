"""A sumy document in, its sentences rated by LexRank out: sumy's own ratings."""

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sumy.summarizers.lex_rank import LexRankSummarizer

from briefs.summaries.classic.counts import Counts, Stems
from briefs.summaries.matrix import Floats

DENSE = 2_000  # up to so many lines the matrix is sumy's own, so that rounding is too
_NEAR = 1e-9  # how near to the threshold rounding could decide

_Mask: TypeAlias = NDArray[np.bool_]
_Bits: TypeAlias = NDArray[np.uint8]
_Places: TypeAlias = NDArray[np.intp]


class LexRank(LexRankSummarizer):  # type: ignore[misc]  # sumy has no types
    """sumy's LexRank for 10,000 lines: the links between lines are kept, not all their cosines.

    A cosine that rounding could bring over the threshold is computed as sumy does, of numbers for
    words, so that the order of its sums does not depend on the hash seed.
    """

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Return the best sentences in reading order, as every sumy summarizer does."""
        if not document.sentences:
            return ()
        counts = Counts(document.sentences, Stems(self, self._stop_words))
        ratings = dict(zip(document.sentences, self._rate(counts), strict=True))
        best: tuple[Any, ...] = self._get_best_sentences(
            document.sentences, sentences_count, ratings
        )
        return best

    def _rate(self, counts: Counts) -> Floats:
        links = self._links(counts)
        if not links.alone.any():  # no word counts: sumy divides by zero there
            return np.ones(counts.many)
        if counts.many > DENSE:
            return links.power_method(self.epsilon)
        ratings: Floats = self.power_method(links.matrix(), self.epsilon)
        return ratings

    def _links(self, counts: Counts) -> "_Links":
        rarity = _rarity(counts)
        shares = counts.counts / counts.most()[counts.lines]
        weights = shares * rarity[counts.stems]
        norms = np.sqrt(counts.sums(weights * weights))
        unit = np.divide(weights, norms[counts.lines], out=weights, where=norms[counts.lines] > 0)
        links = _Links(norms > 0)
        for first, cosines in counts.products(unit):
            links.add(first, self._alike(cosines, first, counts, shares, rarity))
        return links

    def _alike(
        self, cosines: Floats, first: int, counts: Counts, shares: Floats, rarity: Floats
    ) -> _Mask:
        alike: _Mask = cosines > self.threshold + _NEAR
        unsure = (cosines > self.threshold - _NEAR) ^ alike
        for row, column in np.argwhere(unsure).tolist() if unsure.any() else ():
            cosine = self._cosine((row + first, column + first), counts, shares, rarity)
            alike[row, column] = cosine > self.threshold
        return alike

    def _cosine(
        self, pair: tuple[int, int], counts: Counts, shares: Floats, rarity: Floats
    ) -> float:
        spans = [slice(counts.starts[line], counts.starts[line + 1]) for line in pair]
        stems = [counts.stems[span].tolist() for span in spans]
        terms = [
            dict(zip(each, shares[span].tolist(), strict=True))
            for each, span in zip(stems, spans, strict=True)
        ]
        metrics = {stem: float(rarity[stem]) for stem in {*stems[0], *stems[1]}}
        return float(self.cosine_similarity(*stems, *terms, metrics))


def _rarity(counts: Counts) -> Floats:
    """Return the rarity of every stem, by the standard library's logarithm as in sumy."""
    kinds, places = np.unique(counts.frequencies, return_inverse=True)
    rarities: Floats = np.array([math.log(counts.many / (1 + kind)) for kind in kinds.tolist()])
    return rarities[places]


class _Links:
    """Which lines are alike: 4 bytes for a link, or a bit for a pair where that is less."""

    def __init__(self, alone: _Mask) -> None:
        self.alone = alone  # lines that have a weight, each of which is like itself
        self.degrees = alone.astype(np.float64)
        self._blocks: list[_Block] = []

    def add(self, first: int, alike: _Mask) -> None:
        """Link each line with later ones: rows and columns of *alike* begin at line *first*."""
        np.fill_diagonal(alike, val=False)
        self.degrees[first : first + len(alike)] += alike.sum(axis=1)
        self.degrees[first:] += alike.sum(axis=0)
        self._blocks.append(_Block(first, alike))

    def matrix(self) -> Floats:
        """Return the links as sumy's matrix: each row sums to 1, or to 0."""
        matrix = np.diag(self.alone.astype(np.float64))
        for block in self._blocks:
            rows, columns = block.pairs()
            matrix[rows, columns] = matrix[columns, rows] = 1.0
        matrix /= np.maximum(self.degrees, 1)[:, np.newaxis]
        return matrix

    def power_method(self, epsilon: float) -> Floats:
        """Rate the lines as sumy does, without its matrix."""
        ratings, change = np.full(self.degrees.size, 1 / self.degrees.size), 1.0
        while change > epsilon:
            following = self._spread(ratings / np.maximum(self.degrees, 1))
            following /= np.linalg.norm(following)
            change = float(np.linalg.norm(following - ratings))
            ratings = following
        return ratings

    def _spread(self, values: Floats) -> Floats:
        """Return for every line the sum of the *values* of the lines that are like it."""
        sums = values * self.alone
        for block in self._blocks:
            block.spread(values, sums)
        return sums


class _Block:
    """Links of the lines from `first` on with later ones, in the less of two forms."""

    def __init__(self, first: int, alike: _Mask) -> None:
        self.first, self.shape = first, alike.shape
        many = int(np.count_nonzero(alike))
        self.packed = np.packbits(alike) if 32 * many > alike.size else None
        cells = np.flatnonzero(alike) if self.packed is None else np.zeros(0)
        self.cells = cells.astype(np.int32)

    def pairs(self) -> tuple[_Places, _Places]:
        """Return the first and the second line of every link."""
        cells = self.cells if self.packed is None else np.flatnonzero(self._unpacked(self.packed))
        rows, columns = np.divmod(cells.astype(np.intp), self.shape[1])
        return rows + self.first, columns + self.first

    def spread(self, values: Floats, sums: Floats) -> None:
        """Add to the *sums* of either line of every link the *values* of the other."""
        rows, later = slice(self.first, self.first + self.shape[0]), slice(self.first, None)
        if self.packed is not None:
            links = self._unpacked(self.packed).astype(np.float64)
            sums[rows] += links @ values[later]
            sums[later] += values[rows] @ links
            return
        lines, columns = np.divmod(self.cells, self.shape[1])
        sums[rows] += np.bincount(lines, values[later][columns], minlength=self.shape[0])
        sums[later] += np.bincount(columns, values[rows][lines], minlength=self.shape[1])

    def _unpacked(self, bits: _Bits) -> _Bits:
        return np.unpackbits(bits, count=math.prod(self.shape)).reshape(self.shape)
