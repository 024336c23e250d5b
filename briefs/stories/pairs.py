"""Vectors in, the pairs of documents that are alike out."""

from typing import NamedTuple

import numpy as np

from briefs.stories.vectors import Floats, Ints, Lists, Vectors, spread

_EXACT = 3_000  # documents, up to which all are compared with all
_HEAVIEST = 12  # stems of a document by which others are found, beyond that
_LONGEST = 200  # documents before it, of those that have one of these stems too
_SHARED = 0.25  # of the cosine asked for that these stems must make alone
_MOST = 100  # documents that one is compared with as a whole


class Pairs(NamedTuple):
    """Places of two documents each, the later first, and how alike they are."""

    later: Ints
    earlier: Ints
    cosines: Floats

    def from_(self, least: float) -> "Pairs":
        """Return those of at least a cosine of *least*."""
        near = self.cosines >= least
        return Pairs(self.later[near], self.earlier[near], self.cosines[near])

    def nearest(self, most: int) -> "Pairs":
        """Return for each later place the *most* pairs that are most alike, these first."""
        order = np.lexsort((self.earlier, -self.cosines.round(5), self.later))
        later = self.later[order]
        kept = order[np.arange(order.size) - np.searchsorted(later, later) < most]
        return Pairs(self.later[kept], self.earlier[kept], self.cosines[kept])

    def among(self, places: Ints) -> "Pairs":
        """Return those of which both are of the sorted *places*, numbered by where they stand."""
        one = np.searchsorted(places, self.later).clip(max=places.size - 1)
        other = np.searchsorted(places, self.earlier).clip(max=places.size - 1)
        both = (places[one] == self.later) & (places[other] == self.earlier)
        return Pairs(one[both], other[both], self.cosines[both])


def find(vectors: Vectors, least: float) -> Pairs:
    """Find the pairs of at least a cosine of *least*, none beyond the date window.

    All of them up to 3,000 documents. Of more, those that share some of their heaviest stems, and
    of a document that is like very many the nearest; so time grows with the number of documents.
    """
    rows = _exact(vectors, least) if vectors.many <= _EXACT else _likely(vectors, least)
    earlier = np.concatenate([np.empty(0, np.int64), *(near for near, _ in rows)])
    cosines = np.concatenate([np.empty(0), *(cosines for _, cosines in rows)])
    later = np.repeat(np.arange(vectors.many), [near.size for near, _ in rows])
    return Pairs(later, earlier, cosines)


def _exact(vectors: Vectors, least: float) -> list[tuple[Ints, Floats]]:
    found = []
    for cosines in vectors.cosines():
        near = np.flatnonzero(cosines >= least)
        found.append((near, cosines[near]))
    return found


def _likely(vectors: Vectors, least: float) -> list[tuple[Ints, Floats]]:
    lists = _heaviest(vectors)
    one = np.zeros(int(vectors.columns.max(initial=-1)) + 1)
    found = []
    for place, first in enumerate(vectors.within().tolist()):
        products = lists.products(place, place - first, longest=_LONGEST)
        near = np.flatnonzero(products >= least * _SHARED)
        if near.size > _MOST:
            near = np.sort(near[np.argsort(-products[near], kind="stable")[:_MOST]])
        near += first
        near = near[~vectors.apart(place, near)]
        cosines = _whole(vectors, place, near, one)
        enough = cosines >= least
        found.append((near[enough], cosines[enough]))
    return found


def _heaviest(vectors: Vectors) -> Lists:
    """Return the lists of the heaviest stems of each document."""
    rows = np.repeat(np.arange(vectors.many), np.diff(vectors.starts))
    order = np.lexsort((-vectors.weights, rows))
    rank = np.arange(order.size) - vectors.starts[rows]
    kept = np.sort(order[rank < _HEAVIEST])
    return Lists.of(rows[kept], vectors.columns[kept], vectors.weights[kept], vectors.many)


def _whole(vectors: Vectors, place: int, others: Ints, one: Floats) -> Floats:
    """Return the cosines of *place* with *others*; *one* is room for a document, and left empty."""
    if not others.size:
        return np.empty(0)
    own = slice(vectors.starts[place], vectors.starts[place + 1])
    one[vectors.columns[own]] = vectors.weights[own]
    lengths = vectors.starts[others + 1] - vectors.starts[others]
    entries = spread(vectors.starts[others], lengths)
    products = one[vectors.columns[entries]] * vectors.weights[entries]
    one[vectors.columns[own]] = 0.0
    rows = np.repeat(np.arange(others.size), lengths)
    return np.bincount(rows, products, others.size).astype(np.float64, copy=False)
