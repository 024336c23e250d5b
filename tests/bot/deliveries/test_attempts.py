"""An attempt and the right to it are one; requests wait for their turn."""

import asyncio
import time

from bot.deliveries import attempts
from bot.deliveries.budget import PER_SECOND, Budget
from briefs import ledger


class Line:
    """A courier that only counts."""

    def __init__(self):
        self.posts = 0

    async def post(self, channel, payload):
        self.posts += 1
        return ledger.Accepted(7)


def saying(answer):
    async def may_post():
        return answer == "yes"

    return may_post


async def test_what_is_ours_is_posted_and_what_is_not_is_left():
    line = Line()

    assert await attempts.post(line, 5, b"{}", saying("yes")) == ledger.Accepted(7)
    assert await attempts.post(line, 5, b"{}", saying("no")) is None
    assert line.posts == 1


async def test_who_is_frozen_between_the_look_and_the_post_does_not_post(monkeypatch):
    monkeypatch.setattr(attempts, "TIMEOUT", 0.2)
    line = Line()

    async def frozen():
        await asyncio.sleep(0)
        time.sleep(0.3)  # noqa: ASYNC251 - the process stands still
        await asyncio.sleep(0)
        return True

    assert isinstance(await attempts.post(line, 5, b"{}", frozen), ledger.Lost)
    assert line.posts == 0


async def test_each_of_several_processes_makes_its_part_of_the_requests():
    budget = Budget()
    budget.share(5)
    began = asyncio.get_running_loop().time()
    await asyncio.gather(*(budget.turn() for _ in range(4)))
    took = asyncio.get_running_loop().time() - began

    assert took >= 3 * 5 / PER_SECOND
