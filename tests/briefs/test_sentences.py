# ruff: noqa: RUF001 - texts in other scripts, with their own dashes and quotes

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import documents, sentences
from briefs.model import Document, DocumentId, Post, SentenceKind, Span
from tests import shared

TEXT = st.text(
    alphabet=st.sampled_from("aB1. !?…“”\"'()[]«»—-\n\t\u3002漢é\u0301🇺🇦@#*:") | st.characters()
)


def split(text, language="en"):
    return sentences.split(Document(text=text, language=language))


def kinds(text):
    return [(piece.kind.value, piece.text) for piece in sentences.split(documents.of(text))]


# Order, place and loss


@given(TEXT, st.sampled_from(["en", "de", "ja", "ar", "xx", ""]))
@settings(deadline=None, max_examples=300)
def test_pieces_tile_the_text(text, language):
    """Each is where it says, after the one before; nothing but white space is left out."""
    pieces = split(text, language)

    assert all(piece.text == text[slice(*piece.span)] for piece in pieces)
    assert [piece.index for piece in pieces] == list(range(len(pieces)))
    assert all(a.span.end <= b.span.start for a, b in pairwise(pieces))
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    assert all(piece.text == piece.text.strip() != "" for piece in pieces)


@given(TEXT, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
@settings(deadline=None)
def test_pieces_tile_the_text_around_any_posts(text, spans):
    posts = tuple(Post(span=Span(*span), author="A", handle="a") for span in spans)

    pieces = sentences.split(Document(text=text, posts=posts))

    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())


def test_a_piece_belongs_to_its_document():
    (piece,) = sentences.split(Document(text="One.", id=DocumentId(7)))

    assert (piece.document, piece.index, piece.span) == (DocumentId(7), 0, Span(0, 4))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 40_000,
        "a" * 100_000 + "!",
        "A. " * 50_000,
        "“A. B " * 20_000,
        "漢。" * 20_000,
        "!" * 50_000,
    ],
)
def test_no_piece_is_endless(text):
    pieces = split(text)

    assert max(len(piece.text) for piece in pieces) <= 2_000
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())


def test_a_long_piece_is_cut_between_characters():
    flags = "🇺🇦" * 3_000

    assert all(len(piece.text) % 2 == 0 for piece in split(flags))


# Sentences: one case a line, its sentences divided by " | "

CASES = {
    "en": (
        "Mr. Smith met Dr. Jones in St. Louis. | They talked.",
        "The U.S. Army left. | The U.K. stayed.",
        "He lives in the U.S. | They know it.",
        "It cost $3.5 million. | That is 2.1 per cent more.",
        "J. K. Rowling and John F. Kennedy are names. | So is Lt. Col. Lee.",
        "They met at 5 p.m. on Oct. 7. | It rained.",
        "“We won. | It is over,” he said. | Then he left.",
        "“We have waited for years. | This matters to us. | We thank you.” | He smiled.",
        "“Is it true?” Kuleba asked. | Nobody answered.",
        "“Is it true?” | He did not answer.",
        "“Mr. Lee came. | J. Doe went,” she said.",
        "“The U.S. Army is here,” he said. | “I saw it.”",
        'He said: "Go now! | Do not wait." | Then he left.',
        "‘We won. | It’s over,’ she said.",
        "“All [of this project] but one have gone,” he added, without details.",
        "They called it “a delicate position”. | Others did not.",
        "(He was there. They were not.) | Next came rain.",
        "1. The first point. | 2. The second point.",
        "See Fig. 3 and Vol. 2 of it. | Then go on.",
        "Visit example.com or write to a.b@example.com. | It is free.",
        "Yahoo! announced its profits. | They fell.",
        "What?! | No way. | Really…",
        "Baykar Inc. builds drones, e.g. the TB2. | It sells them.",
        "Joint Strategic Planning Com. Meeting. | It was good.",
        "He left (at 7 a.m.) for Kyiv. | She stayed.",
    ),
    "de": (
        "Herr Dr. Müller kam am 3. Oktober an. | Er sagte z. B. nichts.",
        "„Das ist gut. | Wir bleiben“, sagte er. | Danach ging er.",
        "Hrn. Schmidt gefiel es. | Die Fa. Baykar baut Drohnen.",
    ),
    "fr": (
        "M. Dupont est arrivé. | Mme. Durand aussi.",
        "« Je pars. | Au revoir », a dit M. Martin. | Il est parti.",
        "Qu’en dit Mme Durand ? | Rien.",
    ),
    "es": (
        "El Sr. Gómez llegó. | ¿Qué dijo? | ¡Nada!",
        "EE. UU. anunció algo. | La Sra. López no.",
    ),
    "ru": (
        "Глава МИД Д. И. Кулеба прибыл в г. Львов. | Потом он уехал.",
        "«Все готово. | Мы ждем», — сказал он. | Т. е. все готово.",
    ),
    "uk": (
        "Міністр Д. Кулеба прибув до м. Львів. | Що далі?",
        "У 2021 р. Київ купив 50 шт. таких дронів. | Їх мало.",
    ),
    "ja": ("大臣は言った。 | 「これは重要だ。我々は待っていた」と述べた。 | 終わり。",),
    "ar": ("وصل الوزير إلى كييف. | ماذا قال؟ | لم يقل شيئا.",),
}


@pytest.mark.parametrize(
    ("language", "case"), [(language, case) for language, cases in CASES.items() for case in cases]
)
def test_hard_cases_are_split_right(language, case):
    expected = case.split(" | ")

    assert [piece.text for piece in split(" ".join(expected), language)] == expected


def test_a_line_break_within_a_sentence_is_kept_in_it():
    text = "The land plot on which the factory will be built has\nalready been chosen. He left."

    assert [piece.text for piece in split(text)] == [text[:-9], "He left."]


# Kinds


def test_the_article_is_told_from_its_furniture():
    data = shared.path("seed/article.txt").read_bytes()
    document = documents.read(data, documents.Hint(name="article.txt"))

    pieces = sentences.split(document)

    found = Counter(piece.kind for piece in pieces)
    assert set(found) == {SentenceKind.PROSE, SentenceKind.POST, SentenceKind.SIGNATURE}
    assert found[SentenceKind.SIGNATURE] == 2
    assert not any("pic.twitter" in piece.text for piece in pieces if piece.quotable)
    assert not any("October 7" in piece.text for piece in pieces if piece.quotable)
    obstacles = [piece.text for piece in pieces if "obstacles" in piece.text]
    assert len(obstacles) == 1
    assert obstacles[0].endswith("he added, without providing further details.")


def test_a_post_is_told_from_its_signature_and_from_the_text_around_it():
    text = "They met. Glad to be here. See you. pic.x.com/a — Ann (@ann) May 1, 2021 She left."
    at = text.index("Glad")
    post = Post(span=Span(at, text.index(" pic.")), author="Ann", handle="ann")

    pieces = sentences.split(Document(text=text, posts=(post,)))

    assert [(piece.kind.value, piece.text) for piece in pieces] == [
        ("prose", "They met."),
        ("post", "Glad to be here."),
        ("post", "See you."),
        ("signature", "pic.x.com/a — Ann (@ann) May 1, 2021"),
        ("prose", "She left."),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "KYIV, Oct 7 (Reuters) -",
        "LVIV, Ukraine —",
        "KYIV/ANKARA, October 7 (Sample Wire) –",
        "LVIV, Ukraine (AP) —",
        "Lviv, Ukraine (CNN) —",
        "WASHINGTON --",
        "KYIV —",
        "Kyiv (Reuters) -",
        "КИЇВ —",
    ],
)
def test_a_dateline_is_its_own_piece(dateline):
    assert kinds(f"{dateline} The minister said so.\nHe left.") == [
        ("dateline", dateline),
        ("prose", "The minister said so."),
        ("prose", "He left."),
    ]


@pytest.mark.parametrize(
    ("kind", "block"),
    [
        ("heading", "What the deal means"),
        ("heading", "BACKGROUND"),
        ("caption", "Photo: A. Person/Sample"),
        ("caption", "Image copyright Sample Pictures"),
        ("caption", "Figure 1: The bridge at night."),
        ("caption", "Table 2.1. Revenue rose in both quarters."),
        ("caption", "FILE PHOTO: The minister speaks. He waves."),
        ("caption", "The minister speaks in Lviv on Thursday. (AP Photo/A. Person)"),
        ("caption", "A drone on parade in Kyiv [File: A. Person/Reuters]"),
        ("boilerplate", "Read more: The deal in full"),
        ("boilerplate", "Advertisement"),
        ("boilerplate", "Sign up for our daily newsletter."),
        ("boilerplate", "© 2021 Sample Post. All rights reserved."),
        ("boilerplate", "We use cookies to improve our site."),
        ("boilerplate", "Share this article"),
        ("boilerplate", "(Reporting by A. Person; editing by B. Person)"),
        ("boilerplate", "* * *"),
        ("boilerplate", "Читайте також: Угода"),
    ],
)
def test_furniture_is_told_from_sentences(kind, block):
    text = f"The minister spoke.\n{block}\nThe minister left."

    assert {found for found, piece in kinds(text)[1:-1]} == {kind}


@pytest.mark.parametrize(
    "block",
    [
        "NATO — the alliance — said so.",
        "NATO — the alliance of 30 states.",
        "Київ — столиця.",
        "Haluk Bayraktar (Baykar) – CEO of it.",
        "COVID-19 — A short history — is out.",
        "“A deal is near,” he said",
        "- Fully supporting the integrity of Ukraine",
        "Photographs of the drones were shown.",
        "The image copyright law was passed.",
        "Sign up numbers fell in May.",
        "Read more carefully, she said.",
        "Subscribers left.",
        "Related parties met in Kyiv.",
        "Share prices fell.",
        "This site is where the factory will be built.",
        "Advertisement revenue fell.",
        "File a complaint, he said.",
        "What happens next?",
        "STOP.",
        "Kyiv (the capital) was quiet.",
        "Updated drones arrived.",
    ],
)
def test_an_ordinary_sentence_is_no_furniture(block):
    text = f"The minister spoke.\n{block}\nThe minister left."

    assert {found for found, _ in kinds(text)} == {"prose"}


def test_lines_without_full_stops_are_not_all_headings():
    text = "the minister came to Lviv\nThey spoke of a factory\nNobody knows the place"

    assert {found for found, _ in kinds(text)} == {"prose"}
