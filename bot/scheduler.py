"""A coroutine in, called every fifteen seconds out. The only module that knows APScheduler.

It owns no due time: those are rows. So a clock that jumps, a suspended machine or a blocked loop
costs one tick at most, and never a briefing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

INTERVAL = 15.0  # seconds
_LAST = 1.0  # seconds for what is cancelled to end


class Ticker:
    """Calls *tick* at once and then at an *interval* in seconds, never twice at the same time."""

    def __init__(self, tick: Callable[[], Awaitable[None]], *, interval: float = INTERVAL) -> None:
        self._tick = tick
        self._interval = timedelta(seconds=interval)
        self._scheduler: Any = AsyncIOScheduler(timezone=UTC)
        self._job: Any = None
        self._running: asyncio.Future[None] | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopped = False
        self._watch: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin; call it where the event loop runs."""
        self._job = self._scheduler.add_job(
            self._run,
            IntervalTrigger(seconds=self._interval.total_seconds(), timezone=UTC),
            next_run_time=datetime.now(UTC),
            misfire_grace_time=None,  # late is better than never
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()
        self._keep_watch()

    async def stop(self, timeout: float = 8.0) -> None:  # noqa: ASYNC109 - it is no error to exceed it
        """Call no more, and give a call that is under way *timeout* seconds to end."""
        self._stopped = True
        if self._watch is not None:
            self._watch.cancel()
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        if tick := self._running:
            await asyncio.wait({tick}, timeout=timeout)
            tick.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST):
                await self._idle.wait()
        self._scheduler.shutdown(wait=False)  # what runs now it would cancel, and log as an error
        await asyncio.sleep(0)  # it ends in a callback

    async def _run(self) -> None:
        if self._stopped:
            return
        self._idle.clear()
        self._running = asyncio.ensure_future(self._tick())
        await asyncio.wait({self._running})  # an error in it is no affair of the scheduler's
        self._log_failure(self._running)
        self._running = None
        self._idle.set()

    def _log_failure(self, tick: asyncio.Future[None]) -> None:
        if not tick.cancelled() and (error := tick.exception()):
            log.error("a tick failed; the next one goes on", exc_info=error)

    def _keep_watch(self) -> None:
        """Bring the job back when the clock was set back: it waits for a time of day else."""
        soon = datetime.now(UTC) + self._interval
        if self._job.next_run_time > soon:
            self._job.modify(next_run_time=soon)
        seconds = self._interval.total_seconds()
        self._watch = asyncio.get_running_loop().call_later(seconds, self._keep_watch)
