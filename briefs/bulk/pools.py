"""Who does the work: the caller's own thread, or processes that cannot harm the machine."""

import multiprocessing
import os
import weakref
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from briefs.bulk import limits

R = TypeVar("R")
P = ParamSpec("P")

_TASKS = 1_000  # chunks that a worker process does before a fresh one takes its place


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
    """Worker processes that can be killed.

    They have an empty environment, an empty working folder that may not be written to, and limits.
    """

    def __init__(self, workers: int) -> None:
        """Make *workers* processes of low priority, which leave Ctrl-C to their parent."""
        super().__init__(
            workers,
            mp_context=self._apart(),
            initializer=limits.start,
            max_tasks_per_child=_TASKS,
        )

    def kill(self) -> None:
        """End the workers whatever they are doing; one that never ends would hold up our exit."""
        for process in list((self._processes or {}).values()):
            process.kill()

    def _apart(self) -> multiprocessing.context.BaseContext:
        if os.name != "posix":
            return multiprocessing.get_context("spawn")
        from briefs.bulk import starting

        folder = starting.folder()
        if folder:
            weakref.finalize(self, starting.remove, folder)  # at the latest when we end
        return starting.Context(folder or Path("/"))


def processes(workers: int) -> Processes:
    """Return *workers* processes."""
    return Processes(workers)


def abandon(executor: Executor) -> None:
    """Drop *executor* with what it is doing."""
    if isinstance(executor, Processes):
        executor.kill()
    executor.shutdown(wait=False, cancel_futures=True)
