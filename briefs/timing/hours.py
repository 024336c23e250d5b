"""Times of day and lengths of time that a user wrote in, values out, and back."""

import re
from collections.abc import Iterable
from datetime import time, timedelta

from briefs.errors import UsageError
from briefs.model import Days, QuietHours
from briefs.timing import periods
from briefs.timing.words import NONE, shown

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_EVERY_DAY = Days(frozenset(range(7)))


def parse_time(text: str) -> time:
    """Return a time of day written as 07:30."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            f"“{shown(text)}” is not a time of day: write hours and minutes, like 07:30."
        )
    return time(int(match[1]), int(match[2]))


def parse_times(text: str, days: Days = _EVERY_DAY) -> tuple[time, ...]:
    """Return the times of a day written as 07:30, or 07:30,18:00, in ascending order.

    They are at least 15 minutes apart, over midnight too where two *days* follow each other.
    """
    times = tuple(sorted(parse_time(part) for part in text.split(",")[:100]))
    if periods.shortest(times, days) < periods.MINIMUM_INTERVAL:
        raise UsageError(
            f"“{shown(text)}” has times that are too close: leave at least 15 minutes between two."
        )
    return times


def parse_quiet(text: str) -> QuietHours | None:
    """Return quiet hours written as 22:00-07:00; None for "none" and ""."""
    wanted = text.strip().replace("\N{EN DASH}", "-")
    if wanted.casefold() in NONE:
        return None
    start, dash, end = wanted.partition("-")
    if not dash or not _TIME.fullmatch(start.strip()) or not _TIME.fullmatch(end.strip()):
        raise UsageError(
            f"“{shown(text)}” are no quiet hours: write from when to when, like 22:00-07:00,"
            " or none."
        )
    quiet = QuietHours(parse_time(start), parse_time(end))
    if quiet.start == quiet.end:
        raise UsageError(
            f"“{shown(text)}” is a whole day of quiet hours: give an end that differs, or pause"
            " the schedule."
        )
    return quiet


def spell_times(times: Iterable[time]) -> str:
    """Return times of day the way `parse_times` reads them."""
    return ",".join(f"{clock:%H:%M}" for clock in times)


def spell_quiet(quiet: QuietHours | None) -> str:
    """Return quiet hours the way `parse_quiet` reads them; "none" without any."""
    return "none" if quiet is None else f"{quiet.start:%H:%M}-{quiet.end:%H:%M}"


def spell_span(span: timedelta) -> str:
    """Return a length of time in words: "12 hours", "7 minutes"."""
    minutes = int(span.total_seconds()) // 60
    count, unit = (minutes, "minute") if minutes % 60 else (minutes // 60, "hour")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
