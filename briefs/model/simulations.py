"""What a schedule would have posted."""

from dataclasses import dataclass
from datetime import datetime

from briefs.model.agenda import Due
from briefs.model.briefings import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """One due time: what a briefing would have told then, or why there would have been none."""

    due: Due
    reason: str = ""  # why nothing would have been posted, or told, in words
    since: datetime | None = None  # the window; None: nothing would have been posted
    until: datetime | None = None
    documents: int = 0  # how many arrived in the window, those that were looked at
    over: int = 0  # documents over the cap
    left_out: int = 0  # stories that would not have fitted
    headlines: tuple[Line, ...] = ()  # of the stories, the most important first


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What *schedule* would have posted in (since, until], the oldest first."""

    schedule: str
    timezone: str
    since: datetime
    until: datetime
    rows: tuple[Simulated, ...]
    left_out: int = 0  # due times that are older than `rows`
    paused: str = ""  # that it is paused now, in a sentence
