"""Print what the database does for an answer in a small library and in one 16 times as large.

    python -m tests.benchmarks.steps [--documents N]

Steps are instructions of SQLite's virtual machine, so the figures are the same on every machine.
N is the size of the large library, 160,000 by default; it is built in a temporary file.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sqlalchemy import event

from briefs import ingest
from briefs.model import PUBLIC
from briefs.store import Store, open_store
from tests.benchmarks import synthetic
from tests.briefs.news import with_terms
from tests.briefs.store.library import NOON

Question: TypeAlias = Callable[[], object]

TIMES = 16  # the large library is as many times the small one
BATCH = 2_500  # documents that one transaction adds
DAY = timedelta(days=1)
# The most that the steps may grow. Lists of a card are bounded, so they may not grow either.
LIMITS: Mapping[str, float] = {
    "autocomplete, 1 letter": 1.0,
    "autocomplete, 4 letters": 1.0,
    "card: head": 1.5,
    "card: sentences": 1.5,
    "card: roles": 1.5,
    "card: quotes": 1.5,
    "card: companions": 1.3,
    "card: timeline": 1.1,
    "search of a common word": 1.5,
    "24-hour window": 1.0,
    "document by id": 1.0,
    "stories of 100 documents": 1.0,
    "placing 5 documents": 1.3,
}


class Cost(NamedTuple):
    """The steps of one question in both libraries."""

    small: int
    large: int

    @property
    def ratio(self) -> float:
        """How many times as much the large one takes."""
        return self.large / self.small


def main(arguments: Sequence[str] | None = None) -> None:
    """Build, count and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.steps")
    parser.add_argument("--documents", type=int, default=160_000)
    large = parser.parse_args(arguments).documents
    small = large // TIMES
    with tempfile.TemporaryDirectory() as folder:
        costs = measure(Path(folder), small, large, batch=min(BATCH, small))
    sys.stdout.write(f"{'':26}{small:>12,}{large:>12,}   ratio   limit\n")
    for name, cost in costs.items():
        over = "  over" if cost.ratio > LIMITS[name] + 0.005 else ""
        sys.stdout.write(
            f"{name:26}{cost.small:>12,}{cost.large:>12,}{cost.ratio:>8.2f}"
            f"{LIMITS[name]:>8.1f}{over}\n"
        )


def measure(folder: Path, small: int, large: int, *, batch: int) -> dict[str, Cost]:
    """Count the steps of each question at *small* and at *large* documents, *batch* a day."""
    with open_store(f"sqlite:///{folder / 'steps.db'}") as store:
        _grow(store, 0, small, batch)
        before = _asked(store, small)
        _grow(store, small, large, batch)
        after = _asked(store, large)
    return {name: Cost(before[name], after[name]) for name in before}


def _asked(store: Store, end: int) -> dict[str, int]:
    """Count the steps of each question, and those of placing the documents that come next."""
    counts = {name: count(store, ask) for name, ask in questions(store).items()}
    newest = store.documents.newest_arrival(PUBLIC)
    five = [with_terms(synthetic.document(end + number, series=1)) for number in range(5)]
    store.documents.add_many(five, arrived=newest)
    return counts | {"placing 5 documents": count_writing(store, lambda: ingest.place(store))}


def questions(store: Store) -> dict[str, Question]:
    """Return what is asked, by the names of LIMITS."""
    entities, documents = store.entities, store.documents
    (family,) = entities.find(PUBLIC, [synthetic.STAR.lower()])
    day = [each.id for each in documents.listing(PUBLIC, limit=100).documents]
    newest = documents.listing(PUBLIC, limit=1).documents[0]
    until = documents.newest_arrival(PUBLIC) + timedelta(seconds=1)
    return {
        "autocomplete, 1 letter": lambda: entities.suggest(PUBLIC, "a"),
        "autocomplete, 4 letters": lambda: entities.suggest(PUBLIC, "andr"),
        "card: head": lambda: entities.head(PUBLIC, family),
        "card: sentences": lambda: entities.mentions(PUBLIC, family),
        "card: roles": lambda: entities.roles(PUBLIC, family),
        "card: quotes": lambda: entities.quotes(PUBLIC, family),
        "card: companions": lambda: entities.companions(PUBLIC, family, documents=50),
        "card: timeline": lambda: entities.timeline(PUBLIC, family),
        "search of a common word": lambda: store.search.sentences(PUBLIC, synthetic.COMMON),
        "24-hour window": lambda: documents.window(PUBLIC, until - DAY, until),
        "document by id": lambda: documents.get(PUBLIC, newest.id),
        "stories of 100 documents": lambda: store.stories.among(PUBLIC, day),
    }


def count(store: Store, ask: Question) -> int:
    """Count the instructions that the database runs to answer *ask*."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    def watch(connection, _record, _proxy) -> None:
        connection.set_progress_handler(step, 1)

    engine = store._database._readers
    event.listen(engine, "checkout", watch)
    try:
        ask()
    finally:
        event.remove(engine, "checkout", watch)
    return steps


def count_writing(store: Store, act: Question) -> int:
    """Count the instructions that the database runs to do *act*, which may write."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    def watch(connection) -> None:
        connection.connection.driver_connection.set_progress_handler(step, 1)

    engine = store._database._writer
    event.listen(engine, "begin", watch)
    try:
        act()
    finally:
        event.remove(engine, "begin", watch)
    with store._database.write() as connection:
        connection.connection.driver_connection.set_progress_handler(None, 0)
    return steps


def _grow(store: Store, start: int, end: int, batch: int) -> None:
    for number, made in enumerate(synthetic.batches(start, end, size=batch), start // batch):
        store.documents.add_many([with_terms(each) for each in made], arrived=NOON + number * DAY)
        ingest.place(store)


if __name__ == "__main__":
    main()
