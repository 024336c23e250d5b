"""A sumy document in, its sentences rated by TextRank out: sumy's own ratings."""

from typing import Any

import numpy as np
from sumy.summarizers.text_rank import TextRankSummarizer

from briefs.summaries.classic import edges
from briefs.summaries.classic.counts import Counts, Stems
from briefs.summaries.classic.edges import Edges
from briefs.summaries.matrix import Floats

DENSE = 2_000  # up to so many lines the matrix is sumy's own, so that rounding is too


class TextRank(TextRankSummarizer):  # type: ignore[misc]  # sumy has no types
    """sumy's TextRank in memory that grows with the lines, not with their pairs."""

    def rate_sentences(self, document: Any) -> dict[Any, float]:  # noqa: ANN401
        """Return the rating of every sentence."""
        counts = Counts(document.sentences, Stems(self, self._stop_words))
        return dict(zip(document.sentences, self._rate(counts), strict=True))

    def _rate(self, counts: Counts) -> Floats:
        if counts.many > DENSE:
            return self._iterate(Edges(counts, single=1.0))
        ratings: Floats = self.power_method(self._matrix(counts), self.epsilon)
        return ratings

    def _matrix(self, counts: Counts) -> Floats:
        matrix = np.zeros((counts.many, counts.many))
        for first, block in edges.blocks(counts, single=1.0):
            end = first + len(block)
            matrix[first:end, first:] += block
            matrix[first:, first:end] += np.triu(block, 1).T
        matrix /= matrix.sum(axis=1)[:, np.newaxis] + self._ZERO_DIVISION_PREVENTION
        matrix *= self.damping
        matrix += (1.0 - self.damping) / counts.many
        return matrix

    def _iterate(self, all_edges: Edges) -> Floats:
        many = all_edges.many
        sums = all_edges.spread(np.ones(many)) + self._ZERO_DIVISION_PREVENTION
        ratings, change = np.full(many, 1 / many), 1.0
        while change > self.epsilon:
            following = self.damping * all_edges.spread(ratings / sums)
            following += (1.0 - self.damping) / many * ratings.sum()
            change = float(np.linalg.norm(following - ratings))
            ratings = following
        return ratings
