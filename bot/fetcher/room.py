"""Large bodies in, a place for each out: only so many of them are in memory at once.

Sixty feeds of ten megabytes that come together would be more than there is. A small body needs no
place, so that it never waits for a large one.
"""

import asyncio
import weakref
from contextlib import suppress

LITTLE = 500_000  # bytes of a body that needs no place
_PLACES = 8
_PATIENCE = 60.0  # seconds that a body waits for a place, at the most


class Place:
    """Is taken for as long as anything refers to it, wherever its body goes."""

    __slots__ = ("__weakref__",)


class Room:
    """The places that there are."""

    def __init__(self, places: int = _PLACES) -> None:
        self._free = asyncio.Semaphore(places)

    def lot(self, limit: asyncio.Timeout) -> "Lot":
        """Return what is to be enlarged for a body that has to be there by *limit*."""
        return Lot(self._free, limit)


class Lot:
    """What one body takes up: no place, until it turns out to be large."""

    def __init__(self, free: asyncio.Semaphore, limit: asyncio.Timeout) -> None:
        self._free = free
        self._limit = limit
        self.place: Place | None = None

    async def enlarge(self) -> None:
        """Wait for a place, once; that is none of the time which the site has."""
        if self.place is not None:
            return
        loop = asyncio.get_running_loop()
        began = loop.time()
        due = self._limit.when() or began
        self._limit.reschedule(due + _PATIENCE)
        await self._free.acquire()
        self._limit.reschedule(due + loop.time() - began)
        self.place = Place()
        weakref.finalize(self.place, _leave, loop, self._free).atexit = False


def _leave(loop: asyncio.AbstractEventLoop, free: asyncio.Semaphore) -> None:
    """Give a place back, from whichever thread let go of it."""
    with suppress(RuntimeError):  # the loop is closed
        loop.call_soon_threadsafe(free.release)
