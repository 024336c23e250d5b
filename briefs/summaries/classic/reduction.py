"""A sumy document in, its sentences rated by Reduction out: sumy's own ratings."""

from typing import Any

import numpy as np
from sumy.summarizers.reduction import ReductionSummarizer

from briefs.summaries.classic import edges
from briefs.summaries.classic.counts import Counts, Stems
from briefs.summaries.matrix import Floats


class Reduction(ReductionSummarizer):  # type: ignore[misc]  # sumy has no types
    """sumy's Reduction, pairs of lines by blocks; sums are in sumy's order, so that rounding is."""

    def rate_sentences(self, document: Any) -> dict[Any, float]:  # noqa: ANN401
        """Return the rating of every sentence: what its edges to all others sum up to."""
        counts = Counts(document.sentences, Stems(self, self._stop_words))
        sums = np.zeros(counts.many)
        for first, block in edges.blocks(counts, single=np.inf):
            apart, end = np.triu(block, 1), first + len(block)
            sums[first:] = _added(sums[first:], apart)
            sums[first:end] = _added(sums[first:end], apart.T)
        ratings: dict[Any, float] = dict.fromkeys(document.sentences, 0.0)
        for sentence, total in zip(document.sentences, sums.tolist(), strict=True):
            ratings[sentence] += total
        return ratings


def _added(sums: Floats, rows: Floats) -> Floats:
    """Add *rows* to *sums* one after the other."""
    added: Floats = np.cumsum(np.vstack([sums, rows]), axis=0)[-1]
    return added
