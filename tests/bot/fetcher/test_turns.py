"""Turns at hosts: few at once, apart, and no host before the others."""

import asyncio

import pytest

from bot.fetcher.turns import Turns


class Course:
    """Counts who is at which host."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.now = self.most = 0
        self.starts = 0

    async def run(self, host: str, *, gap: float = 0.0) -> None:
        async with self.turns.turn(host, gap=gap):
            self.starts += 1
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.005)
            self.now -= 1


async def test_so_many_are_at_one_host_and_no_more():
    course = Course(Turns(at_once=2, gap=0, most=64))

    await asyncio.gather(*(course.run("a") for _ in range(9)))

    assert course.most == 2


async def test_so_many_are_there_in_all_and_no_more():
    course = Course(Turns(at_once=2, gap=0, most=5))

    await asyncio.gather(*(course.run(f"host {n % 10}") for n in range(40)))

    assert course.most == 5


@pytest.mark.parametrize(("ours", "theirs"), [(3_600.0, 0.0), (0.0, 3_600.0)])
async def test_starts_at_one_host_are_apart_by_the_longer_of_both_waits(ours, theirs):
    course = Course(Turns(at_once=2, gap=ours, most=64))

    running = [asyncio.create_task(course.run("a", gap=theirs)) for _ in range(4)]
    await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.wait(running, timeout=0.2)
    for each in running:
        each.cancel()
    await asyncio.wait(running)

    assert course.starts == 1


async def test_who_waits_for_one_host_takes_no_place_from_others():
    turns = Turns(at_once=2, gap=3_600, most=1)
    async with turns.turn("a"):
        pass
    waiting = asyncio.create_task(Course(turns).run("a"))
    await asyncio.sleep(0)

    async with asyncio.timeout(5), turns.turn("b"):
        waiting.cancel()

    await asyncio.wait({waiting})


async def test_who_gives_up_leaves_the_place_free():
    turns = Turns(at_once=1, gap=0, most=1)
    async with turns.turn("a"):
        queued = [asyncio.create_task(Course(turns).run(host)) for host in "aabb"]
        await asyncio.sleep(0.01)
        for each in queued:
            each.cancel()
        await asyncio.wait(queued)

    async with asyncio.timeout(5), turns.turn("b"):
        pass


async def test_a_host_is_forgotten_when_its_time_is_up():
    turns = Turns(at_once=2, gap=0.01, most=64)

    for host in "abc":
        async with turns.turn(host):
            pass
    remembered = len(turns._lines)
    await asyncio.sleep(0.5)

    assert (remembered, turns._lines) == (3, {})
