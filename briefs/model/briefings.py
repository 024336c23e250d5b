"""What is picked out of many documents: stories, lines, briefings, summaries."""

from dataclasses import dataclass
from datetime import datetime

from briefs.model.texts import Document, DocumentId, How, Scope, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Documents on one event.

    An origin is one independent source: its documents are near copies of each other, or come
    from one outlet.
    """

    documents: tuple[DocumentId, ...]  # the most central first
    origins: tuple[tuple[DocumentId, ...], ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A quotation that is shown: `text` is exactly `Document.text[span]` of the stored document."""

    document: DocumentId
    span: Span
    text: str
    source: str
    url: str
    published: datetime | None
    title: str = ""
    sample: bool = False
    filed: bool = False  # `published` is only the time of its file

    @classmethod
    def of(cls, document: Document, span: Span) -> "Line":
        """Return the slice *span* of *document*, which has its text, with its source."""
        return cls(
            document=document.id,
            span=span,
            text=document.text[span.start : span.end],
            source=document.outlet,
            url=document.url,
            published=document.published,
            title=document.title,
            sample=document.sample,
            filed=document.filed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quotation with the person it is ascribed to."""

    line: Line
    how: How
    speaker: str | None  # canonical name; None: unattributed


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story of a briefing, as it will be shown."""

    story: Story
    headline: Line  # its text is the stored title of its document, its span is empty
    lines: tuple[Line, ...]
    quotes: tuple[Said, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What arrived in [since, until), the most important story first."""

    scope: Scope
    since: datetime
    until: datetime
    about: str
    items: tuple[Item, ...]
    documents: int  # how many arrived in the window and were looked at
    left_out: int  # stories that did not fit
    over: int = 0  # documents over the cap, older than the ones looked at
    reason: str = ""  # why there is nothing, when there is nothing
    sample: bool = False
