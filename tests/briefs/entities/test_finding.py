"""Names are found in what a document says, and nowhere else."""

import re

import pytest

from briefs import entities
from briefs.entities import designations, products, spans, votes
from briefs.entities.reading import Name, Reading
from briefs.model import Document, Kind, SentenceKind, Span
from briefs.recogniser import words
from tests import shared
from tests.briefs.entities import made
from tests.briefs.entities.made import ORGANISATION, PERSON, PLACE


def find(*lines, kinds=(), posts=(), language="en"):
    text, sentences = made.sentences(*lines, kinds=kinds)
    return entities.find(Document(text=text, posts=posts, language=language), sentences)


def reading(text, *named):
    """Return *text* as read, with (name, kind, score) marked in order."""
    _, (sentence,) = made.sentences(text)
    tokens, names = words(text), []
    for name, kind, score in named:
        start = text.index(name)
        inside = [
            i for i, t in enumerate(tokens) if start <= t.start and t.end <= start + len(name)
        ]
        names.append(Name(inside[0], inside[-1] + 1, kind, score))
    return Reading(sentence, tokens, tuple(names))


def written(line):
    return [(line.text(name), name.kind) for name in line.names]


def test_a_mention_is_the_text_between_its_offsets():
    lines = (
        "Angela Merkel spoke in Berlin.",
        "“Barack Obama\u2019s visit”, said Siemens, went well.",
    )

    text, _ = made.sentences(*lines)
    found = find(*lines)

    assert [m.text for m in found] == ["Angela Merkel", "Berlin", "Barack Obama", "Siemens"]
    assert all(text[m.span.start : m.span.end] == m.text for m in found)
    assert [m.sentence for m in found] == [0, 0, 1, 1]


@pytest.mark.parametrize("kind", [SentenceKind.BOILERPLATE, SentenceKind.CAPTION])
def test_captions_and_boilerplate_name_nobody(kind):
    assert find("Angela Merkel spoke in Berlin.", kinds=(kind,)) == ()


def test_only_english_is_read():
    assert find("Angela Merkel sprach in Berlin.", language="de") == ()


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("Ukrainian Minister of Defence Andriy Taran", PERSON, [("Andriy Taran", PERSON)]),
        ("Turkish President Recep Tayyip Erdogan", PERSON, [("Recep Tayyip Erdogan", PERSON)]),
        ("German Galushchenko", PERSON, [("German Galushchenko", PERSON)]),
        ("King Charles", PERSON, [("King Charles", PERSON)]),
        ("the Turkish foreign minister", PERSON, []),
        ("We", ORGANISATION, []),
        ("he", PERSON, []),
        ("Thursday", PERSON, []),
        ("pro-Russian", ORGANISATION, []),
        ("Ukrainian army", ORGANISATION, [("Ukrainian", Kind.NATIONALITY)]),
        ("eastern Donetsk", PLACE, [("Donetsk", PLACE)]),
        ("Lugansk regions", PLACE, [("Lugansk", PLACE)]),
        ("Donetsk\u2019s airport", PLACE, [("Donetsk", PLACE)]),
        ("Vienna-based", PLACE, []),
        ("U.S.", ORGANISATION, [("U.S.", PLACE)]),
        ("Foreign Office", PERSON, [("Foreign Office", ORGANISATION)]),
        ("Turks", PERSON, [("Turks", Kind.NATIONALITY)]),
        ("North Korea", PLACE, [("North Korea", PLACE)]),
        ("The Hague", PLACE, [("The Hague", PLACE)]),
        ("“Baykar”", ORGANISATION, [("Baykar", ORGANISATION)]),
        ("de Gaulle", PERSON, [("de Gaulle", PERSON)]),
        ("Lady Day", PERSON, [("Lady Day", PERSON)]),
        ("Iraqi security forces", ORGANISATION, [("Iraqi", Kind.NATIONALITY)]),
        ("UN-led mission", ORGANISATION, []),
        ("Germany", PLACE, [("Germany", PLACE)]),
        ("Washington D . C .", PLACE, [("Washington D . C .", PLACE)]),
        (
            "Poland\u2019s Interior Ministry",
            ORGANISATION,
            [("Poland", PLACE), ("Interior Ministry", ORGANISATION)],
        ),
        ("justin bieber", PERSON, [("justin bieber", PERSON)]),
        ("@someone", PERSON, []),
        ("😂", PERSON, []),
        ("Two", Kind.DATE, []),
        ("Thursday", Kind.DATE, [("Thursday", Kind.DATE)]),
    ],
)
def test_a_name_loses_what_is_no_part_of_it(text, marked, expected):
    line = reading(f"so {text} .", (text, marked, 0.9))

    assert written(spans.trim(line)) == expected


@pytest.mark.parametrize(
    ("text", "marked", "kind", "expected"),
    [
        ("the Minister of Justice Jane Roe left", "Justice Jane Roe", PERSON, "Jane Roe"),
        ("the EU Trade Commissioner left", "EU Trade", ORGANISATION, "EU"),
        ("LEEDS 4 DERBY 1", "LEEDS 4", ORGANISATION, "LEEDS"),
        ("on Channel 4 tonight.", "Channel 4", ORGANISATION, "Channel 4"),
    ],
)
def test_a_name_is_cut_by_the_words_around_it(text, marked, kind, expected):
    trimmed = spans.trim(reading(text, (marked, kind, 0.9)))

    assert [name for name, _ in written(trimmed)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fired two Iron Wasp missiles.", ["Iron Wasp"]),
        ("They drove Panther 3 tanks.", ["Panther 3"]),
        ("The HMS Old Oak sailed.", ["HMS Old Oak"]),
        ("Cruise missiles were fired.", []),
        ("The Polish tanks left.", []),
        ("On Monday drones came.", []),
    ],
)
def test_a_weapon_or_a_ship_is_told_by_the_word_beside_it(text, expected):
    assert written(products.mark(reading(text))) == [(name, Kind.PRODUCT) for name in expected]


def test_a_known_kind_of_name_is_no_weapon():
    line = reading("The Ruritania missiles flew.", ("Ruritania", PLACE, 0.5))

    assert written(products.mark(line)) == [("Ruritania", PLACE)]


@pytest.mark.parametrize(
    ("text", "name", "marked", "expected"),
    [
        ("the mayor of Vilnius spoke", "Vilnius", PERSON, PLACE),
        ("a firm whose founder is Jane Roe", "Jane Roe", ORGANISATION, PERSON),
        ("so Leeds Roe, the mayor of York, said", "Leeds Roe", PLACE, PERSON),
        ("in Leeds, the mayor said", "Leeds", PLACE, PLACE),
        ("shares in Acme fell", "Acme", PLACE, ORGANISATION),
        ("they met Acme GmbH there", "Acme GmbH", PERSON, ORGANISATION),
        ("the cruiser Aurora sank", "Aurora", PLACE, Kind.PRODUCT),
        ("they met Kazakhstan there", "Kazakhstan", ORGANISATION, PLACE),
        ("they met Reykjavik there", "Reykjavik", PERSON, PLACE),
        ("they met Reykjavik there", "Reykjavik", ORGANISATION, ORGANISATION),
        ("they met Jordan there", "Jordan", PERSON, PERSON),
        ("they live in Jordan now", "Jordan", PERSON, PLACE),
    ],
)
def test_the_words_beside_a_name_and_closed_lists_vote(text, name, marked, expected):
    (settled,) = votes.settle([reading(text, (name, marked, 0.9))])

    assert [kind for _, kind in written(settled)] == [expected]


def test_a_headline_in_capitals_names_whom_the_text_names():
    lines = [
        reading("ROE MEETS ENVOY"),
        reading("Jane Roe met the envoy.", ("Jane Roe", PERSON, 0.95)),
    ]

    settled = votes.settle(lines)

    assert written(settled[0]) == [("ROE", PERSON)]


def test_the_initials_of_a_body_that_is_named_stand_for_it():
    name = "World Apple Office"
    lines = [reading(f"The {name} met.", (name, ORGANISATION, 0.9)), reading("The WAO left.")]

    settled = votes.settle(lines)

    assert written(settled[1]) == [("WAO", ORGANISATION)]


def test_a_handle_spelled_like_a_name_that_was_found_is_a_name():
    found = find("Thanks to @angela_merkel and @someone.", "Angela Merkel spoke.")

    assert [(m.text, m.kind) for m in found] == [
        ("@angela_merkel", PERSON), ("Angela Merkel", PERSON),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["TB2", "D-30", "Buk-M2", "MAM-L", "Pantsir-S1", "Su-25"])
def test_a_designation_is_a_product(text):
    assert written(designations.mark(reading(f"They sold the {text} again."))) == [
        (text, Kind.PRODUCT)
    ]


@pytest.mark.parametrize("text", ["G20", "COVID-19", "Q3", "Top-10", "MI6", "2021", "NATO", "I-95"])
def test_what_looks_like_a_designation_is_left_alone(text):
    assert written(designations.mark(reading(f"They saw the {text} again."))) == []


def test_a_designation_takes_the_name_before_it():
    line = reading(
        "Kyiv bought Bayraktar TB2 drones", ("Kyiv", PLACE, 0.9), ("Bayraktar", PERSON, 0.9)
    )

    assert written(designations.mark(line)) == [("Kyiv", PLACE), ("Bayraktar TB2", Kind.PRODUCT)]


def test_one_form_has_one_kind_when_the_words_beside_it_tell():
    lines = [
        reading("The company Baykar builds it.", ("Baykar", ORGANISATION, 0.8)),
        reading("They met with Baykar today.", ("Baykar", PERSON, 0.95)),
        reading("Then Baykar grew.", ("Baykar", PLACE, 0.5)),
    ]

    settled = votes.settle(lines)

    assert [line.names[0].kind for line in settled] == [ORGANISATION] * 3


def test_an_occurrence_whose_own_words_speak_for_it_keeps_its_kind():
    line = reading("Michael Jordan met us.", ("Michael Jordan", PERSON, 0.9))
    person = reading("Later Jordan said no.", ("Jordan", PERSON, 0.8))
    place = reading("They live in Jordan now.", ("Jordan", PLACE, 0.9))

    settled = votes.settle([line, person, place, place])

    assert [line.names[0].kind for line in settled] == [PERSON, PERSON, PLACE, PLACE]


def test_a_sure_name_is_found_where_the_recogniser_passed_over_it():
    lines = [
        reading("Vasylkiv Works grew.", ("Vasylkiv Works", ORGANISATION, 0.95)),
        reading("nobody at Vasylkiv Works spoke"),
    ]

    settled = votes.settle(lines)

    assert written(settled[1]) == [("Vasylkiv Works", ORGANISATION)]


def test_a_handle_counts_only_when_its_owner_posts_here():
    lines = ("Thanks @jane_roe and @nobody!", "— Jane Roe (@jane_roe) October 7, 2021")
    text, _ = made.sentences(*lines)
    post = made.post(text, lines[0], "Jane Roe", "jane_roe")
    kinds = (SentenceKind.POST, SentenceKind.SIGNATURE)

    found = find(*lines, kinds=kinds, posts=(post,))

    assert [(m.text, m.kind) for m in found] == [
        ("@jane_roe", PERSON), ("Jane Roe", PERSON), ("@jane_roe", PERSON),
    ]  # fmt: skip


def test_a_ministry_that_signs_a_post_is_no_person():
    lines = ("We are open.", "— Foreign Ministry (@mfa) October 7, 2021")
    text, _ = made.sentences(*lines)
    post = made.post(text, lines[0], "Foreign Ministry", "mfa")

    found = find(*lines, kinds=(SentenceKind.POST, SentenceKind.SIGNATURE), posts=(post,))

    assert {m.kind for m in found} == {ORGANISATION}


@pytest.mark.parametrize(
    "bomb", ["a" * 100_000 + "!", "A-1" * 20_000, "@" * 5_000, "Mr " * 5_000, "\u0337" * 5_000]
)
def test_hostile_text_is_read_within_bounds(bomb):
    found = find(bomb)

    assert all(m.span.end <= len(bomb) for m in found)


def test_nothing_gives_nothing():
    assert entities.find(Document(text=""), ()) == ()
    assert entities.link(Document(text=""), ()) == ()


_SIGNED = re.compile(r"pic\.twitter\.com/\w+ — (.+?) \(@(\w+)\)")


@pytest.fixture(scope="module")
def article():
    """The article that a user gave us: a line a sentence, with its two posts."""
    lines, posts, kinds, start = [], [], [], 0
    for line in shared.path("seed/article.txt").read_text(encoding="utf-8").splitlines():
        signed = _SIGNED.search(line)
        cut = signed.start() - 1 if signed else len(line)
        if signed:
            span = Span(start, start + cut)
            posts.append(made.Post(span=span, author=signed[1], handle=signed[2]))
        for part, kind in (
            (line[:cut], SentenceKind.PROSE),
            (line[cut + 1 :], SentenceKind.SIGNATURE),
        ):
            if part.strip():
                lines.append(part)
                kinds.append(kind)
                start += len(part) + 1
    text, sentences = made.sentences(*lines, kinds=kinds)
    document = Document(text=text, posts=tuple(posts))
    return entities.link(document, entities.find(document, sentences))


def named(article, kind):
    return {e.name: {link.mention.text for link in e.links} for e in article if e.key.kind is kind}


def test_the_article_has_five_people_and_no_sixth(article):
    assert named(article, PERSON) == {
        "Dmytro Kuleba": {"Dmytro Kuleba", "@DmytroKuleba"},
        "Mevlüt Çavuşoğlu": {
            "Mevlüt Çavuşoğlu", "Mevlut Cavusoglu", "Cavusoglu", "@MevlutCavusoglu",
        },
        "Andriy Taran": {"Andriy Taran"},
        "Haluk Bayraktar": {"Haluk Bayraktar"},
        "Volodymyr Zelenskyy": {"Volodymyr Zelenskyy"},
    }  # fmt: skip


def test_the_article_names_its_places_its_company_and_its_drone(article):
    assert {"Kyiv", "Moscow", "Ankara", "Lviv", "Ukraine", "Turkey", "Crimea"} <= set(
        named(article, PLACE)
    )
    assert set(named(article, ORGANISATION)) == {"Baykar"}
    assert set(named(article, Kind.PRODUCT)) == {"Bayraktar TB2"}
