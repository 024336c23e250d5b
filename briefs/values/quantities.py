"""Sentences in, quantities out: "about 20 kilometres" is "~20 km", "13 killed" is "13 killed"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from briefs.model import Kind
from briefs.values import numbers, tolls
from briefs.values.found import Found
from briefs.values.numbers import BOUND, CONTINENTAL, DIGITS, NUMBER, SCALE, SPACE, either
from briefs.values.vocabulary import (
    COUNTED,
    NUMBERED,
    SCALES,
    SHORT_SCALES,
    SINGULARS,
    SYMBOLS,
    UNITS,
    UNTOUCHED,
)

_PLURAL = {
    **UNITS,
    **{f"{unit}s": symbol for unit, symbol in UNITS.items() if unit[-1] not in "st"},
    **{f"{unit}s": UNITS[unit] for unit in ("watt", "kilowatt", "megawatt", "gigawatt", "knot")},
    "percentage points": "pp",
}


def _singular(noun: str) -> str:
    if noun in SINGULARS:
        return SINGULARS[noun]
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")


_NOUNS = {_singular(noun): noun for noun in COUNTED} | {
    noun: noun for noun in (*COUNTED, *UNTOUCHED)
}

_SYMBOL = rf"(?P<symbol>{either(SYMBOLS)})(?![\w²³])"
_UNIT = rf"(?P<unit>(?i:{either(_PLURAL)}))(?![\w])"
_STOPS = """
    of and or to in from for at by on with per percent the a an is are was were has have had as than
    that which who more less years year days day months month weeks week hours minutes times points
    am pm if when while but its their his her this these those out into over under after before
    since until
"""
_NOT_ADJECTIVES = either(_STOPS.split())
_ADJECTIVE = rf"(?!{_NOT_ADJECTIVES}\b)[a-z][a-z-]{{1,15}}"
_NOUN = rf"(?P<noun>(?i:{either(_NOUNS)}))(?![\w-])"
_NAME = r"[A-Z][\w.-]{0,20}"

_LOW = rf"(?:(?P<bound>{BOUND}){SPACE})?(?P<low>{NUMBER})"
_HIGH = rf"(?P<high>(?:{NUMBER}|\d{{1,9}}(?:[.,]\d{{1,6}})?))"
_AMOUNT = rf"{_LOW}(?:(?:{SPACE}to{SPACE}|[-\u2013]){_HIGH})?"
_BETWEEN = rf"(?i:(?<!\w)between){SPACE}(?P<bound>(?!))?(?P<low>{NUMBER}){SPACE}and{SPACE}{_HIGH}"

_SHORT = either(SHORT_SCALES)
_MEASURED = tuple(
    re.compile(rf"{amount}(?:[ \u00a0\u2009\u202f-]?{_SYMBOL}|[ \u00a0-]{_UNIT})")
    for amount in (_AMOUNT, _BETWEEN)
)
_COUNTED = tuple(
    re.compile(rf"{amount}(?P<scale>{_SHORT})?(?:{SPACE}{_ADJECTIVE}){{0,2}}?{SPACE}{_NOUN}")
    for amount in (_AMOUNT, _BETWEEN)
)
# The noun is not part of the span when a name or a verb stands before it.
_APART = re.compile(
    rf"{_AMOUNT}(?={SPACE}(?:{_NAME}{SPACE}(?:\d{{1,2}}{SPACE})?){{1,2}}(?:{_ADJECTIVE}{SPACE})?{_NOUN}"
    rf"|{SPACE}(?:were|was|are|have{SPACE}been|had{SPACE}been){SPACE}"
    rf"(?P<done>{either(UNTOUCHED)})\b)"
)
_BARE = re.compile(
    rf"(?P<bound>{BOUND}){SPACE}(?P<low>{DIGITS}|(?i:an?|two|three|half{SPACE}a){SPACE}(?i:{SCALE}))"
    r"(?![\w:/%°]|[.,]\d|-\w| ?(?:am|pm|a\.m|p\.m|o.clock|of |years?|days?|hours?|minutes?|months?"
    r"|weeks?|seconds?|times|decades?|dollars?|euros?|pounds?))"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_NAMED = re.compile(rf"(?<!\w){either(NUMBERED)} $")
_MODEL = re.compile(r"\w [A-Z][a-z]{1,20} $")
_PLAIN = re.compile(
    rf"(?P<bound>(?!))?(?P<high>(?!))?(?P<low>{numbers.LEFT}{CONTINENTAL})"
    rf"[ \u00a0\u2009\u202f-]?(?P<unit>(?!))?{_SYMBOL}"
)


def find(text: str, *, english: bool) -> Iterator[Found]:
    """Yield the quantities in *text*; only digits with symbols of units unless it is *english*."""
    if not english:
        for match in _PLAIN.finditer(text):
            yield from _measured(match, continental=True)
        return
    for pattern in _MEASURED:
        for match in pattern.finditer(text):
            yield from _measured(match, continental=False)
    for pattern in (*_COUNTED, _APART):
        for match in pattern.finditer(text):
            yield from _counted(match)
    for match in _BARE.finditer(text):
        yield from _bare(match)
    yield from tolls.find(text)


def _measured(match: re.Match[str], *, continental: bool) -> Iterator[Found]:
    symbol = match["symbol"]
    if symbol == "m" and _touches(match):
        return
    unit = SYMBOLS[symbol] if symbol else _PLURAL[match["unit"].lower()]
    amount = _amount(match, continental=continental)
    if amount:
        yield _found(match, amount, unit)


def _touches(match: re.Match[str]) -> bool:
    """Tell "5m", which may be five million, from "5 m"."""
    return match.string[match.start("symbol") - 1].isdigit()


def _counted(match: re.Match[str]) -> Iterator[Found]:
    groups = match.groupdict()
    noun = groups.get("done") or groups["noun"]
    amount = _amount(match, scale=groups.get("scale"))
    if amount is None or _is_name(match):
        return
    one = amount == "1"
    if one or _NOUNS[noun.lower()] == noun.lower():  # "two militant groups" are no two militants
        yield _found(match, amount, noun.lower())


def _is_name(match: re.Match[str]) -> bool:
    """Tell "Flight 370 passengers" and "Leopard 2 tanks" from a number of either."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    digit = len(match["low"]) == 1 and match["low"].isdigit()
    return _NAMED.search(before) is not None or (digit and _MODEL.search(before) is not None)


def _bare(match: re.Match[str]) -> Iterator[Found]:
    low = match["low"]
    amount = numbers.read(low)
    small = low.isdigit() and (len(low) < 2 or _YEAR.match(low) is not None)
    if amount is not None and not small:
        yield _found(match, numbers.write(amount), "")


def _amount(
    match: re.Match[str], *, scale: str | None = None, continental: bool = False
) -> str | None:
    """Return the number of *match*, or the two of a range; None when they make no sense."""
    low = numbers.read(match["low"], scale, continental=continental)
    if low is None or not match["high"]:
        return None if low is None else numbers.write(low)
    high = numbers.read(match["high"], scale)
    if high is None:
        return None
    low = _scaled_alike(match, low, high)
    return f"{numbers.write(low)}-{numbers.write(high)}" if low < high else None


def _scaled_alike(match: re.Match[str], low: Decimal, high: Decimal) -> Decimal:
    """Return *low* in the scale of *high*: "two to three million" begins at two million."""
    last = match["high"].lower().split(" ")[-1]
    if last in SCALES and not match["low"].lower().endswith(last) and low < SCALES[last] <= high:
        return low * SCALES[last]
    return low


def _found(match: re.Match[str], amount: str, unit: str) -> Found:
    value = f"{numbers.mark(match['bound'])}{amount} {unit}".rstrip()
    return Found(match.start(), match.end(), Kind.QUANTITY, value)
