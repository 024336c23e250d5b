"""stories.group: every document in one story, whatever the order; origins count sources."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from briefs import stories
from briefs.model import Document, DocumentId, Story
from briefs.stories import clusters

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)
BRIDGE = (
    "The council of Northport approved a new harbour bridge on Monday. The bridge will carry trams "
    "from the old town to the docks. Mayor Ada Holt said that work on it begins in spring."
)
BRIDGE_TOLD_ANEW = (
    "Northport is to have a harbour bridge for trams. Councillors approved it on Monday, and the "
    "mayor, Ada Holt, wants to begin in spring. It will join the docks and the old town."
)
STRIKE = (
    "Nurses at three hospitals in Eastmere walked out over their pay. The union said that talks "
    "with the ministry of health had failed, and that the strike will last for a week."
)
FLOOD = (
    "Heavy rain flooded farms along the river Tarn. Firefighters brought forty families to safety, "
    "and the railway line to the north was closed until the water falls."
)


def made(*texts: str, **fields: object) -> list[Document]:
    return [
        Document(id=DocumentId(number), text=text, published=NOON, **fields)
        for number, text in enumerate(texts, 1)
    ]


def partition(found: Sequence[Story]) -> set[frozenset[int]]:
    return {frozenset(story.documents) for story in found}


word = st.sampled_from(
    ["bridge", "harbour", "tram", "council", "nurse", "strike", "union", "rain", "он", "橋"]
)
text = st.lists(word, max_size=12).map(" ".join)
outlet = st.sampled_from(["", "Gazette", "gazette", "Wire"])
address = st.sampled_from(
    ["", "https://www.gazette.co.uk/a", "http://news.wire.example/1", "http://["]
)
day = st.none() | st.integers(0, 30).map(lambda days: NOON + timedelta(days=days))
library = st.lists(st.tuples(text, outlet, address, day), max_size=12).map(
    lambda rows: [
        Document(id=DocumentId(n), text=body, source=source, url=url, published=published)
        for n, (body, source, url, published) in enumerate(rows, 1)
    ]
)


@given(library, st.randoms())
@settings(deadline=None)
def test_every_document_is_in_one_story_and_one_origin_whatever_the_order(
    documents: list[Document], chance: random.Random
):
    shuffled = chance.sample(documents, len(documents))

    found = stories.group(documents)

    ids = [document.id for document in documents]
    assert sorted(d for story in found for d in story.documents) == ids
    for story in found:
        assert sorted(d for origin in story.origins for d in origin) == sorted(story.documents)
        assert len(story.outlets) <= len(story.documents)
    assert stories.group(shuffled) == found


@given(library, st.integers(1, 4))
@settings(deadline=None)
def test_copies_are_one_story_and_one_origin(documents: list[Document], copies: int):
    wire = Document(id=DocumentId(100), text=BRIDGE, published=NOON, source="Wire")
    copied = [
        replace(wire, id=DocumentId(100 + n), source=f"Outlet {n}") for n in range(1, copies + 1)
    ]

    found = stories.group([*documents, wire, *copied])

    (story,) = [story for story in found if wire.id in story.documents]
    (origin,) = [origin for origin in story.origins if wire.id in origin]
    assert {document.id for document in copied} <= set(origin)
    assert len(set(story.outlets) & {f"Outlet {n}" for n in range(1, copies + 1)}) == copies


def test_reports_of_one_event_are_a_story_and_others_stand_apart():
    found = stories.group(made(BRIDGE, STRIKE, BRIDGE_TOLD_ANEW, FLOOD))

    assert partition(found) == {frozenset({1, 3}), frozenset({2}), frozenset({4})}
    assert [min(story.documents) for story in found] == [1, 2, 4]


def test_two_reports_are_enough_for_a_story():
    """Of two documents every shared word is common to all, and still says something."""
    assert partition(stories.group(made(BRIDGE, BRIDGE_TOLD_ANEW))) == {frozenset({1, 2})}
    assert partition(stories.group(made(BRIDGE, FLOOD))) == {frozenset({1}), frozenset({2})}


def test_accents_do_not_keep_reports_apart():
    plain = "Mevlut Cavusoglu met Kuleba. Cavusoglu spoke of Lviv; Cavusoglu flew home from Lviv."
    accented = plain.replace("Cavusoglu", "Çavuşoğlu").replace("Mevlut", "Mevlüt")

    (story,) = stories.group(made(plain, accented))

    assert len(story.origins) == 1


@pytest.mark.parametrize(("days", "together"), [(7, 1), (8, 2)])
def test_documents_more_than_seven_days_apart_do_not_join(days: int, together: int):
    first, second = made(BRIDGE, BRIDGE_TOLD_ANEW)

    found = stories.group([first, replace(second, published=NOON + timedelta(days=days))])

    assert len(found) == together


def test_the_day_of_arrival_stands_in_for_that_of_publication():
    first, second = made(BRIDGE, BRIDGE_TOLD_ANEW)
    late = replace(second, published=None, arrived=NOON + timedelta(days=30))

    assert len(stories.group([first, late])) == 2
    assert len(stories.group([first, replace(late, arrived=None)])) == 1


def test_documents_without_words_stand_alone():
    assert len(stories.group(made("", "", "12 !?", "…"))) == 4


def test_the_most_central_document_leads_its_story():
    half = BRIDGE_TOLD_ANEW.split(". ")
    between = f"{BRIDGE} {half[1]}."

    (story,) = stories.group(made(BRIDGE_TOLD_ANEW, BRIDGE, between))

    assert story.documents[0] == 3


def test_equally_central_documents_stand_in_the_order_of_their_ids():
    (story,) = stories.group(made(BRIDGE, BRIDGE, BRIDGE))

    assert story.documents == (1, 2, 3)


@pytest.mark.parametrize(
    ("first", "second", "origins"),
    [
        ({"source": "The Gazette"}, {"source": "the gazette"}, 1),
        ({"source": "The Gazette"}, {"source": "The Wire"}, 2),
        ({"url": "https://www.gazette.example/a"}, {"url": "http://live.gazette.example/b"}, 1),
        ({"url": "https://a.example.co.uk/"}, {"url": "https://b.other.co.uk/"}, 2),
        ({"url": "http://127.0.0.1/a"}, {"url": "http://10.0.0.1/b"}, 2),
        ({"url": "http://[bad/a"}, {"url": "http://[bad/b"}, 2),
        ({}, {}, 2),
    ],
)
def test_an_origin_is_an_outlet(first: dict[str, str], second: dict[str, str], origins: int):
    one, other = made(BRIDGE, BRIDGE_TOLD_ANEW)

    (story,) = stories.group([replace(one, **first), replace(other, **second)])

    assert len(story.origins) == origins


def test_a_copy_and_a_shared_outlet_chain_into_one_origin():
    wire, copy, report = made(BRIDGE, BRIDGE, BRIDGE_TOLD_ANEW)
    documents = [
        replace(wire, source="Wire"),
        replace(copy, source="Gazette"),
        replace(report, source="Gazette"),
    ]

    (story,) = stories.group(documents)

    assert len(story.origins) == 1
    assert sorted(story.outlets) == ["Gazette", "Wire"]


def test_nothing_gives_nothing():
    assert stories.group([]) == ()


def test_a_component_too_large_for_all_its_pairs_is_cut_at_a_higher_threshold(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(clusters, "_LARGEST", 2)
    documents = made(BRIDGE, BRIDGE_TOLD_ANEW, *[f"{BRIDGE} {extra}" for extra in (STRIKE, FLOOD)])

    found = stories.group(documents)

    assert sorted(d for story in found for d in story.documents) == [1, 2, 3, 4]
    assert all(len(story.documents) <= 2 for story in found)


def all_pairs(cosines: np.ndarray) -> set[frozenset[int]]:
    """Merge the nearest two clusters again and again, the plain way."""
    found = [[place] for place in range(len(cosines))]
    while len(found) > 1:
        mean, first, second = max(
            (cosines[np.ix_(a, b)].mean(), x, y)
            for x, a in enumerate(found)
            for y, b in enumerate(found[:x])
        )
        if mean < clusters._CUT:
            break
        found[second] += found.pop(first)
    return {frozenset(places) for places in found}


@given(
    st.integers(2, 9).flatmap(
        lambda n: arrays.arrays(np.float64, (n, n), elements=st.floats(0, 1), unique=True)
    )
)
@settings(deadline=None)
def test_chains_of_nearest_neighbours_give_the_clusters_of_plain_average_linkage(
    values: np.ndarray,
):
    cosines = np.triu(values, 1) + np.triu(values, 1).T

    labels = clusters._average_linkage(cosines.copy())

    expected = all_pairs(cosines)
    assert {frozenset(np.flatnonzero(labels == label)) for label in labels} == expected
