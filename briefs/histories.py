"""The read path for what became of briefings: schedules and their ledger -> history, why.

What has come due and is not on the ledger yet is told as well: nobody has looked, or it has to wait
for the end of quiet hours.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias

from briefs import timing
from briefs.errors import UsageError
from briefs.model import (
    BY_HAND,
    FINAL,
    Account,
    Briefing,
    Delivery,
    Due,
    History,
    Omission,
    Publishing,
    Schedule,
    Scope,
    Stage,
    State,
    Step,
    Why,
)
from briefs.store import Store
from briefs.store.schedules import missing

# (schedule, delivery that was sent) -> the address of its message
Link: TypeAlias = Callable[[Schedule, Delivery], str]

_ROWS = 400  # of the ledger, shared by the schedules that are asked for
_LEAST = 40  # of one schedule
_PARTS = 60  # of one day
_MOST = 200  # due times, and schedules
_DAY = timedelta(days=1)
_CAUSES = 3  # interruptions that are named for one late briefing
_LOOKED_BACK = timedelta(days=31)
_SO_FAR = {State.PLANNED: "yet to be made", State.READY: "made", State.SENDING: "on its way"}
_LOOK = "Look there: if it is missing, /schedule run posts it."
_WORST = (
    State.PLANNED,
    State.READY,
    State.SENDING,
    State.FAILED,
    State.UNCERTAIN,
    State.SKIPPED,
    State.SENT,
)


class _Waits(NamedTuple):
    """A due time that is not on the ledger yet, why, and *until* when it has to wait if known."""

    due: Due
    reason: str
    until: datetime | None = None


def chosen(store: Store, scope: Scope | None, name: str = "") -> tuple[Schedule, ...]:
    """Return the schedules of *scope* itself, or of all for None; with a *name* those called so.

    NotFoundError with names that there are when there is none.
    """
    known = store.schedules.every() if scope is None else store.schedules.listing(scope)
    own = [each for each in known if scope is None or each.scope == scope]
    wanted = " ".join(name.split()).casefold()
    found = tuple(each for each in own if wanted in {"", each.name.casefold()})
    if wanted and not found:
        raise missing(name, own)
    return found


def history(
    store: Store, schedules: Sequence[Schedule], now: datetime, *, name: str, link: Link
) -> History:
    """Return the newest due times of *schedules* with the end of each, the newest first.

    UsageError when there are too many to look at.
    """
    if len(schedules) > _MOST:
        raise UsageError(f"There are {len(schedules):,} schedules: name one of them.")
    limit = max(_LEAST, _ROWS // max(1, len(schedules)))
    told = ((each, rows) for each in schedules for rows in _told(store, each, limit))
    found = [_account(each, rows, link) for each, rows in told]
    for each in schedules:
        found += [_unrecorded(each, waits) for waits in _waiting(store, each, now)]
    found.sort(key=lambda account: (account.due, account.slot, account.schedule), reverse=True)
    return History(name=name, accounts=tuple(found[:_MOST]))


def why(store: Store, schedule: Schedule, day: date | None, now: datetime, *, link: Link) -> Why:
    """Return how the last due time of the local date *day* came to its end, or the newest of all.

    Of a day that has not come it says when the briefing will be due.
    """
    account, steps = _newest(store, schedule, day, now, link)
    return Why(
        schedule=schedule.name,
        timezone=schedule.timezone,
        paused=schedule.paused,
        day=day,
        account=account,
        steps=tuple(steps),
        coming=tuple(due.at for due in _coming(schedule, day, now)),
    )


def stages(briefing: Briefing, newest: datetime | None) -> tuple[Stage, ...]:
    """Return what became of the documents that a briefing looked at, stage by stage.

    *newest* is when the newest document of all arrived.
    """
    arrived = briefing.documents + briefing.over
    told = sum(len(item.story.documents) for item in briefing.items)
    repeated = told - sum(len(item.story.origins) for item in briefing.items)
    left = dict(briefing.omissions)
    off_topic, no_line = left.get(Omission.OFF_TOPIC, 0), left.get(Omission.NO_LINE, 0)
    older = f", {briefing.over:,} of them too many to look at" if briefing.over else ""
    topic = f" “{briefing.about}”" if briefing.about else ""
    return (
        Stage("window", f"what arrived from {_utc(briefing.since)} to {_utc(briefing.until)}"),
        Stage(
            "sources", f"the newest document arrived {_utc(newest)}" if newest else "no documents"
        ),
        Stage("candidates", f"{_documents(arrived)} arrived in the window{older}"),
        Stage("filtered", f"{_documents(off_topic)} not on the topic{topic}"),
        Stage("duplicates", f"{_documents(repeated)} repeated an origin that was told already"),
        Stage("below threshold", f"{_documents(no_line)} had no sentence to quote"),
        Stage("budget", _fitted(briefing, left)),
        *([Stage("nothing", briefing.reason)] if briefing.reason else ()),
    )


def _fitted(briefing: Briefing, left: Mapping[Omission, int]) -> str:
    """Say what fitted, and what did not as far as there is any."""
    told = f"{_stories(len(briefing.items))} fitted"
    if briefing.left_out:
        no_room = _documents(left.get(Omission.NO_ROOM, 0))
        told = f"{told}, {briefing.left_out:,} with {no_room} did not"
    if others := left.get(Omission.TOLD, 0):
        told = f"{told}; of those, {_documents(others)} added no line"
    return told


def _told(store: Store, schedule: Schedule, limit: int) -> Iterator[Sequence[Delivery]]:
    """Yield the newest briefings of *schedule*; one whose first parts were cut off is left out."""
    rows = store.deliveries.of(schedule.scope, schedule.id, limit=limit)
    return (group for group in _grouped(rows) if group[0].part == 1)


def _grouped(rows: Sequence[Delivery]) -> Iterator[Sequence[Delivery]]:
    """Yield the parts of each briefing in their order; *rows* has the last part first."""
    for _, together in itertools.groupby(rows, key=lambda row: (row.date, row.slot)):
        yield tuple(together)[::-1]


def _account(schedule: Schedule, rows: Sequence[Delivery], link: Link) -> Account:
    worst = min(rows, key=lambda row: (_WORST.index(row.state), row.part))
    ends = [row.ended for row in rows if row.ended]
    return Account(
        schedule=schedule.name,
        date=rows[0].date,
        slot=rows[0].slot,
        by_hand=rows[0].slot >= BY_HAND,
        due=rows[0].due,
        state=worst.state,
        reason=worst.reason,
        ended=max(ends, default=None),
        urls=tuple(link(schedule, row) for row in rows if row.state is State.SENT and row.message),
    )


def _steps(
    store: Store, schedule: Schedule, rows: Sequence[Delivery], now: datetime, link: Link
) -> Iterator[Step]:
    first = rows[0]
    yield _due(first.slot, first.due)
    yield Step("claimed", "taken up" if first.claimed else "never taken up", first.claimed)
    if first.claimed and first.slot < BY_HAND and first.claimed - first.due >= timing.LATE:
        yield Step("late", _why_late(store, schedule, first.due, first.claimed))
    yield from (Step(stage.name, stage.text) for stage in first.stages)
    for row in rows:
        part = f"part {row.part} of {row.parts}" if row.parts > 1 else ""
        url = link(schedule, row) if row.state is State.SENT and row.message else ""
        hint = _LOOK if row.state is State.UNCERTAIN else ""
        reason = row.reason or _SO_FAR.get(row.state, "")
        told = " ".join(filter(None, (part, _how(row), reason, hint)))
        until = row.not_before if row.state not in FINAL and _ahead(row.not_before, now) else None
        yield Step(str(row.state), told or "posted", row.ended, url, until)
        if row.publish is not Publishing.NONE:
            yield Step("published", ": ".join(filter(None, (str(row.publish), row.publish_note))))


def _due(slot: int, at: datetime) -> Step:
    asked = "somebody asked for it" if slot >= BY_HAND else f"time {slot} of the day"
    return Step("due", asked, at)


def _ahead(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment > now


def _why_late(store: Store, schedule: Schedule, due: datetime, claimed: datetime) -> str:
    """Say what came between when a briefing was due and when it was taken up."""
    where = timing.zone(schedule.timezone)
    between = store.installation.looking.known().interruptions
    came = [each for each in between if each.start < claimed and due < each.end]
    told = [timing.spell(each, where) for each in came[-_CAUSES:]]
    began = came[-1].end if came else due
    if timing.quiet_until(schedule, max(began, due)) is not None:
        quiet = timing.spell_quiet(schedule.quiet)
        told.append(f"It waited for the end of the quiet hours ({quiet}).")
    return " ".join(told) or "Other briefings, or the database, held it up."


def _newest(
    store: Store, schedule: Schedule, day: date | None, now: datetime, link: Link
) -> tuple[Account | None, Iterable[Step]]:
    """Return the last due time of *day*, or of all, with its steps; None when there is none."""
    for waits in _waiting(store, schedule, now):
        if day in {None, waits.due.date}:
            until = waits.until
            steps = (_due(waits.due.slot, waits.due.at), Step("waits", waits.reason, until=until))
            return _unrecorded(schedule, waits), steps
    rows = store.deliveries.of(schedule.scope, schedule.id, limit=_PARTS, day=day)
    group = next(_grouped(rows), ())
    if not group:
        return None, ()
    return _account(schedule, group, link), _steps(store, schedule, group, now, link)


def _waiting(store: Store, schedule: Schedule, now: datetime) -> tuple[_Waits, ...]:
    """Return what has come due and is not on the ledger yet, the newest first, and why not."""
    since = max(schedule.planned_until, now - _LOOKED_BACK)
    due = timing.due_between(schedule, since, now)[-_LEAST:]
    if not due:
        return ()
    made = timing.plan(schedule, now)
    if made.planned_until == schedule.planned_until:  # nothing is planned before then
        quiet = f"It waits for the end of the quiet hours ({timing.spell_quiet(schedule.quiet)})."
        later = f"{quiet} A newer briefing is due since, and covers it."
        newest, *older = due[::-1]
        return (_Waits(newest, quiet, made.next_due), *(_Waits(each, later) for each in older))
    reason = _why_nobody_looks(store, schedule, now)
    return tuple(_Waits(each, reason) for each in due[::-1])


def _why_nobody_looks(store: Store, schedule: Schedule, now: datetime) -> str:
    looks = store.installation.looking.known()
    if looks.last is not None and now - looks.last <= timing.NOTICED and not looks.ended:
        return "It has just come due, and is taken up within a minute."
    return timing.spell_down(looks, timing.zone(schedule.timezone))


def _unrecorded(schedule: Schedule, waits: _Waits) -> Account:
    return Account(
        schedule=schedule.name,
        date=waits.due.date,
        slot=waits.due.slot,
        by_hand=False,
        due=waits.due.at,
        state=State.PLANNED,
        reason=waits.reason,
        ended=None,
        urls=(),
    )


def _how(row: Delivery) -> str:
    return {
        "": "",
        "posted": "",
        "reconciled": "found in the channel after its outcome was unknown",
        "deleted-by-user": "somebody deleted it since",
    }.get(row.how, row.how)


def _coming(schedule: Schedule, day: date | None, now: datetime) -> Sequence[Due]:
    """Return what will be due: on *day*, or next when none is given."""
    if day is None:
        return timing.next_due(schedule, now)
    middle = datetime.combine(day, time(12), tzinfo=timing.zone(schedule.timezone))
    around = timing.due_between(schedule, max(now, middle - 2 * _DAY), middle + 2 * _DAY)
    return [due for due in around if due.date == day]


def _stories(number: int) -> str:
    return "1 story" if number == 1 else f"{number:,} stories"


def _documents(number: int) -> str:
    return "1 document" if number == 1 else f"{number:,} documents"


def _utc(at: datetime) -> str:
    return f"{at:%d %b %Y %H:%M} UTC"
