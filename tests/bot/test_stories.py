"""/story: what would be affected is said first, a button does it, another one undoes it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.views.regrouping import Regroup, Ungroup
from briefs import ingest
from briefs.model import PUBLIC
from briefs.store import tables
from tests import fakes
from tests.discord_server import Server

HARVEST = "Farmers of Podolia expect the smallest barley harvest since the Dniester drought."


def fill(bot):
    """Put two stories into the library: of a bridge in two documents, and of a harvest."""
    fakes.keep(bot.store)
    fakes.keep(bot.store, f"{fakes.LAKE} Ferries stop.", title="A ferry")
    fakes.keep(bot.store, HARVEST, title="A harvest")
    ingest.place(bot.store)


def sizes(bot, scope=None):
    found = bot.store.stories.among(bot.scope if scope is None else scope, [1, 2, 3])
    numbers = [each.story for each in found]
    return sorted(numbers.count(each) for each in set(numbers))


async def press(bot, answer, label):
    button = answer.button(label)
    return await bot.discord.press(answer.message, button, bot.discord.owner).done()


async def test_a_merge_is_proposed_made_by_a_button_and_undone_by_another(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fill(bot)

        answer = await bot.ask("story merge", keep="1", drop="#2")
        proposed = answer.text.replace("\\", ""), sizes(bot)
        await press(bot, answer, "Do it")
        done = answer.text, sizes(bot), sizes(bot, PUBLIC)
        await press(bot, answer, "Undo")

        assert answer.ephemeral
        assert "Story 2 is one with story 1" in proposed[0]
        assert "This affects 3 documents" in proposed[0]
        assert proposed[1] == [1, 2]
        assert "Done: story 2 is one with story 1" in done[0].replace("\\", "")
        assert done[1:] == ([3], [1, 2])
        assert "Undone: story 2 is one" in answer.text.replace("\\", "")
        assert sizes(bot) == [1, 2]


async def test_a_split_works_after_a_restart(tmp_path):
    async with Server() as server:
        async with fakes.running(tmp_path, server) as bot:
            fill(bot)
            answer = await bot.ask("story split", story="1", documents="2")
        async with fakes.running(tmp_path, server) as bot:
            await press(bot, answer, "Do it")
            apart = sizes(bot)
            await bot.ask("story undo")

            assert apart == [1, 1, 1]
            assert sizes(bot) == [1, 2]


async def test_the_red_button_is_good_for_a_minute(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fill(bot)
        answer = await bot.ask("story merge", keep="1", drop="2")
        with bot.store._database.write() as connection:
            then = datetime.now(UTC) - timedelta(seconds=61)
            connection.execute(update(tables.reader_page).values(made=then))

        await press(bot, answer, "Do it")

        assert "nothing is changed" in answer.text
        assert sizes(bot) == [1, 2]


async def test_stories_are_listed_shown_and_offered(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fill(bot)
        answer = await bot.ask("story merge", keep="1", drop="2")
        await press(bot, answer, "Do it")

        listed = await bot.ask("story list")
        shown = await bot.ask("story show", story="1")
        offered = await bot.type("story show", "story", "bridge")
        edits = await bot.type("story undo", "edit", "")

        assert "(3 documents)" in listed.text.replace("\\", "")
        assert "A ferry, Sample Courier" in shown.text.replace("\\", "")
        assert [value for _, value in offered] == ["3"]
        assert edits == [("1: story 2 is one with story 1", "1")]


@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        ("story show", {"story": "x"}, "There is no story x here"),
        ("story show", {"story": "9" * 30}, "There is no story 9"),
        ("story merge", {"keep": "1", "drop": "77"}, "There is no story 77 here"),
        ("story split", {"story": "1", "documents": "1, 2"}, "not all of them"),
        ("story split", {"story": "1", "documents": ","}, "Name some documents"),
        ("story undo", {"edit": "\uff11"}, "There is no edit"),
    ],
)
async def test_what_makes_no_sense_is_one_sentence(tmp_path, command, options, said):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fill(bot)
        answer = await bot.ask(command, **options)

        assert said in answer.text.replace("\\", "")
        assert answer.components == []


def test_the_buttons_are_found_again_by_their_ids():
    assert Regroup(12).custom_id == "bf1:regroup:12"
    assert Ungroup(10**17).custom_id == f"bf1:ungroup:{10**17}"
