"""Files of labelled words in, examples out: what each word may be called, and what it may not."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Targets = NDArray[np.float32]  # (words, labels): 1 where a label is allowed, or its probability

TYPES = ("PER", "ORG", "LOC", "NORP", "EVENT", "PROD", "DATE")
LABELS = ("O", *(f"{mark}-{name}" for name in TYPES for mark in "BI"))

# What a set does not annotate it must not teach to be no name.
_NOT_ANNOTATED = {
    "docred": (),
    "crossner": ("DATE",),
    "wikigold": ("DATE",),
    "wnut": ("NORP", "EVENT", "DATE"),
    "btc": ("NORP", "EVENT", "DATE", "PROD"),
    "uner": ("NORP", "EVENT", "DATE", "PROD"),
    "re3d": ("EVENT",),
    "made": ("NORP", "EVENT", "DATE", "PROD"),
}
SETS = tuple(name for name in _NOT_ANNOTATED if name != "made")
_HELD_OUT = {"docred", "crossner", "wikigold", "uner"}
_OTHER = ("NORP", "EVENT", "PROD")  # what a MISC may be, if it is of our types at all
_HELD_OUT_PERCENT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence whose words are labelled.

    `tags` are BIO tags, with MISC for a name of another kind and X for a word that teaches
    nothing. `taught`, when given, holds a teacher's probabilities, and the tags are its best.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    source: str
    taught: Targets | None = None

    def targets(self) -> Targets:
        """Return what the words should be labelled: (words, labels)."""
        if self.taught is not None:
            return self.taught
        return np.stack([_allowed(tag, self.source) for tag in self.tags])


def read(path: Path, source: str) -> tuple[Example, ...]:
    """Return the sentences of a file of word TAB tag with blank lines between sentences."""
    blocks = path.read_text(encoding="utf-8").strip("\n").split("\n\n")
    return tuple(_example(block, source) for block in blocks)


def unlabelled(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return the sentences of a file with one a line, its words cut by spaces."""
    return tuple(tuple(line.split()) for line in path.read_text(encoding="utf-8").splitlines())


def split(folder: Path) -> tuple[list[Example], dict[str, list[Example]]]:
    """Return what to train on, and what is held out of it by set.

    A sentence is held out by its hash, so every run holds out the same. What also stands in a
    development set is dropped.
    """
    known = {e.words for path in sorted(folder.glob("dev.*.conll")) for e in read(path, "dev")}
    kept: list[Example] = []
    held: dict[str, list[Example]] = {name: [] for name in SETS if name in _HELD_OUT}
    for name in SETS:
        for example in read(folder / f"train.{name}.conll", name):
            if name in held and _is_held_out(example.words):
                held[name].append(example)
            elif example.words not in known:
                kept.append(_named(example) if name == "re3d" else example)
    return kept, held


def spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, type) of each name; a lone I- begins one."""
    start, name = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        mark, _, kind = tag.partition("-")
        if name and (mark != "I" or kind != name):
            yield start, i, name
            name = ""
        if kind and not name:
            start, name = i, kind


def _example(block: str, source: str) -> Example:
    words, tags = zip(*(line.split("\t") for line in block.split("\n")), strict=True)
    return Example(words=words, tags=tags, source=source)


def _named(example: Example) -> Example:
    """Return *example* without descriptions ("Iraqi forces"), of which re3d makes names."""
    tags = list(example.tags)
    for start, end, _ in spans(tags):
        if example.words[start].lower() in ("the", "a", "an") or example.words[end - 1].islower():
            tags[start:end] = ["X"] * (end - start)
    return replace(example, tags=tuple(tags))


def _is_held_out(words: Sequence[str]) -> bool:
    digest = hashlib.sha256(" ".join(words).encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < _HELD_OUT_PERCENT


@cache
def _allowed(tag: str, source: str) -> Targets:
    """Return 1 for each label that a word with *tag* may have."""
    if tag == "X":
        return np.ones(len(LABELS), np.float32)
    return np.isin(LABELS, list(_meanings(tag, source))).astype(np.float32)


def _meanings(tag: str, source: str) -> Iterator[str]:
    mark, _, kind = tag.partition("-")
    if kind == "MISC":
        yield "O"
        yield from (f"{mark}-{other}" for other in _OTHER)
    elif kind:
        yield tag
    else:
        yield "O"
        yield from (f"{m}-{name}" for name in _NOT_ANNOTATED[source] for m in "BI")
