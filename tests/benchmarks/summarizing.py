"""Print how fast summaries are made, beside sumy, summa and lexrank from PyPI.

    python -m tests.benchmarks.summarizing [--data FILE] [--runs 5] [--lines 100 300 1000 3000]

`--data` has a news sentence on each line (../shared/ner/data/unlabelled.voa.txt); what is ranked
are its first distinct ones. Every measurement is a process of its own, with nothing cached and one
thread for linear algebra, and the programs take turns; figures are medians of `--runs`, in seconds
of CPU from the text of the lines to the best tenth of them, modules being imported before. sumy
is given our tokenizer and stemmer, which remembers the words it has met: its own would be slower.
"Equal" says whether sumy's lines are the same as ours: yes, no, or but for lines that tie.
summa and lexrank are of the extra `bench`: `pip install -e '.[bench]'`.
"""

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from briefs.summaries import classic, dom
from tests.benchmarks import rankers
from tests.benchmarks.rankers import NAMES, Measured

ROOT = Path(__file__).parents[2]
BY_OTHERS = {"summa": "TextRank", "lexrank": "LexRank"}
MANY = 10_000
_TIE = 1e-6  # sumy's ranks of lines that tie differ by rounding


def main(arguments: Sequence[str] | None = None) -> None:
    """Print all that can be measured here."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.summarizing")
    voa = ROOT.parent / "shared" / "ner" / "data" / "unlabelled.voa.txt"
    parser.add_argument("--data", type=Path, default=voa)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--lines", type=int, nargs="*", default=[100, 300, 1_000, 3_000])
    chosen = parser.parse_args(arguments)
    if not chosen.data.exists():
        parser.error(f"{chosen.data} is not there: name a file of sentences with --data")
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    _say(f"{datetime.now(UTC):%Y-%m-%d}, {machine}, medians of {chosen.runs}, s of CPU")
    _compare(chosen.data, chosen.lines, chosen.runs)
    _ours(chosen.data, chosen.runs)


def _compare(data: Path, sizes: Iterable[int], runs: int) -> None:
    others = [name for name in BY_OTHERS if _at_hand(name)]
    head = ["lines", "algorithm", "Daybrief", "sumy", "ratio", "equal", *others]
    _say("")
    _say_row(head)
    _say_row("---" for _ in head)
    for many in sizes:
        for algorithm, name in NAMES.items():
            programs = ["daybrief", "sumy", *(o for o in others if BY_OTHERS[o] == name)]
            _row(data, many, algorithm, _taking_turns(data, programs, algorithm, many, runs))


def _row(data: Path, many: int, algorithm: str, found: dict[str, list[Measured]]) -> None:
    seconds = {program: median(run.seconds for run in found[program]) for program in found}
    ratio = f"{seconds['sumy'] / seconds['daybrief']:,.1f}"
    equal = _equal(data, many, algorithm, found)
    others = (f"{seconds[o]:.2f}" if o in seconds else "" for o in BY_OTHERS if _found(o))
    ours = [f"{seconds['daybrief']:.3f}", f"{seconds['sumy']:.2f}", ratio, equal]
    _say_row([f"{many:,}", NAMES[algorithm], *ours, *others])


def _taking_turns(
    data: Path, programs: Iterable[str], algorithm: str, many: int, runs: int
) -> dict[str, list[Measured]]:
    found: dict[str, list[Measured]] = {program: [] for program in programs}
    for _ in range(runs):
        for program, measured in found.items():
            measured.append(_in_a_process(data, program, algorithm, many))
    return found


def _equal(data: Path, many: int, algorithm: str, found: dict[str, list[Measured]]) -> str:
    ours = {tuple(run.chosen) for run in found["daybrief"]}
    theirs = {tuple(run.chosen) for run in found["sumy"]}
    if ours == theirs and len(ours) == 1:
        return "yes"
    ratings = _ratings(algorithm, rankers.load(data, many))
    tied = [sorted(ratings[place] for place in chosen) for chosen in (*ours, *theirs)]
    near = all(
        abs(rating - same) < _TIE for one in tied for rating, same in zip(one, tied[0], strict=True)
    )
    return "but for ties" if near else "no"


def _ratings(algorithm: str, lines: Sequence[str]) -> list[float]:
    ratings: dict[int, float] = {}

    def keep(infos: Sequence[Any]) -> Sequence[Any]:
        ratings.update((info.order, float(info.rating)) for info in infos)
        return infos

    classic.summarizer(algorithm, "en")(dom.document(rankers.sentences(lines)), keep)
    return [ratings[place] for place in sorted(ratings)]


def _ours(data: Path, runs: int) -> None:
    _say(f"\n{MANY:,} lines, Daybrief alone; memory of the whole process, and what it grew by\n")
    _say_row(["algorithm", "s of CPU", "MB at most", "MB more"])
    _say_row(["---"] * 4)
    for algorithm, name in {"daybrief": "Daybrief's own", **NAMES}.items():
        found = _taking_turns(data, ["daybrief"], algorithm, MANY, runs)["daybrief"]
        seconds, peak = median(r.seconds for r in found), max(r.peak for r in found)
        grown = max(run.grown for run in found)
        _say_row([name, f"{seconds:.2f}", f"{peak / 1e6:.0f}", f"{grown / 1e6:.0f}"])


def _in_a_process(data: Path, program: str, algorithm: str, many: int) -> Measured:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.rankers", program, algorithm, str(many), data],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return Measured(*json.loads(ran.stdout))


def _at_hand(package: str) -> bool:
    if not _found(package):
        _say(f"{package} is not installed, so it is left out: pip install -e '.[bench]'")
    return _found(package)


def _found(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _say_row(cells: Iterable[str]) -> None:
    _say(f"| {' | '.join(cells)} |")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
