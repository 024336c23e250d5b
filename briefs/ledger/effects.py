"""What is to be done after an event; each may be done twice without harm."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Render:
    """Make the briefing."""


@dataclass(frozen=True, slots=True)
class Post:
    """Send the stored bytes."""


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Look in the channel's history for the marker."""


@dataclass(frozen=True, slots=True)
class TellOnce:
    """Tell the owner *text*, unless *key* was told before."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class TellRecovery:
    """Tell the owner *text*, once for *key*, if a failure was told since the last briefing.

    The keys of those begin with *prefix* and end with *suffix*.
    """

    prefix: str
    suffix: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class PauseSchedule:
    """Pause the schedule when this is failure number *after* in a row."""

    reason: str
    after: int


@dataclass(frozen=True, slots=True)
class Cover:
    """The whole briefing is out: the next one's window begins at *until*."""

    until: datetime


@dataclass(frozen=True, slots=True)
class DropRest:
    """The parts that follow are not posted, for *reason*."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The token is not valid: leave, and try nothing more."""

    reason: str


Effect: TypeAlias = (
    Render | Post | Reconcile | TellOnce | TellRecovery | PauseSchedule | Cover | DropRest | Stop
)
