"""What can happen to a delivery."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Claimed:
    """The row was taken up."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of this part are made, one of *parts*."""

    payload: bytes
    nonce: str
    marker: str
    parts: int = 1


@dataclass(frozen=True, slots=True)
class NotRendered:
    """The briefing could not be made."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """A permission is missing where it is to be posted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The schedule was paused or deleted meanwhile."""

    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing may be posted now; it may be *until* then."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Discord answered with the message's id."""

    message: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Discord answered that it will not take it: a 4xx status and its own code."""

    status: int
    code: int
    text: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """For certain the attempt did not go through; rest for *wait* seconds."""

    reason: str
    wait: float


@dataclass(frozen=True, slots=True)
class Lost:
    """Whether the attempt went through is unknown; rest for *wait* seconds at least."""

    reason: str
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """The channel's history has the message."""

    message: int


@dataclass(frozen=True, slots=True)
class Absent:
    """The channel's history was read, and provably lacks the message."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The channel's history cannot be read, or proves nothing."""

    reason: str


Event: TypeAlias = (
    Claimed
    | Rendered
    | NotRendered
    | NotAllowed
    | Withdrawn
    | Held
    | Accepted
    | Refused
    | NotSent
    | Lost
    | Found
    | Absent
    | CannotTell
)
