# ruff: noqa: RUF001 - texts in other scripts, with their own dashes and quotes

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from Stemmer import Stemmer

from briefs import words
from briefs.words import counting


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kyiv plans to buy 50 TB2 drones", ("kyiv", "plans", "to", "buy", "tb2", "drones")),
        ("Don’t re-open it, don't", ("don't", "re-open", "it", "don't")),
        ("Київ купив об'єкт", ("київ", "купив", "об'єкт")),
        ("Η Αθήνα", ("η", "αθήνα")),
        ("وصل الوزيرُ", ("وصل", "الوزيرُ")),
        ("हिन्दी में", ("हिन्दी", "में")),
        ("工場を建設", ("工場", "場を", "を建", "建設")),
        ("東 F-16は", ("東", "f-16", "は")),
        ("2021 — 7 %", ()),
    ],
)
def test_words_are_told_in_every_script(text, expected):
    assert words.words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mevlüt Çavuşoğlu", "mevlut  cavusoglu"),
        ("Ukraine’s “deal”", 'ukraine\'s "deal"'),
        ("ﬁnal №", "final no"),
        ("STRASSE", "straße"),
    ],
)
def test_forms_of_one_text_fold_to_the_same(one, other):
    assert words.fold(one) == words.fold(other)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_folding_twice_changes_nothing(text):
    folded = words.fold(text)

    assert words.fold(folded) == folded


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=15))
@settings(deadline=None)
def test_a_cached_stem_is_the_stem(word):
    assert words.stem(word, "en") == Stemmer("english").stemWord(word)


def test_a_language_without_a_stemmer_keeps_its_words():
    assert words.stem("дронами", "uk") == "дронами"
    assert words.stem("drones", "xx") == "drones"


def test_threads_stem_alike():
    found = {}

    def work(number):
        found[number] = [words.stem(f"nations{n % 40}ing", "en") for n in range(400)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(stems == found[0] for stems in found.values())


def test_stop_words_are_words_as_we_count_them():
    for language in ("en", "de", "fr", "es", "ru", "uk"):
        listed = words.stop_words(language)

        assert len(listed) > 100
        assert all(words.words(word) == (word,) for word in listed)
    assert words.stop_words("xx") == frozenset()


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("drones", 3, 3),
        ("drones", 99, 6),
        ("e\u0301a", 1, 0),
        ("ae\u0301", 2, 1),
        ("a🇹🇷🇺🇦", 2, 1),
        ("a🇹🇷🇺🇦", 3, 3),
        ("a🇹🇷🇺🇦", 4, 3),
        ("a👩\u200d🚀", 2, 1),
        ("a👩\u200d🚀", 3, 1),
        ("a👍🏽", 2, 1),
        ("a❤\ufe0f", 2, 1),
        ("\r\n", 1, 0),
    ],
)
def test_a_text_is_cut_between_characters(text, limit, expected):
    assert words.cut(text, limit) == expected


@given(st.text(), st.integers(min_value=0, max_value=50))
@settings(deadline=None)
def test_a_cut_never_goes_past_its_limit(text, limit):
    assert 0 <= words.cut(text, limit) <= min(limit, len(text))


def parts(text):
    return [text[slice(*block)] for block in words.blocks(text)]


def test_lines_that_a_program_broke_are_one_block():
    text = (
        "The land plot on which the factory will be\n"
        "built has been chosen, the minister said\n"
        "in Lviv, where Turkish guests had come to\n"
        "Ukraine.\n\n"
        "Background\n"
        "It began in 2014."
    )

    assert parts(text) == [text.split("\n\n", maxsplit=1)[0], "Background", "It began in 2014."]


@pytest.mark.parametrize(
    "text",
    [
        "A heading\nA sentence under it that is a good deal longer than the heading is.",
        "roses are red\nviolets are blue\nsugar is sweet",
        "We bring to the meeting everything that is needed for it:\n- bread\n- salt",
        "The first paragraph, which is rather long, ends here.\nthe second one begins small.",
    ],
)
def test_lines_that_a_person_broke_stay_apart(text):
    assert parts(text) == text.split("\n")


@given(st.text(alphabet="aB. -\n\t\r", max_size=200))
@settings(deadline=None)
def test_blocks_lose_nothing_but_white_space(text):
    assert "".join("".join(parts(text)).split()) == "".join(text.split())


def test_the_table_for_english_knows_common_words_and_names():
    english = words.frequencies("en")

    assert english.documents > 3_000
    assert len(english.counts) > 5_000
    assert english.rarity("govern") < english.rarity("harbor") < english.rarity("bayraktar")


def test_every_entry_of_a_table_is_a_stem_of_fewer_documents_than_there_are():
    english = words.frequencies("en")

    assert all(3 <= many <= english.documents for many in english.counts.values())
    assert all(words.words(stem) == (stem,) for stem in english.counts)


def test_a_language_without_a_table_has_only_what_is_given():
    given = words.frequencies("xx").joined(9, {"tram": 8})

    assert words.frequencies("xx") == words.Frequencies()
    assert given == words.Frequencies(documents=9, counts={"tram": 8})
    assert given.rarity("tram") < given.rarity("harbour")


counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 50), max_size=5)


@given(counts, counts, st.sampled_from("abcdef"))
@settings(deadline=None)
def test_joined_frequencies_do_not_depend_on_the_order(one, other, stem):
    first = words.Frequencies(documents=50, counts=one).joined(60, other)
    second = words.Frequencies(documents=60, counts=other).joined(50, one)

    assert first == second
    assert first.documents == 110
    assert first.rarity(stem) > 0


def test_a_table_is_counted_by_documents():
    """Twelve sentences make a document, and what a tokeniser took apart is one word again."""
    sentences = ["The mayor 's trams did n't stop ."] * 30 + ["Tram drivers met the mayor ."] * 6

    documents, found = counting.count(sentences, "en")

    assert documents == 3
    assert (found["tram"], found["mayor"], found["didn't"], found["driver"]) == (3, 3, 3, 1)
    assert counting.written(documents, found) == "3\n3 didn't mayor stop the tram\n"
