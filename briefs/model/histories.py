"""What became of the due times of schedules, and how."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from briefs.model.agenda import State


class Step(NamedTuple):
    """One step on the way of a briefing: what came of it, when, and where it can be seen."""

    name: str
    text: str
    at: datetime | None = None
    url: str = ""
    until: datetime | None = None  # nothing goes on before


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One due time of a schedule with what became of all its parts."""

    schedule: str
    date: date
    slot: int
    by_hand: bool
    due: datetime
    state: State
    reason: str
    ended: datetime | None
    urls: tuple[str, ...]  # of the messages, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The newest due times of one schedule, or of several, the newest first."""

    name: str  # "" for several
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """How a due time came to its end; without an account there is none yet on the day asked for."""

    schedule: str
    timezone: str
    paused: str
    day: date | None  # that was asked for; None: the newest
    account: Account | None
    steps: tuple[Step, ...]
    coming: tuple[datetime, ...]
