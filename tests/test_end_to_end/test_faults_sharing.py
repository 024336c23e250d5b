"""The PostgreSQL server goes away, refuses, or makes wait: nothing is posted twice or lost."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from bot.deliveries import Deliveries, recording
from briefs.model import State
from briefs.store import Store, deliveries, open_store
from tests.bot.deliveries.fakes import Door
from tests.cluster import Cluster
from tests.discord_server import Server
from tests.test_end_to_end import due, program
from tests.test_end_to_end.desk import Desk, opened
from tests.test_end_to_end.program import Program, running

NOTE = "Mayor Ada Quill opened the bridge on Monday. It cost 12 million euros."
LEASE = timedelta(seconds=62)


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    address = cluster.store()
    cluster.give_clock(address)
    yield address
    cluster.drop(address)


@pytest.fixture
async def desk(url: str) -> AsyncIterator[Desk]:
    with open_store(url) as store:
        async with Server() as server, opened(store, server) as desk:
            yield desk


@pytest.fixture
async def discord() -> AsyncIterator[Server]:
    async with Server() as discord:
        yield discord
    program.assert_clean(discord)


@pytest.fixture
def bot(tmp_path: Path, discord: Server, url: str) -> Program:
    """A program on PostgreSQL that has one document to brief on, and is not running."""
    program.configure(tmp_path, discord, more=f'[storage]\nurl = "{url}"\n')
    bot = Program(tmp_path, discord, url=url)
    due.document(bot, NOTE)
    return bot


async def pass_leases(desk: Desk, cluster: Cluster) -> None:
    """Let the time of a lease pass for everybody, and tick."""
    cluster.advance(desk.store.url, LEASE.total_seconds())
    desk.server.advance(LEASE.total_seconds())
    await desk.tick(after=LEASE)


class Sleeper(Door):
    """The way to the store of a process that is frozen right before one of its writes."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.left = 0  # writes, until that one
        self.asleep = asyncio.Event()
        self.awake = asyncio.Event()

    async def write(self, function, *args: object) -> object:
        """Write, and sleep before if this is the one."""
        self.left -= 1
        if self.left == 0:
            self.asleep.set()
            await self.awake.wait()
        return await super().write(function, *args)


async def slept_at(desk: Desk, cluster: Cluster, write: int) -> int | None:
    """Freeze a process before that *write*, past its leases and its nonces, and let it go on.

    Return how many messages another process and it have posted; None when it writes no so often.
    """
    channel = desk.server.add_channel(desk.server.guild, f"news-{write}")
    desk.due(f"daily {write}", channel)
    sleeper = Sleeper(desk.store)
    await desk.open(door=sleeper)
    sleeper.left, one = write, desk.deliveries
    desk.now += LEASE
    life, asleep = asyncio.create_task(live(one)), asyncio.create_task(sleeper.asleep.wait())
    await asyncio.wait({life, asleep}, return_when=asyncio.FIRST_COMPLETED)
    await desk.open()
    for _ in range(5):
        await pass_leases(desk, cluster)
    sleeper.awake.set()
    await life
    asleep.cancel()
    return len(channel.messages) if sleeper.left <= 0 else None


async def live(one: Deliveries) -> None:
    """Carry out all that is due now."""
    await one.tick()
    await one.settle()


async def messages_for_every_write(desk: Desk, cluster: Cluster) -> list[int]:
    """Freeze a process before each of its writes; return how many messages each due time gave."""
    found = []
    for write in count(1):
        messages = await slept_at(desk, cluster, write)
        if messages is None:
            return found
        found.append(messages)
    raise AssertionError


async def test_a_process_that_is_frozen_before_any_write_posts_nothing_twice(
    desk: Desk, cluster: Cluster
) -> None:
    found = await messages_for_every_write(desk, cluster)

    assert len(found) > 4
    assert set(found) == {1}


async def test_without_the_fence_a_process_that_was_frozen_would_post_twice(
    desk: Desk, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "_same", deliveries._key)
    monkeypatch.setattr(recording, "may_post", lambda _store, _row, _now: True)

    assert 2 in await messages_for_every_write(desk, cluster)


@contextlib.contextmanager
def ended_at(store: Store, cluster: Cluster, statement: int) -> Iterator[list[int]]:
    """Let the server end the connection right before that write; give the processes it ended."""
    ended: list[int] = []
    seen = count(1)

    def watch(connection, _cursor, *_more: object) -> None:
        if next(seen) == statement:
            process = connection.connection.driver_connection.info.backend_pid
            ended.append(process)
            cluster.sql(f"SELECT pg_terminate_backend({process}, 5000)")

    engine = store._database._writer
    event.listen(engine, "before_cursor_execute", watch)
    try:
        yield ended
    finally:
        event.remove(engine, "before_cursor_execute", watch)


async def test_a_connection_that_ends_at_any_statement_gives_one_message(
    desk: Desk, cluster: Cluster
) -> None:
    for statement in count(1):
        channel = desk.server.add_channel(desk.server.guild, f"news-{statement}")
        schedule = desk.due(f"daily {statement}", channel)
        with ended_at(desk.store, cluster, statement) as ended:
            await desk.tick(after=LEASE)
        for _ in range(3):  # longer than Discord remembers a nonce
            await pass_leases(desk, cluster)
        assert len(channel.messages) == 1
        assert desk.states_of(schedule) == ["sent"]
        if not ended:
            break

    assert statement > 20


async def test_a_server_that_is_restarted_delays_what_is_due_and_loses_nothing(
    desk: Desk, cluster: Cluster
) -> None:
    schedule = desk.due("daily", desk.server.channel)
    cluster.stop()
    await desk.tick(after=LEASE)
    before = len(desk.server.channel.messages)
    cluster.start()
    await pass_leases(desk, cluster)

    assert (before, len(desk.server.channel.messages)) == (0, 1)
    assert desk.states_of(schedule) == ["sent"]


async def test_what_a_process_was_posting_when_it_was_killed_is_settled_by_another(
    bot: Program, cluster: Cluster, url: str
) -> None:
    discord = bot.discord
    due.add(bot, due.schedule("daily", discord.channel))
    silence = discord.fail("POST", "/channels/*/messages", "silence", after=True)
    three = [Program(bot.folder, discord, "--role", "deliver", url=url) for _ in range(3)]
    async with contextlib.AsyncExitStack() as stack:
        for each in three:
            await stack.enter_async_context(running(each))
        await silence.reached(within=program.START)
        [posting] = [each for each in three if any("is sending" in line for line in each.log)]
        await posting.kill()
        frozen, other = [each for each in three if each is not posting]
        frozen.process.send_signal(signal.SIGSTOP)
        cluster.advance(url, LEASE.total_seconds())
        await other.logs("is sent")
        frozen.process.send_signal(signal.SIGCONT)

    [row] = due.ledger(bot)
    assert len(discord.channel.messages) == 1
    assert (row.state, row.how) == (State.SENT, "reconciled")


async def test_a_server_that_may_only_be_read_is_named_to_users_and_delays_what_is_due(
    bot: Program, cluster: Cluster, url: str
) -> None:
    discord = bot.discord
    due.add(bot, due.schedule("daily", discord.channel))
    due.look_again(bot, "daily", timedelta(seconds=8))
    words = {"name": "noon", "time": "12:00", "timezone": "UTC", "channel": discord.channel}
    async with running(bot):
        await bot.connected()
        read_only(cluster, "on")
        try:
            refused = await bot.ask("schedule create", **words)
            await bot.logs("nothing is posted for now")
            posts = len(discord.channel.messages)
        finally:
            read_only(cluster, "off")
        await bot.logs("is sent")
        taken = await bot.ask("schedule create", **words)

    assert "The store is unavailable" in refused.text
    assert "name the primary server in storage.url" in refused.text
    assert (posts, len(discord.channel.messages)) == (0, 1)
    assert "noon" in taken.text
    assert [row.state for row in due.ledger(bot)] == [State.SENT]


def read_only(cluster: Cluster, state: str) -> None:
    cluster.sql(f"ALTER SYSTEM SET default_transaction_read_only = {state}")
    cluster.sql("SELECT pg_reload_conf()")


async def test_a_table_that_is_locked_delays_what_is_due_and_lets_nobody_wait_long(
    bot: Program, cluster: Cluster, url: str
) -> None:
    discord = bot.discord
    due.add(bot, due.schedule("daily", discord.channel))
    due.look_again(bot, "daily", timedelta(seconds=8))
    async with running(bot):
        await bot.connected()
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE delivery, schedule IN ACCESS EXCLUSIVE MODE")
            asked = await bot.ask("schedule list")
            await bot.logs("nothing is posted for now")
            posts = len(discord.channel.messages)
        await bot.logs("is sent")

    assert "took too long to answer" in asked.text
    assert (posts, len(discord.channel.messages)) == (0, 1)
