"""What no chosen line says and others do is listed, in as few sentences as it takes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import coverage, figures, ingest
from briefs.model import DocumentId, Figure, Kind, Sentence, SentenceKind, Span
from tests.briefs.conftest import SEEDS

KULEBA = (Kind.PERSON, "dmytro kuleba")
LVIV = (Kind.PLACE, "lviv")


def line(document: int, index: int, text: str = "", kind: SentenceKind = SentenceKind.PROSE):
    text = text or f"This is sentence number {index} of document {document}."
    span = Span(0, len(text))
    return Sentence(document=DocumentId(document), index=index, span=span, text=text, kind=kind)


def place(sentence: Sentence):
    return sentence.document, sentence.index


ONE, TWO, THREE, FOUR = line(1, 0), line(1, 1), line(2, 0), line(2, 1)
ALL = (ONE, TWO, THREE, FOUR)


def missing(facts, chosen=(), limit=5, **more):
    given_facts = {place(each): frozenset(known) for each, known in facts.items()}
    return coverage.missing(ALL, chosen, given_facts, limit=limit, **more)


# --- facts


def test_names_figures_and_causes_are_facts_that_mean_the_same_everywhere():
    one = line(1, 0, "Kuleba spoke in Lviv because of the explosion at the plant.")
    other = line(2, 0, "Six people died, a result that was caused by an explosion at the plant.")
    dead = Figure(sentence=other, span=Span(0, 10), value="6 people", about="people killed")

    found = coverage.facts((one, other), {place(one): (KULEBA, LVIV)}, (dead,))

    cause = "cause:explos plant"
    assert found == {
        place(one): {"PERSON:dmytro kuleba", "PLACE:lviv", cause},
        place(other): {"figure:people killed=6", cause},
    }


def test_a_number_is_one_fact_with_any_noun_or_bound_and_money_keeps_its_currency():
    toll = Figure(sentence=ONE, span=Span(0, 4), value="~6 dead", about="people killed")
    price = Figure(sentence=TWO, span=Span(0, 4), value="USD 5000000", about="bridge cost")

    found = coverage.facts(ALL, {}, (toll, price))

    assert found == {
        place(ONE): {"figure:people killed=6"},
        place(TWO): {"figure:bridge cost=USD 5000000"},
    }


def test_headings_nationalities_and_other_languages_have_no_facts_to_show():
    heading = line(1, 0, "Why: because of explosions", SentenceKind.HEADING)
    text = line(1, 1, "Because of explosions the Ukrainian side left.")
    names = {place(heading): (KULEBA,), place(text): ((Kind.NATIONALITY, "ukrainian"),)}

    assert coverage.facts((heading, text), names, (), language="de") == {}


# --- what is missing


def test_a_key_fact_that_no_chosen_line_has_is_listed():
    facts = {ONE: {"a"}, TWO: {"b"}, THREE: {"a"}, FOUR: {"b"}}

    assert missing(facts, chosen=(ONE,)) == (TWO,)


def test_what_only_one_document_of_several_says_is_no_key_fact():
    assert missing({ONE: {"a"}, THREE: {"b"}, TWO: {"a", "c"}}) == ()


def test_of_a_story_with_one_document_every_fact_counts():
    assert missing({ONE: {"PERSON:a"}, TWO: {"PERSON:b"}}, chosen=(ONE,)) == (TWO,)


def test_documents_of_one_origin_count_once():
    facts = {ONE: {"a"}, THREE: {"a"}, TWO: {"b"}}
    other = line(3, 0)

    one_origin = {DocumentId(1): 0, DocumentId(2): 0, DocumentId(3): 1}
    known = {place(each): frozenset(had) for each, had in {**facts, other: {"c"}}.items()}

    assert coverage.missing((*ALL, other), (), known, limit=5) == (ONE,)
    assert coverage.missing((*ALL, other), (), known, limit=5, origin=one_origin) == ()


def test_one_sentence_with_all_is_taken_before_several_with_a_part():
    facts = {ONE: {"a", "c"}, TWO: {"a", "b"}, THREE: {"b", "c"}, FOUR: {"a", "b", "c"}}

    assert missing(facts) == (FOUR,)


def test_those_that_lean_are_avoided_and_the_limit_holds():
    facts = {ONE: {"a"}, TWO: {"b"}, THREE: {"b"}, FOUR: {"a"}}

    assert missing(facts, avoid={place(ONE), place(TWO)}) == (THREE, FOUR)
    assert missing(facts, limit=1) == (ONE,)
    assert missing(facts, limit=0) == ()


def test_figures_count_more_than_names_and_names_more_than_places():
    facts = {
        ONE: {"PLACE:lviv"}, TWO: {"figure:people killed=6"},
        THREE: {"figure:people killed=6"}, FOUR: {"PLACE:lviv"},
    }  # fmt: skip

    assert missing(facts, limit=1) == (TWO,)


@pytest.mark.parametrize("text", ["Too short.", "This one goes on and on " * 30])
def test_scraps_and_walls_of_text_are_not_listed(text):
    odd = line(1, 0, text)
    facts = {place(odd): frozenset("a")}

    assert coverage.missing((odd,), (), facts, limit=3) == ()


def test_of_the_sample_documents_what_the_first_lines_leave_out_is_listed():
    parts: list[Sentence] = []
    found: list[Figure] = []
    names: dict[tuple[DocumentId, int], list[tuple[Kind, str]]] = {}
    for number, file in enumerate(ingest.files([SEEDS]), 1):
        analysis = ingest.numbered(ingest.analyse(ingest.file(file)), DocumentId(number))
        parts += analysis.sentences
        found += figures.find(DocumentId(number), analysis.sentences, analysis.values)
        for entity in analysis.entities:
            for link in entity.links:
                at = (DocumentId(number), link.mention.sentence)
                names.setdefault(at, []).append(entity.key)
    facts = coverage.facts(parts, names, found)
    chosen = [each for each in parts if each.quotable][:1]

    also = coverage.missing(parts, chosen, facts, limit=6)

    assert len(also) == 6
    assert not set(also) & set(chosen)
    told = set().union(*(facts[place(each)] for each in also))
    assert "figure:drones bought=50" in told
    assert "figure:people killed=13000" not in told  # one document of many has it


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(ALL), st.frozensets(st.sampled_from("abcdef"), min_size=1), max_size=4
    ),
    st.lists(st.sampled_from(ALL), max_size=2),
    st.integers(0, 4),
)
def test_each_listed_sentence_is_new_in_order_and_adds_a_key_fact(facts, chosen, limit):
    listed = missing(facts, chosen=chosen, limit=limit)

    assert len(listed) <= limit
    assert not set(listed) & set(chosen)
    assert list(listed) == sorted(listed, key=ALL.index)
    covered = {fact for each in chosen for fact in facts.get(each, ())}
    assert all(facts[each] - covered for each in listed)
