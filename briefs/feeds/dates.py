"""A moment as feeds write it in, the moment in UTC out; None for what is none."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_LONGEST = 100  # characters
_FRACTION = re.compile(r"(:\d\d)[.,](\d{1,6})\d*")
_GAPS = re.compile(r"(?<=\d)[\sT]{1,3}(?=\d\d:)")
_ZONE = re.compile(r"\s{1,3}(?=(?:[+-]\d\d:?\d\d|Z)$)")
_COLON = re.compile(r"(?<=\s)([+-]\d\d):(\d\d)$")
_NAMED = re.compile(r"\s([A-Za-z]{2,5})$")
_HOURS = {
    "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2,
    "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip


def parse(written: str) -> datetime | None:
    """Return the moment that *written* names, in UTC; a time without a zone is taken for UTC."""
    bare = " ".join(written[: 2 * _LONGEST].split())
    at = (_standard(bare) or _mail(bare)) if len(bare) <= _LONGEST else None
    try:
        return at.astimezone(UTC) if at else None
    except (OverflowError, ValueError):  # within a day of year 1 or 9999
        return None


def _standard(written: str) -> datetime | None:
    """Read ISO 8601, with what is often wrong in it."""
    plain = _ZONE.sub("", _GAPS.sub("T", _FRACTION.sub(r"\1.\2", written.upper())))
    try:
        at = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _mail(written: str) -> datetime | None:
    """Read RFC 822; the day of the week may be wrong."""
    named = _NAMED.search(written)
    hours = _HOURS.get(named[1].casefold()) if named else None
    try:
        parts = parsedate_tz(_COLON.sub(r"\1\2", written))
        if parts is None:
            return None
        offset = timedelta(hours=hours) if hours is not None else timedelta(seconds=parts[9] or 0)
        return datetime(*parts[:5], min(parts[5], 59), tzinfo=timezone(offset))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
