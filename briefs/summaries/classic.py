"""A sumy document in, its sentences in the order of their worth out: sumy's algorithms by name.

Where sumy's answer depends on the hash seed, on rounding noise, or is not a number, the methods
concerned are replaced; the rest is sumy's own.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from briefs.summaries import dom
from briefs.summaries.matrix import Floats


class _LexRank(LexRankSummarizer):  # type: ignore[misc]  # sumy has no types
    @staticmethod
    def cosine_similarity(
        sentence1: Sequence[str],  # noqa: ARG004
        sentence2: Sequence[str],  # noqa: ARG004
        tf1: Mapping[str, float],
        tf2: Mapping[str, float],
        idf_metrics: Mapping[str, float],
    ) -> float:
        """Sum in the order of the text: sumy sums in the order of a set of strings."""
        product = sum(tf1[t] * tf2[t] * idf_metrics[t] ** 2 for t in tf1 if t in tf2)
        first = sum((tf1[t] * idf_metrics[t]) ** 2 for t in tf1)
        second = sum((tf2[t] * idf_metrics[t]) ** 2 for t in tf2)
        return product / (math.sqrt(first) * math.sqrt(second)) if first and second else 0.0

    @staticmethod
    def power_method(matrix: Floats, epsilon: float) -> Floats:
        """Rate lines that share no word alike: sumy divides by zero there."""
        if not matrix.any():
            return np.ones(len(matrix))
        ratings: Floats = LexRankSummarizer.power_method(matrix, epsilon)
        return ratings


class _Lsa(LsaSummarizer):  # type: ignore[misc]  # sumy has no types
    smooth = 0.4

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Rank without decomposing anything.

        sumy keeps every dimension, so that a sentence's rank is the length of its column, which
        the decomposition only adds noise to.
        """
        stems = self._create_dictionary(document)
        ranks = iter([self._rank(sentence, stems) for sentence in document.sentences])
        best: tuple[Any, ...] = self._get_best_sentences(
            document.sentences, sentences_count, lambda _: next(ranks)
        )
        return best

    def _rank(self, sentence: Any, stems: Mapping[str, int]) -> float:  # noqa: ANN401
        counts = Counter(stem for stem in map(self.stem_word, sentence.words) if stem in stems)
        most = max(counts.values(), default=0)
        shares = [(1 - self.smooth) * count / most for count in counts.values()]
        square = (len(stems) - len(shares)) * self.smooth**2
        square += sum((self.smooth + share) ** 2 for share in shares)
        return round(math.sqrt(square), 9) if shares else 0.0


_SUMMARIZERS = {
    "lexrank": _LexRank,
    "textrank": TextRankSummarizer,
    "lsa": _Lsa,
    "luhn": LuhnSummarizer,
    "sumbasic": SumBasicSummarizer,
    "kl": KLSummarizer,
    "reduction": ReductionSummarizer,
    "edmundson": partial(EdmundsonSummarizer, cue_weight=0.0),  # its cue words suit no news
}


def order(document: Any, algorithm: str, language: str) -> list[int]:  # noqa: ANN401
    """Return the places in `document.sentences`, the best first; ties in the order of the text."""
    ranked: list[int] = []

    def keep(infos: Sequence[Any]) -> Sequence[Any]:
        ranked.extend(info.order for info in infos)
        return infos

    _summarizer(algorithm, language)(document, keep)
    return ranked


def _summarizer(algorithm: str, language: str) -> Any:  # noqa: ANN401
    stemmer, stop_words = dom.normal(language)
    summarizer = _SUMMARIZERS[algorithm](stemmer=stemmer)
    if algorithm == "edmundson":
        summarizer.null_words = stop_words or {"the"}  # it refuses to work without any
    else:
        summarizer.stop_words = stop_words
    return summarizer
