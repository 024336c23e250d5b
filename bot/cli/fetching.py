"""Addresses in, what is there out: what the command line fetches itself, as the bot does."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple, TypeVar

from bot.collecting import Collector, discovering, pages
from bot.collecting.discovering import Discovered
from bot.config import Config
from bot.fetcher import Fetcher
from bot.metrics import Metrics
from bot.worker import Worker
from briefs import bulk
from briefs.ingest import Source
from briefs.model import Scope
from briefs.store import Store

T = TypeVar("T")


class Collected(NamedTuple):
    """What came of asking feeds that were due."""

    asked: int
    read: int  # documents
    told: tuple[str, ...]  # to who looks after the feeds


def discover(
    store: Store, settings: Config, url: str, *, headers: tuple[tuple[str, str], ...] = ()
) -> Discovered:
    """Find the feed at *url*, or those of its page; what is wrong is raised."""

    async def find(work: Worker, fetcher: Fetcher) -> Discovered:
        return await discovering.discover(fetcher, work, url, headers=headers)

    return _live(store, settings, find)


def page(settings: Config, url: str, scope: Scope) -> Source:
    """Fetch what is at *url*, as robots.txt permits."""

    async def fetch() -> Source:
        async with Fetcher(settings.network) as fetcher:
            return await pages.fetch(fetcher, url, scope)

    return asyncio.run(fetch())


def collect(store: Store, settings: Config) -> Collected:
    """Ask all feeds that are due, and read what they list, as the bot does."""
    told: list[str] = []

    async def tell(scope: Scope, text: str) -> None:
        del scope
        told.append(text)

    async def run(work: Worker, fetcher: Fetcher) -> Collected:
        collector = Collector(work, fetcher, settings, metrics=Metrics(), tell=tell)
        try:
            asked = await collector.tick()
            await collector.pages.fetch()
            read = await collector.intake.drain()
        finally:
            collector.stop()
        return Collected(asked, read, tuple(told))

    return _live(store, settings, run)


def _live(
    store: Store, settings: Config, act: Callable[[Worker, Fetcher], Coroutine[Any, Any, T]]
) -> T:
    async def live() -> T:
        work = Worker(store, partial(_one, settings))
        try:
            async with Fetcher(settings.network) as fetcher:
                return await act(work, fetcher)
        finally:
            work.close()

    return asyncio.run(live())


def _one(settings: Config) -> Executor:
    if settings.analysis.executor == "inline":
        return ThreadPoolExecutor(1, "daybrief-analysis")
    return bulk.processes(1)
