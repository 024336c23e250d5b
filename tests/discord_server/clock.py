"""The server's time and how tests wait for something to become true."""

import asyncio
import time
from collections.abc import Callable

_POLL_SECONDS = 0.1  # for conditions that become true by the mere passing of time


class Clock:
    """Seconds since the epoch, which a test may move forward."""

    def __init__(self, base: Callable[[], float] = time.time) -> None:
        self._base = base
        self._ahead = 0.0

    def __call__(self) -> float:
        return self._base() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let *seconds* pass at once."""
        self._ahead += seconds


class Pulse:
    """Wakes whoever waits for the server's state to change."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        """Say that something has changed."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def until(self, holds: Callable[[], object], within: float, what: str) -> None:
        """Return when *holds* is true; raise TimeoutError that says *what* did not happen."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not holds():
            if loop.time() >= deadline:
                raise TimeoutError(f"not within {within:g} s: {what}")
            waiter = loop.create_future()
            self._waiting.add(waiter)
            await asyncio.wait({waiter}, timeout=_POLL_SECONDS)
            self._waiting.discard(waiter)
