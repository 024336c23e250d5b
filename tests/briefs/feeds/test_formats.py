"""What feeds of every format list."""

import pickle
from datetime import UTC, datetime

import pytest

from briefs import feeds
from briefs.errors import FeedError
from briefs.model import Entry, Listing, Problem
from tests.briefs.feeds import made


def parse(text, url=made.URL, **told):
    return feeds.parse(text.encode(), url=url, **told)


def only(text):
    (entry,) = parse(text).entries
    return entry


def test_an_rss_feed_gives_everything_that_it_says():
    channel = (
        "<title>All News</title><link>https://news.example/</link><language>en-GB</language>"
        "<ttl>30</ttl>"
    )
    item = (
        "<title>Bridge opens</title><link>https://news.example/1</link>"
        '<guid isPermaLink="false">n-1</guid><author>desk@news.example (Ann Lee)</author>'
        "<pubDate>Thu, 07 Oct 2021 10:00:00 +0200</pubDate>"
        "<description>&lt;p&gt;The bridge is open.&lt;/p&gt;</description>"
    )

    assert parse(made.rss(item, channel=channel)) == Listing(
        title="All News",
        home="https://news.example/",
        language="en",
        wait=1_800,
        format="RSS",
        entries=(
            Entry(
                guid="n-1",
                url="https://news.example/1",
                title="Bridge opens",
                author="Ann Lee",
                published=datetime(2021, 10, 7, 8, tzinfo=UTC),
                text="The bridge is open.",
            ),
        ),
    )


def test_an_atom_feed_gives_everything_that_it_says():
    feed = '<title>All News</title><link rel="self" href="/x"/><link href="https://news.example/"/>'
    entry = (
        '<title type="html">Bridge &amp;lt;opens&amp;gt;</title><id>tag:1</id>'
        '<link rel="enclosure" href="https://a.example/a.mp3"/><link href="https://n.example/1"/>'
        "<author><name>Ann Lee</name><email>a@n.example</email></author>"
        "<author><name>Bo Ek</name></author>"
        "<published>2021-10-07T10:00:00+02:00</published><updated>2022-01-01T00:00:00Z</updated>"
        '<summary>Short.</summary><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>1 &lt; <b>2</b>.</p><p>More.</p></div>'
        "</content><source><title>Elsewhere</title></source>"
    )

    assert parse(made.atom(entry, feed=feed, attributes='xml:lang="de"')) == Listing(
        title="All News",
        home="https://news.example/",
        language="de",
        format="Atom",
        entries=(
            Entry(
                guid="tag:1",
                url="https://n.example/1",
                title="Bridge <opens>",
                author="Ann Lee, Bo Ek",
                published=datetime(2021, 10, 7, 8, tzinfo=UTC),
                text="1 < 2.\nMore.",
                language="de",
            ),
        ),
    )


def test_a_json_feed_gives_everything_that_it_says():
    item = {
        "id": 7,
        "url": "/1",
        "title": "Bridge opens",
        "content_html": "<p>The bridge <b>is</b> open.</p>",
        "content_text": "not this",
        "date_published": "2021-10-07T10:00:00+02:00",
        "authors": [{"name": "Ann Lee"}, {"name": "Bo Ek"}],
        "language": "sv",
    }
    text = made.json_feed(
        item, title="All News", home_page_url="https://news.example/", language="en"
    )

    assert parse(text) == Listing(
        title="All News",
        home="https://news.example/",
        language="en",
        format="JSON Feed",
        entries=(
            Entry(
                guid="7",
                url="https://news.example/1",
                title="Bridge opens",
                author="Ann Lee, Bo Ek",
                published=datetime(2021, 10, 7, 8, tzinfo=UTC),
                text="The bridge is open.",
                language="sv",
            ),
        ),
    )


def test_the_first_version_of_json_feed_is_read():
    text = made.json_feed(
        {"id": "1", "external_url": "https://n.example/1", "author": {"name": "Ann"},
         "content_text": "One.\n\nTwo."},
        version="https://jsonfeed.org/version/1",
    )  # fmt: skip

    (entry,) = parse(text).entries

    assert (entry.url, entry.author, entry.text) == ("https://n.example/1", "Ann", "One.\nTwo.")


def test_rss_1_lists_its_items_behind_its_channel():
    listing = parse(
        made.rdf(
            "<title>A</title><link>https://news.example/a</link><dc:creator>Ann Lee</dc:creator>"
            "<dc:date>2021-10-07</dc:date><description>Words of it.</description>"
        )
    )

    assert listing.title == "Old News"
    assert listing.entries == (
        Entry(
            guid="https://news.example/0",
            url="https://news.example/a",
            title="A",
            author="Ann Lee",
            published=datetime(2021, 10, 7, tzinfo=UTC),
            text="Words of it.",
        ),
    )


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_older_rss_is_read(version):
    text = made.rss("<title>A</title><link>http://n.example/a</link>")

    listing = parse(text.replace('version="2.0"', f'version="{version}"'))

    assert [entry.url for entry in listing.entries] == ["http://n.example/a"]


def test_atom_0_3_is_read():
    text = (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title>'
        '<link rel="alternate" type="text/html" href="http://n.example/a"/><id>a</id>'
        "<issued>2003-12-13T08:29:29-04:00</issued>"
        '<content type="text/html" mode="escaped">&lt;p&gt;Words.&lt;/p&gt;</content>'
        "</entry></feed>"
    )

    entry = only(text)

    assert (entry.url, entry.text) == ("http://n.example/a", "Words.")
    assert entry.published == datetime(2003, 12, 13, 12, 29, 29, tzinfo=UTC)


def test_content_is_preferred_to_a_summary_wherever_it_stands():
    whole = "<content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded>"

    for item in (
        f"<description>A part.</description>{whole}",
        f"{whole}<description>A part.</description>",
        f"<content:encoded> </content:encoded><description>All of it.</description>{''}",
    ):
        assert only(made.rss(item)).text == "All of it."


def test_what_is_said_of_a_picture_stands_in_for_a_text_that_is_missing():
    caption = "<media:group><media:description>A film.</media:description></media:group>"

    assert only(made.rss(caption)).text == "A film."
    assert only(made.rss(f"{caption}<description>Words.</description>")).text == "Words."


def test_addresses_are_seen_from_where_the_feed_says_that_it_is():
    entry = '<title>A</title><link href="a.html"/>'
    text = made.atom(entry, attributes='xml:base="https://n.example/dir/"')

    assert only(text).url == "https://n.example/dir/a.html"
    assert only(made.rss("<link>/a</link>")).url == "https://news.example/a"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "x" * 9999]
)
def test_an_address_that_is_none_of_the_web_is_left_out(url):
    assert only(made.atom(f'<title>A</title><link href="{url}"/>')).url == ""


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("5 &lt; 6", "5 < 6"),
        ("&lt;b&gt;Bold&lt;/b&gt; news", "Bold news"),
        ("<![CDATA[Caf&eacute; &#8211; <i>open</i>]]>", "Café \u2013 open"),
        ("  Two\n lines ", "Two lines"),
        ("\U0001f600", "\U0001f600"),
        ("&#150; &#x92;", "\u2013 \u2019"),  # numbers of Windows
    ],
)
def test_titles_are_plain_and_decoded_once(written, title):
    assert only(made.rss(f"<title>{written}</title>")).title == title


def test_a_plain_title_of_atom_is_taken_as_it_is():
    assert only(made.atom("<title>&lt;b&gt; &amp;amp; AT&amp;T</title>")).title == "<b> &amp; AT&T"


def test_a_title_is_made_of_the_first_sentence_where_there_is_none():
    entry = only(made.rss("<description>The bridge is open again. It took a year.</description>"))

    assert entry.title == "The bridge is open again."
    assert entry.text == "The bridge is open again. It took a year."


def test_the_title_is_not_repeated_in_the_text():
    text = "&lt;h1&gt;A bridge&lt;/h1&gt;Open."

    entry = only(made.rss(f"<title>A Bridge</title><description>{text}</description>"))

    assert entry.text == "Open."


def test_an_author_who_is_named_twice_is_named_once():
    item = "<dc:creator>Ann Lee</dc:creator><itunes:author>Ann Lee</itunes:author>"

    assert only(made.rss(item)).author == "Ann Lee"


@pytest.mark.parametrize(
    ("channel", "wait"),
    [
        ("", 0),
        ("<ttl>60</ttl>", 3_600),
        ("<ttl>99999</ttl>", 86_400),
        ("<ttl>soon</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3_600),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
         21_600),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", 86_400),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
         86_400),
    ],
)  # fmt: skip
def test_the_wait_is_what_the_feed_asks_for_up_to_a_day(channel, wait):
    assert parse(made.rss(channel=channel)).wait == wait


@pytest.mark.parametrize("text", [made.rss(), made.atom(), made.json_feed(), "<rss/>"])
def test_a_feed_without_entries_is_a_listing_without_entries(text):
    assert parse(text).entries == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\x00", "empty"),
        (b"<!DOCTYPE html><html><body><item>x</item></body></html>", "a web page, not a feed"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "a web page, not a feed"),
        (b"<!doctype html><p>Words.", "a web page, not a feed"),
        (b"\xff" * 99, "no feed that is known"),
        (b"<opml><body/></opml>", "a list of feeds"),
        (b"<urlset/>", "a site map"),
        (b"<svg/>", "no feed that is known"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "no feed that is known"),
        (b'{"error": "not found"}', "JSON, but no JSON Feed"),
        (b"[1, 2]", "JSON, but no JSON Feed"),
        (b'{"items": [', "damaged JSON"),
        (b"Plain words.", "no feed that is known"),
        (b"<rss>" + b" " * 10_000_000, "larger than 10 MB"),
    ],
)
def test_what_is_no_feed_is_refused_in_one_sentence(data, reason):
    with pytest.raises(FeedError) as refused:
        feeds.parse(data, url=made.URL)

    told = str(refused.value)
    assert reason in told
    assert told.startswith("news.example: ")
    assert told.endswith(".")
    assert "\n" not in told
    assert refused.value.kind in {"not a feed", "damaged", "too large"}


def test_a_listing_and_a_refusal_come_whole_from_another_process():
    listing = parse(made.rss("<title>A</title>"))
    refusal = FeedError(made.URL, "is damaged.", kind=FeedError.DAMAGED)

    again = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - it was ours a moment ago

    assert pickle.loads(pickle.dumps(listing)) == listing  # noqa: S301
    assert (str(again), again.url, again.kind) == (str(refusal), made.URL, Problem.DAMAGED)
