"""Every due time can say what became of it and why, in Discord and on the command line."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.discord_server import Server
from tests.test_end_to_end import due, program
from tests.test_end_to_end.program import Program, call, running

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


async def told(bot: Program, name: str, *more: str) -> dict:
    """Return what `schedule why` says on the command line, beside a running program or not."""
    status, out, err = await call(bot.folder, "schedule", "why", name, *more, "--json")
    assert status == 0, err
    return json.loads(out)


async def test_a_briefing_that_was_posted_tells_its_stages_everywhere(bot: Program) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    async with running(bot):
        await bot.connected()
        await bot.logs("/1/1 is sent")
        why = await told(bot, "daily")
        answer = await bot.ask("schedule why", name="daily")
        listed = await bot.ask("schedule history")

    stages = {stage["name"]: stage["text"] for stage in why["stages"]}
    [message] = bot.discord.channel.messages
    link = f"/{bot.discord.guild.id}/{bot.discord.channel.id}/{message.id}"
    assert stages["candidates"] == "1 document arrived in the window"
    assert stages["filtered"] == "0 documents not on the topic"
    assert stages["permissions"] == "all there in #general."
    assert list(stages)[:3] == ["due", "claimed", "permissions"]
    assert why["delivery"]["state"] == "sent"
    assert why["delivery"]["messages"][0].endswith(link)
    for shown in (answer.text, listed.text):
        assert link in shown
    for name in stages:
        assert f"**{name}**" in answer.text


async def test_what_is_about_something_else_is_told_to_be_filtered(bot: Program) -> None:
    made = replace(due.schedule("daily", bot.discord.channel), about="volcano")
    due.add(bot, made)
    async with running(bot):
        await bot.logs("/1/1 is sent")

    why = await told(bot, "daily")
    stages = {stage["name"]: stage["text"] for stage in why["stages"]}
    assert stages["filtered"] == "1 document not on the topic “volcano”"
    assert "none about “volcano”" in stages["nothing"]


async def test_nothing_new_is_told_with_the_window(tmp_path: Path, discord: Server) -> None:
    program.configure(tmp_path, discord)
    bot = Program(tmp_path, discord)
    due.add(bot, due.schedule("daily", discord.channel))
    async with running(bot):
        await bot.logs("/1/1 is sent")

    why = await told(bot, "daily")
    stages = {stage["name"]: stage["text"] for stage in why["stages"]}
    assert stages["candidates"] == "0 documents arrived in the window"
    assert stages["nothing"].startswith("Nothing new: no document arrived between")


async def test_a_channel_that_is_gone_is_named_as_the_cause(bot: Program) -> None:
    lost = bot.discord.add_channel(bot.discord.guild, "lost")
    due.add(bot, due.schedule("daily", lost))
    bot.discord.delete_channel(lost)
    async with running(bot):
        await bot.logs("/1/1 is failed")

    why = await told(bot, "daily")
    assert why["delivery"]["state"] == "failed"
    assert "Unknown Channel" in why["delivery"]["reason"]
    assert "Unknown Channel" in why["paused"]


async def test_a_revoked_token_is_named_as_the_cause(bot: Program) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    bot.discord.fail("POST", "/channels/*/messages", 401)
    async with running(bot):
        await bot.ended(program.START)
        assert bot.process.returncode == 1

    why = await told(bot, "daily")
    assert why["delivery"]["state"] == "ready"
    assert "Discord refused the token" in why["delivery"]["reason"]


async def test_a_permission_that_is_missing_is_named_with_where_it_is(bot: Program) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    bot.discord.permit(bot.discord.channel, send_messages=False)
    async with running(bot):
        await bot.logs("/1/1 is failed")

    why = await told(bot, "daily")
    needed = "Daybrief needs Send Messages in #general: allow it there."
    assert (why["delivery"]["state"], why["delivery"]["reason"]) == ("failed", needed)
    assert why["paused"] == ""


async def test_a_token_that_is_refused_at_the_start_is_named_while_nothing_runs(
    bot: Program,
) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    bot.discord.revoke_token()
    await bot.start()
    await bot.ended(program.START)

    why = await told(bot, "daily")
    assert why["delivery"]["state"] == "planned"
    assert why["delivery"]["reason"].startswith("Daybrief has not been running since")
    assert "It had ended by itself: Discord refuses the bot's token" in why["delivery"]["reason"]


async def test_an_outage_is_named_while_it_lasts_and_after_it(bot: Program) -> None:
    now = datetime.now(UTC)
    made = due.schedule("daily", bot.discord.channel)
    before = now - timedelta(hours=3)
    due.add(bot, replace(made, created=before, planned_until=before))
    due.move_to(bot, now - timedelta(minutes=40))
    due.looked(bot, before)
    during = await told(bot, "daily")
    async with running(bot):
        await bot.logs("/1/1 is sent")
        after = await told(bot, "daily")
        answer = await bot.ask("schedule why", name="daily")

    stages = {stage["name"]: stage["text"] for stage in after["stages"]}
    assert during["delivery"]["reason"].startswith("Daybrief has not been running since")
    assert "it was killed, or the power failed" in during["delivery"]["reason"]
    assert stages["late"].startswith("Daybrief was not running from")
    assert "(UTC, 3 hours). It had ended without a word" in stages["late"]
    assert "**late**" in answer.text


async def test_a_stop_on_purpose_is_told_as_that(bot: Program) -> None:
    async with running(bot):
        await bot.logs("logging in")
    due.add(bot, due.schedule("daily", bot.discord.channel))

    why = await told(bot, "daily")
    assert "It had been told to stop." in why["delivery"]["reason"]


async def test_a_long_time_without_the_program_is_named_as_the_cause(bot: Program) -> None:
    now = datetime.now(UTC)
    made = due.schedule("daily", bot.discord.channel)
    long_ago = now - timedelta(days=5)
    due.add(bot, replace(made, created=long_ago, planned_until=long_ago, covered_until=long_ago))
    async with running(bot):
        await bot.logs("/1/1 is sent")

    missed = (now - timedelta(days=3)).date().isoformat()
    why = await told(bot, "daily", "--date", missed)
    assert why["delivery"]["state"] == "skipped"
    assert "Daybrief was not running then or the clock jumped" in why["delivery"]["reason"]
    status, out, _ = await call(bot.folder, "schedule", "history", "daily", "--json")
    states = [each["state"] for each in json.loads(out)["deliveries"]]
    assert status == 0
    assert states == ["sent", "skipped", "skipped", "skipped", "skipped"]


async def test_a_day_that_has_not_come_says_when_it_will_be_due(bot: Program) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    tomorrow: date = (datetime.now(UTC) + timedelta(days=1)).date()
    why = await told(bot, "daily", "--date", tomorrow.isoformat())
    status, out, _ = await call(
        bot.folder, "schedule", "why", "daily", "--date", tomorrow.isoformat()
    )

    assert why["delivery"] is None
    assert [at[:10] for at in why["next"]] == [tomorrow.isoformat()]
    assert status == 0
    assert "That day has not come yet." in out


async def test_a_schedule_that_is_not_there_is_answered_with_what_is_near(bot: Program) -> None:
    due.add(bot, due.schedule("daily", bot.discord.channel))
    status, _, err = await call(bot.folder, "schedule", "why", "dayly")

    assert status == 1
    assert "There is no schedule called “dayly”" in err
    assert "daily" in err
