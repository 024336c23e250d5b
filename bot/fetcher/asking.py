"""What is asked for, how patiently, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yarl import URL

from bot.fetcher.kinds import Accept
from bot.fetcher.room import Place

LARGEST = 10_000_000  # bytes of a body, decompressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long, how often and how much at once."""

    total: float = 20.0  # seconds for one address, its redirects included, waiting not
    connect: float = 5.0  # seconds until there is a connection
    idle: float = 5.0  # seconds in which nothing comes
    redirects: int = 5
    at_once: int = 2  # requests at one host
    gap: float = 1.0  # seconds between two starts at one host
    sockets: int = 64  # in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What an address holds, or that it is as it was (304, without a body)."""

    url: str  # where it was found, after redirects
    status: int  # 200 or 304
    body: bytes = field(repr=False)  # decompressed
    content_type: str  # as declared, corrected where the first bytes say otherwise; "" unknown
    etag: str = ""
    last_modified: str = ""
    max_age: int = 0  # seconds for which it holds; 0 unknown
    moved: str = ""  # where it is for good; "" where it was asked for
    place: Place | None = field(default=None, repr=False, compare=False)  # of a large body


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked for; `headers` are the user's and stay with the host of `url`."""

    url: URL
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    etag: str = ""
    last_modified: str = ""
    accept: Accept | None = None  # None: whatever there is
    largest: int = LARGEST
    cut: bool = False  # take the beginning of what is larger


@dataclass(frozen=True, slots=True)
class Hop:
    """An answer that only says where to ask."""

    location: str
    for_good: bool
