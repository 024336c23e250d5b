"""/entity: what would be affected is said first, a button does it, another one undoes it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.views.workbench import Do, Undo
from briefs.model import PUBLIC
from briefs.store import tables
from tests import fakes
from tests.discord_server import Server, Upload


def people(bot, key="ada quill", scope=None):
    found = bot.store.entities.find(bot.scope if scope is None else scope, [key])
    return [family.name for family in found]


def csv(text, name="names.csv"):
    return Upload(name=name, data=text.encode(), content_type="text/csv")


async def press(bot, answer, label, user=None):
    user = user or bot.discord.owner
    return await bot.discord.press(answer.message, answer.button(label), user).done()


async def test_a_change_is_proposed_made_by_a_button_and_undone_by_another(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fakes.keep(bot.store)

        answer = await bot.ask("entity hide", name="Ada Quill")
        proposed = answer.text, people(bot)
        await press(bot, answer, "Do it")
        done = answer.text, people(bot), people(bot, scope=PUBLIC)
        await press(bot, answer, "Undo")

        assert answer.ephemeral
        assert "Ada Quill is hidden" in proposed[0]
        assert "This affects 2 mentions in 1 document" in proposed[0]
        assert proposed[1] == ["Ada Quill"]
        assert "Done: Ada Quill is hidden" in done[0].replace("\\", "")
        assert done[1:] == ([], ["Ada Quill"])
        assert "Undone: Ada Quill is hidden" in answer.text.replace("\\", "")
        assert people(bot) == ["Ada Quill"]


async def test_the_buttons_work_after_a_restart(tmp_path):
    async with Server() as server:
        async with fakes.running(tmp_path, server) as bot:
            fakes.keep(bot.store)
            answer = await bot.ask("entity hide", name="Ada Quill")
        async with fakes.running(tmp_path, server) as bot:
            await press(bot, answer, "Do it")
            hidden = people(bot)
        async with fakes.running(tmp_path, server) as bot:
            again = people(bot)
            await press(bot, answer, "Undo")

            assert hidden == again == []
            assert people(bot) == ["Ada Quill"]


async def test_the_red_button_is_good_for_a_minute(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fakes.keep(bot.store)
        answer = await bot.ask("entity hide", name="Ada Quill")
        with bot.store._database.write() as connection:
            then = datetime.now(UTC) - timedelta(seconds=61)
            connection.execute(update(tables.reader_page).values(made=then))

        await press(bot, answer, "Do it")

        assert "nothing is changed" in answer.text
        assert answer.components == []
        assert people(bot) == ["Ada Quill"]


async def test_who_lost_the_right_meanwhile_changes_nothing(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fakes.keep(bot.store)
        editor = server.add_user("editor", server.guild)
        role = server.add_role(server.guild, "Editors", fakes.MANAGE, editor)
        place = server.guild, server.channel, editor
        answer = await server.slash(*place, "entity hide", name="Ada Quill").done()
        server.guild.members[editor.id].roles.remove(role)

        pressed = server.press(answer.message, answer.button("Do it"), editor)
        await pressed.until(lambda a: a.followups)

        assert "Manage Server" in pressed.followups[0].content
        assert people(bot) == ["Ada Quill"]


async def test_what_is_not_destroyed_is_done_at_once_with_an_undo(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fakes.keep(bot.store)

        answer = await bot.ask("entity alias-add", name="Ada Quill", alias="The Mayor")
        found = people(bot, "the mayor") or people(bot, "mayor")
        await press(bot, answer, "Undo")

        assert found == ["Ada Quill"]
        assert people(bot, "the mayor") + people(bot, "mayor") == []


async def test_what_is_hidden_is_offered_for_unhiding_and_what_was_done_for_undoing(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fakes.keep(bot.store)
        answer = await bot.ask("entity hide", name="Ada Quill")
        await press(bot, answer, "Do it")

        ((shown, value),) = await bot.type("entity unhide", "name", "ada")
        edits = await bot.type("entity undo", "edit", "")
        listed = await bot.ask("entity show")
        one = await bot.ask("entity show", name="Ada Quill")
        await bot.ask("entity unhide", name=value)

        assert shown == "Ada Quill (person)"
        assert edits == [("1: Ada Quill is hidden", "1")]
        assert "1: Ada Quill is hidden" in listed.text.replace("\\", "")
        assert "and hidden" in one.text
        assert people(bot) == ["Ada Quill"]


async def test_a_list_is_taken_over_and_undone_in_one_go(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fakes.keep(bot.store)
        file = csv("name,kind,aliases\nAda Quill,person,Adalina,The Bridge Lady\n")

        answer = await bot.ask("entity import", file=file)
        proposed = answer.text
        await press(bot, answer, "Do it")
        found = people(bot, "adalina")
        await bot.ask("entity undo")

        assert "2 changes of names.csv" in proposed
        assert found == ["Ada Quill"]
        assert people(bot, "adalina") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The list is empty"),
        ("Ada Quill,robot\n", "Line 1: “robot” is not a kind"),
        ("x" * 1_000_001, "larger than 1 MB"),
    ],
)
async def test_a_list_that_makes_no_sense_is_refused_in_a_sentence(tmp_path, text, said):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        answer = await bot.ask("entity import", file=csv(text))

        assert said in answer.text.replace("\\", "")
        assert answer.components == []


@pytest.mark.parametrize("value", ["x", "-1", "9" * 40, "\uff11", "7"])
async def test_an_edit_that_is_not_there_is_not_undone(tmp_path, value):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        answer = await bot.ask("entity undo", edit=value)

        assert "There is no edit" in answer.text


async def test_another_servers_changes_are_as_good_as_none(tmp_path):
    async with Server() as server, fakes.running(tmp_path, server) as bot:
        fakes.keep(bot.store)
        answer = await bot.ask("entity hide", name="Ada Quill")
        await press(bot, answer, "Do it")
        elsewhere = server.add_guild("Elsewhere")
        there = bot.store.entities.find(elsewhere.id, ["ada quill"])

        assert [family.name for family in there] == ["Ada Quill"]
        assert bot.store.curation.history(elsewhere.id) == ()


def test_the_buttons_are_found_again_by_their_ids():
    assert Do(12).custom_id == "bf1:do:12"
    assert Undo(10**17).custom_id == f"bf1:undo:{10**17}"
