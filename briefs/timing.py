"""Schedules in, due times out: when a briefing is due, which one is posted late, what it covers.

Pure: no clock is read here. A local time that the clocks jump over moves forward by the length of
the gap, even past midnight, and keeps the date it was planned for; a time that happens twice counts
the first time; a date exists when its noon does. So every existing date that matches has exactly
one instant for each of its slots, in every zone.
"""

import difflib
import functools
import itertools
import re
import zoneinfo
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefs.errors import UsageError
from briefs.model import Due, Plan, Schedule, Scope

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_WINDOW = timedelta(hours=24)  # how far back the first briefing of a schedule reaches
LONGEST_GRACE = timedelta(hours=12)
MINIMUM_INTERVAL = timedelta(minutes=15)

_DAY = timedelta(days=1)
_NOON = time(12)
_GROUPS = {
    "daily": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
}
_HORIZON = timedelta(days=5 * 366)  # how far ahead a next due time is looked for
_STRIDE = timedelta(days=366)  # one plan accounts for no more than this
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


# Due times


def due_between(schedule: Schedule, after: datetime, until: datetime) -> tuple[Due, ...]:
    """Return what is due in (*after*, *until*], the earliest first."""
    if until <= after:
        return ()
    found = (due for due in _around(schedule, after, until) if after < due.at <= until)
    return tuple(sorted(found, key=lambda due: (due.at, due.date, due.slot)))


def next_due(schedule: Schedule, after: datetime, count: int = 1) -> tuple[Due, ...]:
    """Return the first *count* due times after *after*; fewer when five years hold no more."""
    found: tuple[Due, ...] = ()
    start, end, step = after, after + _HORIZON, timedelta(days=8)
    while len(found) < count and start < end:
        found += due_between(schedule, start, min(start + step, end))
        start += step
    return found[:count]


def plan(schedule: Schedule, now: datetime, *, grace: timedelta | None = None) -> Plan:
    """Account for every due time since the last plan: the newest within *grace* is to be sent.

    The others are skipped with a reason. When the clock went back, nothing is planned. After an
    outage of more than a year the plan ends early, at its `planned_until`: plan again from there.
    """
    if now <= schedule.planned_until:
        return Plan(
            send=None,
            skip=(),
            planned_until=schedule.planned_until,
            next_due=_first(schedule, schedule.planned_until),
        )
    allowed = grace_of(schedule) if grace is None else grace
    far_behind = now - schedule.planned_until > _STRIDE + allowed
    until = schedule.planned_until + _STRIDE if far_behind else now
    missed = due_between(schedule, schedule.planned_until, until)
    oldest = now - allowed
    send = missed[-1] if missed and missed[-1].at >= oldest and not schedule.paused else None
    return Plan(
        send=send,
        skip=tuple((due, _why(schedule, due, oldest, allowed)) for due in missed if due != send),
        planned_until=until,
        next_due=_first(schedule, until),
    )


def plan_none(schedule: Schedule, now: datetime, reason: str) -> Plan:
    """Account for every due time since the last plan as skipped, for *reason*."""
    until = max(now, schedule.planned_until)
    missed = due_between(schedule, schedule.planned_until, until)
    return Plan(
        send=None,
        skip=tuple((due, reason) for due in missed),
        planned_until=until,
        next_due=_first(schedule, until),
    )


def grace_of(schedule: Schedule) -> timedelta:
    """Return how late a post of *schedule* may be: the smaller of 12 hours and half its period."""
    return min(LONGEST_GRACE, _shortest_interval(schedule.times, schedule.days) / 2)


def window(schedule: Schedule, due: Due) -> tuple[datetime, datetime]:
    """Return what a briefing covers, by arrival: from where the last sent one ended, to its due."""
    return min(schedule.covered_until, due.at), due.at


def _around(schedule: Schedule, after: datetime, until: datetime) -> Iterator[Due]:
    """Yield the due times of all dates that can fall between two instants, and a few more."""
    where = ZoneInfo(schedule.timezone)
    day = after.astimezone(where).date() - _DAY
    last = until.astimezone(where).date() + _DAY
    while day <= last:
        if day.weekday() in schedule.days and _exists(day, where):
            for slot, clock in enumerate(schedule.times, start=1):
                # fold 0 is the first of two, and moves a time inside a gap forward
                at = datetime.combine(day, clock, tzinfo=where).astimezone(UTC)
                yield Due(day, slot, at)
        day += _DAY


def _exists(day: date, where: ZoneInfo) -> bool:
    noon = datetime.combine(day, _NOON, tzinfo=where)
    return noon.astimezone(UTC).astimezone(where).date() == day


def _first(schedule: Schedule, after: datetime) -> datetime | None:
    found = next_due(schedule, after)
    return found[0].at if found else None


def _why(schedule: Schedule, due: Due, oldest: datetime, grace: timedelta) -> str:
    if schedule.paused:
        return f"The schedule was paused: {schedule.paused.rstrip('.')}."
    if due.at >= oldest:
        return "A newer briefing was due before this one could be posted, and covers it."
    late = spell_span(grace)
    return f"Daybrief was not running then or the clock jumped, and it was more than {late} late."


def _shortest_interval(times: tuple[time, ...], days: frozenset[int]) -> timedelta:
    """Return the shortest time on the clock between two neighbouring due times, a day at most."""
    minutes = [clock.hour * 60 + clock.minute for clock in times]
    gaps = [later - earlier for earlier, later in itertools.pairwise(minutes)]
    if any((day + 1) % 7 in days for day in days):
        gaps.append(24 * 60 - minutes[-1] + minutes[0])
    return timedelta(minutes=min(gaps, default=24 * 60))


# Words of the user


def make(
    *,
    name: str,
    channel: int,
    times: str,
    days: str,
    timezone: str,
    scope: Scope,
    now: datetime,
    about: str = "",
    length: str = "normal",
    sections: tuple[str, ...] = (),
    owner: str = "discord",
) -> Schedule:
    """Return a new schedule from what a user wrote, or raise UsageError that names the value."""
    wanted = parse_days(days)
    return Schedule(
        name=_named(name),
        channel=channel,
        times=parse_times(times, wanted),
        days=wanted,
        timezone=zone(timezone).key,
        scope=scope,
        created=now,
        planned_until=now,
        covered_until=now - FIRST_WINDOW,
        about=about.strip(),
        length=length,
        sections=sections,
        owner=owner,
    )


def parse_time(text: str) -> time:
    """Return a time of day written as 07:30."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            f"“{_shown(text)}” is not a time of day: write hours and minutes, like 07:30."
        )
    return time(int(match[1]), int(match[2]))


def parse_times(text: str, days: frozenset[int] = _GROUPS["daily"]) -> tuple[time, ...]:
    """Return the times of a day written as 07:30, or 07:30,18:00, in ascending order.

    They are at least 15 minutes apart, over midnight too where two *days* follow each other.
    """
    times = tuple(sorted(parse_time(part) for part in text.split(",")[:100]))
    if _shortest_interval(times, days) < MINIMUM_INTERVAL:
        raise UsageError(
            f"“{_shown(text)}” has times that are too close: leave at least 15 minutes between two."
        )
    return times


def parse_days(text: str) -> frozenset[int]:
    """Return weekdays (0 is Monday) written as daily, weekdays, weekends, or mon,tue,wed."""
    words = [word.strip().casefold() for word in text.split(",")]
    found: set[int] = set()
    for word in words:
        if word in _GROUPS:
            found |= _GROUPS[word]
        elif word in DAYS:
            found.add(DAYS.index(word))
        else:
            raise UsageError(
                f"“{_shown(word)}” is not a day: write daily, weekdays, weekends, or a list"
                f" of {', '.join(DAYS)}, like mon,wed,fri."
            )
    return frozenset(found)


def spell_times(times: Iterable[time]) -> str:
    """Return times of day the way `parse_times` reads them."""
    return ",".join(f"{clock:%H:%M}" for clock in times)


def spell_days(days: frozenset[int]) -> str:
    """Return weekdays the way `parse_days` reads them."""
    for name, group in _GROUPS.items():
        if days == group:
            return name
    return ",".join(DAYS[day] for day in sorted(days))


def spell_span(span: timedelta) -> str:
    """Return a length of time in words: "12 hours", "7 minutes"."""
    minutes = int(span.total_seconds()) // 60
    count, unit = (minutes, "minute") if minutes % 60 else (minutes // 60, "hour")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def zone(name: str) -> ZoneInfo:
    """Return the time zone called *name*, an alias included, or raise UsageError with near names.

    Only names of the list are ever opened: a zone is a file, and the name is a user's.
    """
    wanted = name.strip()
    if wanted in _zones():
        return ZoneInfo(wanted)
    near = complete_zone(wanted, limit=3) if wanted else ()
    hint = f": did you mean {', '.join(near)}?" if near else "."
    raise UsageError(f"“{_shown(wanted)}” is not a time zone like Europe/Kyiv{hint}")


def complete_zone(typed: str, *, limit: int = 25) -> tuple[str, ...]:
    """Return names of time zones that *typed* may be meant to become, the likeliest first."""
    wanted = typed.strip().casefold().replace(" ", "_")[:64]
    names = _zones()
    starts = [name for name in names if name.casefold().startswith(wanted)]
    cities = [name for name in names if _city(name).startswith(wanted)]
    holds = [name for name in names if wanted in name.casefold()]
    folded = {name.casefold(): name for name in names}
    near = [folded[name] for name in difflib.get_close_matches(wanted, folded, n=limit)]
    return tuple(dict.fromkeys([*starts, *cities, *holds, *near]))[:limit]


@functools.cache
def _zones() -> tuple[str, ...]:
    """Return the allowed names, in order; "localtime" and "Factory" are no places."""
    return tuple(sorted(zoneinfo.available_timezones() - {"localtime", "Factory"}))


def _city(name: str) -> str:
    return name.rpartition("/")[2].casefold()


def _named(name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > 80:
        raise UsageError(
            f"“{_shown(wanted)}” cannot be a schedule's name: give 1 to 80 characters."
        )
    return wanted


def _shown(text: str) -> str:
    """Return what a user typed, short enough to be repeated to them."""
    return text if len(text) <= 60 else text[:59] + "…"
