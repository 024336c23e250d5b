"""Values as they are stored in, whether two of them can both be true out."""

import re
from typing import NamedTuple

from briefs.figures.vocabulary import UNITS

_VALUE = re.compile(
    r"(?P<mark>[~<>]?)(?P<money>[A-Z]{3} )?(?P<low>\d+(?:\.\d+)?)(?:-(?P<high>\d+(?:\.\d+)?))?"
    r"(?: (?P<unit>.+))?$"
)
_NEARLY = 0.1  # "about 40" may be 37, and twelve miles are nineteen kilometres
_FAR = 10
_ROUNDED_FROM = 100  # below it "40" is exactly 40


class Amount(NamedTuple):
    """What a value says: at least *low*, at most *high*, of *unit*; *step* is how exactly."""

    low: float
    high: float
    unit: str
    step: float

    @property
    def size(self) -> float:
        """The number that was written, or the larger of two."""
        return self.low if self.high == float("inf") else self.high


def read(value: str) -> Amount | None:
    """Read *value* ("~20 km", "USD 1200000000", ">12 soldiers"); None when it is no amount."""
    match = _VALUE.match(value)
    if match is None:
        return None
    low, high = float(match["low"]), float(match["high"] or match["low"])
    unit = (match["money"] or "").strip() or match["unit"] or ""
    low, high = _bounded(match["mark"], low, high)
    return Amount(low, high, unit, _step(match["low"]))


def _bounded(mark: str, low: float, high: float) -> tuple[float, float]:
    match mark:
        case "~":
            return low * (1 - _NEARLY), high * (1 + _NEARLY)
        case ">":
            return low, float("inf")
        case "<":
            return 0.0, high
    return low, high


def _step(written: str) -> float:
    """Return the unit of the last digit that says something: 100 of "1500", 0.1 of "6.1"."""
    whole, _, fraction = written.partition(".")
    if fraction:
        return float(10 ** -len(fraction))
    return float(10 ** (len(whole) - len(whole.rstrip("0")))) if whole.strip("0") else 1.0


def agree(one: Amount, other: Amount) -> bool:
    """Tell whether *one* and *other* may be the same number, rounded or in another unit.

    Amounts in units that cannot be compared agree: nothing says that they do not.
    """
    if one.unit in _NOT_EXACT or other.unit in _NOT_EXACT:
        return _converted(one, other)
    if _is_money(one) and _is_money(other) and one.unit != other.unit:
        return True
    return _meet(one, other, _slack(one, other))


def far_apart(one: Amount, other: Amount) -> bool:
    """Tell whether one is so many times the other that they are numbers of two things."""
    small, large = sorted((one.size, other.size))
    return large > _FAR * small


def _is_money(amount: Amount) -> bool:
    return len(amount.unit) == 3 and amount.unit.isupper()


_NOT_EXACT = frozenset(unit for table in UNITS for unit in table)


def _converted(one: Amount, other: Amount) -> bool:
    for table in UNITS:
        if one.unit in table and other.unit in table:
            first, second = _times(one, table[one.unit]), _times(other, table[other.unit])
            return _meet(first, second, _NEARLY * max(first.size, second.size))
    return True


def _times(amount: Amount, factor: float) -> Amount:
    return Amount(amount.low * factor, amount.high * factor, amount.unit, amount.step * factor)


def _slack(one: Amount, other: Amount) -> float:
    """Return by how much the two may differ and still be roundings of one number."""
    coarse = max(one.step, other.step)
    fine = min(one.step, other.step)
    if fine < 1:
        return coarse / 2 if fine < coarse else 0.0
    rounded = min(one.size, other.size) >= _ROUNDED_FROM or "%" in (one.unit, other.unit)
    return coarse / 2 if rounded else 0.0


def _meet(one: Amount, other: Amount, slack: float) -> bool:
    return one.low <= other.high + slack and other.low <= one.high + slack
