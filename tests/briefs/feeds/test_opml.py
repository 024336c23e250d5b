"""Lists of feeds, read and written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import feeds
from briefs.errors import FeedError
from briefs.feeds import Outline

TITLES = st.text(max_size=60).map(
    lambda text: " ".join("".join(filter(str.isprintable, text)).split())
)
PATHS = st.text(alphabet="abcXYZ019-._~/?&=%;:@+", max_size=30)
OUTLINES = st.lists(
    st.builds(
        Outline,
        url=PATHS.map("https://n.example/{}".format),
        title=TITLES,
        home=st.just("") | PATHS.map("http://m.example/{}".format),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda outline: outline.url,
)


def outline(url, rest=""):
    return f'<outline text="T" xmlUrl="{url}" {rest}/>'


def opml(*outlines):
    return f"<opml version='2.0'><head/><body>{''.join(outlines)}</body></opml>"


@settings(deadline=None)
@given(OUTLINES)
def test_what_is_written_is_read_back(outlines):
    written = feeds.opml_write(outlines)

    assert feeds.opml_read(written) == tuple(outlines)
    assert feeds.opml_write(feeds.opml_read(written)) == written


def test_a_list_in_folders_is_read_whole_and_each_feed_once():
    text = opml(
        f'<outline text="Folder">{outline("https://a.example/")}<outline title="Inner">'
        f"{outline('feed://b.example/rss')}</outline></outline>",
        outline("https://a.example/"),
        outline("ftp://c.example/"),
        outline(""),
        '<outline text="No feed" type="link" url="https://d.example/"/>',
        '<outline XMLURL="https://e.example/" title="E &amp; F" htmlUrl="https://e.example/home"/>',
    )

    assert feeds.opml_read(text.encode()) == (
        Outline("https://a.example/", "T"),
        Outline("http://b.example/rss", "T"),
        Outline("https://e.example/", "E & F", "https://e.example/home"),
    )


def test_a_list_that_is_ill_formed_gives_what_it_has():
    text = opml(outline("https://a.example/?a=1&b=2", 'title="A & B"'))[: -len("</body></opml>")]

    assert feeds.opml_read(text.encode()) == (Outline("https://a.example/?a=1&b=2", "A & B"),)


def test_a_list_is_written_the_same_whenever_it_is_written():
    outlines = [Outline("https://a.example/?x=1&y=2", 'A "<b>"', "https://a.example/")]

    assert feeds.opml_write(outlines) == feeds.opml_write(iter(outlines))
    assert feeds.opml_write(outlines).decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n  <head>\n'
        "    <title>Feeds of Daybrief</title>\n  </head>\n  <body>\n"
        '    <outline type="rss" text=\'A "&lt;b&gt;"\' title=\'A "&lt;b&gt;"\''
        ' xmlUrl="https://a.example/?x=1&amp;y=2" htmlUrl="https://a.example/"/>\n'
        "  </body>\n</opml>\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "names no feed"),
        ("<rss><channel/></rss>", "names no feed"),
        ("words", "names no feed"),
        ('<!DOCTYPE opml [<!ENTITY a "b">]>' + opml(outline("&a;")), "declares entities"),
        ('<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml>', "declares entities"),
        (opml(*(outline(f"https://a.example/{n}") for n in range(10_001))), "more than 10,000"),
        (" " * 10_000_001, "larger than 10 MB"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(text, reason):
    with pytest.raises(FeedError, match=reason) as refused:
        feeds.opml_read(text.encode())

    assert str(refused.value).startswith("The list ")
    assert str(refused.value).endswith(".")


def test_ten_thousand_feeds_are_read():
    text = opml(*(outline(f"https://a.example/{number}") for number in range(10_000)))

    assert len(feeds.opml_read(text.encode())) == 10_000


def test_a_list_in_a_thousand_folders_is_read():
    depth = 1_000
    text = opml("<outline>" * depth + outline("https://a.example/") + "</outline>" * depth)

    assert feeds.opml_read(text.encode()) == (Outline("https://a.example/", "T"),)
