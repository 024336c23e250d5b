"""A briefing that is posted: its buttons work after a restart, and what is changed is corrected."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import buttons
from briefs import documents, ingest
from briefs.store import open_store
from tests.discord_server import Answer, Message, Server, User, text
from tests.test_end_to_end import due, program, shown
from tests.test_end_to_end.program import Program, running

POST = ("POST", "/channels/*/messages")
COST = "Workers of Tarn Works built the bridge in two years for 12 million euros."
CORRECTED = COST.replace("12 million", "19 million")
OPENED = "Mayor Ada Quill opened it on Monday."


@pytest.fixture
async def discord() -> AsyncIterator[Server]:
    async with Server() as discord:
        yield discord
    program.assert_clean(discord)


@pytest.fixture
def bot(tmp_path: Path, discord: Server) -> Program:
    """A program that has a briefing to post, and is not running."""
    program.configure(tmp_path, discord)
    bot = Program(tmp_path, discord)
    keep(bot, f"{COST} {OPENED}")
    due.add(bot, due.schedule("daily", discord.news))
    return bot


def keep(program: Program, words: str) -> None:
    """Keep the document, or a new revision of it, in a *program* that is not running."""
    document = documents.of(words, title="A bridge", source="Courier", identity="test:bridge")
    with open_store(program.url) as store:
        arrived = datetime.now(UTC) - timedelta(hours=1)
        store.documents.add(ingest.find(document), arrived=arrived)
        ingest.place(store)


async def press(bot: Program, message: Message, label: str, by: User) -> Answer:
    [found] = [
        each["custom_id"]
        for row in message.components
        for each in row["components"]
        if each["label"] == label
    ]
    return await bot.discord.press(message, found, by).done(within=30)


async def test_every_button_answers_after_a_restart_and_only_who_may(bot: Program) -> None:
    discord = bot.discord
    async with running(bot):
        await bot.logs("/1/1 is sent")
        [message] = discord.news.messages
        await bot.connected()
        await bot.restart()
        found = {
            label: await press(bot, message, label, discord.reader)
            for label in buttons.READING.values()
        }
        refused = [
            await press(bot, message, label, discord.reader) for label in buttons.EDITING.values()
        ]
        asked = await press(bot, message, "Withdraw", discord.owner)
        await bot.restart()
        red = discord.press(asked.message, asked.button("Withdraw"), discord.owner)
        await red.done(within=30)

    said = {label: shown.words(answer.text) for label, answer in found.items()}
    assert f"> **{COST}** {OPENED}" in said["Sources"] or f"> {COST}" in said["Sources"]
    assert "document 1, revision 1, characters 0 to" in said["Sources"]
    assert "Why briefing 1 is as it is" in said["Why these?"]
    assert "Nothing new" in said["What changed"]
    assert COST in said["Read more"]
    assert "hear of first" in said["Follow…"]
    assert all(answer.ephemeral for answer in [*found.values(), *refused])
    assert all("Manage Server" in answer.text for answer in refused)
    assert "This briefing was withdrawn by an editor" in text(message)


async def test_a_changed_sentence_is_corrected_once_whatever_is_restarted_or_killed(
    bot: Program,
) -> None:
    discord = bot.discord
    async with running(bot):
        await bot.logs("/1/1 is sent")
        await bot.stop()
        keep(bot, f"{CORRECTED} {OPENED}")
        fault = discord.fail(*POST, "silence", after=True)
        await bot.start()
        await fault.reached(within=30)
        await bot.kill()
        discord.script.clear()
        await bot.start()
        await bot.logs("correction 1 is sent")
        await bot.stop()
        await bot.start()
        await bot.connected()

    briefing, correction = discord.news.messages
    assert correction.reference["message_id"] == str(briefing.id)
    assert f"> {COST}" in shown.words(text(correction))
    assert f"> {CORRECTED}" in shown.words(text(correction))
