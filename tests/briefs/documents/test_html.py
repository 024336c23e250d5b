"""Web pages as publishers make them: title, author, date with where it stood, language, prose."""

import json
from datetime import UTC, datetime

import pytest

from briefs import documents
from briefs.documents import Hint
from briefs.errors import DocumentError

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = datetime(2021, 10, 7, tzinfo=UTC)
PARAGRAPH = (
    "<p>Ukraine said that it will build a factory for drones near the town, a deal that might"
    " upset its neighbour, the minister added on Thursday in Lviv.</p>"
)


def page(body=PARAGRAPH, head="", attributes="lang='en'"):
    return (
        f"<!DOCTYPE html><html {attributes}><head><title>The deal</title>{head}</head>"
        f"<body><article><h1>The deal</h1>{body}</article></body></html>"
    )


def read(text, **known):
    data = text if isinstance(text, bytes) else text.encode()
    return documents.read(data, Hint(name="a.html", known=tuple(known.items())), now=NOW)


def objects(*told):
    scripts = (f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in told)
    return "".join(scripts)


def article(**fields):
    return {"@context": "https://schema.org", "@type": "NewsArticle", **fields}


# When it appeared, and where that stood


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2021-10-07T03:00+03:00">', ""),
        ('<meta content="2021-10-07" name="date">', ""),
        ('<meta itemprop="datePublished" content="2021-10-07T00:00:00Z">', ""),
        ('<meta name="DC.date.issued" content="2021-10-07">', ""),
        ('<meta name="parsely-pub-date" content="2021-10-07T00:00:00.000Z">', ""),
        (objects(article(datePublished="2021-10-07")), ""),
        (objects({"@graph": [{"@type": "Person"}, article(datePublished="2021-10-07")]}), ""),
        (objects([article(datePublished="2021-10-07", dateModified="2021-11-01")]), ""),
        (objects({"@type": ["Thing", "BlogPosting"], "datePublished": "2021-10-07"}), ""),
        (
            objects({"@type": "WebPage", "datePublished": "2020-01-01"})
            + objects(article(datePublished="2021-10-07")),
            "",
        ),
        ('<meta name="date" content="soon">' + objects(article(datePublished="2021-10-07")), ""),
        (
            '<meta property="article:published_time" content="2021-10-07">',
            '<time datetime="2021-10-09">9 October</time>',
        ),
    ],
)
def test_what_is_declared_for_machines_is_metadata(head, body):
    document = read(page(body + PARAGRAPH, head))

    assert (document.published, document.published_how) == (DAY, "metadata")


@pytest.mark.parametrize(
    "body",
    [
        '<time datetime="2021-10-07T00:00:00Z">7 October</time>',
        '<time itemprop="datePublished" datetime="2021-10-07">7 October</time>'
        '<time datetime="2021-10-09">9 October</time>',
        '<time class="updated" datetime="2021-10-09"></time>'
        '<time class="entry-date published" datetime="2021-10-07">7 October</time>',
        '<span class="posted-on" content="2021-10-07">7 October</span>',
    ],
)
def test_what_readers_see_is_of_the_page(body):
    document = read(page(body + PARAGRAPH))

    assert (document.published, document.published_how) == (DAY, "page")


def test_a_day_in_the_address_is_of_the_address():
    given = read(page(), url="https://example.org/2021/oct/07/deal")
    own = read(page(head="<link rel='canonical' href='https://example.org/2021/10/07/deal'>"))

    assert (given.published, given.published_how) == (DAY, "address")
    assert (own.published, own.published_how) == (DAY, "address")


def test_the_feeds_date_fills_what_the_page_does_not_say():
    dated = page(head='<meta name="date" content="2021-10-08">')

    silent = read(page(), date="2021-10-07", url="https://example.org/2020/01/01/deal")

    assert (silent.published, silent.published_how) == (DAY, "feed")
    assert read(dated, date="2021-10-07").published_how == "metadata"


def test_a_date_of_the_page_that_makes_no_sense_leaves_that_of_the_feed():
    future = page(head='<meta property="article:published_time" content="2100-01-01">')

    assert read(future, date="2021-10-07").published_how == "feed"
    assert (read(future).published, read(future).published_how) == (None, "")


@pytest.mark.parametrize(
    "told", ["{", "[" * 100_000, "null", '{"@graph": {"@graph": []}}', '{"@type": 7}', "9" * 9_999]
)
def test_objects_that_are_none_are_passed_over(told):
    head = (
        f'<script type="application/ld+json">{told}</script><meta name="date" content="2021-10-07">'
    )

    assert read(page(head=head)).published == DAY


# Who says it, and where


def test_the_authors_of_an_object_are_told():
    people = [{"@type": "Person", "name": "Jo Roe"}, {"name": "Ann  Lee"}, 7]

    assert (
        read(page(head=objects({"@graph": [article(author=people)]}))).author == "Jo Roe; Ann Lee"
    )


@pytest.mark.parametrize(
    ("own", "address"),
    [
        ("/deal", "https://example.org/deal"),
        ("https://example.org/the-deal", "https://example.org/the-deal"),
        ("https://www.example.org/deal", "https://www.example.org/deal"),
        ("https://example.org/", "https://example.org/deal?from=feed"),
        ("https://elsewhere.org/deal", "https://example.org/deal?from=feed"),
        ("javascript:alert(1)", "https://example.org/deal?from=feed"),
        ("https://[broken", "https://example.org/deal?from=feed"),
        ("", "https://example.org/deal?from=feed"),
    ],
)
def test_a_page_is_called_what_its_own_host_calls_it(own, address):
    head = f'<link rel="canonical" href="{own}">'

    assert read(page(head=head), url="https://example.org/deal?from=feed").url == address


def test_the_outlet_is_what_the_page_says_then_what_is_known_then_its_host():
    named = page(head='<meta property="og:site_name" content="Sample Post">')
    address = "https://www.example.org/deal"

    assert read(named, source="The Feed", url=address).source == "Sample Post"
    assert read(page(), source="The Feed", url=address).source == "The Feed"
    assert read(page(), url=address).source == "example.org"


def test_what_is_known_from_outside_never_replaces_what_the_page_says():
    head = '<meta name="author" content="Jo Roe"><meta property="og:title" content="Own title">'
    known = {"title": "Title of the feed", "author": "Feed", "language": "fr"}

    document = read(page(head=head), **known)

    assert (document.title, document.author, document.language) == ("Own title", "Jo Roe", "en")


# Language


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        ("lang='de-AT'", "", "de"),
        ("xml:lang='fr'", "", "fr"),
        ("", "<meta http-equiv='content-language' content='es'>", "es"),
        ("", "<meta property='og:locale' content='pl_PL'>", "pl"),
        ("", "", "en"),
    ],
)
def test_the_language_that_a_page_declares_is_its_language(attributes, head, language):
    assert read(page(head=head, attributes=attributes)).language == language


def test_english_that_a_template_declares_is_doubted():
    text = "<p>Міністр сказав, що завод збудують біля міста наступного року, попри все.</p>" * 3

    assert read(page(text)).language == "uk"


# Prose, and what is none


def test_captions_tables_and_boxes_are_no_prose():
    first, second = PARAGRAPH, PARAGRAPH.replace("Ukraine", "Turkey")
    body = (
        f"{first}<figure><img src='a.jpg'><figcaption>A gate in Lviv. Photo: Jo Roe</figcaption>"
        f"</figure>{second}<table><caption>Spending</caption><tr><td>14 million</td></tr></table>"
        "<ul><li>First, the land was bought by the town.</li></ul>"
    )

    text = read(page(body)).text

    assert [line.split()[0] for line in text.split("\n")] == ["Ukraine", "Turkey", "-"]
    assert "Photo" not in text
    assert "million" not in text


@pytest.mark.parametrize("body", ["<p>Video</p>", "<p>Share</p><p>Loading …</p>", "<p>1 / 7</p>"])
def test_a_word_or_two_are_no_article(body):
    with pytest.raises(DocumentError, match=r"no readable text|only menus|looks for robots"):
        read(f"<html><head><title>Clip</title></head><body>{body}</body></html>")


def test_a_short_report_in_a_script_without_spaces_is_an_article():
    text = "大臣は会議で工場を建設すると述べた。計画は来年始まる。"

    assert read(page(f"<p>{text}</p>", attributes="lang='ja'")).text == text


# Damage


def test_bad_bytes_outside_of_the_article_cost_nothing():
    data = page(head='<meta name="keywords" content="caf\u00e9">' + " " * 9)
    data = data.encode().replace("é".encode(), b"\xe9") + " Łódź Košice Ґанок".encode()

    assert read(data).text.startswith("Ukraine said")


def test_bad_bytes_in_the_article_refuse_it():
    data = page(PARAGRAPH.replace("deal", "dé\u00e4l")).encode().replace("ä".encode(), b"\xe4")

    with pytest.raises(DocumentError, match="damaged"):
        read(data + " Łódź Košice Ґанок".encode())
