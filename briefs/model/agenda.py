"""When a briefing is due, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple, NewType

from briefs.model.texts import Scope

ScheduleId = NewType("ScheduleId", int)

BY_HAND = 1000  # slots from here on were asked for by hand: no due time, no window


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a briefing is due, and where: `channel` is an address only the bot understands."""

    name: str
    channel: int
    times: tuple[time, ...]  # local, ascending; the n-th is slot n
    days: frozenset[int]  # 0 is Monday
    timezone: str
    scope: Scope
    created: datetime
    planned_until: datetime  # every due time up to here has its row; only grows
    covered_until: datetime  # end of the last window that was sent
    about: str = ""
    length: str = "normal"
    sections: tuple[str, ...] = ()  # of a briefing, in this order; empty: all
    owner: str = "discord"  # or "file": kept in config.toml
    paused: str = ""  # the reason; "" when it is on
    id: ScheduleId = ScheduleId(0)


class Due(NamedTuple):
    """A moment a schedule owes a briefing for, identified by its local date and slot."""

    date: date
    slot: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a look at the clock decides for one schedule: one post at most, reasons for the rest."""

    send: Due | None
    skip: tuple[tuple[Due, str], ...]  # with the reason, in words
    planned_until: datetime
    next_due: datetime | None  # when to look again; None: never


class State(StrEnum):
    """Where a delivery stands; the last four are final."""

    PLANNED = "planned"
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


FINAL = frozenset({State.SENT, State.SKIPPED, State.FAILED, State.UNCERTAIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One promise to post one part of a briefing; `payload` is fixed before the first attempt."""

    schedule: ScheduleId
    date: date
    slot: int
    part: int = 1
    parts: int = 1
    revision: int = 1
    channel: int
    due: datetime
    state: State = State.PLANNED
    how: str = ""  # for SENT: "posted", "reconciled", "deleted-by-user"
    reason: str = ""  # in words, for every final state but a plain SENT
    payload: bytes = field(default=b"", repr=False)
    nonce: str = ""
    marker: str = ""
    since: datetime | None = None
    until: datetime | None = None
    first_attempt: datetime | None = None
    not_before: datetime | None = None
    attempts: int = 0  # since it was last known not to be posted; in PLANNED, of making it
    message: int = 0
    fence: int = 0  # grows with each claim: who has an older one writes no more
