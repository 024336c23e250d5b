"""A tagger and labelled sentences in, F1 of exact spans and types out."""

from collections.abc import Callable, Iterable, Sequence, Set
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

from briefs.recogniser import decode
from briefs.recogniser.train.examples import LABELS, Example, read, spans

Scorer: TypeAlias = Callable[[Sequence[str]], decode.Scores]
Span: TypeAlias = tuple[int, int, str]

_T = TypeVar("_T")
_KINDS = ("PER", "ORG", "LOC")
_PLAIN = {kind: kind for kind in _KINDS}
DEVELOPMENT = {
    "re3d": {"Person": "PER", "Organisation": "ORG", "Location": "LOC"},
    "wnut17": {"person": "PER", "corporation": "ORG", "group": "ORG", "location": "LOC"},
    "btc": _PLAIN,
}


class Score(NamedTuple):
    """F1 in percent: exact spans and types, then without types, then by type."""

    f1: float
    spans: float
    by_type: tuple[float, float, float]  # PER, ORG, LOC

    def __str__(self) -> str:
        types = " ".join(f"{k} {v:.1f}" for k, v in zip(_KINDS, self.by_type, strict=True))
        return f"{self.f1:.1f} (spans {self.spans:.1f}; {types})"


def development(folder: Path, scorer: Scorer) -> dict[str, Score]:
    """Return the score of each development set; names that begin with @ are left out of btc."""
    return {
        name: _score(read(folder / f"dev.{name}.conll", name), scorer, names)
        for name, names in DEVELOPMENT.items()
    }


def held_out(held: dict[str, list[Example]], scorer: Scorer) -> dict[str, Score]:
    """Return the score of each held-out set."""
    return {name: _score(examples, scorer, _PLAIN) for name, examples in held.items()}


def _score(examples: Iterable[Example], scorer: Scorer, names: dict[str, str]) -> Score:
    gold: set[tuple[int, Span]] = set()
    found: set[tuple[int, Span]] = set()
    for i, example in enumerate(examples):
        gold |= {(i, s) for s in _named(spans(example.tags), names, example)}
        path = decode.best_path(scorer(example.words), LABELS)
        guessed = decode.spans([LABELS[j] for j in path])
        found |= {(i, s) for s in _named(guessed, _PLAIN, example)}
    return Score(
        _f1(gold, found),
        _f1({(i, s[:2]) for i, s in gold}, {(i, s[:2]) for i, s in found}),
        tuple(_f1(_of(gold, kind), _of(found, kind)) for kind in _KINDS),  # type: ignore[arg-type]
    )


def _of(spans_: set[tuple[int, Span]], kind: str) -> set[tuple[int, Span]]:
    return {(i, s) for i, s in spans_ if s[2] == kind}


def _named(found: Iterable[Span], names: dict[str, str], example: Example) -> Iterable[Span]:
    for start, end, name in found:
        handle = example.source == "btc" and "@" in (
            example.words[start][0],
            example.words[start - 1] if start else "",
        )
        if name in names and not handle:
            yield start, end, names[name]


def _f1(gold: Set[_T], found: Set[_T]) -> float:
    return 200 * len(gold & found) / max(1, len(gold) + len(found))
