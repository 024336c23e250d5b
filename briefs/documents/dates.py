"""What is written about a date in, a moment out; and which date a document is given."""

import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from briefs.model import FILE_TIME

log = logging.getLogger(__name__)

EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)  # before it: a clock that was never set
ADDRESS = "address"  # where a date may stand
_AHEAD = timedelta(days=1)  # zones differ; more is a mistake

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, start=1)}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DATE = rf"(?:{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{_MONTH},?\s\d{{4}})"  # a pattern

_ZONE = re.compile(r"(?<!\s)\s+([+-]\d\d:?\d\d|Z)$")
_WRITTEN = re.compile(rf"{DATE}$")
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"\2(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)
_TOLD = re.compile(
    rf"\s*(?:(?:Published|Posted|Date)(?:\s+on)?:?\s+({DATE})"  # a line about the date
    rf"|({DATE})\s*(?:\n|$)"  # a line that is the date
    rf"|[A-Z][^\n()\u2013\u2014]{{1,60}},\s({DATE})\s*(?:\([^\n()]{{1,40}}\)\s*)?[-\u2013\u2014])"
)


def parse(written: str) -> datetime | None:
    """Return the moment that *written* names (ISO 8601, or "October 7, 2021"), in UTC.

    A day is its first moment; a time without a zone is taken for UTC.
    """
    try:
        at = datetime.fromisoformat(_ZONE.sub(r"\1", written.strip()))
    except ValueError:
        return _in_words(written)
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError:  # within a day of year 1 or 9999
        return None


def _in_words(written: str) -> datetime | None:
    parts = re.findall(r"\w+", written[:40])
    if not _WRITTEN.match(written.strip()) or len(parts) != 3:
        return None
    month, day = (parts[0], parts[1]) if parts[0][0].isalpha() else (parts[1], parts[0])
    number = _NUMBERS[month[:3].casefold()]
    try:
        return datetime(int(parts[2]), number, int(day), tzinfo=UTC)
    except ValueError:  # February 30
        return None


def told(text: str) -> str:
    """Return the date that the first lines of *text* give as theirs; "" when they give none."""
    start = 0
    for _ in range(3):
        found = _TOLD.match(text, start)
        if found:
            return next(group for group in found.groups() if group)
        start = text.find("\n", start) + 1
        if not start:
            break
    return ""


def in_address(url: str) -> str:
    """Return the day that stands in the path of *url* (/2021/10/07/), "" when none does."""
    found = _IN_ADDRESS.search(url)
    if found is None:
        return ""
    year, _, month, day = found.groups()
    number = month if month.isdecimal() else f"{_NUMBERS[month]:02}"
    return f"{year}-{number}-{day}"


def choose(
    stated: Iterable[tuple[str, str]], *, modified: datetime | None, now: datetime, name: str
) -> tuple[datetime | None, str]:
    """Return when a document was published, and how that is known.

    *stated* are dates as written, each with where it stood, the best first. When none of those
    that are stated makes sense, the moment is unknown: a file's time would only hide the mistake.
    """
    doubtful = False
    for written, how in stated:
        if written:
            at = parse(written)
            if at is not None and EARLIEST <= at <= now + _AHEAD:
                return at, how
            doubtful = True
            log.warning(
                "%s: its date %.40r is not used, write one up to today like 2026-11-22T07:30Z",
                name,
                written,
            )
    if modified is not None and not doubtful and EARLIEST <= modified <= now + _AHEAD:
        return modified.astimezone(UTC), FILE_TIME
    return None, ""
