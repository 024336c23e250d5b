"""Days that a user wrote in, weekdays and days of the month out, and back."""

import re

from briefs.errors import UsageError
from briefs.model import Days, MonthDay
from briefs.timing.weekdays import DAYS, GROUPS, WEEKDAYS
from briefs.timing.words import shown

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
_SPELLED = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_NUMBER = re.compile(r"([12]?[0-9]|3[01])(?:st|nd|rd|th)?", re.ASCII)
_MOST = 100


def parse_days(text: str) -> Days:
    """Return days written as daily, weekdays, weekends, mon,tue, 1,15, last, or first mon."""
    week: set[int] = set()
    month: set[MonthDay] = set()
    for word in text.split(",")[:_MOST]:
        wanted = " ".join(word.casefold().split())
        if wanted in GROUPS:
            week |= GROUPS[wanted]
        elif wanted in WEEKDAYS:
            week.add(WEEKDAYS[wanted])
        else:
            month.add(_month_day(wanted))
    return Days(frozenset(week), tuple(sorted(month, key=_order)))


def spell_days(days: Days) -> str:
    """Return days the way `parse_days` reads them."""
    named = next((name for name, group in GROUPS.items() if days.week == group), "")
    week = [named] if named else [DAYS[day] for day in sorted(days.week)]
    return ",".join([*week, *map(spell_month_day, days.month)])


def spell_month_day(day: MonthDay) -> str:
    """Return a day of the month the way `parse_days` reads it: "15", "last", "first mon"."""
    if day.weekday is not None:
        return f"{_SPELLED[day.number]} {DAYS[day.weekday]}"
    return "last" if day.number == -1 else str(day.number)


def _month_day(word: str) -> MonthDay:
    if word in {"last", "last day"}:
        return MonthDay(-1)
    number = _NUMBER.fullmatch(word)
    if number is not None and int(number[1]):
        return MonthDay(int(number[1]))
    ordinal, _, weekday = word.partition(" ")
    if ordinal in _ORDINALS and weekday in WEEKDAYS:
        return MonthDay(_ORDINALS[ordinal], WEEKDAYS[weekday])
    raise UsageError(
        f"“{shown(word)}” is not a day: write daily, weekdays, weekends, a list of"
        f" {', '.join(DAYS)}, days of the month such as 1,15 or last, or such as first mon."
    )


def _order(day: MonthDay) -> tuple[bool, int, bool, int]:
    """Put days of the month before weekdays of it, the last of each kind last."""
    weekday = -1 if day.weekday is None else day.weekday
    return day.weekday is not None, weekday, day.number == -1, day.number
