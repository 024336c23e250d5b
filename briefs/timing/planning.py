"""A schedule and a look at the clock in, what is decided out: one post at most, reasons for others.

Every due time since the last look is accounted for exactly once.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from briefs.model import Due, Interruption, Plan, Schedule
from briefs.timing import hours, interruptions, owing, periods, zones
from briefs.timing.owing import Owed

LATE = timedelta(minutes=5)  # from here on a post is late, and waits for the end of quiet hours
_STRIDE = timedelta(days=366)  # one plan accounts for no more than this
_AROUND = timedelta(days=3)  # more than a time of day and a zone may move a due time
_NEWER = "A newer briefing was due before this one could be posted, and covers it."
_PASSED = "The schedule was changed after this time had passed; the next briefing covers it."


def plan(
    schedule: Schedule,
    now: datetime,
    *,
    grace: timedelta | None = None,
    missed: Sequence[Interruption] = (),
) -> Plan:
    """Account for every due time since the last plan: the newest within *grace* is to be sent.

    *missed* is when nobody looked, and why: that is the reason for what came due then.
    The others are skipped with a reason. When the clock went back, nothing is planned. After an
    outage of more than a year the plan ends early, at its `planned_until`: plan again from there.
    What is late inside quiet hours is planned when they end, and so is all that came due with it.
    """
    begin = schedule.planned_until
    if now <= begin:
        return _nothing_yet(begin, owing.first(schedule, begin))
    allowed = periods.grace_of(schedule) if grace is None else grace
    until = begin + _STRIDE if now - begin > _STRIDE + allowed else now
    owed = owing.owed(schedule, begin, until)
    send = _newest(schedule, owed, now - allowed)
    if send is not None and (quiet := _wait(schedule, send, now)) is not None:
        if quiet - send.at <= allowed:
            return _nothing_yet(begin, quiet)
        owed, send = _without(owed, send, _outlasted(schedule, allowed)), None
    return Plan(
        send=send,
        skip=tuple(
            (each.due, _why(schedule, each, now - allowed, allowed, missed))
            for each in owed
            if each.due != send
        ),
        planned_until=until,
        next_due=owing.first(schedule, until),
    )


def plan_none(schedule: Schedule, now: datetime, reason: str) -> Plan:
    """Account for every due time since the last plan as skipped, for *reason*."""
    until = max(now, schedule.planned_until)
    missed = owing.due_between(schedule, schedule.planned_until, until)
    return Plan(
        send=None,
        skip=tuple((due, reason) for due in missed),
        planned_until=until,
        next_due=owing.first(schedule, until),
    )


def plan_edit(old: Schedule, new: Schedule, now: datetime) -> Plan:
    """Account for what was due as *old* says until *now*, from when on *new* holds.

    A date and slot that was still to come, and whose new time has passed, is posted late or
    skipped: each date keeps exactly one.
    """
    done = plan(old, now)
    if done.planned_until < now:
        return replace(done, next_due=now)  # it waits for the end of quiet hours, or for a tick
    allowed = periods.grace_of(new)
    passed = _passed(old, new, now)
    late = None if done.send else _newest(new, passed, now - allowed)
    if late is not None and _wait(new, late, now):
        late = None
    skip = tuple((each.due, each.reason or _PASSED) for each in passed if each.due != late)
    return replace(
        done,
        send=done.send or late,
        skip=done.skip + skip,
        next_due=owing.first(new, now),
    )


def _nothing_yet(until: datetime, again: datetime | None) -> Plan:
    return Plan(send=None, skip=(), planned_until=until, next_due=again)


def _newest(schedule: Schedule, owed: Collection[Owed], oldest: datetime) -> Due | None:
    """Return the newest of *owed* that may be posted, if it is not older than *oldest*."""
    wanted = [each.due for each in owed if not each.reason]
    if schedule.paused or not wanted or wanted[-1].at < oldest:
        return None
    return wanted[-1]


def _wait(schedule: Schedule, send: Due, now: datetime) -> datetime | None:
    """Return when the quiet hours end in which *send* would be posted late; None: it is not."""
    return owing.quiet_until(schedule, now) if now - send.at >= LATE else None


def _without(owed: Collection[Owed], due: Due, reason: str) -> tuple[Owed, ...]:
    return tuple(Owed(each.due, reason) if each.due == due else each for each in owed)


def _outlasted(schedule: Schedule, grace: timedelta) -> str:
    quiet, late = hours.spell_quiet(schedule.quiet), hours.spell_span(grace)
    return f"It was late, and the quiet hours ({quiet}) end more than {late} after its time."


def _why(
    schedule: Schedule,
    owed: Owed,
    oldest: datetime,
    grace: timedelta,
    missed: Sequence[Interruption],
) -> str:
    if owed.reason or schedule.paused:
        return owed.reason or owing.why_off(schedule, owed.due.at)
    during = interruptions.at(missed, owed.due.at)
    cause = f"{interruptions.spell(during, zones.zone(schedule.timezone))} " if during else ""
    if owed.due.at >= oldest:
        return f"{cause}{_NEWER}"
    late = hours.spell_span(grace)
    if during:
        return f"{cause}Then it was more than {late} late."
    return f"Daybrief was not running then or the clock jumped, and it was more than {late} late."


def _passed(old: Schedule, new: Schedule, now: datetime) -> tuple[Owed, ...]:
    """Return what was to come under *old* and has passed under *new*."""
    coming = owing.due_between(old, now, now + _AROUND)
    promised = {(due.date, due.slot) for due in coming}
    recent = owing.owed(new, now - _AROUND, now)
    return tuple(each for each in recent if (each.due.date, each.due.slot) in promised)
