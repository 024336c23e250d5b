import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.model import PUBLIC
from briefs.store import open_store
from tests.briefs.store.library import GUILD_A, GUILD_B, NOON, analysis

HOSTILE = [
    "",
    " ",
    '"',
    '""""',
    "'",
    "NEAR(",
    "NEAR(a b, 5)",
    "title:*",
    "* x",
    "x OR scope:s7",
    "scope : 202",
    "202",
    "- x",
    "^x",
    "x AND NOT y",
    "{title text} : x",
    "\0",
    "a\0b",
    "\ud800",
    "%%%%_",
    "'; drop table body; --",
    "(((((",
    "a" * 10_000,
    "_ __ ___",
    " ".join("word" for _ in range(5_000)),
    "\u0001\u0002",
]


def add(store, *args, **options):
    options.setdefault("title", args[0][:40])
    return store.documents.add(analysis(*args, **options), arrived=NOON).id


def lines(found) -> list[str]:
    return [hit.line.text for hit in found.hits]


def test_all_words_must_stand_and_the_best_line_is_shown_with_its_marks(store):
    add(store, "The factory was built.\nKyiv paid for the factory.\nAnkara waited.", title="t")
    add(store, "Nothing of that.")
    found = store.search.sentences(PUBLIC, "KYIV factory")
    (hit,) = found.hits

    assert hit.line.text == "Kyiv paid for the factory."
    text = store.documents.get(PUBLIC, hit.line.document).text
    assert [text[start:end] for start, end in hit.marks] == ["Kyiv", "factory"]
    assert text[slice(*hit.line.span)] == hit.line.text
    assert not found.more


def test_accents_and_case_do_not_matter(store):
    add(store, "Mevlüt Çavuşoğlu spoke.")

    assert lines(store.search.sentences(PUBLIC, "cavusoglu")) == ["Mevlüt Çavuşoğlu spoke."]
    assert lines(store.search.sentences(PUBLIC, "ÇAVUŞOĞLU")) == ["Mevlüt Çavuşoğlu spoke."]


def test_words_of_the_title_find_the_document(store):
    add(store, "One thing.\nAnother.", title="A memorandum")
    (hit,) = store.search.sentences(PUBLIC, "memorandum").hits

    assert (hit.line.text, hit.marks) == ("One thing.", ())


def test_the_newest_come_first_and_older_ones_are_told_of(store):
    for number in range(6):
        add(store, f"The drone flew, {number}.")
    found = store.search.sentences(PUBLIC, "drone", limit=2, window=4)

    assert lines(found) == ["The drone flew, 5.", "The drone flew, 4."]
    assert found.more
    assert not store.search.sentences(PUBLIC, "drone", limit=6).more


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_error_or_leaves_its_scope(store, query):
    add(store, "Public words.")
    add(store, "Secret x y a b word.", scope=GUILD_B)
    found = store.search.sentences(GUILD_A, query)

    assert "Secret" not in "".join(lines(found))


def test_a_scope_cannot_be_asked_for_as_a_word(store):
    add(store, "Secret words.", scope=GUILD_B)
    for query in (f"{GUILD_B}", f"scope {GUILD_B}", f"scope:{GUILD_B} words"):
        assert store.search.sentences(GUILD_B, query).hits == ()


def test_a_guild_finds_what_is_public_and_its_own(store):
    for scope in (PUBLIC, GUILD_A, GUILD_B):
        add(store, f"The word of {scope}.", scope=scope)

    assert lines(store.search.sentences(GUILD_A, "word")) == ["The word of 101.", "The word of 0."]
    assert lines(store.search.sentences(PUBLIC, "word")) == ["The word of 0."]


def test_the_index_can_be_made_anew(store):
    add(store, "One word.")
    with store._database.write() as connection:
        connection.exec_driver_sql("UPDATE body SET text = 'Another thing.'")

    assert any("search index" in trouble for trouble in store.check(full=True))
    store.rebuild_search()
    assert not any("search index" in trouble for trouble in store.check(full=True))


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('search')}/x.db") as store:
        add(store, "Public words and numbers 1 2 3 4 5.")
        add(store, "Secret words: a b c d 0 1 2 3.", scope=GUILD_B)
        yield store


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_any_string_is_a_query(shared, query):
    found = shared.search.sentences(GUILD_A, query)

    assert set(lines(found)) <= {"Public words and numbers 1 2 3 4 5."}
