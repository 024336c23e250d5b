"""bulk.run: one outcome per item, in order, whatever the workers do."""

import gc
import itertools
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import bulk
from briefs.bulk import limits, starting
from briefs.documents import pdf
from briefs.errors import DaybriefError, DocumentError

TWO = partial(bulk.processes, 2)


def double(item: int) -> int:
    return 2 * item


def refuse_seven(item: int) -> int:
    if item == 7:
        raise DocumentError("seven.txt", "it is empty")
    return item


def divide(item: int) -> float:
    return 1 / item


def die_on_thirteen(item: int) -> int:
    if item == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def make_unpicklable(item: int) -> object:
    return threading.Lock() if item == 2 else item


def niceness_and_interrupt(_: int) -> tuple[int, bool]:
    return os.nice(0), signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def take_memory(item: int) -> int:
    return len(bytearray(item))


def compute(item: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (1, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    while item:
        pass
    return item


def open_for_ever(item: int) -> int:
    with pdf.in_time(seconds=1):
        while item:
            pass
    return resource.getrlimit(resource.RLIMIT_CPU)[0]


def limits_and_environment(_: int) -> tuple[int, int, int, list[str]]:
    soft = [resource.getrlimit(what)[0] for what in (resource.RLIMIT_AS, resource.RLIMIT_CORE)]
    seconds = resource.getrlimit(resource.RLIMIT_CPU)[0]
    secret = [name for name in os.environ if "TOKEN" in name or "DAYBRIEF" in name]
    return soft[0], soft[1], seconds, secret


def what_it_inherited(_: int) -> tuple[int, bytes, str, list[str], int]:
    environ = Path("/proc/self/environ").read_bytes() if Path("/proc/self").exists() else b""
    here = Path.cwd()
    content = [each.name for each in here.iterdir()]
    return os.getpid(), environ, str(here), content, here.stat().st_mode & 0o777


def write(path: str) -> int:
    return Path(path).write_text("gotcha", encoding="utf-8")


def sleep_at_three(item: int) -> tuple[int, int]:
    if item == 3:
        time.sleep(60)
    return item, os.getpid()


def swallow_and_sleep(item: int) -> int:
    """Go on like a library that catches every Exception."""
    while item:
        with suppress(Exception):
            time.sleep(60)
    return item


def hold_on_in_c(item: int) -> int:
    with limits.in_time(0.2, grace=0.2):
        return sum(itertools.repeat(0)) if item else item


def half_a_second(_: int) -> float:
    return 0.5


class Fragile(Executor):
    """Runs inline, and breaks for good (as a pool does) when *deadly* is among the items."""

    def __init__(self, deadly: frozenset[int]) -> None:
        self.deadly = deadly
        self.broken = False

    def submit(self, fn: Callable, /, *args: object, **kwargs: object) -> Future:
        if self.broken:
            raise BrokenExecutor("this pool is broken")
        future: Future = Future()
        self.broken = not self.deadly.isdisjoint(args[1])
        if self.broken:
            future.set_exception(BrokenExecutor("a worker died"))
        else:
            future.set_result(fn(*args))
        return future


class Deaf(Executor):
    """Never answers."""

    def submit(self, fn: Callable, /, *args: object, **kwargs: object) -> Future:
        return Future()


class Stillborn(Executor):
    """Is broken from the start, as a pool is whose workers cannot start."""

    def submit(self, fn: Callable, /, *args: object, **kwargs: object) -> Future:
        raise BrokenExecutor("no worker could start")


@given(st.integers(0, 40), st.integers(1, 9), st.integers(1, 5))
@settings(deadline=None)
def test_every_item_has_its_outcome_in_order(many: int, chunk: int, in_flight: int):
    found = list(bulk.run(bulk.Inline, double, range(many), chunk=chunk, in_flight=in_flight))

    assert found == [bulk.Done(index=i, item=i, value=2 * i) for i in range(many)]


def test_processes_give_the_same_outcomes_as_inline():
    found = list(bulk.run(TWO, double, range(100), chunk=7, in_flight=4))

    assert found == list(bulk.run(bulk.Inline, double, range(100)))


def test_a_worker_killed_by_one_item_costs_that_item_alone():
    found = list(bulk.run(TWO, die_on_thirteen, range(20), chunk=5, in_flight=4, tries=2))

    assert [item.index for item in found] == list(range(20))
    assert [item.index for item in found if isinstance(item, bulk.Quarantined)] == [13]
    assert "died" in found[13].reason


@given(st.frozensets(st.integers(0, 29), max_size=4), st.integers(1, 8), st.integers(1, 4))
@settings(deadline=None)
def test_exactly_the_deadly_items_are_quarantined(
    deadly: frozenset[int], chunk: int, in_flight: int
):
    make = partial(Fragile, deadly)

    found = list(bulk.run(make, double, range(30), chunk=chunk, in_flight=in_flight, tries=2))

    assert [item.index for item in found] == list(range(30))
    assert {item.index for item in found if isinstance(item, bulk.Quarantined)} == deadly


def test_a_neighbour_in_flight_is_never_blamed():
    """Chunks of one: a broken pool takes innocent single items with it, again and again."""
    found = list(bulk.run(TWO, die_on_thirteen, range(8, 18), chunk=1, in_flight=8, tries=1))

    assert [item.item for item in found if isinstance(item, bulk.Quarantined)] == [13]


def test_an_error_of_ours_is_the_reason_in_its_own_words():
    """DocumentError does not survive pickling, so the words must be made in the worker."""
    found = list(bulk.run(TWO, refuse_seven, range(10), chunk=4))

    assert found[7] == bulk.Quarantined(index=7, item=7, reason="seven.txt: it is empty")
    assert sum(isinstance(item, bulk.Done) for item in found) == 9


def test_any_other_error_is_named():
    (found,) = bulk.run(bulk.Inline, divide, [0])

    assert found == bulk.Quarantined(index=0, item=0, reason="ZeroDivisionError: division by zero")


def test_a_value_that_cannot_travel_quarantines_its_item():
    found = list(bulk.run(TWO, make_unpicklable, range(4), chunk=4, tries=1))

    assert [type(item) for item in found] == [
        bulk.Done,
        bulk.Done,
        bulk.Quarantined,
        bulk.Done,
    ]


def test_silence_past_the_deadline_ends_with_a_remedy():
    with pytest.raises(DaybriefError, match="run it again"):
        list(bulk.run(Deaf, double, [0], deadline=0.01, seconds=double))


def test_workers_that_cannot_start_end_the_run():
    with pytest.raises(DaybriefError, match="inline"):
        list(bulk.run(Stillborn, double, [1]))


def test_outcomes_stream_while_items_are_still_being_read():
    read = []

    def items() -> Iterator[int]:
        for item in range(1_000):
            read.append(item)
            yield item

    first = next(iter(bulk.run(bulk.Inline, double, items(), chunk=2, in_flight=3)))

    assert first == bulk.Done(index=0, item=0, value=0)
    assert len(read) == 2


def test_items_are_not_read_far_ahead_of_one_that_is_slow():
    gate = threading.Event()
    read = []

    def items() -> Iterator[int]:
        for item in range(1_000):
            read.append(item)
            if item == 100:
                gate.set()
            yield item

    def wait_at_zero(item: int) -> int:
        if item == 0:
            gate.wait(0.2)
        return item

    found = bulk.run(partial(ThreadPoolExecutor, 2), wait_at_zero, items(), chunk=1, in_flight=2)
    next(found)
    ahead = len(read)
    found.close()

    assert ahead < 20


def test_stopping_early_ends_the_workers():
    made: list[bulk.Processes] = []

    def make() -> bulk.Processes:
        made.append(bulk.processes(1))
        return made[-1]

    found = bulk.run(make, double, range(100), chunk=1, in_flight=2)
    next(found)
    found.close()

    with pytest.raises(RuntimeError):
        made[0].submit(double, 1)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no niceness")
def test_workers_have_low_priority_and_leave_ctrl_c_to_the_parent():
    (found,) = bulk.run(partial(bulk.processes, 1), niceness_and_interrupt, [0])

    assert found.value == (min(19, os.nice(0) + 10), True)


def test_workers_have_limits_and_know_no_secret(monkeypatch):
    monkeypatch.setenv("DAYBRIEF_DISCORD__TOKEN", "secret")
    monkeypatch.setenv("SOME_TOKEN", "secret")

    (found,) = bulk.run(partial(bulk.processes, 1), limits_and_environment, [0])

    memory, core, seconds, secret = found.value
    assert (memory, core, secret) == (2 * 1024**3, 0, [])
    assert 0 < seconds <= 510


def test_an_item_that_wants_too_much_memory_is_set_aside_alone():
    large, small = bulk.run(partial(bulk.processes, 1), take_memory, [3 * 1024**3, 10])

    assert "more than the 2 GB of memory" in large.reason
    assert small.value == 10


def test_an_item_that_never_ends_is_set_aside_alone():
    endless, other = bulk.run(partial(bulk.processes, 1), compute, [1, 0], tries=1)

    assert "for want of memory or of time" in endless.reason
    assert other.value == 0


def test_a_pdf_that_is_never_open_is_set_aside_alone():
    endless, other = bulk.run(partial(bulk.processes, 1), open_for_ever, [1, 0], tries=1)

    assert "for want of memory or of time" in endless.reason
    assert other.value > 100


def test_an_item_that_hangs_is_set_aside_and_its_neighbours_and_worker_go_on():
    found = list(
        bulk.run(partial(bulk.processes, 1), sleep_at_three, range(6), seconds=half_a_second)
    )

    assert [item.index for item in found if isinstance(item, bulk.Quarantined)] == [3]
    assert found[3].reason == "was given up after 0.5 seconds: split it."
    assert len({item.value[1] for item in found if isinstance(item, bulk.Done)}) == 1


def test_an_item_that_catches_every_error_is_given_up_all_the_same():
    make = partial(bulk.processes, 1)

    endless, other = bulk.run(make, swallow_and_sleep, [1, 0], seconds=half_a_second)

    assert "was given up" in endless.reason
    assert other.value == 0


def test_an_item_that_hangs_where_no_alarm_is_heard_costs_its_process():
    endless, other = bulk.run(partial(bulk.processes, 1), hold_on_in_c, [1, 0], tries=1)

    assert "for want of memory or of time" in endless.reason
    assert other.value == 0


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_a_worker_is_executed_without_our_environment(monkeypatch):
    """What it was executed with is there for good, whatever it deletes later."""
    monkeypatch.setenv("DAYBRIEF_DISCORD__TOKEN", "secret")

    (found,) = bulk.run(partial(bulk.processes, 1), what_it_inherited, [0])

    names = {each.partition(b"=")[0] for each in found.value[1].split(b"\0") if each}
    assert found.value[0] != os.getpid()
    assert names <= {b"LC_ALL", b"OPENBLAS_NUM_THREADS", *map(str.encode, starting._NEEDED)}


def test_a_worker_works_in_an_empty_folder_that_goes_away_with_it():
    (found,) = bulk.run(partial(bulk.processes, 1), what_it_inherited, [0])

    _, _, folder, content, mode = found.value
    assert (content, mode) == ([], 0o500)
    assert folder != str(Path.cwd())
    gc.collect()
    assert not Path(folder).exists()


def test_a_worker_cannot_write_a_file(tmp_path):
    """In a process of its own: where what is logged goes to a file, as here, it may."""
    script = (
        "from functools import partial\n"
        "from briefs import bulk\n"
        "from tests.briefs import test_bulk\n"
        "if __name__ == '__main__':\n"
        f"    items = ['here.txt', {str(tmp_path / 'there.txt')!r}]\n"
        "    for each in bulk.run(partial(bulk.processes, 1), test_bulk.write, items):\n"
        "        print(each.reason)\n"
    )
    (tmp_path / "script.py").write_text(script, encoding="utf-8")

    ended = subprocess.run(
        [sys.executable, tmp_path / "script.py"],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )

    refused = ended.stdout.splitlines()
    assert len(refused) == 2
    assert all("too large" in each or "Permission denied" in each for each in refused)
    assert (tmp_path / "there.txt").read_bytes() == b""
