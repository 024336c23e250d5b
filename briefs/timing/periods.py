"""Times and days in, how close they come out: how late a post may be."""

import functools
import itertools
from datetime import date, time, timedelta

from briefs.model import Days, Schedule
from briefs.timing import calendars

LONGEST_GRACE = timedelta(hours=12)
MINIMUM_INTERVAL = timedelta(minutes=15)

_DAY_MINUTES = 24 * 60
_SAMPLE = [date(2024, 1, 1) + calendars.DAY * n for n in range(4 * 366)]  # every kind of month


def grace_of(schedule: Schedule) -> timedelta:
    """Return how late a post of *schedule* may be: the smaller of 12 hours and half its period."""
    return min(LONGEST_GRACE, shortest(schedule.times, schedule.days) / 2)


@functools.lru_cache(maxsize=1024)
def shortest(times: tuple[time, ...], days: Days) -> timedelta:
    """Return the shortest time on the clock between two neighbouring due times, a day at most."""
    minutes = [clock.hour * 60 + clock.minute for clock in times]
    gaps = [later - earlier for earlier, later in itertools.pairwise(minutes)]
    if _follow(days):
        gaps.append(_DAY_MINUTES - minutes[-1] + minutes[0])
    return timedelta(minutes=min(gaps, default=_DAY_MINUTES))


def _follow(days: Days) -> bool:
    """Tell whether two of *days* ever follow each other."""
    if any((day + 1) % 7 in days.week for day in days.week):
        return True
    if not days.month:
        return False
    due = [calendars.falls(day, days) for day in _SAMPLE]
    return any(both == (True, True) for both in itertools.pairwise(due))
