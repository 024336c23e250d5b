"""What feeds have listed in, documents in the library out: analysed in workers, kept here.

Rows of the intake stay until their documents are in the library. So a crash anywhere loses nothing,
and what is read once more is the document that is there already.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from datetime import datetime
from functools import partial
from itertools import islice

from bot.collecting.pausing import again
from bot.collecting.pool import Pool
from bot.config import Config
from bot.metrics import Metrics
from bot.worker import Worker
from briefs import bulk, ingest
from briefs import recogniser as recognisers
from briefs.errors import BusyError, DaybriefError, StoreError
from briefs.model import Analysis, Waiting
from briefs.store import Kept, Store

log = logging.getLogger(__name__)

INTERVAL = 15.0  # seconds between two looks at what waits
_BATCH = 50  # documents that are kept in one transaction
_CHUNK = 6  # documents that a worker is given at once
_AHEAD = 5  # chunks for each worker: what it does while others are kept
_PLACED = 10  # documents that are put into stories in one transaction
_PATIENCE, _STEP = 5.0, 0.01  # seconds that it makes way for what is urgent, in steps
_READ = 128  # rows that are read at once
_LINGER = 120.0  # seconds that idle workers stay for

_Done = bulk.Done[Waiting, Analysis]
_Outcome = _Done | bulk.Quarantined[Waiting]


class Intake:
    """Reads what waits, as long as something does; what is *urgent* goes before it."""

    def __init__(
        self,
        work: Worker,
        settings: Config,
        *,
        metrics: Metrics,
        clock: Callable[[], datetime],
        urgent: Callable[[], bool] = lambda: False,
    ) -> None:
        self._work = work
        self._settings = settings
        self._metrics = metrics
        self._clock = clock
        self._urgent = urgent
        self._pool = Pool(partial(_workers, settings))
        self._used = time.monotonic()
        self._woken = asyncio.Event()
        self._stopping = False

    async def run(self) -> None:
        """Go on until cancelled."""
        await again(self.drain, self._woken, INTERVAL)

    def wake(self) -> None:
        """Look at once for what waits."""
        self._woken.set()

    async def drain(self) -> int:
        """Read all that waits and is at hand; return how many documents that were."""
        read = await self._work.slowly(self._drain)
        if read:
            self._used = time.monotonic()
        elif time.monotonic() - self._used > _LINGER:
            self._pool.close()
        return read

    def stop(self) -> None:
        """Read no more, whatever the workers are doing."""
        self._stopping = True
        self._pool.close()

    def _drain(self, store: Store) -> int:
        """Read what is at hand, new documents before those that a feed held already."""
        recogniser = self._settings.analysis.recogniser
        if not store.intake.batch(1):
            return 0
        recognisers.check(recogniser)  # once, and not as the fault of every document
        busy, read = set[int](), 0
        outcomes = bulk.run(
            self._lend,
            partial(_analyse, recogniser=recogniser),
            self._waiting(store, busy),
            chunk=_CHUNK,
            in_flight=_AHEAD * self._settings.workers(),
        )
        while batch := list(islice(outcomes, _BATCH)):
            self._keep(store, batch)
            busy.difference_update(each.item.id for each in batch)
            read += len(batch)
        return read

    def _waiting(self, store: Store, busy: set[int]) -> Iterator[Waiting]:
        while batch := store.intake.batch(_READ, busy=busy):
            busy.update(each.id for each in batch)
            for each in batch:
                self._go_on()
                yield each

    def _lend(self) -> Executor:
        self._go_on()
        return self._pool.lend()

    def _stored(
        self, store: Store, done: Sequence[_Done], refused: dict[int, str]
    ) -> Sequence[Kept]:
        """Keep what was found; what the store alone does not take is *refused*, and stops nothing.

        StoreError when it takes nothing at all: then it is no fault of the documents.
        """
        try:
            return store.documents.add_many([each.value for each in done], arrived=self._clock)
        except BusyError:
            raise
        except StoreError as error:
            kept = []
            for each in done:
                try:
                    kept.append(store.documents.add(each.value, arrived=self._clock))
                except StoreError as own:
                    refused[each.item.id] = str(own)
            if not kept:
                raise error from None
            return kept

    def _make_way(self) -> None:
        """Let what is urgent be done first; whoever writes on and on would starve it."""
        self._go_on()
        until = time.monotonic() + _PATIENCE
        while self._urgent() and time.monotonic() < until:
            time.sleep(_STEP)
        self._go_on()

    def _go_on(self) -> None:
        if self._stopping:
            raise DaybriefError("stopped half-way; the rest follows at the next start.")

    def _keep(self, store: Store, batch: Sequence[_Outcome]) -> None:
        """Keep what could be read, say why the rest could not, and let go of the rows."""
        self._make_way()
        refused = {each.item.id: _why(each) for each in batch if isinstance(each, bulk.Quarantined)}
        done = [each for each in batch if isinstance(each, bulk.Done)]
        kept = self._stored(store, done, refused)
        store.intake.settle([each.item.id for each in done if each.item.id not in refused])
        for number, reason in refused.items():
            log.info("entry %s is refused", number)
            store.intake.refuse(number, reason, self._clock())
        self._make_way()
        while ingest.place(store, most=_PLACED) == _PLACED:
            self._make_way()
        self._metrics.kept("refused", len(refused))
        for document in kept:
            self._metrics.kept(str(document.outcome))


def _workers(settings: Config) -> Executor:
    if settings.analysis.executor == "inline":
        return bulk.Inline()
    return bulk.processes(settings.workers())


def _analyse(waiting: Waiting, *, recogniser: str) -> Analysis:
    """Run in a worker."""
    return ingest.analyse(ingest.waiting(waiting), recogniser=recogniser)


def _why(refused: bulk.Quarantined[Waiting]) -> str:
    """Return the reason, without the name of what is refused before it."""
    return refused.reason.removeprefix(f"{ingest.waiting(refused.item).name}: ")
