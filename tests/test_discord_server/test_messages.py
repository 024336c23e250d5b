"""Channel messages over REST: limits, permissions, nonces, history."""

import io

import discord
import pytest

from tests.discord_server import Server
from tests.test_discord_server.sample_bot import logged_in

_TWO_OF_ONE_ID = [
    {"type": 2, "style": 1, "label": "one", "custom_id": "same"},
    {"type": 2, "style": 1, "label": "two", "custom_id": "same"},
]
_FIELD = {"name": "n", "value": "v"}

WRONG = {
    "content too long": ({"content": "x" * 2001}, "content"),
    "content too long in UTF-16": ({"content": "🦊" * 1001}, "content"),
    "eleven embeds": ({"embeds": [{"title": "t"}] * 11}, "embeds"),
    "6001 in all embeds": (
        {"embeds": [{"description": "x" * 3000}] * 2 + [{"title": "t"}]},
        "embeds",
    ),
    "title too long": ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title"),
    "description too long": ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description"),
    "26 fields": ({"embeds": [{"fields": [_FIELD] * 26}]}, "embeds.0.fields"),
    "field without value": (
        {"embeds": [{"fields": [_FIELD, {"name": "n", "value": " "}]}]},
        "embeds.0.fields.1.value",
    ),
    "field name too long": (
        {"embeds": [{"fields": [{"name": "x" * 257, "value": "v"}]}]},
        "embeds.0.fields.0.name",
    ),
    "field value too long": (
        {"embeds": [{"fields": [{"name": "n", "value": "x" * 1025}]}]},
        "embeds.0.fields.0.value",
    ),
    "footer too long": (
        {"embeds": [{"title": "t", "footer": {"text": "x" * 2049}}]},
        "embeds.0.footer.text",
    ),
    "author too long": (
        {"embeds": [{"title": "t", "author": {"name": "x" * 257}}]},
        "embeds.0.author.name",
    ),
    "empty embed": ({"content": "x", "embeds": [{"color": 3}]}, "embeds.0"),
    "link that is none": ({"embeds": [{"title": "t", "url": "javascript:1"}]}, "embeds.0.url"),
    "nonce too long": ({"content": "x", "nonce": "x" * 26}, "nonce"),
    "six rows": ({"content": "x", "components": [{"type": 1, "components": []}] * 6}, "components"),
    "six buttons": (
        {"content": "x", "components": [{"type": 1, "components": [_TWO_OF_ONE_ID[0]] * 6}]},
        "components",
    ),
    "one custom_id twice": (
        {"content": "x", "components": [{"type": 1, "components": _TWO_OF_ONE_ID}]},
        "components",
    ),
    "label too long": (
        {
            "content": "x",
            "components": [
                {
                    "type": 1,
                    "components": [{"type": 2, "style": 1, "label": "x" * 81, "custom_id": "c"}],
                }
            ],
        },
        "components.0.components.0.label",
    ),
    "26 options": (
        {
            "content": "x",
            "components": [
                {
                    "type": 1,
                    "components": [
                        {
                            "type": 3,
                            "custom_id": "c",
                            "options": [{"label": str(n), "value": str(n)} for n in range(26)],
                        }
                    ],
                }
            ],
        },
        "components.0.components.0.options",
    ),
    "users parsed and named": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_discord_does_not_take_is_refused_by_field(lenient: Server, name: str) -> None:
    body, field = WRONG[name]
    async with logged_in(lenient) as client:
        with pytest.raises(discord.HTTPException, match=rf"In {field}: ") as refused:
            await _post(client, lenient.channel.id, body)

    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert lenient.channel.messages == []


@pytest.mark.parametrize("body", [{}, {"content": " \n"}, {"embeds": []}])
async def test_a_message_that_shows_nothing_is_refused(server: Server, body: dict) -> None:
    async with logged_in(server) as client:
        with pytest.raises(discord.HTTPException) as refused:
            await _post(client, server.channel.id, body)

    assert refused.value.code == 50006


async def _post(client: discord.Client, channel: int, body: dict) -> dict:
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
    return await client.http.request(route, json=body)


async def test_a_message_at_its_limits_is_taken(server: Server) -> None:
    embeds = [discord.Embed(title="t" * 256, description="x" * 2744) for _ in range(2)]
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)
        await channel.send("x" * 2000, embeds=embeds)

    assert [len(m.content) for m in server.channel.messages] == [2000]


@pytest.mark.parametrize(
    ("allowed", "status", "code"),
    [({"send_messages": False}, 403, 50013), ({"view_channel": False}, 403, 50001)],
)
async def test_a_channel_is_closed_to_whom_may_not_write(
    server: Server, allowed: dict, status: int, code: int
) -> None:
    server.permit(server.channel, **allowed)
    async with logged_in(server) as client:
        with pytest.raises(discord.Forbidden) as refused:
            await _post(client, server.channel.id, {"content": "x"})

    assert (refused.value.status, refused.value.code) == (status, code)


async def test_a_channel_that_is_gone_is_unknown(server: Server) -> None:
    server.delete_channel(server.news)
    async with logged_in(server) as client:
        with pytest.raises(discord.NotFound) as refused:
            await _post(client, server.news.id, {"content": "x"})

    assert refused.value.code == 10003


async def test_a_forum_takes_no_message(server: Server) -> None:
    async with logged_in(server) as client:
        with pytest.raises(discord.HTTPException) as refused:
            await _post(client, server.forum.id, {"content": "x"})

    assert refused.value.code == 50008


async def test_a_guild_that_was_left_is_closed(server: Server) -> None:
    server.kick(server.guild)
    async with logged_in(server) as client:
        with pytest.raises(discord.Forbidden):
            await client.fetch_guild(server.guild.id)
        with pytest.raises(discord.Forbidden):
            await _post(client, server.channel.id, {"content": "x"})


async def test_one_nonce_makes_one_message(server: Server) -> None:
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)
        first = await channel.send("once", nonce="b1")
        second = await channel.send("once", nonce="b1")

    assert first.id == second.id
    assert len(server.channel.messages) == 1


async def test_a_nonce_is_forgotten_after_its_window(server: Server) -> None:
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)
        await channel.send("once", nonce="b1")
        server.advance(181)
        await channel.send("twice", nonce="b1")

    assert [m.content for m in server.channel.messages] == ["once", "twice"]


async def test_a_deleted_message_is_not_made_again(server: Server) -> None:
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)
        await channel.send("once", nonce="b1")
        server.delete_message(server.channel.messages[0])
        with pytest.raises(discord.NotFound) as refused:
            await channel.send("once", nonce="b1")

    assert refused.value.code == 10008
    assert server.channel.messages == []


async def test_history_is_paged_as_asked(server: Server) -> None:
    sent = [server.say(server.channel, server.owner, str(n)) for n in range(120)]
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)
        newest = [m.id async for m in channel.history(limit=3)]
        after = [m.id async for m in channel.history(limit=None, after=discord.Object(sent[9].id))]
        before = [m.id async for m in channel.history(limit=2, before=discord.Object(sent[5].id))]

    assert newest == [sent[119].id, sent[118].id, sent[117].id]
    assert after == [m.id for m in sent[10:]]
    assert before == [sent[4].id, sent[3].id]


async def test_history_without_the_permission_is_empty(server: Server) -> None:
    server.say(server.channel, server.owner, "words")
    server.permit(server.channel, read_message_history=False)
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)

        assert [m async for m in channel.history()] == []


async def test_messages_are_edited_answered_and_deleted(server: Server) -> None:
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)
        message = await channel.send("first")
        await message.edit(content="second")
        await message.reply("an answer")
        contents = [m.content for m in server.channel.messages]
        await message.delete()

    assert contents == ["second", "an answer"]
    assert [m.reference["message_id"] for m in server.channel.messages] == [message.id]


async def test_files_keep_their_bytes(server: Server) -> None:
    data = bytes(range(256)) + b"\r\n--x\r\n"
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)
        file = discord.File(io.BytesIO(data), "über.bin", description="all bytes")
        message = await channel.send("a file", file=file)
        read = await message.attachments[0].read()

    assert read == data
    assert server.channel.messages[0].attachments[0].description == "all bytes"


async def test_files_and_embeds_need_their_permissions(server: Server) -> None:
    server.permit(server.channel, attach_files=False, embed_links=False)
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)
        with pytest.raises(discord.Forbidden):
            await channel.send("a file", file=discord.File(io.BytesIO(b"x"), "a.txt"))
        with pytest.raises(discord.Forbidden):
            await channel.send(embed=discord.Embed(title="t"))


async def test_a_direct_message_needs_no_guild(server: Server) -> None:
    async with logged_in(server) as client:
        user = await client.fetch_user(server.reader.id)
        await user.send("a word in private")

    assert [m.content for m in server.world.direct(server.reader).messages] == ["a word in private"]


async def test_pings_are_what_the_content_and_its_permission_make_of_it(server: Server) -> None:
    words = f"@everyone <@{server.reader.id}>"
    async with logged_in(server) as client:
        channel = await client.fetch_channel(server.channel.id)
        await channel.send(words, allowed_mentions=discord.AllowedMentions.none())
        silent = server.pings
        await channel.send(words)

    assert silent == []
    assert server.pings == ["@everyone", str(server.reader.id)]
