"""Many items in, one outcome for each, in the order of the items: over any executor, whatever dies.

Chunks of items go to the workers, a bounded number at a time. A pool that breaks (a worker was
killed, or ran out of memory) takes every chunk in flight with it, so each of those is run again
alone: the one that breaks the fresh pool too is halved until the single item is found, and that
item is set aside with its reason. No other item is lost, and none is blamed for its neighbour.
"""

import logging
import multiprocessing
import os
import re
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Generic, ParamSpec, TypeAlias, TypeVar

from briefs.errors import DaybriefError

try:
    import resource
except ImportError:  # on Windows, where nothing is limited
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")

_HOPELESS = 30  # pools broken in a row, with not one chunk finished in between
_TASKS = 1_000  # chunks that a worker process does before a fresh one takes its place
_NICENESS = 10
_MEMORY = 2 * 1024**3  # bytes of address space of a worker
_SECONDS = 500  # of computing that one item may take in a worker; 10 MB of prose take half
# What a worker may know of the machine: no token, no password, no address is among it.
_KNOWN = re.compile(
    r"(?:PATH|HOME|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|VIRTUAL_ENV|LD_LIBRARY_PATH"
    r"|PYTHON\w*|\w+_NUM_THREADS|MPLCONFIGDIR|XDG_CACHE_HOME|COVERAGE\w*)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[T, R]):
    """An item, counted from 0, with what the function made of it."""

    index: int
    item: T
    value: R


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined(Generic[T]):
    """An item that the function cannot do; `reason` is fit to show to a user."""

    index: int
    item: T
    reason: str


Outcome: TypeAlias = Done[T, R] | Quarantined[T]


def run(
    make_executor: Callable[[], Executor],
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    chunk: int = 16,
    in_flight: int = 16,
    tries: int = 3,
    deadline: float = 600.0,
) -> Iterator[Outcome[T, R]]:
    """Yield the outcome of *function* for each of *items*, in their order, as they come.

    The executors that *make_executor* gives are used up and shut down here. *function* stands at
    the top of its module, takes one item, and must be safe to call again. What it raises
    quarantines its item at once; an item that kills its worker is given *tries* chances. *items*
    is read no further ahead than a few times *chunk* x *in_flight*.

    Raises DaybriefError when no chunk ends within *deadline* seconds, or when the workers die
    again and again without ending one. Outcomes yielded so far hold.
    """
    runner = _Runner(
        make_executor=make_executor,
        function=function,
        chunks=_chunks(items, chunk),
        in_flight=in_flight,
        ahead=4 * chunk * in_flight,
        tries=tries,
        deadline=deadline,
    )
    try:
        yield from runner.outcomes()
    except BaseException:  # the reader may also stop early, or press Ctrl-C
        _abandon(runner.executor)
        raise
    runner.executor.shutdown()


class Inline(Executor):
    """An executor that does the work at once, in the caller's own thread."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Call *fn* now, and return a future that is done."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is handed on, as every executor does
            future.set_exception(error)
        return future


class Processes(ProcessPoolExecutor):
    """Worker processes that can be killed."""

    def kill(self) -> None:
        """End the workers whatever they are doing; one that never ends would hold up our exit."""
        for process in list((self._processes or {}).values()):
            process.kill()


def processes(workers: int) -> Processes:
    """Return *workers* processes of low priority, which leave Ctrl-C to their parent."""
    return Processes(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        max_tasks_per_child=_TASKS,
    )


def _start_worker() -> None:
    for name in [name for name in os.environ if not _KNOWN.match(name)]:
        del os.environ[name]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the workers are the threads
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICENESS)
    if resource is not None:
        _limit(resource.RLIMIT_AS, _MEMORY)
        _limit(resource.RLIMIT_CORE, 0)  # a core would hold the text of documents
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _limit(what: int, most: int) -> None:
    """Lower a limit of this process, as far as that is not lower already."""
    hard = resource.getrlimit(what)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (soft, hard))


def _allow_an_item() -> None:
    """Let a worker compute for so long from now on; one that goes on longer is ended."""
    if resource is not None and multiprocessing.parent_process() is not None:
        _limit(resource.RLIMIT_CPU, int(time.process_time()) + _SECONDS)


def _end_with_parent() -> None:
    """End when the parent does: after a kill -9 of it, workers would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _abandon(executor: Executor) -> None:
    if isinstance(executor, Processes):
        executor.kill()
    executor.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Chunk(Generic[T]):
    start: int  # the number of its first item
    items: tuple[T, ...]
    suspect: bool = False  # it was there when a pool broke, or failed: it runs alone
    failures: int = 0  # how often it broke a pool of its own; counted for a single item

    def halves(self) -> tuple["_Chunk[T]", "_Chunk[T]"]:
        middle = len(self.items) // 2
        return (
            replace(self, items=self.items[:middle]),
            replace(self, start=self.start + middle, items=self.items[middle:]),
        )


def _chunks(items: Iterable[T], size: int) -> Iterator[_Chunk[T]]:
    rest = iter(items)
    for start in count(0, size):
        taken = tuple(islice(rest, size))
        if not taken:
            return
        yield _Chunk(start, taken)


@dataclass(frozen=True, slots=True)
class _Failed:
    reason: str


def _work(function: Callable[[T], R], items: tuple[T, ...]) -> list[R | _Failed]:
    """Run in the worker: errors become words here, because not every error survives pickling."""
    return [_attempt(function, item) for item in items]


def _attempt(function: Callable[[T], R], item: T) -> R | _Failed:
    _allow_an_item()
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 - whatever an item does must not end the run
        return _Failed(_reason(error))


def _reason(error: BaseException) -> str:
    if isinstance(error, BrokenExecutor):
        return "the process that worked on it died, for want of memory or of time: split it."
    if isinstance(error, MemoryError):
        return f"needs more than the {_MEMORY // 1024**3} GB of memory that there are: split it."
    if isinstance(error, DaybriefError):
        return str(error)
    return f"{type(error).__name__}: {error}"


@dataclass(kw_only=True)
class _Runner(Generic[T, R]):
    make_executor: Callable[[], Executor]
    function: Callable[[T], R]
    chunks: Iterator[_Chunk[T]]
    in_flight: int  # chunks
    ahead: int  # items that may be finished and wait for an earlier one
    tries: int
    deadline: float

    def __post_init__(self) -> None:
        self.executor = self.make_executor()
        self.pending: dict[Future[list[R | _Failed]], _Chunk[T]] = {}
        self.suspects: deque[_Chunk[T]] = deque()
        self.ready: dict[int, Outcome[T, R]] = {}
        self.yielded = 0
        self.breaks = 0

    def outcomes(self) -> Iterator[Outcome[T, R]]:
        while self._fill():
            self._collect()
            while self.yielded in self.ready:
                yield self.ready.pop(self.yielded)
                self.yielded += 1

    def _fill(self) -> bool:
        """Keep the workers busy; False when nothing is left to do."""
        while self._has_room():
            chunk = self.suspects.popleft() if self.suspects else next(self.chunks, None)
            if chunk is None or self._submit(chunk):
                break
        return bool(self.pending)

    def _has_room(self) -> bool:
        if self.suspects or any(chunk.suspect for chunk in self.pending.values()):
            return not self.pending
        return len(self.pending) < self.in_flight and len(self.ready) < self.ahead

    def _submit(self, chunk: _Chunk[T]) -> bool:
        """Hand *chunk* over; True when it is done already, as it is when the work is inline."""
        try:
            future = self.executor.submit(_work, self.function, chunk.items)
        except BrokenExecutor:
            self.suspects.append(replace(chunk, suspect=True))
            self._restart()
            return False
        self.pending[future] = chunk
        return future.done()

    def _collect(self) -> None:
        """Wait until a chunk ends, and settle every one that has."""
        done = wait(self.pending, timeout=self.deadline, return_when=FIRST_COMPLETED).done
        if not done:
            raise DaybriefError(
                f"No worker has finished anything for {self.deadline:g} seconds, so the work was "
                f"stopped after {self.yielded} items; run it again to go on with the rest."
            )
        errors = [self._settle(future) for future in [f for f in self.pending if f in done]]
        if any(isinstance(error, BrokenExecutor) for error in errors):
            self._restart()

    def _settle(self, future: Future[list[R | _Failed]]) -> BaseException | None:
        chunk = self.pending.pop(future)
        error = future.exception()
        if error is not None:
            self._blame(chunk, error)
            return error
        self.breaks = 0
        for index, (item, value) in enumerate(
            zip(chunk.items, future.result(), strict=True), chunk.start
        ):
            self.ready[index] = (
                Quarantined(index=index, item=item, reason=value.reason)
                if isinstance(value, _Failed)
                else Done(index=index, item=item, value=value)
            )
        return None

    def _blame(self, chunk: _Chunk[T], error: BaseException) -> None:
        """Run a chunk that failed alone, then in halves, then its single item *tries* times."""
        failures = chunk.failures + 1
        if not chunk.suspect:
            self.suspects.append(replace(chunk, suspect=True))
        elif len(chunk.items) > 1:
            self.suspects.extendleft(reversed(chunk.halves()))
        elif failures < self.tries:
            self.suspects.appendleft(replace(chunk, failures=failures))
        else:
            log.warning("item %s is quarantined after %s tries", chunk.start, failures)
            self.ready[chunk.start] = Quarantined(
                index=chunk.start, item=chunk.items[0], reason=_reason(error)
            )

    def _restart(self) -> None:
        self.breaks += 1
        if self.breaks > _HOPELESS:
            raise DaybriefError(
                f"The worker processes died {self.breaks} times in a row, so the work was stopped "
                f'after {self.yielded} items; set analysis.executor = "inline" to see why.'
            )
        log.warning("a worker process died; %s chunks run again", len(self.pending) or 1)
        self.suspects.extend(replace(chunk, suspect=True) for chunk in self.pending.values())
        self.pending.clear()
        self.executor.shutdown(wait=False)
        self.executor = self.make_executor()
