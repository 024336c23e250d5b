"""The read path for what would have been: schedule, store -> the briefings of the days before.

Nothing is recorded. A schedule is looked at as if it had been on all the time, and each briefing
had been posted when it was due.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from briefs import briefings, timing
from briefs.briefings import Asked
from briefs.model import Due, Schedule, Scope, Simulated, Simulation
from briefs.store import Store

MOST = 31  # due times, the newest; how many are left out stands on the page
MOST_DAYS = 31

_BEFORE = (timedelta(days=8), timedelta(days=64), timedelta(days=400))
_ENOUGH = 1_000  # due times: more than eight days can have
_MOMENT = timedelta(microseconds=1)


class _Owed(NamedTuple):
    """A due time: the window of its briefing, or why there would have been none."""

    due: Due
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None


def simulate(
    store: Store,
    scope: Scope,
    schedule: Schedule,
    *,
    now: datetime,
    days: int = 7,
    patience: float = math.inf,
) -> Simulation:
    """Return what *schedule* would have posted in the last *days* up to *now*, for *scope*.

    The newest are composed first, for *patience* seconds: what is not done by then is left out.
    """
    since = now - timedelta(days=days)
    always_on = replace(schedule, paused="", paused_until=None)
    due = timing.due_between(always_on, since, now)
    begin = due[-MOST].at - _MOMENT if len(due) > MOST else since
    owed = tuple(_owed(replace(always_on, planned_until=begin), now))[-MOST:]
    rows = tuple(_rows(store, scope, schedule, owed, time.monotonic() + patience))
    return Simulation(
        schedule=schedule.name,
        timezone=schedule.timezone,
        since=since,
        until=now,
        rows=rows[::-1],
        left_out=len(due) - len(rows),
        paused=timing.why_off(schedule, now),
    )


def _owed(schedule: Schedule, now: datetime) -> Iterator[_Owed]:
    """Yield the due times from `planned_until` on, planned one moment after the other."""
    covered = _covered_before(schedule, schedule.planned_until)
    due = timing.due_between(schedule, schedule.planned_until, now)
    for at in sorted({each.at for each in due}):
        made = timing.plan(schedule, at)
        schedule = replace(schedule, planned_until=made.planned_until)
        yield from (_Owed(skipped, reason) for skipped, reason in made.skip)
        if made.send:
            yield _Owed(made.send, since=covered, until=at)
            covered = at


def _rows(
    store: Store, scope: Scope, schedule: Schedule, owed: Sequence[_Owed], deadline: float
) -> Iterator[Simulated]:
    """Yield what would have been, the newest first, until the *deadline* of this machine's clock.

    The newest is there however long it takes.
    """
    samples = not store.documents.has_other_than_samples(scope)
    for number, each in enumerate(reversed(owed)):
        if number and time.monotonic() >= deadline:
            return
        if each.since is None or each.until is None:
            yield Simulated(due=each.due, reason=each.reason)
            continue
        asked = _asked(schedule, each.since, each.until, samples=samples)
        yield _told(store, scope, each.due, asked)


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
