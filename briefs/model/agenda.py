"""When a briefing is due, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple, NewType

from briefs.model.texts import Scope

ScheduleId = NewType("ScheduleId", int)

BY_HAND = 1000  # slots from here on were asked for by hand: no due time, no window


class MonthDay(NamedTuple):
    """A day of the month: the *number*-th, or the *number*-th of one weekday; -1 is the last.

    A month that has no such day has none.
    """

    number: int
    weekday: int | None = None  # 0 is Monday


class Days(NamedTuple):
    """The dates on which a briefing is due: those of *week*, and those of *month* as well."""

    week: frozenset[int] = frozenset()  # 0 is Monday
    month: tuple[MonthDay, ...] = ()  # in order, each once


class Holiday(NamedTuple):
    """Local dates to skip, from *first* to *last* inclusive; *yearly*: of every year.

    Yearly ones stand in the year 2000, which has each day, and may go on over New Year.
    """

    first: date
    last: date
    yearly: bool = False


class QuietHours(NamedTuple):
    """Local times between which nothing is posted, over midnight when *end* is the earlier."""

    start: time
    end: time  # the first time that is not quiet any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a briefing is due, and where: `channel` is an address only the bot understands."""

    name: str
    channel: int
    times: tuple[time, ...]  # local, ascending; the n-th is slot n
    days: Days
    timezone: str
    scope: Scope
    created: datetime
    planned_until: datetime  # every due time up to here has its row; only grows
    covered_until: datetime  # end of the last window that was sent
    about: str = ""
    length: str = "normal"
    sections: tuple[str, ...] = ()  # of a briefing, in this order; empty: all
    kind: str = ""  # of `channel`: "forum" gets a new post each time, "direct" is one person's
    mention: int = 0  # the one role that is notified; 0: nobody is
    tags: tuple[int, ...] = ()  # of a forum's posts
    publish: bool = False  # in an announcement channel: to those that follow it, too
    owner: str = "discord"  # or "file": kept in config.toml
    paused: str = ""  # the reason; "" when it is on
    paused_until: datetime | None = None  # nothing that is due before is posted
    skip: tuple[Holiday, ...] = ()
    quiet: QuietHours | None = None
    id: ScheduleId = ScheduleId(0)


class Due(NamedTuple):
    """A moment a schedule owes a briefing for, identified by its local date and slot."""

    date: date
    slot: int
    at: datetime  # after the quiet hours, when its time is inside them


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


class Stage(NamedTuple):
    """A step of a delivery, and what came of it in words."""

    name: str
    text: str


class Publishing(StrEnum):
    """Where the publication of a message in an announcement channel stands."""

    NONE = ""
    WANTED = "wanted"
    DONE = "done"
    FAILED = "failed"


class Gap(StrEnum):
    """Why for a while nobody looked what is due."""

    DOWN = "down"  # no process was running
    ASLEEP = "asleep"  # the machine slept
    HELD_UP = "held up"  # the process was frozen, or the database did not answer
    AHEAD = "ahead"  # the clock was set forward
    BACK = "back"  # the clock was set back


class Interruption(NamedTuple):
    """From one look at the clock to the next, when that was long or not forward at all."""

    gap: Gap
    start: datetime  # of the last look before
    end: datetime  # of the first one after; not later than *start* when the clock was set back
    note: str = ""  # of what was down: how it had ended, in a sentence


class Looks(NamedTuple):
    """When it was last looked what is due, and what came between two looks before."""

    last: datetime | None  # None: never
    ended: str  # how the program ended after that, in a sentence; "" while it runs, or was killed
    interruptions: tuple[Interruption, ...]  # the newest, the oldest first


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
    thread: int = 0  # where it is posted when that is not `channel`: the post of a forum
    stages: tuple[Stage, ...] = ()  # what was noted while it was made
    claimed: datetime | None = None  # when it was first taken up
    ended: datetime | None = None  # when it became final
    publish: Publishing = Publishing.NONE
    publish_at: datetime | None = None  # not before
    publish_note: str = ""  # why it is not published, in words
    fence: int = 0  # grows with each claim: who has an older one writes no more
