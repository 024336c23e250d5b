"""Feeds that are meant to hurt."""

import io
import json
import socket

import pytest

from briefs import feeds
from briefs.errors import FeedError
from briefs.feeds import elements, scanning
from briefs.feeds.rewriting import Rewriter
from tests.briefs.feeds import made

BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
HOSTILE = {
    "laughs": BOMB,
    "file": '<!DOCTYPE rss [<!ENTITY i SYSTEM "file:///etc/hostname">]>',
    "web": '<!DOCTYPE rss [<!ENTITY i SYSTEM "http://127.0.0.1:9/x">]>',
    "parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    "lower": '<!doctype rss [<!entity i "x">]>',
    "spread": '<!DOCTYPE\n\trss\n[\n<!ENTITY\ni\n"x">\n]>',
    "quoted": '<!DOCTYPE rss SYSTEM "a>b" [<!ENTITY i "x">]>',
}


@pytest.fixture
def sealed(monkeypatch):
    """Have every file and every connection that is opened fail."""

    def refuse(*told, **also):
        raise AssertionError(told)

    item = "<title>Caf&eacute;</title>"  # reads what it needs
    feeds.parse(made.rss(item).encode(), url=made.URL)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(io, "open", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("ending", ["</rss>", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32-le"])
@pytest.mark.parametrize("doctype", HOSTILE.values(), ids=HOSTILE)
def test_entities_are_refused_in_every_encoding_well_formed_or_not(doctype, encoding, ending):
    text = f"{doctype}<rss><channel><item><title>&i;</title></item></channel>{ending}"

    with pytest.raises(FeedError, match="declares entities") as refused:
        feeds.parse(text.encode(encoding), url=made.URL)

    assert refused.value.kind == FeedError.DAMAGED


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
    ],
)
@pytest.mark.parametrize("ending", ["</rss>", ""])
def test_a_doctype_that_declares_nothing_is_passed_and_what_it_names_is_not_read(doctype, ending):
    text = f"{doctype}<rss><channel><item><title>Caf&eacute;</title></item></channel>{ending}"

    (entry,) = feeds.parse(text.encode(), url=made.URL).entries

    assert entry.title == "Café"


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("data", [b"/etc/hostname", b"file:///etc/hostname", b"http://127.0.0.1/"])
def test_a_feed_that_is_a_path_or_an_address_is_not_opened(data):
    with pytest.raises(FeedError, match="no feed that is known"):
        feeds.parse(data, url=made.URL)


def test_an_article_about_entities_is_no_bomb():
    text = made.rss("<description><![CDATA[Write &lt;!ENTITY: <!ENTITY a 'b'> so.]]></description>")

    for ending in ("", "<"):
        (entry,) = feeds.parse(f"{text}{ending}".encode(), url=made.URL).entries
        assert "Write <!ENTITY" in entry.text


def test_no_more_entries_are_read_than_five_thousand():
    text = made.rss(*(f"<title>T {number}</title>" for number in range(5_010)))
    items = made.json_feed(*({"id": str(number), "url": "/"} for number in range(5_010)))

    for each in (text, f"{text}<", items):
        listing = feeds.parse(each.encode(), url=made.URL)
        assert (len(listing.entries), listing.left) == (5_000, 10)


@pytest.mark.parametrize("kind", [made.rss, made.atom])
def test_nothing_is_longer_than_it_may_be(kind):
    long = "word " * 210_000
    item = (
        f"<title>{long}</title><guid>{long}</guid><id>{long}</id><author>{long}</author>"
        f"<link>http://x.example/{'a' * 9_999}</link><description>{long}</description>"
        f"<content>{long}</content><pubDate>{long}</pubDate><updated>{long}</updated>"
    )

    (entry,) = feeds.parse(kind(item).encode(), url=made.URL).entries

    assert len(entry.title) <= 500
    assert len(entry.guid) <= 1_000
    assert len(entry.author) <= 200
    assert len(entry.url) <= 2_000
    assert 100_000 < len(entry.text) <= 200_000


def test_a_feed_of_more_markup_than_there_is_time_for_is_read_roughly():
    item = f"<description>{'&lt;i&gt;a&amp;amp;b&lt;/i&gt; ' * 1_000}</description>"
    found = feeds.parse(made.rss(*[item] * 140).encode(), url=made.URL).entries

    assert found[0].text == found[-1].text == " ".join(["a&b"] * 1_000)


def test_long_names_stay_apart():
    items = (f"<guid isPermaLink='false'>{'g' * 3_000}{number}</guid>" for number in range(2))

    first, second = feeds.parse(made.rss(*items).encode(), url=made.URL).entries

    assert first.guid != second.guid


@pytest.mark.parametrize(
    "piece",
    ["<a>", "<a/>", "<a b='c'>", "<a ", "<a b='", "<", "&", "&amp;", "&#38;", "<!--", "<![CDATA[",
     "<?", "<!x", "</a>", "<item>", "<entry><title>", "<author>a", "<category>a</category>",
     "<link>", "]]>", "\n", "a", "<p xmlns='x'>", "<description>&lt;p&gt;"],
)  # fmt: skip
@pytest.mark.parametrize("head", ["", "<rss><channel>", "<rss><channel><item><description>"])
def test_what_is_repeated_without_end_is_read_or_refused(head, piece):
    data = (head + piece * (50_000 // len(piece))).encode()

    told = outcome(data)

    assert told == "" or told.endswith(".")


def outcome(data):
    """Return "" for a listing within its bounds, or else the sentence that says why not."""
    try:
        listing = feeds.parse(data, url=made.URL)
    except FeedError as error:
        return str(error)
    return "" if len(listing.entries) <= 5_000 else "too many"


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"items":' * 50_000, b"9" * 100_000])
def test_json_that_is_deep_or_endless_is_refused(data):
    with pytest.raises(FeedError):
        feeds.parse(data, url=made.URL)


def test_json_of_other_types_is_read_for_what_it_has():
    item = {"id": None, "url": 5, "title": ["x"], "content_html": {}, "authors": [1, {"name": 2}],
            "date_published": 1e99, "language": True, "content_text": "Words."}  # fmt: skip
    text = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [item, 1, None]})

    (entry,) = feeds.parse(text.encode(), url=made.URL).entries

    assert entry.text == "Words."
    assert (entry.guid, entry.published, entry.language) == ("", None, "")


def written(text: str) -> int:
    """Return how much is written down of the feed *text*."""
    sheet = Rewriter(url=made.URL, most=5_000)
    elements.loosely(text, sheet)
    return len(sheet.finish())


ITEM = f"<item>{'<title>x</title>' * 60}</item>"


@pytest.mark.parametrize(
    "head",
    [
        f"<rss><channel xml:lang='{'x' * 10_000}'>",
        "<rss>" + f"<channel xml:base='{'a/' * 1_900}'>" * 40,
        f"<rss><channel xml:base='http://x.example/{'a' * 3_900}/'>",
    ],
)
def test_what_elements_have_from_others_does_not_make_a_small_feed_large(head):
    assert written(head + ITEM * 200) < 12_000_000


def test_no_feed_has_more_elements_than_there_is_time_for():
    items = (
        60 * written(f"<rss><channel>{'<item><title>x</title></item>' * n}") for n in (1, 1250)
    )
    one, most = items

    assert written(f"<rss><channel>{ITEM * 2_000}") < one + most


@pytest.mark.parametrize(
    "space",
    [
        f"xmlns:q='{'q' * 3_000}'",
        f'xmlns:q\n =\n "{"q" * 1_999}\'{"q" * 99}"',
        f"xmlns:{'q' * 600}='u'",
        f"xmlns='{'q' * 3_000}'",
    ],
)
def test_a_name_space_as_long_as_a_text_is_not_written_before_every_name(space):
    text = f"<rss version='2.0' {space}><channel><item><title>Rain</title></item></channel></rss>"

    with pytest.raises(elements.IllFormedError):
        elements.strictly(text, Rewriter(url=made.URL, most=9))
    (entry,) = feeds.parse(text.encode(), url=made.URL).entries
    assert entry.title == "Rain"


def test_a_name_is_looked_at_from_its_first_letter_only():
    long, short = f"{'a' * 300}='1'", "b='2'"

    assert scanning.attributes(scanning.Token("start", "p", f"{long} {short}")) == {"b": "2"}


def test_json_brings_no_characters_that_no_document_may_contain():
    item = (
        r'{"id": "a\u0000b", "url": "http://x.example/\ud800", "content_text": "Rain\u0000\u001b."}'
    )
    data = f'{{"version": "https://jsonfeed.org/version/1", "items": [{item}]}}'

    (entry,) = feeds.parse(data.encode(), url=made.URL).entries

    assert (entry.guid, entry.url, entry.text) == ("ab", "http://x.example/", "Rain.")


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"{", b"[]", BOMB.encode(), b" " * 10**7 + b"x"]
)
def test_an_error_names_the_host_and_not_the_key_in_the_address(data):
    with pytest.raises(FeedError) as raised:
        feeds.parse(data, url="https://courier.example/s3cret/feed?key=s3cret")

    assert str(raised.value).startswith("courier.example: ")
    assert "s3cret" not in f"{raised.value} {raised.value!r}"
