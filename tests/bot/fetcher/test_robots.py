"""What a robots.txt says to us."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.fetcher import robots


def allowed(text: str, path: str) -> bool:
    return robots.allows(robots.parse(text), path)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: Daybrief\nAllow: /", "/a", True),
        ("User-agent: daybrief/1.0\nDisallow: /", "/a", False),
        ("User-agent: daybriefly\nDisallow: /", "/a", True),
        ("User-agent: a\nUser-agent: daybrief\nDisallow: /x", "/x", False),
        ("User-agent: daybrief\nDisallow: /x\nUser-agent: b\nDisallow: /y", "/y", True),
        ("User-agent: daybrief\nDisallow: /x\n\nUser-agent: daybrief\nDisallow: /y", "/y", False),
        # the longest rule decides, whatever the order
        ("User-agent: *\nAllow: /\nDisallow: /private", "/private/x", False),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/1", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        # wildcards
        ("User-agent: *\nDisallow: /*?s=", "/search?s=x", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbyyc", False),
        ("User-agent: *\nDisallow: /a*b*c", "/axxcyyb", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /ab*ab$", "/ab", True),
        ("User-agent: *\nDisallow: *", "/a", False),
        # escapes, comments, odd line ends, a mark at the beginning
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /%7euser", "/~user", False),
        ("User-agent: *\nDisallow: /a%2fb", "/a%2Fb", False),
        ("User-agent: *\nDisallow: /a%2fb", "/a/b", True),
        ("User-agent: * # all\r\nDisallow: /a # not this\r", "/a", False),
        ("\ufeffUser-agent: *\rDisallow: /a", "/a", False),
        ("USER-AGENT : *\nDISALLOW : /a", "/a", False),
        ("<html><body>User-agent: *", "/a", True),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nSitemap: /x\nDisallow: /a", "/a", False),
    ],
)
def test_what_may_be_read(text, path, expected):
    assert allowed(text, path) is expected


@pytest.mark.parametrize(
    ("value", "seconds"), [("5", 5.0), ("0.5", 0.5), ("-1", 0), ("inf", 0), ("1.2.3", 0), ("", 0)]
)
def test_how_long_to_wait_between_two_requests(value, seconds):
    assert robots.parse(f"User-agent: *\nCrawl-delay: {value}").delay == seconds


@given(st.text(alphabet="Uuser-agent: *\ndislow/$%2f", max_size=200), st.text(max_size=20))
@settings(deadline=None)
def test_any_text_is_read(text, path):
    assert allowed(f"User-agent: *\nDisallow: {text}", f"/{path}") in {True, False}


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: a\n" * 40_000 + "Disallow: /\n" * 40_000,
        "User-agent: *\nDisallow: /" + "*a" * 250_000,
        "User-agent: *\n" + "Disallow: /*a*b*c*d\n" * 25_000,
        "User-agent: *\nDisallow: /" + "%" * 500_000,
    ],
)
def test_half_a_megabyte_of_spite_is_read_and_bounded(text):
    rules = robots.parse(text)

    assert len(rules.rules) <= 10_000
    assert robots.allows(rules, "/" + "a" * 4_000)
