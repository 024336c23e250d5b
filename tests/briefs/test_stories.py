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
from briefs.stories import clusters, linkage, pairs
from briefs.stories.vectors import Vectors
from tests.briefs.look_alikes import EVENTS

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
    documents = made(BRIDGE, BRIDGE_TOLD_ANEW, *EVENTS["quake Orvane"], *EVENTS["quake Tashmir"])

    found = stories.group(documents)

    assert sorted(d for story in found for d in story.documents) == [*range(1, 9)]
    assert all(len(story.documents) <= 2 for story in found)


@pytest.mark.parametrize("days", [None, 0, 6])
def test_look_alikes_are_told_apart(days: int | None):
    """With no dates, on one day, and with the second of each pair some days after the first."""
    reports = [(event, body) for event, bodies in EVENTS.items() for body in bodies]
    later = {event: days and timedelta(days=days * (n % 2)) for n, event in enumerate(EVENTS)}
    documents = [
        Document(
            id=DocumentId(number),
            text=body,
            published=None if days is None else NOON + (later[event] or timedelta()),
        )
        for number, (event, body) in enumerate(reports)
    ]

    found = stories.group(documents)

    assert partition(found) == {frozenset({n, n + 1, n + 2}) for n in range(0, len(reports), 3)}
    assert all(len(story.origins) == 3 for story in found)


@pytest.mark.parametrize("event", sorted(EVENTS)[::2])
def test_two_events_of_one_kind_are_told_apart_with_nothing_else_at_hand(event: str):
    kind = event.split(maxsplit=1)[0]
    one, other = (bodies for name, bodies in EVENTS.items() if name.split()[0] == kind)

    assert partition(stories.group(made(*one, *other))) == {
        frozenset({1, 2, 3}),
        frozenset({4, 5, 6}),
    }


def edited(body: str) -> str:
    """Edit an agency's text as outlets do: another beginning, a sentence less, other words."""
    sentences = body.split(". ")
    kept = ". ".join([*sentences[:-2], sentences[-1]]) if len(sentences) > 2 else body
    for word, other in (("said", "told reporters"), ("killed", "dead"), ("hundreds of", "many")):
        kept = kept.replace(word, other, 1)
    return f"By our staff and agencies. {kept}"


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_an_edited_copy_is_of_the_same_origin_and_another_report_is_not(event: str):
    wire, other, _ = EVENTS[event]
    documents = made(wire, edited(wire), other)
    outlets = ["Wire", "Gazette", "Herald"]

    (story,) = stories.group(
        [replace(each, source=name) for each, name in zip(documents, outlets, strict=True)]
    )

    assert {frozenset(origin) for origin in story.origins} == {frozenset({1, 2}), frozenset({3})}


def plain_cosines(documents: Sequence[Document]) -> np.ndarray:
    """Multiply the vectors term by term, with nothing left out or put in lists."""
    vectors = Vectors.of(documents)
    full = np.zeros((vectors.many, vectors.columns.max(initial=0) + 1))
    rows = np.repeat(np.arange(vectors.many), np.diff(vectors.starts))
    full[rows, vectors.columns] = vectors.weights
    products = full @ full.T
    days = np.abs(np.subtract.outer(vectors.days, vectors.days))
    products[days > 7] = 0.0
    return products


@given(library)
@settings(deadline=None)
def test_cosines_are_those_of_the_whole_vectors(documents: list[Document]):
    ordered = sorted(documents, key=stories._when)

    found = list(Vectors.of(ordered).cosines())

    expected = plain_cosines(ordered)
    for place, cosines in enumerate(found):
        np.testing.assert_allclose(cosines, expected[place, :place], atol=1e-5)


@given(library)
@settings(deadline=None)
def test_what_is_found_by_the_heaviest_stems_is_what_comparing_all_finds(
    documents: list[Document],
):
    """Documents of a dozen stems, so that none is left out."""
    vectors = Vectors.of(sorted(documents, key=stories._when))

    exact, likely = pairs._exact(vectors, 0.24), pairs._likely(vectors, 0.24)

    assert [near.tolist() for near, _ in likely] == [near.tolist() for near, _ in exact]
    for (_, one), (_, other) in zip(exact, likely, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_look_alikes_are_told_apart_by_their_heaviest_stems_too(monkeypatch: pytest.MonkeyPatch):
    documents = made(*(body for bodies in EVENTS.values() for body in bodies))
    exact = stories.group(documents)

    monkeypatch.setattr(pairs, "_EXACT", 0)

    assert stories.group(documents) == exact


@pytest.mark.parametrize("most", [3_000, 0])
def test_many_copies_are_one_story_of_one_origin(most: int, monkeypatch: pytest.MonkeyPatch):
    """Also where a document is only compared with some of those that have its stems."""
    monkeypatch.setattr(pairs, "_EXACT", most)
    monkeypatch.setattr(pairs, "_LONGEST", 20)
    monkeypatch.setattr(pairs, "_MOST", 10)

    (story,) = stories.group(made(*[BRIDGE] * 300))

    assert len(story.origins) == 1
    assert story.documents == tuple(range(1, 301))


@pytest.mark.parametrize("most", [3_000, 0])
@pytest.mark.parametrize(
    "rubbish",
    [
        [""] * 400,
        ["12 !? …"] * 5,
        ["nurse " * 100_000],
        ["A" * 100_000],
        ["1." * 50_000],
        ["Ab-" * 40_000],
    ],
    ids=["empty", "signs", "one word", "one letter", "figures", "dashes"],
)
def test_rubbish_keeps_no_stories_from_being_found(
    rubbish: list[str], most: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pairs, "_EXACT", most)

    found = stories.group(made(BRIDGE, BRIDGE_TOLD_ANEW, FLOOD, *rubbish))

    assert {frozenset({1, 2}), frozenset({3})} <= partition(found)


def test_a_mean_that_is_small_beside_those_within_makes_two_events():
    """Two threes that are alike at 0.5 within, and at 0.28 across."""
    cosines = np.full((6, 6), 0.28)
    cosines[:3, :3] = cosines[3:, 3:] = 0.5
    small = np.full((6, 6), 0.32)
    small[:3, :3] = small[3:, 3:] = 0.5

    assert len(set(linkage.split(cosines))) == 2
    assert len(set(linkage.split(small))) == 1


@given(st.lists(st.tuples(outlet, st.integers(0, 4)), max_size=9))
def test_origins_are_what_outlets_and_copies_connect(places: list[tuple[str, int]]):
    found = stories.origins([name for name, _ in places], [copy for _, copy in places])

    assert sorted(place for origin in found for place in origin) == [*range(len(places))]
    for one, (name, copy) in enumerate(places):
        same = next(origin for origin in found if one in origin)
        for other, (another, number) in enumerate(places):
            if copy == number or (name and name == another):
                assert other in same
    marks = [{places[n][1] for n in origin} for origin in found]
    assert sum(map(len, marks)) == len(set().union(*marks))


def plainly_linked(cosines: np.ndarray) -> set[frozenset[int]]:
    """Merge the nearest two clusters again and again, the plain way, and then undo what is not one.

    Each cluster comes with the stories that it makes: itself, or those of its parts.
    """
    found = [([place], {frozenset({place})}) for place in range(len(cosines))]
    while len(found) > 1:
        mean, first, second = max(
            (cosines[np.ix_(a, b)].mean(), x, y)
            for x, (a, _) in enumerate(found)
            for y, (b, _) in enumerate(found[:x])
        )
        if mean < linkage.CUT:
            break
        (a, these), (b, those) = found.pop(first), found.pop(second)
        whole = len(these) == len(those) == 1 and mean >= 0.6 * (
            (plainly_within(cosines, a) * plainly_within(cosines, b)) ** 0.5
        )
        found.append(([*a, *b], {frozenset([*a, *b])} if whole else these | those))
    return set().union(*(stories for _, stories in found))


def plainly_within(cosines: np.ndarray, places: list[int]) -> float:
    inner = [cosines[a, b] for n, a in enumerate(places) for b in places[:n]]
    return (sum(inner) + 0.4) / (len(inner) + 1)


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

    labels = linkage.split(cosines.copy())

    expected = plainly_linked(cosines)
    assert {frozenset(np.flatnonzero(labels == label)) for label in labels} == expected
