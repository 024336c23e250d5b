"""Schedules of config.toml that were changed while the bot was not running."""

from datetime import UTC, datetime

import pytest

from bot.client import schedules
from briefs import timing
from briefs.model import Scope, State
from briefs.store import open_store

HOME = Scope(70)


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/test.db") as opened:
        yield opened


def at(day, hour, minute=0):
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def filed(now, times="07:30", days="daily"):
    words = {"name": "morning", "channel": 5, "timezone": "UTC", "scope": HOME, "owner": "file"}
    return timing.make(times=times, days=days, now=now, **words)


def rows(store):
    (kept,) = store.schedules.every()
    return [(row.date.day, row.due.hour, row.state) for row in store.deliveries.of(HOME, kept.id)]


def test_days_that_were_added_are_not_called_missed(store):
    schedules.sync(store, [filed(at(5, 0), days="mon")], at(5, 0))
    (kept,) = store.schedules.every()
    store.deliveries.plan(kept, timing.plan(kept, at(5, 8)))
    schedules.sync(store, [filed(at(8, 9))], at(8, 9))

    assert rows(store) == [(5, 7, State.PLANNED)]
    (kept,) = store.schedules.every()
    assert timing.plan(kept, at(9, 8)).send.date.day == 9


def test_what_was_due_before_the_change_is_recorded_as_the_file_said_then(store):
    schedules.sync(store, [filed(at(5, 0))], at(5, 0))
    schedules.sync(store, [filed(at(7, 8), times="18:00")], at(7, 8))

    assert rows(store) == [
        (7, 7, State.PLANNED),
        (6, 7, State.SKIPPED),
        (5, 7, State.SKIPPED),
    ]


def test_what_the_file_does_not_change_is_left_to_the_next_tick(store):
    schedules.sync(store, [filed(at(5, 0))], at(5, 0))
    synced = schedules.sync(store, [filed(at(7, 8))], at(7, 8))

    assert synced.changed == ()
    assert rows(store) == []
