"""Print what it costs to group a made stream of news into stories, and how many are right.

    python -m tests.benchmarks.grouping --data FILE [--documents N ...] [--seed N]

FILE has sentences of news, one a line, from which the words are drawn: the text from which the
frequencies for English were counted will do. Each size is grouped in a process of its own. The
processor's time includes everything from the documents' text to the stories.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from briefs import stories
from tests.benchmarks import scores, speed, streams

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 10_000, 100_000)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row for each size, or with `--alone` measure one and print it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.grouping")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, nargs="*", default=SIZES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.alone:
        _say(json.dumps(measure(chosen.data, chosen.documents[0], seed=chosen.seed)))
        return
    today = datetime.now(UTC).date()
    _say(f"{today}, {os.cpu_count()} cores, {platform.machine()}, {platform.python_version()}")
    _say("documents  stories   made     CPU s   peak MB   B-cubed P / R / F1")
    for many in chosen.documents:
        _say(_row(many, _apart(chosen.data, many, chosen.seed)))


def measure(data: Path, many: int, *, seed: int) -> dict[str, float]:
    """Group *many* made documents, and compare with the events they were made for."""
    vocabulary = streams.Vocabulary.of(data.read_text(encoding="utf-8").splitlines())
    made = streams.make(vocabulary, many, seed=seed)
    began = time.process_time()
    found = stories.group(made.documents)
    took = time.process_time() - began
    gold = {d.id: event for d, event in zip(made.documents, made.events, strict=True)}
    score = scores.b_cubed(
        gold, {number: place for place, story in enumerate(found) for number in story.documents}
    )
    return {
        "stories": len(found),
        "made": len(set(made.events)),
        "cpu_s": took,
        "peak_mb": speed.peak_bytes() / 1e6,
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
    }


def _apart(data: Path, many: int, seed: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.grouping", "--alone", "--data", str(data)]
    command += ["--documents", str(many), "--seed", str(seed)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def _row(many: int, found: dict[str, float]) -> str:
    counts = f"{many:>9,}{found['stories']:>9,}{found['made']:>7,}"
    cost = f"{found['cpu_s']:>10.1f}{found['peak_mb']:>10.0f}"
    score = " / ".join(f"{100 * found[name]:.1f}" for name in ("precision", "recall", "f1"))
    return f"{counts}{cost}   {score}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
