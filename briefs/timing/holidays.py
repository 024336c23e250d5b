"""Dates to skip that a user wrote in, holidays out, and back."""

import re
from collections.abc import Iterable
from datetime import date

from briefs.errors import UsageError
from briefs.model import Holiday
from briefs.timing.calendars import ANY_YEAR
from briefs.timing.words import NONE, shown

_DATE = re.compile(r"(?:([0-9]{4})-)?([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_MOST = 100


def parse_skip(text: str) -> tuple[Holiday, ...]:
    """Return dates to skip with commas between them, as `read_skip` reads each."""
    return read_skip(text.split(","))


def read_skip(items: Iterable[str]) -> tuple[Holiday, ...]:
    """Return dates to skip, in order, each once; none for "none" and "".

    Each is written as 2026-12-25, as 12-25 for every year, or with .. between two of one kind:
    2026-12-24..2027-01-02, 12-24..01-02.
    """
    wanted = [item.strip() for item in items]
    found = {_holiday(item) for item in wanted if item.casefold() not in NONE}
    if len(found) > _MOST:
        raise UsageError(f"{len(found)} dates to skip are too many: give up to {_MOST}, or ranges.")
    return tuple(sorted(found))


def spell_skip(skip: Iterable[Holiday]) -> str:
    """Return dates to skip the way `parse_skip` reads them; "none" without any."""
    return ",".join(map(_spelled, skip)) or "none"


def _holiday(text: str) -> Holiday:
    start, dots, end = text.partition("..")
    first = _date(start)
    last = _date(end) if dots else first
    if first is None or last is None or first[1] != last[1]:
        raise UsageError(
            f"“{shown(text)}” is not a date to skip: write one such as 2026-12-25, 12-25 for every"
            " year, or two with .. between them, such as 12-24..01-02."
        )
    if first[0] > last[0] and not first[1]:
        raise UsageError(f"“{shown(text)}” ends before it begins: turn the two dates around.")
    return Holiday(first[0], last[0], first[1])


def _date(text: str) -> tuple[date, bool] | None:
    """Return a date, and whether it is one of every year; None when there is no such date."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1] or ANY_YEAR), int(match[2]), int(match[3])), match[1] is None
    except ValueError:
        return None


def _spelled(skip: Holiday) -> str:
    pattern = "%m-%d" if skip.yearly else "%Y-%m-%d"
    first, last = skip.first.strftime(pattern), skip.last.strftime(pattern)
    return first if first == last else f"{first}..{last}"
