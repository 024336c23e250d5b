"""A disk that fails at any write, or loses the end of the log, leaves a sound store behind."""

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from briefs.store import open_store

ROOT = Path(__file__).parents[3]
NOTES = 12
FRAME = 4_120  # bytes that one page takes in the log
LEAST = 40_000  # the index of the log, which is there before anything is written

# writes one note after the other, and names each that was acknowledged
WRITER = """
import os, resource, sys
from datetime import UTC, datetime
from briefs.errors import StoreError
from briefs.store import open_store

url, most = sys.argv[1], int(sys.argv[2])
with open_store(url) as store:
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    for number in range(12):
        try:
            store.notices.tell(f"{number}:" + "x" * 3000, datetime.now(UTC))
        except StoreError as error:
            print("failed:", error, file=sys.stderr)
            break
        print(number, flush=True)
    os._exit(0)
"""


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path}/test.db"
    with open_store(url):
        pass
    return url


def written(url, most=0):
    """Write until the disk fails at *most* bytes of a file; return how many were acknowledged."""
    done = subprocess.run(
        [sys.executable, "-c", WRITER, url, str(most)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return len(done.stdout.split()), done.stderr


def kept(url):
    """Return how many notes there are, one after the other from the first, in a sound store."""
    with open_store(url) as store:
        assert store.check(full=True) == ()
        there = [store.notices.told(f"{number}:", "x") for number in range(NOTES)]
    assert there == sorted(there, reverse=True)
    return sum(there)


def test_a_disk_that_fails_at_any_write_loses_nothing_that_was_acknowledged(tmp_path):
    failed = 0
    for step in count():
        url = f"sqlite:///{tmp_path}/{step}.db"
        with open_store(url):
            pass
        acknowledged, said = written(url, LEAST + step * 2 * FRAME)
        assert kept(url) >= acknowledged
        if acknowledged == NOTES:
            break
        assert "failed:" in said
        failed += 1

    assert failed > 2


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
