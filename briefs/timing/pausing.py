"""How long to pause, as a user wrote it, in; the end of the pause out."""

import re
from datetime import date, datetime, time, timedelta

from briefs.errors import UsageError
from briefs.timing import calendars, hours, zones
from briefs.timing.words import shown

LONGEST = timedelta(days=2 * 366)

_SPAN = re.compile(r"([0-9]{1,4})\s?([hdw])", re.ASCII)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]([0-9:]{4,5}))?", re.ASCII)


def parse_until(text: str, *, now: datetime, timezone: str) -> datetime:
    """Return when a pause ends that is written as 2026-12-01, 2026-12-01 14:00, 12h, 7d or 2w.

    A date is its midnight in *timezone*: on that day it is posted again.
    """
    until = _until(text.strip(), now, timezone)
    if until is None:
        raise UsageError(
            f"“{shown(text)}” is not an end of a pause: write a date such as 2026-12-01, or how"
            " long, such as 12h, 7d or 2w."
        )
    if until <= now:
        raise UsageError(f"“{shown(text)}” has passed already: give a later end of the pause.")
    if until - now > LONGEST:
        raise UsageError(
            f"“{shown(text)}” is more than two years away: give an earlier end, or none at all."
        )
    return until


def _until(text: str, now: datetime, timezone: str) -> datetime | None:
    span = _SPAN.fullmatch(text.casefold())
    if span is not None:
        return now + int(span[1]) * _UNITS[span[2]]
    written = _DATE.fullmatch(text)
    if written is None:
        return None
    try:
        day = date(int(written[1]), int(written[2]), int(written[3]))
    except ValueError:
        return None
    clock = hours.parse_time(written[4]) if written[4] else time()
    return _instant(day, clock, timezone)


def _instant(day: date, clock: time, timezone: str) -> datetime | None:
    try:
        return calendars.instant(day, clock, zones.zone(timezone))
    except OverflowError:  # the first and the last day that there is
        return None
