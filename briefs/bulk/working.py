"""A chunk of items in, what each comes to or why not out; run in the worker."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from typing import TypeVar

from briefs.bulk import limits
from briefs.errors import DaybriefError

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is nothing for an item."""

    reason: str


def work(
    function: Callable[[T], R], items: tuple[T, ...], allowed: tuple[float, ...]
) -> list[R | Failed]:
    """Do each of *items* in the seconds that it is *allowed*.

    Errors become words here, because not every error survives pickling.
    """
    return [_attempt(function, item, most) for item, most in zip(items, allowed, strict=True)]


def _attempt(function: Callable[[T], R], item: T, seconds: float) -> R | Failed:
    try:
        with limits.in_time(seconds):
            return function(item)
    except limits.OutOfTime:
        return Failed(f"was given up after {seconds:g} seconds: split it.")
    except Exception as error:  # noqa: BLE001 - whatever an item does must not end the run
        return Failed(reason(error))


def reason(error: BaseException) -> str:
    """Return what *error* means, in words for a user."""
    if isinstance(error, BrokenExecutor):
        return "the process that worked on it died, for want of memory or of time: split it."
    if isinstance(error, MemoryError):
        most = limits.MEMORY // 1024**3
        return f"needs more than the {most} GB of memory that there are: split it."
    if isinstance(error, DaybriefError):
        return str(error)
    return f"{type(error).__name__}: {error}"
