"""The one door from async to sync: threads for the store, an executor for analysis."""

import asyncio
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.worker import Worker
from briefs import bulk
from briefs.errors import DaybriefError, DocumentError, NotFoundError
from briefs.model import PUBLIC
from briefs.store import open_store


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/daybrief.db") as opened:
        yield opened


@pytest.fixture
def work(store):
    worker = Worker(store, lambda: ThreadPoolExecutor(1))
    yield worker
    worker.close()


@pytest.fixture
def processes(store):
    worker = Worker(store, lambda: bulk.processes(1), deadline=20.0)
    yield worker
    worker.close()


def where(store):
    return threading.current_thread().name


def fail(*_):
    raise NotFoundError("There is no such thing.")


def refuse():
    raise DocumentError("a.txt", "it is empty.")


def die(marker):
    """Kill the process the first time."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def die_always():
    os.kill(os.getpid(), signal.SIGKILL)


def how_many(store):
    return store.documents.newest_arrival(PUBLIC), str(Path.cwd())


async def test_reads_and_writes_have_threads_of_their_own(work):
    names = [await work(where), await work.write(where), await work.slowly(where)]

    assert [name.rpartition("_")[0] for name in names] == [
        "daybrief-read",
        "daybrief-write",
        "daybrief-slow",
    ]


async def test_writes_come_one_at_a_time_in_their_order(work):
    seen = []

    def note(store, number):
        time.sleep(0.01 if number == 0 else 0)
        seen.append(number)

    await asyncio.gather(*(work.write(note, number) for number in range(5)))

    assert seen == [0, 1, 2, 3, 4]


async def test_a_slow_job_holds_nobody_up(work):
    release = threading.Event()

    job = asyncio.create_task(work.slowly(lambda _: release.wait(10)))

    assert await work(lambda _: "read") == "read"
    assert await work.write(lambda _: "written") == "written"
    release.set()
    assert await job


async def test_an_error_is_raised_where_the_answer_was_awaited(work):
    with pytest.raises(NotFoundError, match="no such thing"):
        await work(fail)
    with pytest.raises(NotFoundError, match="no such thing"):
        await work.write(fail)


async def test_analysis_runs_in_another_process(processes):
    assert await processes.analyse(os.getpid) != os.getpid()


async def test_an_error_of_the_analysis_keeps_its_words(processes):
    with pytest.raises(DaybriefError, match=r"a\.txt: it is empty\."):
        await processes.analyse(refuse)

    assert await processes.analyse(abs, -1) == 1


async def test_an_unexpected_error_of_the_analysis_comes_with_its_traceback(work):
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        await work.analyse(divmod, 1, 0)


async def test_a_worker_that_dies_is_replaced_and_asked_again(processes, tmp_path):
    assert await processes.analyse(die, tmp_path / "marker") == "alive"


async def test_a_document_that_kills_every_worker_is_given_up(processes):
    with pytest.raises(DaybriefError, match="more memory than there is"):
        await processes.analyse(die_always)

    assert await processes.analyse(abs, -1) == 1


async def test_a_document_that_hangs_is_given_up_and_its_worker_ended(store):
    worker = Worker(store, lambda: bulk.processes(1), deadline=0.3)

    with pytest.raises(DaybriefError, match=r"given up after 0\.3 seconds"):
        await worker.analyse(time.sleep, 60)

    worker.close()


async def test_what_runs_apart_finds_a_database_that_is_named_from_here(tmp_path, monkeypatch):
    """Its process is in a folder of its own, and has nothing of ours."""
    monkeypatch.chdir(tmp_path)
    with open_store("sqlite:///here.db") as store:
        worker = Worker(store, lambda: bulk.processes(1), deadline=20.0)

        newest, folder = await worker.apart(how_many)

        worker.close()
    assert (newest, folder != str(tmp_path)) == (None, True)
