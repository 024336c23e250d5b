"""Briefings go where they are wanted: threads, forums, followers, one person, one role notified."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import markup
from briefs.model import Publishing, Schedule, State
from tests.discord_server import Channel, Kind, Permission, Server, text
from tests.test_end_to_end import due, program
from tests.test_end_to_end.program import Program, running

NOTE = "Mayor Ada Quill opened the bridge on Monday. It cost 12 million euros."
QUOTED = "Mayor Ada Quill opened the bridge on Monday."
START_POST = ("POST", "/channels/*/threads")


@pytest.fixture
async def discord() -> AsyncIterator[Server]:
    async with Server() as discord:
        yield discord
    assert [exchange for exchange in discord.requests if exchange.status == 400] == []


@pytest.fixture
def bot(tmp_path: Path, discord: Server) -> Program:
    """A program that has one document to brief on, and is not running."""
    program.configure(tmp_path, discord)
    bot = Program(tmp_path, discord)
    due.document(bot, NOTE)
    return bot


def forum_schedule(bot: Program, *tags: int) -> Schedule:
    return replace(due.schedule("daily", bot.discord.forum), kind="forum", tags=tags)


async def test_a_thread_is_posted_in_and_one_that_is_archived_opens_again(bot: Program) -> None:
    discord = bot.discord
    thread = discord.add_thread(discord.channel, "briefings")
    discord.archive(thread)
    due.add(bot, due.schedule("daily", thread))
    async with running(bot):
        await bot.logs("/1/1 is sent")

    [message] = thread.messages
    assert QUOTED in text(message)
    assert not thread.archived
    assert discord.channel.messages == []


async def test_a_forum_gets_a_post_with_its_date_and_tags_and_the_parts_follow_in_it(
    bot: Program,
) -> None:
    discord = bot.discord
    tag = discord.add_tag(discord.forum, "daily")
    discord.permit(discord.forum, embed_links=False)  # less fits in a message
    for path in sorted(program.SEEDS.glob("2*.md")):
        due.document(bot, path.read_text(encoding="utf-8"), title=path.stem)
    due.add(bot, replace(forum_schedule(bot, tag), length="long"))
    async with running(bot):
        await bot.logs("/1/1 is sent")
        parts = due.ledger_beside(bot)[0].parts
        await bot.logs(f"/1/{parts} is sent")

    [post] = discord.posts(discord.forum)
    today = datetime.now(UTC)
    assert post.name.endswith(f"{today.day} {today:%B %Y}")
    assert post.applied == [tag]
    assert len(post.messages) == parts > 1
    rows = due.ledger(bot)
    assert {row.thread for row in rows} == {post.id}
    assert {row.state for row in rows} == {State.SENT}


@pytest.mark.parametrize("how", [502, 503, "reset"])
@pytest.mark.parametrize("after", [False, True])
async def test_a_post_of_a_forum_is_made_once_though_it_has_no_nonce(
    bot: Program, how: int | str, *, after: bool
) -> None:
    due.add(bot, forum_schedule(bot))
    bot.discord.fail(*START_POST, how, after=after)
    async with running(bot):
        await bot.logs("/1/1 is sent", within=60.0)

    [post] = bot.discord.posts(bot.discord.forum)
    [row] = due.ledger(bot)
    assert (row.message, row.thread) == (post.id, post.id)
    assert row.how == ("reconciled" if after else "posted")


async def test_a_post_that_was_archived_before_the_next_start_is_found(bot: Program) -> None:
    discord = bot.discord
    due.add(bot, forum_schedule(bot))
    silence = discord.fail(*START_POST, "silence", after=True)
    async with running(bot):
        await silence.reached(within=program.START)
        await bot.kill()
        discord.script.clear()
        [post] = discord.posts(discord.forum)
        discord.archive(post)
        await bot.start()
        await bot.logs("is sent")

    [row] = due.ledger(bot)
    assert discord.posts(discord.forum) == [post]
    assert (row.how, row.thread) == ("reconciled", post.id)


async def test_a_briefing_is_published_to_those_that_follow_after_it_was_posted(
    bot: Program,
) -> None:
    discord = bot.discord
    due.add(bot, replace(due.schedule("daily", discord.news), publish=True))
    due.add(bot, due.schedule("other", discord.channel))
    discord.fail("POST", "/channels/*/messages/*/crosspost", "rate limit", seconds=3600.0)
    async with running(bot):
        await bot.logs("/1/1 is sent", times=2)
        await bot.logs("Discord asked to wait.")
        waiting = [row for row in due.ledger_beside(bot) if row.publish]
        await bot.stop()
        due.publish_now(bot)
        await bot.start()
        await bot.logs("done")

    [message] = discord.news.messages
    assert [row.publish for row in waiting] == [Publishing.WANTED]
    assert waiting[0].publish_at is not None
    assert waiting[0].publish_at - datetime.now(UTC) > timedelta(minutes=50)
    assert message.crossposted
    assert len(discord.channel.messages) == 1


async def test_one_role_is_notified_when_it_is_wanted_and_nothing_else_ever(bot: Program) -> None:
    discord = bot.discord
    role = discord.add_role(discord.guild, "readers", Permission(0))
    due.document(bot, "Everybody @everyone <@&1> was told on Monday that the tunnel is open.")
    due.add(bot, replace(due.schedule("daily", discord.channel), mention=role.id))
    async with running(bot):
        await bot.logs("/1/1 is sent")

    [message] = discord.channel.messages
    assert message.allowed_mentions == {"parse": [], "roles": [str(role.id)]}
    assert discord.pings == [str(role.id)]


async def test_a_direct_message_shows_only_what_is_public(bot: Program) -> None:
    discord = bot.discord
    direct = discord.world.direct(discord.reader)
    made = due.schedule("mine", discord.channel)
    due.document(bot, "A secret of the guild was told on Monday.", scope=made.scope)
    due.add(bot, replace(made, channel=direct.id, kind="direct"))
    async with running(bot):
        await bot.logs("/1/1 is sent")

    [message] = direct.messages
    assert QUOTED in text(message)
    assert "secret" not in text(message)


async def test_who_takes_no_direct_messages_is_told_of_once(bot: Program) -> None:
    discord = bot.discord
    direct = discord.world.direct(discord.reader)
    discord.close_direct(discord.reader)
    due.add(bot, replace(due.schedule("mine", discord.channel), channel=direct.id, kind="direct"))
    async with running(bot):
        await bot.logs("/1/1 is failed")

    [told] = discord.world.direct(discord.owner).messages
    assert "50007" in told.content


async def test_without_embed_links_a_briefing_is_plain_text_and_still_found(bot: Program) -> None:
    discord = bot.discord
    discord.permit(discord.channel, embed_links=False)
    due.add(bot, due.schedule("daily", discord.channel))
    silence = discord.fail("POST", "/channels/*/messages", "silence", after=True)
    async with running(bot):
        await silence.reached(within=program.START)
        await bot.kill()
        due.age(bot, timedelta(minutes=10))
        discord.advance(600)
        discord.script.clear()
        await bot.start()
        await bot.logs("is sent")
        await bot.restart()
        latest = await bot.ask("brief latest")

    [message] = discord.channel.messages
    [row] = due.ledger(bot)
    assert QUOTED in text(latest.message)
    assert message.embeds == []
    assert QUOTED in message.content
    assert len(message.content) <= 2_000
    assert row.marker in message.content.splitlines()[-1]
    assert row.how == "reconciled"


@pytest.mark.parametrize("permission", ["send_messages", "view_channel", "read_message_history"])
async def test_a_missing_permission_is_named_once_with_its_channel_and_told_when_it_is_back(
    bot: Program, permission: str
) -> None:
    discord = bot.discord
    discord.permit(discord.channel, **{permission: False})
    due.add(bot, due.schedule("daily", discord.channel))
    async with running(bot):
        await bot.logs("/1/1 is failed")
        await bot.stop()
        discord.permit(discord.channel, **{permission: True})
        due.again(bot, "daily")
        await bot.start()
        await bot.logs("is sent")

    told = [message.content for message in discord.world.direct(discord.owner).messages]
    assert len(told) == 2
    assert permission.replace("_", " ").title() in told[0].replace("\\", "")
    assert "It works again" in told[1]
    assert len(discord.channel.messages) == 1
    assert due.paused(bot, "daily") == ""


async def test_a_schedule_of_the_file_posts_in_a_forum_with_its_tags(bot: Program) -> None:
    discord = bot.discord
    tag = discord.add_tag(discord.forum, "daily")
    table = f'[[schedules]]\nname = "morning"\nchannel = {discord.forum.id}\ntags = [{tag}]\n'
    program.configure(bot.folder, discord, more=f'{table}time = "07:30"\n')
    async with running(bot):
        await bot.logs("schedules of config.toml: 1 new, 0 gone")
        await bot.stop()
        due.move(bot, "morning")
        at = due.clock(bot, "morning")
        program.configure(bot.folder, discord, more=f'{table}time = "{at}"\n')
        await bot.start()
        await bot.logs("/1/1 is sent")

    [post] = discord.posts(discord.forum)
    assert post.applied == [tag]


async def test_what_lacks_a_permission_is_told_at_the_start(bot: Program) -> None:
    discord = bot.discord
    later = datetime.now(UTC) + timedelta(hours=6)
    made = replace(due.schedule("daily", discord.channel), planned_until=later)
    due.add(bot, made)
    discord.permit(discord.channel, send_messages=False)
    async with running(bot):
        await bot.ready()
        await discord.until(lambda: discord.world.direct(discord.owner).messages)
        await bot.restart()
        await bot.ready()

    [told] = discord.world.direct(discord.owner).messages
    assert "Daybrief needs Send Messages in" in told.content
    assert "general" in told.content


async def test_place_says_where_and_how_a_schedule_posts(bot: Program) -> None:
    discord = bot.discord
    tag = discord.add_tag(discord.forum, "Daily")
    role = discord.add_role(discord.guild, "readers", Permission(0))
    thread = discord.add_thread(discord.channel, "briefings")
    due.add(bot, due.schedule("daily", discord.channel))
    async with running(bot):
        await bot.ready()
        answers = [
            await bot.ask("schedule place", name="daily", channel=discord.forum, tags="daily"),
            await bot.ask("schedule place", name="daily", channel=discord.news, publish=True),
            await bot.ask("schedule place", name="daily", channel=thread),
            await bot.ask("schedule place", name="daily", publish=True),
            await bot.ask("schedule place", name="daily", tags="daily"),
            await bot.ask("schedule place", name="daily", channel=discord.forum, tags="other"),
            await bot.ask("schedule place", name="daily", mention=role),
            await bot.ask("schedule place", name="daily", dm=True),
        ]

    shown = [markup.unescape(answer.text) for answer in answers]
    assert f"posts in <#{discord.forum.id}>" in shown[0]
    assert f"posts in <#{discord.news.id}>" in shown[1]
    assert f"posts in <#{thread.id}>" in shown[2]
    assert "Only messages in an announcement channel" in shown[3]
    assert "Tags are for the posts of a forum" in shown[4]
    assert "has no tag “other”; it has: Daily." in shown[5]
    assert "may not notify @readers" in shown[6]
    assert "your direct messages" in shown[7]
    [kept] = due.schedules(bot)
    assert (kept.kind, kept.tags, kept.publish) == ("direct", (), False)
    assert kept.channel == discord.world.direct(discord.owner).id
    assert tag in discord.forum.tags


async def test_place_refuses_where_either_may_not_post(bot: Program) -> None:
    discord = bot.discord
    closed: Channel = discord.add_channel(discord.guild, "closed", Kind.TEXT)
    due.add(bot, due.schedule("daily", discord.channel))
    async with running(bot):
        await bot.ready()
        discord.permit(closed, send_messages=False)
        await discord.until(lambda: True)
        refused = await bot.ask("schedule place", name="daily", channel=closed)

    assert "Daybrief needs Send Messages in" in refused.text
