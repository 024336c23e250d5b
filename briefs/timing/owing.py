"""A schedule and a stretch of time in, what is due in it out, and why some of it is not posted."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from briefs.model import Due, Schedule
from briefs.timing import calendars, hours, periods
from briefs.timing.calendars import DAY

FIRST_WINDOW = timedelta(hours=24)  # how far back the first briefing of a schedule reaches

_HORIZON = timedelta(days=5 * 366)  # how far ahead a next due time is looked for
_FIRST_STEP, _LONGEST_STEP = timedelta(days=8), timedelta(days=64)
_MOVED = 2 * DAY  # more than quiet hours and a gap may move a due time


class Owed(NamedTuple):
    """A due time; with a *reason*, in words, nothing is posted for it, whatever happens."""

    due: Due
    reason: str


def due_between(schedule: Schedule, after: datetime, until: datetime) -> tuple[Due, ...]:
    """Return what is due in (*after*, *until*], the earliest first; days to skip are among it."""
    return tuple(each.due for each in owed(schedule, after, until))


def next_due(schedule: Schedule, after: datetime, count: int = 1) -> tuple[Due, ...]:
    """Return the first *count* due times after *after* for which something is to be posted.

    Fewer when five years hold no more. A pause without an end is not looked at.
    """
    found: tuple[Due, ...] = ()
    start, end, step = after, after + _HORIZON, _FIRST_STEP
    while len(found) < count and start < end:
        coming = owed(schedule, start, min(start + step, end))
        found += tuple(each.due for each in coming if not each.reason)
        start, step = start + step, min(2 * step, _LONGEST_STEP)
    return found[:count]


def first(schedule: Schedule, after: datetime) -> datetime | None:
    """Return when something is due after *after*, posted or not; None: not in five years."""
    start, end, step = after, after + _HORIZON, _FIRST_STEP
    while start < end:
        if coming := owed(schedule, start, min(start + step, end)):
            return coming[0].due.at
        start, step = start + step, min(2 * step, _LONGEST_STEP)
    return None


def owed(schedule: Schedule, after: datetime, until: datetime) -> tuple[Owed, ...]:
    """Return what is due in (*after*, *until*], the earliest first."""
    if until <= after:
        return ()
    found = (each for each in _around(schedule, after, until) if after < each.due.at <= until)
    return tuple(sorted(found, key=lambda each: (each.due.at, each.due.date, each.due.slot)))


def window(schedule: Schedule, due: Due) -> tuple[datetime, datetime]:
    """Return what a briefing covers, by arrival: from where the last sent one ended, to its due."""
    return min(schedule.covered_until, due.at), due.at


def quiet_until(schedule: Schedule, at: datetime) -> datetime | None:
    """Return the end of the quiet hours of *schedule* that *at* is in; None when it is in none."""
    return calendars.quiet_until(schedule.quiet, at, ZoneInfo(schedule.timezone))


def why_off(schedule: Schedule, at: datetime) -> str:
    """Return why nothing that is due *at* then is posted, in a sentence; "" when *schedule* is on.

    A pause without an end counts whatever *at* is.
    """
    if schedule.paused:
        return f"The schedule was paused: {schedule.paused.rstrip('.')}."
    if schedule.paused_until is not None and at < schedule.paused_until:
        return f"The schedule was paused until {spell_until(schedule)}."
    return ""


def spell_until(schedule: Schedule) -> str:
    """Return when a timed pause of *schedule* ends, on its own clock; "" without one."""
    if schedule.paused_until is None:
        return ""
    local = schedule.paused_until.astimezone(ZoneInfo(schedule.timezone))
    return f"{local:%Y-%m-%d}" if local.time() == time() else f"{local:%Y-%m-%d %H:%M}"


def _around(schedule: Schedule, after: datetime, until: datetime) -> Iterator[Owed]:
    """Yield the due times of all dates that can fall between two instants, and a few more."""
    where = ZoneInfo(schedule.timezone)
    day = after.astimezone(where).date() - _MOVED
    last = until.astimezone(where).date() + DAY
    while day <= last:
        if calendars.falls(day, schedule.days) and calendars.exists(day, where):
            yield from _on(schedule, day, where)
        day += DAY


def _on(schedule: Schedule, day: date, where: ZoneInfo) -> Iterator[Owed]:
    for slot, clock in enumerate(schedule.times, start=1):
        yield _settled(schedule, Due(day, slot, calendars.instant(day, clock, where)), where)


def _settled(schedule: Schedule, due: Due, where: ZoneInfo) -> Owed:
    """Say whether anything is posted for *due*, and move it out of the quiet hours."""
    if calendars.holiday(due.date, schedule.skip):
        return Owed(due, f"{due.date} is a day to skip.")
    end = calendars.quiet_until(schedule.quiet, due.at, where)
    if end is not None:
        same_day = end.astimezone(where).date() == due.date
        if not same_day and end - due.at > periods.grace_of(schedule):
            return Owed(due, _too_quiet(schedule))
        due = due._replace(at=end)
    if schedule.paused_until is not None and due.at < schedule.paused_until:
        return Owed(due, f"The schedule was paused until {spell_until(schedule)}.")
    return Owed(due, "")


def _too_quiet(schedule: Schedule) -> str:
    quiet, grace = hours.spell_quiet(schedule.quiet), hours.spell_span(periods.grace_of(schedule))
    return f"It was due in the quiet hours ({quiet}), which end more than {grace} later."
