"""/schedule edit, simulate and pause until, and the days and hours in which nothing is posted."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefs import timing
from briefs.model import State
from tests import fakes
from tests.discord_server import Server

MORNING = {"name": "morning", "time": "07:30", "timezone": "Europe/Kyiv"}


@asynccontextmanager
async def running(folder, text="", **options):
    """A bot with one schedule, called morning."""
    async with Server() as server, fakes.running(folder, server, text) as bot:
        made = await bot.ask("schedule create", channel=bot.discord.channel, **MORNING | options)
        assert "went wrong" not in made.text
        yield bot


def kept(bot):
    (schedule,) = bot.store.schedules.every()
    return schedule


async def test_what_not_every_month_has_and_what_is_moved_is_said_when_it_is_made(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        options = MORNING | {"days": "15,31", "quiet": "22:00-08:00", "skip": "12-25"}
        answer = await bot.ask("schedule create", channel=bot.discord.channel, **options)
        made = kept(bot)

    assert "A month that has no day 31 has no briefing for it." in answer.text
    assert "07:30 falls in the quiet hours (22:00-08:00)" in answer.text
    assert timing.spell_days(made.days) == "15,31"
    assert (timing.spell_skip(made.skip), timing.spell_quiet(made.quiet)) == (
        "12-25",
        "22:00-08:00",
    )


async def test_an_edit_changes_what_is_given_and_shows_the_next_times(tmp_path):
    async with running(tmp_path, about="bridges", skip="12-25") as bot:
        before = kept(bot)
        answer = await bot.ask(
            "schedule edit",
            name="morning",
            rename="evening",
            time="18:00",
            timezone="UTC",
            days="first mon",
            skip="none",
            quiet="22:00-07:00",
            about="none",
            length="20 lines",
            sections="lines,quotes",
        )
        after = kept(bot)
        listed = await bot.ask("schedule list")

    assert "Schedule **evening** is changed" in answer.text
    assert answer.text.count("<t:") == 3
    assert after == replace(
        timing.edit(
            before,
            datetime.now(UTC),
            sections=("lines", "quotes"),
            name="evening",
            times="18:00",
            timezone="UTC",
            days="first mon",
            skip="none",
            quiet="22:00-07:00",
            about="none",
            length="20 lines",
        ),
        planned_until=after.planned_until,
    )
    assert "18:00 first mon, UTC, quiet 22:00-07:00" in listed.text.replace("\\", "")


async def test_an_edit_of_the_channel_posts_there_from_then_on(tmp_path):
    async with running(tmp_path) as bot:
        news = bot.discord.add_channel(bot.discord.guild, "news")
        answer = await bot.ask("schedule edit", name="morning", channel=news)
        after = kept(bot)

    assert after.channel == news.id
    assert f"posts in <#{news.id}>" in answer.text


async def test_the_missing_permission_of_a_new_channel_is_named_and_nothing_changes(tmp_path):
    async with running(tmp_path) as bot:
        before = kept(bot)
        secret = bot.discord.add_channel(bot.discord.guild, "secret")
        bot.discord.permit(secret, bot.discord.bot, embed_links=False, send_messages=False)
        answer = await bot.ask("schedule edit", name="morning", channel=secret, time="09:00")
        after = kept(bot)

    assert "Send Messages" in answer.text
    assert (after.channel, after.times) == (before.channel, before.times)


async def test_a_time_of_today_that_has_passed_is_posted_late_and_said_so(tmp_path):
    now = datetime.now(UTC)
    ahead = 12 - now.hour  # hours to a zone in which it is about noon
    noon = now + timedelta(hours=ahead)
    soon, past = (f"{noon + timedelta(hours=n):%H:%M}" for n in (1, -1))
    async with running(tmp_path, time=soon, timezone=f"Etc/GMT{-ahead:+d}") as bot:
        answer = await bot.ask("schedule edit", name="morning", time=past)
        (row,) = bot.store.deliveries.of(bot.scope, kept(bot).id)

    assert f"the briefing of {noon:%Y-%m-%d} is posted now, because its time" in answer.text
    assert (row.date, row.state is State.SKIPPED) == (noon.date(), False)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"time": "25:00"}, "“25:00” is not a time of day"),
        ({"days": "32"}, "“32” is not a day"),
        ({"skip": "02-30"}, "“02-30” is not a date to skip"),
        ({"quiet": "night"}, "“night” are no quiet hours"),
        ({"skip": "01-01..12-31"}, "would never be due"),
        ({"length": "endless"}, "endless"),
        ({"sections": "gossip"}, "gossip"),
        ({"rename": "other"}, "There is a schedule “other” already"),
    ],
)
async def test_an_edit_that_makes_no_sense_is_refused_and_changes_nothing(tmp_path, options, said):
    async with running(tmp_path) as bot:
        other = MORNING | {"name": "other"}
        await bot.ask("schedule create", channel=bot.discord.channel, **other)
        before = bot.store.schedules.named(bot.scope, "morning")
        answer = await bot.ask("schedule edit", name="morning", **options)
        after = bot.store.schedules.named(bot.scope, "morning")

    assert said in answer.text.replace("\\", "")
    assert replace(after, planned_until=before.planned_until) == before


async def test_a_schedule_of_the_file_is_changed_there_and_paused_here(tmp_path):
    async with Server() as server:
        text = f'[[schedules]]\nname = "filed"\nchannel = {server.channel.id}\ntime = "07:30"\n'
        async with fakes.running(tmp_path, server, text) as bot:
            edited = await bot.ask("schedule edit", name="filed", time="09:00")
            paused = await bot.ask("schedule pause", name="filed", until="7d")

    assert "“filed” stands in config.toml: change it there." in edited.text.replace("\\", "")
    assert "is paused until" in paused.text


async def test_a_pause_with_an_end_says_when_it_goes_on_and_resume_ends_it(tmp_path):
    async with running(tmp_path) as bot:
        day = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}"
        paused = await bot.ask("schedule pause", name="morning", until=day)
        coming = await bot.ask("schedule next", name="morning")
        listed = await bot.ask("schedule list")
        resumed = await bot.ask("schedule resume", name="morning")
        after = kept(bot)

    assert f"**morning** is paused until {day} (Europe/Kyiv), and posts again <t:" in paused.text
    assert f"The schedule was paused until {day}." in coming.text
    assert f"paused until {day}; next <t:" in listed.text
    assert "is on again" in resumed.text
    assert (after.paused, after.paused_until) == ("", None)


@pytest.mark.parametrize("until", ["soon", "2020-01-01", "9999d"])
async def test_an_end_of_a_pause_that_makes_no_sense_is_refused(tmp_path, until):
    async with running(tmp_path) as bot:
        answer = await bot.ask("schedule pause", name="morning", until=until)
        after = kept(bot)

    assert f"“{until}”" in answer.text
    assert (after.paused, after.paused_until) == ("", None)


async def test_a_simulation_quotes_what_would_have_been_posted_and_records_nothing(tmp_path):
    now = datetime.now(UTC)
    at = f"{now - timedelta(minutes=20):%H:%M}"
    async with running(tmp_path, time=at, timezone="UTC") as bot:
        simulated = await bot.ask("schedule simulate", name="morning", days=3)
        rows = bot.store.deliveries.of(bot.scope, kept(bot).id)

    assert "3 due times, as if it had been on. Nothing is posted or recorded." in simulated.text
    assert simulated.text.count("Nothing new") == 3
    assert rows == ()


async def test_a_schedule_that_is_not_there_is_not_simulated(tmp_path):
    async with running(tmp_path) as bot:
        answer = await bot.ask("schedule simulate", name="evening")

    assert "There is no schedule called “evening”." in answer.text
