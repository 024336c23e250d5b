"""`python -m tests.benchmarks.soak --kills 1000`: briefings posted by a bot that is killed.

The bot is killed with SIGKILL at moments that are drawn by chance, at steps that are counted, and
at requests that the local Discord holds back. Between two processes the time that Discord remembers
nonces may end, a server may become unreadable, or hours pass: all by a clock that the bot and the
local Discord share. In the end the channels are compared with the ledger. Exit code 1: something
was posted twice, or lost without a word.

With `--store postgres --processes 3` several bots share a database of a throw-away server. Each is
killed and started anew while the others go on, and some are frozen before, at a moment or right
before something is written, until their leases have ended and others have taken up what they had.

It works in rounds, each with a database and a Discord of its own, and adds what it counts to the
file `soak.json` in --folder; it may be stopped and started again at any time. With --without a
safeguard is left out, to see that the soak would find out: in a folder of its own.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from tests import cluster as clusters
from tests.benchmarks.soaking import killing, rounds
from tests.benchmarks.soaking.bot import SAFEGUARDS
from tests.benchmarks.soaking.crews import Crew
from tests.benchmarks.soaking.moment import Moment
from tests.benchmarks.soaking.rounds import Asked, Round
from tests.cluster import Cluster
from tests.discord_server import Server

Rounds: TypeAlias = Callable[..., Coroutine[None, None, Counter[str]]]

KILLS = 100  # in a round
FEW = 20  # the same, when there were enough and only deliveries are lacking
COUNTED = "soak.json"
SHOWN = (
    *("kills", "due times", "sent", "skipped", "failed", "uncertain", "not final"),
    *("messages", "deduplicated by nonce", "reconciled from history"),
)
WRONG = ("duplicates", "silent losses")


async def shared_round_of(
    folder: Path, asked: Asked, *, seed: str, cluster: Cluster, processes: int, times: int = 3
) -> Counter[str]:
    """Return the counts of one round with several *processes*, in a database of its own.

    They have so many *times* as much to do as one has.
    """
    moment, url = Moment(folder / "moment"), cluster.store()
    cluster.give_clock(url)
    async with Server(clock=moment.seconds, nonce_window=asked.window) as discord:
        rounds.prepare(folder, discord, moment, url=url, times=times)
        async with AsyncExitStack() as stack:
            crew = Crew(url, discord, moment, asked, cluster=cluster, seed=seed)
            bots = [
                await stack.enter_async_context(killing.loaded(folder)) for _ in range(processes)
            ]
            found = await crew.run(bots)
    if not any(found[what] for what in WRONG):
        cluster.drop(url)
    return found


async def round_of(folder: Path, asked: Asked, *, seed: str) -> Counter[str]:
    """Return the counts of one round, whose files are in *folder*."""
    moment = Moment(folder / "moment")
    async with Server(clock=moment.seconds, nonce_window=asked.window) as discord:
        rounds.prepare(folder, discord, moment)
        async with killing.loaded(folder) as bot:
            return await Round(folder, discord, moment, asked, seed=seed).run(bot)


def main() -> None:
    """Make rounds until there were so many kills and deliveries, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="in all runs together")
    parser.add_argument("--deliveries", type=int, default=0, help="to be sent, in all runs")
    parser.add_argument(
        "--window", type=float, default=180.0, help="seconds of nonces: 120 or more"
    )
    parser.add_argument("--seed", type=int, default=1, help="of all that is drawn by chance")
    parser.add_argument("--folder", type=Path, help="where to count; what goes wrong stays there")
    parser.add_argument("--without", choices=SAFEGUARDS, default="", help="what is left out")
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--processes", type=int, default=1, help="with postgres: how many at once")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended then
    if asked.processes > 1 and asked.store == "sqlite":
        parser.error("a SQLite file belongs to one process: add --store postgres")
    with ExitStack() as stack:
        beside = stack.enter_context(tempfile.TemporaryDirectory())
        make = round_of
        if asked.store == "postgres":
            started = stack.enter_context(clusters.running())
            make = partial(shared_round_of, cluster=started, processes=asked.processes)
        counted = soak(asked, asked.folder or Path(beside), make)
    where = "SQLite" if asked.store == "sqlite" else "PostgreSQL"
    sys.stdout.write("\n".join(table(counted, where, asked.processes)) + "\n")
    sys.exit(any(counted[what] for what in WRONG))


def soak(
    asked: argparse.Namespace,
    folder: Path,
    make: Callable[..., Coroutine[None, None, Counter[str]]],
) -> Counter[str]:
    """Add round to round in *folder* until there is enough, and return all counts."""
    folder.mkdir(parents=True, exist_ok=True)
    counted = read(folder)
    while counted["kills"] < asked.kills or counted["sent"] < asked.deliveries:
        number = counted["rounds"] + 1
        left = asked.kills - counted["kills"]
        kills = min(KILLS, left) if left > 0 else FEW
        busy = max(asked.deliveries / max(asked.kills, 1), 10.0)
        wanted = Asked(kills, busy, asked.window, asked.without)
        place = folder / f"round-{number}"
        shutil.rmtree(place, ignore_errors=True)  # what a run left that was stopped
        place.mkdir()
        found = asyncio.run(make(place, wanted, seed=f"{asked.seed}-{number}"))
        counted += found + Counter(rounds=1)
        _write(folder, counted)
        sys.stderr.write(f"round {number}: {', '.join(f'{v} {k}' for k, v in found.items())}\n")
        if not any(found[what] for what in WRONG):
            shutil.rmtree(place)
    return counted


def read(folder: Path) -> Counter[str]:
    """Return what earlier runs counted in *folder*."""
    file = folder / COUNTED
    return Counter(json.loads(file.read_text(encoding="utf-8")) if file.exists() else {})


def _write(folder: Path, counted: Counter[str]) -> None:
    """Write the file whole or not at all."""
    draft = folder / f".{COUNTED}"
    draft.write_text(json.dumps(counted, indent=1), encoding="utf-8")
    draft.replace(folder / COUNTED)


def table(counted: Counter[str], where: str, processes: int) -> Iterator[str]:
    """Yield the lines of the table: *where* the ledger was, with how many *processes*."""
    today, cores = datetime.now(UTC).date(), os.cpu_count()
    yield f"{today}: {where}, processes: {processes}; {cores} cores, {sys.platform}"
    yield ""
    for what in (*SHOWN, *WRONG):
        yield f"{what:<26}{counted[what]:>9,}"
    yield ""
    for what in sorted(counted):
        if what.startswith(("killed", "gap", "froze", "freeze")):
            yield f"{what:<26}{counted[what]:>9,}"


if __name__ == "__main__":
    main()
