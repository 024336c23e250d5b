"""The read path for what became of briefings: schedules and their ledger -> history, why."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from rapidfuzz import process

from briefs import timing
from briefs.errors import NotFoundError, UsageError
from briefs.model import (
    BY_HAND,
    Account,
    Briefing,
    Delivery,
    Due,
    History,
    Publishing,
    Schedule,
    Scope,
    Stage,
    State,
    Step,
    Why,
)
from briefs.store import Store

# (schedule, delivery that was sent) -> the address of its message
Link: TypeAlias = Callable[[Schedule, Delivery], str]

_ROWS = 400  # of the ledger, shared by the schedules that are asked for
_LEAST = 40  # of one schedule
_PARTS = 60  # of one day
_MOST = 200  # due times, and schedules
_DAY = timedelta(days=1)
_SO_FAR = {State.PLANNED: "yet to be made", State.READY: "made", State.SENDING: "on its way"}
_WORST = (
    State.PLANNED,
    State.READY,
    State.SENDING,
    State.FAILED,
    State.UNCERTAIN,
    State.SKIPPED,
    State.SENT,
)


def chosen(store: Store, scope: Scope | None, name: str = "") -> tuple[Schedule, ...]:
    """Return the schedules of *scope* itself, or of all for None; with a *name* those called so.

    NotFoundError with names that are near when there is none.
    """
    known = store.schedules.every() if scope is None else store.schedules.listing(scope)
    own = [each for each in known if scope is None or each.scope == scope]
    wanted = " ".join(name.split()).casefold()
    found = tuple(each for each in own if wanted in {"", each.name.casefold()})
    if wanted and not found:
        names = list(dict.fromkeys(each.name for each in own))
        near = [match for match, _, _ in process.extract(name, names, limit=3, score_cutoff=60)]
        raise NotFoundError(f"There is no schedule called “{name[:80]}”.", near)
    return found


def history(store: Store, schedules: Sequence[Schedule], *, name: str, link: Link) -> History:
    """Return the newest due times of *schedules* with the end of each, the newest first.

    UsageError when there are too many to look at.
    """
    if len(schedules) > _MOST:
        raise UsageError(f"There are {len(schedules):,} schedules: name one of them.")
    limit = max(_LEAST, _ROWS // max(1, len(schedules)))
    told = ((each, rows) for each in schedules for rows in _told(store, each, limit))
    found = [_account(each, rows, link) for each, rows in told]
    found.sort(key=lambda account: (account.due, account.slot, account.schedule), reverse=True)
    return History(name=name, accounts=tuple(found[:_MOST]))


def why(store: Store, schedule: Schedule, day: date | None, now: datetime, *, link: Link) -> Why:
    """Return how the last due time of the local date *day* came to its end, or the newest of all.

    Of a day that has not come it says when the briefing will be due.
    """
    deliveries = store.deliveries
    rows = next(_grouped(deliveries.of(schedule.scope, schedule.id, limit=_PARTS, day=day)), ())
    return Why(
        schedule=schedule.name,
        timezone=schedule.timezone,
        paused=schedule.paused,
        day=day,
        account=_account(schedule, rows, link) if rows else None,
        steps=tuple(_steps(schedule, rows, link)) if rows else (),
        coming=tuple(due.at for due in _coming(schedule, day, now)),
    )


def stages(briefing: Briefing, newest: datetime | None) -> tuple[Stage, ...]:
    """Return what became of the documents that a briefing looked at, stage by stage.

    *newest* is when the newest document of all arrived.
    """
    arrived = briefing.documents + briefing.over
    told = [number for item in briefing.items for number in item.story.documents]
    about = f"It is not about “{briefing.about}”."  # as the briefing words it
    reasons = Counter(
        "filtered"
        if each.reason == about
        else "shown"
        if each.headline.document in told
        else "over"
        for each in briefing.omitted
    )
    repeated = len(told) - sum(len(item.story.origins) for item in briefing.items)
    older = f", {briefing.over:,} of them too many to look at" if briefing.over else ""
    return (
        Stage("window", f"what arrived from {_utc(briefing.since)} to {_utc(briefing.until)}"),
        Stage(
            "sources", f"the newest document arrived {_utc(newest)}" if newest else "no documents"
        ),
        Stage("candidates", f"{_documents(arrived)} arrived in the window{older}"),
        Stage("filtered", f"{_documents(reasons['filtered'])} not on the topic"),
        Stage("duplicates", f"{_documents(repeated)} repeated an origin that was told already"),
        Stage("below threshold", f"{_documents(reasons['shown'])} had no line good enough"),
        Stage("budget", f"{len(briefing.items)} stories fitted, {briefing.left_out} did not"),
        *([Stage("nothing", briefing.reason)] if briefing.reason else ()),
    )


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


def _steps(schedule: Schedule, rows: Sequence[Delivery], link: Link) -> Iterator[Step]:
    first = rows[0]
    asked = "somebody asked for it" if first.slot >= BY_HAND else f"time {first.slot} of the day"
    yield Step("due", asked, first.due)
    yield Step("claimed", "taken up" if first.claimed else "never taken up", first.claimed)
    yield from (Step(stage.name, stage.text) for stage in first.stages)
    for row in rows:
        part = f"part {row.part} of {row.parts}" if row.parts > 1 else ""
        url = link(schedule, row) if row.state is State.SENT and row.message else ""
        told = ", ".join(filter(None, (part, _how(row), row.reason)))
        yield Step(str(row.state), told or _SO_FAR.get(row.state, "posted"), row.ended, url)
        if row.publish is not Publishing.NONE:
            yield Step("published", ": ".join(filter(None, (str(row.publish), row.publish_note))))


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


def _documents(number: int) -> str:
    return "1 document" if number == 1 else f"{number:,} documents"


def _utc(at: datetime) -> str:
    return f"{at:%d %b %Y %H:%M} UTC"
