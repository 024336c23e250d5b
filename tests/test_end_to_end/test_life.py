"""The program's own life: what it wants at the start, what it waits for, how it ends and logs."""

import asyncio
import contextlib
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.discord_server import Permission, Server
from tests.test_end_to_end import program
from tests.test_end_to_end.program import SEEDS, Program, call, running

NEEDED = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.SEND_MESSAGES_IN_THREADS
)
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (debug|info|warning|error) [\w.]+ .+")


@pytest.fixture
async def discord() -> AsyncIterator[Server]:
    async with Server() as discord:
        yield discord
    program.assert_clean(discord)


@pytest.fixture
def bot(tmp_path: Path, discord: Server) -> Program:
    """A program without documents that is not running."""
    program.configure(tmp_path, discord)
    return Program(tmp_path, discord)


async def test_without_a_token_it_says_in_three_steps_how_to_get_one(bot: Program) -> None:
    status, out, err = await call(bot.folder, "run")

    assert status == 2
    assert out == ""
    [sentence] = [line for line in err.splitlines() if line.startswith("daybrief: ")]
    assert "https://discord.com/developers/applications" in sentence
    assert "DAYBRIEF_TOKEN" in sentence
    for step in ("make an application", "Reset Token", "start again"):
        assert step in sentence
    assert "Traceback" not in err


async def test_a_token_that_discord_refuses_is_tried_once(bot: Program) -> None:
    bot.discord.revoke_token()
    await bot.start()
    status = await bot.ended(program.START)

    assert status == 2
    assert "Discord refuses the bot's token" in bot.log[-1]
    assert "Traceback" not in "".join(bot.log)
    assert len(bot.discord.sent("GET", "/users/@me")) == 1
    assert bot.discord.invalid_requests == 1
    assert bot.discord.gateway.identifies == []


async def test_a_token_that_is_revoked_ends_it_without_a_storm(bot: Program) -> None:
    discord = bot.discord
    async with running(bot):
        await bot.connected()
        discord.revoke_token()
        discord.gateway.drop(4004)
        status = await bot.ended(program.START)

    assert status in (1, 2)
    assert "Discord refuses the bot's token" in bot.log[-1]
    assert discord.invalid_requests <= 2


async def test_in_no_server_it_prints_the_link_with_the_permissions_it_needs(
    bot: Program,
) -> None:
    discord = bot.discord
    discord.kick(discord.guild)
    async with running(bot):
        line = await bot.logs("invite with")
        discord.let_in(discord.guild)
        await bot.logs(f"guild {discord.guild.id} joined")
        help_ = await bot.ask("help")

    assert f"client_id={discord.bot.id}" in line
    assert f"permissions={int(NEEDED)}" in line
    assert "scope=bot+applications.commands" in line
    assert discord.channel.messages == []
    assert "add one with /doc add" in help_.text


async def test_it_comes_up_by_itself_when_the_gateway_does(bot: Program) -> None:
    await bot.discord.gateway_down()
    async with running(bot):
        await bot.logs("gateway: Discord cannot be reached")
        await bot.discord.gateway_up()
        await bot.connected()
        answer = await bot.ask("about")

    assert "Daybrief" in answer.text
    assert len(bot.discord.gateway.identifies) == 1


async def test_a_login_that_fails_for_now_is_tried_again(bot: Program) -> None:
    bot.discord.fail("GET", "/users/@me", 503, times=2)
    async with running(bot):
        await bot.connected()
        answer = await bot.ask("about")

    assert "Daybrief" in answer.text
    assert len(bot.discord.sent("GET", "/users/@me")) == 3


async def test_only_one_may_run_and_the_command_line_reads_beside_it(
    tmp_path: Path, discord: Server
) -> None:
    program.configure(tmp_path, discord, folders=[SEEDS])
    bot = Program(tmp_path, discord)
    async with running(bot):
        await bot.library()
        second, *beside = await asyncio.gather(
            call(tmp_path, "run", token=discord.token),
            call(tmp_path, "preview"),
            call(tmp_path, "entity", "Kuleba"),
            call(tmp_path, "search", "factory"),
            call(tmp_path, "schedule", "list"),
        )
        writing = await call(tmp_path, "ingest", str(SEEDS))
        answer = await bot.ask("who", name="kuleba")

    owner = f"Daybrief (process {bot.process.pid}) is using daybrief.db"
    assert second[0] == writing[0] == 1
    assert owner in second[2]
    assert owner in writing[2]
    assert "Traceback" not in second[2] + writing[2]
    assert [status for status, _, _ in beside] == [0, 0, 0, 0]
    assert "Ukraine to build factory for Turkish armed drones" in beside[0][1]
    assert "Dmytro Kuleba" in beside[1][1]
    assert "Dmytro Kuleba" in answer.text


async def test_the_workers_of_a_killed_program_end_with_it(bot: Program) -> None:
    async with running(bot):
        await bot.connected()
        answer = await bot.ask("summarize", text="Ada Quill spoke in Berlin.")
        await bot.kill()  # it waits for them

    assert "Ada Quill spoke in Berlin." in answer.text


def reports(folder: Path, count: int) -> Path:
    """Write *count* short documents, longer ones after the first hundred; return their folder."""
    library = folder / "library"
    library.mkdir()
    for number in range(count):
        text = f"Mayor Ada Quill opened bridge {number} in Berlin. It cost {number} million euros."
        (library / f"{number:04}.txt").write_text(
            text * (5 if number >= 100 else 1), encoding="utf-8"
        )
    return library


async def test_being_stopped_while_it_reads_loses_and_repeats_nothing(
    tmp_path: Path, discord: Server
) -> None:
    library = reports(tmp_path, 200)
    program.configure(tmp_path, discord, folders=[library])
    bot = Program(tmp_path, discord)
    async with running(bot):
        await bot.connected()
        await bot.discord.until(lambda: kept(bot) > 0, within=program.START)
        began = time.monotonic()
        status = await bot.stop()
        seconds = time.monotonic() - began
        before = kept(bot)
        assert 0 < before < 200
        await bot.start()
        told = await bot.logs("Documents: ", within=120.0)  # its workers are polite to others

    assert (status, seconds < 10) == (0, True)
    assert f"Documents: {200 - before} new." in told
    assert kept(bot) == 200


def kept(bot: Program) -> int:
    """Return how many documents the store of *bot* holds, running or not."""
    with contextlib.closing(sqlite3.connect(bot.folder / "daybrief.db")) as connection:
        return connection.execute("select count(*) from document").fetchone()[0]


@pytest.fixture
async def talkative(tmp_path: Path, discord: Server) -> AsyncIterator[Program]:
    """A program that logs all it can, among documents that it should not tell of."""
    library = reports(tmp_path, 1)
    (library / "bad.txt").write_bytes(bytes(range(256)) * 10)
    (library / "secret.txt").write_text(f"The token is {discord.token}, said Ada Quill.")
    program.configure(tmp_path, discord, folders=[library], more='[logging]\nlevel = "debug"\n')
    async with running(Program(tmp_path, discord)) as bot:
        await bot.library()
        await bot.connected()
        yield bot
    log = "\n".join(bot.log)
    assert all(LINE.fullmatch(line) for line in bot.log), log
    assert discord.token not in log
    assert "opened bridge" not in log
    assert "Ada Quill" not in log


async def test_what_nobody_expected_is_found_in_the_log_by_the_id_that_is_told(
    talkative: Program,
) -> None:
    discord = talkative.discord
    await talkative.ask("search", query="token")
    card = await talkative.ask("who", name="Ada Quill")
    [menu] = [each for each in card.components if each.get("options")]
    tamper(talkative, "update reader_page set arguments = '[1]'")
    chosen = discord.select(card.message, menu["custom_id"], discord.owner, "timeline")
    await chosen.until(lambda answer: answer.followups)

    [apology] = chosen.followups
    assert apology.ephemeral
    number = re.search(r"Tell the operator the id ([0-9a-f]{8}),", apology.content)[1]
    line = await talkative.logs(f"error {number} in interaction {chosen.interaction.id}")
    assert "Traceback" in line
    assert "Traceback" not in apology.content


async def test_a_database_that_does_not_answer_is_told_and_logged(talkative: Program) -> None:
    await talkative.ask("who", name=talkative.discord.token)
    tamper(talkative, "drop table reader_page")
    answer = await talkative.ask("who", name="Ada Quill")

    assert answer.text.startswith("daybrief.db would not answer")
    assert answer.ephemeral
    await talkative.logs(f"warning bot.errors interaction {answer.interaction.id}: daybrief.db")


def tamper(bot: Program, statement: str) -> None:
    """Change the database of *bot* behind its back."""
    with contextlib.closing(sqlite3.connect(bot.folder / "daybrief.db")) as connection:
        connection.execute(statement)
        connection.commit()
