"""`daybrief feed`, `source`, and addresses for `ingest` and `summarize`, against a local site."""

import asyncio
import json
import threading
from contextlib import contextmanager

import pytest

from tests.bot import site as sites
from tests.bot.cli import calling
from tests.bot.cli.calling import complaint, daybrief

TITLES = ("A bridge opens", "A harbour closes", "A ferry stops", "A mayor speaks")


@contextmanager
def living():
    """Let a loop run in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def site(folder):
    """A site of this machine that the library in *folder* may read from."""
    with living() as loop:
        serving = sites.serving()
        made = asyncio.run_coroutine_threadsafe(serving.__aenter__(), loop).result(10)
        made.says["/feed.xml"] = sites.rss(made.at(""), *TITLES)
        made.says["/"] = sites.page("The site of Tarn", "/feed.xml")
        made.says["/bridge"] = sites.page("The bridge of Tarn")
        (folder / "config.toml").write_text(made.config)
        yield made
        asyncio.run_coroutine_threadsafe(serving.__aexit__(None, None, None), loop).result(10)


def told(folder, *arguments, **given):
    done = daybrief(folder, *arguments, "--json", **given)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("version") == 1
    return found


def test_a_feed_is_tested_added_read_and_listed(folder, site):
    tested = told(folder, "feed", "test", site.at("/"))
    nothing = told(folder, "feed", "list")
    added = told(folder, "feed", "add", site.at("/"), "--name", "Gazette", "--backfill", "1")
    done = told(folder, "feed", "refresh")
    listed = told(folder, "feed", "list")
    info = told(folder, "feed", "info", "gazette")
    source = daybrief(folder, "source", "show", "Gazette").stdout
    found = daybrief(folder, "search", "ferry").stdout

    assert (tested["title"], tested["format"], tested["entries"]) == ("Tarn Gazette", "RSS", 4)
    assert [each["title"] for each in tested["newest"]] == list(TITLES[:3])
    assert nothing == {"feeds": []}
    assert added["feed"]["url"] == site.at("/feed.xml")
    assert added["feed"]["status"] == "new"
    assert done == {"asked": 1, "read": 4}
    assert [(each["name"], each["status"]) for each in listed["feeds"]] == [("Gazette", "ok")]
    assert sorted(each["title"] for each in info["documents"]) == sorted(TITLES)
    assert "State: ok, 4 entries" in source
    assert "ferry" in found


def test_a_feed_is_changed_paused_resumed_and_removed(folder, site):
    daybrief(folder, "feed", "add", site.at("/feed.xml"))

    edited = told(folder, "feed", "edit", "tarn gazette", "--rename", "Tarn", "--interval", "30")
    paused = told(folder, "feed", "pause", "tarn", "--reason", "too loud")
    refused = complaint(daybrief(folder, "feed", "refresh", "tarn"))
    resumed = daybrief(folder, "feed", "resume", "tarn")
    nothing = complaint(daybrief(folder, "feed", "resume", "tarn"))
    missing = complaint(daybrief(folder, "feed", "info", "Tarm"))
    gone = daybrief(folder, "feed", "remove", "tarn")

    assert (edited["feed"]["name"], edited["feed"]["interval"]) == ("Tarn", 30)
    assert (paused["feed"]["status"], paused["feed"]["paused"]) == ("paused", "too loud")
    assert "is paused: resume it first" in refused
    assert resumed.stderr == "“Tarn” is read again.\n"
    assert "neither paused nor held" in nothing
    assert "Did you mean Tarn?" in missing
    assert gone.stderr == "Feed Tarn is removed.\n"
    assert told(folder, "feed", "list") == {"feeds": []}


def test_headers_come_from_a_file_and_are_never_shown(folder, site):
    (folder / "headers").write_text("Authorization: Bearer hush\nX-Key: hush\n")

    added = told(folder, "feed", "add", site.at("/feed.xml"), "--headers", "headers")
    shown = daybrief(folder, "feed", "info", "Tarn Gazette").stdout
    exported = daybrief(folder, "feed", "export").stdout
    daybrief(folder, "feed", "edit", "Tarn Gazette", "--url", "http://127.0.0.2:1/feed.xml")
    moved = told(folder, "feed", "info", "Tarn Gazette")
    bad = complaint(daybrief(folder, "feed", "add", site.at("/"), "--headers", "-", stdin="hush"))

    assert added["feed"]["headers"] == ["Authorization", "X-Key"]
    assert "Headers sent: Authorization: •••, X-Key: •••" in shown
    assert "hush" not in f"{added}{shown}{exported}{bad}"
    assert moved["feed"]["headers"] == []
    assert site.asked[-1][1].get("Authorization") == "Bearer hush"


def test_the_feeds_of_the_file_are_everybodys_and_stay_as_it_says(folder, site):
    with (folder / "config.toml").open("a") as file:
        file.write(f'[[feeds]]\nname = "filed"\nurl = "{site.at("/feed.xml")}"\nbackfill = 2\n')

    done = told(folder, "feed", "refresh")
    (feed,) = told(folder, "feed", "list")["feeds"]
    refused = complaint(daybrief(folder, "feed", "edit", "filed", "--interval", "60"))
    removed = complaint(daybrief(folder, "feed", "remove", "filed"))

    assert done == {"asked": 1, "read": 4}
    assert (feed["name"], feed["origin"], feed["guild"], feed["backfill"]) == (
        "filed",
        "file",
        0,
        2,
    )
    assert "stands in config.toml" in refused
    assert "stands in config.toml" in removed


def test_a_list_of_feeds_comes_in_and_goes_out(folder, site):
    daybrief(folder, "feed", "add", site.at("/feed.xml"))
    listed = daybrief(folder, "feed", "export").stdout
    daybrief(folder, "feed", "export", "feeds.opml")
    daybrief(folder, "feed", "remove", "Tarn Gazette")

    first = told(folder, "feed", "import", "-", stdin=listed)
    again = daybrief(folder, "feed", "import", "feeds.opml")
    missing = complaint(daybrief(folder, "feed", "import", "none.opml"))

    assert (folder / "feeds.opml").read_text() == listed
    assert first == {"added": ["Tarn Gazette"], "known": 0, "refused": []}
    assert again.stderr == "Feeds: 0 added, 1 known already.\n"
    assert "none.opml: it cannot be read" in missing


def test_what_is_wrong_is_told(folder, site):
    site.says["/feed.xml"] = 503
    opml = f'<opml version="2.0"><body><outline type="rss" xmlUrl="{site.at("/feed.xml")}"/></body>'
    told(folder, "feed", "import", "-", stdin=f"{opml}</opml>")

    told(folder, "feed", "refresh")
    errors = told(folder, "feed", "errors")
    shown = daybrief(folder, "feed", "errors").stdout
    sources = told(folder, "source", "list", "--status", "failing")

    (feed,) = errors["feeds"]
    assert (feed["status"], feed["problem"], feed["failures"]) == ("ill", "server", 1)
    assert feed["detail"] in shown
    assert errors["refused"] == []
    assert [each["name"] for each in sources["feeds"]] == [feed["name"]]


@pytest.mark.parametrize(
    "arguments",
    [
        ("feed", "test", "http://10.0.0.1/"),
        ("feed", "add", "file:///etc/passwd"),
        ("feed", "add", "http://me:hush@courier.example/"),
        ("summarize", "http://169.254.169.254/latest"),
    ],
)
def test_an_address_that_must_not_be_dialled_is_refused(folder, site, arguments):
    told = complaint(daybrief(folder, *arguments))

    assert "hush" not in told
    assert site.asked == []


def test_of_several_feeds_the_addresses_are_told(folder, site):
    site.says["/"] = sites.page("Tarn", "/feed.xml", "/other.xml")

    done = daybrief(folder, "feed", "add", site.at("/"))
    asked = daybrief(folder, "feed", "test", site.at("/"), "--json")

    assert done.returncode == asked.returncode == 1
    assert site.at("/other.xml") in done.stderr
    links = json.loads(asked.stdout)["feeds"]
    assert [each["url"] for each in links] == [site.at("/feed.xml"), site.at("/other.xml")]


def test_a_page_is_read_into_the_library_and_summarised(folder, site):
    added = daybrief(folder, "ingest", site.at("/bridge"), "bridge.txt")
    again = daybrief(folder, "ingest", site.at("/bridge"))
    missing = daybrief(folder, "ingest", site.at("/none"))
    summary = told(folder, "summarize", site.at("/bridge"), "--sentences", "1")
    other = complaint(daybrief(folder, "ingest", "ftp://courier.example/x"))

    assert added.stderr == "Documents: 2 new.\n"
    assert again.stderr == "Documents: 1 the same as before.\n"
    assert missing.returncode == 1
    assert "127.0.0.1" in missing.stderr
    assert calling.TRACEBACK not in missing.stderr
    assert summary["document"]["title"] == "The bridge of Tarn"
    assert "is an address" in other


def test_a_document_is_shown_corrected_analysed_again_and_deleted(folder):
    daybrief(folder, "ingest", "bridge.txt")

    listed = told(folder, "doc", "list", "--title", "bridge")
    shown = told(folder, "doc", "show", "1")
    printed = daybrief(folder, "doc", "show", "1").stdout
    corrected = told(folder, "doc", "edit", "1", "--title", "Anew", "--date", "2026-03-01")
    nothing = complaint(daybrief(folder, "doc", "edit", "1", "--title", "Anew"))
    daybrief(folder, "ingest", "bridge.txt")
    again = daybrief(folder, "doc", "reindex")
    after = told(folder, "doc", "show", "1")
    gone = daybrief(folder, "doc", "remove", "1")
    missing = complaint(daybrief(folder, "doc", "reindex", "1"))

    assert [each["title"] for each in listed["documents"]] == ["bridge"]
    assert listed["more"] is False
    assert shown["document"]["text"].startswith("The mayor opened")
    assert "The mayor opened" in printed
    assert corrected["document"]["published"] == "2026-03-01T00:00:00Z"
    assert "Nothing would change" in nothing
    assert again.stderr == "Documents analysed again: 1.\n"
    assert (after["document"]["title"], after["document"]["revision"]) == ("Anew", 2)
    assert gone.stderr == "Document 1, Anew, is deleted.\n"
    assert missing == "There is no document 1 here."
