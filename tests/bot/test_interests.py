"""/topic and /watch: what a server and its members want to hear of."""

from contextlib import asynccontextmanager

import pytest

from briefs.model import PUBLIC, Topic, Watch
from tests import fakes
from tests.briefs.store.library import NOON
from tests.discord_server import Server


@asynccontextmanager
async def running(folder):
    async with Server() as server, fakes.running(folder, server) as bot:
        yield bot


def member(bot, name="member", *, manage=False):
    user = bot.discord.add_user(name, bot.discord.guild)
    if manage:
        bot.discord.add_role(bot.discord.guild, "Editors", fakes.MANAGE, user)
    return bot.discord.guild, bot.discord.channel, user


def plain(answer):
    return answer.text.replace("\\", "")


def listed(bot, user):
    return [each.text for each in bot.store.watches.listing(bot.scope, user)]


async def test_a_topic_is_made_tested_changed_and_deleted(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        made = await bot.ask("topic create", name="Bridges", terms='bridges, "lake ems"')
        tested = plain(await bot.ask("topic test", name="bridges"))
        changed = await bot.ask("topic edit", name="bridges", rename="Works", exclude="engineer")
        empty = plain(await bot.ask("topic test", name="works"))
        shown = plain(await bot.ask("topic list"))
        gone = await bot.ask("topic delete", name="Works")

        assert "Topic **Bridges** is made" in made.text
        assert "**A bridge**" in tested
        assert "Sample Courier ([courier.example](<https://courier.example/bridge>)" in tested
        assert "Found: “bridge”, “Lake Ems”" in tested
        assert "1 document; 1 on it" in tested
        assert "Topic **Works** is changed" in changed.text
        assert "None of them is on it" in empty
        assert "**Works**: terms bridges, lake ems; not with engineer" in shown
        assert "Topic **Works** is deleted" in gone.text
        assert bot.store.topics.listing(bot.scope) == ()


async def test_a_topic_finds_a_name_however_it_is_written(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store, "Mayor Ada Quill spoke. Then Quill left.", title="Spoken")
        await bot.ask("topic create", name="Mayor", entities="quill", sources="sample COURIER")

        tested = plain(await bot.ask("topic test", name="Mayor"))

        assert "**Spoken**" in tested
        assert "Found: “Ada Quill”" in tested


async def test_a_long_test_is_paged(tmp_path):
    async with running(tmp_path) as bot:
        for number in range(40):
            fakes.keep(bot.store, f"A bridge over lake {number}.", title=f"Bridge {number} " * 12)
        await bot.ask("topic create", name="Bridges", terms="bridge")

        answer = await bot.ask("topic test", name="Bridges")
        first = answer.text
        await bot.discord.press(answer.message, answer.button("▶"), bot.discord.owner).done()

        assert "40 documents; 40 on it" in first
        assert len(first) <= 4_096
        assert answer.text != first
        assert "Found: “Bridge”" in plain(answer)


async def test_only_who_manages_the_server_changes_topics(tmp_path):
    async with running(tmp_path) as bot:
        reader, editor = member(bot), member(bot, "editor", manage=True)
        bot.store.topics.create(Topic(name="Lakes", scope=bot.scope, terms=("lake",)))

        for command, options in (
            ("topic create", {"name": "x", "terms": "x"}),
            ("topic edit", {"name": "Lakes", "terms": "x"}),
            ("topic delete", {"name": "Lakes"}),
        ):
            refused = await bot.discord.slash(*reader, command, **options).done()
            assert "You need Manage Server" in refused.text
        offered = bot.discord.autocomplete(*reader, "topic delete", "name", "")
        tested = await bot.discord.slash(*reader, "topic test", name="Lakes").done()
        made = await bot.discord.slash(*editor, "topic create", name="y", terms="y").done()

        assert (await offered.responded()).choices == []
        assert "Lakes: test" in plain(tested)
        assert "is made" in made.text
        assert [each.name for each in bot.store.topics.listing(bot.scope)] == ["Lakes", "y"]


async def test_a_public_topic_is_used_and_not_changed(tmp_path):
    async with running(tmp_path) as bot:
        bot.store.topics.create(Topic(name="Lakes", scope=PUBLIC, terms=("lake",)))

        shown = plain(await bot.ask("topic list"))
        refused = plain(await bot.ask("topic delete", name="lakes"))

        assert "**Lakes** (for everybody): terms lake" in shown
        assert "is everybody's" in refused
        assert await bot.type("topic test", "name", "LAK") == [("Lakes", "Lakes")]
        assert await bot.type("topic edit", "name", "LAK") == []


async def test_names_are_offered_for_the_last_place_of_a_list(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        offered = await bot.type("topic create", "entities", "Bo Tarn, qui")

        assert ("Bo Tarn, Ada Quill", "Bo Tarn, Ada Quill") in offered


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "asks for nothing: give it terms, entities or sources"),
        ({"terms": "***"}, "“***” in terms has no word in it"),
        ({"terms": "x" * 61}, "longer than 60 characters"),
        ({"terms": ",".join(f"t{n}" for n in range(26))}, "more than 25 in terms"),
    ],
)
async def test_what_is_no_topic_is_refused_in_one_sentence(tmp_path, options, said):
    async with running(tmp_path) as bot:
        answer = await bot.ask("topic create", name="x", **options)

        assert said in plain(answer)
        assert bot.store.topics.listing(bot.scope) == ()


async def test_a_watch_is_ones_own_and_counted(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)
        reader = member(bot)

        added = await bot.ask("watch add", text="  Ada   Quill ")
        await bot.discord.slash(*reader, "watch add", text="ferry").done()
        again = plain(await bot.ask("watch add", text="ada quill"))
        shown = plain(await bot.ask("watch list"))
        offered = await bot.type("watch remove", "text", "QUI")
        removed = await bot.ask("watch remove", text="ADA QUILL")

        assert added.ephemeral
        assert "**Ada Quill** is on your watch-list." in added.text
        assert "“ada quill” is on the watch-list already" in again
        assert "**Ada Quill**: 1 document" in shown
        assert "ferry" not in shown
        assert offered == [("Ada Quill", "Ada Quill")]
        assert "**Ada Quill** is off your watch-list." in removed.text
        assert listed(bot, bot.discord.owner.id) == []
        assert listed(bot, reader[2].id) == ["ferry"]


async def test_the_servers_list_is_for_who_manages_it(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)
        reader = member(bot)

        refused = await bot.discord.slash(*reader, "watch add", text="lake", server=True).done()
        added = await bot.ask("watch add", text="lakes", server=True)
        kept = await bot.discord.slash(*reader, "watch remove", text="lakes", server=True).done()
        shown = plain(await bot.discord.slash(*reader, "watch list").done())
        offered = await bot.type("watch remove", "text", "", server=True)

        assert "You need Manage Server" in refused.text
        assert "**lakes** is on the server's watch-list." in added.text
        assert "You need Manage Server" in kept.text
        assert "**lakes**: 1 document, the server's" in shown
        assert offered == [("lakes", "lakes")]
        assert listed(bot, 0) == ["lakes"]


async def test_what_another_server_watches_for_is_not_shown(tmp_path):
    async with running(tmp_path) as bot:
        bot.store.watches.add(Watch(text="secret", scope=77, user=0, added=NOON))
        bot.store.topics.create(Topic(name="Secret", scope=77, terms=("secret",)))

        watches = await bot.ask("watch list")
        topics = await bot.ask("topic list")
        tested = await bot.ask("topic test", name="Secret")

        assert "Nothing is watched for" in watches.text
        assert "There are no topics here" in topics.text
        assert "There is no topic called" in tested.text
