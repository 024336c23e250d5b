"""What people type for moments and windows in, values out."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from briefs.errors import UsageError

_AGO = re.compile(r"(\d{1,5})([hd])")


def moment(text: str, *, before: datetime) -> datetime:
    """Read an ISO 8601 time (UTC unless it says otherwise), or `24h` or `7d` before *before*."""
    try:
        if ago := _AGO.fullmatch(text.strip().lower()):
            return before - timedelta(hours=int(ago[1]) * (24 if ago[2] == "d" else 1))
        return instant(text)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"{text!r} is no time: write it like 2026-11-22T07:30Z, 2026-11-22, 24h or 7d."
        ) from error


def instant(text: str) -> datetime:
    """Read an ISO 8601 time, UTC unless it says otherwise; ValueError or OverflowError if none."""
    at = datetime.fromisoformat(text.strip())
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)


def day(text: str) -> date | None:
    """Read a day like 2026-11-22; "" is none."""
    try:
        return date.fromisoformat(text.strip()) if text else None
    except ValueError as error:
        raise UsageError(f"{text!r} is no day: write it like 2026-11-22.") from error


def is_address(name: str) -> bool:
    """Tell the address of a page from the path of a file."""
    return name.lower().startswith(("http://", "https://"))


def local(name: str) -> Path:
    """Return the path of a file or folder; an address is none."""
    if "://" in name:
        raise UsageError(f"{name} is an address: save the page as a file, and name the file.")
    return Path(name)


def window(
    since: str, until: str, *, newest: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    """Return [since, until); without *since* the 24 hours up to *until* or the newest arrival.

    It ends *now* when *since* is given and nothing has arrived from then on.
    """
    end = moment(until, before=now) if until else _after(newest or now)
    start = moment(since or "24h", before=end)
    if not until and start >= end:
        end = now
    if start >= end:
        raise UsageError(
            f"The window is empty: it begins at {start:%F %T}Z and ends at {end:%F %T}Z."
        )
    return start, end


def _after(newest: datetime) -> datetime:
    """Windows are half-open, and the newest arrival belongs to this one."""
    return newest + timedelta(microseconds=1)
