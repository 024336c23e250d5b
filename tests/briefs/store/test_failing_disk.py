"""A disk that fails at any write, or loses the end of the log, leaves a sound store behind."""

import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from briefs import documents, ingest, timing
from briefs.errors import NotFoundError, StoreError
from briefs.model import PUBLIC, DocumentId, State
from briefs.store import Hold, open_store
from tests.failing_disk import Disk, How

ROOT = Path(__file__).parents[3]
NOTES = 12
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

# writes one note after the other
WRITER = """
import os, sys
from datetime import UTC, datetime
from briefs.store import open_store

with open_store(sys.argv[1]) as store:
    for number in range(12):
        store.notices.tell(f"{number}:" + "x" * 3000, datetime.now(UTC))
    os._exit(0)
"""


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path}/test.db"
    with open_store(url):
        pass
    return url


def written(url):
    """Write, and die without putting the log into the file."""
    command = [sys.executable, "-c", WRITER, url]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)


def kept(url):
    """Return how many notes there are, one after the other from the first, in a sound store."""
    with open_store(url) as store:
        assert store.check(full=True) == ()
        there = [store.notices.told(f"{number}:", "x") for number in range(NOTES)]
    assert there == sorted(there, reverse=True)
    return sum(there)


def lived(url, found, done):
    """Live a little, and add to *done* what was acknowledged, until the disk fails."""
    with open_store(url) as store:
        for number in range(2):
            store.notices.tell(f"{number}:" + "x" * 3000, NOW)
            done.append(f"note {number}")
        store.documents.add(found, arrived=NOW)
        done.append("document")
        made = store.schedules.create(schedule())
        done.append("schedule")
        store.deliveries.plan(made, timing.plan(made, NOW))
        done.append("planned")
        (row,) = store.deliveries.claim("us", Hold(NOW, timedelta(0)), busy=(), limit=1)
        for state in (State.SENDING, State.SENT):
            assert store.deliveries.save(replace(row, state=state, message=9))
            done.append(state)


def there(store):
    """Return what there is of a life, in its order."""
    found = [f"note {number}" for number in range(2) if store.notices.told(f"{number}:", "x")]
    with suppress(NotFoundError):
        store.documents.get(PUBLIC, DocumentId(1))
        found += ["document"] if store.search.sentences(PUBLIC, "bridge").hits else ["unfound"]
    for made in store.schedules.every():
        found.append("schedule")
        for row in store.deliveries.of(PUBLIC, made.id):
            states = [State.PLANNED, State.SENDING, State.SENT]
            found += states[: states.index(row.state) + 1]
    return found


def schedule():
    words = {"name": "daily", "channel": 5, "times": "07:30", "days": "daily", "timezone": "UTC"}
    return timing.make(**words, scope=PUBLIC, now=NOW - timedelta(hours=6))


@pytest.mark.parametrize("how", How)
def test_a_disk_that_fails_at_any_write_loses_nothing_that_was_acknowledged(tmp_path, how):
    """At the n-th write, sync, truncation or deletion, for every n there is."""
    found = ingest.find(documents.of("Mayor Ada Quill opened the bridge.", title="A bridge"))
    fresh = tmp_path / "fresh.db"
    with open_store(f"sqlite:///{fresh}"):
        pass
    for step in count(1):
        path = tmp_path / f"{step}.db"
        shutil.copyfile(fresh, path)
        acknowledged = []
        with Disk(step, how) as disk, suppress(StoreError):
            lived(f"sqlite:///{path}", found, acknowledged)
        with open_store(f"sqlite:///{path}") as store:
            assert store.check(full=step % 5 == 0) == ()
            kept = there(store)
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) <= len(acknowledged) + 1
        if not disk.failed:
            break

    assert step > 50
    assert acknowledged == kept


@pytest.mark.parametrize("how", How)
def test_a_disk_that_fails_while_a_store_is_made_leaves_nothing_that_stops_the_next_start(
    tmp_path, how
):
    for step in count(1, 17):
        url = f"sqlite:///{tmp_path}/{step}.db"
        with Disk(step, how) as disk, suppress(StoreError), open_store(url):
            pass
        with open_store(url) as store:
            assert store.check() == ()
            assert store.installation.id
        if not disk.failed:
            break

    assert step > 50


@pytest.mark.parametrize("left", [0.0, 0.3, 0.7, 0.99])
def test_a_log_that_lost_its_end_leaves_what_was_before_it(url, tmp_path, left):
    written(url)
    log = tmp_path / "test.db-wal"
    size = log.stat().st_size
    with log.open("r+b") as file:
        file.truncate(int(size * left))

    assert 0 <= kept(url) < NOTES


def test_a_log_that_was_deleted_leaves_the_store_as_it_was_before_it(url, tmp_path):
    written(url)
    (tmp_path / "test.db-wal").unlink()

    assert kept(url) == 0
