"""`python -m tests.benchmarks.feeds`: 2,000 feeds on one machine, and commands meanwhile.

The real program runs against the local Discord. The feeds are on loopback addresses, served by
another process; one in ten is ill, in every way that the sites know. The first pass fetches, reads
and stores them all; its analysis goes on behind, and what is left of it is shown. Commands of all
kinds are used the whole time. Then the program is started once more, and asks for feeds that have
not changed.
"""

import argparse
import asyncio
import contextlib
import os
import platform
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import update

from briefs.model import Feed, Health
from briefs.store import open_store, tables
from tests import sites
from tests.benchmarks import responsiveness, speed
from tests.discord_server import Permission, Server
from tests.test_end_to_end import program
from tests.test_end_to_end.program import Program, running

HOSTS = 220
ILL_HOSTS = 40
MEMORY = 300  # MB
LOOK = 0.5  # seconds between two looks at how far it is
SLOWEST = 1_800.0  # seconds for one pass
_DEAD = 9  # a port that nobody has

Rows = Iterator[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what the first pass took, and what the second did."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.feeds")
    parser.add_argument("--feeds", type=int, default=2_000)
    parser.add_argument("--entries", type=int, default=50)
    chosen = parser.parse_args(arguments)
    cores = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    _say(f"{datetime.now(UTC).date()}, {cores}")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measured(Path(folder), chosen.feeds, chosen.entries))


async def _measured(folder: Path, feeds: int, entries: int) -> None:
    async with sites.running() as port, Server(strict=False) as discord:
        metrics = sites.free_port()
        program.configure(folder, discord, more=_settings(port, metrics))
        with open_store(f"sqlite:///{folder / 'daybrief.db'}") as store:
            wanted = [*_well(feeds, entries, port), *_ill(feeds, port)]
            added = store.feeds.add_many(wanted, datetime.now(UTC))
        assert not added.refused, added.refused
        bench = Bench(folder, discord, port, metrics)
        await bench.first_pass(len(wanted))
        bench.make_due()
        await bench.second_pass(len([feed for feed in wanted if "/feed/" in feed.url]))


def _settings(port: int, metrics: int) -> str:
    return (
        f'[network]\nallow = ["127.0.0.0/8"]\nports = [{port}, {_DEAD}]\n'
        f"[metrics]\nport = {metrics}\n"
    )


def _well(feeds: int, entries: int, port: int) -> Iterator[Feed]:
    hosts = cycle(sites.hosts(HOSTS))
    for number, host in zip(range(feeds - feeds // 10), hosts, strict=False):
        url = f"http://{host}:{port}/feed/{number}?entries={entries}"
        yield Feed(name=f"Courier {number}", url=url, origin="line")


def _ill(feeds: int, port: int) -> Iterator[Feed]:
    """Yield one feed in ten: each way to be ill in its turn."""
    hosts = cycle(sites.hosts(HOSTS + ILL_HOSTS)[HOSTS:])
    ways: Sequence[Callable[[str, int], str]] = (
        *(_at(way, port) for way in sites.WAYS),
        lambda host, number: f"http://{host}:{_DEAD}/dead/{number}",
        lambda _, number: f"http://nobody{number}.invalid:{port}/feed",
        lambda _, number: f"http://10.1.2.3:{port}/private/{number}",
        lambda host, number: f"https://{host}:{port}/tls/{number}",
    )
    for number, way in enumerate(islice(cycle(ways), feeds // 10)):
        yield Feed(name=f"Ill {number}", url=way(next(hosts), number), origin="line")


def _at(way: str, port: int) -> Callable[[str, int], str]:
    return lambda host, number: f"http://{host}:{port}{way}?feed={number}"


class Bench:
    """The program, with what it asks for."""

    def __init__(self, folder: Path, discord: Server, port: int, metrics: int) -> None:
        self.folder = folder
        self.discord = discord
        self.port = port
        self.metrics = metrics
        self.users = [discord.add_user(f"user{n}", discord.guild) for n in range(61)]
        discord.add_role(discord.guild, "managers", Permission.MANAGE_GUILD, *self.users)

    async def first_pass(self, feeds: int) -> None:
        """Let all be read, with commands the whole time, and print what it took."""
        first, whole = defaultdict(list), defaultdict(list)
        async with running(Program(self.folder, self.discord)) as bot:
            began = time.monotonic()
            await bot.connected()
            daily = {"name": "daily", "time": "07:30", "timezone": "UTC"}
            await bot.ask("schedule create", channel=bot.discord.news, **daily)
            reading = asyncio.create_task(self._until(lambda health: health.new == 0))
            kinds = [responsiveness.ZONES, responsiveness.NAMES]
            await responsiveness.beside(
                reading,
                responsiveness.ask_on(bot, self.users, first, whole),
                responsiveness.probe(bot, kinds, first),
            )
            seconds = time.monotonic() - began
            memory = speed.peak_bytes_of(bot.process.pid) / 1e6
            figures = self._figures()
        health = self._health()
        _say("")
        _say(f"first pass: {feeds:,} feeds in {seconds:.0f} s, {feeds / seconds:.1f} a second")
        _say(f"  {health.ok:,} ok, {health.empty:,} empty, {health.ill:,} ill, {health.new:,} new")
        _say(f"  documents read meanwhile: {_sum(figures, 'daybrief_documents_total'):,.0f}")
        _say(f"  backlog at its end: {health.waiting:,} documents (counted to 100,000)")
        _say(f"  peak memory of the bot's process: {memory:.0f} MB (target: < {MEMORY})")
        _say_responses(first)
        _say_loop(figures)

    async def second_pass(self, feeds: int) -> None:
        """Ask for what has not changed, and print what it took."""
        before = await self._counts()
        async with running(Program(self.folder, self.discord)) as bot:
            began = time.monotonic()
            await self._until_asked(feeds, before)
            seconds = time.monotonic() - began
            memory = speed.peak_bytes_of(bot.process.pid) / 1e6
            figures = self._figures()
        after = await self._counts()
        asked = {kind: after.get(kind, 0) - before.get(kind, 0) for kind in ("plain", "304")}
        conditional = after.get("conditional", 0) - before.get("conditional", 0)
        parsed = figures.get('daybrief_fetches_total{kind="feed",outcome="got"}', 0)
        _say("")
        _say(f"second pass: {feeds:,} unchanged feeds in {seconds:.0f} s (with the start)")
        _say(f"  conditional requests: {conditional:,}, answered with 304: {asked['304']:,}")
        _say(f"  other requests for feeds: {asked['plain']:,}, feeds parsed: {parsed:,.0f}")
        _say(f"  peak memory of the bot's process: {memory:.0f} MB")

    def make_due(self) -> None:
        """Let all feeds be due that have answered; what waits to be analysed is dropped."""
        with open_store(self._url) as store, store._database.write() as connection:
            connection.execute(tables.intake.delete())
            due = update(tables.feed).where(tables.feed.c.condition == "ok")
            connection.execute(due.values(next_at=datetime.now(UTC)))

    @property
    def _url(self) -> str:
        return f"sqlite:///{self.folder / 'daybrief.db'}"

    async def _until(self, holds: Callable[[Health], bool]) -> None:
        async with asyncio.timeout(SLOWEST):
            while True:
                if holds(await asyncio.to_thread(self._health)):
                    return
                await asyncio.sleep(LOOK)

    async def _until_asked(self, feeds: int, before: dict[str, int]) -> None:
        wanted = before.get("conditional", 0) + feeds
        async with asyncio.timeout(SLOWEST):
            while True:
                if (await self._counts()).get("conditional", 0) >= wanted:
                    break
                await asyncio.sleep(LOOK)
        await asyncio.sleep(2.0)  # what is asked once too often would come now

    def _health(self) -> Health:
        with open_store(self._url, readonly=True) as store:
            return store.feeds.totals()

    async def _counts(self) -> dict[str, int]:
        return await asyncio.to_thread(sites.counts, self.port)

    def _figures(self) -> dict[str, float]:
        with contextlib.suppress(OSError):
            url = f"http://127.0.0.1:{self.metrics}/metrics"
            with urllib.request.urlopen(url) as answer:
                lines = answer.read().decode().splitlines()
            rows = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
            return {name: float(value) for name, value in rows}
        return {}


def _sum(figures: dict[str, float], name: str) -> float:
    return sum(value for key, value in figures.items() if key.startswith(f"{name}{{"))


def _say_responses(first: responsiveness.Timings) -> None:
    every = sorted(second * 1000 for seconds in first.values() for second in seconds)
    if every:
        p99, slowest = every[int(len(every) * 0.99)], every[-1]
        _say(
            f"  first responses: {len(every):,}, median {every[len(every) // 2]:.0f} ms,"
            f" p99 {p99:.0f} ms, slowest {slowest:.0f} ms (target: < 1000)"
        )


def _say_loop(figures: dict[str, float]) -> None:
    name = "daybrief_loop_delay_seconds"
    every = figures.get(f"{name}_count", 0)
    within = figures.get(f'{name}_bucket{{le="0.05"}}', 0)
    if every:
        _say(f"  loop delay: {within / every:.2%} of {every:,.0f} looks within 50 ms")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
