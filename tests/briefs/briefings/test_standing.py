"""A story is new, goes on, is confirmed by a further origin, or has gone quiet."""

from contextlib import ExitStack

import pytest

from briefs import ingest
from briefs.model import Standing
from briefs.store import open_store
from tests.briefs.briefings.made import (
    BLAST,
    BLAST_AGAIN,
    BLAST_LATER,
    DAY,
    HARVEST,
    HARVEST_AGAIN,
    HOUR,
    MONDAY,
    ORCHESTRA,
    compose,
    keep,
    shown,
    titles,
)
from tests.briefs.conftest import SEEDS

MEMORANDUM = 5  # the seeds of 29 September to 2 October; the others are of 7 and 8 October
SIGNED = "Ukraine and Baykar sign memorandum on drone training centre"
DISPATCH = "Demo Dispatch"


def only(told):
    (item,) = told.items
    return item


def test_what_was_never_told_before_is_new(store):
    keep(store, BLAST, title="Blast", source="Example Courier")

    item = only(compose(store))

    assert (item.standing, item.earlier, item.further) == (Standing.NEW, 0, ())


def test_what_goes_on_in_the_same_outlet_is_developing(store):
    keep(store, BLAST, title="Blast", source="Example Courier")
    keep(store, BLAST_LATER, title="Arrest", source="Example Courier", arrived=MONDAY + DAY)

    item = only(compose(store, day=1))

    assert (item.standing, item.earlier, item.further) == (Standing.DEVELOPING, 1, ())
    assert item.headline.title == "Arrest"


def test_a_further_origin_confirms_and_is_named(store):
    keep(store, BLAST, title="Blast", source="Example Courier")
    keep(store, BLAST_AGAIN, title="Explosion", source="Sample Wire", arrived=MONDAY + DAY)

    told = compose(store, day=1)

    item = only(told)
    assert (item.standing, item.further) == (Standing.CONFIRMED, ("Sample Wire",))
    body = shown(told)
    assert "Developing: 1 document before, now also reported by Sample Wire" in body


def test_a_copy_of_what_was_there_confirms_nothing(store):
    keep(store, BLAST, title="Blast", source="Example Courier")
    keep(store, BLAST, title="Blast again", source="Sample Wire", arrived=MONDAY + DAY)

    item = only(compose(store, day=1))

    assert (item.standing, item.further) == (Standing.DEVELOPING, ())


def test_what_arrives_after_the_window_changes_nothing_that_is_told_of_it(store):
    keep(store, BLAST, title="Blast", source="Example Courier")
    keep(store, BLAST_AGAIN, title="Explosion", source="Sample Wire", arrived=MONDAY + DAY)
    before = compose(store, day=1)

    keep(store, BLAST_LATER, title="Arrest", source="Sample Wire", arrived=MONDAY + 2 * DAY)

    assert only(compose(store, day=1)).standing is only(before).standing is Standing.CONFIRMED
    assert only(compose(store, day=1)).further == ("Sample Wire",)


def test_a_story_of_two_documents_on_which_nothing_arrives_has_gone_quiet(store):
    keep(store, HARVEST, title="Harvest", source="Example Courier")
    last = MONDAY + HOUR
    keep(store, HARVEST_AGAIN, title="Wheat", source="Sample Wire", arrived=last)
    keep(store, ORCHESTRA, title="Orchestra", source="Sample Wire")
    keep(store, BLAST, title="Blast", source="Example Courier", arrived=MONDAY + DAY)

    told = compose(store, day=1)

    (quiet,) = told.quiet
    assert quiet.headline.title in {"Harvest", "Wheat"}
    assert (quiet.documents, quiet.last) == (2, last)
    assert titles(told) == ["Blast"]
    body = shown(told)
    assert body.count("Gone quiet") == 1
    assert "2 documents, the last on" in body


def test_a_story_that_goes_on_is_not_quiet_even_when_its_news_is_not_wanted(store):
    keep(store, HARVEST, title="Harvest", source="Example Courier")
    keep(store, HARVEST_AGAIN, title="Wheat", source="Sample Wire")
    later = HARVEST_AGAIN.replace("Rain", "Drought")
    keep(store, later, title="Bread", source="Demo Dispatch", arrived=MONDAY + DAY)

    told = compose(store, day=1, about="rain")

    assert (told.items, told.quiet) == ((), ())


@pytest.mark.parametrize(("about", "number"), [("wheat", 1), ("symphony", 0)])
def test_only_what_is_on_the_topic_goes_quiet_in_a_briefing_on_it(store, about, number):
    keep(store, HARVEST, title="Harvest", source="Example Courier")
    keep(store, HARVEST_AGAIN, title="Wheat", source="Sample Wire")

    assert len(compose(store, day=1, about=about).quiet) == number


def test_samples_do_not_go_quiet_beside_real_documents(store):
    keep(store, HARVEST, title="Harvest", source="Example Courier", sample=True)
    keep(store, HARVEST_AGAIN, title="Wheat", source="Sample Wire", sample=True)

    assert len(compose(store, day=1).quiet) == 1
    assert compose(store, day=1, samples=False).quiet == ()


# --- the seeds, the older half and then the newer


@pytest.fixture
def halves(tmp_path):
    """Return a store in which the first seeds arrived on Monday and the others on Tuesday."""

    def make(older):
        found = stack.enter_context(open_store(f"sqlite:///{tmp_path / 'halves.db'}"))
        for number, file in enumerate(ingest.files([SEEDS])):
            arrived = MONDAY + HOUR if number < older else MONDAY + DAY + HOUR
            ingest.keep(found, ingest.analyse(ingest.file(file)), arrived)
            ingest.place(found)
        return found

    with ExitStack() as stack:
        yield make


def test_after_the_older_half_of_the_seeds_the_memorandum_is_new(halves):
    told = compose(halves(MEMORANDUM))

    assert {item.standing for item in told.items} == {Standing.NEW}
    assert told.items[0].headline.title == SIGNED
    assert told.quiet == ()


def test_after_the_newer_half_the_factory_is_new_and_the_memorandum_is_quiet(halves):
    told = compose(halves(MEMORANDUM), day=1)

    assert "factory" in told.items[0].headline.title
    assert {item.standing for item in told.items} == {Standing.NEW}
    assert [quiet.headline.title for quiet in told.quiet] == [SIGNED]


def test_with_its_first_document_in_the_older_half_the_factory_is_confirmed_by_others(halves):
    store = halves(MEMORANDUM + 1)  # the half in the middle: the first report of the factory

    before, told = compose(store), compose(store, day=1)

    assert {item.standing for item in before.items} == {Standing.NEW}
    assert len(before.items) == 2
    first = told.items[0]
    assert (first.standing, first.earlier) == (Standing.CONFIRMED, 1)
    assert "Example Courier" not in first.further
    assert set(first.further) == {"Sample Wire", "Placeholder Post", "Specimen Gazette", DISPATCH}
    assert [quiet.headline.title for quiet in told.quiet] == [SIGNED]
