"""A date as it is written, and the words that it is made of."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeAlias

from briefs.values import tense
from briefs.values.numbers import SPACE as S
from briefs.values.vocabulary import MONTHS, WEEKDAYS

_SINCE = re.compile(rf"(?i:\bsince){S}$")
_UNTIL = re.compile(rf"(?i:\b(?:by|until|till)){S}$")
STEPS = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}


class Place(NamedTuple):
    """A date as it is written, and the day it is seen from, when that is known."""

    match: re.Match[str]
    anchor: date | None

    def get(self, name: str) -> str:
        """Return what a group of the pattern matched, "" when nothing."""
        return self.match.groupdict().get(name) or ""

    def lean(self) -> int:
        """Return whether the text speaks of the past (-1) or of the future (1)."""
        match = self.match
        if self.led(_SINCE):
            return -1
        told = tense.lean(match.string, match.start(), match.end())
        return told or int(self.led(_UNTIL))

    def led(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether *pattern* stands right before it."""
        start = self.match.start()
        return pattern.search(self.match.string[max(0, start - 16) : start]) is not None

    def followed(self, by: str) -> bool:
        """Tell whether *by* stands right behind it."""
        return self.match.string.startswith(by, self.match.end())


# Given what a pattern matched, the value; "" when it cannot be known, None when it is no date.
Reader: TypeAlias = Callable[[Place], str | None]


def month_of(name: str) -> int:
    """Return 1 for "January" or "Jan."."""
    return [month[:3] for month in MONTHS].index(name[:3].lower()) + 1


def weekday_of(name: str) -> int:
    """Return 0 for "Monday" or "Mon."."""
    return [day[:3] for day in WEEKDAYS].index(name[:3].lower())


def day_number(day: str) -> int:
    """Return 7 for "7" or "7th"."""
    return int(day[:2] if day[1:2].isdecimal() else day[:1])
