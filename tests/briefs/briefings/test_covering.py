"""Who reported in a window, and who of the usual outlets is silent."""

from datetime import timedelta

from briefs import briefings
from briefs.briefings import Asked
from briefs.model import PUBLIC, Coverage
from tests.briefs.briefings.made import BLAST, DAY, HARVEST, HOUR, MONDAY, keep
from tests.briefs.store.library import GUILD_A


def coverage(store, *, scope=PUBLIC, **asked) -> Coverage | None:
    return briefings.coverage(store, scope, Asked(since=MONDAY, until=MONDAY + DAY, **asked))


def rows(found):
    return [(row.outlet, len(row.times)) for row in found.rows]


def test_outlets_come_with_the_times_of_their_documents_the_most_first(store):
    keep(store, BLAST, title="1", source="Sample Wire", arrived=MONDAY + HOUR)
    keep(store, HARVEST, title="2", source="Example Courier", arrived=MONDAY + 3 * HOUR)
    keep(store, BLAST + HARVEST, title="3", source="Example Courier", arrived=MONDAY)

    found = coverage(store)

    assert rows(found) == [("Example Courier", 2), ("Sample Wire", 1)]
    assert found.rows[0].times == (MONDAY, MONDAY + 3 * HOUR)


def test_a_usual_outlet_that_says_nothing_is_silent(store):
    for number in range(3):
        before = MONDAY - timedelta(days=2 + number)
        keep(
            store,
            f"{HARVEST} {number}.",
            title=f"u{number}",
            source="Demo Dispatch",
            arrived=before,
        )
    keep(store, HARVEST, title="rare", source="Placeholder Post", arrived=MONDAY - DAY)
    keep(store, BLAST, title="now", source="Sample Wire")

    assert rows(coverage(store)) == [("Sample Wire", 1), ("Demo Dispatch", 0)]


def test_there_are_never_more_than_eight_rows(store):
    for number in range(12):
        keep(store, f"{BLAST} {number}.", title=f"t{number}", source=f"Outlet {number:02}")

    assert len(coverage(store).rows) == 8


def test_only_those_who_report_on_what_is_asked_count(store):
    keep(store, BLAST, title="Blast", source="Sample Wire")
    keep(store, HARVEST, title="Harvest", source="Example Courier")

    assert rows(coverage(store, about="wheat")) == [("Example Courier", 1)]
    assert coverage(store, about="volcano") is None


def test_where_nothing_arrived_there_is_nothing_to_draw(store):
    keep(store, BLAST, title="Blast", source="Sample Wire", scope=GUILD_A)

    assert coverage(store) is None
    assert coverage(store, scope=GUILD_A) is not None
