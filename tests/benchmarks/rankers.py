"""Lines of a file and the name of a program in; what ranking them costs that program out.

`python -m tests.benchmarks.rankers PROGRAM ALGORITHM LINES FILE` prints one JSON array, the fields
of `Measured`. It runs in a process of its own, so that nothing is cached or in its memory.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from briefs import summaries, words
from briefs.model import DocumentId, Sentence, SentenceKind, Span
from tests.benchmarks import speed

NAMES = {"lexrank": "LexRank", "textrank": "TextRank", "lsa": "LSA", "reduction": "Reduction"}

Ranker = Callable[[list[str], int], list[int]]


class Measured(NamedTuple):
    """Seconds of CPU; the most memory, in bytes, and how much of it was new; the places chosen."""

    seconds: float
    peak: int
    grown: int
    chosen: list[int]


def load(path: Path, many: int) -> list[str]:
    """Return the first *many* distinct lines of *path*."""
    with path.open(encoding="utf-8") as file:
        distinct = dict.fromkeys(filter(None, map(str.strip, file)))
    return list(islice(distinct, many))


def sentences(lines: Iterable[str]) -> list[Sentence]:
    """Set *lines* as the sentences of one document."""
    kind, document = SentenceKind.PROSE, DocumentId(1)
    return [
        Sentence(document=document, index=place, span=Span(0, len(line)), text=line, kind=kind)
        for place, line in enumerate(lines)
    ]


def measure(program: str, algorithm: str, lines: list[str]) -> Measured:
    """Choose the best tenth of *lines*, what is needed being imported before."""
    rank = PROGRAMS[program](algorithm)
    before, began = speed.peak_bytes(), time.process_time()
    chosen = rank(lines, max(1, len(lines) // 10))
    seconds, peak = time.process_time() - began, speed.peak_bytes()
    return Measured(seconds, peak, peak - before, sorted(chosen))


def _daybrief(algorithm: str) -> Ranker:
    from briefs.summaries import classic, dom, ranker  # noqa: F401  # imported before the clock runs

    if algorithm != "daybrief":
        return _with(classic.summarizer(algorithm, "en"))

    def rank(lines: list[str], count: int) -> list[int]:
        return [each.sentence.index for each in summaries.pick(sentences(lines), count=count)]

    return rank


def _sumy(algorithm: str) -> Ranker:
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    from briefs.summaries import dom

    classes = (LexRankSummarizer, TextRankSummarizer, LsaSummarizer, ReductionSummarizer)
    stemmer, stop_words = dom.normal("en")
    summarizer = dict(zip(NAMES, classes, strict=True))[algorithm](stemmer)
    summarizer.stop_words = stop_words
    return _with(summarizer)


def _with(summarizer: Any) -> Ranker:
    from briefs.summaries import dom

    words.stem("imported", "en")

    def rank(lines: list[str], count: int) -> list[int]:
        return [line.origin.index for line in summarizer(dom.document(sentences(lines)), count)]

    return rank


def _summa(_: str) -> Ranker:
    from summa import summarizer

    def rank(lines: list[str], count: int) -> list[int]:
        share = count / len(lines)
        found = summarizer.summarize("\n".join(lines), ratio=share, split=True)
        return [place for place, line in enumerate(lines) if line in set(found)]

    return rank


def _lexrank(_: str) -> Ranker:
    from lexrank import STOPWORDS, LexRank

    def rank(lines: list[str], count: int) -> list[int]:
        ranker = LexRank([[line] for line in lines], stopwords=STOPWORDS["en"])
        places = {line: place for place, line in enumerate(lines)}
        return [places[line] for line in ranker.get_summary(lines, count, threshold=0.1)]

    return rank


PROGRAMS: dict[str, Callable[[str], Ranker]] = {
    "daybrief": _daybrief,
    "sumy": _sumy,
    "summa": _summa,
    "lexrank": _lexrank,
}


if __name__ == "__main__":
    program, algorithm, many, file = sys.argv[1:]
    measured = measure(program, algorithm, load(Path(file), int(many)))
    sys.stdout.write(json.dumps(measured) + "\n")
