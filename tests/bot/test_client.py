"""The client: where it connects to, how it starts, what it tells Discord, how it ends."""

import asyncio
import functools
import time

import discord
import pytest
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import commands, config, logs
from bot.client import connect_to, invitation, serving
from bot.client.connection import retrying
from bot.client.tree import Tree
from briefs.errors import ConfigError
from briefs.model import PUBLIC, State
from tests import fakes
from tests.discord_server import Server

DAY = {"time": "07:30", "timezone": "Europe/Kyiv"}


def test_the_two_attributes_of_discord_py_that_are_set_still_exist():
    assert Route.BASE == config.API_BASE
    assert str(DiscordWebSocket.DEFAULT_GATEWAY).startswith("wss://")


async def named(gateway, unused_port):
    """Serve a gateway's address, and connect to the server that names it."""
    app = web.Application()
    app.router.add_get("/gateway", functools.partial(_answer, {"url": gateway}))
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_port).start()
    try:
        await connect_to(f"http://127.0.0.1:{unused_port}")
    finally:
        await runner.cleanup()


async def _answer(body, request):
    return web.json_response(body)


@pytest.mark.parametrize("gateway", ["ws://example.org/", "http://127.0.0.1/", "", None, 7])
async def test_a_gateway_that_is_not_protected_is_refused(gateway, unused_tcp_port):
    with pytest.raises(ConfigError, match="names no gateway that is protected"):
        await named(gateway, unused_tcp_port)

    assert Route.BASE == config.API_BASE


async def test_a_long_wait_that_discord_asks_for_comes_before_the_next_attempt():
    waits = [discord.RateLimited(1.2)]
    began = time.monotonic()

    async def attempt():
        if waits:
            raise waits.pop()
        return "done"

    assert await retrying("commands", attempt) == "done"
    assert time.monotonic() - began >= 1.2


async def test_commands_are_published_once_until_they_change(tmp_path, monkeypatch):
    async with Server() as server:
        for _ in range(2):
            async with fakes.running(tmp_path, server):
                pass
        first = len(server.syncs)
        monkeypatch.setattr(Tree, "_payload", lambda self: [])
        async with fakes.running(tmp_path, server):
            pass

        assert (first, len(server.syncs)) == (1, 2)


async def test_commands_leave_a_server_that_is_no_longer_configured(tmp_path):
    async with Server() as server:
        text = f"[discord]\nguilds = [{server.guild.id}]\n"
        async with fakes.running(tmp_path, server, text):
            inside = len(server.commands(server.guild)), len(server.commands())
        async with fakes.running(tmp_path, server):
            outside = len(server.commands(server.guild)), len(server.commands())

    assert inside == (len(commands.make()), 0)
    assert outside == (0, len(commands.make()))


async def test_a_token_that_discord_refuses_ends_with_one_sentence(tmp_path):
    async with Server() as server:
        server.state.tokens.clear()

        with pytest.raises(ConfigError, match="Discord refuses the bot's token"):
            async with fakes.running(tmp_path, server):
                pass


async def test_login_is_tried_again_while_discord_is_down(tmp_path):
    async with Server() as server:
        server.script.add("GET", "/users/@me", 503, times=2)

        async with fakes.running(tmp_path, server) as bot:
            answer = await bot.ask("about")

        assert answer.text


async def test_nothing_is_posted_on_joining(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        other = server.add_guild("Elsewhere")
        server.let_in(other)
        await _until(lambda: any(each.id == other.id for each in bot.store.guilds.listing()))

        assert server.sent("POST", "/channels/*/messages") == []


async def test_leaving_pauses_and_coming_back_resumes(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        await bot.ask("schedule create", name="morning", channel=server.channel, **DAY)
        server.kick(server.guild)
        await _until(lambda: bot.store.schedules.every()[0].paused)
        (gone,) = [each for each in bot.store.guilds.listing() if each.left]
        server.let_in(server.guild)
        await _until(lambda: not bot.store.schedules.every()[0].paused)

        assert gone.id == server.guild.id


async def test_in_no_server_the_invitation_is_logged(tmp_path, caplog):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        server.kick(server.guild)
        await _until(lambda: not bot.client.guilds)
        await _until(lambda: "invite with" in caplog.text)

        link = invitation(bot.client)
        assert link in caplog.text
        assert (
            f"permissions={(1 << 10) + (1 << 11) + (1 << 14) + (1 << 15) + (1 << 16) + (1 << 38)}"
            in link
        )


async def test_a_failure_is_told_once_to_the_administrators(tmp_path):
    async with Server() as server:
        text = f"[discord]\nadministrators = {server.news.id}\n"
        async with fakes.running(tmp_path, server, text) as bot:
            await bot.ask("schedule create", name="morning", channel=server.channel, **DAY)
            (schedule,) = bot.store.schedules.every()
            for _ in range(2):
                await bot.client.tell(schedule.id, "gone", "the channel is gone @everyone.")

        (told,) = server.news.stored.values()
        assert r"Schedule “morning”\: the channel is gone \@everyone." in told.content
        assert server.pings == []


async def test_what_becomes_of_feeds_is_told_to_the_administrators(tmp_path):
    async with Server() as server:
        text = f"[discord]\nadministrators = {server.news.id}\n"
        async with fakes.running(tmp_path, server, text) as bot:
            await bot.client.announce(PUBLIC, "Source “@everyone” is held back: *look* at it.")
            await _until(lambda: server.news.stored)

        (told,) = server.news.stored.values()
        assert told.content == r"Source “\@everyone” is held back\: \*look\* at it."
        assert server.pings == []


async def test_what_becomes_of_a_servers_feeds_is_told_to_its_owner(tmp_path, caplog):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        await bot.client.announce(PUBLIC, "Source “Public” cannot be read.")
        await bot.client.announce(bot.scope, "Source “Ours” cannot be read.")
        await _until(lambda: server.world.direct(server.owner).stored)

        (told,) = server.world.direct(server.owner).stored.values()

    assert told.content == "Source “Ours” cannot be read."
    assert "Source “Public” cannot be read." in caplog.text


async def test_what_is_posted_is_proved_and_marked(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fakes.keep(bot.store)
        await bot.ask("schedule create", name="morning", channel=server.channel, **DAY)
        (schedule,) = bot.store.schedules.every()

        delivery = await bot.client.deliveries.run_now(schedule)

        (message,) = server.channel.stored.values()
        assert delivery.state is State.SENT
        assert delivery.marker in message.embeds[0]["footer"]["text"]


async def _until(holds):
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - the store has no event
            await asyncio.sleep(0.02)


async def test_the_gateway_may_be_down_at_the_first_connection(tmp_path, monkeypatch):
    """What is due is posted meanwhile, over REST, and commands work once it is back."""
    refused = iter([True, True, False])

    async def knock(address):
        if next(refused, False):
            raise ConnectionRefusedError

    monkeypatch.setattr(serving, "_knock", knock)
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        answer = await bot.ask("about")

    assert answer.text


async def test_commands_are_refused_politely_while_stopping(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        monkeyed = bot.client.stop
        bot.client.stop = asyncio.Event()
        bot.client.stop.set()
        answer = await bot.slash("about").responded()
        bot.client.stop = monkeyed

    assert "is being restarted" in answer.text


async def test_a_token_is_struck_from_the_log(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server):
        shown = logs.redact(f"the token {server.token}")

    assert server.token not in shown
