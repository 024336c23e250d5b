"""Sessions, heartbeats, resumption and compression, with the real client."""

import importlib.util

import discord
import pytest

from tests.discord_server import Server
from tests.test_discord_server.sample_bot import SampleBot, ShardedBot, bot, running


@pytest.mark.parametrize("kind", [SampleBot, ShardedBot])
async def test_the_client_knows_its_guild_when_it_is_ready(
    server: Server, kind: type[discord.Client]
) -> None:
    async with running(server, kind) as client:
        guild = client.get_guild(server.guild.id)
        channel = guild.get_channel(server.channel.id)

        assert [c.name for c in guild.channels] == ["general", "news", "voice", "forum"]
        assert channel.permissions_for(guild.me).send_messages
        assert client.user.id == server.bot.id


async def test_each_shard_has_the_guilds_that_fall_to_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(self: discord.Client, shard: int | None, *, initial: bool = False) -> None:
        """Do not wait five seconds between two shards."""

    monkeypatch.setattr(discord.Client, "before_identify_hook", at_once)
    async with running(server, shard_count=2) as client:
        shards = [identify["shard"] for identify in server.gateway.identifies]
        sessions = [s for s in server.gateway.ready if s.concerns(server.guild)]

        assert sorted(shards) == [[0, 2], [1, 2]]
        assert [s.shard for s in sessions] == [client.get_guild(server.guild.id).shard_id]


async def test_heartbeats_are_acknowledged_and_timed() -> None:
    async with (
        Server(heartbeat_interval=0.1) as server,
        running(server),
    ):
        connection = server.gateway.connections[0]
        await server.until(lambda: len(connection.beats) >= 4)

        assert 0.05 < server.gateway.largest_gap() < 3


async def test_a_dropped_connection_is_resumed_without_loss(server: Server) -> None:
    async with running(server, SampleBot) as client:
        server.gateway.drop()
        await server.gone()
        server.say(server.channel, server.owner, "while it was away")
        await server.until(lambda: "resumed" in client.seen, 20)
        await server.until(lambda: client.said)

    assert len(server.gateway.identifies) == 1
    assert len(server.gateway.resumes) == 1


async def test_a_requested_reconnection_is_resumed(server: Server) -> None:
    async with running(server, SampleBot) as client:
        server.gateway.reconnect()
        await server.until(lambda: "resumed" in client.seen, 20)

    assert len(server.gateway.identifies) == 1


async def test_a_forgotten_session_is_begun_anew(server: Server) -> None:
    async with running(server, SampleBot):
        server.gateway.forget()
        server.gateway.drop(4000)
        await server.until(lambda: len(server.gateway.identifies) == 2, 30)
        await server.connected()

    assert len(server.gateway.resumes) == 1


async def test_a_frozen_gateway_says_nothing() -> None:
    async with Server(heartbeat_interval=0.1) as server, running(server, SampleBot) as client:
        server.gateway.freeze()
        beats = len(server.gateway.connections[0].beats)
        server.say(server.channel, server.owner, "unheard")
        with pytest.raises(TimeoutError):
            await server.until(lambda: client.said, 0.3)

        assert len(server.gateway.connections[0].beats) == beats
        server.gateway.thaw()
        server.say(server.channel, server.owner, "heard")
        await server.until(lambda: client.said)


async def test_a_client_leaves_a_frozen_gateway_and_misses_nothing() -> None:
    async with (
        Server(heartbeat_interval=0.1) as server,
        running(server, SampleBot, heartbeat_timeout=0.5) as client,
    ):
        server.gateway.freeze()
        server.say(server.channel, server.owner, "heard later")
        await server.until(lambda: client.said, 30)

        assert len(server.gateway.identifies) == 1
        assert len(server.gateway.resumes) == 1


async def test_a_closed_gateway_is_found_again(server: Server) -> None:
    async with running(server, SampleBot) as client:
        await server.gateway_down()
        await server.gone()
        with pytest.raises(OSError, match="Connect"):
            await client.http.ws_connect(server.gateway_url)
        await server.gateway_up()
        await server.until(lambda: "resumed" in client.seen, 30)


async def test_a_wrong_token_is_refused(server: Server) -> None:
    with server.pointed():
        async with bot() as client:
            with pytest.raises(discord.LoginFailure):
                await client.login("wrong")


async def test_a_token_revoked_after_login_ends_the_client(server: Server) -> None:
    with server.pointed():
        async with bot(SampleBot) as client:
            await client.login(server.token)
            server.revoke_token()
            with pytest.raises(discord.ConnectionClosed) as closed:
                await client.connect()

    assert closed.value.code == 4004


async def test_privileged_intents_are_refused(server: Server) -> None:
    with server.pointed():
        client = SampleBot(intents=discord.Intents.all())
        async with client:
            await client.login(server.token)
            with pytest.raises(discord.PrivilegedIntentsRequired):
                await client.connect()


async def test_guilds_and_channels_come_and_go(server: Server) -> None:
    async with running(server) as client:
        guild = server.add_guild("Second")
        server.delete_channel(server.voice)
        await server.until(lambda: len(client.seen) == 2)
        server.kick(guild)
        await server.until(lambda: len(client.seen) == 3)

    assert sorted(client.seen) == ["joined Second", "left Second", "lost #voice"]


async def test_messages_of_others_arrive_without_their_words(server: Server) -> None:
    async with running(server) as client:
        server.say(server.channel, server.owner, "private words")
        await server.until(lambda: client.said)

    assert client.said == [""]


_KINDS = ["zlib-stream", "zstd-stream"]


@pytest.mark.parametrize("compression", _KINDS)
async def test_the_gateway_speaks_as_compressed_as_it_is_asked(
    server: Server, compression: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if compression == "zstd-stream" and importlib.util.find_spec("zstandard") is None:
        pytest.skip("zstandard is not installed")
    active = discord.utils._ActiveDecompressionContext.COMPRESSION_TYPE
    if active != compression:
        pytest.skip(f"discord.py asks for {active} here")
    async with running(server):
        answer = await server.slash(
            server.guild, server.channel, server.reader, "who", name="Ж" * 200
        ).done()

        assert [c.compress for c in server.gateway.connections] == [compression]
        assert answer.embeds[0]["title"] == "Ж" * 200
