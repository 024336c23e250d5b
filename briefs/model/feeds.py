"""Feeds, what is listed in them, and how they are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, NewType

from briefs.model.texts import PUBLIC, Scope

FeedId = NewType("FeedId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed as parsed; blocks of its text are separated by a newline."""

    guid: str = ""  # as the feed gives it; "" none
    url: str = ""  # absolute, http or https; "" none
    title: str = ""
    author: str = ""
    published: datetime | None = None
    text: str = ""  # plain, the title not repeated
    language: str = ""  # ISO 639-1, "" unknown

    def fields(self, source: str) -> dict[str, str]:
        """Return the fields of a document that it fills; *source* is the outlet."""
        fields = {
            "title": self.title,
            "source": source,
            "author": self.author,
            "url": self.url,
            "date": _written(self.published),
            "language": self.language,
        }
        return {name: value for name, value in fields.items() if value}

    def line(self, source: str) -> bytes:
        """Return it as one JSON line, as `briefs.documents` reads it; *source* is the outlet."""
        names = {"date": "published"}
        fields = {names.get(name, name): value for name, value in self.fields(source).items()}
        told = json.dumps(fields | {"text": self.text}, ensure_ascii=False)
        return told.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a feed lists, as it lists it: mostly the newest first."""

    title: str = ""
    home: str = ""  # the address of the site
    language: str = ""
    entries: tuple[Entry, ...] = ()
    wait: int = 0  # seconds that the feed asks for between two looks; 0: it does not say
    left: int = 0  # entries past the most that are read
    format: str = ""  # "RSS", "Atom", "JSON Feed"


class Condition(StrEnum):
    """How a feed is."""

    NEW = "new"  # not read yet
    OK = "ok"
    EMPTY = "empty"  # valid, and nothing in it
    ILL = "ill"  # it fails
    HELD = "held"  # most of it turned new at once: nothing is taken until somebody says how
    PAUSED = "paused"


class Problem(StrEnum):
    """Why an address could not be read."""

    ADDRESS = "address"  # refused before anything was sent
    NAME = "name"  # no such host
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    NOT_FOUND = "not found"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    BLOCKED = "blocked"  # by a service before the site, which the detail names
    LOGIN = "login"
    LIMITED = "limited"  # asked too often
    SERVER = "server"
    REDIRECTS = "redirects"
    NOT_A_FEED = "not a feed"
    TOO_LARGE = "too large"
    DAMAGED = "damaged"
    ROBOTS = "robots"
    OTHER = "other"


# what to do about each, as a sentence of its own
REMEDIES: Mapping[Problem, str] = MappingProxyType(
    {
        Problem.ADDRESS: "Give another address, or have the operator allow it under [network].",
        Problem.NAME: "Check the address for a slip of the pen.",
        Problem.CONNECTION: "Nothing to do if the site is back soon; it is tried again.",
        Problem.TLS: "The site has to renew its certificate; try its address with another name.",
        Problem.TIMEOUT: "Nothing to do if the site is back soon; it is tried again.",
        Problem.NOT_FOUND: "Look on the site for where the feed is now, and edit its address.",
        Problem.GONE: "The site says that it is gone for good: remove the feed.",
        Problem.FORBIDDEN: "Ask the site for access, or give the headers that it wants.",
        Problem.BLOCKED: "Ask the site to let the bot in; it does not get past such walls itself.",
        Problem.LOGIN: "Give the headers that the site wants, or its feed for subscribers.",
        Problem.LIMITED: "Give the feed a longer interval.",
        Problem.SERVER: "Nothing to do if the site is back soon; it is tried again.",
        Problem.REDIRECTS: "Give the address at which it ends in a browser.",
        Problem.NOT_A_FEED: "Give the address of the feed: `/feed add` finds it for a site.",
        Problem.TOO_LARGE: "Ask the site for a shorter feed.",
        Problem.DAMAGED: "Tell the site: what it sends is cut off or damaged.",
        Problem.ROBOTS: "The site's robots.txt does not want it: read the entries without pages.",
        Problem.OTHER: "Look into the log of the bot.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed of one scope: what is wanted of it, and how it was when it was last looked at."""

    url: str
    name: str = ""
    scope: Scope = PUBLIC
    id: FeedId = FeedId(0)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # sent along; secrets
    full_text: bool = False  # read the page behind each entry
    interval: int = 0  # minutes between two looks; 0: by how often it changes
    backfill: int = 0  # so many of the newest entries count as new at the first look
    origin: str = "discord"  # or "file", "line": where it was added
    paused: str = ""  # why
    condition: Condition = Condition.NEW
    problem: Problem | None = None
    detail: str = ""  # of the problem, a sentence as it is shown
    failures: int = 0  # since the last success
    ill_since: datetime | None = None
    checked: datetime | None = None  # last asked
    changed: datetime | None = None  # last had something new
    succeeded: datetime | None = None  # last answered well
    next_at: datetime | None = None  # to be asked again
    pace: int = 0  # minutes: the interval that was found by how often it changes; 0: not yet
    etag: str = ""
    last_modified: str = ""
    digest: str = ""  # of the body as it was last taken
    listed: int = 0  # entries in it
    title: str = ""  # as it calls itself
    home: str = ""
    created: datetime | None = None
    version: int = 0  # grows when somebody changes what is wanted of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """A feed that answered, and what was taken from it."""

    entries: int
    fresh: int = 0  # of them new or changed
    held: bool = False  # it turned: nothing was taken
    later: int = 0  # entries put off, so that it must be read again though it does not change
    max_age: int = 0  # seconds for which the server says that it stays as it is
    wait: int = 0  # seconds that the feed itself asks for
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    moved: str = ""  # where it is for good; "" here
    title: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A feed that answered that it is as before, or sent the same bytes."""

    max_age: int = 0
    etag: str = ""  # as it is now; "" as before
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A feed that could not be read."""

    problem: Problem
    detail: str = ""
    retry_after: int = 0  # seconds that the server asks for


class Taken(NamedTuple):
    """What became of the entries of a listing."""

    new: int = 0
    changed: int = 0
    known: int = 0
    backlog: int = 0  # taken, and not new: what the feed held when it was added
    held: int = 0  # entries of a listing that turned; then nothing was taken
    later: int = 0  # put off to another day

    @property
    def fresh(self) -> int:
        """How many there is work for."""
        return self.new + self.changed


class Waiting(NamedTuple):
    """A document on its way into the library: bytes that are to be read."""

    id: int
    feed: FeedId
    scope: Scope
    identity: str
    name: str
    data: bytes
    content_type: str
    known: tuple[tuple[str, str], ...]  # fields known from outside: title, source, author, url …
    page: str = ""  # an address to be fetched first; "" none
    backlog: bool = False
    tries: int = 0  # at the page
    url: str = ""  # where the bytes of a page came from; "" they are the entry itself


class Refused(NamedTuple):
    """A document that a feed listed and that is not in the library, and why."""

    id: int
    feed: FeedId
    name: str
    url: str
    reason: str
    at: datetime


class Health(NamedTuple):
    """How many feeds of a scope are in which condition, and what waits to be read."""

    feeds: int
    ok: int
    new: int
    empty: int
    ill: int
    held: int
    paused: int
    waiting: int  # documents
    refused: int


def _written(published: datetime | None) -> str:
    """Write a date as programs read it, "" where it is too far off for the calendar."""
    try:
        return published.astimezone(UTC).isoformat() if published else ""
    except OverflowError:
        return ""


_OURS = frozenset(
    [
        "accept-encoding",
        "connection",
        "content-length",
        "content-type",
        "expect",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "keep-alive",
        "range",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "via",
    ]
)


def may_be_set(header: str) -> bool:
    """Tell whether a feed may have *header*: not what the connection itself is made of."""
    name = header.casefold()
    return name not in _OURS and not name.startswith(("proxy-", "sec-"))
