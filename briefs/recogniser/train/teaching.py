"""Trained taggers and sentences in, examples out that hold what the taggers think of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch

from briefs.recogniser.decode import Scores
from briefs.recogniser.train.examples import LABELS, Example, spans
from briefs.recogniser.train.network import Pieces, Tagger, cut

_MOST_PIECES = 128
_TOGETHER = 64
_DOUBTED = 0.05  # a label less likely than that is taken for a mistake of the set
_OFTEN = 5  # times a text must be a name before it has a usual type
_NEARLY_ALWAYS = 0.75  # of the times
_SURE = 0.9
_LESS_SURE = 0.8
_ARTICLES = ("the", "a", "an")
_KEEP_ARTICLE = (("Hague",), ("Times",))
_DESCRIBES = ("-led", "-based", "-backed", "-linked", "-born", "-run", "-owned", "-held", "-style")
_NO_NAME = np.eye(len(LABELS), dtype=np.float32)[0]
_SHARPENED = 1.5  # power of the teachers' probabilities, which then add up to 1 again


def teach(teachers: Sequence[Tagger], sentences: Sequence[Sequence[str]]) -> tuple[Example, ...]:
    """Return *sentences* with the sharpened mean probabilities of *teachers*.

    What does not fit the window is cut off.
    """
    return tuple(
        _taught(words, mean)
        for words, mean in zip(sentences, _means(teachers, sentences), strict=True)
    )


def trim(taught: Sequence[Example]) -> tuple[Example, ...]:
    """Return *taught* without "the" before names and "government" or "province" after them.

    One set counts such descriptions as names, newspapers' readers do not. What is left of a
    name is held less sure, so that settling may call "Israeli" what it is elsewhere.
    """
    return tuple(_trimmed(example) for example in taught)


def usual(taught: Sequence[Example]) -> dict[str, str]:
    """Return what each text is called nearly everywhere in *taught*: a type, or O."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for example in taught:
        for start, end, kind in _units(example):
            counts[_text(example, start, end)][kind] += 1
    return {
        text: kind
        for text, kinds in counts.items()
        for kind, count in kinds.most_common(1)
        if kinds.total() >= _OFTEN and count >= _NEARLY_ALWAYS * kinds.total()
    }


def settle(taught: Sequence[Example], known: Mapping[str, str]) -> tuple[Example, ...]:
    """Return *taught* with each name called what *known* says it usually is.

    Where the teachers were unsure of an odd one out it gets the usual type. Where they were
    sure, or it is usually no name, it teaches nothing.
    """
    return tuple(_settled(example, known) for example in taught)


def doubt(teachers: Sequence[Tagger], examples: Sequence[Example]) -> tuple[Example, ...]:
    """Return *examples* that teach nothing where all *teachers* together reject the label.

    They have learned these very labels, so what they still reject is seldom right.
    """
    means = _means(teachers, [example.words for example in examples])
    return tuple(_doubted(e, mean) for e, mean in zip(examples, means, strict=True))


def _taught(words: Sequence[str], mean: Scores) -> Example:
    sharp = mean**_SHARPENED
    taught = (sharp / sharp.sum(-1, keepdims=True)).astype(np.float32)
    tags = tuple(LABELS[i] for i in taught.argmax(-1))
    return Example(words=tuple(words[: len(taught)]), tags=tags, source="taught", taught=taught)


def _trimmed(example: Example) -> Example:
    assert example.taught is not None
    taught = example.taught.copy()
    for start, end, kind in spans(example.tags):
        if kind in ("ORG", "LOC"):
            first, last = _core(example.words, start, end)
            taught[start:first] = taught[last:end] = _NO_NAME
            if (first, last) != (start, end):
                taught[first:last] = taught[first:last] * _LESS_SURE + (1 - _LESS_SURE) / len(
                    LABELS
                )
            if start < first < last:
                taught[first] = taught[first, _exchange_marks(kind)]
    tags = tuple(LABELS[i] for i in taught.argmax(-1))
    return replace(example, taught=taught, tags=tags)


def _core(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return the part of a name from its first word but an article to its last with a capital."""
    if words[start].lower() in _ARTICLES and words[start + 1 : end] not in _KEEP_ARTICLE:
        start += 1
    while end > start and (words[end - 1].islower() or words[end - 1].endswith(_DESCRIBES)):
        end -= 1
    return start, end


def _text(example: Example, start: int, end: int) -> str:
    return " ".join(example.words[start:end])


def _units(example: Example) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, type) of each name, and O for each word that is in none."""
    yield from spans(example.tags)
    yield from ((i, i + 1, tag) for i, tag in enumerate(example.tags) if tag == "O")


def _settled(example: Example, known: Mapping[str, str]) -> Example:
    assert example.taught is not None
    taught = example.taught.copy()
    for start, end, kind in _units(example):
        other = known.get(_text(example, start, end), kind)
        unsure = taught[start:end].max(-1).mean() < _SURE and example.tags[start][0] == "B"
        if other not in (kind, "O") and unsure:
            taught[start:end] = taught[start:end, _exchange(kind, other)]
        elif other != kind:
            taught[start:end] = 0
    return replace(example, taught=taught)


def _exchange(one: str, other: str) -> list[int]:
    """Return the order of the labels in which two types have changed places."""
    names = {one: other, other: one}
    kinds = [label.partition("-") for label in LABELS]
    return [LABELS.index(mark + dash + names.get(kind, kind)) for mark, dash, kind in kinds]


def _exchange_marks(kind: str) -> list[int]:
    """Return the order of the labels in which a type's B- and I- have changed places."""
    marks = {f"B-{kind}": f"I-{kind}", f"I-{kind}": f"B-{kind}"}
    return [LABELS.index(marks.get(label, label)) for label in LABELS]


def _doubted(example: Example, mean: Scores) -> Example:
    """Return *example* with X for the doubted words, and for all of a name that has one."""
    likely = (mean * example.targets()[: len(mean)]).sum(-1)
    doubted = {int(i) for i in np.flatnonzero(likely < _DOUBTED)}
    for start, end, _ in spans(example.tags):
        if doubted & set(range(start, end)):
            doubted |= set(range(start, end))
    tags = tuple("X" if i in doubted else tag for i, tag in enumerate(example.tags))
    return replace(example, tags=tags)


def _means(teachers: Sequence[Tagger], sentences: Sequence[Sequence[str]]) -> list[Scores]:
    """Return the mean probabilities of the labels of each word of each sentence."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    found: dict[int, Scores] = {}
    for start in range(0, len(order), _TOGETHER):
        chosen = order[start : start + _TOGETHER]
        texts = [sentences[i] for i in chosen]
        by_teacher = [_probabilities(teacher, texts) for teacher in teachers]
        for i, *each in zip(chosen, *by_teacher, strict=True):
            found[i] = np.mean(each, axis=0)
    return [found[i] for i in range(len(sentences))]


def _probabilities(teacher: Tagger, texts: Sequence[Sequence[str]]) -> Iterator[Scores]:
    pieces = [cut(text, teacher.vocabulary, _MOST_PIECES) for text in texts]
    ids, shapes, mask = (_padded(pieces, field) for field in ("ids", "shapes", "mask"))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        logits = teacher.logits(ids, shapes, mask)
    found = torch.softmax(logits, -1).numpy()
    for row, sentence in zip(found, pieces, strict=True):
        yield row[sentence.firsts]


def _padded(pieces: Sequence[Pieces], field: str) -> torch.Tensor:
    rows = [np.ones_like(p.ids) if field == "mask" else getattr(p, field) for p in pieces]
    table = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for place, row in zip(table, rows, strict=True):
        place[: len(row)] = row
    return torch.from_numpy(table)
