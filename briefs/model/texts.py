"""Documents, and what is found in one of them."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

Scope = NewType("Scope", int)  # 0: public; otherwise the id of the one guild that may read it
DocumentId = NewType("DocumentId", int)
EntityId = NewType("EntityId", int)

PUBLIC = Scope(0)

FILE_TIME = "file time"
EDITED = "edit"  # how the date of a document is known that somebody gave it
_WITHIN = re.compile(r"(\.(?:jsonl|ndjson|zip))#.*", re.IGNORECASE)  # one of several in a file


class Span(NamedTuple):
    """Half-open code point offsets into `Document.text`."""

    start: int
    end: int


class Kind(StrEnum):
    """What sort of thing a name refers to."""

    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"
    PLACE = "PLACE"
    NATIONALITY = "NATIONALITY"
    EVENT = "EVENT"
    PRODUCT = "PRODUCT"
    DATE = "DATE"
    MONEY = "MONEY"
    QUANTITY = "QUANTITY"


class SentenceKind(StrEnum):
    """What a piece of text is for; only PROSE and POST are ever shown as a line."""

    PROSE = "prose"
    POST = "post"  # inside a post that the document embeds
    HEADING = "heading"
    DATELINE = "dateline"
    CAPTION = "caption"
    SIGNATURE = "signature"  # "- Name (@handle) October 7, 2021" and picture links under a post
    BOILERPLATE = "boilerplate"


class How(StrEnum):
    """How somebody's words reached us."""

    SPOKEN = "spoken"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A social media post embedded in a document; `span` leaves its signature and links out."""

    span: Span
    author: str
    handle: str  # without the @
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text we were given, as read: never edited afterwards, a correction is a new revision."""

    text: str
    title: str = ""
    standfirst: str = ""
    source: str = ""  # the outlet's name
    author: str = ""
    url: str = ""
    language: str = "en"  # ISO 639-1
    published: datetime | None = None
    # "front matter", "metadata", "page", "feed", "text", "address", "file time"; "" unknown
    published_how: str = ""
    posts: tuple[Post, ...] = ()
    sample: bool = False
    backlog: bool = False  # a feed held it when it was added: it is in the library, never news
    identity: str = ""  # what makes it the same document when it comes again: "file:…", "upload:…"
    scope: Scope = PUBLIC
    id: DocumentId = DocumentId(0)
    revision: int = 1
    arrived: datetime | None = None  # set by the store

    @property
    def outlet(self) -> str:
        """Who published it, or else the file it came in."""
        return outlet(self.source, self.identity)

    @property
    def filed(self) -> bool:
        """Whether `published` is only the time of its file, for want of a date in it."""
        return self.published_how == FILE_TIME


def outlet(source: str, identity: str) -> str:
    """Return the name of a document's *source*; without one that of its file, in words."""
    kind, _, path = identity.partition(":")
    if source or kind != "file":
        return source or ("uploaded file" if kind == "upload" else "unnamed source")
    return _WITHIN.sub(r"\1", path).replace("\\", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One piece of a document in reading order; the pieces tile the text but for white space."""

    document: DocumentId
    index: int
    span: Span
    text: str
    kind: SentenceKind = SentenceKind.PROSE

    @property
    def quotable(self) -> bool:
        """Whether it may be shown as a line."""
        return self.kind in {SentenceKind.PROSE, SentenceKind.POST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name where it stands in a document."""

    sentence: int  # index of its sentence
    span: Span
    text: str
    kind: Kind
    value: str = ""  # a date, an amount or a count as programs compare it; "" for names, or unknown


class EntityKey(NamedTuple):
    """What an entity is recognised by in every document: its kind and its folded full name."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One way in which an entity is written; `key` is `text` folded."""

    text: str
    key: str
    how: str  # "name", "surname", "handle", "acronym", "short", "variant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A mention with the reason why it stands for its entity."""

    mention: Mention
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, organisation, place or thing of one document, with every mention of it."""

    key: EntityKey
    name: str  # the fullest form that was written
    aliases: tuple[Alias, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who a person is said to be, in the document's own words: `text` is `Document.text[span]`."""

    person: EntityKey
    span: Span
    text: str
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Somebody's exact words: `span` lies inside the quotation marks, or is a post's."""

    span: Span
    text: str
    how: How
    speaker: EntityKey | None = None  # None: unattributed
    speaker_span: Span | None = None  # where the speaker is named, a signature included


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that was found in one document; plain data, so that it can come from another process."""

    document: Document
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    quotes: tuple[Quote, ...] = ()
    values: tuple[Mention, ...] = ()  # dates, amounts of money and quantities
    terms: tuple[tuple[str, int], ...] = ()  # stems that tell what it is about, and how many
    version: int = 0  # of the analysis; documents with an older one are analysed again


class DocumentEdit(NamedTuple):
    """What somebody corrected of a document by hand; None is as the document says itself."""

    document: DocumentId
    scope: Scope
    actor: int  # the id of the member; 0 on the command line
    at: datetime
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: datetime | None = None
    id: int = 0

    def applied(self, document: Document) -> Document:
        """Return *document* as it is corrected."""
        changed = replace(
            document,
            title=document.title if self.title is None else self.title,
            source=document.source if self.source is None else self.source,
            author=document.author if self.author is None else self.author,
        )
        if self.published is None:
            return changed
        return replace(changed, published=self.published, published_how=EDITED)
