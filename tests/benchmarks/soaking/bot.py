"""`python -m tests.benchmarks.soaking.bot FOLDER`: the bot that is killed, again and again.

A line of JSON in starts it, a line with its process id out; when it has ended, a line with its
exit status. Each time it is a new process, made from one that has loaded all modules: a start takes
a twentieth of a second. It consists of the parts of `daybrief run`, put together without what
delivers nothing: the gateway, the commands, the folders, the analysis of documents.
"""

import asyncio
import functools
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from bot import config, logs
from bot.client import Client, connect_to
from bot.client.connection import retrying
from bot.client.rendering import render
from bot.client.serving import _log_in
from bot.deliveries import Courier, Deliveries, Rendering, Stamp, recording
from bot.deliveries.courier import Finding, Outcome
from bot.scheduler import Ticker
from bot.worker import Worker
from briefs import documents, ledger, sentences, stories, summaries
from briefs.model import Delivery, Schedule
from briefs.store import Store, open_store
from briefs.store import deliveries as ledger_on_disk
from tests.benchmarks.soaking.moment import Moment
from tests.discord_server import TOKEN

TICK = 0.2  # seconds
FROZEN = 100.0  # seconds, at least, in which the others go on
SAFEGUARDS = ("nonce", "history", "fence")
_NONCES = ("nonce", "enforce_nonce")


class Life(NamedTuple):
    """How one process is to live: it kills itself at step *dies*, counted from 1; 0 is never.

    It stops itself at write *stops*, counted so as well, until it is told to go on. *without* names
    the safeguard that is left out.
    """

    dies: int = 0
    stops: int = 0
    without: str = ""


class Fate:
    """Counts the steps of a process, and kills or stops it at the last of them."""

    def __init__(self, life: Life) -> None:
        self._left = life.dies
        self._awake = life.stops

    def step(self) -> None:
        """Go one step further."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def write(self) -> None:
        """Go one step further, before something is written: here a process may be frozen."""
        self.step()
        self._awake -= 1
        if self._awake == 0:
            os.kill(os.getpid(), signal.SIGSTOP)


class Door(Worker):
    """The way to the store: a step before each write and one after it."""

    def __init__(self, store: Store, fate: Fate) -> None:
        super().__init__(store, lambda: ThreadPoolExecutor(1))
        self._fate = fate

    async def write(self, function, *args, **kwargs):
        """Write, unless this is the end."""
        self._fate.write()
        result = await super().write(function, *args, **kwargs)
        self._fate.step()
        return result


class Line(Courier):
    """The way to Discord: a step before each message and one after it."""

    def __init__(self, client: Client, fate: Fate, without: str) -> None:
        super().__init__(client)
        self._fate = fate
        self._without = without

    async def post(self, channel: int, payload: bytes) -> Outcome:
        """Post, unless this is the end."""
        if self._without == "nonce":
            body = json.loads(payload)
            payload = json.dumps({k: v for k, v in body.items() if k not in _NONCES}).encode()
        self._fate.step()
        result = await super().post(channel, payload)
        self._fate.step()
        return result

    async def find(
        self, channel: int, marker: str, attempted: datetime, *, forum: bool = False
    ) -> Finding:
        """Look into the history, unless that is left out."""
        if self._without == "history":
            return ledger.Absent()
        return await super().find(channel, marker, attempted, forum=forum)


async def rendered(
    work: Worker,
    schedule: Schedule,
    row: Delivery,
    stamp: Callable[[int], Stamp],
    plain: bool,  # noqa: FBT001 - one of the four words of `Render`
) -> Rendering:
    """Render the briefing; where embeds are not allowed, let its first message come three times."""
    made = await render(work, schedule, row, stamp, plain)
    if not plain:
        return made
    return Rendering([_as_part(made.payloads[0], stamp, part) for part in (1, 2, 3)], made.stages)


def _as_part(payload: bytes, stamp: Callable[[int], Stamp], part: int) -> bytes:
    for old, new in zip(stamp(1), stamp(part), strict=True):
        payload = payload.replace(old.encode(), new.encode())
    return payload


def assembled(settings: config.Config, store: Store, moment: Moment, life: Life) -> Client:
    """Return the client with its deliveries, at the time of *moment*."""
    fate = Fate(life)
    work = Door(store, fate)
    client = Client(
        settings,
        work,
        installation=store.installation.id,
        commands=(),
        items=(),
        refresh=lambda _store, _go_on: None,
    )
    client.deliveries = Deliveries(
        work,
        Line(client, fate, life.without),
        functools.partial(rendered, work),
        installation=store.installation.id,
        tell=client.tell,
        give_up=client.give_up,
        clock=moment.now,
    )
    client.ticker = Ticker(client.deliveries.tick, interval=TICK)
    return client


async def deliver(client: Client) -> None:
    """Post what comes due for ever, or until whoever started us is gone."""
    asyncio.get_running_loop().add_reader(sys.stdin, client.stop.set)
    await retrying("start", lambda: connect_to(client.settings.discord.api_base))
    async with client:
        await retrying("login", lambda: _log_in(client, TOKEN))
        await client.deliveries.start()
        client.ticker.start()
        await client.stop.wait()


def main() -> None:
    """Make a process for each line, one after the other."""
    folder = Path(sys.argv[1])
    moment = Moment(folder / "moment")
    settings = config.load(folder / "config.toml", {})
    _load()
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            _be_born(lambda given=line: _live(settings, moment, Life(**json.loads(given))))
        _say(process)
        _say(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))


def _load() -> None:
    """Load what a briefing needs, by doing a little of it."""
    document = documents.of("Ada Smith spoke in Berlin today.")
    stories.group([document])
    summaries.pick(sentences.split(document), count=1)


def _be_born(live: Callable[[], None]) -> None:
    """Call *live* and end the process, whatever comes of it: the loop is not ours."""
    try:
        live()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, the process that made us must not see it
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def _live(settings: config.Config, moment: Moment, life: Life) -> None:
    logs.start(settings.logging.level)
    if life.without == "fence":
        _trust_everybody()
    with open_store(settings.storage.url) as store:
        asyncio.run(_in_time(deliver(assembled(settings, store, moment, life))))


async def _in_time(life: Coroutine[None, None, None]) -> None:
    """Let who was frozen find, when it goes on, that it took longer than any attempt may take."""
    slept = 0.0

    def wake(*_signal: object) -> None:
        nonlocal slept
        slept += FROZEN

    signal.signal(signal.SIGCONT, wake)
    asyncio.get_running_loop().time = lambda: time.monotonic() + slept
    await life


def _trust_everybody() -> None:
    """Let whoever had a row once write it and post it, whoever has it now."""
    ledger_on_disk._same = ledger_on_disk._key
    recording.may_post = lambda _store, _row, _now: True


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
