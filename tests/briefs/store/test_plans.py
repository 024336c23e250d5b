"""On PostgreSQL too, no question walks through a whole table: each of its queries has an index."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from briefs.store import claiming, open_store, tables
from tests.briefs.store.test_costs import grow, questions

_READS = ("SELECT", "WITH")


class Plans:
    """How the server would carry out each query that is made meanwhile, if it can help it."""

    def __init__(self, store):
        self.scans = {}
        self._store = store
        self._asked = ""
        self._explaining = False

    def __enter__(self):
        event.listen(self._store._database._readers, "before_cursor_execute", self._explain)
        return self

    def __exit__(self, *_error):
        event.remove(self._store._database._readers, "before_cursor_execute", self._explain)

    def of(self, name, ask):
        """Ask, and remember the tables that are walked through for it."""
        self._asked = name
        ask()

    def _explain(self, connection, _cursor, statement, parameters, *_more):
        if self._explaining or not statement.lstrip().startswith(_READS):
            return
        self._explaining = True
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()
        self._explaining = False
        found = re.findall(r"Seq Scan on (\w+)", "\n".join(plan))
        if found:
            self.scans.setdefault(self._asked, []).extend(found)


@pytest.fixture(scope="module")
def filled(cluster):
    url = cluster.store()
    with open_store(url) as store:
        grow(store, 0, 100)
        yield store
    cluster.drop(url)


def test_no_question_walks_through_a_table(filled):
    with Plans(filled) as plans:
        for name, ask in questions(filled).items():
            plans.of(name, ask)

    assert plans.scans == {}


def test_a_tick_walks_through_no_table(filled):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with Plans(filled) as plans:
        plans.of("due", lambda: filled.schedules.due(now))
        plans.of("publish", lambda: filled.deliveries.unpublished(now, busy=(), limit=8))
        plans.of("stale", lambda: filled.postings.stale(now))
        plans.of("corrections", lambda: filled.postings.corrections.waits(now))
        plans.of("claim", lambda: claimable(filled, now))

    assert plans.scans == {}


def test_a_query_without_an_index_is_found_out(filled):
    with Plans(filled) as plans:
        plans.of("about", lambda: about(filled))

    assert plans.scans == {"about": ["schedule"]}


def about(store):
    with store._database.read() as connection:
        connection.execute(select(tables.schedule).where(tables.schedule.c.about == "x"))


def claimable(store, now):
    query = claiming.claimable("us", now, (1,))
    with store._database.read() as connection:
        connection.execute(query)
        connection.execute(query.where(tables.delivery.c.channel.in_([5])))
