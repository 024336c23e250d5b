"""Texts with the lines that an editor would take in, how near a summary comes to them out.

They stand in `tests/editors_key/`, whose README says where they are from. A case has one document
or, where it is a story, several.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from briefs import context, documents, ingest, lookups, words
from briefs.model import Analysis, DocumentId, Line, Span
from tests.benchmarks import rouge
from tests.benchmarks.rouge import Rouge

FOLDER = Path(__file__).parents[1] / "editors_key"
SETS = ("articles", "stories", "opinions")
_SAME = 0.8  # of the words of the shorter of two lines; such lines say the same
_RESAMPLED = 2_000


class Marked(NamedTuple):
    """A line of the key: a slice of one of the documents of its case."""

    document: int
    span: Span
    text: str


class Case(NamedTuple):
    """What there is to summarise, with the lines that an editor would take."""

    id: str
    kind: str  # what sort of text it is
    lead: str  # of an article: "good" where its first lines are the best, "mixed" or "poor"
    split: str  # "tune" or "held"
    read: tuple[Analysis, ...]
    key: tuple[Marked, ...]
    one: Marked  # for a summary of one line


class Judged(NamedTuple):
    """How good one summary is."""

    taken: float  # the share of the key that it has
    rouge: Rouge
    first: float  # 1 when the summary of one line is the editor's, else 0
    first_rouge: Rouge
    lines: int
    dangling: int  # lines that lean on what is not shown
    repeated: int  # lines that say what one before them said


def load(which: str, folder: Path = FOLDER) -> Iterator[Case]:
    """Yield the cases of one of the SETS, their texts divided into sentences."""
    for row in (folder / f"{which}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(row)
        texts = [each["text"] for each in case.get("documents", [case])]
        yield Case(
            id=case["id"],
            kind=case["kind"],
            lead=case.get("lead", ""),
            split=case["split"],
            read=tuple(_read(text, case["title"], at) for at, text in enumerate(texts)),
            key=tuple(map(_marked, case["key"])),
            one=_marked(case["one"]),
        )


def judge(case: Case, algorithm: str) -> Judged:
    """Summarise *case* in as many lines as its key has, and in one, and compare."""
    lines = lookups.summarize(case.read, count=len(case.key), algorithm=algorithm).lines
    single = lookups.summarize(case.read, count=1, algorithm=algorithm).lines
    shown = [line.text for line in lines]
    return Judged(
        taken=fmean(_has(shown, each) for each in case.key),
        rouge=rouge.score([each.text for each in case.key], shown),
        first=float(_has([line.text for line in single], case.one)),
        first_rouge=rouge.score([case.one.text], [line.text for line in single]),
        lines=len(lines),
        dangling=dangling(case.read, lines),
        repeated=repeated(shown),
    )


def dangling(read: Sequence[Analysis], lines: Sequence[Line]) -> int:
    """Count the *lines* that lean on what does not stand beside them."""
    leans = context.judge([sentence for analysis in read for sentence in analysis.sentences])
    places = {
        (sentence.document, sentence.span): sentence.index
        for analysis in read
        for sentence in analysis.sentences
    }
    count = 0
    for line in lines:
        lean = leans.get((line.document, places[line.document, line.span]))
        count += lean is not None and not (lean.before and line.joined) and not line.note
    return count


def repeated(shown: Sequence[str]) -> int:
    """Count the lines *shown* that say again what one before them said."""
    said = [set(words.words(line)) for line in shown]
    return sum(
        any(len(line & other) >= _SAME * min(len(line), len(other)) for other in said[:at])
        for at, line in enumerate(said)
    )


def gain(ours: Sequence[Judged], theirs: Sequence[Judged]) -> tuple[float, float, float]:
    """Return by how much the mean ROUGE of *ours* is higher, and between what 95 % of draws lie."""
    gains = [a.rouge.mean - b.rouge.mean for a, b in zip(ours, theirs, strict=True)]
    draw = random.Random(0)  # noqa: S311  # the same interval each time
    means = sorted(fmean(draw.choices(gains, k=len(gains))) for _ in range(_RESAMPLED))
    return fmean(gains), means[_RESAMPLED // 40], means[-_RESAMPLED // 40]


def _read(text: str, title: str, number: int) -> Analysis:
    document = documents.of(text, title=title, language="en")
    return ingest.divide(replace(document, id=DocumentId(number)))


def _marked(value: Sequence[int | str]) -> Marked:
    *document, start, end, text = value
    return Marked(int(document[0]) if document else 0, Span(int(start), int(end)), str(text))


def _has(shown: Sequence[str], line: Marked) -> bool:
    """Tell whether *line* was shown; it may be a copy, and have its dateline with it."""
    return any(line.text in each for each in shown)
