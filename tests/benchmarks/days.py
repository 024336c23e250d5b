"""Print what a briefing of one day costs in a young library, and in one a hundred times as large.

    python -m tests.benchmarks.days --data FILE [--documents N] [--day N] [--runs N]

FILE has sentences of news, one a line, from which the words are drawn. Both libraries end with the
same day of made documents; the large one has N documents in all. Each briefing is composed in a
process of its own, in turn. Building the large library takes minutes; it is a temporary file.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefs import briefings, ingest
from briefs.briefings import Asked
from briefs.model import PUBLIC, Document
from briefs.store import open_store
from tests.benchmarks import speed, streams
from tests.briefs.news import with_terms
from tests.briefs.store.library import analysis

ROOT = Path(__file__).parents[2]
LIMIT = 1.5
_BATCH = 2_000  # documents that arrive in one day
_LAST = datetime(2026, 1, 1, tzinfo=UTC)  # the day that is briefed on
_DAY = timedelta(days=1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row for each library, and the ratio; or with `--alone` measure one."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.days")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--day", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.alone:
        _say(json.dumps(compose(chosen.alone)))
        return
    if chosen.data is None:
        parser.error("the sentences are missing: name their file with --data")
    today = datetime.now(UTC).date()
    _say(f"{today}, {os.cpu_count()} cores, {platform.machine()}, {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        sizes = (chosen.day, chosen.documents)
        stores = {many: Path(folder) / f"{many}.db" for many in sizes}
        for many, path in stores.items():
            build(path, chosen.data, many, day=chosen.day)
        _print({many: _medians(runs) for many, runs in _in_turn(stores, chosen.runs).items()})


def build(path: Path, data: Path, many: int, *, day: int) -> None:
    """Fill a library with *many* documents, the last *day* of them on the day that is asked for."""
    vocabulary = streams.Vocabulary.of(data.read_text(encoding="utf-8").splitlines())
    with open_store(f"sqlite:///{path}") as store:
        days = -(-(many - day) // _BATCH)
        for ago in range(days, 0, -1):
            made = streams.make(vocabulary, min(_BATCH, many - day), seed=ago).documents
            _add(store, made, ago)
        _add(store, streams.make(vocabulary, day, seed=0).documents, 0)


def _add(store, documents: Sequence[Document], ago: int) -> None:
    arrived = _LAST - ago * _DAY
    store.documents.add_many([*_read(documents, ago, arrived)], arrived=arrived)
    ingest.place(store)


def _read(documents: Sequence[Document], ago: int, arrived: datetime) -> Iterator:
    for number, each in enumerate(documents):
        text = each.text.replace(". ", ".\n")
        made = analysis(text, title=f"Report {ago}.{number}", source=each.source, published=arrived)
        yield with_terms(replace(made, document=replace(made.document, text=text)))


def compose(path: Path) -> dict[str, float]:
    """Compose the briefing of the day, from opening the library to the end."""
    began = time.process_time()
    with open_store(f"sqlite:///{path}", readonly=True) as store:
        asked = Asked(since=_LAST - _DAY / 2, until=_LAST + _DAY / 2)
        told = briefings.compose(store, PUBLIC, asked)
    took = time.process_time() - began
    return {"cpu_s": took, "peak_mb": speed.peak_bytes() / 1e6, "documents": told.documents}


def _in_turn(stores: dict[int, Path], runs: int) -> dict[int, list[dict[str, float]]]:
    found: dict[int, list[dict[str, float]]] = {many: [] for many in stores}
    for _ in range(runs):
        for many, path in stores.items():
            found[many].append(_apart(path))
    return found


def _apart(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.days", "--alone", str(path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def _medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _print(found: dict[int, dict[str, float]]) -> None:
    _say("library   of that day     CPU s   peak MB")
    for many, row in found.items():
        _say(f"{many:>7,}{row['documents']:>14,.0f}{row['cpu_s']:>10.2f}{row['peak_mb']:>10.0f}")
    small, large = (row["cpu_s"] for row in found.values())
    _say(f"ratio {large / small:.2f}, limit {LIMIT}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
