"""What the clocks show in, what came between two looks at what is due out, kept in the store."""

import time
from datetime import datetime, timedelta
from typing import NamedTuple

from briefs import timing
from briefs.model import Gap, Interruption
from briefs.store import Store

_OFTEN = timedelta(seconds=45)  # a look is not written down again sooner


class Spans(NamedTuple):
    """How long it is since some moment, in seconds."""

    passed: float
    awake: float  # the time that the machine slept left out


def spans() -> Spans:
    """Read the clocks that nobody can set; the one of macOS that never stops is its monotonic."""
    steady = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return Spans(time.clock_gettime(steady), time.monotonic())


class Watch:
    """The looks of one process."""

    def __init__(self) -> None:
        self._before: timing.Glance | None = None

    def look(self, store: Store, now: datetime, at: Spans) -> Interruption | None:
        """Note that it is looked *now*; return what came between this look and the last.

        When the clock was set back, what was looked at ahead of it is looked at again.
        """
        passed, awake = (timedelta(seconds=seconds) for seconds in at)
        glance = timing.Glance(now, passed, awake)
        kept = store.installation.looking
        looks = kept.known()
        found = timing.noticed(looks, self._before, glance)
        if found is not None and found.gap is Gap.BACK:
            kept.set_back(now)
        ahead = looks.last is not None and looks.last > now - _OFTEN
        if found is not None or looks.ended or not ahead:
            kept.note(now, found)
        self._before = glance
        return found
