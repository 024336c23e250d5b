"""What is measured costs an index of what is not finished, and nothing else."""

from sqlalchemy import event

from briefs import timing
from tests.briefs.store.library import GUILD_A, NOON, in_a_file


def schedule(store, name: str):
    words = {"times": "12:00", "days": "daily", "timezone": "UTC", "scope": GUILD_A}
    made = timing.make(name=name, channel=5, now=NOON, **words)
    return store.schedules.create(made)


def test_deliveries_that_are_not_finished_are_counted_by_state(store):
    empty = store.gauges.deliveries()
    for name in ("one", "two"):
        store.deliveries.by_hand(schedule(store, name), NOON.date(), NOON)

    counted = store.gauges.deliveries()

    assert empty == {"planned": 0, "ready": 0, "sending": 0}
    assert counted == {"planned": 2, "ready": 0, "sending": 0}


def test_what_is_finished_is_not_counted(store):
    store.deliveries.by_hand(schedule(store, "one"), NOON.date(), NOON)
    store.deliveries.drop_open("it is over")

    assert set(store.gauges.deliveries().values()) == {0}


@in_a_file
def test_it_reads_the_index_of_what_is_open(store):
    asked = []
    engine = store._database._readers

    @event.listens_for(engine, "before_cursor_execute")
    def note(connection, cursor, statement, parameters, context, executemany):
        asked.append((statement, parameters))

    store.gauges.deliveries()
    with store._database.read() as connection:
        statement, parameters = next(each for each in asked if each[0].startswith("SELECT"))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()

    assert "INDEX delivery_o" in str(plan)
