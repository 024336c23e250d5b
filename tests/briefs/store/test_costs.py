"""What a question costs follows its answer, not the archive: counted in steps, never in seconds."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from sqlalchemy import event

from briefs.model import PUBLIC, Kind
from briefs.store import Store, open_store
from tests.briefs.store.library import HOUR, NOON, analysis

SMALL, MIDDLE, LARGE = 100, 320, 1600
FULL_LATER = {"complete", "roles"}  # their bounds, 300 and 200 rows, are reached in the middle
LETTERS = "bcdfghklmnprstvw"
CROWD = [f"Andr{a}e {b.upper()}e{a}ton" for a in LETTERS for b in LETTERS][:240]


def grow(store: Store, start: int, end: int) -> None:
    """Add documents that all name Andriy Taran, and four of a crowd."""
    for first in range(start, end, 100):
        made = [document(number) for number in range(first, min(first + 100, end))]
        store.documents.add_many(made, arrived=NOON + first * HOUR)


def document(number: int):
    others = [CROWD[(number * 7 + step * 61) % len(CROWD)] for step in range(4)]
    lines = [
        f"Foreign Minister Andriy Taran opened factory {number}.",
        "“It is ours,” said Taran.",
        *(f"{name} was there." for name in others),
    ]
    return analysis(
        "\n".join(lines),
        title=f"Factory {number} opens",
        people=["Andriy Taran", *others],
        published=NOON + number * HOUR,
    )


def steps(store: Store, ask: Callable[[], object]) -> int:
    """Count the instructions that the database runs to answer *ask*."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    def watch(connection, _record, _proxy) -> None:
        connection.set_progress_handler(step, 1)

    engine = store._database._readers
    event.listen(engine, "checkout", watch)
    try:
        ask()
    finally:
        event.remove(engine, "checkout", watch)
    return count


def questions(store: Store) -> dict[str, Callable[[], object]]:
    entities, documents = store.entities, store.documents
    (family,) = entities.find(PUBLIC, ["taran"])
    other, *_ = entities.find(PUBLIC, [CROWD[0].lower()])
    day = (NOON + 2 * HOUR * 24).date()
    newest = documents.listing(PUBLIC, limit=1).documents[0]
    until = documents.newest_arrival(PUBLIC)
    return {
        "suggest one letter": lambda: entities.suggest(PUBLIC, "a"),
        "suggest four letters": lambda: entities.suggest(PUBLIC, "andr"),
        "top": lambda: entities.top(PUBLIC, 20),
        "find": lambda: entities.find(PUBLIC, ["taran"]),
        "head": lambda: entities.head(PUBLIC, family),
        "mentions": lambda: entities.mentions(PUBLIC, family),
        "timeline": lambda: entities.timeline(PUBLIC, family, limit=50),
        "roles": lambda: entities.roles(PUBLIC, family),
        "quotes": lambda: entities.quotes(PUBLIC, family),
        "companions": lambda: entities.companions(PUBLIC, family, documents=50),
        "suggest what is misspelled": lambda: entities.suggest(PUBLIC, "tarran", keys=["tarran"]),
        "reasons": lambda: entities.reasons(PUBLIC, family, documents=50),
        "days": lambda: entities.days(PUBLIC, family, limit=4),
        "left open": lambda: entities.left_open(PUBLIC, family),
        "network": lambda: entities.network(PUBLIC, family, documents=50),
        "together": lambda: entities.together(PUBLIC, family, other, documents=50),
        "trending": lambda: store.trends.changes(PUBLIC, day, day, kinds=[Kind.PERSON]),
        "nearest": lambda: entities.nearest(PUBLIC, "Tarran"),
        "search": lambda: store.search.sentences(PUBLIC, "factory", window=50),
        "values": lambda: store.values.in_documents(PUBLIC, [newest.id]),
        "document": lambda: documents.get(PUBLIC, newest.id),
        "listing": lambda: documents.listing(PUBLIC, limit=25),
        "complete": lambda: documents.complete(PUBLIC, "zzz"),
        "counts": lambda: documents.counts(PUBLIC),
        "newest": lambda: documents.newest_arrival(PUBLIC),
        "window": lambda: documents.window(PUBLIC, until, until + HOUR),
    }


@pytest.fixture(scope="module")
def costs(tmp_path_factory):
    """The steps of every question, in a small store and in one sixteen times as large."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('costs')}/x.db") as store:
        found = []
        for start, end in pairwise((0, SMALL, MIDDLE, LARGE)):
            grow(store, start, end)
            found.append({name: steps(store, ask) for name, ask in questions(store).items()})
    return found


def test_no_question_costs_more_in_a_larger_archive(costs):
    small, middle, large = costs
    before = {name: (middle if name in FULL_LATER else small)[name] for name in large}

    assert all(before.values())
    assert {
        name: (before[name], large[name]) for name in large if large[name] > 1.5 * before[name]
    } == {}
