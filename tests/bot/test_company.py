"""Processes that share a store: what each learns of the others, and whose turn it is."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from bot.client import company
from bot.client.company import Company
from bot.config import Role
from bot.deliveries.budget import PER_SECOND
from bot.worker import Worker
from briefs.store import open_store


@pytest.fixture
def url(cluster):
    address = cluster.store()
    cluster.give_clock(address)
    yield address
    cluster.drop(address)


class Processes(ExitStack):
    """Makes processes on one store, as far as they know of each other."""

    def __init__(self, url):
        super().__init__()
        self.url = url

    def made(self, role, *, shards=()):
        store = self.enter_context(open_store(self.url))
        work = Worker(store, lambda: ThreadPoolExecutor(1))
        self.callback(work.close)
        return Company(work, role, shared=store.shared, shards=shards)


async def test_one_keeps_the_library_and_those_that_post_share_what_the_token_may_ask(cluster, url):
    with Processes(url) as processes:
        bots = [processes.made(Role.BOT) for _ in range(2)]
        posting = [processes.made(Role.DELIVER) for _ in range(3)]
        for each in [*bots, *posting, *posting]:
            await each.beat()
        first = [each.keeps for each in (*bots, *posting)]
        shares = {each.budget._apart for each in posting}
        await bots[0].leave()
        cluster.advance(url, 30)
        await bots[1].beat()
        cluster.advance(url, 31)
        await posting[0].beat()

        assert first == [True, False, False, False, False]
        assert bots[1].keeps
        assert shares == {3 / PER_SECOND}
        assert posting[0].budget._apart == 1 / PER_SECOND


async def test_the_clock_of_the_database_counts(cluster, url, caplog):
    with Processes(url) as processes:
        cluster.advance(url, 3600)
        one = processes.made(Role.ALL)
        with caplog.at_level(logging.WARNING):
            await one.beat()
        ahead = one.now() - datetime.now(UTC)

        assert abs(ahead - timedelta(hours=1)) < timedelta(seconds=5)
        assert "clock is +3600 s off" in caplog.text


async def test_turns_come_one_after_the_other(url, monkeypatch):
    monkeypatch.setattr(company, "_LOOK", 0.01)
    monkeypatch.setattr(company, "_IDENTIFY", timedelta(seconds=0.5))
    inside = []
    with Processes(url) as processes:
        both = [processes.made(Role.BOT) for _ in range(2)]

        async def publish(one):
            async with one.turn("commands"):
                inside.append(len(inside) % 2)
                await asyncio.sleep(0.05)
                inside.append(len(inside) % 2)

        await asyncio.gather(*map(publish, both))
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(one.identify(bucket) for bucket in (0, 1) for one in both))
        took = asyncio.get_running_loop().time() - began

    assert inside == [0, 1, 0, 1]
    assert took >= 0.5


@pytest.mark.parametrize(
    ("shards", "warned"), [([(), ()], 1), ([(0,), (1,)], 0), ([(0,), (0,)], 1)]
)
async def test_two_that_would_answer_the_same_commands_are_told(url, caplog, shards, warned):
    with Processes(url) as processes:
        both = [processes.made(Role.BOT, shards=each) for each in shards]
        with caplog.at_level(logging.WARNING):
            for _ in range(8):
                for one in both:
                    await one.beat()

    told = [each for each in caplog.messages if "discord.shard_ids" in each]
    assert len(told) == warned


async def test_who_is_alone_with_a_file_has_every_turn_at_once(tmp_path):
    with Processes(f"sqlite:///{tmp_path}/x.db") as processes:
        one = processes.made(Role.ALL)
        await one.beat()
        await asyncio.wait_for(one.live(), 1)
        async with one.turn("commands"), one.turn("commands"):
            pass

        assert one.keeps
        assert abs(one.now() - datetime.now(UTC)) < timedelta(seconds=1)
