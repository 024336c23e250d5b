"""Worker processes that stay while there is work: each start of one costs seconds."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from briefs.bulk import Processes

P = ParamSpec("P")
R = TypeVar("R")


class Pool:
    """Lends the executor that *make* gives to one run of `bulk` after another."""

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._held: Executor | None = None
        self._lock = threading.Lock()

    def lend(self) -> Executor:
        """Return an executor; to shut it down in order gives it back, otherwise it is ended."""
        with self._lock:
            if self._held is None:
                self._held = self._make()
            return _Lent(self, self._held)

    def close(self) -> None:
        """End the workers, whatever they are doing; the next run gets fresh ones."""
        with self._lock:
            held, self._held = self._held, None
        if isinstance(held, Processes):
            held.kill()
        if held is not None:
            held.shutdown(wait=False, cancel_futures=True)


class _Lent(Executor):
    """An executor that outlives its user."""

    def __init__(self, pool: Pool, held: Executor) -> None:
        self._pool = pool
        self._held = held

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand *fn* over."""
        return self._held.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - Executor's own
        """Give it back; what is not waited for is broken, or given up."""
        del cancel_futures
        if not wait:
            self._pool.close()
