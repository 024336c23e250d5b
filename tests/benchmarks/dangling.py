"""Print how well lines that lean on others are found, and how many of those that are picked do.

    python -m tests.benchmarks.dangling [--texts FOLDER_OR_JSONL] [--lines 3] [--missed]

`tests/briefs/dangling.jsonl` was labelled by hand before the rules, and they were tuned on it;
`dangling_held_out.jsonl` was written after that, and they were tuned on it once its first figure
was taken. `--texts` is a folder of documents, or a file of JSON lines with a "text", or with
"documents", a list of texts that are summarised together. `--missed` shows the lines that are
judged otherwise than by hand. Nothing is written.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from briefs import context, documents, ingest, lookups
from briefs.errors import DaybriefError
from briefs.ingest import folders
from briefs.model import Analysis, DocumentId, Lean, Line, Sentence, Span
from tests.benchmarks import scores
from tests.benchmarks.scores import Score

LABELLED = Path(__file__).parents[1] / "briefs" / "dangling.jsonl"
HELD_OUT = LABELLED.with_name("dangling_held_out.jsonl")
ALGORITHMS = ("daybrief", "lead", "lexrank")
_AT_FIRST = {LABELLED: Score(84 / 94, 84 / 94), HELD_OUT: Score(19 / 21, 19 / 27)}


class Case(NamedTuple):
    """A line with the one before it ("" for none), and how a person judged it."""

    before: str
    line: str
    dangles: bool
    why: str
    cured: bool  # by the line before it


class Judged(NamedTuple):
    """A case with what the rules say of it."""

    case: Case
    lean: Lean | None

    @property
    def right(self) -> bool:
        """Whether both agree that it dangles, or that it does not."""
        return self.case.dangles == (self.lean is not None)


class Share(NamedTuple):
    """How many of the lines that an algorithm picked lean on others."""

    leaning: int
    lines: int


def load(path: Path = LABELLED) -> tuple[Case, ...]:
    """Read cases that were labelled by hand."""
    read = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(
        Case(row["before"], row["line"], row["dangles"], row["why"], row["cured_by_before"])
        for row in read
    )


def judge(cases: Iterable[Case]) -> tuple[Judged, ...]:
    """Judge each line as the last of a document that has it and the line before it."""
    return tuple(Judged(case, _lean(case)) for case in cases)


def score(judged: Sequence[Judged]) -> Score:
    """Compare the rules with a person."""
    found = sum(each.lean is not None for each in judged)
    gold = sum(each.case.dangles for each in judged)
    right = sum(each.case.dangles for each in judged if each.right)
    return scores.counted(right, found=found, gold=gold)


def cures(judged: Sequence[Judged]) -> Score:
    """Compare which lines the one before them is said to cure, among those that dangle."""
    both = [(each.case.cured, each.lean.before) for each in judged if each.lean and each.right]
    right = sum(gold and found for gold, found in both)
    return scores.counted(
        right, found=sum(found for _, found in both), gold=sum(gold for gold, _ in both)
    )


def shares(texts: Iterable[Sequence[str]], algorithm: str, *, lines: int) -> Share:
    """Summarise *texts*, stories of one or more documents, and count the lines that lean."""
    leaning = total = 0
    for story in texts:
        analyses = [_divided(text, number) for number, text in enumerate(story, 1)]
        picked = lookups.summarize(analyses, count=lines, algorithm=algorithm).lines
        leaning += sum(_leaning(analyses, picked))
        total += len(picked)
    return Share(leaning, total)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print all that can be measured here."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.dangling")
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--lines", type=int, default=3)
    parser.add_argument("--missed", action="store_true")
    chosen = parser.parse_args(arguments)
    for name, path in (("labelled before the rules", LABELLED), ("held out", HELD_OUT)):
        judged = judge(load(path))
        _say(f"{len(judged)} lines, {name}")
        _say(f"  at first  {_percent(_AT_FIRST[path])}")
        _say(f"  now       {_percent(score(judged))}")
        _say(f"  cured by the line before  {_percent(cures(judged))}")
        _reasons(judged)
        for each in judged if chosen.missed else ():
            if not each.right:
                _say(f"    {each.case.why}: {each.case.line} ({each.lean and each.lean.rule})")
    if chosen.texts:
        _picked(tuple(_texts(chosen.texts)), chosen.lines)


def _lean(case: Case) -> Lean | None:
    texts = [text for text in (case.before, case.line) if text]
    sentences = []
    start = 0
    for index, text in enumerate(texts):
        span = Span(start, start + len(text))
        sentences.append(Sentence(document=DocumentId(1), index=index, span=span, text=text))
        start = span.end + 1
    return context.judge(sentences).get((DocumentId(1), len(texts) - 1))


def _divided(text: str, number: int) -> Analysis:
    return ingest.numbered(ingest.divide(documents.of(text)), DocumentId(number))


def _leaning(analyses: Sequence[Analysis], picked: Sequence[Line]) -> Iterator[bool]:
    """Say of each line that was picked whether it leans and nothing that is shown cures it."""
    pieces = [piece for analysis in analyses for piece in analysis.sentences]
    indexes = {(piece.document, piece.span): piece.index for piece in pieces}
    language = analyses[0].document.language if analyses else "en"
    leans = context.judge(pieces, language=language)
    for line in picked:
        lean = leans.get((line.document, indexes[line.document, line.span]))
        yield lean is not None and not (line.note or (line.joined and lean.before))


def _texts(path: Path) -> Iterator[list[str]]:
    if path.is_dir():
        for file in folders.files([path]):
            try:
                yield [documents.read(file.read_bytes(), documents.Hint(name=file.name)).text]
            except DaybriefError as error:
                _say(f"  left out: {error}")
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["documents"] if "documents" in row else [row["text"]]


def _reasons(judged: Sequence[Judged]) -> None:
    by_why: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for each in judged:
        by_why[each.case.dangles, each.case.why].append(each.right)
    for dangles, what in ((True, "dangling"), (False, "standing")):
        counts = [
            f"{why} {sum(right)}/{len(right)}"
            for (kind, why), right in sorted(by_why.items())
            if kind is dangles
        ]
        _say(f"  {what}  {'  '.join(counts)}")


def _picked(texts: Sequence[Sequence[str]], lines: int) -> None:
    _say(f"\nOf the {lines} lines picked for each of {len(texts)} stories, those that lean")
    for algorithm in ALGORITHMS:
        share = shares(texts, algorithm, lines=lines)
        percent = 100 * share.leaning / max(1, share.lines)
        _say(f"  {algorithm:10}{percent:5.1f} %  {share.leaning:,} of {share.lines:,}")


def _percent(score: Score) -> str:
    return f"F1 {100 * score.f1:.1f}  P {100 * score.precision:.1f}  R {100 * score.recall:.1f}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
