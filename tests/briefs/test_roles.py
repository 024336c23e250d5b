"""Roles: quotations of what somebody is said to be, and nothing more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import roles
from briefs.model import Kind, SentenceKind
from tests import shared
from tests.briefs import by_hand

DASH = "\N{EN DASH}"


def found(text, *people, kind=Kind.PERSON):
    read = by_hand.document(text)
    split = by_hand.sentences(read)
    entities = [by_hand.entity(split, *person.split("|"), kind=kind) for person in people]
    return roles.find(read, split, entities)


def texts(text, *people):
    return [role.text for role in found(text, *people)]


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        (
            "Ukrainian Foreign Minister Dmytro Kuleba arrived.",
            "Dmytro Kuleba",
            "Ukrainian Foreign Minister",
        ),
        (
            f"Haluk Bayraktar {DASH} CEO of the Turkish company Baykar that makes drones {DASH} "
            "spoke.",
            "Haluk Bayraktar",
            "CEO of the Turkish company Baykar",
        ),
        (
            "Mark Milley, chairman of the Joint Chiefs of Staff, said so.",
            "Mark Milley",
            "chairman of the Joint Chiefs of Staff",
        ),
        ("The company's CEO, Haluk Bayraktar, declined.", "Haluk Bayraktar", "CEO"),
        ("Baykar CEO Haluk Bayraktar tweeted.", "Haluk Bayraktar", "Baykar CEO"),
        (
            "NATO Secretary-General Jens Stoltenberg met him.",
            "Jens Stoltenberg",
            "NATO Secretary-General",
        ),
        (
            "Ursula von der Leyen, President of the European Commission, spoke.",
            "Ursula von der Leyen",
            "President of the European Commission",
        ),
        (
            "Sergei Shoigu was appointed defence minister in 2012.",
            "Sergei Shoigu",
            "defence minister",
        ),
        (
            "Kaja Kallas is the prime minister of Estonia.",
            "Kaja Kallas",
            "prime minister of Estonia",
        ),
        (
            "Ukraine's ambassador to Germany, Andriy Melnyk, protested.",
            "Andriy Melnyk",
            "Ukraine's ambassador to Germany",
        ),
        ("Today former US general Ben Hodges wrote.", "Ben Hodges", "former US general"),
        ("Lt. Gen. Oleksandr Syrskyi commanded.", "Oleksandr Syrskyi", "Lt. Gen."),
        ("The retired Admiral James Stavridis said.", "James Stavridis", "retired Admiral"),
        (
            "Rob Lee, a senior fellow at the Foreign Policy Research Institute, noted it.",
            "Rob Lee",
            "senior fellow at the Foreign Policy Research Institute",
        ),
        (
            "Temur Umarov, an expert on Central Asia at the Carnegie Moscow Center, agreed.",
            "Temur Umarov",
            "expert on Central Asia at the Carnegie Moscow Center",
        ),
        (
            "Dmitry Peskov (the Kremlin spokesman) denied it.",
            "Dmitry Peskov",
            "Kremlin spokesman",
        ),
        (
            "Peskov, who is President Putin's spokesman, denied it.",
            "Peskov",
            "President Putin's spokesman",
        ),
        (
            "Later the head of Motor Sich, Vyacheslav Boguslayev, resigned.",
            "Vyacheslav Boguslayev",
            "head of Motor Sich",
        ),
        (
            "EU foreign policy chief Josep Borrell said so.",
            "Josep Borrell",
            "EU foreign policy chief",
        ),
        (
            "Turkish Defence Industries president Ismail Demir spoke.",
            "Ismail Demir",
            "Turkish Defence Industries president",
        ),
    ],
)
def test_each_plain_pattern_gives_the_whole_role(text, person, role):
    assert texts(text, person) == [role]


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        ("A spokesman met acting president Jane Roe.", "Jane Roe", "acting president"),
        (
            "He spoke with Turkish counterpart Mevlut Cavusoglu in Lviv.",
            "Mevlut Cavusoglu",
            "Turkish counterpart",
        ),
        (
            "He spoke with his Turkish counterpart, Mevlut Cavusoglu, in Lviv.",
            "Mevlut Cavusoglu",
            "Turkish counterpart",
        ),
        ("US Secretary of State Antony Blinken spoke.", "Antony Blinken", "US Secretary of State"),
        (
            "Minister of Trade and Industry Jane Roe resigned.",
            "Jane Roe",
            "Minister of Trade and Industry",
        ),
        ("A lawyer for former president Jane Roe left.", "Jane Roe", "former president"),
        ("ELN rebel leader Francisco Galan left.", "Francisco Galan", "ELN rebel leader"),
        ("On Thursday President Joe Biden left.", "Joe Biden", "President"),
        ("Jane Roe, founder and CEO of Acme, left.", "Jane Roe", "founder and CEO of Acme"),
        ("It is a company whose CEO is Haluk Bayraktar.", "Haluk Bayraktar", "CEO"),
        ("Jane Roe was minister of culture in 2012.", "Jane Roe", "minister of culture"),
        ("Jane Roe serves as deputy mayor.", "Jane Roe", "deputy mayor"),
        (
            "Jane Roe was the first minister to visit Lviv.",
            "Jane Roe",
            "first minister",
        ),
        (
            "Jane Roe, special envoy to the Balkans, left.",
            "Jane Roe",
            "special envoy to the Balkans",
        ),
        (
            "Jane Roe, chairwoman of the U.S. Senate panel, left.",
            "Jane Roe",
            "chairwoman of the U.S. Senate panel",
        ),
    ],
)
def test_what_qualifies_a_role_stays_and_what_surrounds_it_goes(text, person, role):
    assert texts(text, person) == [role]


@pytest.mark.parametrize(
    "text",
    [
        "Dmytro Kuleba, general elections will be held soon.",
        "After talks with the president, Dmytro Kuleba left for Lviv.",
        "Dmytro Kuleba is expected to meet ministers.",
        "Dmytro Kuleba was not the minister.",
        "The king met Dmytro Kuleba.",
        "President Street was closed, Dmytro Kuleba found.",
        "Dmytro Kuleba, the minister's house and garden were sold.",
        "Dmytro Kuleba called the minister.",
        "Ukraine and Dmytro Kuleba won.",
        "A spokesman for Dmytro Kuleba left.",
    ],
)
def test_a_head_noun_nearby_is_not_yet_a_role(text):
    assert texts(text, "Dmytro Kuleba") == []


def test_two_people_in_a_row_have_a_role_each():
    text = "Ukrainian Minister of Defence Andriy Taran and President Volodymyr Zelenskyy met."

    roles_found = found(text, "Andriy Taran", "Volodymyr Zelenskyy")

    assert [(role.person.key, role.text) for role in roles_found] == [
        ("andriy taran", "Ukrainian Minister of Defence"),
        ("volodymyr zelenskyy", "President"),
    ]


def test_a_list_of_people_is_no_apposition():
    text = "Guests were Dmytro Kuleba, President Volodymyr Zelenskyy and others."

    roles_found = found(text, "Dmytro Kuleba", "Volodymyr Zelenskyy")

    assert [(role.person.key, role.text) for role in roles_found] == [
        ("volodymyr zelenskyy", "President")
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Presidents Jane Roe and John Doe met.", "Presidents"),
        ("On Monday foreign ministers Jane Roe, John Doe left.", "foreign ministers"),
        ("The rebel leaders Jane Roe, and John Doe met.", "rebel leaders"),
    ],
)
def test_a_role_in_the_plural_is_that_of_everybody_in_the_list(text, role):
    roles_found = found(text, "Jane Roe", "John Doe")

    assert [(each.person.key, each.text) for each in roles_found] == [
        ("jane roe", role),
        ("john doe", role),
    ]


def test_a_plural_before_one_person_is_not_given_to_the_next():
    text = "Presidents Jane Roe and Mary Poe met, and John Doe left."

    assert texts(text, "John Doe") == []


def test_the_role_of_the_next_person_is_not_given_to_the_one_before():
    text = f"Andriy Taran and Haluk Bayraktar {DASH} CEO of Baykar {DASH} signed."

    roles_found = found(text, "Andriy Taran", "Haluk Bayraktar")

    assert [role.person.key for role in roles_found] == ["haluk bayraktar"]


def test_a_name_that_swallowed_the_end_of_a_title_gives_it_back():
    text = "The Ukrainian Minister of Defence Andriy Taran signed."

    assert texts(text, "Defence Andriy Taran") == ["Ukrainian Minister of Defence"]


def test_only_people_have_roles():
    assert found("President Baykar spoke.", "Baykar", kind=Kind.ORGANISATION) == ()


def test_only_prose_is_read():
    read = by_hand.document("President Jane Roe")
    split = by_hand.sentences(read, [("President Jane Roe", SentenceKind.CAPTION)])

    assert roles.find(read, split, [by_hand.entity(split, "Jane Roe")]) == ()


def test_a_role_is_the_very_slice_and_names_its_sentence():
    text = "It rained. Later Foreign Minister Jane Roe spoke."

    (role,) = found(text, "Jane Roe")

    assert text[role.span.start : role.span.end] == role.text == "Foreign Minister"
    assert role.sentence == 1


def test_the_article_gives_each_of_the_five_people_his_role():
    text = shared.path("seed/article.txt").read_text(encoding="utf-8")

    roles_found = found(
        text,
        "Dmytro Kuleba|Kuleba",
        "Mevlut Cavusoglu|Mevlüt Çavuşoğlu|Cavusoglu",
        "Andriy Taran",
        "Haluk Bayraktar",
        "Volodymyr Zelenskyy",
    )

    assert [(role.person.key, role.text) for role in roles_found] == [
        ("dmytro kuleba", "Ukrainian Foreign Minister"),
        ("mevlut cavusoglu", "Turkish counterpart"),
        ("andriy taran", "Ukrainian Minister of Defence"),
        ("haluk bayraktar", "CEO of the Turkish company Baykar"),
        ("volodymyr zelenskyy", "Ukrainian President"),
    ]


_PIECES = "Jane_Roe the president of and , ( ) . 's who is minister Ukraine to CEO said -"


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES.split()), max_size=40))
def test_every_role_is_a_slice_beside_its_person_whatever_the_words(pieces):
    text = " ".join(pieces).replace("_", " ")

    for role in found(text, "Jane Roe"):
        assert text[role.span.start : role.span.end] == role.text
        assert not role.text.startswith(("the ", " "))
        assert "Jane Roe" not in role.text.removesuffix("'s")


@pytest.mark.parametrize("piece", ["a.", "president of ", "-a", "'s", "Jane Roe, ", "U."])
def test_a_hostile_sentence_is_read_in_linear_time(piece):
    found(piece * 20_000 + " Jane Roe.", "Jane Roe")
