# ruff: noqa: RUF001 - texts in other scripts, with their own dashes and quotes

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import topics, words
from briefs.errors import UsageError
from briefs.model import PUBLIC, Document, Topic

WORDS = ("bridge", "harbour", "ferry", "mayor", "lake", "2021")
plain = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)


def topic(**lists):
    return topics.change(Topic(name="a topic", scope=PUBLIC), **lists)


def on(text, names=None, *, title="", language="en", source="The Sample Post", **lists):
    document = Document(text=text, title=title, language=language, source=source)
    return topics.match(topic(**lists), document, names or {})


@pytest.mark.parametrize(
    ("terms", "text", "found"),
    [
        ("drone", "Kyiv’s DRONES fly.", ("DRONES",)),
        ("drones, fly", "Kyiv flies a drone.", ("drone", "flies")),
        ("Elysee", "At the Élysée.", ("Élysée",)),
        ("ÉLYSÉE", "at the elysee", ("elysee",)),
        ("Cavusoglu", "Mevlüt Çavuşoğlu spoke.", ("Çavuşoğlu",)),
        ("new bridge", "The New  Bridge is open.", ("New  Bridge",)),
        ("new bridge", "The new old bridge is open.", ()),
        ("new bridge", "Bridges are new; bridge.", ()),
        ("new bridge", "This is new, bridge or not.", ()),
        ("new bridge", "All is new\nbridge", ()),
        ("new bridge", "The new bridges are open.", ()),
        ("tarn works", "Tarn 2021 Works", ()),
        ("u.s. army", "The U.S. Army came.", ("U.S. Army",)),
        ("anti-drone", "An anti drone gun", ("anti drone",)),
        ('"drones"', "A drone and two Drones.", ("Drones",)),
        ('"drones"', "A drone.", ()),
        ("3", "There were 3 of them.", ("3",)),
        ("ada", "Adam and Canada", ()),
    ],
)
def test_a_term_is_a_word_in_any_form_or_words_that_stand_together(terms, text, found):
    assert on(text, terms=terms) == found


@pytest.mark.parametrize(
    ("language", "term", "text", "found"),
    [
        ("ru", "выборы", "О выборах говорят.", ("выборах",)),
        ("de", "Haus", "Die Häuser stehen.", ("Häuser",)),
        ("fr", "élection", "Les elections de mai", ("elections",)),
        ("el", "Αθήνα", "Η ΑΘΗΝΑ σήμερα", ("ΑΘΗΝΑ",)),
        ("uk", "Київ", "КИЇВ чекає", ("КИЇВ",)),
        ("ja", "選挙", "日本の総選挙が始まる", ("選挙",)),
        ("th", "เลือก", "การเลือกตั้ง", ("เลือก",)),
        ("ar", "الوزير", "وصل الوزيرُ", ("الوزيرُ",)),
        ("en", "он", "It is on.", ()),
    ],
)
def test_terms_are_found_in_every_script(language, term, text, found):
    assert on(text, language=language, terms=term) == found


def test_a_phrase_does_not_run_from_the_title_into_the_text():
    assert on("bridge", title="A new", terms="new bridge") == ()
    assert on("", title="A new bridge", terms="new bridge") == ("new bridge",)


def test_one_of_the_terms_or_names_is_enough_and_one_of_the_sources_is_needed():
    asked = {"terms": "ferry", "entities": "Ada Quill", "sources": "The  sample POST"}

    assert on("A ferry.", **asked) == ("ferry",)
    assert on("Quill spoke.", {"ada quill": "Quill"}, **asked) == ("Quill",)
    assert on("A lake.", **asked) == ()
    assert on("A ferry.", source="Another", **asked) == ()


def test_of_sources_alone_the_outlet_is_what_was_found():
    assert on("Anything.", sources="the sample post") == ("The Sample Post",)


def test_a_name_is_found_by_its_folded_form_alone():
    names = {"mevlut cavusoglu": "Çavuşoğlu"}

    assert on("Said Çavuşoğlu.", names, entities="Mevlüt Çavuşoğlu") == ("Çavuşoğlu",)
    assert on("Said Çavuşoğlu.", {}, entities="Mevlüt Çavuşoğlu") == ()


@given(plain, st.sampled_from(WORDS), st.sampled_from(WORDS))
@settings(deadline=None)
def test_what_is_excluded_wins(text, term, excluded):
    found = on(" ".join(text), {"ada": "Ada"}, terms=term, entities="Ada", exclude=excluded)

    assert (found == ()) == (excluded in text)


@given(plain, plain)
@settings(deadline=None)
def test_a_phrase_matches_only_words_that_stand_together_in_that_order(text, phrase):
    phrase = phrase[:3] if len(phrase) > 1 else [*phrase, *phrase]
    runs = [text[i : i + len(phrase)] for i in range(len(text))]
    terms = " ".join(phrase)[: topics.LONGEST]

    assert (on(" ".join(text), terms=terms) == (terms,)) == (phrase in runs)


LATIN = "abcdefgzàáâãäåçèéêëñöüýÿšžğıø"


@given(
    st.lists(st.text(LATIN, min_size=1, max_size=8), min_size=1, max_size=8),
    st.integers(0, 7),
    st.integers(1, 3),
    st.sampled_from(["en", "fr", "de", "tr", "xx"]),
)
@settings(deadline=None)
def test_case_and_accents_do_not_matter(text, start, count, language):
    term = " ".join(text[start % len(text) :][:count])
    bare = "".join(c for c in unicodedata.normalize("NFD", term) if not unicodedata.combining(c))
    ways = (term, bare, term.swapcase(), words.fold(term))
    found = {on(" ".join(text), language=language, terms=way) for way in ways}

    assert len(found) == 1
    assert found != {()}


@given(st.text(max_size=300), st.text(max_size=topics.LONGEST), st.sampled_from(["en", "ja", ""]))
@settings(deadline=None)
def test_what_is_found_in_any_text_is_a_slice_of_it(text, term, language):
    document = Document(text=text, title=text[:40], language=language)

    for written in topics.found([term], document).values():
        assert written
        assert written in text


@pytest.mark.parametrize(
    "text", ["a!" * 100_000, "a" * 200_000, "a " * 100_000, "\u0301" * 99_999, '"' * 99_999]
)
def test_hostile_texts_and_terms_have_an_answer(text):
    terms = tuple("a " * 28 + last for last in "bcdefghijklmnopqrstuvwxyz")[: topics.MOST]

    assert topics.found(terms, Document(text=text)) == {}
    assert isinstance(topics.listed(text), tuple)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("drone, new bridge ,,  lake", ("drone", "new bridge", "lake")),
        ('"one, two", three', ('"one, two"', "three")),
        ("„eins, zwei“, «drei»", ('"eins, zwei"', '"drei"')),
        ('"open, end', ('"open', "end")),
        ("-", ()),
        ("", ()),
    ],
)
def test_lists_are_parted_at_commas_outside_quotation_marks(text, listed):
    assert topics.listed(text) == listed


def test_a_topic_is_kept_tidy():
    made = topics.change(
        Topic(name="  Air   defence ", scope=PUBLIC),
        terms='Drone, drone, "air  raid", "drones"',
        sources='"The Sample Post"',
    )

    assert made.name == "Air defence"
    assert made.terms == ("Drone", "air raid", '"drones"')
    assert made.sources == ("The Sample Post",)


def test_a_change_leaves_what_is_not_given_and_a_dash_empties():
    changed = topics.change(topic(terms="a", exclude="b"), name="new", exclude="-")

    assert (changed.name, changed.terms, changed.exclude) == ("new", ("a",), ())


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ({}, "asks for nothing"),
        ({"exclude": "lake"}, "asks for nothing"),
        ({"terms": "lake, !!!"}, "“!!!” in terms has no word in it"),
        ({"terms": "x" * 61}, "in terms is longer than 60 characters"),
        ({"sources": ",".join(f"s{n}" for n in range(26))}, "more than 25 in sources"),
        ({"name": "", "terms": "a"}, "A topic's name is a line"),
        ({"name": "x" * 61, "terms": "a"}, "A topic's name is a line"),
        ({"name": "a\x07b", "terms": "a"}, "A topic's name is a line"),
    ],
)
def test_what_is_no_topic_is_refused_in_one_sentence(lists, said):
    with pytest.raises(UsageError, match=said):
        topic(**lists)


@pytest.mark.parametrize("text", ["", "...", "x" * 61, '""'])
def test_what_cannot_be_watched_for_is_refused(text):
    with pytest.raises(UsageError):
        topics.watchable(text)


def test_what_is_watched_for_is_kept_tidy():
    assert topics.watchable("  “Lake   Ems” ") == "Lake Ems"
