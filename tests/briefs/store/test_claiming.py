"""Several processes on one database: none takes what another has, and none waits for a dead one."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.deliveries import planning
from briefs import briefings, timing
from briefs.errors import BusyError
from briefs.model import PUBLIC, Publishing, Scope, State
from briefs.store import Hold, claiming, dialect, open_store
from tests.briefs.store.library import analysis

START = datetime(2026, 1, 1, tzinfo=UTC)
DUE = START + timedelta(hours=8)
MINUTE = timedelta(minutes=1)
HOLD = Hold(DUE, MINUTE)  # the host's clock: no lease may go by it
HOME = Scope(70)


@pytest.fixture
def url(cluster):
    address = cluster.store()
    cluster.give_clock(address)
    yield address
    cluster.drop(address)


def schedule(store, number: int, channel: int = 0):
    words = {"times": "07:30", "days": "daily", "timezone": "UTC", "scope": HOME}
    made = timing.make(**words, name=f"n{number}", channel=channel or number, now=START)
    return store.schedules.create(made)


def due(store, number: int, channel: int = 0):
    made = schedule(store, number, channel)
    assert store.deliveries.plan(made, timing.plan(made, DUE))
    return made


def claim(store, owner: str, *, limit: int = 8):
    return store.deliveries.claim(owner, HOLD, busy=(), limit=limit)


def claim_on(store, owner: str):
    """Claim again and again, as a process does that has room for more."""
    rows = []
    for _ in range(6):
        busy = [row.channel for row in rows]
        rows += store.deliveries.claim(owner, HOLD, busy=busy, limit=3)
    return rows


def test_processes_that_claim_at_once_never_claim_the_same_nor_post_in_one_channel(url):
    with ThreadPoolExecutor(3) as pool, ExitStack() as stack:
        stores = [stack.enter_context(open_store(url)) for _ in range(3)]
        for number in range(1, 41):
            due(stores[0], number, channel=number % 10 + 1)
        taken = [*pool.map(claim_on, stores, "abc")]
        claimed = [row for rows in taken for row in rows]

    assert Counter(row.channel for row in claimed) == dict.fromkeys(range(1, 11), 1)


def test_a_channel_is_free_for_another_process_once_the_post_in_it_is_done(url):
    with open_store(url) as store, open_store(url) as other:
        due(store, 1, channel=5)
        due(store, 2, channel=5)
        (ours,) = claim(store, "us")
        before = claim(other, "them")
        store.deliveries.save(replace(ours, state=State.SENT, message=7))
        after = claim(other, "them")

    assert before == ()
    assert [row.schedule for row in after] == [2]


def test_leases_go_by_the_clock_of_the_database_and_of_no_process(cluster, url):
    with open_store(url) as store, open_store(url) as other:
        due(store, 1)
        (ours,) = claim(store, "us")
        an_hour_ahead = Hold(DUE + timedelta(hours=1), MINUTE)
        early = other.deliveries.claim("them", an_hour_ahead, busy=(), limit=8)
        left = store.deliveries.time_left(ours, DUE)
        cluster.advance(url, 61)
        ended = store.deliveries.time_left(ours, DUE)
        (theirs,) = claim(other, "them")

        assert early == ()
        assert timedelta(seconds=50) < left <= MINUTE
        assert ended == timedelta(0)
        assert not store.deliveries.save(replace(ours, state=State.SENT, message=7))
        assert not store.deliveries.ready([ours], HOLD)
        assert store.deliveries.time_left(ours, DUE) == timedelta(0)
        assert other.deliveries.save(replace(theirs, state=State.SENT, message=8))


def test_a_claim_does_not_wait_for_who_writes_to_the_library(url):
    with open_store(url) as store, open_store(url) as other:
        due(store, 1)
        done = threading.Event()

        def take() -> None:
            claim(other, "them")
            done.set()

        with store._database.write():
            thread = threading.Thread(target=take)
            thread.start()
            came = done.wait(10)
        thread.join()

    assert came


def test_a_process_that_is_frozen_in_a_claim_holds_up_no_other_channel(url):
    with open_store(url) as store, open_store(url) as other:
        for number in (1, 2, 3):
            due(store, number)
        with store._database.write(alone=False) as connection:
            now = dialect.of(connection).clock(connection, DUE)
            held = claiming.found(connection, "us", now, busy=(), limit=2)
            free = claim(other, "them")

    assert [row["schedule"] for row in held] == [1, 2]
    assert [row.schedule for row in free] == [3]


def sleep_in_a_transaction(store, other) -> None:
    with store._database.write() as connection:
        threading.Event().wait(2)
        other.installation.put("one", "1")  # it waits for no sleeper
        connection.exec_driver_sql("SELECT 1")


def test_a_process_that_sleeps_in_a_transaction_loses_it_and_is_told_so(url, monkeypatch):
    monkeypatch.setattr("briefs.database.postgres._ASLEEP", 1)
    with open_store(url) as store, open_store(url) as other:
        with pytest.raises(BusyError, match="try again"):
            sleep_in_a_transaction(store, other)

        assert store.installation.get("one") == "1"


def briefing(store) -> int:
    asked = briefings.Asked(since=START, until=DUE)
    composed = briefings.compose(store, HOME, asked)
    return briefings.keep(store, composed, (), schedule="n1", made=DUE)


def test_who_was_frozen_while_it_made_a_briefing_does_not_put_it_in_the_place_of_the_posted(
    cluster, url
):
    with open_store(url) as store, open_store(url) as other:
        due(store, 1)
        (ours,) = claim(store, "us")
        cluster.advance(url, 61)
        (theirs,) = claim(other, "them")
        key, made = (ours.schedule, ours.date, ours.slot), {"made": DUE, "documents": ()}
        posted, late = briefing(other), briefing(store)
        other.postings.note(posted, key=key, fence=theirs.fence, **made)
        store.postings.note(late, key=key, fence=ours.fence, **made)
        with store._database.read() as connection:
            noted = connection.exec_driver_sql("SELECT briefing FROM posting").scalars().all()

    assert noted == [posted]


def test_processes_that_plan_at_once_plan_once(url):
    with ThreadPoolExecutor(3) as pool, ExitStack() as stack:
        stores = [stack.enter_context(open_store(url)) for _ in range(3)]
        made = [schedule(stores[0], number) for number in range(1, 21)]
        list(pool.map(lambda store: planning.plan_due(store, DUE), stores))
        rows = [row for each in made for row in stores[0].deliveries.of(HOME, each.id)]

        assert [row.schedule for row in rows] == [each.id for each in made]
        assert stores[0].schedules.due(DUE) == ()


def test_what_arrives_has_the_time_of_the_database_and_of_no_process(url):
    slow = datetime.now(UTC) - timedelta(hours=1)
    with open_store(url) as store:
        store.documents.add(analysis("Ada Quill spoke."), arrived=lambda: slow)
        arrived = store.documents.newest_arrival(PUBLIC)

    assert abs(arrived - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_start_takes_nothing_from_a_process_that_lives(url):
    with open_store(url) as store, open_store(url) as other:
        due(store, 1)
        (ours,) = claim(store, "us")
        planning.take_over(other, DUE)

        assert claim(other, "them") == ()
        assert store.deliveries.save(replace(ours, state=State.SENT, message=7))


def test_a_message_is_published_by_one_of_two_that_want_to(cluster, url):
    with open_store(url) as store, open_store(url) as other:
        due(store, 1)
        (row,) = claim(store, "us")
        wanted = {"publish": Publishing.WANTED, "publish_at": DUE}
        store.deliveries.save(replace(row, state=State.SENT, message=7, **wanted))
        seen = store.deliveries.unpublished(DUE, busy=(), limit=8)
        took = [each.deliveries.publishing(seen[0], HOLD) for each in (store, other)]

        store.deliveries.published(replace(seen[0], publish=Publishing.DONE, publish_at=None))
        other.deliveries.published(replace(seen[0], publish_note="late."))

        assert took == [True, False]
        assert store.deliveries.again(row).publish is Publishing.DONE
        assert store.deliveries.again(row).publish_note == ""
