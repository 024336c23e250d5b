"""Scores of labels for each word in, the best path that makes sense and its spans out."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]  # (words, labels): log probabilities

_NEVER = np.float32(-1e4)


def best_path(scores: Scores, labels: tuple[str, ...]) -> list[int]:
    """Return the likeliest labels, one a word, in which no I- follows another type."""
    first, follows = _rules(labels)
    likeliest = scores.argmax(axis=-1)
    if not first[likeliest[0]] and not follows[likeliest[:-1], likeliest[1:]].any():
        return [int(i) for i in likeliest]
    return _viterbi(scores, first, follows)


def spans(path: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, type) of each run of labels that belong together."""
    start, label = 0, ""
    for i, mark in enumerate([*path, "O"]):
        continues = bool(label) and mark == f"I-{label}"
        if label and not continues:
            yield start, i, label
        if not continues:
            start, label = i, mark[2:]


def certainty(scores: Scores, path: Sequence[int], start: int, end: int) -> float:
    """Return the mean probability of the labels of words [start, end), to four places."""
    chosen = scores[np.arange(start, end), path[start:end]]
    return round(float(np.exp(chosen).mean()), 4)


def _viterbi(scores: Scores, first: Scores, follows: Scores) -> list[int]:
    total = scores[0] + first
    back = np.zeros(scores.shape, np.int8)
    for i in range(1, len(scores)):
        ways = total[:, None] + follows
        back[i] = ways.argmax(axis=0)
        total = ways.max(axis=0) + scores[i]
    path = [int(total.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


@cache
def _rules(labels: tuple[str, ...]) -> tuple[Scores, Scores]:
    """Return what a label costs at the start, and after each other label: 0 or never."""
    first = [_NEVER if label.startswith("I-") else 0 for label in labels]
    follows = [[_cost(before, label) for label in labels] for before in labels]
    return np.array(first, np.float32), np.array(follows, np.float32)


def _cost(before: str, label: str) -> np.float32:
    inside = label.startswith("I-")
    return _NEVER if inside and before[2:] != label[2:] else np.float32(0)
