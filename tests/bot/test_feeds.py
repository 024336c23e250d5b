"""/feed: found, read once before it is kept, changed, and told when it is ill."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.views import feeding
from briefs.feeds import Link
from briefs.model import PUBLIC, Condition, Feed, Problem
from tests import fakes
from tests.bot import site as sites
from tests.discord_server import Server, Upload

TITLES = ("A bridge opens", "A harbour closes", "A ferry stops", "A mayor speaks")


@asynccontextmanager
async def running(folder):
    """Let a bot live that may read from a site of this machine."""
    async with (
        sites.serving() as site,
        Server() as server,
        fakes.running(folder, server, site.config) as bot,
    ):
        site.says["/feed.xml"] = sites.rss(site.at(""), *TITLES)
        yield bot, site


def plain(answer):
    return answer.text.replace("\\", "")


def feeds(bot, scope=None):
    return bot.store.feeds.list(bot.scope if scope is None else scope)


def kept(bot, name="Tarn Gazette", **fields):
    """Keep a feed of the guild that is not due."""
    now = datetime.now(UTC)
    url = fields.pop("url", f"https://{name.split()[0].lower()}.example/feed.xml")
    feed = bot.store.feeds.add(Feed(url=url, name=name, scope=bot.scope), now)
    later = now.replace(year=now.year + 1)
    bot.store.feeds.save(replace(feed, **{"condition": Condition.OK, "next_at": later, **fields}))
    return bot.store.feeds.get(bot.scope, feed.id)


async def until(holds):
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.05)


async def test_a_feed_is_read_once_and_shown_before_it_is_kept(tmp_path):
    async with running(tmp_path) as (bot, site):
        answer = await bot.ask("feed add", url=site.at("/feed.xml"))

        (feed,) = feeds(bot)
        assert "Feed **Tarn Gazette** is added" in plain(answer)
        assert "RSS with 4 entries" in plain(answer)
        assert plain(answer).count("“A ") == 3
        assert (feed.scope, feed.origin, feed.url) == (bot.scope, "discord", site.at("/feed.xml"))
        assert feeds(bot, PUBLIC) == ()
        assert answer.ephemeral


async def test_what_a_feed_brings_is_in_the_library_of_the_guild_alone(tmp_path):
    async with running(tmp_path) as (bot, site):
        await bot.ask("feed add", url=site.at("/feed.xml"), name="Gazette", backfill=1)
        await until(lambda: bot.store.documents.counts(bot.scope).documents == 4)

        info = plain(await bot.ask("feed info", name="gazette"))
        found = plain(await bot.ask("search", query="ferry"))

        assert bot.store.documents.counts(PUBLIC).documents == 0
        assert "State: ok, 4 entries" in info
        assert "**A ferry stops**" in info
        assert "Gazette" in found


async def test_the_one_feed_of_a_site_is_found(tmp_path):
    async with running(tmp_path) as (bot, site):
        site.says["/"] = sites.page("Tarn", "/feed.xml")

        answer = await bot.ask("feed add", url=site.at("/"), name="Gazette", interval=60)

        (feed,) = feeds(bot)
        assert "Feed **Gazette** is added" in plain(answer)
        assert (feed.url, feed.interval) == (site.at("/feed.xml"), 60)


async def test_of_several_feeds_one_is_chosen(tmp_path):
    async with running(tmp_path) as (bot, site):
        site.says["/"] = sites.page("Tarn", "/feed.xml", "/other.xml")
        site.says["/other.xml"] = sites.rss(site.at(""), "Another", name="Other")
        answer = await bot.ask("feed add", url=site.at("/"), full_text=True)
        offered = feeds(bot)
        (menu,) = [each for each in answer.components if each.get("options")]

        chosen = bot.discord.select(answer.message, menu["custom_id"], bot.discord.owner, "1")
        await chosen.done()

        assert offered == ()
        assert [each["label"] for each in menu["options"]] == ["Feed 1", "Feed 2"]
        (feed,) = feeds(bot)
        assert (feed.name, feed.url, feed.full_text) == ("Other", site.at("/other.xml"), True)
        assert "Feed **Other** is added" in plain(answer)


async def test_who_did_not_ask_does_not_choose(tmp_path):
    async with running(tmp_path) as (bot, site):
        site.says["/"] = sites.page("Tarn", "/feed.xml", "/other.xml")
        await bot.ask("feed add", url=site.at("/"))
        number = bot.store.pages.keep(
            "feed choice", {"links": []}, user=5, scope=bot.scope, made=datetime.now(UTC)
        )
        message = (await bot.ask("feed list")).message
        message.components = [
            {"type": 1, "components": [{
                "type": 3, "custom_id": f"bf1:feed:{number}",
                "options": [{"label": "x", "value": "0"}],
            }]}
        ]  # fmt: skip

        pressed = bot.discord.select(message, f"bf1:feed:{number}", bot.discord.owner, "0")
        told = await pressed.until(lambda answer: answer.followups)

        assert "use it yourself" in told.followups[0].content
        assert feeds(bot) == ()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/page", "is no feed, and names none"),
        ("/gone", "look on the site"),
        ("/empty.xml", "is empty"),
    ],
)
async def test_an_address_without_a_feed_gets_one_sentence(tmp_path, path, said):
    async with running(tmp_path) as (bot, site):
        site.says["/page"] = sites.page("Tarn")
        site.says["/empty.xml"] = (b"", "application/rss+xml")

        answer = plain(await bot.ask("feed test", url=site.at(path)))

        assert said in answer
        assert "\n" not in answer
        assert "went wrong" not in answer
        assert feeds(bot) == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/feed.xml",
        "http://169.254.169.254/latest",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "http://me:secret@courier.example/",
        "gopher://courier.example/",
        "not an address",
    ],
)
async def test_an_address_that_must_not_be_dialled_is_refused(tmp_path, url):
    async with running(tmp_path) as (bot, _):
        for command in ("feed add", "feed test", "doc add", "summarize"):
            answer = plain(await bot.ask(command, url=url))

            assert answer
            assert "\n" not in answer
            assert "went wrong" not in answer
        assert feeds(bot) == ()


async def test_a_test_keeps_nothing(tmp_path):
    async with running(tmp_path) as (bot, site):
        answer = plain(await bot.ask("feed test", url=site.at("/feed.xml")))

        assert "nothing is kept" in answer
        assert "Tarn Gazette" in answer
        assert feeds(bot) == ()
        assert bot.store.documents.counts(bot.scope).documents == 0


async def test_a_hostile_feed_is_shown_as_text(tmp_path):
    async with running(tmp_path) as (bot, site):
        title = "@everyone <@1> [free](https://evil.example) `x` \u202e||spoiler||"
        site.says["/feed.xml"] = sites.rss(site.at(""), title, name=title)

        answer = await bot.ask("feed add", url=site.at("/feed.xml"))
        listed = await bot.ask("feed list")

        assert r"\@everyone" in answer.text
        assert r"\[free\](https\://evil.example)" in answer.text.replace("\\(", "(").replace(
            "\\)", ")"
        )
        assert "\u202e" not in listed.text
        assert bot.discord.pings == []


async def test_a_feed_is_changed_paused_resumed_and_removed(tmp_path):
    async with running(tmp_path) as (bot, _):
        kept(bot)

        edited = await bot.ask("feed edit", name="tarn gazette", rename="Tarn", interval=30)
        paused = await bot.ask("feed pause", name="Tarn", reason="too loud")
        listed = plain(await bot.ask("feed list", status="paused"))
        again = plain(await bot.ask("feed pause", name="Tarn"))
        resumed = plain(await bot.ask("feed resume", name="Tarn"))
        proposed = await bot.ask("feed remove", name="Tarn")
        still = feeds(bot)
        await bot.discord.press(
            proposed.message, proposed.button("Remove it"), bot.discord.owner
        ).done()

        assert "Feed **Tarn** is changed." in edited.text
        assert "is paused" in paused.text
        assert "**Tarn**: paused: too loud" in listed
        assert "is paused already" in again
        assert "“Tarn” is read again." in resumed
        assert [each.interval for each in still] == [30]
        assert "is removed; what it brought stays" in plain(proposed)
        assert feeds(bot) == ()


async def test_a_new_address_is_read_before_it_is_kept_and_gets_no_headers(tmp_path):
    async with running(tmp_path) as (bot, site):
        feed = kept(bot)
        sent = replace(feed, headers=(("Authorization", "Bearer hush"),))
        bot.store.feeds.edit(sent, datetime.now(UTC))

        missing = plain(await bot.ask("feed edit", name="Tarn Gazette", url=site.at("/none.xml")))
        moved = plain(await bot.ask("feed edit", name="Tarn Gazette", url=site.at("/feed.xml")))

        (after,) = feeds(bot)
        assert "127.0.0.1" in missing
        assert "Its headers are gone" in moved
        assert (after.url, after.headers) == (site.at("/feed.xml"), ())
        assert not [given for _, given in site.asked if "Authorization" in given]


async def test_headers_are_shown_masked_and_exported_never(tmp_path):
    async with running(tmp_path) as (bot, _):
        feed = kept(bot)
        sent = replace(feed, headers=(("Authorization", "Bearer hush"),))
        bot.store.feeds.edit(sent, datetime.now(UTC))

        info = plain(await bot.ask("feed info", name="Tarn Gazette"))
        source = plain(await bot.ask("source", name="Tarn Gazette"))
        exported = await bot.ask("feed export")

        assert "Headers sent: Authorization: •••" in info
        assert "Authorization" not in source
        assert b"hush" not in exported.attachments[0].data
        assert "hush" not in info + source


async def test_what_is_held_is_taken_as_new_or_as_known(tmp_path):
    async with running(tmp_path) as (bot, _):
        kept(bot, condition=Condition.HELD)

        listed = plain(await bot.ask("feed errors"))
        unsaid = plain(await bot.ask("feed resume", name="Tarn Gazette"))
        taken = plain(await bot.ask("feed resume", name="Tarn Gazette", **{"as": "known"}))

        assert "/feed resume says as what to take it" in listed
        assert "turned new at once and is held" in unsaid
        assert "is taken as known" in taken


async def test_a_refresh_says_what_came_of_it(tmp_path):
    async with running(tmp_path) as (bot, site):
        site.says["/ill.xml"] = 503
        kept(bot, url=site.at("/feed.xml"))
        kept(bot, "Ill Post", url=site.at("/ill.xml", "127.0.0.2"))

        well = plain(await bot.ask("feed refresh", name="Tarn Gazette"))
        ill = plain(await bot.ask("feed refresh", name="Ill Post"))
        errors = plain(await bot.ask("feed errors"))

        assert "**Tarn Gazette**: ok." in well
        assert "**Ill Post**: fails." in ill
        assert "**Ill Post**: fails" in errors
        assert "Tarn Gazette" not in errors


async def test_what_is_ill_is_told_with_its_remedy(tmp_path):
    async with running(tmp_path) as (bot, _):
        detail = "tarn.example wants a login: give the headers that the site wants."
        kept(bot, condition=Condition.ILL, problem=Problem.LOGIN, failures=3, detail=detail)

        errors = plain(await bot.ask("feed errors"))
        listed = plain(await bot.ask("feed list", status="failing"))

        assert "failed 3 times in a row" in errors
        assert detail in errors
        assert "**Tarn Gazette**: fails" in listed


async def test_feeds_go_out_as_a_list_and_come_in_again(tmp_path):
    async with running(tmp_path) as (bot, _):
        kept(bot)
        kept(bot, "Courier")
        exported = (await bot.ask("feed export")).attachments[0].data
        for feed in feeds(bot):
            bot.store.feeds.remove(bot.scope, feed.id)
        bad = b'<outline xmlUrl="file:///etc/passwd" text="x" type="rss"/></body>'
        file = Upload(
            name="feeds.opml",
            content_type="text/xml",
            data=exported.replace(b"</body>", bad),
        )

        first = plain(await bot.ask("feed import", file=file))
        second = plain(await bot.ask("feed import", file=file))

        assert sorted(each.name for each in feeds(bot)) == ["Courier", "Tarn Gazette"]
        assert "2 added, 0 known already" in first
        assert "0 added, 2 known already" in second
        assert "went wrong" not in first + second


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<opml><body>", "list"),
        (b"no list at all", "list"),
        (b"<html><body>x</body></html>", "list"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b'<!DOCTYPE o [<!ENTITY a "x">]><opml><body>&a;</body></opml>', "list"),
    ],
)
async def test_a_file_that_is_no_list_of_feeds_gets_one_sentence(tmp_path, data, said):
    async with running(tmp_path) as (bot, _):
        file = Upload(name="feeds.opml", content_type="text/xml", data=data)

        answer = plain(await bot.ask("feed import", file=file))

        assert said in answer
        assert "\n" not in answer
        assert "went wrong" not in answer


async def test_everybodys_feeds_are_seen_and_not_changed(tmp_path):
    async with running(tmp_path) as (bot, _):
        now = datetime.now(UTC)
        url = "https://courier.example/feed.xml?key=hush"
        detail = "courier.example/feed.xml?key=hush fails"
        feed = bot.store.feeds.add(Feed(url=url, name="Courier", detail=detail), now)
        later = now.replace(year=now.year + 1)
        ill = replace(feed, condition=Condition.ILL, detail=detail, next_at=later)
        bot.store.feeds.save(replace(ill, problem=Problem.SERVER))

        shown = [
            plain(await bot.ask("feed list")),
            plain(await bot.ask("feed info", name="courier")),
            plain(await bot.ask("source", name="courier")),
            plain(await bot.ask("sources")),
            plain(await bot.ask("feed errors")),
        ]
        refused = [
            plain(await bot.ask(f"feed {each}", name="Courier"))
            for each in ("edit", "pause", "resume", "refresh", "remove")
        ]
        exported = (await bot.ask("feed export")).attachments[0].data

        assert "**Courier**: fails" in shown[0]
        assert "its server fails: nothing to do" in shown[1]
        assert "hush" not in "".join(shown) + exported.decode()
        assert all("is everybody's" in each for each in refused)
        assert await bot.type("feed pause", "name", "cou") == []
        assert await bot.type("feed info", "name", "cou") == [("Courier", "Courier")]


async def test_another_guilds_feed_is_as_good_as_none(tmp_path):
    async with running(tmp_path) as (bot, _):
        url = "https://secret.example/feed.xml"
        bot.store.feeds.add(Feed(url=url, name="Secret", scope=77), datetime.now(UTC))

        for command in ("info", "edit", "pause", "resume", "refresh", "remove"):
            answer = plain(await bot.ask(f"feed {command}", name="Secret"))
            by_address = plain(await bot.ask(f"feed {command}", name=url))
            assert answer == "There is no feed called “Secret”.", command
            assert by_address.startswith("There is no feed called"), command
        assert "Secret" not in plain(await bot.ask("feed list"))
        assert await bot.type("feed info", "name", "Sec") == []


async def test_only_who_manages_the_server_has_feeds(tmp_path):
    async with running(tmp_path) as (bot, site):
        kept(bot)
        bot.discord.grant("feed")
        place = bot.discord.guild, bot.discord.channel, bot.discord.reader

        for command, options in (
            ("feed add", {"url": site.at("/feed.xml")}),
            ("feed list", {}),
            ("feed remove", {"name": "Tarn Gazette"}),
            ("feed pause", {"name": "Tarn Gazette"}),
            ("feed export", {}),
        ):
            answer = await bot.discord.slash(*place, command, **options).done()
            assert "You need Manage Server" in answer.text
        offered = bot.discord.autocomplete(*place, "feed remove", "name", "")

        assert (await offered.responded()).choices == []
        assert site.asked == []


async def test_a_misspelled_feed_is_suggested(tmp_path):
    async with running(tmp_path) as (bot, _):
        kept(bot)

        assert "Did you mean Tarn Gazette?" in plain(await bot.ask("feed info", name="Tarn Gazet"))
        assert "There are no feeds" not in plain(await bot.ask("feed list"))


def test_what_a_site_calls_its_feeds_cannot_turn_the_menu_around_or_break_it():
    titles = ("News\u202efdp.exe", "\u200b", "\U0001f41d" * 90, "")
    links = tuple(Link(f"https://tarn.example/{n}\u202e", each) for n, each in enumerate(titles))

    menu = feeding.Choice(1, links).item

    labels = [option.label for option in menu.options]
    assert labels == ["News fdp.exe", "tarn.example", "\U0001f41d" * 50, "tarn.example"]
    assert {option.description for option in menu.options} == {
        f"https://tarn.example/{n}" for n in range(4)
    }


async def test_a_server_finds_its_own_feeds_however_many_are_everybodys(tmp_path):
    async with running(tmp_path) as (bot, _):
        every = [
            Feed(url=f"https://f{n}.example/", name=f"A {n}", origin="line", paused="for now")
            for n in range(1_001)
        ]
        bot.store.feeds.add_many(every, datetime.now(UTC))
        kept(bot)

        found = await bot.type("feed remove", "name", "")

        assert [name for name, _ in found] == ["Tarn Gazette"]
