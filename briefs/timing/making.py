"""What a user wrote in, a schedule out: a new one, or an old one changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from briefs.errors import UsageError
from briefs.model import MonthDay, QuietHours, Schedule, Scope
from briefs.timing import calendars, holidays, hours, owing, periods, zones
from briefs.timing import days as dates
from briefs.timing.words import shown

_IN_EVERY_MONTH = 28, 4  # days, and weekdays of one name
_ANY_DAY = date(2000, 1, 1)


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
    skip: str = "",
    quiet: str = "",
    owner: str = "discord",
) -> Schedule:
    """Return a new schedule from what a user wrote, or raise UsageError that names the value."""
    wanted = dates.parse_days(days)
    made = Schedule(
        name=_named(name),
        channel=channel,
        times=hours.parse_times(times, wanted),
        days=wanted,
        timezone=zones.zone(timezone).key,
        scope=scope,
        created=now,
        planned_until=now,
        covered_until=now - owing.FIRST_WINDOW,
        about=about.strip(),
        length=length,
        sections=sections,
        skip=holidays.parse_skip(skip),
        quiet=hours.parse_quiet(quiet),
        owner=owner,
    )
    check(made, now)
    return made


def edit(
    old: Schedule,
    now: datetime,
    *,
    channel: int | None = None,
    sections: tuple[str, ...] | None = None,
    **written: str,
) -> Schedule:
    """Return *old* with what is *written*, by the names that `make` has; the rest stays.

    What was planned, covered and paused stays too. "none" takes a setting away. Raises UsageError.
    """
    kept = {
        "name": old.name,
        "times": hours.spell_times(old.times),
        "days": dates.spell_days(old.days),
        "timezone": old.timezone,
        "about": old.about,
        "length": old.length,
        "skip": holidays.spell_skip(old.skip),
        "quiet": hours.spell_quiet(old.quiet),
    }
    if written.get("about", "").strip().casefold() == "none":
        written["about"] = ""
    new = make(
        channel=old.channel if channel is None else channel,
        sections=old.sections if sections is None else sections,
        scope=old.scope,
        owner=old.owner,
        now=now,
        **(kept | written),
    )
    return replace(
        new,
        id=old.id,
        created=old.created,
        planned_until=old.planned_until,
        covered_until=old.covered_until,
        paused=old.paused,
        paused_until=old.paused_until,
    )


def check(schedule: Schedule, now: datetime) -> None:
    """Raise UsageError when *schedule* is not due any more after *now*."""
    if not owing.next_due(schedule, now):
        raise UsageError(
            f"“{schedule.name}” would never be due: its days to skip or its quiet hours leave no"
            " time over, so change one of them."
        )


def notes(schedule: Schedule) -> tuple[str, ...]:
    """Return what a user may not expect of *schedule*, a sentence each."""
    return (*_missing_days(schedule), *_quiet_times(schedule))


def _missing_days(schedule: Schedule) -> Iterator[str]:
    rare = [dates.spell_month_day(day) for day in schedule.days.month if _is_rare(day)]
    if rare:
        yield f"A month that has no day {' or '.join(rare)} has no briefing for it."


def _is_rare(day: MonthDay) -> bool:
    days, weekdays = _IN_EVERY_MONTH
    return day.number > (days if day.weekday is None else weekdays)


def _quiet_times(schedule: Schedule) -> Iterator[str]:
    quiet = schedule.quiet
    if quiet is None:
        return
    times = [clock for clock in schedule.times if _in(clock, quiet)]
    late = [clock for clock in times if _outlasted(schedule, clock, quiet)]
    kept = [clock for clock in times if clock not in late]
    if kept:
        yield (
            f"{hours.spell_times(kept)} falls in the quiet hours"
            f" ({hours.spell_quiet(quiet)}) and is posted when they end."
        )
    if late:
        yield (
            f"{hours.spell_times(late)} falls in the quiet hours"
            f" ({hours.spell_quiet(quiet)}) and is skipped: they end too long after it."
        )


def _in(clock: time, quiet: QuietHours) -> bool:
    if quiet.start < quiet.end:
        return quiet.start <= clock < quiet.end
    return clock >= quiet.start or clock < quiet.end


def _outlasted(schedule: Schedule, clock: time, quiet: QuietHours) -> bool:
    """Tell whether *quiet* ends on another day and too late for *clock*, which is inside."""
    due, end = datetime.combine(_ANY_DAY, clock), datetime.combine(_ANY_DAY, quiet.end)
    if end > due:
        return False
    wait = end - due + calendars.DAY
    return wait > periods.grace_of(schedule)


def _named(name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > 80:
        raise UsageError(f"“{shown(wanted)}” cannot be a schedule's name: give 1 to 80 characters.")
    return wanted
