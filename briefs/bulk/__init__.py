"""Many items in, one outcome for each, in the order of the items: over any executor, whatever dies.

Chunks of items go to the workers, a bounded number at a time. A pool that breaks (a worker was
killed, or ran out of memory) takes every chunk in flight with it, so each of those is run again
alone: the one that breaks the fresh pool too is halved until the single item is found, and that
item is set aside with its reason. No other item is lost, and none is blamed for its neighbour.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Generic, TypeVar

from briefs.bulk import limits, pools
from briefs.bulk.limits import writing
from briefs.bulk.outcomes import Done, Outcome, Quarantined
from briefs.bulk.pools import Inline, Processes, processes
from briefs.bulk.working import Failed, reason, work
from briefs.errors import DaybriefError

__all__ = [
    "Done", "Inline", "Outcome", "Processes", "Quarantined", "processes", "run", "writing",
]  # fmt: skip

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

_HOPELESS = 30  # pools broken in a row, with not one chunk finished in between


def _seconds(_: object) -> float:
    return limits.SECONDS


def run(
    make_executor: Callable[[], Executor],
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    chunk: int = 16,
    in_flight: int = 16,
    tries: int = 3,
    deadline: float = 600.0,
    seconds: Callable[[T], float] = _seconds,
) -> Iterator[Outcome[T, R]]:
    """Yield the outcome of *function* for each of *items*, in their order, as they come.

    The executors that *make_executor* gives are used up and shut down here. *function* stands at
    the top of its module, takes one item, and must be safe to call again. What it raises
    quarantines its item at once; an item that kills its worker is given *tries* chances. *items*
    is read no further ahead than a few times *chunk* x *in_flight*. In a worker process an item is
    set aside after as many *seconds* as it is allowed, and its neighbours go on.

    Raises DaybriefError when no chunk ends within *deadline* seconds beyond that, or when the
    workers die again and again without ending one. Outcomes yielded so far hold.
    """
    runner = _Runner(
        make_executor=make_executor,
        function=function,
        chunks=_chunks(items, chunk),
        in_flight=in_flight,
        ahead=4 * chunk * in_flight,
        tries=tries,
        deadline=deadline,
        seconds=seconds,
    )
    try:
        yield from runner.outcomes()
    except BaseException:  # the reader may also stop early, or press Ctrl-C
        pools.abandon(runner.executor)
        raise
    runner.executor.shutdown()


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


@dataclass(kw_only=True)
class _Runner(Generic[T, R]):
    make_executor: Callable[[], Executor]
    function: Callable[[T], R]
    chunks: Iterator[_Chunk[T]]
    in_flight: int  # chunks
    ahead: int  # items that may be finished and wait for an earlier one
    tries: int
    deadline: float
    seconds: Callable[[T], float]

    def __post_init__(self) -> None:
        self.executor = self.make_executor()
        self.pending: dict[Future[list[R | Failed]], _Chunk[T]] = {}
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
            allowed = tuple(self.seconds(item) for item in chunk.items)
            future = self.executor.submit(work, self.function, chunk.items, allowed)
        except BrokenExecutor:
            self.suspects.append(replace(chunk, suspect=True))
            self._restart()
            return False
        self.pending[future] = chunk
        return future.done()

    def _collect(self) -> None:
        """Wait until a chunk ends, and settle every one that has."""
        patience = self.deadline + max(map(self._allowed, self.pending.values()))
        done = wait(self.pending, timeout=patience, return_when=FIRST_COMPLETED).done
        if not done:
            raise DaybriefError(
                f"No worker has finished anything for {patience:,.0f} seconds, so the work was "
                f"stopped after {self.yielded} items; run it again to go on with the rest."
            )
        errors = [self._settle(future) for future in [f for f in self.pending if f in done]]
        if any(isinstance(error, BrokenExecutor) for error in errors):
            self._restart()

    def _allowed(self, chunk: _Chunk[T]) -> float:
        return sum(map(self.seconds, chunk.items))

    def _settle(self, future: Future[list[R | Failed]]) -> BaseException | None:
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
                if isinstance(value, Failed)
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
                index=chunk.start, item=chunk.items[0], reason=reason(error)
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
