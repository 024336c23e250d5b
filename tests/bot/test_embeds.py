"""Embeds: within Discord's limits, the same bytes every time, nobody pinged."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot import embeds, markup
from briefs.model import Break, DocumentId, Label, Page, Quotation, Span, Style


def page(text="Words.", *, title="Briefing", number=1, total=1):
    runs = (
        Label("1. ", Style.STRONG),
        Break(),
        Quotation(text, DocumentId(1), Span(0, len(text))),
    )
    return Page(title=title, runs=runs, number=number, total=total)


def test_an_embed_shows_the_page():
    drawn = embeds.embed(page("Words @here.", number=2, total=3))

    assert drawn.title == "Briefing"
    assert drawn.description == "**1\\.** \nWords \\@here."
    assert drawn.footer.text == "Daybrief · page 2/3"


def test_a_marker_stands_in_the_footer_and_is_found_there():
    footer = embeds.footer(page(number=1, total=2), marker="k3x9")

    assert footer == "Daybrief · k3x9 · page 1/2"
    assert embeds.bears(footer, "k3x9")
    assert not embeds.bears(footer, "k3x")
    assert not embeds.bears("Daybrief · page 1/2", "")
    assert not embeds.bears("k3x9", "k3x9")


def test_a_payload_pings_nobody_and_is_kept_once():
    body = embeds.payload(page(), nonce="b" + "0" * 20, marker="k3x9")

    assert body["allowed_mentions"] == {"parse": []}
    assert (body["nonce"], body["enforce_nonce"]) == ("b" + "0" * 20, True)
    assert "content" not in body


def test_the_bytes_are_the_same_every_time():
    first = embeds.dump(embeds.payload(page("Жінка 😀"), nonce="n", marker="m"))
    second = embeds.dump(embeds.payload(page("Жінка 😀"), nonce="n", marker="m"))

    assert first == second
    assert json.loads(first)["embeds"][0]["footer"]["text"] == "Daybrief · m"


@settings(deadline=None)
@given(st.text(max_size=6_000), st.text(max_size=600))
def test_no_embed_exceeds_a_limit(text, title):
    drawn = embeds.embed(page(text, title=title), marker="k3x9")

    assert markup.length(drawn.title) <= embeds.MOST_TITLE
    assert markup.length(drawn.description) <= embeds.MOST_DESCRIPTION
    assert markup.length(drawn.title + drawn.description + drawn.footer.text) <= 6_000
