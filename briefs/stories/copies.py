"""Documents and which are alike in, which of them are near copies out: one text, edited.

Two reports of one event have its names and figures in common, which weigh most; only copies have
its wording in common.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from briefs.model import Document
from briefs.stories.pairs import Pairs
from briefs.stories.vectors import Ints, sequence

ALIKE = 0.6  # cosine below which two documents are no copies
_SAME = 0.5  # of the pairs of neighbouring stems of the shorter: a fifth of the words may differ
_MOST = 20  # documents, the most alike, whose wording one is compared with
_KEPT = 500  # documents whose wording is kept, because the next ones are compared with it too


def find(documents: Sequence[Document], near: Pairs, components: Ints) -> Ints:
    """Name each of *documents*, of which *near* are alike, by the place of the first of its copies.

    Copies of copies count as copies. *components* are what the pairs connect.
    """
    wording = lru_cache(_KEPT)(lambda place: _wording(documents[place]))
    names = list(range(len(documents)))
    likely = near.from_(ALIKE).nearest(_MOST)
    order = np.argsort(components[likely.later], kind="stable")
    both = likely.later[order].tolist(), likely.earlier[order].tolist()
    for later, earlier in zip(*both, strict=True):
        one, other = _named(names, later), _named(names, earlier)
        if one != other and _shared(wording(later), wording(earlier)) >= _SAME:
            names[max(one, other)] = min(one, other)
    return np.array([_named(names, place) for place in range(len(names))], dtype=np.int64)


def same(one: Document, other: Document) -> bool:
    """Tell whether two documents are near copies."""
    return _shared(_wording(one), _wording(other)) >= _SAME


def _wording(document: Document) -> frozenset[tuple[str, str]]:
    """Return the pairs of neighbouring stems; the first has nothing before it."""
    return frozenset(pairwise(["", *sequence(document)]))


def _shared(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _named(names: list[int], place: int) -> int:
    while names[place] != place:
        names[place] = names[names[place]]
        place = names[place]
    return place
