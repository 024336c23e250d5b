"""Feeds that are due in, documents in the library out, beside all else that the bot does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeAlias

from bot.collecting import paging, reading, telling
from bot.collecting.looking import Answer, Reader
from bot.collecting.pausing import again
from bot.collecting.queueing import AT_ONCE, Queue
from bot.config import Config
from bot.fetcher import Fetcher
from bot.metrics import Metrics
from bot.worker import Worker
from briefs import addresses, polling
from briefs.errors import BusyError, DaybriefError, StoreError
from briefs.model import PUBLIC, Failed, Feed, Problem, Scope, Taken, Unchanged
from briefs.store import Store

log = logging.getLogger(__name__)

# (whose feeds it is about, the words)
Tell: TypeAlias = Callable[[Scope, str], Awaitable[None]]

INTERVAL = 15.0  # seconds between two looks at what is due
LEASE = timedelta(minutes=3)  # after which a feed is due again whose answer was never saved
_CLAIMED = 500  # feeds that are claimed in one go
_PASS = 60.0  # seconds after which failures are judged, though there is more to ask
_TOGETHER = 20  # failures that are written in one go, which a stop waits for
_REPORT = 1_200.0  # seconds between two looks at whether the day's line is told


class _Failure(NamedTuple):
    feed: Feed
    outcome: Failed


class _Pass:
    """What came of the feeds that were asked since failures were last judged."""

    def __init__(self) -> None:
        self.hosts: set[str] = set()  # of feeds that answered at their last look
        self.failures: list[_Failure] = []
        self.told: list[telling.Told] = []


class Collector:
    """Asks feeds when they are due, and reads what they list into the library.

    It has a worker of its own, so that neither commands nor what is to be posted waits for it.
    *tell* reaches who looks after the feeds of a scope.
    """

    def __init__(
        self,
        work: Worker,
        fetcher: Fetcher,
        settings: Config,
        *,
        metrics: Metrics,
        tell: Tell,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._work = work
        self._metrics = metrics
        self._tell = tell
        self._clock = clock
        self._reader = Reader(work, fetcher, metrics)
        self._woken = asyncio.Event()
        self._stopping = False
        self._queue = Queue()
        self._seen = _Pass()
        self._unwritten = 0  # answers that wait to be written
        self.intake = reading.Intake(
            work,
            settings,
            metrics=metrics,
            clock=clock,
            urgent=lambda: self._reader.unread + self._unwritten > 0,
        )
        self.pages = paging.Pages(
            work, fetcher, metrics=metrics, clock=clock, ready=self.intake.wake
        )

    async def run(self) -> None:
        """Go on until cancelled: ask what is due and read what came, each on its own."""
        async with asyncio.TaskGroup() as group:
            group.create_task(again(self._poll, self._woken, INTERVAL), name="daybrief-feeds")
            group.create_task(self.pages.run(), name="daybrief-pages")
            group.create_task(self.intake.run(), name="daybrief-intake")
            group.create_task(self._report(), name="daybrief-health")

    def wake(self) -> None:
        """Look at once for what is due: somebody added a feed, or wants one asked."""
        self._woken.set()

    async def tick(self) -> int:
        """Ask all that is due, and save what came of it; return how many feeds were asked."""
        asked, flying = 0, set[asyncio.Task[None]]()
        loop = asyncio.get_running_loop()
        judged = loop.time() + _PASS
        try:
            while True:
                due = await self._due()
                asked += len(due)
                flying |= {asyncio.create_task(self._take(feed)) for feed in due}
                if not flying:
                    break
                flying = await _some(flying)
                self._metrics.beat("sources")
                if loop.time() > judged:
                    await self._judge()
                    judged = loop.time() + _PASS
        finally:
            for task in flying:
                task.cancel()
            self._queue.clear()
        await self._judge()
        return asked

    def stop(self) -> None:
        """Take nothing new; what is not saved is asked for again at the next start."""
        self._stopping = True
        self.intake.stop()

    def close(self) -> None:
        """Let what is written end, and drop the rest."""
        self.stop()
        self._work.close()

    async def _poll(self) -> None:
        self._metrics.beat("sources")
        asked = await self.tick()
        if asked:
            log.info("%s feeds were asked", asked)

    async def _report(self) -> None:
        """Tell administrators once a day what is ill, if anything is."""
        while True:
            await asyncio.sleep(_REPORT)
            try:
                if line := await self._work.write(telling.daily, self._clock()):
                    await self._tell(PUBLIC, line)
            except DaybriefError as error:
                log.warning("the health of the sources is not told: %s", error)

    async def _due(self) -> list[Feed]:
        """Return what is to be asked now, once there is room for several."""
        if self._queue.room < AT_ONCE // 4 or self._stopping:
            return []
        now = self._clock()
        chosen = self._queue.next(now)
        if self._queue.room:
            due = await self._work.write(_claim, now, now + LEASE)
            unsaved = {failure.feed.id for failure in self._seen.failures}
            self._queue.put(feed for feed in due if feed.id not in unsaved)
            chosen += self._queue.next(now)
        return chosen

    async def _take(self, feed: Feed) -> None:
        """Ask *feed*, and give its place to another."""
        try:
            await self._ask(feed)
        finally:
            self._queue.done(feed)

    async def _ask(self, feed: Feed) -> None:
        """Ask *feed* and save what came of it; a failure waits until it is judged with others."""
        answer = await self._reader.ask(feed)
        if polling.is_steady(feed):
            self._seen.hosts.add(addresses.host(feed.url))
        if isinstance(answer.outcome, Failed):
            self._seen.failures.append(_Failure(feed, answer.outcome))
            return
        now = self._clock()
        try:
            after, taken = await self._write(feed, answer, now)
        except BusyError:
            raise
        except StoreError as error:  # something of it does not fit: it is asked ever less often
            failed = Failed(problem=Problem.OTHER, detail=str(error))
            self._seen.failures.append(_Failure(feed, failed))
            return
        self._seen.told += telling.changes(feed, after, now)
        if taken.fresh or taken.backlog:
            self.pages.wake()
            self.intake.wake()

    async def _write(self, feed: Feed, answer: Answer, now: datetime) -> tuple[Feed, Taken]:
        self._unwritten += 1
        try:
            return await self._work.write(_settle, feed, answer, now)
        finally:
            self._unwritten -= 1

    async def _judge(self) -> None:
        """Save failures, which count for nothing while the network is down, and tell."""
        seen, self._seen = self._seen, _Pass()
        failed = {
            addresses.host(feed.url)
            for feed, outcome in seen.failures
            if outcome.problem in polling.NETWORK and polling.is_steady(feed)
        }
        down = polling.is_network_down(failed, seen.hosts)
        if down:
            log.warning("the network is down: no feed is to blame")
        for start in range(0, len(seen.failures), _TOGETHER):
            part, now = seen.failures[start : start + _TOGETHER], self._clock()
            seen.told += await self._work.write(_blame, part, now, down)
        if seen.told:
            told = await self._work.write(telling.untold, seen.told, self._clock())
            for scope, text in telling.messages(told):
                await self._tell(scope, text)


def _claim(store: Store, now: datetime, until: datetime) -> tuple[Feed, ...]:
    return store.feeds.claim(now, until=until, limit=_CLAIMED)


def _settle(store: Store, feed: Feed, answer: Answer, now: datetime) -> tuple[Feed, Taken]:
    """Take what *feed* lists, and save how it is now."""
    taken, outcome = Taken(), answer.outcome
    if answer.listing is not None and not isinstance(outcome, Unchanged | Failed):
        taken = store.feeds.take(feed, answer.listing, now)
        outcome = replace(outcome, fresh=taken.fresh, held=bool(taken.held), later=taken.later)
    after = polling.after(feed, outcome, now)
    store.feeds.save(after)
    return after, taken


def _blame(
    store: Store,
    failures: list[_Failure],
    now: datetime,
    down: bool,  # noqa: FBT001 - handed on by the worker
) -> list[telling.Told]:
    """Save what came of *failures*; return what there is to tell."""
    told: list[telling.Told] = []
    for feed, outcome in failures:
        if down and outcome.problem in polling.NETWORK and not feed.failures:
            store.feeds.save(polling.unharmed(feed, now))
            continue
        after = polling.after(feed, outcome, now)
        if after.condition is not feed.condition:
            log.info("feed %s is %s: %s", feed.id, after.condition, outcome.problem)
        store.feeds.save(after)
        told += telling.changes(feed, after, now)
    return told


async def _some(flying: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    """Wait until some have ended; return the others."""
    done, rest = await asyncio.wait(flying, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        if error := task.exception():
            log.error("what a feed answered could not be kept", exc_info=error)
    return rest
