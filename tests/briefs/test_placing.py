"""A document that arrives finds its story among its neighbours, whatever is stored besides."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from briefs import ingest
from briefs.model import PUBLIC, DocumentId, Neighbour, Sketch, StoryId
from briefs.store import open_store, tables
from briefs.stories import joining
from tests.benchmarks.steps import count_writing
from tests.briefs.news import EVENTS, grouped, keep, report, story_of, with_terms
from tests.briefs.store.library import HOUR, NOON, analysis

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'own.db'}") as opened:
        yield opened


def titles(*names: str) -> frozenset[str]:
    return frozenset(names)


def weighed(*stems: int, published=NOON) -> Sketch:
    return joining.sketch(dict.fromkeys(stems, 1), published=published, documents=9, known={})


def neighbour(number: int, sketch: Sketch, *, story: int = 0, copy: int = 0, fixed: bool = False):
    return Neighbour(DocumentId(number), StoryId(story or number), copy or number, fixed, sketch)


def test_reports_of_one_event_are_a_story_and_others_stand_apart(store):
    for number in range(3):
        for event in EVENTS:
            keep(store, event, number)

    assert grouped(store) == {titles(*(f"{e} {n}" for n in range(3))) for e in EVENTS}


def test_the_same_documents_in_the_same_order_give_the_same_stories_in_batches_of_any_size(
    tmp_path,
):
    made = [report(event, number) for number in range(8) for event in EVENTS]
    random.Random(5).shuffle(made)  # noqa: S311 - it is not for secrets
    found = []
    for size in (1, 7, len(made)):
        with open_store(f"sqlite:///{tmp_path}/{size}.db") as store:
            for start in range(0, len(made), size):
                store.documents.add_many(made[start : start + size], arrived=NOON)
                ingest.place(store)
            with store._database.read() as connection:
                found.append([*map(tuple, connection.execute(select(tables.story_member)))])
            found[-1] += [*store.frequencies.of(PUBLIC, ["bridg", "harvest", "offici"])]

    assert found[0] == found[1] == found[2]


def test_what_is_placed_is_not_placed_again(store):
    keep(store, "bridge", 1)
    store.documents.add_many([report("bridge", n) for n in (2, 3, 4)], arrived=NOON)

    assert ingest.place(store, most=2) == 2
    assert ingest.place(store) == 1
    assert ingest.place(store) == 0


def test_a_crash_leaves_documents_for_the_next_time(store, monkeypatch):
    store.documents.add_many([report("bridge", n) for n in range(3)], arrived=NOON)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "place", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ingest.place(store)

    assert store.stories.among(PUBLIC, [DocumentId(1)]) == ()
    assert ingest.place(store) == 3
    assert grouped(store) == {titles("bridge 0", "bridge 1", "bridge 2")}


@pytest.mark.parametrize(("days", "stories"), [(6.9, 1), (7.1, 2)])
def test_documents_more_than_seven_days_apart_do_not_join(store, days, stories):
    keep(store, "bridge", 1, published=NOON)
    keep(store, "bridge", 2, published=NOON + days * DAY)

    assert len(grouped(store)) == stories


def test_near_copies_have_one_number_and_others_have_their_own(store):
    first = keep(store, "bridge", 1)
    made = report("bridge", 1, title="copied", source="Elsewhere")
    copy = store.documents.add(made, arrived=NOON).id
    words = " ".join(reversed(EVENTS["bridge"].split()))
    other = store.documents.add(with_terms(analysis(words, title="Other words")), arrived=NOON).id
    ingest.place(store)
    found = {each.document: each for each in store.stories.among(PUBLIC, [first])}

    assert found[first].copy == found[copy].copy != found[other].copy
    assert found[first].outlet == "outlet 1"


def test_the_most_central_document_leads(store):
    numbers = [keep(store, "bridge", number) for number in range(4)]
    found = store.stories.among(PUBLIC, numbers[:1])

    assert [each.centrality for each in found] == sorted(
        (each.centrality for each in found), reverse=True
    )
    assert {each.document for each in found} == {*numbers}


def test_documents_without_words_stand_alone(store):
    for number in range(2):
        made = analysis("…", title="", source=f"O{number}", identity=f"file:{number}")
        made = replace(made, version=ingest.VERSION)
        store.documents.add(made, arrived=NOON)

    assert ingest.place(store) == 2
    assert store.frequencies.of(PUBLIC, ["…"]) == (2, {})
    assert story_of(store, DocumentId(1)) != story_of(store, DocumentId(2))


def test_what_an_older_program_analysed_waits_for_its_next_analysis(store):
    made = report("bridge", 1)
    old = store.documents.add(replace(made, terms=(), version=0), arrived=NOON).id
    before = ingest.place(store), store.stories.among(PUBLIC, [old])
    (whole,) = store.renewal.batch(ingest.VERSION, 5)
    store.renewal.renew([ingest.find(whole)])

    assert before == (0, ())
    assert ingest.place(store) == 1
    assert story_of(store, old)


def test_a_document_that_is_analysed_again_stays_in_its_story(store):
    first, second = keep(store, "bridge", 1), keep(store, "bridge", 2)
    before = store.stories.among(PUBLIC, [first])
    document = store.documents.get(PUBLIC, second)
    store.renewal.renew([ingest.find(document)])

    assert ingest.place(store) == 0
    assert store.stories.among(PUBLIC, [first]) == before


def test_a_corrected_document_is_placed_anew_and_a_withdrawn_one_leaves(store):
    first = keep(store, "bridge", 1, identity="file:1")
    second = keep(store, "bridge", 2, identity="file:2")
    keep(store, "harvest", 3)
    keep(store, "harvest", 4, identity="file:2")
    corrected = grouped(store)
    store.documents.withdraw("file:1")

    assert corrected == {titles("bridge 1"), titles("harvest 3", "harvest 4")}
    assert grouped(store) == {titles("harvest 3", "harvest 4")}
    assert store.stories.among(PUBLIC, [first]) == ()
    assert story_of(store, second)


def test_nothing_is_left_of_documents_that_are_gone(store):
    for event in EVENTS:
        keep(store, event, 1, identity=f"file:{event}")
    keep(store, "bridge", 2, identity="file:more")
    for event in (*EVENTS, "more"):
        store.documents.withdraw(f"file:{event}")

    with store._database.read() as connection:
        for name in ("story", "story_sketch", "story_term", "story_member", "frequency"):
            query = select(func.count()).select_from(tables.metadata.tables[name])
            assert connection.execute(query).scalar() == 0, name


def test_stems_are_counted_as_documents_are_placed(store):
    keep(store, "bridge", 1)
    keep(store, "bridge", 2)
    keep(store, "harvest", 3)

    assert store.frequencies.of(PUBLIC, ["bridg", "barley", "nowher"]) == (
        3,
        {"bridg": 2, "barley": 1},
    )


def test_a_document_near_to_two_stories_makes_them_one_and_both_ids_lead_there(store):
    one = "Mayor Quill opened the Ems bridge near Lathen with Tarn engineers."
    other = "Haren steelworkers celebrated Saturday: ferries stop, tolls end, pilots retire."
    numbers = []
    for number, text in enumerate((one, other, f"{one} {other}")):
        made = analysis(text, title=f"T{number}", source=f"O{number}", identity=f"file:{number}")
        numbers.append(ingest.keep(store, ingest.find(made.document), NOON).id)
    before = [each for each in numbers if story_of(store, each)]

    assert before == numbers
    first = story_of(store, numbers[0])
    assert first == story_of(store, numbers[2])
    assert {each.document for each in store.stories.members(PUBLIC, first)} >= {
        numbers[0],
        numbers[2],
    }


def test_two_stories_that_are_near_to_each_other_become_the_older():
    stems = range(2, 60, 2)
    one, other = weighed(*stems[:20]), weighed(*stems[8:28])
    place = joining.place(
        weighed(*stems[4:24]), [neighbour(7, one, story=3), neighbour(9, other, story=2)]
    )

    assert (place.story, place.joining) == (2, (3,))


def test_a_fixed_story_stays_and_two_of_them_never_join():
    stems = range(2, 60, 2)
    one, other = weighed(*stems[:20]), weighed(*stems[8:28])
    new = weighed(*stems[4:24])
    fixed = joining.place(
        new, [neighbour(7, one, story=1), neighbour(9, other, story=2, fixed=True)]
    )
    both = joining.place(
        new, [neighbour(7, one, story=1, fixed=True), neighbour(9, other, story=2, fixed=True)]
    )

    assert (fixed.story, fixed.joining) == (2, (1,))
    assert (both.story, both.joining) == (1, ())


def test_equally_near_ones_are_decided_for_the_oldest():
    same = weighed(2, 4, 6, 8)
    place = joining.place(
        weighed(2, 4, 6, 8, 10, 12),
        [neighbour(9, same, story=5, fixed=True), neighbour(8, same, story=4, fixed=True)],
    )

    assert place.story == 4


def test_nothing_near_begins_a_story():
    place = joining.place(weighed(2, 4), [neighbour(1, weighed(6, 8))])

    assert place.story is None
    assert joining.place(weighed(), []).story is None
    assert joining.place(weighed(), [neighbour(1, weighed())]).story is None


def test_weights_are_of_unit_length_and_the_rare_count_more():
    sketch = joining.sketch({2: 1, 4: 1}, published=NOON, documents=100, known={4: 90})
    (cosine,) = joining.cosines(sketch, [sketch])

    assert cosine == pytest.approx(1, abs=1e-4)
    assert sketch.heaviest(1) == (2,)


def made(number: int, vocabulary: int):
    """A document among many: one of five reports of an event, with words of other events."""
    chance = random.Random(number // 5)  # noqa: S311 - it is not for secrets
    event = " ".join(f"w{chance.randrange(vocabulary):04}e" for _ in range(25))
    own = random.Random(number)  # noqa: S311 - it is not for secrets
    others = " ".join(f"w{own.randrange(vocabulary):04}e" for _ in range(15))
    found = analysis(
        f"{event} {others}",
        title=f"D{number}",
        source=f"O{number}",
        published=NOON + number * HOUR / 10,
    )
    terms = joining.terms(found.document)
    return replace(found, terms=terms, version=ingest.VERSION)


def grow(store, start, end, *, vocabulary):
    for first in range(start, end, 50):
        batch = [made(number, vocabulary) for number in range(first, min(first + 50, end))]
        store.documents.add_many(batch, arrived=NOON + first * HOUR / 10)
        ingest.place(store)


def test_placing_costs_what_the_neighbours_cost_and_not_the_archive(store):
    costs = []
    for start, end in ((0, 500), (505, 4_000)):
        grow(store, start, end, vocabulary=200)  # so few that every list is full
        five = [made(number, 200) for number in range(end, end + 5)]
        store.documents.add_many(five, arrived=NOON)
        costs.append(count_writing(store, lambda: ingest.place(store)))

    assert costs[0]
    assert costs[1] <= 1.3 * costs[0]
