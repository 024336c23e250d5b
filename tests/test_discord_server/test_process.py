"""The server as a process of its own, told what to do over its control routes."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord_server import remote
from tests.test_discord_server.sample_bot import COMMANDS, SampleBot, bot


async def test_a_process_serves_a_bot_and_ends_cleanly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guild, channel = "111111111111111111", "222222222222222222"
    async with remote.started(tmp_path, "--guild", guild, "--channel", channel) as server:
        async with _running(server, monkeypatch) as client:
            answer = await server.do("slash", command="who", options={"name": "Kuleba"})
            await client.get_partial_messageable(int(channel)).send("posted")
            await server.do("posted")
            with pytest.raises(AssertionError, match="no command 'nothing'"):
                await server.do("slash", command="nothing")
        await server.do("check")
        state = await server.state()
        status = await server.stop()

    assert answer["text"] == "Kuleba\na minister"
    assert [m["content"] for m in state["messages"][channel]] == ["posted"]
    assert state["unknown"] == []
    assert status == 0
    logged = [json.loads(line) for line in (tmp_path / "discord.log").read_text().splitlines()]
    assert [line["path"] for line in logged][:2] == ["/users/@me", "/oauth2/applications/@me"]


@contextlib.asynccontextmanager
async def _running(
    server: remote.Remote, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[discord.Client]:
    monkeypatch.setattr(Route, "BASE", server.where["api_base"])
    async with bot(SampleBot) as client:
        tree = discord.app_commands.CommandTree(client)
        for command in COMMANDS:
            tree.add_command(command)
        await client.login(server.where["token"])
        gateway = await client.http.request(Route("GET", "/gateway"))
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(gateway["url"]))
        await tree.sync()
        connection = asyncio.create_task(client.connect())
        await server.do("connected")
        yield client
        await client.close()
        await connection


async def test_a_process_can_be_told_to_fail(tmp_path: Path) -> None:
    async with remote.started(tmp_path) as server:
        await server.do("fail", method="GET", path="/users/@me", how=503, times=2)
        await server.do("rest", do="down")
        await server.do("rest", do="up")
        state = await server.state()

    assert state["faults"] == [{"path": "/users/@me", "how": 503, "met": 0}]
