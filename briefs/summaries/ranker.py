"""A sumy document in, its sentences in the order of their worth out: our own rankers."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from sumy.summarizers._summarizer import AbstractSummarizer

from briefs.summaries.matrix import Floats, Ints, Matrix

_COPY = 0.8  # two lines nearer than this are never both shown
_TAKEN = -1e6
_TOO_NEAR = -1e3


class NewsRanker(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """Rank the sentences of one article.

    A sentence is worth what later ones repeat of it, less what it repeats of earlier ones, with a
    little for closeness to the whole and for standing early; then lines unlike those already
    taken go first. Sentences may have a `discount`, from 0 for none to 1 for the whole scale.
    """

    back = -2.0  # what likeness to an earlier sentence of the same document counts
    centroid = 0.5
    early = 0.5
    fading = 3.0  # sentences until standing early is worth a third
    leading = 0.0  # what the very first line gains
    relevance = 0.8  # the rest is for being unlike what is taken
    near = _COPY  # a line nearer than this to one that is taken waits until none other is left

    def __init__(self, stemmer: Callable[[str], str], stop_words: frozenset[str]) -> None:
        super().__init__(stemmer)
        self.stop_words = stop_words

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Return the best sentences in reading order, as every sumy summarizer does."""
        worth = dict.fromkeys(range(len(document.sentences)), float("-inf"))
        worth |= {place: -rank for rank, place in enumerate(self.order(document))}
        ratings = iter(worth.values())
        best: tuple[Any, ...] = self._get_best_sentences(
            document.sentences, sentences_count, lambda _: next(ratings)
        )
        return best

    def order(self, document: Any) -> Iterator[int]:  # noqa: ANN401
        """Yield places in `document.sentences`, the best first, until only copies are left."""
        sentences = document.sentences
        if not sentences:
            return
        matrix = Matrix([self._stems(sentence) for sentence in sentences])
        discounts = np.array([getattr(s, "discount", 0.0) for s in sentences])
        scores = self.score(matrix, self._documents(document), discounts) - discounts
        yield from self._diverse(matrix, scores)

    def score(self, matrix: Matrix, documents: Ints, discounts: Floats) -> Floats:
        """Rate the sentences of *matrix* from 0 to 1; *documents* numbers each one's document.

        What is said in a line that cannot stand is still news in a later one that can.
        """
        first = np.searchsorted(documents, documents)
        places = np.arange(documents.size) - first
        backs = self.back * (1 - discounts.clip(0, 1))
        scores = _spread(
            _standard(matrix.directed(documents, backs))
            + self.centroid * _standard(matrix.centroid())
            + self.early * _standard(np.exp(-places / self.fading))
        )
        scores[:1] += self.leading
        return scores

    def _documents(self, document: Any) -> Ints:  # noqa: ANN401
        """Say from which document each sentence is: here all are from one."""
        return np.zeros(len(document.sentences), dtype=np.int64)

    def _stems(self, sentence: Any) -> Sequence[str]:  # noqa: ANN401
        lowered = (self.normalize_word(word) for word in sentence.words)
        return [self._stemmer(word) for word in lowered if word not in self.stop_words]

    def _diverse(self, matrix: Matrix, scores: Floats) -> Iterator[int]:
        nearest = np.zeros(scores.size)
        left = self.relevance * scores
        for _ in range(scores.size):
            worth = left - (1 - self.relevance) * nearest + _TOO_NEAR * (nearest > self.near)
            best = int(worth.argmax())
            if left[best] == _TAKEN:
                return
            yield best
            nearest = np.maximum(nearest, matrix.cosines(best))
            left[nearest > _COPY] = left[best] = _TAKEN


class StoryRanker(NewsRanker):
    """Rank the sentences of several documents on one story: each paragraph is a document.

    What other documents say too counts fully, standing early counts for less, and a line like one
    that is already taken comes last. The first document is the one that the story is told by: its
    first line is given a lead, so that what is quoted opens with what happened.
    """

    back = -0.3
    centroid = 1.0
    fading = 10.0
    leading = 0.5
    relevance = 0.5
    near = 0.4

    def _documents(self, document: Any) -> Ints:  # noqa: ANN401
        lengths = [len(paragraph.sentences) for paragraph in document.paragraphs]
        return np.repeat(np.arange(len(lengths)), lengths)


def _standard(values: Floats) -> Floats:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros(values.size)


def _spread(values: Floats) -> Floats:
    extent = np.ptp(values)
    return (values - values.min()) / extent if extent > 1e-9 else np.zeros(values.size)
