"""Dates that name their day, month or year in, their values out."""

import re
from datetime import date

from briefs.values import periods
from briefs.values.dates.place import STEPS, Place, day_number, month_of, weekday_of
from briefs.values.numbers import SPACE as S
from briefs.values.vocabulary import ORDINALS, SEASONS

_ENDS = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_MONTH_LEADS = re.compile(
    rf"(?i:\b(?:in|since|by|until|till|during|from|before|after|through|throughout)){S}$"
)
_LEADS = re.compile(
    r"(?i:\b(?:in|since|by|until|till|during|from|before|after|through|throughout|around|about"
    rf"|circa|and|to|of|late|early|for)){S}$"
)
_YEAR_LEADS = re.compile(rf"(?:(?i:\b(?:the|his|her|its|their|our|a)){S}|\()$")


def iso(place: Place) -> str:
    """Read "2021-10-07"."""
    written = [int(place.get(name)) for name in ("y", "m", "d")]
    return date(*written).isoformat()


def slashed(place: Place) -> str:
    """Read "25/12/2021"; which is the day and which the month may be unknowable."""
    first, second, year = (int(place.get(name)) for name in ("a", "b", "y"))
    if first <= 12 and second <= 12 and first != second:
        return ""
    day, month = (first, second) if first > 12 else (second, first)
    return date(year, month, day).isoformat()


def day(place: Place) -> str | None:
    """Read "Thursday, October 7, 2021", "7 October", "from 3 to 7 May"."""
    month, first = month_of(place.get("m")), day_number(place.get("d"))
    last = day_number(place.get("d2")) if place.get("d2") else first
    if last < first:
        return None
    year = _year(place, month, first)
    if year is None:
        date(2000, month, first)  # raises when there is no such day
        return ""
    return periods.span(date(year, month, first).isoformat(), date(year, month, last).isoformat())


def _year(place: Place, month: int, day: int) -> int | None:
    """Return the year that is written, or that is meant; None when that cannot be known."""
    if place.get("y"):
        return int(place.get("y"))
    if place.anchor is None:
        return None
    meant = periods.year_of(place.anchor, place.lean(), lambda year: date(year, month, day))
    near = sorted(range(meant - 4, meant + 5), key=lambda year: abs(year - meant))
    wanted = weekday_of(place.get("w")) if place.get("w") else None
    days = (found for year in near if (found := _in(year, month, day)))
    return next((found.year for found in days if wanted in {None, found.weekday()}), meant)


def _in(year: int, month: int, day: int) -> date | None:
    """Return a day, None when that year lacks it: the 29th of February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days(place: Place) -> str | None:
    """Read "28 September to 3 October 2021"."""
    if " and " in place.match[0] and not place.match[0].lower().startswith("between"):
        return None
    months = [month_of(place.get(f"m{n}") or place.get(f"m{n}b")) for n in (1, 2)]
    days = [day_number(place.get(f"d{n}") or place.get(f"d{n}b")) for n in (1, 2)]
    last = int(place.get("y2")) if place.get("y2") else _year(place, months[0], days[0])
    if last is None:
        return ""
    first = int(place.get("y1") or last - (months[0] > months[1] and bool(place.get("y2"))))
    last = max(last, first + (months[0] > months[1]))
    begin, end = date(first, months[0], days[0]), date(last, months[1], days[1])
    return periods.span(begin.isoformat(), end.isoformat()) if begin < end else None


def month(place: Place) -> str | None:
    """Read "October 2021", "late September", "in October", "last May"."""
    part = _ENDS.get(place.get("edge").lower(), place.get("part").lower())
    number = month_of(place.get("m"))
    if place.get("y"):
        return periods.part_of_month(int(place.get("y")), number, part)
    named = (
        part
        or place.get("which")
        or place.get("of")
        or place.led(_MONTH_LEADS)
        or place.followed("\u2019s")
    )
    if not (named or place.followed("'s")):
        return None
    year = _which_year(place, number)
    return "" if year is None else periods.part_of_month(year, number, part)


def _which_year(place: Place, month: int) -> int | None:
    """Return the year of the *month* that is meant, None when that cannot be known."""
    if place.anchor is None:
        return None
    anchor = place.anchor.replace(day=1)
    if place.get("of"):
        return anchor.year + STEPS[place.get("of").lower()]

    def start(year: int) -> date:
        return date(year, month, 1)

    match place.get("which").lower():
        case "last" | "past":
            return periods.year_of(anchor - periods.DAY, -1, start)
        case "next" | "coming":
            return periods.year_of(_next_month(anchor), 1, start)
        case "this":
            return anchor.year
    return periods.year_of(anchor, place.lean(), start)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months(place: Place) -> str | None:
    """Read "from March to May 2022"."""
    first, last = month_of(place.get("m1")), month_of(place.get("m2"))
    if not (place.get("lead") or place.get("y2")):
        return None
    written = place.get("y2") or place.get("y1")
    year = int(written) if written else _which_year(place, first)
    if year is None:
        return ""
    begin = int(place.get("y1") or year - (first > last and bool(place.get("y2"))))
    end = max(year, begin + (first > last))
    return periods.span(periods.month(begin, first), periods.month(end, last))


def whole_year(place: Place) -> str | None:
    """Read "2014" behind a word that makes it a year, and "early 2020"."""
    part = _ENDS.get(place.get("edge").lower(), place.get("part").lower())
    if not (part or place.led(_LEADS) or place.led(_YEAR_LEADS)):
        return None
    return periods.part_of_year(int(place.get("y")), part)


def years(place: Place) -> str | None:
    """Read "2022-2023", "2022/23", "between 2014 and 2016"."""
    first, last = int(place.get("y") or place.get("yb")), place.get("y2")
    second = int(last) if len(last) == 4 else first - first % 100 + int(last)
    if second == first + 1 or len(last) == 4:
        return periods.span(f"{first:04}", f"{second:04}") if first < second else None
    return None


def decade(place: Place) -> str:
    """Read "the 1990s", "the late '90s"."""
    written = place.get("y") or place.get("short")
    year = int(written)
    if len(written) == 2:
        year += 1900 if year >= 30 else 2000
    return periods.decade(year, (place.get("part") or place.get("part2")).lower())


def century(place: Place) -> str:
    """Read "the 19th century"."""
    number = int(place.get("n"))
    return periods.span(f"{100 * number - 99:04}", f"{100 * number:04}")


def quarter(place: Place) -> str | None:
    """Read "the third quarter of 2023", "Q3 2023", "the first half of last year"."""
    half = place.get("what").lower() in {"half", "h"}
    nth = place.get("n").lower()
    number = int(nth) if nth.isdecimal() else ORDINALS[nth]
    number = min(number, 2) if half else number
    length = 6 if half else 3
    if half and not (place.get("y") or place.get("which")):
        return None
    year = _year_named(place, length * (number - 1) + 1)
    return "" if year is None else periods.months(year, length * (number - 1) + 1, length)


def _year_named(place: Place, month: int) -> int | None:
    if place.get("y"):
        return int(place.get("y"))
    if place.anchor is None:
        return None
    if place.get("which"):
        return place.anchor.year + STEPS[place.get("which").lower()]
    return periods.year_of(place.anchor, place.lean(), lambda year: date(year, month, 1))


def season(place: Place) -> str | None:
    """Read "the summer of 2021", "last winter"; seasons are those of the northern half."""
    month = SEASONS[place.get("season").lower()]
    which = place.get("which").lower()
    if place.get("y"):
        return periods.months(int(place.get("y")), month, 3)
    if not which:
        return None
    if place.anchor is None:
        return ""
    anchor, lean = place.anchor, STEPS[which]
    if lean < 0:  # the one before the season that it is now
        anchor = date(anchor.year - (anchor.month < 4), (anchor.month - 4) % 12 + 1, 1)
    year = periods.year_of(anchor, lean or place.lean(), lambda year: date(year, month, 1))
    return periods.months(year, month, 3)
