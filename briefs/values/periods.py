"""Days, months and years in, ISO 8601 out; and which of them is meant when one is not named."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

DAY = timedelta(days=1)
_THIRDS = {"early": ((1, 10), (1, 4)), "mid": ((11, 20), (5, 8)), "late": ((21, 31), (9, 12))}
_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


def span(first: str, last: str) -> str:
    """Write the stretch from *first* to *last*, which are days, months or years."""
    return first if first == last else f"{first}/{last}"


def month(year: int, number: int) -> str:
    """Write a month; ValueError if there is none."""
    return date(year, number, 1).isoformat()[:7]


def months(year: int, first: int, count: int) -> str:
    """Write *count* months from the *first* of *year* on."""
    year_on, last = divmod(first + count - 2, 12)
    return span(month(year, first), month(year + year_on, last + 1))


def part_of_month(year: int, number: int, part: str) -> str:
    """Write the early, middle or late third of a month, or all of it."""
    if not part:
        return month(year, number)
    first, last = _THIRDS[part][0]
    days = monthrange(year, number)[1]
    return span(
        date(year, number, first).isoformat(), date(year, number, min(last, days)).isoformat()
    )


def part_of_year(year: int, part: str) -> str:
    """Write the early, middle or late third of a year, or all of it."""
    if not part:
        return f"{year:04}"
    first, last = _THIRDS[part][1]
    return span(month(year, first), month(year, last))


def decade(year: int, part: str) -> str:
    """Write the decade that begins with *year*, or its early, middle or late years."""
    first, last = _DECADE.get(part, (0, 9))
    return span(f"{year + first:04}", f"{year + last:04}")


def week(day: date, weeks: int = 0) -> str:
    """Write the week of *day*, Monday to Sunday, moved by *weeks*."""
    monday = day - day.weekday() * DAY + 7 * weeks * DAY
    return span(monday.isoformat(), (monday + 6 * DAY).isoformat())


def weekend(day: date, weeks: int = 0) -> str:
    """Write the weekend of the week of *day*, moved by *weeks*."""
    saturday = day - day.weekday() * DAY + (7 * weeks + 5) * DAY
    return span(saturday.isoformat(), (saturday + DAY).isoformat())


def moved(day: date, unit: str, count: int) -> str:
    """Write what is *count* units away from *day*, no more exactly than the unit is."""
    match unit:
        case "day" | "week":
            return (day + count * (7 if unit == "week" else 1) * DAY).isoformat()
        case "month":
            years, number = divmod(day.year * 12 + day.month - 1 + count, 12)
            return month(years, number + 1)
    return f"{date(day.year + count * (10 if unit == 'decade' else 1), 1, 1).year:04}"


def year_of(anchor: date, lean: int, start: Callable[[int], date]) -> int:
    """Return the year in which what begins on *start*(year) is meant, seen from *anchor*.

    The last one when it *lean*s to the past, the next when to the future, else the nearest.
    """
    past = anchor.year if _or_never(start, anchor.year) <= anchor else anchor.year - 1
    if lean < 0:
        return past
    if _or_never(start, past) == anchor:
        return past
    if lean > 0:
        return past + 1
    behind, ahead = anchor - _or_never(start, past), _or_never(start, past + 1) - anchor
    return past if behind <= ahead else past + 1


def weekday(anchor: date, number: int, lean: int) -> date:
    """Return the nearest day with *number* (0 is Monday) on or before *anchor*, or from it on."""
    if lean > 0:
        return anchor + ((number - anchor.weekday()) % 7) * DAY
    return anchor - ((anchor.weekday() - number) % 7) * DAY


def _or_never(start: Callable[[int], date], year: int) -> date:
    """Return *start*(year), or for the 29th of February the day before."""
    try:
        return start(year)
    except ValueError:
        return date(year, 2, 28)
