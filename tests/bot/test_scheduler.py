"""The tick: it comes at once, again and again, one at a time, and ends when it is told to."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.scheduler import Ticker


class Ticks:
    """Counts calls; *before* is awaited in each, and an error in *fails* is raised."""

    def __init__(self, before=None, fails=()):
        self.count = 0
        self.running = 0
        self.most = 0
        self.before = before
        self.fails = list(fails)
        self.came = asyncio.Event()

    async def __call__(self):
        self.count += 1
        self.running += 1
        self.most = max(self.most, self.running)
        self.came.set()
        try:
            if self.before:
                await self.before.wait()
            if self.fails:
                raise self.fails.pop()
        finally:
            self.running -= 1

    async def again(self, times):
        while self.count < times:
            self.came.clear()
            await self.came.wait()


@pytest.fixture
async def started():
    tickers = []

    def start(ticks, interval=0.02):
        ticker = Ticker(ticks, interval=interval)
        ticker.start()
        tickers.append(ticker)
        return ticker

    yield start
    for ticker in tickers:
        await ticker.stop(0.01)


async def test_the_first_tick_comes_at_once_and_more_follow(started):
    ticks = Ticks()
    started(ticks)

    async with asyncio.timeout(10):
        await ticks.again(3)


async def test_a_tick_that_fails_does_not_end_the_ticking(started, caplog):
    ticks = Ticks(fails=[ValueError("no")])
    started(ticks)
    async with asyncio.timeout(10):
        await ticks.again(2)

    assert "a tick failed" in caplog.text


async def test_a_tick_that_takes_long_is_not_run_twice_at_a_time(started):
    gate = asyncio.Event()
    ticks = Ticks(before=gate)
    started(ticks)
    async with asyncio.timeout(10):
        await ticks.again(1)
        await asyncio.sleep(0.1)
        gate.set()
        await ticks.again(2)

    assert ticks.most == 1


async def test_stopping_lets_a_tick_end_and_starts_no_other(started):
    gate = asyncio.Event()
    ticks = Ticks(before=gate)
    ticker = started(ticks)
    await ticks.again(1)
    asyncio.get_running_loop().call_later(0.05, gate.set)
    await ticker.stop(5)
    assert (ticks.count, ticks.running) == (1, 0)

    await asyncio.sleep(0.1)

    assert ticks.count == 1


async def test_stopping_does_not_wait_for_ever(started, caplog):
    ticks = Ticks(before=asyncio.Event())
    ticker = started(ticks)
    await ticks.again(1)
    await ticker.stop(0.01)
    await asyncio.sleep(0)

    assert ticks.running == 0
    assert not caplog.records


async def test_stopping_twice_or_before_the_start_does_nothing(started):
    ticker = Ticker(Ticks())
    await ticker.stop()
    running = started(Ticks())
    await running.stop()
    await running.stop()


async def test_a_clock_that_was_set_back_stalls_nothing(started):
    ticks = Ticks()
    ticker = started(ticks)
    await ticks.again(1)
    # what a clock that went back by a day leaves: the next run lies a day ahead
    ticker._job.modify(next_run_time=datetime.now(UTC) + timedelta(days=1))

    async with asyncio.timeout(10):
        await ticks.again(3)
