"""Entries whose pages are wanted in, the pages out: fetched politely, or else done without."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from bot.collecting.pausing import again
from bot.fetcher import Fetcher, FetchError, Response
from bot.metrics import Metrics
from bot.worker import Worker
from briefs import addresses
from briefs.model import Problem, Waiting
from briefs.store import Store

log = logging.getLogger(__name__)

INTERVAL = 15.0  # seconds between two looks at what waits
AT_ONCE = 64  # pages that are fetched at once
OF_HOST = 3  # of them from one host, which answers one a second: the others need not wait for it
_SEEN = 500  # rows that are looked at
_AGAIN = timedelta(minutes=10)  # when a page is asked for once more
_LONGEST = timedelta(days=1)
# what may be over by the next time; else the entry itself has to do
_PASSING = {
    *(Problem.CONNECTION, Problem.TIMEOUT, Problem.SERVER),
    *(Problem.NAME, Problem.LIMITED, Problem.DAMAGED),
}


class Pages:
    """Fetches the pages that entries wait for; *ready* is called as one is there to be read."""

    def __init__(
        self,
        work: Worker,
        fetcher: Fetcher,
        *,
        metrics: Metrics,
        clock: Callable[[], datetime],
        ready: Callable[[], None],
    ) -> None:
        self._work = work
        self._fetcher = fetcher
        self._metrics = metrics
        self._clock = clock
        self._ready = ready
        self._woken = asyncio.Event()
        self._flying: dict[asyncio.Task[None], Waiting] = {}

    async def run(self) -> None:
        """Go on until cancelled."""
        await again(self.fetch, self._woken, INTERVAL)

    def wake(self) -> None:
        """Look at once for what waits."""
        self._woken.set()

    async def fetch(self) -> int:
        """Fetch the pages that are wanted; return how many were asked for."""
        asked = 0
        try:
            while True:
                asked += await self._fill()
                if not self._flying:
                    return asked
                done, _ = await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del self._flying[task]
                    task.result()
        finally:
            for task in self._flying:
                task.cancel()
            self._flying.clear()

    async def _fill(self) -> int:
        """Ask for more pages, once there is room for several; return how many."""
        room = AT_ONCE - len(self._flying)
        if room < AT_ONCE // 4:
            return 0
        busy, now = [each.id for each in self._flying.values()], self._clock()
        wanted = await self._work(lambda store: store.intake.pages(_SEEN, now, busy=busy))
        chosen = [*_politely(wanted, self._flying.values())][:room]
        self._flying |= {asyncio.create_task(self._page(each)): each for each in chosen}
        return len(chosen)

    async def _page(self, waiting: Waiting) -> None:
        """Fetch a page; what cannot be had is tried again, or the entry itself has to do."""
        began = time.monotonic()
        try:
            response = await self._got(waiting)
        except FetchError as error:
            self._metrics.fetched("page", str(error.problem), time.monotonic() - began)
            log.info("the page of entry %s: %s", waiting.id, error)
            await self._work.write(_put_off, waiting, error, self._clock())
        else:
            self._metrics.fetched("page", "got", time.monotonic() - began)
            await self._work.write(_put, waiting, response)
        self._ready()

    async def _got(self, waiting: Waiting) -> Response:
        """Return the page of *waiting*; whatever goes wrong with it is a FetchError."""
        try:
            return await self._fetcher.page(waiting.page)
        except FetchError:
            raise
        except Exception as error:
            log.exception("the page of entry %s could not be fetched", waiting.id)
            raise FetchError(Problem.OTHER, "the page could not be fetched") from error


def _politely(wanted: Iterable[Waiting], flying: Iterable[Waiting]) -> Iterator[Waiting]:
    """Yield those of *wanted* that are not too many of one host, with what is asked already."""
    hosts = Counter(addresses.host(each.page) for each in flying)
    for each in wanted:
        host = addresses.host(each.page)
        if hosts[host] < OF_HOST:
            hosts[host] += 1
            yield each


def _put(store: Store, waiting: Waiting, response: Response) -> None:
    kind, url = response.content_type, response.url
    store.intake.with_page(waiting.id, response.body, content_type=kind, url=url)


def _put_off(store: Store, waiting: Waiting, error: FetchError, now: datetime) -> None:
    if error.problem in _PASSING:
        wait = min(_LONGEST, max(_AGAIN, timedelta(seconds=error.retry_after)))
        store.intake.retry(waiting.id, now + wait)
    else:
        store.intake.without_page(waiting.id)
