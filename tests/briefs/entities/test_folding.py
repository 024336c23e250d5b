"""Names are compared in one form, whether a document or a reader wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import entities
from briefs.entities import folding
from briefs.model import Kind

PERSON, ORGANISATION, PLACE, PRODUCT = (
    Kind.PERSON,
    Kind.ORGANISATION,
    Kind.PLACE,
    Kind.PRODUCT,
)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Mevlüt Çavuşoğlu", "Mevlut Cavusoglu"),
        (PERSON, "Çavuşoğlu's", "CAVUSOGLU"),
        (PERSON, "Çavuşoğlu\u2019s", "cavusoglu"),
        (PERSON, "President Zelensky", "Zelensky"),
        (PERSON, "Zelenskyy", "Zelenskiy"),
        (PERSON, "Volodymyr Zelenskyi", "Volodymyr Zelensky"),
        (PERSON, "Jarosław Kaczyński", "Jaroslaw Kaczynsky"),
        (PERSON, "Andrii Taran", "Andriy Taran"),
        (PERSON, "Leo Tolstoi", "Leo Tolstoy"),
        (PERSON, "Sergei Lavrov", "Sergey Lavrov"),
        (PERSON, "Ukrainian Minister of Defence Andriy Taran", "Andriy Taran"),
        (PERSON, "Deputy Foreign Minister Jane Roe", "Jane Roe"),
        (PERSON, "Pope Francis", "Francis"),
        (PERSON, "Alexandria Ocasio-Cortez", "Alexandria Ocasio Cortez"),
        (PERSON, "Eileen O\u2019Neill", "Eileen O'Neill"),
        (PERSON, "Ku\u200bleba", "Kuleba"),
        (PERSON, "\u202eKuleba\u202c", "Kuleba"),
        (PERSON, "@DmytroKuleba", "@dmytrokuleba"),
        (PERSON, "Abdel Fattah el-Sisi", "Abdel Fattah al-Sisi"),
        (PERSON, "Muhammad Deif", "Mohammed Deif"),
        (PERSON, "Aleksandr Lukashenko", "Alexander Lukashenko"),
        (PERSON, "Aleksei Navalny", "Alexey Navalny"),
        (ORGANISATION, "Turkish Foreign Ministry", "Ministry of Foreign Affairs of Turkey"),
        (ORGANISATION, "Ukraine\u2019s Defense Ministry", "Ministry of Defence of Ukraine"),
        (ORGANISATION, "Polish Supreme Court", "the Supreme Court of Poland"),
        (ORGANISATION, "Baykar Makina A.S.", "Baykar Makina"),
        (ORGANISATION, "Acme Holdings Ltd.", "Acme"),
        (ORGANISATION, "the UN", "United Nations"),
        (ORGANISATION, "U.N.", "UN"),
        (ORGANISATION, "Defence Ministry", "Ministry of Defense"),
        (ORGANISATION, "Center for Naval Analyses", "Centre for Naval Analyses"),
        (ORGANISATION, "Johnson & Johnson", "Johnson and Johnson"),
        (PLACE, "Kiev", "Kyiv"),
        (PLACE, "St. Petersburg", "Saint Petersburg"),
        (PLACE, "Lugansk", "Luhansk"),
        (PLACE, "the U.S.", "United States of America"),
        (PLACE, "Nagorno-Karabakh", "Nagorno Karabakh"),
        (PLACE, "Türkiye", "Turkey"),
        (PRODUCT, "TB-2", "TB2s"),
        (PRODUCT, "the D-30", "D 30"),
        (Kind.NATIONALITY, "Turks", "Turkish"),
        (Kind.NATIONALITY, "Ukrainians", "Ukrainian"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(kind, one, other):
    assert entities.key(kind, one) == entities.key(kind, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Deanna Troi", "Deanna Troy"),
        (PERSON, "Grace Kelly", "Grace Kelli"),
        (PERSON, "Boris Johnson", "Boris Johnston"),
        (PERSON, "Maria Silva", "Mario Silva"),
        (PERSON, "Michael Smith", "Michelle Smith"),
        (PERSON, "Donald Trump", "Donald Trump Jr."),
        (PERSON, "George W. Bush", "George H. W. Bush"),
        (PERSON, "German Galushchenko", "Galushchenko"),
        (PERSON, "Kuleba", "@Kuleba"),
        (PLACE, "Niger", "Nigeria"),
        (PLACE, "North Korea", "South Korea"),
        (ORGANISATION, "Bank of England", "Bank of Japan"),
        (ORGANISATION, "Bank of England", "English Bank"),
        (ORGANISATION, "Turkish Foreign Ministry", "Greek Foreign Ministry"),
        (ORGANISATION, "Turkish Foreign Ministry", "Foreign Ministry"),
        (PRODUCT, "Su-25", "Su-27"),
    ],
)
def test_two_names_have_two_keys(kind, one, other):
    assert entities.key(kind, one) != entities.key(kind, other)


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("kuleba", PERSON, "Kuleba"),
        ("@DmytroKuleba", PERSON, "@dmytrokuleba"),
        ("DmytroKuleba", PERSON, "@DmytroKuleba"),
        ("Çavuşoğlu's", PERSON, "Cavusoglu"),
        ("President Zelensky", PERSON, "Zelenskyy"),
        ("Володимир", PERSON, "Volodimir"),
        ("usa", PLACE, "United States"),
        ("nato", ORGANISATION, "North Atlantic Treaty Organization"),
        ("tb 2", PRODUCT, "TB2"),
    ],
)
def test_what_a_reader_types_leads_to_the_key(typed, kind, name):
    assert entities.key(kind, name).key in entities.query_keys(typed)


@given(text=st.text(max_size=60))
def test_folding_a_folded_name_changes_nothing(text):
    once = entities.fold_name(text)

    assert entities.fold_name(once) == once


@given(text=st.text(max_size=60), kind=st.sampled_from(Kind))
def test_every_text_that_shows_something_has_a_key(text, kind):
    assert bool(entities.key(kind, text).key) or not text.strip()


@pytest.mark.parametrize("bomb", ["a", "a-", "'s", "the ", "Mr ", "1 ", "@", "of ", "\u0337", "& "])
def test_a_monstrous_name_is_bounded(bomb):
    for kind in Kind:
        assert len(entities.key(kind, bomb * 100_000 + "!").key) < 3_000


def test_a_surname_keeps_its_particles_and_not_its_generation():
    assert folding.surname(("ursula", "von", "der", "leyen")) == ("von", "der", "leyen")
    assert folding.surname(("martin", "luther", "king", "jr")) == ("king",)
    assert folding.surname(("kuleba",)) == ("kuleba",)
