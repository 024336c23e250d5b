"""The days, times and holidays of a schedule in, what its columns hold of them out, and back.

What is no such thing raises TypeError or ValueError: somebody damaged the row.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time

from briefs.model import Days, Holiday, MonthDay, QuietHours


def written_days(days: Days) -> list[int | list[int | None]]:
    """Return a number for each weekday, and a pair for each day of the month."""
    return [*sorted(days.week), *(list(day) for day in days.month)]


def read_days(value: Sequence[int | Sequence[int]]) -> Days:
    """Return the days that `written_days` wrote."""
    week = frozenset(int(day) for day in value if not isinstance(day, Sequence))
    return Days(week, tuple(_month_day(*day) for day in value if isinstance(day, Sequence)))


def written_times(times: Iterable[time]) -> list[str]:
    """Return each time of day as 07:30."""
    return [f"{clock:%H:%M}" for clock in times]


def read_times(value: Iterable[str]) -> tuple[time, ...]:
    """Return the times of day that `written_times` wrote."""
    return tuple(time.fromisoformat(clock) for clock in value)


def written_skip(skip: Iterable[Holiday]) -> list[list[object]]:
    """Return the first and the last date of each, and whether it is of every year."""
    return [[each.first.isoformat(), each.last.isoformat(), each.yearly] for each in skip]


def read_skip(value: Iterable[tuple[str, str, bool]]) -> tuple[Holiday, ...]:
    """Return the dates that `written_skip` wrote."""
    return tuple(
        Holiday(date.fromisoformat(first), date.fromisoformat(last), bool(yearly))
        for first, last, yearly in value
    )


def written_quiet(quiet: QuietHours | None) -> list[str]:
    """Return the start and the end of *quiet*, or nothing."""
    return [] if quiet is None else written_times(quiet)


def read_quiet(value: Sequence[str]) -> QuietHours | None:
    """Return the quiet hours that `written_quiet` wrote."""
    return QuietHours(*read_times(value)) if value else None


def _month_day(number: int, weekday: int | None) -> MonthDay:
    return MonthDay(int(number), None if weekday is None else int(weekday))
