# ruff: noqa: RUF001 - texts in other scripts, with their own dashes and quotes

from datetime import UTC, datetime

import pytest

from briefs import documents
from briefs.documents import posts
from tests import shared

DAY = datetime(2021, 10, 7, tzinfo=UTC)


def body(text):
    (post,) = posts.find(text)
    return text[slice(*post.span)]


def test_the_posts_of_the_article_are_found_whole():
    """The second one is a list, and begins with the paragraph that leads it."""
    data = shared.path("seed/article.txt").read_bytes()
    document = documents.read(data, documents.Hint(name="article.txt"))

    first, second = document.posts

    assert (first.author, first.handle, first.published) == ("Dmytro Kuleba", "DmytroKuleba", DAY)
    assert (second.author, second.handle) == ("Mevlüt Çavuşoğlu", "MevlutCavusoglu")
    assert document.text[slice(*first.span)].startswith("Pleased to welcome my Turkish")
    assert document.text[slice(*first.span)].endswith("historic landmarks.")
    assert document.text[slice(*second.span)].startswith("Discussed w/my friend FM")
    assert document.text[slice(*second.span)].endswith("rapidly developing.")


@pytest.mark.parametrize(
    "signature",
    [
        "— Ann Lee (@ann_lee) October 7, 2021",
        "– Ann Lee (@ann_lee) 7 October 2021",
        "-- Ann Lee (@ann_lee) Oct. 7, 2021",
        "pic.twitter.com/GOIr — Ann Lee (@ann_lee) October 7, 2021",
        "https://t.co/a pic.x.com/b\n— Ann Lee (@ann_lee) October 7, 2021",
        "https://example.org/a/b\n\n— Ann\nLee (@ann_lee)\nOctober 7, 2021",
    ],
)
def test_signature_and_links_are_no_part_of_a_post(signature):
    text = f"Before it.\n\nWe are glad – really (so they say). {signature}\n\nAfter it."

    (post,) = posts.find(text)

    assert text[slice(*post.span)] == "We are glad – really (so they say)."
    assert (post.author, post.handle, post.published) == ("Ann Lee", "ann_lee", DAY)


def test_a_list_belongs_to_the_paragraph_before_it():
    text = "News.\nWe agreed on:\n• one\n• two — Ann (@ann) May 1, 2020\nEnd."

    assert body(text) == "We agreed on:\n• one\n• two"


def test_posts_in_one_paragraph_stay_apart():
    text = "First. — A B (@ab) May 1, 2020 Second. — C D (@cd) May 2, 2020"

    assert [text[slice(*post.span)] for post in posts.find(text)] == ["First.", "Second."]


@pytest.mark.parametrize(
    "text",
    [
        "The minister (@minister) wrote on October 7, 2021.",
        "pic.twitter.com/a — Ann (@ann) October 7, 2021",
        "A dash — and a name (Ann) October 7, 2021",
        "",
    ],
)
def test_what_is_not_a_signed_post_is_none(text):
    assert posts.find(text) == ()


def test_an_impossible_day_leaves_the_post_undated():
    (post,) = posts.find("Words. — Ann (@ann) February 31, 2021")

    assert post.published is None
