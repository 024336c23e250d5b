"""What is due is posted once: whenever the program dies, and whatever Discord answers."""

import signal
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from briefs.model import State
from tests.discord_server import Server, text
from tests.test_end_to_end import due, program
from tests.test_end_to_end.program import Program, running

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


async def test_a_schedule_made_in_discord_is_posted_once_when_it_is_due(bot: Program) -> None:
    discord = bot.discord
    async with running(bot):
        await bot.connected()
        await bot.ask(
            "schedule create", name="dawn", channel=discord.news, time="07:30", timezone="UTC"
        )
        await bot.stop()
        due.move(bot, "dawn")
        await bot.start()
        await bot.logs("/1/1 is sent")
        await bot.stop()
        [row] = due.ledger(bot)
        await bot.start()
        await bot.connected()

    [message] = discord.news.messages
    assert "> Mayor Ada Quill opened the bridge on Monday." in text(message)
    assert (row.state, row.how, row.message) == (State.SENT, "posted", message.id)
    assert len(discord.sent(*POST)) == 1


async def test_a_schedule_of_the_file_is_posted_once_and_goes_when_it_is_taken_out(
    bot: Program,
) -> None:
    discord = bot.discord
    table = f'[[schedules]]\nname = "morning"\nchannel = {discord.channel.id}\ntime = "07:30"\n'
    program.configure(bot.folder, discord, more=table)
    async with running(bot):
        await bot.logs("schedules of config.toml: 1 new, 0 gone")
        await bot.stop()
        due.move(bot, "morning")
        now = due.ledger(bot)
        assert now == []
        moved = table.replace("07:30", due.clock(bot, "morning"))
        program.configure(bot.folder, discord, more=moved)
        await bot.start()
        await bot.logs("/1/1 is sent")
        await bot.connected()
        refused = await bot.ask("schedule delete", name="morning")
        await bot.stop()
        program.configure(bot.folder, discord)
        await bot.start()
        await bot.logs("schedules of config.toml: 0 new, 1 gone")

    assert "take it out there" in refused.text
    assert len(discord.channel.messages) == 1
    assert due.paused(bot, "morning") == "it is no longer in config.toml"


async def test_schedules_that_are_due_together_are_all_posted(bot: Program) -> None:
    discord = bot.discord
    places = (discord.channel, discord.channel, discord.news)
    due.add(bot, *(due.schedule(f"daily {n}", place) for n, place in enumerate(places)))
    async with running(bot):
        await bot.logs("/1/1 is sent", times=3)

    assert len(discord.channel.messages) == 2
    assert len(discord.news.messages) == 1
    assert {row.state for row in due.ledger(bot)} == {State.SENT}


async def _dies(bot: Program, moment: str) -> None:
    """Start *bot* with something due, and kill it at that *moment*."""
    match moment:
        case "when it is planned":
            await bot.start()
            await bot.logs("logging in")
        case "when the attempt is recorded":
            await bot.start()
            await bot.logs("is sending")
        case "before the request takes effect":
            fault = bot.discord.fail(*POST, "silence")
            await bot.start()
            await fault.reached()
        case "before the answer":
            fault = bot.discord.fail(*POST, "silence", after=True)
            await bot.start()
            await fault.reached()
        case "after the answer":
            await bot.start()
            await bot.discord.until(lambda: bot.discord.channel.messages, within=program.START)
        case "after the record":
            await bot.start()
            await bot.logs("is sent")
    await bot.kill()
    bot.discord.script.clear()


@pytest.mark.parametrize(
    "moment",
    [
        "when it is planned",
        "when the attempt is recorded",
        "before the request takes effect",
        "before the answer",
        "after the answer",
        "after the record",
    ],
)
async def test_a_kill_at_any_moment_neither_loses_nor_doubles_a_briefing(
    bot: Program, moment: str
) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    await _dies(bot, moment)

    async with running(bot):
        await bot.connected()
        await bot.discord.until(lambda: bot.discord.channel.messages, within=program.START)

    [row] = due.ledger(bot)
    [message] = bot.discord.channel.messages
    assert (row.state, row.message) == (State.SENT, message.id)


async def test_a_kill_that_was_long_ago_is_settled_by_what_stands_in_the_channel(
    bot: Program,
) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    await _dies(bot, "before the answer")
    due.age(bot, timedelta(minutes=10))
    bot.discord.advance(600)

    async with running(bot):
        await bot.logs("is sent")

    [row] = due.ledger(bot)
    [message] = bot.discord.channel.messages
    assert (row.state, row.how, row.message) == (State.SENT, "reconciled", message.id)


async def test_a_channel_that_is_gone_pauses_its_schedule_and_is_told_once(bot: Program) -> None:
    discord = bot.discord
    lost = discord.add_channel(discord.guild, "lost")
    due.add(bot, due.schedule("one", lost), due.schedule("two", discord.channel))
    discord.delete_channel(lost)
    async with running(bot):
        await bot.logs("/1/1 is failed")
        await bot.logs("/1/1 is sent")
        await bot.restart()

    [told] = discord.world.direct(discord.owner).messages
    assert "“one”" in told.content.replace("\\", "")
    assert "Unknown Channel" in told.content
    assert "Unknown Channel" in due.paused(bot, "one")
    assert [row.state for row in due.ledger(bot)] == [State.FAILED, State.SENT]
    assert len(discord.sent("POST", f"/channels/{lost.id}/messages")) == 1


async def test_being_told_to_stop_while_posting_lets_the_post_end(bot: Program) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    slow = bot.discord.fail(*POST, "slow", seconds=2.0)
    async with running(bot):
        await slow.reached(within=program.START)
        status = await bot.stop(within=10.0)

    assert status == 0
    [row] = due.ledger(bot)
    assert row.state is State.SENT
    assert len(bot.discord.channel.messages) == 1


async def test_a_post_that_does_not_end_in_time_is_settled_at_the_next_start(
    bot: Program,
) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    silence = bot.discord.fail(*POST, "silence", after=True)
    async with running(bot):
        await silence.reached(within=program.START)
        began = time.monotonic()
        status = await bot.stop(within=10.0)
        seconds = time.monotonic() - began
        [left] = due.ledger(bot)
        await bot.start()
        await bot.logs("is sent")

    assert status == 0
    assert seconds < 10
    assert left.state is State.SENDING
    [row] = due.ledger(bot)
    assert (row.state, row.how) == (State.SENT, "posted")
    assert len(bot.discord.channel.messages) == 1


async def test_being_told_to_stop_when_idle_is_done_at_once(bot: Program) -> None:
    async with running(bot):
        await bot.ready()
        began = time.monotonic()
        status = await bot.stop()
        seconds = time.monotonic() - began

    assert status == 0
    assert seconds < 3
    assert bot.log[-1].endswith("stopped")


async def test_ctrl_c_and_a_second_signal_end_it_as_cleanly(bot: Program) -> None:
    async with running(bot):
        await bot.connected()
        bot.process.send_signal(signal.SIGINT)
        status = await bot.stop()

    assert status == 0
    assert bot.log[-1].endswith("stopped")
