"""Local dates and times in, instants out: what a calendar and a clock on the wall say."""

import calendar
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefs.model import Days, Holiday, MonthDay, QuietHours

DAY = timedelta(days=1)
ANY_YEAR = 2000  # yearly dates stand in it: it is a leap year
_NOON = time(12)


def instant(day: date, clock: time, where: ZoneInfo) -> datetime:
    """Return when the wall clock shows *clock* on *day*; in a gap, as much later as it is long."""
    # fold 0 is the first of two, and moves a time inside a gap forward
    return datetime.combine(day, clock, tzinfo=where).astimezone(UTC)


def exists(day: date, where: ZoneInfo) -> bool:
    """Tell whether there is the date *day*: a place that crosses the date line leaves one out."""
    return instant(day, _NOON, where).astimezone(where).date() == day


def falls(day: date, days: Days) -> bool:
    """Tell whether *day* is one of *days*."""
    return day.weekday() in days.week or any(_is(day, wanted) for wanted in days.month)


def holiday(day: date, skip: Iterable[Holiday]) -> bool:
    """Tell whether *day* is one of those to *skip*."""
    return any(_within(day, each) for each in skip)


def quiet_until(hours: QuietHours | None, at: datetime, where: ZoneInfo) -> datetime | None:
    """Return the end of the quiet hours that *at* is in; None when it is in none."""
    if hours is None:
        return None
    end = at
    while (later := _end(hours, end, where)) is not None:
        end = later  # where the clocks change, they may begin again before they have ended
    return end if end > at else None


def _end(hours: QuietHours, at: datetime, where: ZoneInfo) -> datetime | None:
    over_midnight = DAY if hours.end <= hours.start else timedelta(0)
    today = at.astimezone(where).date()
    for day in (today - DAY, today):
        start = instant(day, hours.start, where)
        end = instant(day + over_midnight, hours.end, where)
        if start <= at < end:
            return end
    return None


def _is(day: date, wanted: MonthDay) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    if wanted.weekday is None:
        return day.day == (length if wanted.number == -1 else wanted.number)
    if day.weekday() != wanted.weekday:
        return False
    return day.day + 7 > length if wanted.number == -1 else (day.day + 6) // 7 == wanted.number


def _within(day: date, wanted: Holiday) -> bool:
    if not wanted.yearly:
        return wanted.first <= day <= wanted.last
    same = day.replace(year=ANY_YEAR)
    if wanted.first <= wanted.last:
        return wanted.first <= same <= wanted.last
    return same >= wanted.first or same <= wanted.last
