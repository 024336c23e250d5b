"""Briefings on Discord: what has changed, what was posted, why, as files, with a picture; menus."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from bot import charts
from briefs import briefings, exports
from briefs.model import PUBLIC
from tests import fakes
from tests.discord_server import Server

MORNING = {"name": "morning", "time": "07:30", "timezone": "Europe/Kyiv"}
OPENED = "Mayor Ada Quill opened the new bridge over Lake Ems on Monday."
HARVEST = "Farmers in the valley expect the smallest harvest of wheat for forty years."
CHANGED = "some of its documents have changed or gone since"


@asynccontextmanager
async def running(folder):
    async with Server() as server, fakes.running(folder, server) as bot:
        yield bot


@asynccontextmanager
async def posted(folder):
    """A bot that has posted the briefing of one document, as number 1."""
    async with running(folder) as bot:
        fakes.keep(bot.store)
        await bot.ask("schedule create", channel=bot.discord.channel, **MORNING)
        await bot.ask("schedule run", name="morning")
        yield bot


def plain(text):
    return text.replace("\\", "")


def describe(embed):
    return embed["description"]


# --- posted, kept, shown again


async def test_what_is_posted_is_kept_and_shown_again_as_it_was(tmp_path):
    async with posted(tmp_path) as bot:
        (message,) = bot.discord.channel.stored.values()
        shown = await bot.ask("brief show", number=1)
        listed = await bot.ask("brief archive")

        assert "briefing 1" in message.embeds[0]["footer"]["text"]
        assert describe(shown.embeds[0]) == describe(message.embeds[0])
        assert "1 story, schedule “morning”" in plain(listed.text)


async def test_what_was_posted_stays_when_its_document_goes_with_a_word_on_top(tmp_path):
    async with posted(tmp_path) as bot:
        (message,) = bot.discord.channel.stored.values()
        before = bot.store.briefings.get(bot.scope, 1)
        bot.store.documents.remove(PUBLIC, 1)

        shown = await bot.ask("brief show", number=1)
        why = await bot.ask("explain", number=1)

        assert CHANGED in shown.text
        assert describe(shown.embeds[0]).endswith(describe(message.embeds[0]))
        assert bot.store.briefings.get(bot.scope, 1) == before
        assert CHANGED in why.text
        assert OPENED in plain(why.text)


@pytest.mark.parametrize(
    ("form", "suffix", "begins"),
    [
        ("markdown", "md", b"# Briefing"),
        ("html", "html", b"<!doctype html>"),
        ("json", "json", b"{"),
    ],
)
async def test_a_posted_briefing_is_given_as_a_file(tmp_path, form, suffix, begins):
    async with posted(tmp_path) as bot:
        answer = await bot.ask("brief show", number=1, format=form)

        (file,) = answer.attachments
        assert file.name == f"briefing-1.{suffix}"
        assert file.data.startswith(begins)
        assert OPENED.encode() in file.data.replace(b"\\", b"")
        if form == "json":
            assert exports.load(file.data) == briefings.kept(bot.store, bot.scope, 1)[1]


async def test_without_the_right_to_attach_files_the_remedy_is_said(tmp_path):
    async with posted(tmp_path) as bot:
        bot.discord.permit(bot.discord.channel, bot.discord.bot, attach_files=False)

        answer = await bot.ask("brief show", number=1, format="html")

        assert "needs Attach Files here: allow it" in plain(answer.text)


async def test_another_server_sees_none_of_it(tmp_path):
    async with posted(tmp_path) as bot:
        other = bot.discord.add_guild("Elsewhere")
        lobby = bot.discord.add_channel(other, "lobby")
        bot.discord.let_in(other)
        place = other, lobby, other.owner

        shown = await bot.discord.slash(*place, "brief show", number=1).done()
        file = await bot.discord.slash(*place, "brief show", number=1, format="json").done()
        why = await bot.discord.slash(*place, "explain").done()
        listed = await bot.discord.slash(*place, "brief archive").done()
        offered = bot.discord.autocomplete(*place, "brief show", "number", "")

        assert "There is no briefing 1 here" in shown.text
        assert "There is no briefing 1 here" in file.text
        assert "No briefing has been kept yet" in why.text
        assert "No briefing has been kept yet" in listed.text
        assert (await offered.responded()).choices == []


async def test_the_archive_is_narrowed_down_by_day_and_schedule(tmp_path):
    async with posted(tmp_path) as bot:
        (record,) = bot.store.briefings.listing(bot.scope, limit=5)
        day = f"{record.made:%Y-%m-%d}"

        same = await bot.ask("brief archive", schedule="morning", day=day)
        older = await bot.ask("brief archive", day="2001-01-01")
        wrong = await bot.ask("brief archive", day="yesterday")
        offered = await bot.type("brief show", "number", "morn")

        assert "**1" in plain(same.text)
        assert "**1" not in plain(older.text)
        assert "is no day: write it like 2026-11-22" in plain(wrong.text)
        assert [value for _, value in offered] == [1]


# --- why


async def test_a_posted_briefing_is_explained_whole_and_by_story(tmp_path):
    async with posted(tmp_path) as bot:
        whole, story = await bot.ask("explain"), await bot.ask("explain", number=1, story=1)
        missing = await bot.ask("explain", number=1, story=7)

        for answer in (whole, story):
            assert "Story 1 of 1 by its score" in plain(answer.text)
            assert "Picked for its score" in plain(answer.text)
        assert "Briefing 1 has only 1 story" in plain(missing.text)


# --- what has changed


async def test_what_has_changed_is_counted_from_the_visit_before(tmp_path):
    async with running(tmp_path) as bot:
        user = bot.discord.owner.id
        fakes.keep(bot.store)

        first = await bot.ask("brief changes")
        visit = bot.store.visits.last(bot.scope, user)
        second = await bot.ask("brief changes")
        fakes.keep(bot.store, HARVEST, title="Harvest")
        third = await bot.ask("brief changes")

        assert OPENED in plain(first.text)
        assert visit is not None
        assert "Nothing new: no document arrived between" in plain(second.text)
        assert HARVEST in plain(third.text)
        assert OPENED not in plain(third.text)
        assert bot.store.visits.last(bot.scope, user) > visit


async def test_the_visit_of_one_reader_is_not_that_of_another(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)
        await bot.ask("brief changes")

        place = bot.discord.guild, bot.discord.channel, bot.discord.reader
        other = await bot.discord.slash(*place, "brief changes").done()

        assert OPENED in plain(other.text)


async def test_changes_since_the_last_briefing_are_what_it_did_not_tell(tmp_path):
    async with posted(tmp_path) as bot:
        fakes.keep(bot.store, HARVEST, title="Harvest")

        answer = await bot.ask("brief changes", since="the last briefing")

        assert HARVEST in plain(answer.text)
        assert OPENED not in plain(answer.text)


async def test_what_a_reader_watches_for_comes_first_for_them(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)
        fakes.keep(bot.store, HARVEST, title="Harvest")
        await bot.ask("watch add", text="wheat")

        mine = await bot.ask("brief now")
        place = bot.discord.guild, bot.discord.channel, bot.discord.reader
        theirs = await bot.discord.slash(*place, "brief now").done()

        assert "on the watch-list: wheat" in plain(mine.text)
        assert plain(mine.text).index("Harvest") < plain(mine.text).index("A bridge")
        assert "watch-list" not in plain(theirs.text)


# --- lengths, figures, pictures


@pytest.mark.parametrize("length", ["short", "1 line", "40 words", "2 minutes"])
async def test_a_length_may_be_a_number_of_lines_words_or_minutes(tmp_path, length):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        answer = await bot.ask("brief now", length=length)

        assert OPENED in plain(answer.text)


async def test_a_length_that_makes_no_sense_is_refused_with_the_remedy(tmp_path):
    async with running(tmp_path) as bot:
        options = {"channel": bot.discord.channel, "length": "endless"} | MORNING

        now = await bot.ask("brief now", length="endless")
        made = await bot.ask("schedule create", **options)
        sections = await bot.ask(
            "schedule create", **options | {"length": "short", "sections": "x"}
        )

        for answer in (now, made):
            assert "There is no length “endless”: use short" in plain(answer.text)
        assert "There is no section “x”: use lines" in plain(sections.text)
        assert bot.store.schedules.every() == ()


async def test_a_schedule_posts_its_sections_in_their_order(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)
        options = MORNING | {"sections": "people, Lines", "length": "1 line"}
        await bot.ask("schedule create", channel=bot.discord.channel, **options)
        await bot.ask("schedule run", name="morning")

        (message,) = bot.discord.channel.stored.values()
        body = plain(describe(message.embeds[0]))
        assert bot.store.schedules.every()[0].sections == ("people", "lines")
        assert body.index("In it:") < body.index(OPENED)
        assert body.count("\n> ") == 1


async def test_figures_are_listed_by_source(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        answer = await bot.ask("figures")

        assert "**12 million euros**" in plain(answer.text)
        assert "Sample Courier" in answer.text


async def test_a_briefing_has_a_picture_of_who_reported_that_is_described(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        answer = await bot.ask("brief now")
        empty = await bot.ask("brief now", about="volcano")

        (picture,) = answer.attachments
        assert picture.data.startswith(b"\x89PNG")
        assert picture.description.startswith("Documents by outlet")
        assert "Sample Courier 1" in picture.description
        assert charts.NAME in answer.embeds[0]["image"]["url"]
        assert empty.attachments == []


# --- the menu of a message


def say(bot, text):
    return bot.discord.say(bot.discord.channel, bot.discord.reader, text)


def use(bot, name, message):
    place = bot.discord.guild, bot.discord.channel, bot.discord.reader
    return bot.discord.message_command(*place, name, message).done()


async def test_a_message_is_summarized_for_who_asks_and_kept_nowhere(tmp_path):
    async with running(tmp_path) as bot:
        answer = await use(bot, "Summarize this message", say(bot, fakes.LAKE))

        assert answer.ephemeral
        assert OPENED in plain(answer.text)
        assert bot.store.documents.counts(bot.scope).documents == 0


async def test_where_a_message_was_said_leads_to_the_lines_of_the_library(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store)

        found = await use(bot, "Where was this said?", say(bot, "The mayor opened the new bridge!"))
        nothing = await use(bot, "Where was this said?", say(bot, "Zebras play the flute."))

        assert found.ephemeral
        assert nothing.ephemeral
        assert "Sample Courier" in found.text
        assert "The earliest of these lines" in plain(found.text)
        assert "No line in the library says this" in plain(nothing.text)


async def test_a_guilds_own_lines_are_found_in_that_guild_alone(tmp_path):
    async with running(tmp_path) as bot:
        fakes.keep(bot.store, scope=77)

        answer = await use(bot, "Where was this said?", say(bot, OPENED))

        assert "No line in the library says this" in plain(answer.text)


async def test_the_embeds_of_a_message_are_read_too(tmp_path):
    async with posted(tmp_path) as bot:
        (message,) = bot.discord.channel.stored.values()

        answer = await use(bot, "Where was this said?", message)

        assert "Sample Courier" in answer.text


@pytest.mark.parametrize("name", ["Summarize this message", "Where was this said?"])
async def test_a_message_without_text_is_said_to_have_none(tmp_path, name):
    async with running(tmp_path) as bot:
        answer = await use(bot, name, say(bot, ""))

        assert "This message has no text: choose one with words in it." in plain(answer.text)


async def test_the_pages_of_a_claim_answer_the_same_after_a_restart(tmp_path):
    async with Server() as server:
        async with fakes.running(tmp_path, server) as bot:
            fakes.keep(bot.store)
            first = await bot.ask("brief now")
            body = describe(first.embeds[0])
        async with fakes.running(tmp_path, server) as bot:
            again = await bot.ask("brief now")

            assert describe(again.embeds[0]) == body


async def test_a_briefing_by_words_of_an_empty_window_is_nothing_new(tmp_path):
    async with running(tmp_path) as bot:
        answers = await asyncio.gather(bot.ask("brief now"), bot.ask("figures"), bot.ask("explain"))

        brief, figures, why = (plain(answer.text) for answer in answers)
        assert "Nothing new: no document arrived between" in brief
        assert "No figures are given" in figures
        assert "No briefing has been kept yet" in why
        assert json.dumps(bot.discord.pings) == "[]"
