"""What a look-up gives: cards, quotes, hits, summaries, shelves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from briefs.model.briefings import Line, Said
from briefs.model.texts import Document, EntityId, Kind, Span


class Companion(NamedTuple):
    """Who else stands in the documents of an entity, and in how many of the ones looked at."""

    name: str
    kind: Kind
    documents: int


class Dated(NamedTuple):
    """A line with the day that it speaks of, or else the day it was published."""

    day: date
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that is known about one entity in one scope, in bounded lists, newest first."""

    id: EntityId
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    roles: tuple[Line, ...]
    mentions: int
    documents: int
    first_seen: datetime | None
    last_seen: datetime | None
    quotes: tuple[Said, ...]
    companions: tuple[Companion, ...]
    timeline: tuple[Dated, ...]
    lines: tuple[Line, ...]  # the newest sentences that name it
    note: str = ""  # what is uncertain, in our words


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
