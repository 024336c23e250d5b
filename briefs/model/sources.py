"""What is shown of feeds, and of all else that a library is filled from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from briefs.model.feeds import Entry, Feed, FeedId, Health, Refused
from briefs.model.texts import Document, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """The feeds that *scope* sees, by name, and how many documents of each wait to be read."""

    scope: Scope
    feeds: tuple[Feed, ...]
    status: str = ""  # only those in this condition; "" all
    waiting: Mapping[FeedId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCard:
    """All that there is to know about one feed."""

    feed: Feed
    full: bool = True  # with its address and headers, which may hold a key: who asks looks after it
    waiting: int = 0  # documents
    documents: tuple[Document, ...] = ()  # that it brought, the newest first, without their texts
    refused: tuple[Refused, ...] = ()  # the newest of what it listed and could not be read


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedErrors:
    """What is wrong with the feeds of *scope* itself."""

    scope: Scope
    feeds: tuple[Feed, ...]  # ill or held
    refused: tuple[Refused, ...]  # the newest
    names: Mapping[FeedId, str]  # of the feeds that those are from


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A feed that was read to see what it is, and of which nothing is kept."""

    url: str  # at which it was found
    title: str
    format: str
    listed: int  # entries
    entries: tuple[Entry, ...] = ()  # the newest few
    home: str = ""
    wait: int = 0  # seconds that it asks for between two looks
    left: int = 0  # entries past the most that are read


class Folder(NamedTuple):
    """A configured folder, by its own name, and what was read of it, counted to a bound."""

    name: str
    documents: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShelf:
    """Where the documents that *scope* sees come from, and how all of that is."""

    scope: Scope
    feeds: tuple[Feed, ...]
    health: Health  # of them
    folders: tuple[Folder, ...]
    public: int  # documents that everybody sees
    own: int  # documents of this scope alone
    status: str = ""  # only feeds in this condition are listed; "" all
