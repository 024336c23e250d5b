"""Vectors in, clusters out: which documents report one event, and which are near copies."""

from collections.abc import Iterator, Sequence

import numpy as np

from briefs.stories.vectors import Floats, Ints, Vectors

_COPY = 0.7  # cosine from which two documents are one text, edited
_JOINED = 0.2  # below this two documents are not compared any further
_CUT = 0.23  # mean cosine that a cluster must keep
_LARGEST = 2_000  # texts in a component: average linkage holds all their pairs, 32 MB
_STEP = 0.1


def find(vectors: Vectors) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the places of each cluster, the most central first, and the copy number of each."""
    everyone = np.arange(vectors.many)
    components, copies = _joined(vectors, everyone, (_JOINED, _COPY))
    for component in _groups(components):
        for cluster in _split(vectors, component, copies):
            places = _by_centrality(vectors, cluster)
            yield places, [int(copies[place]) for place in places]


def _joined(vectors: Vectors, places: Ints, thresholds: Sequence[float]) -> list[Ints]:
    """Find the connected components of *places* under each threshold, named by a first place."""
    labels = [places.copy() for _ in thresholds]
    for number, cosines in enumerate(vectors.cosines(places)):
        earlier = cosines[:number]
        for threshold, label in zip(thresholds, labels, strict=True):
            _join(label, number, np.flatnonzero(earlier >= threshold))
    return labels


def _join(labels: Ints, number: int, near: Ints) -> None:
    met = np.unique(labels[np.append(near, number)])
    if met.size > 1:
        labels[np.isin(labels, met)] = met[0]


def _groups(labels: Ints) -> list[Ints]:
    """Return the places that share a label, for each label."""
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)


def _split(vectors: Vectors, component: Ints, copies: Ints) -> Iterator[Ints]:
    """Cut a component into clusters; of near copies the first stands for all."""
    texts = np.unique(copies[component])
    for part in _parts(vectors, texts, _JOINED + _STEP):
        if part.size == 1:
            yield component[np.isin(copies[component], part)]
            continue
        cosines = np.array([*vectors.cosines(part)])
        for cluster in _groups(_average_linkage(cosines)):
            yield component[np.isin(copies[component], part[cluster])]


def _parts(vectors: Vectors, texts: Ints, threshold: float) -> Iterator[Ints]:
    """Break up what is too large for average linkage, at ever higher thresholds.

    It ends, because no two of *texts* are so near as to be copies.
    """
    if texts.size <= _LARGEST:
        yield texts
        return
    (labels,) = _joined(vectors, texts, (threshold,))
    for group in _groups(labels):
        yield from _parts(vectors, texts[group], threshold + _STEP)


def _average_linkage(cosines: Floats) -> Ints:
    """Merge while the mean cosine between two clusters is at least the cut; number the clusters.

    Follows chains of nearest neighbours, which gives the same tree as merging the nearest pair
    again and again, in quadratic time. *cosines* is used up.
    """
    many = len(cosines)
    labels, sizes = np.arange(many), np.ones(many)
    np.fill_diagonal(cosines, -1.0)
    open_ = np.ones(many, dtype=bool)
    chain: list[int] = []
    while open_.any():
        last = chain[-1] if chain else int(open_.argmax())
        chain = chain or [last]
        nearest = int(cosines[last].argmax())
        if cosines[last, nearest] < _CUT:
            # Merging others never brings their mean nearer than the nearest of them was.
            open_[last] = False
            cosines[last, :] = cosines[:, last] = -1.0
            chain.pop()
        elif len(chain) > 1 and cosines[last, nearest] <= cosines[last, chain[-2]]:
            _merge(cosines, sizes, labels, last, chain[-2])
            open_[last] = False
            chain = chain[:-2]
        else:
            chain.append(nearest)
    return labels


def _merge(cosines: Floats, sizes: Floats, labels: Ints, gone: int, kept: int) -> None:
    mean = (sizes[gone] * cosines[gone] + sizes[kept] * cosines[kept]) / (sizes[gone] + sizes[kept])
    mean[cosines[kept] < 0] = -1.0
    mean[[gone, kept]] = -1.0
    cosines[kept, :] = cosines[:, kept] = mean
    cosines[gone, :] = cosines[:, gone] = -1.0
    sizes[kept] += sizes[gone]
    labels[labels == labels[gone]] = labels[kept]


def _by_centrality(vectors: Vectors, cluster: Ints) -> list[int]:
    sums = vectors.centrality(cluster).round(5)  # equal ones go by place, noise or not
    return [int(place) for place in cluster[np.argsort(-sums, kind="stable")]]
