"""The program dies, is stopped, or its machine fails it: nothing is posted twice or lost."""

import asyncio
import contextlib
import resource
import signal
import sqlite3
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot import markup
from briefs.model import State
from briefs.store import open_store
from tests.briefs import look_alikes
from tests.discord_server import Server
from tests.test_end_to_end import due, program
from tests.test_end_to_end.program import Program, call, running

POST = ("POST", "/channels/*/messages")
NOTE = "Mayor Ada Quill opened the bridge on Monday. It cost 12 million euros."


@pytest.fixture
async def discord() -> AsyncIterator[Server]:
    async with Server() as discord:
        yield discord
    program.assert_clean(discord)


@pytest.fixture
def bot(tmp_path: Path, discord: Server) -> Program:
    """A program that has one document to brief on, and is not running."""
    program.configure(tmp_path, discord)
    bot = Program(tmp_path, discord)
    due.document(bot, NOTE)
    return bot


async def killed_at(bot: Program, request: int) -> bool:
    """Start *bot* and kill it at that request of its life; False when it makes no such request."""
    discord = bot.discord
    wanted = len(discord.requests) + request
    await bot.start()
    reached = asyncio.create_task(
        discord.until(lambda: len(discord.requests) >= wanted, within=program.START)
    )
    sent = asyncio.create_task(bot.logs("is sent"))
    await asyncio.wait({reached, sent}, return_when=asyncio.FIRST_COMPLETED)
    met = reached.done()
    for task in (reached, sent):
        task.cancel()
    await asyncio.gather(reached, sent, return_exceptions=True)
    await bot.kill()
    return met


async def test_a_kill_at_any_request_of_its_life_gives_one_message(bot: Program) -> None:
    discord = bot.discord
    for request in count(1):
        channel = discord.add_channel(discord.guild, f"news-{request}")
        due.add(bot, due.schedule(f"daily {request}", channel))
        met = await killed_at(bot, request)
        async with running(bot):
            await discord.until(lambda here=channel: here.messages, within=program.START)
            await bot.connected()
        assert len(channel.messages) == 1
        if not met:
            break

    assert request > 4
    assert {row.state for row in due.ledger(bot)} == {State.SENT}


async def test_a_kill_between_parts_posts_the_rest_and_none_twice(bot: Program) -> None:
    discord = bot.discord
    discord.permit(discord.channel, embed_links=False)  # less fits in a message
    for event, (report, *_) in look_alikes.EVENTS.items():
        due.document(bot, report, title=event)
    due.add(bot, replace(due.schedule("daily", discord.channel), length="long"))
    third = discord.fail(*POST, "silence", skip=2)
    async with running(bot):
        await third.reached(within=program.START)
        await bot.kill()
        discord.script.clear()
        await bot.start()
        parts = due.ledger_beside(bot)[0].parts
        await bot.logs(f"/1/{parts} is sent")

    rows = due.ledger(bot)[::-1]
    assert parts >= 3
    assert [row.message for row in rows] == [message.id for message in discord.channel.messages]
    assert {row.state for row in rows} == {State.SENT}


async def test_a_kill_that_cannot_be_settled_is_uncertain_told_and_not_posted_again(
    bot: Program,
) -> None:
    discord = bot.discord
    due.add(bot, due.schedule("daily", discord.channel))
    silence = discord.fail(*POST, "silence", after=True)
    async with running(bot):
        await silence.reached(within=program.START)
        await bot.kill()
        discord.script.clear()
        due.age(bot, timedelta(minutes=10))
        discord.advance(600)
        discord.permit(discord.channel, read_message_history=False)
        await bot.start()
        await bot.logs("is uncertain")

    [row] = due.ledger(bot)
    told = [message.content for message in discord.world.direct(discord.owner).messages]
    assert row.state is State.UNCERTAIN
    assert len(discord.channel.messages) == 1
    assert any("Read Message History" in each for each in told)


async def test_a_gateway_that_is_down_keeps_no_briefing_from_being_posted(bot: Program) -> None:
    discord = bot.discord
    due.add(bot, due.schedule("daily", discord.channel))
    await discord.gateway_down()
    async with running(bot):
        await bot.logs("is sent")
        await discord.gateway_up()

    assert len(discord.channel.messages) == 1


async def test_a_frozen_process_posts_late_and_once_when_it_goes_on(bot: Program) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    async with running(bot):
        await bot.logs("logging in")
        bot.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(5.0)
        bot.process.send_signal(signal.SIGCONT)
        await bot.logs("is sent")

    assert len(bot.discord.channel.messages) == 1
    assert [row.state for row in due.ledger(bot)] == [State.SENT]


async def test_a_restored_backup_posts_nothing_old_again(bot: Program) -> None:
    discord = bot.discord
    due.add(bot, due.schedule("daily", discord.channel))
    copy = bot.folder / "yesterday.db"
    status, _, err = await call(bot.folder, "backup", str(copy))
    assert status == 0, err
    async with running(bot):
        await bot.logs("is sent")
    status, _, err = await call(bot.folder, "restore", str(copy))
    assert status == 0, err
    async with running(bot):
        await bot.ready()

    [row] = due.ledger(bot)
    assert len(discord.channel.messages) == 1
    assert (row.state, "backup was restored" in row.reason) == (State.SKIPPED, True)


async def test_a_disk_that_is_full_posts_nothing_until_there_is_room(bot: Program) -> None:
    discord = bot.discord
    due.add(bot, due.schedule("daily", discord.channel))
    due.look_again(bot, "daily", timedelta(seconds=8))
    async with running(bot):
        await bot.connected()
        _, most = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (1, most))
        await bot.logs("nothing is posted for now")
        posts = discord.sent(*POST)
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (most, most))
        await bot.logs("is sent")

    assert posts == []
    assert len(discord.channel.messages) == 1
    with open_store(bot.url) as store:
        assert store.check() == ()


async def test_a_second_process_on_the_same_file_refuses_and_the_first_goes_on(
    bot: Program,
) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    async with running(bot):
        await bot.logs("is sent")
        status, _, err = await call(bot.folder, "run", token=bot.discord.token)

    assert status == 1
    assert "is using" in err
    assert len(bot.discord.channel.messages) == 1


async def test_a_database_that_is_locked_posts_nothing_and_says_so_until_it_is_free(
    bot: Program,
) -> None:
    """Another program holds it for thirty seconds; who asks meanwhile hears of it."""
    discord = bot.discord
    due.add(bot, due.schedule("daily", discord.channel))
    due.look_again(bot, "daily", timedelta(seconds=8))
    async with running(bot):
        await bot.connected()
        path = bot.folder / "daybrief.db"
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            answer = bot.act("who", name="Ada Quill")
            await answer.responded()
            first = time.monotonic() - began
            told = await answer.done()
            await bot.logs("nothing is posted for now")
            await asyncio.sleep(max(0.0, 30 - (time.monotonic() - began)))
            posts = discord.sent(*POST)
            other.execute("ROLLBACK")
        await bot.logs("is sent")

    assert first < 3
    assert "daybrief.db is locked by another program" in markup.unescape(told.text)
    assert posts == []
    assert len(discord.channel.messages) == 1


async def test_a_server_that_throws_us_out_in_the_middle_of_a_run_is_paused_and_no_other(
    bot: Program,
) -> None:
    discord = bot.discord
    other = discord.add_guild("Other Newsroom")
    theirs = next(iter(other.channels.values()))
    due.add(bot, due.schedule("theirs", theirs), due.schedule("ours", discord.channel))
    for name in ("theirs", "ours"):
        due.look_again(bot, name, timedelta(seconds=6))
    broken = discord.fail("POST", f"/channels/{theirs.id}/messages", 503)
    async with running(bot):
        await bot.ready()
        await broken.reached(within=program.START)  # and is tried again
        discord.kick(other)
        await discord.until(lambda: due.paused(bot, "theirs", running=True))
        await bot.logs("is failed")
        paused = due.paused(bot, "theirs", running=True)
        discord.let_in(other)
        await discord.until(lambda: not due.paused(bot, "theirs", running=True))

    rows = {row.channel: row.state for row in due.ledger(bot)}
    assert paused == "Daybrief is no longer in this server"
    assert rows == {theirs.id: State.FAILED, discord.channel.id: State.SENT}
    assert theirs.messages == []
    assert len(discord.channel.messages) == 1
