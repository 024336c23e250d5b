"""A Discord, a library and schedules in, a bot that is killed again and again, the counts out."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import NamedTuple, TypeVar

from briefs import documents, ingest, timing
from briefs.ledger import SAFE_WINDOW
from briefs.model import Schedule, Scope
from briefs.store import open_store
from tests.benchmarks.soaking import counts
from tests.benchmarks.soaking.killing import Bot
from tests.benchmarks.soaking.moment import Moment
from tests.discord_server import Channel, Fault, Server
from tests.test_end_to_end import program

T = TypeVar("T")

CHANNELS = 50
SCHEDULES = 200  # each due every hour, so one of them every 18 seconds
EVERY = 3600.0 / SCHEDULES
OUTAGE = 75 * 60.0  # seconds: longer than the grace of an hourly schedule
MARGIN = 30.0  # seconds past the window of nonces
MANY = 24  # deliveries not posted yet: with more, no time passes until they are
STEPS = 60  # crash points that are counted: before and after each write and each message
OLDEST = 1.5  # seconds that a process lives when nothing kills it before
SETTLING = 60.0  # seconds for what is left at the end
LOOK = 0.75  # seconds
RETRY = 6.0  # seconds of the bot's clock, longer than its first wait
POST = ("POST", "/channels/*/messages")
NOTE = "Mayor Ada Quill opened bridge {0} on Monday. It cost {0} million euros, Quill said."
NOTES = 30
NEWS = timedelta(minutes=20)  # between two notes

# how often of a hundred: how a process dies, and what happens before the next one starts
DEATHS = {"at a moment": 35, "at a step": 30, "before a message": 10, "before its answer": 25}
GAPS = {"nothing": 65, "nonces end": 30, "unreadable": 4, "outage": 1}


class Asked(NamedTuple):
    """What a round is: so many *kills*, *busy* due times for each, *window* seconds of nonces.

    *without* is the safeguard that is left out, of `bot.SAFEGUARDS`.
    """

    kills: int
    busy: float
    window: float
    without: str = ""


def prepare(
    folder: Path, discord: Server, moment: Moment, *, url: str = "", times: int = 1
) -> None:
    """Write the configuration and the library, and make the schedules; in *url* if it is named.

    There are so many *times* as many channels and schedules.
    """
    url = url or url_in(folder)
    more = f'[storage]\nurl = "{url}"\n[logging]\nlevel = "info"\n'
    program.configure(folder, discord, more=more)
    channels = [_channel(discord, number) for number in range(CHANNELS * times)]
    with open_store(url) as store:
        for number in range(SCHEDULES * times):
            store.schedules.create(_schedule(number, channels[number % len(channels)], moment))
        for number in range(NOTES):
            found = ingest.find(documents.of(NOTE.format(number + 2), title=f"Bridge {number + 2}"))
            store.documents.add(found, arrived=moment.now() + (number - 3) * NEWS)


def url_in(folder: Path) -> str:
    """Return the address of the file in *folder*."""
    return f"sqlite:///{folder}/daybrief.db"


def _channel(discord: Server, number: int) -> Channel:
    """Open a channel; one in five allows no embeds: briefings there are of several parts."""
    channel = discord.add_channel(discord.guild, f"news-{number}")
    if number % 5 == 0:
        discord.permit(channel, embed_links=False)
    return channel


def _schedule(number: int, channel: Channel, moment: Moment) -> Schedule:
    assert channel.guild is not None
    minute = number * 60 // SCHEDULES % 60
    return timing.make(
        name=f"hourly {number}",
        channel=channel.id,
        times=",".join(f"{hour:02}:{minute:02}" for hour in range(24)),
        days="daily",
        timezone="UTC",
        scope=Scope(channel.guild.id),
        now=moment.now(),
        length="long",
    )


class Round:
    """One bot and its store, from the first due time to the last."""

    def __init__(
        self, folder: Path, discord: Server, moment: Moment, asked: Asked, *, seed: str
    ) -> None:
        self._url = url_in(folder)
        self._discord = discord
        self._moment = moment
        self._asked = asked
        self._chance = random.Random(seed)  # noqa: S311 - it only has to be repeatable
        self._steps = cycle(range(1, STEPS + 1))
        self._did: Counter[str] = Counter()

    async def run(self, bot: Bot) -> Counter[str]:
        """Kill *bot* as often as asked, let it finish, and return what is to be counted."""
        for _ in range(self._asked.kills):
            left = self._read(counts.backlog)
            gap = self._one_of(GAPS) if left < MANY else "nothing"
            death = self._one_of(DEATHS)
            self._did += Counter({"kills": 1, f"killed {death}": 1, f"gap: {gap}": 1})
            self._leave_dead(gap)
            await self._live(bot, death, busy=gap == "nothing" and left < MANY)
            self._permit(self._discord.guild.channels, read_message_history=True)
        until = self._moment.now()
        await self._settle(bot, until)
        return self._read(counts.judged, self._discord, until) + self._did

    def _one_of(self, ways: Mapping[str, int]) -> str:
        return self._chance.choices(list(ways), list(ways.values()))[0]

    def _leave_dead(self, gap: str) -> None:
        """Let happen what happens while no bot lives."""
        if gap in {"nonces end", "unreadable"}:
            self._moment.advance(self._asked.window + MARGIN)
        if gap == "outage":
            self._moment.advance(OUTAGE)
        if gap == "unreadable":
            self._permit(self._read(counts.unknown), read_message_history=False)

    def _permit(self, channels: Iterable[int], **allowed: bool) -> None:
        for channel in channels:
            self._discord.permit(self._discord.guild.channels[channel], **allowed)

    async def _live(self, bot: Bot, death: str, *, busy: bool) -> None:
        """Let *bot* live until its *death*; when *busy*, time runs until much is due."""
        fault = self._fault(death)
        step = next(self._steps) if death == "at a step" else 0
        await bot.start(dies=step, without=self._asked.without)
        age = self._chance.uniform(0, OLDEST) if death == "at a moment" else OLDEST
        if busy:
            await asyncio.sleep(self._chance.uniform(0, age / 4))
            self._moment.advance(min(self._chance.uniform(0, 2 * self._span()), self._leap()))
        met = asyncio.create_task(reached(fault, age))
        await asyncio.wait({bot.dead, met}, return_when=asyncio.FIRST_COMPLETED)
        await bot.kill()
        met.cancel()
        self._discord.script.clear()

    def _leap(self) -> float:
        """Return by how many seconds the clock may leap while a request is on its way.

        One that is repeated in time must not arrive when its nonce is forgotten: no bot can help
        that.
        """
        return self._asked.window - SAFE_WINDOW.total_seconds() - MARGIN

    def _span(self) -> float:
        """Return by how many seconds a busy life has to go on for enough to be due."""
        share = {gap: often / sum(GAPS.values()) for gap, often in GAPS.items()}
        long = (share["nonces end"] + share["unreadable"]) * (self._asked.window + MARGIN)
        rest = self._asked.busy * EVERY - long - share["outage"] * OUTAGE
        return max(EVERY, rest / share["nothing"])

    def _fault(self, death: str) -> Fault | None:
        """Let the local Discord hold back a request that the bot is to be killed at."""
        if death not in {"before a message", "before its answer"}:
            return None
        after, skip = death == "before its answer", self._chance.randrange(12)
        return self._discord.fail(*POST, "silence", after=after, skip=skip)

    async def _settle(self, bot: Bot, until: datetime) -> None:
        """Let *bot* finish what was due, with what it waits for; then kill it as well."""
        await bot.start(without=self._asked.without)
        loop = asyncio.get_running_loop()
        end = loop.time() + SETTLING
        while self._read(counts.overdue, until) and loop.time() < end and not bot.dead.done():
            await asyncio.sleep(LOOK)
            self._moment.advance(RETRY)
        await bot.kill()

    def _read(self, question: Callable[..., T], *more: object) -> T:
        """Ask the ledger something, while the bot goes on."""
        with open_store(self._url, readonly=True) as store:
            return question(store, *more)


async def reached(fault: Fault | None, within: float) -> None:
    """Wait until *fault* has struck, or *within* seconds have passed."""
    if fault is None:
        await asyncio.sleep(within)
        return
    try:
        await fault.reached(within=within)
    except TimeoutError:
        return
