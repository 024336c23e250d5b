"""A sumy document in, its sentences in the order of their worth out: our own rankers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
from sumy.summarizers._summarizer import AbstractSummarizer

from briefs.summaries.choosing import COPY, Bools, Choosing, Rating
from briefs.summaries.matrix import Floats, Ints, Matrix
from briefs.words import Frequencies

_NONE = Frequencies()
_NOTHING: Mapping[str, Mapping[int, float]] = MappingProxyType({})
_FEW = 50  # lines, too few to tell a list from a report
_ORDERED = (0.0, 1.0)  # standard errors: from a list to a report
_ALIKE = 0.4  # the cosine of lines of different people that say one thing
_FULL = 8  # different stems, past which a line gains nothing by being longer
_EARLY = 0.22  # how far apart lines of a report of thirty lines are by standing early


class NewsRanker(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """Rank the sentences of one article.

    A sentence is worth what later ones repeat of it, less what it repeats of earlier ones, how
    close it is to the whole, and a little for standing early and for not being too short; then
    lines unlike those already taken go first. Sentences may have a `discount`: 1 is the distance
    from the worst line to the best.
    """

    back = -2.0  # what likeness to an earlier sentence of the same document counts
    centroid = 0.5
    early = 0.9
    fading = 3.0  # sentences until standing early is worth a third
    full = 0.2  # what a line gains that has enough to say
    leading = 0.0  # what the very first line gains
    relevance = 0.8  # the rest is for being unlike what is taken
    near = COPY  # a line nearer than this to one that is taken waits until none other is left

    def __init__(
        self,
        stemmer: Callable[[str], str],
        stop_words: frozenset[str],
        frequencies: Frequencies = _NONE,
    ) -> None:
        super().__init__(stemmer)
        self.stop_words = stop_words
        self.frequencies = frequencies

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
        return (taken.place for taken in Choosing(self.rate(document)))

    def rate(
        self,
        document: Any,  # noqa: ANN401
        leaning: Sequence[bool] = (),
        reported: float = 1.0,
        besides: Mapping[str, Mapping[int, float]] = _NOTHING,
    ) -> Rating:
        """Say what each sentence is worth before any is taken, and what for.

        *leaning* tells those that cannot stand alone: what is said in one is still news in a later
        line that can. *reported* says how far the text is a report, from 0 to 1: in others the
        order of the sentences says nothing of their worth. *besides* has what else sentences gain
        or lose, under its name, by their places.
        """
        sentences = document.sentences
        stem = cache(self._stem)
        rows = [[found for word in each.words if (found := stem(word))] for each in sentences]
        matrix = Matrix(rows, self.frequencies)
        documents = self._documents(document)
        leans = np.array([*leaning, *[False] * (len(sentences) - len(leaning))], dtype=bool)
        order = min(reported, _order(matrix, documents))
        parts = self._parts(matrix, documents, leans, order)
        parts["a post"] = -np.array([getattr(s, "discount", 0.0) for s in sentences])
        for name, gains in besides.items():
            parts[name] = np.array([gains.get(n, 0.0) for n in range(len(sentences))])
        scaled = {name: self.relevance * values for name, values in parts.items()}
        near = self.near if order else min(self.near, _ALIKE)
        return Rating(matrix, documents, scaled, 1 - self.relevance, near)

    def _parts(
        self, matrix: Matrix, documents: Ints, leans: Bools, order: float
    ) -> dict[str, Floats]:
        """Rate the lines of *matrix* on a scale of 1, and what is beside the scale."""
        backs = order * np.where(leans, 0.0, self.back) + (1 - order)
        inside, across = matrix.directed(documents, backs)
        later, others = (inside, across) if order else (inside * 0, inside + across)
        spread = _spread(inside + across)
        centroid = matrix.centroid()
        places = np.arange(documents.size) - np.searchsorted(documents, documents)
        early = np.exp(-places / self.fading)
        parts = {
            "taken up again later": later / spread,
            "said by others too": others / spread,
            "central": self.centroid * centroid / _spread(centroid),
            "early": order * self.early * early / _EARLY,
        }
        parts = {name: values - values.min(initial=np.inf) for name, values in parts.items()}
        extent = np.ptp(sum(parts.values(), np.zeros(documents.size))) if documents.size else 0
        scaled = {name: values / (extent or 1.0) for name, values in parts.items()}
        scaled["long enough"] = self.full * np.minimum(np.diff(matrix.starts) / _FULL, 1)
        scaled["opens the story"] = order * self.leading * (np.arange(documents.size) == 0)
        return scaled

    def _documents(self, document: Any) -> Ints:  # noqa: ANN401
        """Say from which document each sentence is: here all are from one."""
        return np.zeros(len(document.sentences), dtype=np.int64)

    def _stem(self, word: str) -> str:
        """Return the stem of *word*; "" for one that says nothing of a subject."""
        lowered = self.normalize_word(word)
        return "" if lowered in self.stop_words else self._stemmer(lowered)


class StoryRanker(NewsRanker):
    """Rank the sentences of several documents on one story: each paragraph is a document.

    What other documents say too counts fully, standing early counts for less, and a line like one
    that is already taken comes last, or, from another document, never. The first document is the
    one that the story is told by: its first line is given a lead, so that what is quoted opens
    with what happened.
    """

    back = -0.3
    centroid = 1.0
    early = 0.5
    fading = 10.0
    leading = 0.5
    relevance = 0.6
    near = _ALIKE

    def _documents(self, document: Any) -> Ints:  # noqa: ANN401
        lengths = [len(paragraph.sentences) for paragraph in document.paragraphs]
        return np.repeat(np.arange(len(lengths)), lengths)


def _spread(values: Floats) -> float:
    """Return by what to divide *values*, so that they are as far apart as those of other parts."""
    spread = float(values.std()) if values.size else 0.0
    return spread if spread > 1e-9 else np.inf


def _order(matrix: Matrix, documents: Ints) -> float:
    """Say from 0 to 1 how sure it is that the lines stand in an order.

    Where neighbours have no more in common than any two lines of a document, it is a list, of
    many people's opinions for example, and standing early says nothing.
    """
    _, lengths = np.unique(documents, return_counts=True)
    pairs = int((lengths * (lengths - 1)).sum())
    if matrix.lines < _FEW or not pairs:
        return 1.0
    steps = matrix.steps()[np.diff(documents) == 0]
    inside, _ = matrix.directed(documents, np.ones(documents.size))
    error = max(float(steps.std()), 1e-9) / np.sqrt(steps.size)
    beyond = (steps.mean() - inside.sum() / pairs) / error
    least, all_of_it = _ORDERED
    return float(((beyond - least) / (all_of_it - least)).clip(0, 1))
