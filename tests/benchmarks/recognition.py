"""Labelled sentences in, how well their people, organisations and places are found out.

A file holds one token a line, "token TAB tag", and an empty line after each sentence. Exact span
and type count. Handles ("@name") of Broad Twitter are outside the task and are left out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from briefs import documents, entities, recogniser, sentences
from briefs.model import Kind
from tests.benchmarks import scores
from tests.benchmarks.scores import Score

Name: TypeAlias = tuple[int, int, str]  # first token, end, PER ORG or LOC
Finder: TypeAlias = Callable[[Sequence[str]], list[Name]]

TYPES = ("PER", "ORG", "LOC")
LABELS: Mapping[str, Mapping[str, str]] = {
    "re3d": {"Person": "PER", "Organisation": "ORG", "Location": "LOC"},
    "wnut17": {"person": "PER", "corporation": "ORG", "group": "ORG", "location": "LOC"},
    "btc": {"PER": "PER", "ORG": "ORG", "LOC": "LOC"},
}
_KINDS = {Kind.PERSON: "PER", Kind.ORGANISATION: "ORG", Kind.PLACE: "LOC"}


class Labelled(NamedTuple):
    """A sentence in tokens with its names."""

    tokens: tuple[str, ...]
    names: tuple[Name, ...]


class Found(NamedTuple):
    """How well one set was read: with type, without type, and by type."""

    exact: Score
    spans: Score
    by_type: Mapping[str, Score]


def load(path: Path, labels: Mapping[str, str]) -> tuple[Labelled, ...]:
    """Return the sentences of *path*, with the names whose tag is one of *labels*."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return tuple(_labelled(block.strip("\n").split("\n"), labels) for block in blocks if block)


def measure(kind: str, read: Sequence[Labelled], find: Finder) -> Found:
    """Compare what *find* finds in the sentences of the set *kind* with what stands in them."""
    gold = [_without_handles(kind, line.tokens, line.names) for line in read]
    found = [_without_handles(kind, line.tokens, find(line.tokens)) for line in read]
    return Found(
        scores.matched(gold, found),
        scores.matched([[n[:2] for n in g] for g in gold], [[n[:2] for n in f] for f in found]),
        {each: scores.matched(_only(each, gold), _only(each, found)) for each in TYPES},
    )


def with_given_words(tokens: Sequence[str]) -> list[Name]:
    """Find the names of a sentence whose words are given."""
    (tagged,) = recogniser.tag([tokens])
    return [(name.start, name.end, name.label) for name in tagged if name.label in TYPES]


def as_it_comes(tokens: Sequence[str]) -> list[Name]:
    """Find the names of a text: its tokens with a space between, split again by ourselves.

    A name that begins or ends within a token gets a token of -1 there, and so is wrong.
    """
    text = " ".join(tokens)
    starts, ends, at = {}, {}, 0
    for number, token in enumerate(tokens):
        starts[at], ends[at + len(token)] = number, number + 1
        at += len(token) + 1
    document = documents.of(text)
    return [
        (starts.get(each.span.start, -1), ends.get(each.span.end, -1), _KINDS[each.kind])
        for each in entities.find(document, sentences.split(document))
        if each.kind in _KINDS
    ]


def _labelled(rows: Sequence[str], labels: Mapping[str, str]) -> Labelled:
    pairs = [row.split("\t") for row in rows]
    names = tuple(
        (start, end, labels[kind])
        for start, end, kind in _spans([p[1] for p in pairs])
        if kind in labels
    )
    return Labelled(tuple(pair[0] for pair in pairs), names)


def _spans(tags: Sequence[str]) -> Iterator[Name]:
    """Give the spans of B- and I- tags; a type that changes begins another one."""
    start, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        mark, _, this = tag.partition("-")
        if kind and (mark != "I" or this != kind):
            yield start, at, kind
            kind = ""
        if this and not kind:
            start, kind = at, this


def _without_handles(kind: str, tokens: Sequence[str], names: Sequence[Name]) -> list[Name]:
    if kind != "btc":
        return list(names)
    return [
        name
        for name in names
        if not tokens[name[0]].startswith("@") and not (name[0] > 0 and tokens[name[0] - 1] == "@")
    ]


def _only(kind: str, lines: Sequence[Sequence[Name]]) -> list[list[Name]]:
    return [[name for name in line if name[2] == kind] for line in lines]
