# ruff: noqa: RUF001 - texts in other scripts, with their own dashes and quotes

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import documents
from briefs.documents import Hint
from briefs.errors import DocumentError
from briefs.model import PUBLIC, Scope

NOW = datetime(2021, 10, 9, tzinfo=UTC)


def read(text, name="a.txt", **known):
    data = text if isinstance(text, bytes) else text.encode()
    return documents.read(data, Hint(name=name, **known), now=NOW)


def page(body, head=""):
    return f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"


PARAGRAPH = (
    "<p>Ukraine said that it will build a factory for drones near the town, a deal that might"
    " upset its neighbour, the minister added on Thursday in Lviv.</p>"
)


# Plain text


def test_a_first_line_like_a_title_is_the_title_and_leaves_the_text():
    document = read("Factory to be built\n\nThe minister said so.\n\nHe left.")

    assert document.title == "Factory to be built"
    assert document.text == "The minister said so.\nHe left."


@pytest.mark.parametrize(
    "text",
    [
        "The minister said so.\n\nHe left.",
        "He said: “It is so.”\n\nHe left.",
        "Factory to be built",
        "Factory to be built\nThe minister said so.",
        "- bread\n\n- salt",
        "x" * 130 + "\n\nText.",
        "Glad. — Ann (@ann) May 1, 2021\n\nText.",
    ],
)
def test_without_a_title_the_file_gives_its_name_and_the_text_stays(text):
    document = read(text, name="folder/my-file_name.txt")

    assert document.title == "my file name"
    assert "".join(document.text.split()) == "".join(text.split())


def test_broken_lines_are_joined():
    document = read(
        "The land plot on which the factory is to be built for the pro-\n"
        "Western side was chosen, as the minister said in Lviv on the\n"
        "day before to his guests, who had come to Ukraine for the talks\n"
        "of the week.\n"
    )

    assert document.text == (
        "The land plot on which the factory is to be built for the pro-Western side was chosen, as"
        " the minister said in Lviv on the day before to his guests, who had come to Ukraine for"
        " the talks of the week."
    )


# Front matter


def test_front_matter_fills_the_fields():
    document = read(
        "---\ntitle: 'A: title'\nsource: Sample Wire\nauthor: Desk\nurl: https://example.org/a\n"
        "date: 2021-10-07T09:30+03:00\nlanguage: en-GB\nlicence: CC0-1.0\nsample: true\n"
        "tags: [a, b]\n---\n\nText of it.\n",
        name="a.md",
    )

    assert document.title == "A: title"
    assert (document.source, document.author) == ("Sample Wire", "Desk")
    assert document.url == "https://example.org/a"
    assert document.published == datetime(2021, 10, 7, 6, 30, tzinfo=UTC)
    assert document.published_how == "front matter"
    assert (document.language, document.sample) == ("en", True)
    assert document.text == "Text of it."


def test_values_stay_as_they_are_written():
    """YAML alone would make a number, a truth value and nothing of these."""
    document = read("---\ntitle: 2021\nlanguage: no\nauthor: null\n---\nTekst.", name="a.md")

    assert (document.title, document.language, document.author) == ("2021", "no", "")


@pytest.mark.parametrize(
    ("matter", "complaint"),
    [
        ("title: 'open\n", "cannot be read in line"),
        ("title: [a, b]\n", r"title \(line 2\) is not one value"),
        ("source: x\nauthor:\n  name: y\n", r"author \(line 3\) is not one value"),
        ("- a: b\n", "no list of `key: value`"),
        ("a: " + "[" * 10_000 + "\n", "cannot be read"),
        ("a: " + "b" * 20_000 + "\n", "more than 16384 characters"),
    ],
)
def test_front_matter_that_cannot_be_read_is_told_by_line(matter, complaint):
    with pytest.raises(DocumentError, match=complaint):
        read(f"---\n{matter}---\nText.", name="a.md")


def test_aliases_in_front_matter_cost_nothing():
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 200))

    document = read(f"---\nl0: &l0 x\n{levels}title: T\n---\nText.", name="a.md")

    assert document.title == "T"


def test_a_rule_on_top_is_not_front_matter():
    assert read("---\nText of it.\n---\nMore.").text == "---\nText of it.\n---\nMore."


# Markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A **bold** and _soft_ `word`.", "A bold and soft word."),
        ("snake_case_name, 2 * 3 * 4", "snake_case_name, 2 * 3 * 4"),
        ("[text](https://x.org/a_(b) 'no')", "[text](https://x.org/a_(b) 'no')"),
        ('A [link](https://x.org/a_(b) "title"), [this][1].', "A link, this."),
        ("“all [of this project] but”", "“all [of this project] but”"),
        ("![alt](a.png)Text", "Text"),
        ("[![alt](a.png)](https://x.org) Text", "Text"),
        ("<https://x.org/a>", "https://x.org/a"),
        ("one\ntwo\n\nthree", "one two\nthree"),
        ("one  \ntwo", "one\ntwo"),
        ("## Head ##\ntext", "Head\ntext"),
        ("Head\n----\ntext", "Head\ntext"),
        ("> quoted > more\n> text", "quoted > more text"),
        ("* one\n  goes on\n+ two - three\n1. four", "- one goes on\n- two - three\n1. four"),
        ("a\n\n***\n\nb", "a\nb"),
        ("```py\nx = 1\n\n# y\n```\nz", "x = 1\n# y\nz"),
        ("a<!-- b\n\nc -->d <br/>&amp; e", "ad & e"),
        ("\\*not soft\\* \\[x](y)", "*not soft* [x](y)"),
        ("text\n\n[1]: https://x.org", "text"),
    ],
)
def test_markup_goes_and_words_stay(text, expected):
    assert read(text, name="a.md").text == expected


def test_the_first_heading_is_the_title():
    document = read("# A *title*\n\nText.\n\n## Part\n\nMore.", name="a.md")

    assert document.title == "A title"
    assert document.text == "Text.\nPart\nMore."


def test_a_heading_that_is_not_the_title_stays():
    document = read("---\ntitle: Other\n---\n# Heading\n\nText.", name="a.md")

    assert (document.title, document.text) == ("Other", "Heading\nText.")


# HTML


def test_a_page_gives_its_article_and_what_it_says_of_itself():
    head = (
        "<title>Deal | Sample</title><meta property='og:title' content='The deal'>"
        "<meta property='og:site_name' content='Sample Post'><meta name='author' content='Jo Roe'>"
        '<meta property="article:published_time" content="2021-10-07T12:30:00+03:00">'
        "<link rel='canonical' href='https://example.org/deal'>"
    )
    body = (
        f"<nav><a href='/'>Home</a></nav><article><h1>The deal</h1>{PARAGRAPH * 2}"
        "<blockquote class='twitter-tweet'><p>Pleased to welcome my friend in Lviv today."
        " <a href='https://t.co/x'>pic.twitter.com/x</a></p>&mdash; Ann Lee (@annlee)"
        " <a href='https://twitter.com/x'>October 7, 2021</a></blockquote>"
        "</article><footer>All rights reserved</footer>"
    )

    document = read(page(body, head), name="a.html")

    assert (document.title, document.source) == ("The deal", "Sample Post")
    assert (document.author, document.url) == ("Jo Roe", "https://example.org/deal")
    assert document.language == "en"
    assert document.published == datetime(2021, 10, 7, 9, 30, tzinfo=UTC)
    assert document.published_how == "metadata"
    assert document.text.startswith("Ukraine said")
    assert "Home" not in document.text
    (post,) = document.posts
    words = document.text[slice(*post.span)]
    assert (post.handle, words) == ("annlee", "Pleased to welcome my friend in Lviv today.")


def test_a_page_is_read_in_the_encoding_it_declares():
    text = "Міністр закордонних справ сказав, що завод збудують біля міста. " * 3
    data = page(f"<p>{text}</p>", "<meta charset='koi8-u'>").encode("koi8-u")

    assert read(data, name="a.htm").text.startswith("Міністр закордонних справ")


@pytest.mark.parametrize(
    "data", [page(""), "<html>", "<" * 1000, "<div>" * 5000, "<script>alert(1)</script>"]
)
def test_a_page_without_an_article_is_refused(data):
    with pytest.raises(DocumentError, match="no readable text"):
        read(data, name="a.html")


# What is common to all


@pytest.mark.parametrize("data", [b"", b" \n\t ", "\ufeff\u200b".encode(), b"---\ntitle: x\n---\n"])
def test_an_empty_file_is_refused_in_a_sentence(data):
    with pytest.raises(DocumentError, match=r"^a\.md: is empty: put some text in it"):
        read(data, name="a.md")


def test_emoji_alone_are_a_document():
    assert read("🇹🇷🇺🇦").text == "🇹🇷🇺🇦"


def test_a_file_too_large_is_refused():
    with pytest.raises(DocumentError, match="larger than 10 MB"):
        read(b"a" * 10_000_001)


def test_an_unknown_format_is_refused_and_a_content_type_helps():
    with pytest.raises(DocumentError, match=r"a\.xyz: cannot be read: give one of \.txt"):
        read("Text.", name="a.xyz")

    assert read("*Text.*", name="a", content_type="text/markdown; charset=utf-8").text == "Text."


def test_what_is_known_of_a_file_is_kept():
    document = read("Text.", identity="file:a", scope=Scope(7), modified=NOW)

    assert (document.identity, document.scope) == ("file:a", Scope(7))
    assert (document.published, document.published_how) == (NOW, "file time")


def test_invisible_characters_in_fields_and_text_go():
    document = read("---\ntitle: Ku\u200bleba \u202espeaks\n---\nKu\u2060leba spoke.", name="a.md")

    assert (document.title, document.text) == ("Kuleba speaks", "Kuleba spoke.")


def test_only_web_addresses_are_kept():
    assert read("---\nurl: javascript:alert(1)\n---\nText.", name="a.md").url == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Minister sagte, dass die Fabrik in der Nähe der Stadt gebaut werden soll.", "de"),
        ("Le ministre a déclaré que l’usine sera construite près de la ville en octobre.", "fr"),
        ("Міністр сказав, що завод збудують біля міста Васильків наступного року.", "uk"),
        ("The minister said that the factory will be built near the town.", "en"),
        ("Ja.", "en"),
    ],
)
def test_the_language_is_told_from_the_text(text, language):
    assert documents.of(text).language == language


@given(st.text())
@settings(deadline=None)
def test_a_text_given_is_kept_as_it_is(text):
    document = documents.of(text, language="en", title="T")

    assert (document.text, document.title, document.scope) == (text, "T", PUBLIC)


@given(st.binary(max_size=400), st.sampled_from(documents.SUFFIXES))
@settings(deadline=None, max_examples=150)
def test_no_bytes_break_a_reader(data, suffix):
    """Whatever comes in, a document or one sentence comes out."""
    try:
        told = read(data, name=f"a{suffix}").text.strip()
    except DocumentError as error:
        told = str(error) if str(error).endswith(".") else ""

    assert told
