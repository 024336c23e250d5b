"""A host in, a turn at it out: few at once, not in quick succession, and no host before others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Line:
    """Those who wait for one host."""

    slots: asyncio.Semaphore
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)  # held by the next to start
    next: float = 0.0  # when that may be, by the loop's clock
    users: int = 0


class Turns:
    """Lets *at_once* requests run at a host, *gap* seconds between their starts; *most* in all."""

    def __init__(self, *, at_once: int, gap: float, most: int) -> None:
        self._at_once = at_once
        self._gap = gap
        self._all = asyncio.Semaphore(most)
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, gap: float = 0.0) -> AsyncIterator[None]:
        """Wait for a turn at *host*, whose next start is then at least *gap* seconds away."""
        line = self._lines.setdefault(host, _Line(asyncio.Semaphore(self._at_once)))
        line.users += 1
        try:
            async with line.slots:
                await self._start(line, max(gap, self._gap))
                try:
                    yield
                finally:
                    self._all.release()
        finally:
            line.users -= 1
            self._forget_later(host, line)

    async def _start(self, line: _Line, gap: float) -> None:
        """Take one of all places, but not before it is this host's time: who sleeps has none."""
        loop = asyncio.get_running_loop()
        async with line.gate:
            await asyncio.sleep(line.next - loop.time())
            await self._all.acquire()
            line.next = loop.time() + gap

    def _forget_later(self, host: str, line: _Line) -> None:
        loop = asyncio.get_running_loop()
        if not line.users and self._lines.get(host) is line:
            loop.call_at(line.next, self._forget, host, line)

    def _forget(self, host: str, line: _Line) -> None:
        idle = not line.users and line.next <= asyncio.get_running_loop().time()
        if idle and self._lines.get(host) is line:
            del self._lines[host]
