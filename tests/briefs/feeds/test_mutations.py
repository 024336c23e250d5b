"""Feeds that were damaged in seeded ways: a listing within bounds, or a sentence that says why."""

import random
from datetime import UTC

import pytest

from briefs import feeds
from briefs.errors import FeedError
from tests.briefs.feeds import made

PROSE = "&lt;p&gt;The factory will be built &amp;amp; opened in &lt;b&gt;Lviv&lt;/b&gt;.&lt;/p&gt;"
FACTS = "<title>T</title><link>https://n.example/a?b=1&amp;c=2</link>"
WHOLE = {
    "RSS": made.rss(
        f"{FACTS}<guid>1</guid><pubDate>Thu, 07 Oct 2021 08:30:00 EST</pubDate>"
        f"<description>{PROSE}</description>",
        f"{FACTS}<dc:creator>Ann</dc:creator><content:encoded><![CDATA[<p>A<br>b]]></content:encoded>",
        channel=f"{FACTS}<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod>",
        prolog='<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss SYSTEM "x">',
    ),
    "RSS 1.0": made.rdf(f"{FACTS}<dc:date>2021-10-07</dc:date><description>{PROSE}</description>"),
    "Atom": made.atom(
        '<title type="html">&lt;i&gt;T</title><id>1</id><link href="a"/><author><name>A</name>'
        '</author><updated>2021-10-07T08:30:00Z</updated><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>One &#233; <b>two</b></p></div></content>',
        '<title mode="base64" type="text/html">PGI+VDwvYj4=</title><summary>S</summary>',
        attributes='xml:base="/b/" xml:lang="en"',
    ),
    "JSON Feed": made.json_feed(
        {"id": "1", "url": "/a", "title": "T", "content_html": "<p>One <b>two", "authors": [{}]},
        {"id": 2, "content_text": "One.\n\nTwo.", "date_published": "2021-10-07T08:30:00Z"},
        title="F",
        home_page_url="https://n.example/",
    ),
}
LIST = feeds.opml_write(
    feeds.Outline(f"https://n.example/{n}", f"<{n}>", "http://n") for n in range(3)
)
SIGNS = (
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"<?", b"</item>", b"<item>", b"</", b'"',
    b"&#0;", b"&#xD800;", b"&#99999999;", b"\\ud800", b"\xff\xfe", b"\xed\xa0\x80", b"\x00",
    b"<!DOCTYPE a [", b"<!ENTITY a 'b'>", b"&a;", b"xmlns='", b"xml:base='http://['", b"9" * 400,
    b"[" * 90, b"null", b"{}",
)  # fmt: skip
MUTATIONS = 1_000


@pytest.mark.parametrize("kind", WHOLE)
def test_a_damaged_feed_is_a_listing_or_a_sentence(kind):
    chance = random.Random(f"mutations of {kind}")  # noqa: S311 - it only has to be the same
    for _ in range(MUTATIONS):
        data = mutated(WHOLE[kind].encode(), chance)

        assert listed(data), data


def test_a_damaged_list_of_feeds_is_outlines_or_a_sentence():
    chance = random.Random("mutations of OPML")  # noqa: S311 - it only has to be the same
    for _ in range(MUTATIONS):
        data = mutated(LIST, chance)

        assert outlined(data), data


def test_the_feeds_that_are_damaged_were_whole():
    for kind, text in WHOLE.items():
        listing = feeds.parse(text.encode(), url=made.URL)
        assert kind.startswith(listing.format)
        assert all(entry.text for entry in listing.entries)


def mutated(data, chance):
    """Flip, cut, double and overwrite a few stretches of *data*, or put a sign there."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice([0, 1, 2, 4, 16, 100]))
        piece = data[start:end]
        piece = chance.choice(
            [
                b"",
                piece * chance.choice([2, 20]),
                bytes(byte ^ (1 << chance.randrange(8)) for byte in piece),
                chance.randbytes(len(piece)),
                chance.choice(SIGNS),
                piece + chance.choice(SIGNS),
            ]
        )
        data = data[:start] + piece + data[end:]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def listed(data):
    """Return whether *data* is a listing of which nothing is absurd, or refused in a sentence."""
    try:
        listing = feeds.parse(data, url=made.URL)
    except FeedError as error:
        return is_sentence(error)
    return all(map(is_sound, listing.entries)) and 0 <= listing.wait <= 86_400


def is_sound(entry):
    return (
        (not entry.url or entry.url.startswith(("http://", "https://")))
        and (entry.published is None or entry.published.tzinfo is UTC)
        and "\n" not in entry.title
        and all(line.strip() for line in entry.text.split("\n") if entry.text)
        and bool(repr(entry).encode())
        and len(entry.language) in {0, 2}
    )


def outlined(data):
    try:
        found = feeds.opml_read(data)
    except FeedError as error:
        return is_sentence(error)
    return all(each.url.startswith(("http://", "https://")) for each in found)


def is_sentence(error):
    told = str(error)
    return told.endswith(".") and "\n" not in told
