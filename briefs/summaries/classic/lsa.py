"""A sumy document in, its sentences rated by latent semantic analysis out, without decomposing."""

from itertools import chain
from typing import Any

from sumy.summarizers.lsa import LsaSummarizer

from briefs.summaries.classic.counts import NONE, Counts, Stems
from briefs.summaries.matrix import Floats


class Lsa(LsaSummarizer):  # type: ignore[misc]  # sumy has no types
    """sumy's LSA, whose ranks are the lengths of the columns of its matrix.

    sumy keeps every dimension, so that the decomposition only adds noise to them; where lines tie,
    that noise decides there, and the order of the text here. Lines without words tie, too: of
    those alone sumy returns none.
    """

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Return the best sentences in reading order, as every sumy summarizer does."""
        content = Stems(self, self._stop_words)
        for word in chain.from_iterable(each.words for each in document.paragraphs):
            content[word]
        ratings = iter(self._rate(Counts(document.sentences, _Known(self, content))).tolist())
        best: tuple[Any, ...] = self._get_best_sentences(
            document.sentences, sentences_count, lambda _: next(ratings)
        )
        return best

    def _rate(self, counts: Counts) -> Floats:
        """Return numbers in the order of the ranks, equal where those would be without rounding.

        A rank is sqrt(4v + 12a + 9b) / 5, of v stems in all, for a the sum of the counts of the
        line by the greatest, and b that of their squares; or 0 for a line without any.
        """
        most = counts.most()
        numbers, squares = counts.sums(counts.counts), counts.sums(counts.counts**2)
        ratings: Floats = (12 * numbers * most + 9 * squares) / most**2
        return ratings


class _Known(Stems):
    """Numbers for the words whose stem is that of a word that counts: stop words may have such."""

    def __init__(self, summarizer: Any, content: Stems) -> None:  # noqa: ANN401
        super().__init__(summarizer, frozenset())
        self.numbers = content.numbers
        self.update({word: number for word, number in content.items() if number >= 0})

    def _number(self, stem: str) -> int:
        return self.numbers.get(stem, NONE)
