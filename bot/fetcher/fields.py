"""Headers in and out: who asks, what was promised, and how long to wait."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

from bot.fetcher.errors import FetchError
from briefs.model import Problem, may_be_set

AGENT = "Daybrief"  # as robots.txt calls us
_LONGEST_AGE = 30 * 86_400
_LONGEST_WAIT = 86_400
_LONGEST_TAG = 1_024
_LONGEST_TYPE = 200
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=\"?([0-9]{1,10})", re.IGNORECASE)
_FRESH = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)(?:$|[\s,;=])", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_VALUE = re.compile(r"[\x20-\x7e\xa0-\xff]{0,4000}")


def agent(contact: str) -> str:
    """Return who we say that we are: the program, its version, and whom to write to."""
    about = f"{contact}; " if contact else ""
    return f"{AGENT}/{version('daybrief')} ({about}self-hosted feed reader)"


def checked(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return *headers* that a user set; raise FetchError for one that is ours to set, or unfit."""
    given = {}
    for name, value in headers:
        if not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            raise FetchError(Problem.OTHER, "A header is no header", remedy=_LIKE)
        if not may_be_set(name):
            raise FetchError(
                Problem.OTHER,
                f"The header {name} cannot be set",
                remedy="Leave it out, it is set by itself.",
            )
        given[name.title()] = value
    return given


_LIKE = "Write its name and its value, such as Authorization and Bearer …"


def conditions(etag: str, last_modified: str) -> dict[str, str]:
    """Return the headers that ask for nothing when nothing changed."""
    wanted = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in wanted.items() if value and _VALUE.fullmatch(value)}


def tag(value: str) -> str:
    """Return *value* as it is to be sent back the next time; "" when it is too odd for that."""
    return value if len(value) <= _LONGEST_TAG and _VALUE.fullmatch(value) else ""


def content_type(headers: Mapping[str, str]) -> str:
    """Return what the server calls the body, in plain characters."""
    named = headers.get("Content-Type", "")[:_LONGEST_TYPE]
    return named.encode("ascii", "replace").decode("ascii")


def max_age(headers: Mapping[str, str], *, now: datetime) -> int:
    """Return for how many seconds the answer holds, 0 when that is unknown."""
    control = headers.get("Cache-Control", "")[:1_000]
    if _FRESH.search(control):
        return 0
    if found := _MAX_AGE.search(control):
        return _bounded(int(found[1]) - _seconds(headers.get("Age", "")), _LONGEST_AGE)
    expires = _moment(headers.get("Expires", ""))
    if expires is None:
        return 0
    sent = _moment(headers.get("Date", "")) or now
    return _bounded(int((expires - sent).total_seconds()), _LONGEST_AGE)


def retry_after(headers: Mapping[str, str], *, now: datetime) -> int:
    """Return how many seconds the server asks us to wait, at most a day; 0 when it does not say."""
    value = headers.get("Retry-After", "").strip()
    until = _moment(value)
    if until is not None:
        return _bounded(int((until - now).total_seconds()), _LONGEST_WAIT)
    return _bounded(_seconds(value), _LONGEST_WAIT)


def _seconds(value: str) -> int:
    """Return the number that *value* is; 0 when it is none."""
    digits = value.strip()
    return int(digits[:12]) if digits.isascii() and digits.isdecimal() else 0


def _moment(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value[:100])
    except (ValueError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _bounded(seconds: int, most: int) -> int:
    return max(0, min(seconds, most))
