"""A delivery and an event in, the delivery as it stands then and what is to be done out. Pure.

    planned --Rendered--> ready --Claimed--> sending --Accepted----> sent (posted)
                            ^                   | |
                            `----- NotSent -----' |--Refused-------> failed
                                                  |    10008: sent (deleted-by-user)
                                                  `--Lost----------> sending: the outcome is unknown

    planned --NotRendered--> planned, the third time failed
    planned --NotAllowed--> failed, and the schedule stays on
    planned, ready --Withdrawn, or Claimed past the grace--> skipped
    planned, ready --Held--> as they were, and not before then

    sending, Claimed again, first attempt under 60 s ago --> Post the same bytes and nonce
    sending, Claimed again, later, or the clock jumped   --> Reconcile with the channel's history
        Found      --> sent (reconciled)
        Absent     --> sending: Post the same bytes and nonce; past the grace: skipped
        CannotTell --> uncertain: never posted again by itself

    NotSent after an earlier unknown attempt, and a refused token then, leave it sending

Sent, skipped, failed and uncertain are final: no event is allowed there. Whoever carries the
effects out stores the row first, except that a failure is told before it is stored, so that a crash
in between tells it again (under the same key) and never leaves it untold. Every effect may be
carried out twice without harm.

Discord drops a second message of the same nonce for "a few minutes"; 60 s is a deliberate
under-estimate of that. The post of a forum is made without a nonce: its safe window is nothing, so
that an unknown outcome is always looked up, by the marker in the first messages of our posts.
"""

import hashlib
from datetime import date, datetime

from briefs.ledger.arrows import (
    MOVES,
    RENDERINGS,
    REPEATS,
    SAFE_WINDOW,
    UNKNOWN_MESSAGE,
    Limits,
    Step,
    not_allowed,
)
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
from briefs.model import Delivery, ScheduleId

__all__ = [
    "MOVES",
    "RENDERINGS",
    "REPEATS",
    "SAFE_WINDOW",
    "UNKNOWN_MESSAGE",
    "Absent",
    "Accepted",
    "CannotTell",
    "Claimed",
    "Cover",
    "DropRest",
    "Effect",
    "Event",
    "Found",
    "Held",
    "Limits",
    "Lost",
    "NotAllowed",
    "NotRendered",
    "NotSent",
    "PauseSchedule",
    "Post",
    "Reconcile",
    "Refused",
    "Render",
    "Rendered",
    "Step",
    "Stop",
    "TellOnce",
    "TellRecovery",
    "Withdrawn",
    "advance",
    "marker",
    "nonce",
    "not_allowed",
]


def advance(row: Delivery, event: Event, now: datetime, limits: Limits) -> Step:
    """Return *row* after *event*, and the effects; ValueError where the diagram has no arrow."""
    move = MOVES.get((row.state, type(event)))
    if move is None:
        raise ValueError(f"a delivery that is {row.state} cannot meet {type(event).__name__}")
    return move(row, event, now, limits)


def nonce(
    installation: str,
    schedule: ScheduleId,
    day: date,
    slot: int,
    *,
    channel: int,
    part: int,
    revision: int,
) -> str:
    """Return what Discord recognises a repeated message by: 21 characters, always the same."""
    key = f"{installation}|{schedule}|{day.isoformat()}|{slot}|{channel}|{part}|{revision}"
    return "b" + hashlib.blake2b(key.encode(), digest_size=10).hexdigest()


def marker(of: str) -> str:
    """Return the short id that stands in the footer of the message with the nonce *of*."""
    return of[1:9]
