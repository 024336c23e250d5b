"""The one door from async to sync: reads, writes, analysis, and what may take minutes."""

import asyncio
import functools
import logging
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from briefs import bulk, ingest, stories, summaries
from briefs.errors import DaybriefError

if TYPE_CHECKING:  # the analysis processes import this module, and need no database
    from briefs.store import Store

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

READERS = 4
DEADLINE = 60.0  # seconds that one document may take


class Worker:
    """Calls functions of the store in threads, and analysis in an executor of its own.

    The executor that *make_executor* gives serves commands only: bulk work brings its own, so that
    a command never queues behind it. It is replaced when its worker dies or hangs.
    """

    def __init__(
        self,
        store: "Store",
        make_executor: Callable[[], Executor],
        *,
        deadline: float = DEADLINE,
    ) -> None:
        self._store = store
        self._make_executor = make_executor
        self._deadline = deadline
        self._analysis = make_executor()
        self._readers = ThreadPoolExecutor(READERS, "daybrief-read")
        self._writer = ThreadPoolExecutor(1, "daybrief-write")
        self._slow = ThreadPoolExecutor(1, "daybrief-slow")

    def beside(self, *, deadline: float = DEADLINE) -> "Worker":
        """Return another worker on the same store: neither ever waits for the other."""
        return Worker(self._store, self._make_executor, deadline=deadline)

    async def __call__(
        self, function: Callable[Concatenate["Store", P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return function(store, ...), which only reads; what it raises is raised here."""
        call = functools.partial(function, self._store, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._readers, call)

    async def write(
        self, function: Callable[Concatenate["Store", P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return function(store, ...), which writes; one at a time, in the order of the calls."""
        call = functools.partial(function, self._store, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._writer, call)

    async def slowly(
        self, function: Callable[Concatenate["Store", P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return function(store, ...), which may take minutes and holds nobody up meanwhile."""
        call = functools.partial(function, self._store, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._slow, call)

    async def analyse(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return function(...) from the executor; it and its arguments can be pickled.

        Raises what it raises, and DaybriefError when it hangs, or kills its worker twice.
        """
        call = functools.partial(_attempted, functools.partial(function, *args, **kwargs))
        try:
            outcome = await self._attempt(call)
        except BrokenExecutor:
            log.warning("the analysis worker died; trying once more")
            outcome = await self._again(call)
        if isinstance(outcome, _Failed):
            raise outcome.error()
        return outcome

    async def apart(
        self, function: Callable[Concatenate["Store", P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return function(store, ...), which only reads and then computes, from the executor.

        It has a store of its own there; it and its arguments can be pickled.
        """
        return await self.analyse(_on_own_store, self._store.url, function, args, kwargs)

    async def warm(self) -> None:
        """Start the analysis worker and let it load what it needs before somebody waits for it."""
        await self.analyse(_warm)

    def close(self) -> None:
        """Let what is written end, and drop the rest."""
        self._abandon(self._analysis)
        self._slow.shutdown(wait=False, cancel_futures=True)
        self._readers.shutdown(cancel_futures=True)
        self._writer.shutdown()

    async def _again(self, call: Callable[[], T]) -> T:
        try:
            return await self._attempt(call)
        except BrokenExecutor as error:
            raise DaybriefError(
                "That could not be worked out: it needs more memory than there is."
            ) from error

    async def _attempt(self, call: Callable[[], T]) -> T:
        executor = self._analysis
        try:
            future = executor.submit(call)
            return await asyncio.wait_for(asyncio.wrap_future(future), self._deadline)
        except BrokenExecutor:
            self._replace(executor)
            raise
        except TimeoutError as error:
            self._replace(executor)
            raise DaybriefError(
                f"That was given up after {self._deadline:g} seconds: ask for something shorter."
            ) from error

    def _replace(self, executor: Executor) -> None:
        """Put a fresh executor in the place of *executor*, unless another call did already."""
        if executor is self._analysis:
            self._abandon(executor)
            self._analysis = self._make_executor()

    def _abandon(self, executor: Executor) -> None:
        if isinstance(executor, bulk.Processes):
            executor.kill()
        executor.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Failed:
    """An error on its way from another process: not every error can be pickled and put back."""

    text: str

    def error(self) -> Exception:
        return RuntimeError(self.text)


def _attempted(call: Callable[[], T]) -> T | _Failed:
    try:
        return call()
    except DaybriefError:
        raise
    except Exception:  # noqa: BLE001 - it is raised again on the other side
        return _Failed(traceback.format_exc())


def _on_own_store(
    url: str,
    function: Callable[..., T],
    args: tuple[object, ...],
    kwargs: Mapping[str, object],
) -> T:
    from briefs.store import open_store

    with bulk.writing(), open_store(url, readonly=True) as store:
        return function(store, *args, **kwargs)


def _warm() -> None:
    """Load what analysis and briefings need, by doing a little of both."""
    text = b"Ada Smith spoke in Berlin today."
    found = ingest.analyse(ingest.Source(identity="warm", name="warm.txt", data=text))
    stories.group([found.document])
    summaries.pick(found.sentences, count=1)
