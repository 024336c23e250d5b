"""What feeds cost follows what is due and what is new: counted in steps, never in seconds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from briefs.model import PUBLIC
from briefs.store import Store, open_store
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON
from tests.briefs.store.sources import LATER, entry, feed, listing

FEW, MANY = 50, 800


@contextmanager
def counted(store: Store) -> Iterator[Callable[[], int]]:
    """Count the instructions that the database runs, for whoever writes and whoever reads."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    def watch(connection, _record, _proxy) -> None:
        connection.set_progress_handler(step, 1)

    engines = (store._database._readers, store._database._writer)
    for engine in engines:
        event.listen(engine, "checkout", watch)
    try:
        yield lambda: count
    finally:
        for engine in engines:
            event.remove(engine, "checkout", watch)


def steps(store: Store, ask: Callable[[Store], object]) -> int:
    with counted(store) as count:
        ask(store)
        return count()


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> Iterator[tuple[Store, Store]]:
    """A store with few idle feeds and one with many; in each, one feed of two servers is due."""
    folder = tmp_path_factory.mktemp("costs")
    with (
        open_store(f"sqlite:///{folder / 'few.db'}") as few,
        open_store(f"sqlite:///{folder / 'many.db'}") as many,
    ):
        for store, number in ((few, FEW), (many, MANY)):
            fill(store, number)
        yield few, many


def fill(store: Store, number: int) -> None:
    wanted = [feed(f"f {n}", url=f"https://f{n}.example/", origin="line") for n in range(number)]
    for each in store.feeds.add_many(wanted, NOON).added:
        articles = (entry(n, url=f"{each.url}{n}") for n in range(3))
        store.feeds.take(each, listing(*articles), NOON)
        store.feeds.save(replace(each, next_at=NOON + 9 * HOUR))
    for scope in (GUILD_A, GUILD_B):
        added = store.feeds.add(feed("own", scope=scope), NOON)
        store.feeds.take(added, listing(*range(50)), NOON)


def own(store: Store):
    return store.feeds.named(GUILD_A, "own")


QUESTIONS: dict[str, Callable[[Store], object]] = {
    "claim": lambda store: store.feeds.claim(NOON, until=NOON),
    "take the same": lambda store: store.feeds.take(own(store), listing(*range(50)), LATER),
    "take another": lambda store: store.feeds.take(own(store), listing(*range(51)), LATER),
    "save": lambda store: store.feeds.save(own(store)),
    "batch": lambda store: store.intake.batch(20),
    "pages": lambda store: store.intake.pages(20, NOON),
    "refused": lambda store: store.intake.refused(GUILD_B),
    "news": lambda store: store.documents.window(PUBLIC, NOON, LATER, news=True),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_idle_feeds_and_those_of_others_cost_nothing(both, name):
    few, many = both

    assert steps(many, QUESTIONS[name]) <= 1.3 * steps(few, QUESTIONS[name]) + 20


def test_a_listing_that_is_known_is_read_and_not_written(both):
    few, _ = both
    listed = listing(*range(50))
    store_wide = few.feeds.take(own(few), listed, LATER)
    before = few._database.path.with_name("few.db-wal").stat().st_size

    for _ in range(5):
        few.feeds.take(own(few), listed, LATER)

    assert store_wide.known == 50
    assert few._database.path.with_name("few.db-wal").stat().st_size == before
