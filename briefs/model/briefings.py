"""What is picked out of many documents: stories, lines, briefings, summaries."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from briefs.model.texts import Document, DocumentId, How, Scope, Sentence, Span

StoryId = NewType("StoryId", int)


class Part(NamedTuple):
    """One part of a score, in our words: what it is for, and how much it counts."""

    name: str
    value: float


class Lean(NamedTuple):
    """Why a sentence does not stand alone.

    With *before*, it may stand after the sentence directly before it, where that one may be shown:
    it may lean itself, on the one before it. With a *note*, it may stand beside that note, which is
    ours and is made of stored facts.
    """

    rule: str  # in words: "opens with “He”"
    before: bool = False
    note: str = ""


class Choice(NamedTuple):
    """A sentence that was picked, and why it may be shown."""

    sentence: Sentence
    parts: tuple[Part, ...] = ()  # of its score
    rule: str = ""  # the rule of context that fired, and what was done about it
    note: str = ""
    joined: bool = False  # it stands directly after the one before it in their document


class Standing(StrEnum):
    """What a story is to a reader who knows the briefings before."""

    NEW = "new"
    DEVELOPING = "developing"  # there were documents on it before
    CONFIRMED = "confirmed"  # and now there are some of a further origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Documents on one event.

    An origin is one independent source: its documents are near copies of each other, or come
    from one outlet.
    """

    id: StoryId = StoryId(0)  # 0: it is not stored
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
    joined: bool = False  # it stands directly after the line before it in their document
    note: str = ""  # ours, shown beside the quotation and never in it
    rule: str = ""  # the rule of context that fired
    parts: tuple[Part, ...] = ()  # of the score that it was picked for

    @classmethod
    def chosen(cls, document: Document, choice: Choice) -> "Line":
        """Return the sentence that was picked of *document*, with the reasons for it."""
        return replace(
            cls.of(document, choice.sentence.span),
            joined=choice.joined,
            note=choice.note,
            rule=choice.rule,
            parts=choice.parts,
        )

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


class Figure(NamedTuple):
    """A number that a document gives, and what it counts."""

    sentence: Sentence
    span: Span  # of the number with its unit
    value: str  # normalised, as `Mention.value`: "USD 1200000000", "~20 km", "37"
    about: str  # what is counted, folded: "people killed", "drones"


class Reported(NamedTuple):
    """A figure as an outlet has it, in its line."""

    line: Line
    span: Span  # of the number in the document's text
    value: str
    about: str


class Dispute(NamedTuple):
    """Figures for one fact that differ, a line for each value, in the order of publication."""

    about: str
    reported: tuple[Reported, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story of a briefing, as it will be shown."""

    story: Story
    headline: Line  # its text is the stored title of its document, its span is empty
    lines: tuple[Line, ...]
    quotes: tuple[Said, ...]
    people: tuple[str, ...]
    standing: Standing = Standing.NEW
    earlier: int = 0  # documents on it that arrived before the window
    further: tuple[str, ...] = ()  # outlets of the origins that are new in the window
    figures: tuple[Reported, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    also: tuple[Line, ...] = ()  # what the lines leave out: who, what, how many
    watched: tuple[str, ...] = ()  # what of the reader's watch-list stands in it
    parts: tuple[Part, ...] = ()  # of the score that it was ranked by


class Quiet(NamedTuple):
    """A story of the window before that nothing new arrived on."""

    headline: Line
    documents: int
    last: datetime  # when the last document on it arrived


class Omission(StrEnum):
    """Why a document that arrived in the window is not shown."""

    OFF_TOPIC = "off topic"
    NO_LINE = "no line"  # its story has no sentence that may be quoted
    TOLD = "told"  # its story is told, in lines of other documents
    NO_ROOM = "no room"  # its story is past the length


class Omitted(NamedTuple):
    """A document that arrived in the window and that the briefing does not show."""

    headline: Line
    reason: str
    kind: Omission | None = None  # None: it was kept by a version that had no kinds


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
    quiet: tuple[Quiet, ...] = ()
    omitted: tuple[Omitted, ...] = ()  # the newest
    omissions: tuple[tuple[Omission, int], ...] = ()  # how many for each reason, all counted
    sections: tuple[str, ...] = ()  # what is shown of it, in this order; empty: everything


class BriefingRecord(NamedTuple):
    """A briefing that was kept, so that it can be shown again exactly."""

    id: int
    made: datetime
    since: datetime
    until: datetime
    about: str
    stories: int
    schedule: str  # the name of the schedule that it was posted for; "" for none


class Heard(NamedTuple):
    """When documents of an outlet arrived; never: it is silent."""

    outlet: str
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Who reported in [since, until), those with the most documents first, the silent ones last."""

    since: datetime
    until: datetime
    rows: tuple[Heard, ...]
