"""Documents in, clusters out: which of them report one event, and which are near copies."""

from collections.abc import Iterator, Sequence

import numpy as np

from briefs.model import Document
from briefs.stories import copies, linkage, pairs
from briefs.stories.linkage import CUT
from briefs.stories.pairs import Pairs
from briefs.stories.vectors import Floats, Ints, Vectors

__all__ = ["JOINED", "find"]

JOINED = CUT  # below this two documents are not compared any further: no mean is above all it is of
_LARGEST = 2_000  # texts in a component: average linkage holds all their pairs, 32 MB
_STEP = 0.1


def find(documents: Sequence[Document]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the places of each cluster, the most central first, and the copy number of each."""
    vectors = Vectors.of(documents)
    near = pairs.find(vectors, JOINED)
    components = _components(near, vectors.many)
    texts = copies.find(documents, near, components)
    for component in _groups(components):
        for cluster in _split(vectors, near, component, texts):
            places = _by_centrality(vectors, cluster)
            yield places, [int(texts[place]) for place in places]


def _components(near: Pairs, many: int) -> Ints:
    """Find the connected components of *many* places, each named by its first place.

    Every place takes the smallest number among its neighbours', and that of the place it is named
    by, until nothing changes: some ten rounds, however long the chains.
    """
    labels = np.arange(many)
    while True:
        one, other = labels[near.later], labels[near.earlier]
        if (one == other).all():
            return labels
        np.minimum.at(labels, np.maximum(one, other), np.minimum(one, other))
        while (labels != labels[labels]).any():
            labels = labels[labels]


def _groups(labels: Ints) -> list[Ints]:
    """Return the places that share a label, for each label."""
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)


def _split(vectors: Vectors, near: Pairs, component: Ints, texts: Ints) -> Iterator[Ints]:
    """Cut a component into clusters; of near copies the first stands for all."""
    if component.size == 1:
        yield component
        return
    for part in _parts(near, np.unique(texts[component]), JOINED + _STEP):
        if part.size == 1:
            yield component[texts[component] == part[0]]
            continue
        labels = linkage.split(_cosines(vectors.only(part)))
        for cluster in _groups(labels):
            yield component[np.isin(texts[component], part[cluster])]


def _parts(near: Pairs, texts: Ints, threshold: float) -> Iterator[Ints]:
    """Break up what is too large for average linkage, at ever higher thresholds."""
    if texts.size <= _LARGEST:
        yield texts
        return
    inside = near.among(texts).from_(threshold)
    for group in _groups(_components(inside, texts.size)):
        yield from _parts(near, texts[group], threshold + _STEP)


def _cosines(vectors: Vectors) -> Floats:
    """Return the cosines of all with all."""
    cosines = np.zeros((vectors.many, vectors.many))
    for place, earlier in enumerate(vectors.cosines()):
        cosines[place, :place] = cosines[:place, place] = earlier
    return cosines


def _by_centrality(vectors: Vectors, cluster: Ints) -> list[int]:
    if cluster.size == 1:
        return [int(cluster[0])]
    sums = vectors.only(cluster).centrality().round(5)  # equal ones go by place, noise or not
    return [int(place) for place in cluster[np.argsort(-sums, kind="stable")]]
