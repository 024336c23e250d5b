"""Who has what for how long, among processes that share a store; alone one has everything."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from briefs.store import open_store

NOW = datetime(2026, 1, 1, tzinfo=UTC)  # no process's clock counts
MINUTE = timedelta(minutes=1)


@pytest.fixture
def url(cluster):
    address = cluster.store()
    cluster.give_clock(address)
    yield address
    cluster.drop(address)


def take(store, name: str, owner: str) -> bool:
    return store.leases.take(name, owner, MINUTE, NOW)


def test_one_has_it_until_it_ends_or_is_given_back(cluster, url):
    with open_store(url) as store, open_store(url) as other:
        first = [take(store, "library", "a"), take(other, "library", "b")]
        again = take(store, "library", "a")
        cluster.advance(url, 61)
        after = take(other, "library", "b")
        other.leases.free("b", NOW)
        nobody = store.leases.is_taken("library", NOW)
        freed = take(store, "library", "a")
        somebody = other.leases.is_taken("library", NOW)

    assert (nobody, somebody) == (False, True)
    assert (first, again, after, freed) == ([True, False], True, True, True)


def test_of_many_that_want_it_at_once_one_gets_it(url):
    with ThreadPoolExecutor(4) as pool, ExitStack() as stack:
        stores = [stack.enter_context(open_store(url)) for _ in range(4)]
        taken = [*pool.map(lambda store, owner: take(store, "x", owner), stores, "abcd")]

    assert sum(taken) == 1


def test_processes_that_live_are_counted(cluster, url):
    with open_store(url) as store:
        for owner in "abc":
            take(store, f"posts:{owner}", owner)
        take(store, "library", "a")
        three = store.leases.count("posts:", NOW)
        cluster.advance(url, 30)
        take(store, "posts:a", "a")
        cluster.advance(url, 31)
        one = store.leases.count("posts:", NOW)
        cluster.advance(url, 4000)
        none = store.leases.count("posts:", NOW)

        assert (three, one, none) == (3, 1, 0)
        with store._database.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM lease").scalar() == 0


def test_a_lease_of_a_clock_that_was_far_ahead_keeps_nobody_waiting(cluster, url):
    with open_store(url) as store:
        cluster.advance(url, 100_000)
        take(store, "library", "a")
        cluster.advance(url, -100_000)

        assert take(store, "library", "b")


def test_who_is_alone_with_its_store_has_everything(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/x.db") as store:
        assert take(store, "library", "a")
        assert take(store, "library", "b")
        assert store.leases.count("posts:", NOW) == 1
        assert not store.leases.is_taken("library", NOW)
        assert store.leases.clock(NOW) == NOW
