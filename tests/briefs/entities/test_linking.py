"""Mentions of one entity are put together within a document, each with the reason."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import entities
from briefs.model import Document, Kind, Mention, Span
from tests.briefs.entities import made
from tests.briefs.entities.made import ORGANISATION as ORG
from tests.briefs.entities.made import PERSON, PLACE

ROOT = Path(__file__).parents[3]
CENTER = "Center for Naval Analyses"


def groups(document, mentions):
    return [[link.mention.text for link in e.links] for e in entities.link(document, mentions)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Dmytro Kuleba", "Kuleba"], [["Dmytro Kuleba", "Kuleba"]]),
        (["Kuleba", "Dmytro Kuleba"], [["Kuleba", "Dmytro Kuleba"]]),
        (["Mevlüt Çavuşoğlu", "Cavusoglu"], [["Mevlüt Çavuşoğlu", "Cavusoglu"]]),
        (["George W. Bush", "George Bush"], [["George W. Bush", "George Bush"]]),
        (["J. Smith", "John Smith"], [["J. Smith", "John Smith"]]),
        (["Ana Luz Costa Paz", "Costa Paz"], [["Ana Luz Costa Paz", "Costa Paz"]]),
        (["Mohammed Deif", "Muhammad Deif"], [["Mohammed Deif", "Muhammad Deif"]]),
        (["Oleksandr Syrskyi", "Oleksander Syrsky"], [["Oleksandr Syrskyi", "Oleksander Syrsky"]]),
        (["Daniela Rossi", "Daniel Rossi"], [["Daniela Rossi"], ["Daniel Rossi"]]),
        (["Maria Silva", "Mario Silva"], [["Maria Silva"], ["Mario Silva"]]),
        (["Ursula von der Leyen", "von der Leyen"], [["Ursula von der Leyen", "von der Leyen"]]),
        (["Bashar al-Assad", "Assad"], [["Bashar al-Assad", "Assad"]]),
        (["Alexandria Ocasio-Cortez", "Cortez"], [["Alexandria Ocasio-Cortez", "Cortez"]]),
        (["Xi Jinping", "Xi"], [["Xi Jinping", "Xi"]]),
        (["Pedro Sánchez", "Pedro Sánchez Pérez"], [["Pedro Sánchez", "Pedro Sánchez Pérez"]]),
        (["Volodymyr Zelensky", "Zelenskyy"], [["Volodymyr Zelensky", "Zelenskyy"]]),
        (["Valery Zalouzhny", "Valerii Zaluzhnyi"], [["Valery Zalouzhny", "Valerii Zaluzhnyi"]]),
        (["Jane Roe", "Kuleba"], [["Jane Roe"], ["Kuleba"]]),
        (["Donald Trump", "Donald Trump Jr."], [["Donald Trump"], ["Donald Trump Jr."]]),
        (["J. Smith", "John Smith", "Jane Smith"], [["J. Smith"], ["John Smith"], ["Jane Smith"]]),
        (["George W. Bush", "George H. W. Bush"], [["George W. Bush"], ["George H. W. Bush"]]),
    ],
)
def test_persons_are_one_or_apart(names, expected):
    document, mentions = made.people(" met ".join(names), *names)

    assert groups(document, mentions) == expected


def test_the_nearest_full_name_before_decides_when_two_share_a_surname():
    names = ["Bush", "George Bush", "Bush", "Laura Bush", "Bush"]
    document, mentions = made.people("; ".join(names), *names)

    found = {e.name: e for e in entities.link(document, mentions)}

    assert [len(found[n].links) for n in ("Bush", "George Bush", "Laura Bush")] == [1, 2, 2]
    assert "nearest full name before it" in found["George Bush"].links[1].reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Barack Obama spoke. Mrs. Obama smiled.", ["Barack Obama", "Mrs. Obama"]),
        ("Michelle Obama spoke. Mrs Obama smiled.", ["Michelle Obama"]),
        ("Mr. Bennet laughed. Mrs. Bennet wept.", ["Mr. Bennet", "Mrs. Bennet"]),
        ("Mr Joan Roe spoke. Mr Roe left.", ["Joan Roe"]),
        ("Rae Roe spoke. Ms Roe left. Roe sat.", ["Rae Roe"]),
    ],
)
def test_a_title_of_the_other_sex_means_somebody_else(text, expected):
    names = ["Barack Obama", "Michelle Obama", "Joan Roe", "Rae Roe"]
    spans = [*re.finditer("|".join([*names, "Obama", "Bennet", "Roe"]), text)]
    mentions = [
        Mention(sentence=0, span=Span(*each.span()), text=each[0], kind=Kind.PERSON)
        for each in spans
    ]

    found = entities.link(Document(text=text), mentions)

    assert [entity.name for entity in found] == expected
    assert sum(len(entity.links) for entity in found) == len(mentions)


def test_a_name_with_another_title_is_found_by_its_surname_too():
    text = "Barack Obama spoke. Mrs. Obama smiled."
    spans = [Span(0, 12), Span(25, 30)]
    mentions = [
        Mention(sentence=0, span=span, text=text[slice(*span)], kind=Kind.PERSON) for span in spans
    ]

    _, other = entities.link(Document(text=text), mentions)

    assert other.key.key == "mrs obama"
    assert {(alias.key, alias.how) for alias in other.aliases} == {
        ("mrs obama", "name"),
        ("obama", "surname"),
    }


def test_a_first_name_that_two_share_is_nobodys():
    names = ["Laura Bush", "Laura Palmer", "Laura"]
    document, mentions = made.people("; ".join(names), *names)

    assert groups(document, mentions) == [["Laura Bush"], ["Laura Palmer"], ["Laura"]]


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("Center for Naval Analyses (CNA); CNA", [(CENTER, ORG), ("CNA", ORG), ("CNA", ORG)], 1),
        ("European Space Agency; ESA", [("European Space Agency", ORG), ("ESA", ORG)], 1),
        ("Baykar Makina; Baykar", [("Baykar Makina", ORG), ("Baykar", ORG)], 1),
        ("Bank of England; Bank", [("Bank of England", ORG), ("Bank", ORG)], 2),
        ("Kiev; Kyiv", [("Kiev", PLACE), ("Kyiv", PLACE)], 1),
        ("US; United States; America", [(n, PLACE) for n in ("US", "United States", "America")], 1),
        ("Paris Hilton; Paris", [("Paris Hilton", PERSON), ("Paris", PLACE)], 2),
        ("Jordan; Jordan", [("Jordan", PERSON), ("Jordan", PLACE)], 2),
        ("Bayraktar TB2; TB2", [("Bayraktar TB2", Kind.PRODUCT), ("TB2", Kind.PRODUCT)], 1),
    ],
)
def test_other_names_are_one_or_apart(text, named, expected):
    found = entities.link(Document(text=text), made.mentions(text, *named))

    assert len(found) == expected


def test_a_body_that_two_countries_have_is_two_bodies():
    text = "The Polish Interior Ministry met Latvia\u2019s Interior Ministry."
    named = [
        ("Polish", Kind.NATIONALITY), ("Interior Ministry", ORG), ("Latvia", PLACE),
        ("Interior Ministry", ORG),
    ]  # fmt: skip

    found = entities.link(Document(text=text), made.mentions(text, *named))

    assert [e.name for e in found if e.key.kind is ORG] == [
        "Polish Interior Ministry",
        "Latvia\u2019s Interior Ministry",
    ]
    assert {e.key.key for e in found if e.key.kind is ORG} == {
        "ministry of interior poland",
        "ministry of interior latvia",
    }


def test_a_body_without_its_country_is_the_only_one_that_is_named():
    text = "The Polish Interior Ministry spoke. The Interior Ministry denied it."
    named = [("Polish", Kind.NATIONALITY), ("Interior Ministry", ORG), ("Interior Ministry", ORG)]

    found = entities.link(Document(text=text), made.mentions(text, *named))

    assert [len(e.links) for e in found] == [1, 2]
    assert found[1].links[1].reason == "the only Interior Ministry in this document"


def test_a_handle_is_its_authors_and_its_name_prefers_accents():
    text = (
        "Hello from @MevlutC! — Mevlüt Çavuşoğlu (@MevlutC) October 7, 2021. Mevlut Cavusoglu left."
    )
    document = Document(
        text=text, posts=(made.post(text, "Hello from @MevlutC!", "Mevlüt Çavuşoğlu", "MevlutC"),)
    )
    names = ("@MevlutC", "Mevlüt Çavuşoğlu", "@MevlutC", "Mevlut Cavusoglu")

    (found,) = entities.link(document, made.mentions(text, *((n, PERSON) for n in names)))

    assert found.name == "Mevlüt Çavuşoğlu"
    assert found.links[0].reason == "handle of the post's author"
    assert {(a.text, a.key, a.how) for a in found.aliases} == {
        ("Mevlüt Çavuşoğlu", "mevlut cavusoglu", "name"),
        ("Mevlut Cavusoglu", "mevlut cavusoglu", "name"),
        ("@MevlutC", "@mevlutc", "handle"),
        ("Çavuşoğlu", "cavusoglu", "surname"),
    }


def test_a_handle_spelled_like_a_full_name_is_that_persons():
    document, mentions = made.people(
        "@AndriyTaran met Andriy Taran", "@AndriyTaran", "Andriy Taran"
    )

    (found,) = entities.link(document, mentions)

    assert found.name == "Andriy Taran"
    assert found.links[0].reason == "handle spelled like the full name"


def test_a_first_name_alone_is_no_alias():
    document, mentions = made.people(
        "Volodymyr Zelenskyy; Volodymyr", "Volodymyr Zelenskyy", "Volodymyr"
    )

    (found,) = entities.link(document, mentions)

    assert [a.key for a in found.aliases] == ["volodymyr zelensky", "zelensky"]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["Dmytro Kuleba", "Kuleba"], "surname of the only Kuleba in this document"),
        (["Xi Jinping", "Xi"], "first part of the name of the only Xi in this document"),
        (["George W. Bush", "George Bush"], "full name with fewer parts"),
        (["Valery Zalouzhny", "Valerii Zaluzhnyi"], "other spelling of the full name"),
        (["Jane Roe", "Kuleba"], "name by itself"),
        (["Kuleba", "Jane Roe"], "full name"),
    ],
)
def test_a_link_gives_its_reason_in_words(names, reason):
    document, mentions = made.people("; ".join(names), *names)

    found = entities.link(document, mentions)

    assert found[-1].links[-1].reason == reason


def test_a_name_is_the_most_frequent_of_the_fullest():
    names = ["DMYTRO KULEBA", "Minister Dmytro Kuleba", "Kuleba", "Kuleba", "Kuleba"]
    document, mentions = made.people("; ".join(names), *names)

    (found,) = entities.link(document, mentions)

    assert found.name == "Dmytro Kuleba"
    assert found.key == entities.key(PERSON, "Kuleba")._replace(key="dmytro kuleba")


WORDS = st.sampled_from(
    ["Anna", "A.", "Bush", "Baker", "von", "Leyen", "UN", "Bank", "Jr.", "@AnnaBush"]
)
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=12)


@given(names=NAMES, kinds=st.lists(st.sampled_from(Kind), min_size=12, max_size=12))
@settings(deadline=None)
def test_every_mention_belongs_to_exactly_one_entity_with_a_reason(names, kinds):
    text = "; ".join(names)
    mentions = made.mentions(text, *zip(names, kinds, strict=False))

    found = entities.link(Document(text=text), mentions)

    links = [link for entity in found for link in entity.links]
    assert sorted(link.mention.span for link in links) == [m.span for m in mentions]
    assert all(link.reason for link in links)
    assert all(link.mention.kind is entity.key.kind for entity in found for link in entity.links)
    assert len({entity.key for entity in found}) == len(found)


def test_a_thousand_people_of_one_surname_are_linked_within_bounds():
    names = [f"{first}{i} Smith" for i in range(1_000) for first in ("Anna", "A")]
    document, mentions = made.people("; ".join(names), *names)

    assert sum(len(e.links) for e in entities.link(document, mentions)) == 2_000


_PROGRAM = """
from tests.briefs.entities import made
from briefs import entities
names = ["George Bush", "Laura Bush", "Bush", "G. Bush", "Kuleba", "Dmytro Kuleba", "@DmytroKuleba"]
print(repr(entities.link(*made.people("; ".join(names), *names))))
"""


def test_the_hash_seed_changes_nothing():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("0", "1", "2")
    }  # fmt: skip

    assert len(outputs) == 1
