"""Where a site has its feeds."""

import pytest

from briefs import feeds
from briefs.feeds import Link

SITE = "https://news.example/world/"


def discover(page, url=SITE):
    return feeds.discover(page.encode(), url=url)


def linked(href, kind="application/rss+xml", **also):
    told = "".join(f' {name}="{value}"' for name, value in also.items())
    return f'<link rel="alternate" type="{kind}" href="{href}"{told}>'


@pytest.mark.parametrize(
    "kind",
    ["application/rss+xml", "application/atom+xml", "application/feed+json",
     "Application/RSS+XML; charset=utf-8"],
)  # fmt: skip
def test_a_feed_that_the_head_of_a_page_names_is_found(kind):
    assert discover(linked("/rss", kind, title="All &amp; more")) == (
        Link("https://news.example/rss", "All & more"),
    )


@pytest.mark.parametrize(
    "page",
    [
        '<link rel="alternate" hreflang="de" href="/de">',
        '<link rel="stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" type="application/json" href="/wp-json/1">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:feed()">',
        '<link rel="alternate" type="application/rss+xml">',
        "<a href='/about-our-feed'>Feed</a>",
        "<!-- " + linked("/rss") + " -->",
        "",
        "\x00\x01<<<",
    ],
)
def test_what_is_no_feed_is_not_taken_for_one(page):
    assert discover(page) == ()


def test_the_best_come_first_and_each_once():
    page = (
        '<a href="/feeds/sport.rss">Sport</a><a href="/world/feed/">World</a>'
        + linked("/comments/feed", title="Comments")
        + linked("/rss")
        + linked("/rss")
        + linked("/atom", "application/atom+xml")
    )

    assert [link.url for link in discover(page)] == [
        "https://news.example/rss",
        "https://news.example/atom",
        "https://news.example/comments/feed",
        "https://news.example/feeds/sport.rss",
        "https://news.example/world/feed/",
    ]


def test_addresses_are_seen_from_the_base_of_the_page():
    page = f'<base href="/sub/">{linked("feed")}{linked("feed://other.example/rss")}'

    assert [link.url for link in discover(page)] == [
        "https://news.example/sub/feed",
        "http://other.example/rss",
    ]


def test_a_page_that_names_many_feeds_gives_the_first_fifty():
    page = "".join(linked(f"/{number}") for number in range(10_000))

    assert len(discover(page)) == 50


@pytest.mark.parametrize(
    ("url", "guess"),
    [
        ("https://news.example", "https://news.example/feed"),
        ("https://news.example/world/?page=2#top", "https://news.example/world/feed"),
        ("https://news.example/world/", "https://news.example/rss.xml"),
        ("https://www.youtube.com/channel/UCabcdefghij",
         "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghij"),
        ("https://www.reddit.com/r/news/", "https://www.reddit.com/r/news/.rss"),
        ("https://github.com/owner/name", "https://github.com/owner/name/releases.atom"),
        ("https://medium.com/@ann", "https://medium.com/feed/@ann"),
        ("https://social.example/@ann", "https://social.example/@ann.rss"),
    ],
)  # fmt: skip
def test_guesses_are_where_feeds_usually_are(url, guess):
    found = feeds.guesses(url)

    assert guess in found
    assert len(found) == len(set(found)) <= 15


@pytest.mark.parametrize("url", ["", "news.example", "ftp://news.example/", "http://[", "\x00"])
def test_no_guess_is_made_for_what_is_no_address(url):
    assert feeds.guesses(url) == ()
