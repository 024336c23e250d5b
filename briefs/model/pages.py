"""What is laid out: runs of typed words, in pages that fit in one message."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from briefs.model.texts import DocumentId, Span


class Style(StrEnum):
    """How a label looks."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    HEADING = "heading"
    QUOTE = "quote"  # opens a quoted line; its text is empty


@dataclass(frozen=True, slots=True)
class Label:
    """Words of our own."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document: `Document.text[span]`, or its title when *span* is None."""

    text: str
    document: DocumentId
    span: Span | None
    strong: bool = False
    revision: int = 0  # of the document that has them; 0: as it stands now


@dataclass(frozen=True, slots=True)
class Source:
    """Where a quotation comes from. The only link there is, and only when *url* is http(s)."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time."""

    at: datetime
    form: str = "date"  # "date", "time", "full"


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line; *blank* leaves an empty line after it."""

    blank: bool = False


Run: TypeAlias = Label | Quotation | Source | Moment | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sequence of runs that fits in one message."""

    title: str
    runs: tuple[Run, ...]
    number: int = 1
    total: int = 1
