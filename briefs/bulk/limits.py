"""What a worker process may do: memory, time, and no file; set in the worker itself."""

import faulthandler
import multiprocessing
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

try:
    import resource
except ImportError:  # on Windows, where nothing is limited
    resource = None  # type: ignore[assignment]

MEMORY = 2 * 1024**3  # bytes of address space of a worker
SECONDS = 60.0  # that one item may take by the clock on the wall, unless it is allowed more
GRACE = 15.0  # seconds in which an item may give up by itself, before its worker is ended
_COMPUTING = 500  # seconds of computing that one item may take; 10 MB of prose take half
_NICENESS = 10


class OutOfTime(BaseException):
    """Raised wherever an item is when its time is up."""


def start() -> None:
    """Prepare a worker process: low priority, limits, Ctrl-C left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICENESS)
    if resource is not None:
        _limit(resource.RLIMIT_AS, MEMORY)
        _limit(resource.RLIMIT_CORE, 0)  # a core would hold the text of documents
        if not _logs_to_a_file():
            _limit(resource.RLIMIT_FSIZE, 0)
        signal.signal(signal.SIGALRM, _give_up)
    threading.Thread(target=_end_with_parent, daemon=True).start()


@contextmanager
def writing() -> Iterator[None]:
    """Let a worker write files: SQLite may have to, beside a database that is only read."""
    if resource is None or multiprocessing.parent_process() is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def in_time(seconds: float, *, grace: float = GRACE) -> Iterator[None]:
    """Raise OutOfTime after *seconds*, and end this process *grace* later; only in a worker.

    An alarm is only heard between two steps of Python: code in C that never ends takes its
    process along.
    """
    if resource is None or multiprocessing.parent_process() is None:
        yield
        return
    _limit(resource.RLIMIT_CPU, int(time.process_time()) + _COMPUTING)
    faulthandler.dump_traceback_later(seconds + grace, exit=True, file=sys.__stderr__ or 2)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime


def _limit(what: int, most: int) -> None:
    """Lower a limit of this process, as far as that is not lower already."""
    hard = resource.getrlimit(what)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (soft, hard))


def _logs_to_a_file() -> bool:
    """Return whether what a worker says goes to a file: that would be lost with the rest."""
    try:
        return stat.S_ISREG(os.fstat(2).st_mode)
    except OSError:
        return False


def _end_with_parent() -> None:
    """End when the parent does: after a kill -9 of it, workers would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
