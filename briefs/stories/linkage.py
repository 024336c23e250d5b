"""Cosines of all with all in, clusters out: by average linkage, and none of two events."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from briefs.stories.vectors import Floats, Ints

CUT = 0.24  # mean cosine that two clusters must have to become one

# Reports of one event are about as alike across as within; those of two look-alikes are not. So the
# mean across must be this share of the means within, to which one pair of the usual mean is added,
# because few pairs say little.
_SHARE = 0.6
_USUAL = 0.4


class Merge(NamedTuple):
    """Two clusters, each named by one of its members, that become one; *kept* names it."""

    cosine: float
    gone: int
    kept: int


def split(cosines: Floats) -> Ints:
    """Return a number for each by its cluster; *cosines*, of all with all, are used up."""
    return _cut(_tree(cosines), len(cosines))


def _tree(cosines: Floats) -> list[Merge]:
    """Merge the two clusters of the greatest mean cosine while that is at least the cut.

    Follows chains of nearest neighbours, which gives the same tree as merging the nearest pair
    again and again, in quadratic time. A cluster comes before those that it becomes part of.
    """
    merges: list[Merge] = []
    sizes = np.ones(len(cosines))
    np.fill_diagonal(cosines, -1.0)
    open_ = np.ones(len(cosines), dtype=bool)
    chain: list[int] = []
    while open_.any():
        last = chain[-1] if chain else int(open_.argmax())
        chain = chain or [last]
        nearest = int(cosines[last].argmax())
        if cosines[last, nearest] < CUT:
            # Merging others never brings their mean nearer than the nearest of them was.
            open_[last] = False
            cosines[last, :] = cosines[:, last] = -1.0
            chain.pop()
        elif len(chain) > 1 and cosines[last, nearest] <= cosines[last, chain[-2]]:
            merges.append(Merge(float(cosines[last, chain[-2]]), last, chain[-2]))
            _merge(cosines, sizes, last, chain[-2])
            open_[last] = False
            chain = chain[:-2]
        else:
            chain.append(nearest)
    return merges


def _merge(cosines: Floats, sizes: Floats, gone: int, kept: int) -> None:
    mean = (sizes[gone] * cosines[gone] + sizes[kept] * cosines[kept]) / (sizes[gone] + sizes[kept])
    mean[cosines[kept] < 0] = -1.0
    mean[[gone, kept]] = -1.0
    cosines[kept, :] = cosines[:, kept] = mean
    cosines[gone, :] = cosines[:, gone] = -1.0
    sizes[kept] += sizes[gone]


def _cut(merges: Sequence[Merge], many: int) -> Ints:
    """Undo the *merges* of what is less alike across than within, and all that build on them."""
    labels = np.arange(many)
    members = {place: [place] for place in range(many)}
    sums = dict.fromkeys(range(many), 0.0)  # of the cosines within
    refused: set[int] = set()
    for cosine, gone, kept in merges:
        both = len(members[gone]), len(members[kept])
        means = [within(sums[name], size) for name, size in zip((gone, kept), both, strict=True)]
        if refused & {gone, kept} or not alike(cosine, *means):
            refused.add(kept)
            continue
        sums[kept] += sums[gone] + cosine * both[0] * both[1]
        members[kept] += members.pop(gone)
        labels[members[kept]] = kept
    return labels


def alike(across: float, one: float, other: float) -> bool:
    """Tell whether clusters may be one event, by the mean cosine across and those `within`."""
    return across >= _SHARE * float((one * other) ** 0.5)


def within(total: float, size: int) -> float:
    """Return the mean cosine within a cluster of *size*, of which the cosines add up to *total*."""
    return (total + _USUAL) / (size * (size - 1) / 2 + 1)
