"""The script of what goes wrong: which request, how, how often, before or after it took effect."""

from dataclasses import dataclass

from tests.discord_server.clock import Pulse
from tests.discord_server.exchanges import fits

HOWS = ("rate limit", "cloudflare 429", "cloudflare 502", "reset", "silence", "slow")


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """One line of the script.

    *how* is an HTTP status or one of `HOWS`; *skip* requests pass first, then *times* are met
    (None: all). With *after* the request takes effect before it fails. *seconds* is `retry_after`
    of a rate limit and the delay of a slow answer; *shared* makes the rate limit global.
    """

    method: str
    path: str
    how: int | str
    times: int | None = 1
    skip: int = 0
    after: bool = False
    seconds: float = 1.0
    shared: bool = False
    code: int = 0
    pulse: Pulse
    seen: int = 0
    met: int = 0

    def strikes(self, method: str, path: str) -> bool:
        """Count a request and say whether it meets this fault."""
        if method != self.method or not fits(self.path, path):
            return False
        if self.times is not None and self.met >= self.times:
            return False
        self.seen += 1
        if self.seen <= self.skip:
            return False
        self.met += 1
        return True

    async def reached(self, times: int = 1, *, within: float = 10.0) -> None:
        """Wait until *times* requests have met it, after they took effect when it is *after*."""
        what = f"{self.method} {self.path} fails with {self.how!r}, {times} time(s)"
        await self.pulse.until(lambda: self.done >= times, within, what)

    done: int = 0


class Script:
    """All faults, in the order in which they were written."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self.faults: list[Fault] = []

    def add(self, method: str, path: str, how: int | str, **more: object) -> Fault:
        """Write a line; see `Fault` for what *more* may say."""
        if isinstance(how, str) and how not in HOWS:
            raise ValueError(f"no such fault: {how!r}; there are {', '.join(HOWS)} and statuses")
        fault = Fault(method=method, path=path, how=how, pulse=self._pulse, **more)
        self.faults.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault that this request meets, if any."""
        return next((fault for fault in self.faults if fault.strikes(method, path)), None)

    def clear(self) -> None:
        """Let everything go well again."""
        self.faults.clear()
