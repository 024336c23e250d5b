"""The read path for what would have been: schedule, store -> the briefings of the days before.

Nothing is recorded. A schedule is looked at as if it had been on all the time, and each briefing
had been posted when it was due.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from briefs import briefings, timing
from briefs.briefings import Asked
from briefs.model import Due, Schedule, Scope, Simulated, Simulation
from briefs.store import Store

MOST = 31  # due times, the newest; how many are left out stands on the page
MOST_DAYS = 31

_BEFORE = (timedelta(days=8), timedelta(days=64), timedelta(days=400))
_ENOUGH = 1_000  # due times: more than eight days can have
_MOMENT = timedelta(microseconds=1)


def simulate(
    store: Store, scope: Scope, schedule: Schedule, *, now: datetime, days: int = 7
) -> Simulation:
    """Return what *schedule* would have posted in the last *days* up to *now*, for *scope*."""
    since = now - timedelta(days=days)
    always_on = replace(schedule, paused="", paused_until=None)
    due = timing.due_between(always_on, since, now)
    begin = due[-MOST].at - _MOMENT if len(due) > MOST else since
    rows = tuple(_rows(store, scope, replace(always_on, planned_until=begin), now))[-MOST:]
    return Simulation(
        schedule=schedule.name,
        timezone=schedule.timezone,
        since=since,
        until=now,
        rows=rows,
        left_out=len(due) - len(rows),
        paused=timing.why_off(schedule, now),
    )


def _rows(store: Store, scope: Scope, schedule: Schedule, now: datetime) -> Iterator[Simulated]:
    """Yield the due times from `planned_until` on, planned one moment after the other."""
    covered = _covered_before(schedule, schedule.planned_until)
    due = timing.due_between(schedule, schedule.planned_until, now)
    samples = not store.documents.has_other_than_samples(scope)
    for at in sorted({each.at for each in due}):
        made = timing.plan(schedule, at)
        schedule = replace(schedule, planned_until=made.planned_until)
        yield from (Simulated(due=skipped, reason=reason) for skipped, reason in made.skip)
        if made.send:
            asked = _asked(schedule, covered, at, samples=samples)
            yield _told(store, scope, made.send, asked)
            covered = at


def _covered_before(schedule: Schedule, at: datetime) -> datetime:
    """Return when the last briefing before *at* was due; a day before where there was none."""
    for stretch in _BEFORE:
        found = timing.next_due(schedule, at - stretch, _ENOUGH)
        if before := [due.at for due in found if due.at <= at]:
            return before[-1]
    return at - timing.FIRST_WINDOW


def _asked(schedule: Schedule, since: datetime, until: datetime, *, samples: bool) -> Asked:
    return Asked(
        since=since,
        until=until,
        about=schedule.about,
        length=schedule.length,
        sections=schedule.sections,
        samples=samples,
        backlog=False,
    )


def _told(store: Store, scope: Scope, due: Due, asked: Asked) -> Simulated:
    briefing = briefings.compose(store, scope, asked)
    return Simulated(
        due=due,
        reason=briefing.reason,
        since=asked.since,
        until=asked.until,
        documents=briefing.documents,
        over=briefing.over,
        left_out=briefing.left_out,
        headlines=tuple(item.headline for item in briefing.items),
    )
