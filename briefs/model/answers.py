"""What a look-up gives: cards, quotes, hits, summaries, shelves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from briefs.model.briefings import Briefing, BriefingRecord, Dispute, Line, Reported, Said
from briefs.model.texts import Document, EntityId, Kind, Span


class Companion(NamedTuple):
    """Who else stands in the documents of an entity, and in how many of the ones looked at."""

    name: str
    kind: Kind
    documents: int
    line: Line | None = None  # the newest that names both, when there is one and it was looked for


class Held(NamedTuple):
    """What somebody is said to be, where it was said last, and between which dates it was."""

    line: Line
    first: datetime | None  # publication of the oldest dated document that says so, of the newest
    last: datetime | None
    documents: int


class Reason(NamedTuple):
    """Why a written form stands for an entity, and how many of its newest mentions it explains."""

    text: str
    reason: str
    mentions: int


class Count(NamedTuple):
    """How often something is named on a day (UTC), and in how many documents."""

    day: date
    documents: int
    mentions: int


class Dated(NamedTuple):
    """A line with the day that it speaks of when *told*, or else the day it was published."""

    day: date
    line: Line
    told: bool = False
    until: date | None = None  # the last day, when it speaks of more than one


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that is known about one entity in one scope, in bounded lists, newest first."""

    id: EntityId
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    mentions: int
    documents: int
    first_seen: datetime | None
    last_seen: datetime | None
    roles: tuple[Held, ...] = ()
    quotes: tuple[Said, ...] = ()
    companions: tuple[Companion, ...] = ()
    timeline: tuple[Dated, ...] = ()
    lines: tuple[Line, ...] = ()  # the newest sentences that name it
    headlines: tuple[Line, ...] = ()  # of the newest documents; a headline's span is empty
    reasons: tuple[Reason, ...] = ()
    days: tuple[Count, ...] = ()  # the newest days on which it is named, oldest first
    note: str = ""  # what is uncertain, in our words


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One side of a comparison: a card, and what it said in the stories that both are in."""

    card: Card
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two entities side by side, as far as the newest documents of each tell."""

    first: Compared
    second: Compared
    documents: int  # of the newest of each that were looked at, how many name both
    looked_at: int  # the newest documents of each that were looked at
    together: tuple[Line, ...]  # the newest sentences that name both
    company: tuple[Companion, ...]  # who is in documents of both; the fewer of the two counts


class Trend(NamedTuple):
    """How many documents name an entity in a window, and in the one before it."""

    name: str
    kind: Kind
    documents: int
    before: int

    @property
    def change(self) -> int:
        """How many documents more it is."""
        return self.documents - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Trending:
    """Whose number of documents changed the most between two windows, by days in UTC."""

    first: date | None  # of the window; the one before it is as long; None: there is no document
    last: date | None
    trends: tuple[Trend, ...]
    capped: bool = False  # names that are rare on a day with very many were not counted
    more: int = 0  # further names whose number changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Lines on one subject, the earliest day first."""

    subject: str
    entries: tuple[Dated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """What one person said, newest first."""

    speaker: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A line that answers a search; `marks` are the matched words, as offsets into the document."""

    line: Line
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a search, newest first."""

    query: str
    hits: tuple[Hit, ...]
    more: bool = False  # older documents match too, and were not looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The lines that stand for a document, or for several documents on one story."""

    title: str
    algorithm: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Documents of the library, newest first, without their texts."""

    documents: tuple[Document, ...]
    more: bool = False


class Before(NamedTuple):
    """What a past revision of a document said that the next one does not."""

    revision: int
    until: datetime  # when the next one took its place
    gone: tuple[tuple[Span, str], ...]  # paragraphs, in the text of that revision
    more: int  # paragraphs that are left out


class Edition(NamedTuple):
    """A document as it stands, and what it said before."""

    document: Document
    before: tuple[Before, ...]  # the newest first


class FigureStory(NamedTuple):
    """The figures of one story, and which of them differ."""

    headline: Line
    figures: tuple[Reported, ...]
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """The figures of the stories of a window, by source, those of the first story first."""

    about: str
    stories: tuple[FigureStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """Where something like *claim* was said: the most alike first, and the earliest of those."""

    claim: str
    hits: tuple[Hit, ...]
    first: datetime | None = None  # when the earliest of them was published, as far as that is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a briefing is as it is: one of its stories, or with 0 all of it."""

    briefing: Briefing
    story: int = 0  # counted from 1
    number: int = 0  # of the kept briefing; 0: it is not kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Briefings that were kept, the newest first."""

    records: tuple[BriefingRecord, ...]
