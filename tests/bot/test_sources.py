"""What else fills a library: pages, messages, corrections by hand; and how all sources are."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefs import ingest
from briefs.model import PUBLIC, Condition, Feed
from tests import fakes
from tests.bot import site as sites
from tests.discord_server import Server, Upload, messages

WRITER = "Owner"  # as the owner of the guild is shown
LATER = datetime(2030, 1, 1, tzinfo=UTC)


@asynccontextmanager
async def running(folder):
    """Let a bot live that may read from a site of this machine."""
    async with (
        sites.serving() as site,
        Server() as server,
        fakes.running(folder, server, site.config) as bot,
    ):
        site.says["/bridge"] = sites.page("The bridge of Tarn")
        yield bot, site


def plain(answer):
    return answer.text.replace("\\", "")


def documents(bot, scope=None):
    scope = bot.scope if scope is None else scope
    return bot.store.documents.listing(scope, limit=20).documents


def attach(bot, message, name, data):
    """Attach a file to *message*, where the local Discord serves it from."""
    file = Upload(name=name, data=data, content_type="text/markdown")
    message.attachments.append(messages.store(bot.discord.state, bot.discord.channel, file))


async def use(bot, menu, message, by=None):
    place = bot.discord.guild, bot.discord.channel, by or bot.discord.owner
    return await bot.discord.message_command(*place, menu, message).done()


# Pages


async def test_a_page_is_added_to_the_library_of_the_guild(tmp_path):
    async with running(tmp_path) as (bot, site):
        answer = plain(await bot.ask("doc add", url=site.at("/bridge")))
        again = plain(await bot.ask("doc add", url=site.at("/bridge?utm_source=x")))

        (document,) = documents(bot)
        assert "“The bridge of Tarn” is now in the library" in answer
        assert "is in the library already" in again
        assert (document.scope, document.url) == (bot.scope, site.at("/bridge"))
        assert documents(bot, PUBLIC) == ()


async def test_a_page_that_changed_is_a_revision(tmp_path):
    async with running(tmp_path) as (bot, site):
        await bot.ask("doc add", url=site.at("/bridge"))
        site.says["/bridge"] = sites.page("The new bridge of Tarn")

        answer = plain(await bot.ask("doc add", url=site.at("/bridge")))

        assert "was in the library, and is corrected" in answer
        assert [each.title for each in documents(bot)] == ["The new bridge of Tarn"]


async def test_a_page_that_robots_txt_forbids_is_not_fetched(tmp_path):
    async with running(tmp_path) as (bot, site):
        site.says["/robots.txt"] = (b"User-agent: *\nDisallow: /bridge\n", "text/plain")

        answer = plain(await bot.ask("doc add", url=site.at("/bridge")))

        assert "robots.txt" in answer
        assert "/bridge" not in [path for path, _ in site.asked]
        assert documents(bot) == ()


async def test_a_page_is_summarised_and_kept_nowhere(tmp_path):
    async with running(tmp_path) as (bot, site):
        answer = plain(await bot.ask("summarize", url=site.at("/bridge"), sentences=1))

        assert "paid 12 million euros for it" in answer
        assert documents(bot) == ()


async def test_a_text_is_added_under_its_title(tmp_path):
    async with running(tmp_path) as (bot, _):
        answer = plain(await bot.ask("doc add", text=fakes.LAKE, title="A note on Lake Ems"))

        assert "“A note on Lake Ems” is now in the library" in answer
        assert [each.title for each in documents(bot)] == ["A note on Lake Ems"]


@pytest.mark.parametrize(
    "options", [{}, {"text": "x", "url": "https://courier.example"}, {"title": "x"}]
)
async def test_exactly_one_thing_is_added_at_a_time(tmp_path, options):
    async with running(tmp_path) as (bot, site):
        answer = await bot.ask("doc add", **options)

        assert "only one of them" in answer.text
        assert site.asked == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (404, "nothing"),
        (503, "127.0.0.1"),
        ((b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png"), "an image"),
        ((b"<rss><channel><item/></channel></rss>", "application/rss+xml"), "feed"),
        ((b"", "text/html"), "empty"),
    ],
)
async def test_what_is_no_page_gets_one_sentence(tmp_path, said, told):
    async with running(tmp_path) as (bot, site):
        site.says["/odd"] = said

        answer = plain(await bot.ask("doc add", url=site.at("/odd")))

        assert told in answer.lower()
        assert "\n" not in answer
        assert "went wrong" not in answer
        assert documents(bot) == ()


# Messages


async def test_a_message_is_added_with_who_wrote_it_and_when(tmp_path):
    async with running(tmp_path) as (bot, _):
        message = bot.discord.say(bot.discord.channel, bot.discord.owner, fakes.LAKE)

        answer = plain(await use(bot, "Add to library", message))
        again = plain(await use(bot, "Add to library", message))

        (document,) = documents(bot)
        whole = bot.store.documents.get(bot.scope, document.id)
        assert "is now in the library of this server" in answer
        assert "is in the library already" in again
        assert whole.text == fakes.LAKE
        assert document.source == WRITER
        assert document.url.endswith(f"/{message.id}")
        assert document.published is not None
        assert documents(bot, PUBLIC) == ()


async def test_the_words_in_an_embed_are_those_of_the_message(tmp_path):
    async with running(tmp_path) as (bot, _):
        message = bot.discord.say(bot.discord.channel, bot.discord.owner, "")
        message.embeds = [{"type": "rich", "title": "The bridge", "description": fakes.LAKE}]

        await use(bot, "Add to library", message)

        (document,) = documents(bot)
        assert document.title == "The bridge"
        assert fakes.LAKE in bot.store.documents.get(bot.scope, document.id).text


async def test_the_first_file_of_a_message_is_added_too(tmp_path):
    async with running(tmp_path) as (bot, _):
        message = bot.discord.say(bot.discord.channel, bot.discord.owner, "Read this note.")
        attach(bot, message, "lake.md", f"# The lake\n\n{fakes.LAKE}".encode())

        answer = plain(await use(bot, "Add to library", message))

        assert "“The message” holds 2 documents: 2 are new" in answer
        assert sorted(each.title for each in documents(bot)) == ["Read this note.", "The lake"]
        assert {each.source for each in documents(bot)} == {WRITER}


async def test_a_picture_beside_the_words_of_a_message_is_left(tmp_path):
    async with running(tmp_path) as (bot, _):
        message = bot.discord.say(bot.discord.channel, bot.discord.owner, fakes.LAKE)
        alone = bot.discord.say(bot.discord.channel, bot.discord.owner, "")
        for each in (message, alone):
            attach(bot, each, "bridge.png", b"\x89PNG")

        added = plain(await use(bot, "Add to library", message))
        refused = plain(await use(bot, "Add to library", alone))

        assert "is now in the library" in added
        assert "bridge.png is not a kind that can be read" in refused
        assert len(documents(bot)) == 1


@pytest.mark.parametrize("content", ["", "  \n "])
async def test_a_message_without_words_is_refused(tmp_path, content):
    async with running(tmp_path) as (bot, _):
        message = bot.discord.say(bot.discord.channel, bot.discord.owner, content)

        answer = plain(await use(bot, "Add to library", message))

        assert "has no text" in answer
        assert documents(bot) == ()


async def test_a_member_does_not_add_messages(tmp_path):
    async with running(tmp_path) as (bot, _):
        message = bot.discord.say(bot.discord.channel, bot.discord.owner, fakes.LAKE)
        bot.discord.grant("Add to library")

        answer = await use(bot, "Add to library", message, by=bot.discord.reader)

        assert "You need Manage Server" in answer.text
        assert documents(bot) == ()


async def test_the_page_that_a_message_links_to_is_summarised(tmp_path):
    async with running(tmp_path) as (bot, site):
        said = f"Have you seen <{site.at('/bridge')}>, everybody?"
        message = bot.discord.say(bot.discord.channel, bot.discord.reader, said)
        other = bot.discord.say(bot.discord.channel, bot.discord.reader, "No link here.")

        answer = plain(await use(bot, "Summarize its links", message, by=bot.discord.reader))
        refused = plain(await use(bot, "Summarize its links", other, by=bot.discord.reader))

        assert "Ada Quill opened the new bridge" in answer
        assert "has no link" in refused
        assert documents(bot) == ()


# Corrections by hand


async def test_a_correction_stays_when_the_document_is_read_and_analysed_again(tmp_path):
    async with running(tmp_path) as (bot, _):
        file = Upload(name="lake.md", data=fakes.LAKE.encode(), content_type="text/plain")
        await bot.ask("doc add", file=file)
        (before,) = documents(bot)

        answer = plain(
            await bot.ask(
                "doc edit",
                document=str(before.id),
                title="A corrected title",
                source="Tarn Gazette",
                date="2026-03-01T08:00+02:00",
            )
        )
        again = plain(await bot.ask("doc add", file=file))
        await bot.ask("doc reindex", document=str(before.id))
        stale = bot.store.renewal.batch(ingest.VERSION, 9)
        bot.store.renewal.renew([ingest.find(each) for each in stale])

        (after,) = documents(bot)
        assert "“A corrected title”, is corrected" in answer
        assert "is in the library already" in again
        assert (after.id, after.arrived) == (before.id, before.arrived)
        assert (after.title, after.source) == ("A corrected title", "Tarn Gazette")
        assert after.published == datetime(2026, 3, 1, 6, tzinfo=UTC)
        assert [each.id for each in stale] == [before.id]
        assert "“A corrected title”" not in plain(await bot.ask("doc list", title="lake"))


async def test_a_correction_stays_when_the_text_is_corrected_too(tmp_path):
    async with running(tmp_path) as (bot, site):
        await bot.ask("doc add", url=site.at("/bridge"))
        (before,) = documents(bot)
        await bot.ask("doc edit", document=str(before.id), author="Bela Stone")
        site.says["/bridge"] = sites.page("A newer title")

        await bot.ask("doc add", url=site.at("/bridge"))

        (after,) = documents(bot)
        assert (after.title, after.author) == ("A newer title", "Bela Stone")
        assert after.revision == before.revision + 2


async def test_the_audit_says_who_corrected_what(tmp_path):
    async with running(tmp_path) as (bot, _):
        number = fakes.keep(bot.store, scope=bot.scope)
        await bot.ask("doc edit", document=str(number), title="Anew", date="2026-03-01")

        audit = plain(await bot.ask("audit"))

        assert f"document {number}, title, date corrected by <@{bot.discord.owner.id}>" in audit
        assert bot.discord.pings == []


async def test_only_a_document_of_the_guild_is_corrected(tmp_path):
    async with running(tmp_path) as (bot, _):
        public = fakes.keep(bot.store)
        theirs = fakes.keep(bot.store, title="Theirs", scope=77)

        of_all = plain(await bot.ask("doc edit", document=str(public), title="x"))
        of_others = plain(await bot.ask("doc edit", document=str(theirs), title="x"))
        missing = plain(await bot.ask("doc edit", document="999", title="x"))
        anew = plain(await bot.ask("doc reindex", document=str(theirs)))

        assert of_all == f"There is no document {public} of this server."
        assert of_others == missing.replace("999", str(theirs)) == anew
        assert [each.title for each in documents(bot, PUBLIC)] == ["A bridge"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "Nothing would change"),
        ({"title": "A bridge"}, "Nothing would change"),
        ({"date": "31 February"}, "is no date"),
        ({"date": "2026-13-01"}, "is no date"),
        ({"date": "2126-12-01"}, "is in the future"),
        ({"title": "\u200b"}, "Nothing would change"),
    ],
)
async def test_a_correction_that_makes_no_sense_is_refused(tmp_path, options, said):
    async with running(tmp_path) as (bot, _):
        number = fakes.keep(bot.store, scope=bot.scope)

        answer = plain(await bot.ask("doc edit", document=str(number), **options))

        assert said in answer


async def test_all_documents_of_the_guild_are_analysed_again(tmp_path):
    async with running(tmp_path) as (bot, _):
        fakes.keep(bot.store)
        for title in ("One", "Two"):
            fakes.keep(bot.store, f"{title}: {fakes.LAKE}", title=title, scope=bot.scope)

        answer = plain(await bot.ask("doc reindex"))

        assert "2 documents are analysed again" in answer
        assert bot.store.renewal.stale(ingest.VERSION) == 2


# How all sources are


async def test_the_sources_are_counted(tmp_path):
    async with running(tmp_path) as (bot, _):
        fakes.keep(bot.store)
        fakes.keep(bot.store, title="Ours", scope=bot.scope)
        for name, condition in (("Tarn", Condition.OK), ("Ill", Condition.ILL)):
            url = f"https://{name.lower()}.example/feed.xml"
            feed = Feed(url=url, name=name, scope=bot.scope)
            feed = bot.store.feeds.add(feed, datetime.now(UTC))
            bot.store.feeds.save(replace(feed, condition=condition, next_at=LATER))

        everything = plain(await bot.ask("sources"))
        failing = plain(await bot.ask("sources", status="failing"))
        one = plain(await bot.ask("source", name="ill"))

        assert "2 feeds: 1 ok, 1 failing; nothing waiting to be read." in everything
        assert "In the library: 1 document for everybody, 1 of this server alone." in everything
        assert "Folder seeds: 0 documents." in everything
        assert "**Tarn**: ok" in everything
        assert "**Tarn**" not in failing
        assert "**Ill**: fails" in failing
        assert one.startswith("Ill\nFrom ill.example")
