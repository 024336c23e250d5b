"""What becomes of a briefing once it is posted: corrections, sources, what editors do to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from briefs.model.agenda import Delivery
from briefs.model.briefings import Line
from briefs.model.texts import Document, DocumentId, Scope, Span


class EditKind(StrEnum):
    """What an editor did to a posted briefing."""

    HIDE = "hide"  # one story is not shown in it any more
    SHOW = "show"  # one that was hidden is shown again
    WRONG = "wrong"  # a mistake was reported
    WITHDRAW = "withdraw"


class BriefingEdit(NamedTuple):
    """One thing that an editor did to a posted briefing, and when."""

    scope: Scope
    briefing: int
    action: EditKind
    actor: int  # the id of the member
    at: datetime
    story: int = 0  # counted from 1; 0: all of it
    note: str = ""  # of a mistake: which
    id: int = 0


class Changed(NamedTuple):
    """A sentence that was quoted, in the *revision* that has it, and what it reads now.

    A headline is a line with the title, and with an empty span.
    """

    before: Line
    revision: int
    after: Line | None  # None: it was taken out


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an outlet has changed of a document that a briefing quotes, or that it is withdrawn."""

    briefing: int
    document: Document  # as it stands now; of a withdrawn one, as it stood last, without a text
    changes: tuple[Changed, ...]  # at least one, unless it is withdrawn
    withdrawn: bool = False
    more: int = 0  # further sentences, which are not shown


class Sourced(NamedTuple):
    """A line of a briefing inside its paragraph, in the newest revision that has it there."""

    story: int  # counted from 1
    line: Line
    revision: int = 0  # 0: no revision that is kept has it
    paragraph: Line | None = None
    newest: int = 0  # the newest revision of the document; 0: it is not in the library now
    change: Changed | None = None
    moved: Span | None = None  # where the newest revision has it, when that is elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """Every line of a briefing with its source."""

    briefing: int
    lines: tuple[Sourced, ...]


class Amendment(NamedTuple):
    """One promise to post a correction, as the ledger knows promises."""

    id: int
    scope: Scope
    briefing: int
    document: DocumentId
    revision: int
    told: tuple[tuple[int, int, str], ...]  # start, end, what stands there now; "": nothing
    row: Delivery
