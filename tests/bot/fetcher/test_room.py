"""What is large and in memory at once is bounded, and what is small never waits for it."""

import asyncio
import gc
import threading

import pytest
from aiohttp import web

from bot.fetcher import FetchError, Limits
from bot.fetcher.room import LITTLE, Room
from briefs.model import Problem
from tests.bot.fetcher.sites import FEED, RSS, fetcher, paths, says, site

LARGE = FEED + b" " * LITTLE
MANY = Limits(gap=0.0, at_once=20, total=3.0)


async def test_only_so_many_large_bodies_are_held_until_one_is_let_go_of():
    both = paths(large=says(LARGE, RSS), small=says(FEED, RSS))
    async with site(both) as here, fetcher(here, limits=MANY) as fetch:
        held = [await fetch.get(here.url("/large")) for _ in range(8)]
        ninth = asyncio.create_task(fetch.get(here.url("/large")))
        small = [await fetch.get(here.url("/small")) for _ in range(20)]
        waited = not ninth.done()
        del held[0]
        gc.collect()
        got = await ninth

    assert waited
    assert {each.body for each in small} == {FEED}
    assert got.body == LARGE


async def test_large_bodies_that_are_refused_leave_their_places():
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": RSS})
        await answer.prepare(request)
        await answer.write(LARGE * 3)
        return answer

    async with site(endless) as here, fetcher(here, limits=MANY) as fetch:
        for _ in range(10):
            with pytest.raises(FetchError) as raised:
                await fetch.get(here.url(), largest=LITTLE * 2)
            assert raised.value.problem is Problem.TOO_LARGE


async def test_waiting_for_a_place_is_none_of_the_time_that_a_site_has():
    room = Room(1)
    async with asyncio.timeout(60) as limit:
        first, second = room.lot(limit), room.lot(limit)
        await first.enlarge()
        due = limit.when()
        waiting = asyncio.create_task(second.enlarge())
        await asyncio.sleep(0)
        while_it_waits = limit.when()
        first.place = None
        await waiting

    assert while_it_waits > due
    assert due <= limit.when() < while_it_waits


async def test_a_place_comes_back_from_another_thread_and_after_the_end():
    room = Room(1)
    async with asyncio.timeout(60) as limit:
        held = [room.lot(limit)]
        await held[0].enlarge()
        await held[0].enlarge()  # is large already
        thread = threading.Thread(target=held.clear)
        thread.start()
        thread.join()
        last = room.lot(limit)
        await last.enlarge()

    assert last.place is not None
