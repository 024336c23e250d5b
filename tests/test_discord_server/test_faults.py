"""Each fault as the real client meets it: what it raises, and whether the message was made."""

import asyncio

import aiohttp
import discord
import pytest

from tests.discord_server import Server, Upload
from tests.test_discord_server.sample_bot import logged_in

POST = ("POST", "/channels/*/messages")


async def _send(client: discord.Client, server: Server) -> discord.Message:
    channel = client.get_partial_messageable(server.channel.id)
    return await channel.send("a briefing", nonce="b1")


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("how", "error"),
    [
        (503, discord.DiscordServerError),
        (401, discord.HTTPException),
        (403, discord.Forbidden),
        (404, discord.NotFound),
        ("cloudflare 429", discord.HTTPException),
        ("reset", (OSError, aiohttp.ClientError)),
    ],
)
async def test_a_fault_strikes_before_or_after_the_message_is_made(
    server: Server, *, how: int | str, error: type[Exception], after: bool
) -> None:
    fault = server.fail(*POST, how, after=after)
    async with logged_in(server) as client:
        with pytest.raises(error):
            await _send(client, server)
        made = len(server.channel.messages)
        await _send(client, server)

    assert made == int(after)
    assert fault.met == 1
    assert len(server.channel.messages) == 1


@pytest.mark.parametrize("how", [500, 502, 504, "cloudflare 502"])
async def test_a_failure_that_the_client_retries_makes_one_message(
    server: Server, how: int | str
) -> None:
    server.fail(*POST, how, after=True)
    async with logged_in(server) as client:
        await _send(client, server)

    assert [e.status for e in server.sent(*POST)] == [502 if "2" in str(how) else how, 200]
    assert len(server.channel.messages) == 1


async def test_a_reset_is_errno_104_or_a_lost_server(server: Server) -> None:
    server.fail(*POST, "reset", after=True)
    async with logged_in(server) as client:
        with pytest.raises((OSError, aiohttp.ServerDisconnectedError)) as lost:
            await _send(client, server)

    assert getattr(lost.value, "errno", 104) == 104
    assert [e.status for e in server.sent(*POST)] == [0]


@pytest.mark.parametrize("shared", [False, True])
async def test_a_rate_limit_is_waited_for(server: Server, *, shared: bool) -> None:
    server.fail(*POST, "rate limit", seconds=0.05, shared=shared)
    async with logged_in(server) as client:
        await _send(client, server)

    assert [e.status for e in server.sent(*POST)] == [429, 200]
    assert server.invalid_requests == 1


async def test_silence_lasts_until_the_client_gives_up(server: Server) -> None:
    fault = server.fail(*POST, "silence", after=True)
    async with logged_in(server) as client:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(_send(client, server), 0.2)
        await fault.reached()
        await _send(client, server)

    assert len(server.channel.messages) == 1


async def test_a_slow_answer_arrives(server: Server) -> None:
    server.fail(*POST, "slow", seconds=0.05)
    async with logged_in(server) as client:
        message = await _send(client, server)

    assert message.id == server.channel.messages[0].id


async def test_the_nth_request_can_be_met(server: Server) -> None:
    fault = server.fail(*POST, 503, skip=1)
    async with logged_in(server) as client:
        await _send(client, server)
        with pytest.raises(discord.DiscordServerError):
            await _send(client, server)
        await _send(client, server)

    assert (fault.seen, fault.met) == (2, 1)


async def test_other_routes_are_left_alone(server: Server) -> None:
    fault = server.fail("POST", f"/channels/{server.news.id}/messages", 503)
    async with logged_in(server) as client:
        await _send(client, server)

    assert fault.met == 0


def test_a_fault_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such fault: 'explode'"):
        Server().fail(*POST, "explode")


async def test_a_server_that_is_down_refuses_and_comes_back(server: Server) -> None:
    async with logged_in(server) as client:
        await server.rest_down()
        with pytest.raises((OSError, aiohttp.ClientError)):
            await _send(client, server)  # an old connection may still be reset
        with pytest.raises(OSError, match="Cannot connect"):
            await _send(client, server)
        await server.rest_up()
        await _send(client, server)

    assert len(server.channel.messages) == 1


async def test_a_revoked_token_is_refused_everywhere(server: Server) -> None:
    async with logged_in(server) as client:
        server.revoke_token()
        with pytest.raises(discord.HTTPException) as refused:
            await _send(client, server)

    assert refused.value.status == 401


async def test_a_file_of_the_cdn_can_fail(server: Server) -> None:
    upload = Upload(name="a.txt", content_type="text/plain", data=b"words")
    from tests.discord_server import messages

    stored = messages.store(server.state, server.channel, upload)
    server.fail("GET", "/cdn/attachments/**", 404)
    async with aiohttp.ClientSession() as session:
        async with session.get(stored.url) as failed:
            status = failed.status
        async with session.get(stored.url) as response:
            data = await response.read()

    assert (status, data) == (404, b"words")


async def test_answers_have_exactly_the_headers_that_the_client_needs(server: Server) -> None:
    server.fail("GET", "/users/@me", "rate limit", seconds=5.0)
    headers = {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.get(server.api_base + "/users/@me") as limited:
            body = await limited.json()
        async with session.get(server.api_base + "/users/@me") as response:
            kind = response.headers["Content-Type"]

    assert limited.headers["Via"]
    assert limited.headers["Content-Type"] == kind == "application/json"
    assert body == {"message": "You are being rate limited.", "retry_after": 5.0, "global": False}
