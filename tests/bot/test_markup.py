"""Discord's text: nothing in a document acts, and every word can be read back as it was."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import markup
from briefs.model import (
    Break,
    DocumentId,
    Label,
    Moment,
    Page,
    Quotation,
    Source,
    Span,
    Style,
)

HOSTILE = [
    "@everyone",
    "@here",
    "<@1>",
    "<@!1>",
    "<@&2>",
    "<#3>",
    "<t:0:R>",
    "<:smile:1>",
    "<a:smile:1>",
    "</briefing:1>",
    "<id:guide>",
    "[click](http://evil.example)",
    "<http://evil.example>",
    "https://evil.example/x",
    "steam://run",
    ":smile:",
    "```\ncode\n```",
    "`code`",
    "||spoiler||",
    "> quote",
    ">>> quote",
    "# heading",
    "### heading",
    "-# small",
    "- item",
    "* item",
    "+ item",
    "1. item",
    "  12. item",
    "**bold**",
    "__under__",
    "_it_",
    "~~struck~~",
    "\\",
    "a\\*b",
    "\\\\<@1>",
    "text\n- item\n2. item\n# heading",
    "text\r- item\u2028- item",
    "<ada@example.org>",
]

texts = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\\`*_~|<>[]()#@:-+.1 \n&!/ab\u0301😀"))
)


def quoted(text, *, strong=False):
    return Quotation(text, DocumentId(1), Span(0, len(text)), strong=strong)


def bare(text):
    """Return *text* without every character that a backslash makes harmless."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "\x00", text)


@settings(deadline=None)
@given(texts)
def test_what_is_escaped_is_read_back(text):
    assert markup.unescape(markup.plain(text)) == text


@settings(deadline=None)
@given(texts)
def test_nothing_is_inserted_but_backslashes(text):
    escaped = iter(markup.plain(text))

    assert all(character in escaped for character in text)
    assert markup.plain(text).replace("\\", "") == text.replace("\\", "")


@settings(deadline=None)
@given(texts)
def test_no_active_character_is_left(text):
    assert not re.search(r"[\\`*_~|<>\[\]()#@:]", bare(markup.plain(text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text):
    left = bare(markup.plain(text))

    assert markup.unescape(markup.plain(text)) == text
    assert not re.search(r"[\\`*_~|<>\[\]#@]|\w:|(?m:^\s*([-+]|\d+\.))", left)


@pytest.mark.parametrize("unit", ["a", "\n", " ", "\r", "1", "\\", "```", "- ", "\u2028 "])
def test_escaping_is_linear(unit):
    assert markup.plain(unit * 100_000 + "!")


@settings(deadline=None)
@given(texts, st.integers(0, 60))
def test_what_is_cut_is_a_start_of_the_text_within_the_limit(text, limit):
    short = markup.cut(markup.plain(text), limit)

    assert markup.length(short) <= limit
    assert text.startswith(markup.unescape(short))
    assert markup.plain(text).startswith(short)
    assert len(re.search(r"\\*\Z", short)[0]) % 2 == 0


def test_a_cut_does_not_part_a_letter_from_its_accent():
    assert markup.cut("abe\u0301", 3) == "ab"


def test_length_counts_what_discord_may_count():
    assert markup.length("a😀") == 3
    assert markup.length("aé") == 2


@settings(deadline=None)
@given(texts)
def test_a_quotation_is_only_escaped(text):
    assert markup.unescape(markup.render(quoted(text))) == text


@settings(deadline=None)
@given(texts)
def test_a_title_in_bold_holds_its_words_unchanged(text):
    shown = markup.unescape(markup.render(quoted(text, strong=True)))

    assert shown in {text, text.replace(text.strip(), f"**{text.strip()}**", 1)}


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (Label("3 origins"), "3 origins"),
        (Label("1. ", Style.STRONG), r"**1\.** "),
        (Label("small", Style.FAINT), "-# small"),
        (Label("Said", Style.HEADING), "### Said"),
        (Label("", Style.QUOTE), "> "),
        (Label("*Ada* @here"), r"\*Ada\* \@here"),
        (Label("", Style.STRONG), ""),
        (Moment(datetime(2021, 10, 7, tzinfo=UTC)), "<t:1633564800:D>"),
        (Moment(datetime(2021, 10, 7, tzinfo=UTC), "full"), "<t:1633564800:f>"),
        (Moment(datetime(2021, 10, 7, tzinfo=UTC), "time"), "<t:1633564800:t>"),
        (Break(), "\n"),
        (Break(blank=True), "\n\n"),
        (Source("The Sample"), "The Sample"),
        (
            Source("The Sample", "https://example.org/a b?c=(d)"),
            "The Sample ([example.org](<https://example.org/a%20b?c=%28d%29>))",
        ),
        (Source("example.org", "http://example.org"), "[example.org](<http://example.org>)"),
        (
            Source("Söder", "https://söder.example/ä"),
            "Söder ([xn--sder-5qa.example](<https://xn--sder-5qa.example/%C3%A4>))",
        ),
    ],
)
def test_each_run_has_its_look(run, text):
    assert markup.render(run) == text


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org",
        "https://",
        "https://user:pass@example.org/",
        "https://example.org@evil.example",
        "https://exa mple.org/",
        "https://example.org)](<https://evil.example>/",
        "https://[::1]/",
        "https://[",
        "https://example.org:99999999/",
        "https://example.org/" + "a" * 600,
        "//example.org/x",
        "https://" + "a" * 300 + ".example",
    ],
)
def test_an_address_that_is_not_plainly_one_is_no_link(url):
    assert markup.render(Source("Name", url)) == "Name"


@settings(deadline=None)
@given(texts)
def test_a_link_cannot_be_broken_out_of(tail):
    shown = markup.render(Source("Name", f"https://example.org/{tail}"))

    assert shown == "Name" or re.fullmatch(
        r"Name \(\[example\.org\]\(<https://example\.org/[^\s()<>\[\]\\`*|]*>\)\)", shown
    )


def page(*runs):
    return Page(title="Title", runs=runs)


def test_small_words_and_headings_lose_their_mark_inside_a_line():
    shown = markup.body(
        page(
            Label("a "),
            Label("b", Style.FAINT),
            Label("c", Style.HEADING),
            Break(),
            Label("d", Style.FAINT),
        )
    )

    assert shown == "a b**c**\n-# d"


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.builds(Label, texts, st.sampled_from(Style)),
            st.builds(quoted, texts, strong=st.booleans()),
            st.builds(Source, texts, texts),
            st.builds(Break, st.booleans()),
        )
    )
)
def test_a_page_is_never_longer_than_its_parts(runs):
    parts = sum(markup.length(markup.render(run)) for run in runs)

    assert markup.length(markup.body(page(*runs))) <= parts
