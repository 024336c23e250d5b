"""Dates that are told from the day of writing in, their values out."""

import re
from collections.abc import Callable
from datetime import date

from briefs.values import numbers, periods
from briefs.values.dates.place import STEPS, Place, weekday_of
from briefs.values.numbers import SPACE as S

_TITLES = re.compile(
    rf"{S}(?:Times|Mirror|Mail|Telegraph|Express|Herald|Post|Night|Agreement|Sun|World|Business)\b"
)
_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "this": 0, "tomorrow": 1, "last": -1}


def near(place: Place) -> str:
    """Read "yesterday", "today", "this morning", "the day before yesterday"."""
    if place.anchor is None:
        return ""
    return (place.anchor + _NEAR[place.match[0].lower().split()[0]] * periods.DAY).isoformat()


def two_days(place: Place) -> str:
    """Read "the day before yesterday"."""
    if place.anchor is None:
        return ""
    days = -2 if place.match[0].lower().endswith("yesterday") else 2
    return (place.anchor + days * periods.DAY).isoformat()


def period(place: Place) -> str:
    """Read "last week", "this month", "late last year", "next weekend"."""
    if place.anchor is None:
        return ""
    step = STEPS[place.get("which").lower()]
    unit = place.get("unit").lower()
    if unit == "weekend":  # on a Sunday, the last is that of the week before
        return periods.weekend(place.anchor, step)
    part = place.get("part").lower()
    return _PERIODS[unit](place.anchor, step, part)


def _some_month(anchor: date, step: int, part: str) -> str:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + step, 12)
    return periods.part_of_month(year, month + 1, part)


def _some_quarter(anchor: date, step: int, _: str) -> str:
    year, number = divmod(anchor.year * 4 + (anchor.month - 1) // 3 + step, 4)
    return periods.months(year, 3 * number + 1, 3)


_PERIODS: dict[str, Callable[[date, int, str], str]] = {
    "week": lambda anchor, step, _: periods.week(anchor, step),
    "month": _some_month,
    "quarter": _some_quarter,
    "year": lambda anchor, step, part: periods.part_of_year(anchor.year + step, part),
    "decade": lambda anchor, step, part: periods.decade(
        anchor.year - anchor.year % 10 + 10 * step, part
    ),
}


def ago(place: Place) -> str | None:
    """Read "two weeks ago"."""
    count = _count(place)
    if place.anchor is None or count is None:
        return ""
    return periods.moved(place.anchor, place.get("unit").lower(), -count)


def stretch(place: Place) -> str | None:
    """Read "the past two years", "the next 10 days": the stretch up to, or from, the anchor."""
    count = _count(place)
    if place.anchor is None or count is None:
        return ""
    step = STEPS[place.get("which").lower()]
    far = periods.moved(place.anchor, place.get("unit").lower(), count * step)
    near = place.anchor.isoformat()[: len(far)]
    return periods.span(*((far, near) if step < 0 else (near, far)))


def _count(place: Place) -> int | None:
    written = place.get("n").lower()
    if written in {"a", "an"}:
        return 1
    amount = numbers.read(written)
    return int(amount) if amount is not None and amount == int(amount) else None


def weekday(place: Place) -> str | None:
    """Read "on Thursday", "last Friday", "next Tuesday"."""
    if _TITLES.match(place.match.string, place.match.end()):
        return None
    if place.anchor is None:
        return ""
    anchor, number = place.anchor, weekday_of(place.get("w"))
    match place.get("which").lower():
        case "last" | "past":
            return periods.weekday(anchor - periods.DAY, number, -1).isoformat()
        case "next" | "coming":
            return periods.weekday(anchor + periods.DAY, number, 1).isoformat()
        case "this":
            return (anchor + (number - anchor.weekday()) * periods.DAY).isoformat()
    return periods.weekday(anchor, number, place.lean()).isoformat()


def weekend(place: Place) -> str:
    """Read "the weekend"."""
    if place.anchor is None:
        return ""
    later = place.lean() > 0 or place.anchor.weekday() >= 5
    return periods.weekend(place.anchor, 0 if later else -1)
