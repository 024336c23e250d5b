"""An event loop whose time goes by faster: what waits 45 seconds in it waits for one and a half."""

import asyncio
import selectors
import time
from collections.abc import Sequence

FASTER = 30.0


class _Selector(selectors.DefaultSelector):
    """Waits as much less as the time goes by faster."""

    def select(self, timeout: float | None = None) -> Sequence[tuple[selectors.SelectorKey, int]]:
        return super().select(None if timeout is None else timeout / FASTER)


class _Loop(asyncio.SelectorEventLoop):
    """A loop with a clock of its own."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        super().__init__(_Selector())

    def time(self) -> float:
        return self._began + (time.monotonic() - self._began) * FASTER


def runner() -> asyncio.Runner:
    """Return what runs coroutines in such a loop."""
    return asyncio.Runner(loop_factory=_Loop)
