"""What is right and what was found in, precision, recall and F1 out."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Score(NamedTuple):
    """How much of what was found is right, and how much of what is right was found: 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def matched(gold: Sequence[Iterable[Item]], found: Sequence[Iterable[Item]]) -> Score:
    """Compare what is right with what was found, text by text."""
    pairs = [(set(g), set(f)) for g, f in zip(gold, found, strict=True)]
    right = sum(len(g & f) for g, f in pairs)
    return counted(right, found=sum(len(f) for _, f in pairs), gold=sum(len(g) for g, _ in pairs))


def counted(right: float, *, found: float, gold: float) -> Score:
    """Return the score of *right* answers among *found*, of *gold* that there are."""
    return Score(right / found if found else 0.0, right / gold if gold else 0.0)


def b_cubed(gold: Mapping[Item, Hashable], found: Mapping[Item, Hashable]) -> Score:
    """Compare two ways of putting mentions into clusters, mention by mention.

    Each mapping gives the cluster of every mention. A mention that only one of them has counts
    as nothing right there.
    """
    both = Counter((gold[item], found[item]) for item in gold.keys() & found.keys())
    right, wrong = Counter(gold.values()), Counter(found.values())
    precision = sum(count * count / wrong[f] for (_, f), count in both.items())
    recall = sum(count * count / right[g] for (g, _), count in both.items())
    return Score(precision / len(found) if found else 0.0, recall / len(gold) if gold else 0.0)
