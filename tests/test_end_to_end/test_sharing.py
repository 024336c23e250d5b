"""Several processes of the program on one PostgreSQL database: each does its part, and no more."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.cluster import Cluster
from tests.discord_server import Guild, Server
from tests.test_end_to_end import due, program
from tests.test_end_to_end.program import Program, call, running

NOTE = "Mayor Ada Quill opened the bridge on Monday. It cost 12 million euros."
DAY = {"name": "daily", "time": "07:30", "timezone": "UTC"}


@pytest.fixture
async def discord() -> AsyncIterator[Server]:
    async with Server() as discord:
        yield discord
    program.assert_clean(discord)


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    address = cluster.store()
    yield address
    cluster.drop(address)


def made(
    folder: Path, discord: Server, url: str, role: str, *, shards: str = "", library: bool = False
) -> Program:
    """Return a program of that *role* with a folder of its own."""
    place = folder / f"{role}-{len([*folder.iterdir()])}"
    place.mkdir()
    more = f'{shards}\n[storage]\nurl = "{url}"\n'
    program.configure(place, discord, folders=[program.SEEDS] if library else [], more=more)
    return Program(place, discord, "--role", role, url=url)


def elsewhere(discord: Server) -> Guild:
    """Let the bot join a guild that is in the other of two shards than the first one."""
    while True:
        guild = discord.add_guild("Elsewhere")
        if (guild.id ^ discord.guild.id) >> 22 & 1:
            return guild
        discord.advance(0.001)


async def test_who_delivers_posts_and_who_is_the_bot_answers(
    tmp_path: Path, discord: Server, url: str
) -> None:
    bot = made(tmp_path, discord, url, "bot", library=True)
    deliverer = made(tmp_path, discord, url, "deliver", library=True)
    due.document(bot, NOTE)
    due.add(bot, due.schedule("daily", discord.channel))
    async with running(bot), running(deliverer):
        await bot.connected()
        await deliverer.logs("is sent")
        await bot.library()
        answer = await bot.ask("schedule run", name="daily")

    assert "is posted" in answer.text
    assert len(discord.channel.messages) == 2
    assert len(discord.syncs) == 1
    assert len(discord.gateway.identifies) == 1
    assert not [line for line in bot.log if "is sent" in line]
    assert not [line for line in deliverer.log if "Documents: " in line]


async def test_shards_are_shared_and_make_themselves_known_one_after_the_other(
    tmp_path: Path, discord: Server, url: str
) -> None:
    here = (discord.guild, elsewhere(discord))
    bots = [
        made(tmp_path, discord, url, "bot", shards=f"shards = 2\nshard_ids = [{number}]")
        for number in range(2)
    ]
    async with contextlib.AsyncExitStack() as stack:
        for bot in bots:
            await stack.enter_async_context(running(bot))
        await asyncio.gather(*(bot.ready() for bot in bots))
        answers = [
            await bots[0].ask("schedule create", guild=guild, channel=channel, **DAY)
            for guild, channel in ((each, next(iter(each.channels.values()))) for each in here)
        ]
        await bots[0].restart()
        await bots[0].ready()
        schedules = due.schedules(bots[0])

    first, second, *_ = [each["at"] for each in discord.gateway.identifies]
    assert second - first >= 4.9
    assert sorted(each["shard"] for each in discord.gateway.identifies[:2]) == [[0, 2], [1, 2]]
    assert all("daily" in answer.text for answer in answers)
    assert [each.paused for each in schedules] == ["", ""]
    assert len(discord.syncs) == 1


@pytest.mark.parametrize(
    ("options", "more", "said"),
    [
        (["--role", "deliver"], "", "--role deliver leaves the rest to other processes"),
        ([], "shards = 2\nshard_ids = [1]", "discord.shard_ids leaves the other shards"),
    ],
)
async def test_a_file_is_for_one_process_that_does_everything(
    tmp_path: Path, discord: Server, options: list[str], more: str, said: str
) -> None:
    program.configure(tmp_path, discord, more=more)
    status, _, err = await call(tmp_path, "run", *options, token=discord.token)

    assert status == 2
    assert said in err
    assert "PostgreSQL" in err
