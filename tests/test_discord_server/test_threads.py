"""Threads, posts of forums, followers and closed direct messages, as Discord has them."""

import discord
import pytest
from discord.http import Route

from tests.discord_server import Server
from tests.test_discord_server.sample_bot import logged_in


async def start(client: discord.Client, forum: int, **body: object) -> dict:
    route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum)
    return await client.http.request(route, json={"message": {"content": "First."}, **body})


async def test_each_request_makes_another_post_and_its_first_message_has_its_id(
    server: Server,
) -> None:
    tag = server.add_tag(server.forum, "daily")
    async with logged_in(server) as client:
        made = [
            await start(client, server.forum.id, name="News", applied_tags=[str(tag)])
            for _ in range(2)
        ]

    posts = server.posts(server.forum)
    assert [str(post.id) for post in posts] == [each["id"] for each in made]
    assert [message.id for post in posts for message in post.messages] == [
        post.id for post in posts
    ]
    assert posts[0].applied == [tag]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x" * 101},
        {"name": " "},
        {"name": "News", "applied_tags": ["12345"]},
        {"name": "News", "message": {"content": "x" * 2001}},
    ],
)
async def test_a_post_that_is_wrong_is_refused(lenient: Server, body: dict) -> None:
    async with logged_in(lenient) as client:
        with pytest.raises(discord.HTTPException) as refused:
            await start(client, lenient.forum.id, **body)

    assert refused.value.code == 50035
    assert lenient.posts(lenient.forum) == []


async def test_open_threads_are_listed_apart_from_archived_ones_page_by_page(
    server: Server,
) -> None:
    threads = [server.add_thread(server.channel, f"thread {number}") for number in range(4)]
    for thread in threads[:3]:
        server.advance(1.0)
        server.archive(thread)
    async with logged_in(server) as client:
        active = await client.http.get_active_threads(server.guild.id)
        first = await client.http.get_public_archived_threads(server.channel.id, limit=2)
        before = first["threads"][-1]["thread_metadata"]["archive_timestamp"]
        rest = await client.http.get_public_archived_threads(server.channel.id, before=before)

    assert [each["name"] for each in active["threads"]] == ["thread 3"]
    assert [each["name"] for each in first["threads"]] == ["thread 2", "thread 1"]
    assert [each["name"] for each in rest["threads"]] == ["thread 0"]
    assert (first["has_more"], rest["has_more"]) == (True, False)


async def test_writing_opens_an_archived_thread_unless_it_is_locked(server: Server) -> None:
    shut, locked = (server.add_thread(server.channel, name) for name in ("shut", "locked"))
    server.archive(shut)
    server.archive(locked, locked=True)
    async with logged_in(server) as client:
        await client.get_partial_messageable(shut.id).send("Hello.")
        with pytest.raises(discord.HTTPException) as refused:
            await client.get_partial_messageable(locked.id).send("Hello.")

    assert not shut.archived
    assert (refused.value.code, locked.messages) == (160005, [])


async def test_a_message_is_published_once_and_only_in_an_announcement_channel(
    server: Server,
) -> None:
    async with logged_in(server) as client:
        news = await client.get_partial_messageable(server.news.id).send("News.")
        plain = await client.get_partial_messageable(server.channel.id).send("Talk.")
        await client.http.publish_message(server.news.id, news.id)
        with pytest.raises(discord.HTTPException) as twice:
            await client.http.publish_message(server.news.id, news.id)
        with pytest.raises(discord.HTTPException) as nowhere:
            await client.http.publish_message(server.channel.id, plain.id)

    assert server.news.messages[0].crossposted
    assert (twice.value.code, nowhere.value.code) == (40033, 50024)


async def test_who_takes_no_direct_messages_gets_none(server: Server) -> None:
    server.close_direct(server.reader)
    async with logged_in(server) as client:
        reader = await client.fetch_user(server.reader.id)
        with pytest.raises(discord.Forbidden) as refused:
            await reader.send("Hello.")

    assert refused.value.code == 50007
