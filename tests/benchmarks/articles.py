"""`python -m tests.benchmarks.articles`: documents a second with one worker and with W, in turn.

Made articles wait in the intake as a feed's do, and the bot's own collector reads them: analysis in
worker processes, everything else in this process, whose event loop is probed meanwhile. One worker
and W = cores - 1 take turns on parts of the same size, so that both see the same machine. With
`--data FILE`, sentences one a line, the articles are made of those; otherwise of made words.
"""

import argparse
import asyncio
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot import config
from bot.collecting.reading import Intake
from bot.metrics import Metrics
from bot.worker import Worker
from briefs import bulk
from briefs.model import Entry, Feed, Listing
from briefs.store import Store, open_store
from tests.benchmarks import speed
from tests.sites import news

TARGET = 0.7  # of W times what one worker does
DELAY = 50.0  # ms that the loop may be late, or twice as late as when idle
PROBE = 0.005  # seconds between two looks at the loop
IDLE = 5.0  # seconds
WARM = 24  # documents that each pool reads before it is timed
SENTENCES = 12
_FEED = 500  # articles that one feed lists


@dataclass
class Turn:
    """What so many workers did: documents a second of each part, and the loop's delays in ms.

    *busy* is the share of the time in which the workers computed, or had to and waited for a core.
    """

    workers: int
    rates: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row for one worker and for W, the ratio, and how late the loop was."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.articles")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    chosen = parser.parse_args(arguments)
    cores = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    _say(f"{datetime.now(UTC).date()}, {cores}")
    lines = chosen.data.read_text(encoding="utf-8").splitlines() if chosen.data else []
    size = max(1, chosen.documents // (2 * chosen.rounds))
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/a.db") as store:
        asyncio.run(_measured(store, lines, size, chosen.rounds, chosen.workers))


async def _measured(
    store: Store, lines: Sequence[str], size: int, rounds: int, workers: int
) -> None:
    work = Worker(store, lambda: bulk.processes(1))
    articles = _articles(lines)
    idle = await _delays(asyncio.sleep(IDLE))
    turns = [Turn(1), Turn(workers)]
    intakes = [_intake(work, turn.workers) for turn in turns]
    for intake in intakes:
        _list(store, articles, WARM)
        await intake.drain()
    for number in range(rounds):
        pairs = list(zip(turns, intakes, strict=True))
        for turn, intake in pairs if number % 2 else reversed(pairs):
            _list(store, articles, size)
            began, worked = time.perf_counter(), _worked(intake)
            turn.delays += await _delays(intake.drain())
            seconds = time.perf_counter() - began
            turn.rates.append(size / seconds)
            turn.busy.append((_worked(intake) - worked) / (seconds * turn.workers))
    for intake in intakes:
        intake.stop()
    work.close()
    _print(turns, idle, size)


def _intake(work: Worker, workers: int) -> Intake:
    settings = config.load(None, {"DAYBRIEF_ANALYSIS__WORKERS": str(workers)})
    clock = lambda: datetime.now(UTC)  # noqa: E731
    return Intake(work, settings, metrics=Metrics(), clock=clock)


def _worked(intake: Intake) -> float:
    """Return for how many seconds the workers have computed or waited for a core; Linux only."""
    files = [
        file
        for process in intake._pool._held._processes
        for file in Path(f"/proc/{process}/task").glob("*/schedstat")
    ]
    return sum(sum(map(int, file.read_text().split()[:2])) for file in files) / 1e9


async def _delays(work) -> list[float]:
    """Return how late the loop was, in ms, while *work* was done."""
    task = asyncio.ensure_future(work)
    late = []
    while not task.done():
        began = time.perf_counter()
        await asyncio.sleep(PROBE)
        late.append((time.perf_counter() - began - PROBE) * 1000)
    await task
    return late


def _list(store: Store, articles: Iterator[Entry], many: int) -> None:
    """Let feeds list so many articles, none of which was read."""
    while many:
        part = [next(articles) for _ in range(min(many, _FEED))]
        url = f"http://feed.example/{part[0].guid}"
        feed = store.feeds.add(Feed(url=url, origin="line"), datetime.now(UTC))
        store.feeds.take(feed, Listing(title="Courier", entries=tuple(part)), datetime.now(UTC))
        many -= len(part)


def _articles(lines: Sequence[str]) -> Iterator[Entry]:
    """Yield articles for ever, each another one, and the same in each run."""
    chance = random.Random(1)  # noqa: S311 - it only has to be repeatable
    number = 0
    while True:
        number += 1
        text = (
            " ".join(chance.sample(lines, SENTENCES))
            if lines
            else "\n".join(news.paragraphs(number, 1, SENTENCES // 4))
        )
        yield Entry(guid=f"article-{number}", title=news.title(number, 1), text=text)


def _print(turns: Sequence[Turn], idle: Sequence[float], size: int) -> None:
    one, several = (statistics.median(turn.rates) for turn in turns)
    _say("workers   documents   a second    busy   loop delay, ms: median      p99      max")
    for turn in turns:
        rate, busy = statistics.median(turn.rates), statistics.median(turn.busy)
        read = size * len(turn.rates)
        _say(f"{turn.workers:>7}{read:>12,}{rate:>11.1f}{busy:>8.0%}{_row(turn.delays):>40}")
    _say(f"   idle{'':>31}{_row(idle):>40}")
    share = several / (one * turns[1].workers)
    _say(f"rate of {turns[1].workers} workers: {share:.2f} of {turns[1].workers} times one's")
    _say(f"  (target: {TARGET} at least)")
    late, most = _p99(turns[1].delays), max(DELAY, 2 * _p99(idle))
    _say(f"loop delay, p99: {late:.1f} ms (target: {most:.0f} at most)")
    _say(f"peak memory of the bot's process: {speed.peak_bytes() / 1e6:.0f} MB")


def _row(delays: Sequence[float]) -> str:
    return f"{statistics.median(delays):.1f}{_p99(delays):>9.1f}{max(delays):>9.1f}"


def _p99(delays: Sequence[float]) -> float:
    return sorted(delays)[int(len(delays) * 0.99)]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
