"""Feeds that are no XML, and what can be got from them."""

import pytest

from briefs import feeds
from briefs.feeds import scanning
from tests.briefs.feeds import made


def entries(text):
    return feeds.parse(text.encode(), url=made.URL).entries


def test_a_bare_ampersand_and_references_of_html_are_read():
    item = (
        "<title>AT&T &nbsp;caf&eacute; &bogus; &copy=</title><link>http://n.example/?a=1&b=2</link>"
    )

    (entry,) = entries(made.rss(item))

    assert entry.title == "AT&T café &bogus; &copy="
    assert entry.url == "http://n.example/?a=1&b=2"


def test_what_is_no_character_of_xml_is_left_out():
    (entry,) = entries(made.rss("<title>A\x08B\x0bC</title><description>D\x00E&#8;</description>"))

    assert (entry.title, entry.text) == ("ABC", "DE")


def test_a_feed_that_is_cut_off_gives_what_it_has():
    text = made.rss(
        *(f"<title>T {number}</title><description>Words.</description>" for number in "ab")
    )

    for end in range(text.index("T b") + 3, len(text)):
        found = entries(text[:end])
        assert [entry.title for entry in found] == ["T a", "T b"]


def test_markup_that_was_not_escaped_is_read_as_markup():
    item = "<title>A <b>bold</b> move</title><description>One<br>two <p>three</description>"

    (entry,) = entries(made.rss(item))

    assert entry.title == "A bold move"
    assert entry.text == "One\ntwo\nthree"


def test_a_tag_that_never_ends_its_element_does_not_swallow_the_next():
    text = made.rss("<title>A<link>http://n.example/a</link>", "<title>B</title>")

    first, second = entries(text)

    assert (first.title, first.url, second.title) == ("A", "http://n.example/a", "B")


def test_prefixes_that_are_not_declared_are_taken_for_what_they_usually_are():
    text = (
        "<rss><channel><item><title>A</title><dc:creator>Ann Lee</dc:creator>"
        "<content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded>"
        "<atom:link href='x'/><x:title>B</x:title></item></channel></rss>"
    )

    (entry,) = entries(text)

    assert (entry.title, entry.author, entry.text) == ("A", "Ann Lee", "All of it.")


@pytest.mark.parametrize(
    "junk",
    ["\n\n", "<br />\n<b>Notice</b>: oops in <b>/www/x.php</b>\n", "\ufeff", "<!-- a -- b -->"],
)
def test_what_stands_before_a_feed_does_no_harm(junk):
    (entry,) = entries(junk + made.rss("<title>A</title>"))

    assert entry.title == "A"


def test_the_markup_of_a_page_is_told_from_text():
    told = list(
        scanning.tokens("a <b x='1>2'>c</b> 5 < 6 <!-- <i> --> <br/><![CDATA[<u>]]>", most=99)
    )

    assert [(each.kind, each.value) for each in told] == [
        (scanning.TEXT, "a "),
        (scanning.START, "b"),
        (scanning.TEXT, "c"),
        (scanning.END, "b"),
        (scanning.TEXT, " 5 < 6 "),
        (scanning.TEXT, " "),
        (scanning.START, "br"),
        (scanning.LITERAL, "<u>"),
    ]


@pytest.mark.parametrize(
    ("written", "attributes"),
    [
        ("<a href=x title='it\"s' HREF=y>", {"href": "x", "title": 'it"s'}),
        ('<a title="a &amp; b &lt;" b = 1>', {"title": "a & b <", "b": "1"}),
        ("<a it's>", {}),
    ],
)
def test_attributes_are_read_however_they_are_quoted(written, attributes):
    (token,) = scanning.tokens(written, most=9)

    assert scanning.attributes(token) == attributes
