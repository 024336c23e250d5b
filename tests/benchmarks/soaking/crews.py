"""A Discord, a PostgreSQL database and several bots that are killed and frozen in, the counts out.

All of them live at the same time, each dies in its own way and is started anew; meanwhile time
passes, by leaps that everybody sees: the local Discord, the bots, and the database.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from briefs.store import Store, open_store
from tests.benchmarks.soaking import counts, rounds
from tests.benchmarks.soaking.killing import Bot
from tests.benchmarks.soaking.moment import Moment
from tests.benchmarks.soaking.rounds import Asked
from tests.cluster import Cluster
from tests.discord_server import Fault, Server

LEAP = 55.0  # seconds at once: a request that is under way must not outlive its nonce
APART = 0.5  # seconds between two leaps, in which what is under way arrives
PAUSE = 0.1  # seconds between two looks of who moves the clock
WRITES = 40  # at one of so many writes a process is frozen
ASLEEP = 3.0  # seconds within which a process that is to freeze itself does so

# how often of a hundred a process is frozen before it dies, and by how many leaps
FREEZES = {"nothing": 76, "frozen at a moment": 14, "frozen at a write": 10}
LEAPS = {"frozen at a moment": 2, "frozen at a write": 5}


class Time:
    """The clock of everybody, moved by one leap at a time."""

    def __init__(self, moment: Moment, cluster: Cluster, url: str) -> None:
        self._moment = moment
        self._cluster = cluster
        self._url = url
        self._alone = asyncio.Lock()
        self.still = asyncio.Lock()  # held while only its holder may let time pass

    async def leap(self, seconds: float) -> None:
        """Let *seconds* pass, and give what is under way time to arrive."""
        async with self._alone:
            self._cluster.advance(self._url, seconds)
            self._moment.advance(seconds)
            await asyncio.sleep(APART)


class Crew:
    """Several bots and their store, from the first due time to the last."""

    def __init__(
        self,
        url: str,
        discord: Server,
        moment: Moment,
        asked: Asked,
        *,
        cluster: Cluster,
        seed: str,
    ) -> None:
        self._url = url
        self._discord = discord
        self._moment = moment
        self._asked = asked
        self._time = Time(moment, cluster, url)
        self._chance = random.Random(seed)  # noqa: S311 - it only has to be repeatable
        self._left = asked.kills
        self._did: Counter[str] = Counter()

    async def run(self, bots: Sequence[Bot]) -> Counter[str]:
        """Kill *bots* as often as asked, let them finish, and return what is to be counted."""
        with open_store(self._url, readonly=True) as store:
            clock = asyncio.create_task(self._let_time_pass(store))
            try:
                await asyncio.gather(*(self._lives(bot) for bot in bots))
            finally:
                clock.cancel()
                await asyncio.wait({clock})
            until = self._moment.now()
            await self._settle(bots[0], store, until)
            return counts.judged(store, self._discord, until) + self._did

    async def _let_time_pass(self, store: Store) -> None:
        """Make more due as soon as there is little left, and let leases end in between."""
        while True:
            left = await asyncio.to_thread(counts.backlog, store)
            async with self._time.still:
                busy = self._asked.busy * rounds.EVERY
                if left < rounds.MANY:
                    await self._time.leap(min(self._chance.uniform(0, 2 * busy), LEAP))
                elif self._chance.random() < PAUSE:
                    await self._time.leap(self._chance.uniform(0, LEAP))
            await asyncio.sleep(PAUSE)

    async def _lives(self, bot: Bot) -> None:
        """Let *bot* be born and die until there were enough deaths."""
        while self._left > 0:
            self._left -= 1
            await self._live(bot)

    async def _live(self, bot: Bot) -> None:
        death, freeze = self._one_of(rounds.DEATHS), self._one_of(FREEZES)
        dies = self._chance.randint(1, rounds.STEPS) if death == "at a step" else 0
        stops = self._chance.randint(1, WRITES) if freeze == "frozen at a write" else 0
        await bot.start(dies=dies, stops=stops, without=self._asked.without)
        frozen = freeze != "nothing" and await self._freeze(bot, freeze)
        self._did += Counter({"kills": 1, f"killed {death}": 1})
        if frozen:
            self._did += Counter({"freezes": 1, freeze: 1})
        await self._end(bot, death)

    async def _freeze(self, bot: Bot, how: str) -> bool:
        """Freeze *bot* past its leases, and let it go on; False when it died before."""
        if how == "frozen at a moment":
            await asyncio.sleep(self._chance.uniform(0, rounds.OLDEST))
        elif not await _holds(lambda: bot.frozen or bot.dead.done(), within=ASLEEP):
            return False
        async with self._time.still:
            bot.freeze()
            for _ in range(LEAPS[how]):
                await self._time.leap(LEAP)
            bot.thaw()
            await asyncio.sleep(APART)
        return not bot.dead.done()

    async def _end(self, bot: Bot, death: str) -> None:
        fault = self._fault(death)
        age = self._chance.uniform(0, rounds.OLDEST)
        reached = asyncio.create_task(rounds.reached(fault, age))
        await asyncio.wait({bot.dead, reached}, return_when=asyncio.FIRST_COMPLETED)
        await bot.kill()
        reached.cancel()
        if fault in self._discord.script.faults:
            self._discord.script.faults.remove(fault)

    def _fault(self, death: str) -> Fault | None:
        if death not in {"before a message", "before its answer"}:
            return None
        after, skip = death == "before its answer", self._chance.randrange(12)
        return self._discord.fail(*rounds.POST, "silence", after=after, skip=skip)

    async def _settle(self, bot: Bot, store: Store, until: datetime) -> None:
        """Let *bot* finish what was due, with what it waits for; then kill it as well."""
        await bot.start(without=self._asked.without)
        loop = asyncio.get_running_loop()
        end = loop.time() + rounds.SETTLING
        while loop.time() < end and not bot.dead.done():
            if not counts.backlog(store, until) and not counts.overdue(store, until):
                break
            await self._time.leap(LEAP / 3)
        await bot.kill()

    def _one_of(self, ways: Mapping[str, int]) -> str:
        return self._chance.choices(list(ways), list(ways.values()))[0]


async def _holds(condition: Callable[[], bool], *, within: float) -> bool:
    """Wait until *condition* holds; return whether it did in time."""
    loop = asyncio.get_running_loop()
    end = loop.time() + within
    while not (holds := condition()) and loop.time() < end:  # noqa: ASYNC110 - nobody tells us
        await asyncio.sleep(PAUSE / 5)
    return holds
