"""The arrows of the diagram: one function for each kind of event, all in `MOVES`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from briefs.ledger.effects import (
    Cover,
    DropRest,
    Effect,
    PauseSchedule,
    Post,
    Reconcile,
    Render,
    Stop,
    TellOnce,
    TellRecovery,
)
from briefs.ledger.events import (
    Absent,
    Accepted,
    CannotTell,
    Claimed,
    Event,
    Found,
    Held,
    Lost,
    NotAllowed,
    NotRendered,
    NotSent,
    Refused,
    Rendered,
    Withdrawn,
)
from briefs.model import BY_HAND, Delivery, ScheduleId, State

SAFE_WINDOW = timedelta(seconds=60)
RENDERINGS = 3  # a briefing that cannot be made so many times is given up
REPEATS = 3  # refusals in a row, of the kind that may pass, before the schedule is paused
UNKNOWN_MESSAGE = 10008  # Discord's code: the message that the nonce stands for was deleted

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=5)
_RENDER_WAIT = timedelta(minutes=1)
_DAY = timedelta(days=1)
_ELSEWHERE = "name another place with /schedule place"
_REFUSALS = {
    10003: f"The channel was deleted: {_ELSEWHERE}, then use /schedule resume.",
    20028: "The channel lets nobody post so often: lower its slow mode.",
    50001: "Daybrief cannot see the channel: allow View Channel there.",
    50007: f"Who gets it takes no direct messages from Daybrief: {_ELSEWHERE}.",
    50013: "Daybrief may not post there: allow Send Messages (in Threads, where it is one).",
    50083: f"The thread is archived: open it, or {_ELSEWHERE}.",
    160005: f"The thread is locked: unlock it, or {_ELSEWHERE}.",
}

Step: TypeAlias = tuple[Delivery, tuple[Effect, ...]]


class Limits(NamedTuple):
    """The two lengths of time that decide: for how late a post, and for how old a nonce."""

    grace: timedelta
    safe_window: timedelta = SAFE_WINDOW


def _take_up(row: Delivery, _event: Claimed, now: datetime, limits: Limits) -> Step:
    """Claimed, before the first attempt: make it or post it, unless it is too late."""
    if now - row.due > limits.grace:
        return _final(row, State.SKIPPED, _late(row, limits.grace))
    if row.state is State.PLANNED:
        return row, (Render(),)
    return _attempt(row, now), (Post(),)


def _settle(row: Delivery, _event: Claimed, now: datetime, limits: Limits) -> Step:
    """Claimed again, the outcome unknown: repeat while Discord remembers the nonce, else look."""
    assert row.first_attempt is not None
    age = now - row.first_attempt
    if timedelta(0) <= age < limits.safe_window:
        return replace(row, attempts=row.attempts + 1, not_before=None), (Post(),)
    return replace(row, not_before=None), (Reconcile(),)


def _rendered(row: Delivery, event: Rendered, _now: datetime, _limits: Limits) -> Step:
    ready = replace(
        row,
        state=State.READY,
        payload=event.payload,
        nonce=event.nonce,
        marker=event.marker,
        parts=event.parts,
        attempts=0,
        not_before=None,
        reason="",
    )
    return ready, ()


def _not_rendered(row: Delivery, event: NotRendered, now: datetime, _limits: Limits) -> Step:
    if row.attempts + 1 >= RENDERINGS:
        text = f"The briefing could not be made: {event.reason}"
        failed, effects = _final(row, State.FAILED, text)
        return failed, (*effects, TellOnce(_key(row, "made"), text))
    again = now + _RENDER_WAIT
    return replace(row, attempts=row.attempts + 1, not_before=again, reason=event.reason), ()


def _not_allowed(row: Delivery, event: NotAllowed, _now: datetime, _limits: Limits) -> Step:
    """Fail, and leave the schedule on: it goes on by itself once the permission is back."""
    failed, effects = _final(row, State.FAILED, event.reason)
    return failed, (*effects, TellOnce(not_allowed(row.schedule, row.since), event.reason))


def _withdrawn(row: Delivery, event: Withdrawn, _now: datetime, _limits: Limits) -> Step:
    return _final(row, State.SKIPPED, event.reason)


def _held(row: Delivery, event: Held, _now: datetime, _limits: Limits) -> Step:
    return replace(row, not_before=event.until, reason=event.reason), ()


def _accepted(row: Delivery, event: Accepted, _now: datetime, _limits: Limits) -> Step:
    return _sent(row, "posted", event.message)


def _found(row: Delivery, event: Found, _now: datetime, _limits: Limits) -> Step:
    return _sent(row, "reconciled", event.message)


def _refused(row: Delivery, event: Refused, now: datetime, _limits: Limits) -> Step:
    if event.code == UNKNOWN_MESSAGE:  # a nonce is only ever that of one of our messages
        return _sent(row, "deleted-by-user", 0)
    if event.status == 401:
        text = "Discord refused the token: make a new one and start again."
        return _not_posted(row, now, text), (Stop(text),)
    text = _in_words(event)
    failed, effects = _final(row, State.FAILED, text)
    told = TellOnce(_key(row, f"{event.status}.{event.code}"), text)
    pause = PauseSchedule(text, after=1 if event.status == 404 else REPEATS)
    return failed, (*effects, told, pause)


def _not_sent(row: Delivery, event: NotSent, now: datetime, _limits: Limits) -> Step:
    wait = min(timedelta(seconds=event.wait), _DAY)
    return _not_posted(row, now + wait, event.reason), ()


def _lost(row: Delivery, event: Lost, now: datetime, _limits: Limits) -> Step:
    doubled = _FIRST_WAIT * 2 ** min(row.attempts, 10)
    wait = max(min(doubled, _LONGEST_WAIT), min(timedelta(seconds=event.wait), _DAY))
    return replace(row, not_before=now + wait, reason=event.reason), ()


def _absent(row: Delivery, _event: Absent, now: datetime, limits: Limits) -> Step:
    if now - row.due > limits.grace:
        return _final(row, State.SKIPPED, _late(row, limits.grace))
    return _attempt(row, now), (Post(),)


def _cannot_tell(row: Delivery, event: CannotTell, _now: datetime, _limits: Limits) -> Step:
    text = f"Whether it was posted is not known: {event.reason}"
    uncertain, effects = _final(row, State.UNCERTAIN, text)
    key = f"uncertain:{row.schedule}:{row.date}:{row.slot}:{row.part}:{row.revision}"
    return uncertain, (*effects, TellOnce(key, text))


def _attempt(row: Delivery, now: datetime) -> Delivery:
    """Return *row* at its first attempt since it was known not to be posted."""
    return replace(
        row, state=State.SENDING, first_attempt=now, attempts=1, not_before=None, reason=""
    )


def _in_words(event: Refused) -> str:
    """Say what was refused and what to do, where Discord's code tells; and what Discord said."""
    said = f"{event.text} ({event.status}, code {event.code})."
    known = _REFUSALS.get(event.code)
    return f"{known} Discord said: {said}" if known else f"Discord refused it: {said}"


def _not_posted(row: Delivery, again: datetime, reason: str) -> Delivery:
    """Return *row* after an attempt that certainly failed; an earlier one may still be unknown."""
    if row.attempts > 1:
        return replace(row, not_before=again, reason=reason)
    return replace(
        row, state=State.READY, first_attempt=None, attempts=0, not_before=again, reason=reason
    )


def _sent(row: Delivery, how: str, message: int) -> Step:
    sent = replace(row, state=State.SENT, how=how, message=message, not_before=None, reason="")
    if row.part < row.parts:
        return sent, ()
    works = _recovery(row)
    if row.slot >= BY_HAND or row.until is None:
        return sent, (works,)
    return sent, (works, Cover(row.until))


def _final(row: Delivery, state: State, reason: str) -> Step:
    ended = replace(row, state=state, reason=reason, not_before=None)
    if row.part == row.parts:
        return ended, ()
    return ended, (DropRest(f"Part {row.part} of {row.parts} was not posted. {reason}"),)


def _late(row: Delivery, grace: timedelta) -> str:
    minutes = grace // timedelta(minutes=1)
    span = f"{minutes} minutes" if minutes < 120 else f"{minutes / 60:g} hours"
    late = f"It could not be posted within {span} of its time."
    return f"{late} {row.reason}" if row.reason else late


def not_allowed(schedule: ScheduleId, since: datetime | None) -> str:
    """Return the key under which a missing permission is told, nothing being sent *since*."""
    return _failed(schedule, "allowed", since)


def _key(row: Delivery, cause: str) -> str:
    return _failed(row.schedule, cause, row.since)


def _failed(schedule: ScheduleId, cause: str, since: datetime | None) -> str:
    """Return what makes this failure the same as the last one: nothing was sent in between."""
    return f"failed:{schedule}:{cause}:{since.isoformat() if since else ''}"


def _recovery(row: Delivery) -> TellRecovery:
    since = row.since.isoformat() if row.since else ""
    return TellRecovery(
        prefix=f"failed:{row.schedule}:",
        suffix=f":{since}",
        key=f"works:{row.schedule}:{since}",
        text="It works again: the briefing is posted.",
    )


MOVES: dict[tuple[State, type[Event]], Callable[..., Step]] = {
    (State.PLANNED, Claimed): _take_up,
    (State.PLANNED, Rendered): _rendered,
    (State.PLANNED, NotRendered): _not_rendered,
    (State.PLANNED, NotAllowed): _not_allowed,
    (State.PLANNED, Withdrawn): _withdrawn,
    (State.PLANNED, Held): _held,
    (State.READY, Claimed): _take_up,
    (State.READY, Withdrawn): _withdrawn,
    (State.READY, Held): _held,
    (State.SENDING, Claimed): _settle,
    (State.SENDING, Accepted): _accepted,
    (State.SENDING, Refused): _refused,
    (State.SENDING, NotSent): _not_sent,
    (State.SENDING, Lost): _lost,
    (State.SENDING, Found): _found,
    (State.SENDING, Absent): _absent,
    (State.SENDING, CannotTell): _cannot_tell,
}
