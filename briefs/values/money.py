"""Sentences in, amounts of money out: "about $1.2bn" is "~USD 1200000000"."""

import re
from collections.abc import Iterator

from briefs.model import Kind
from briefs.values import numbers
from briefs.values.found import Found
from briefs.values.numbers import BOUND, CONTINENTAL, ENGLISH, NUMBER, SCALE, SPACE, either
from briefs.values.vocabulary import (
    AMONG_MILLIONS,
    CODES,
    CURRENCIES,
    PLURALS,
    SHORT_SCALES,
    SIGNS,
)

_SIGN = rf"(?<![\w$])(?:{either(SIGNS)}|{either(CODES)}(?!\w)){SPACE}?"
_SHORT = either([*SHORT_SCALES, "K", "M", "B"])
_SCALED = rf"(?:[ \u00a0-]?(?P<scale>(?i:{SCALE})|{_SHORT})(?!\w))?"
_WORDS = {
    **CURRENCIES,
    **{PLURALS.get(name, f"{name}s"): code for name, code in CURRENCIES.items()},
}


def _before(number: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<bound>{BOUND}){SPACE})?(?P<sign>{_SIGN})(?P<low>{number})"
        rf"(?:(?:{SPACE}to{SPACE}|[-\u2013])(?P<high>{number}))?{_SCALED}"
    )


def _after(number: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<bound>{BOUND}){SPACE})?{numbers.LEFT}(?P<low>{number})(?P<high>(?!))?"
        rf"{_SCALED}{SPACE}?(?P<sign>[€£₴₽₺₹]|zł(?!\w)|{either(CODES)}(?!\w))"
    )


_NAMED = re.compile(
    rf"(?:(?P<bound>{BOUND}){SPACE})?(?P<low>{NUMBER})(?P<scale>{_SHORT})?[ \u00a0-]"
    rf"(?P<sign>(?i:{either([*_WORDS, *AMONG_MILLIONS])}))(?![\w-])"
)
_ENGLISH = (_before(ENGLISH), _after(ENGLISH))
_CONTINENTAL = (_before(CONTINENTAL), _after(CONTINENTAL))


def find(text: str, *, english: bool) -> Iterator[Found]:
    """Yield the amounts in *text*; words for them are read in *english* only."""
    for pattern in _ENGLISH if english else _CONTINENTAL:
        for match in pattern.finditer(text):
            yield from _signed(match, continental=not english)
    for match in _NAMED.finditer(text) if english else ():
        yield from _named(match)


def _signed(match: re.Match[str], *, continental: bool) -> Iterator[Found]:
    sign = match["sign"].strip(" \u00a0\u2009\u202f")
    scale = match["scale"]
    low = numbers.read(match["low"], scale, continental=continental)
    if low is None:
        return
    value = numbers.write(low)
    if match["high"]:
        high = numbers.read(match["high"], scale, continental=continental)
        value += f"-{numbers.write(high)}" if high is not None else ""
    currency = {**SIGNS, "zł": "PLN"}.get(sign, sign)
    yield _found(match, f"{currency} {value}")


def _named(match: re.Match[str]) -> Iterator[Found]:
    sign = match["sign"].lower()
    amount = numbers.read(match["low"], match["scale"])
    if amount is None or (sign in AMONG_MILLIONS and amount < 10**5):
        return
    currency = _WORDS.get(sign) or AMONG_MILLIONS[sign]
    yield _found(match, f"{currency} {numbers.write(amount)}")


def _found(match: re.Match[str], value: str) -> Found:
    return Found(match.start(), match.end(), Kind.MONEY, numbers.mark(match["bound"]) + value)
