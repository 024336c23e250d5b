"""Numbers as they are written in, their amounts out; patterns that read no more than they must."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from briefs.values.vocabulary import BOUNDS, NUMBERS, SCALES, SHORT_SCALES, TENS

SPACE = "[ \u00a0\u2009\u202f]"
LEFT = r"(?<![\w.,:/$€£¥₹₽₴₺+\u2013\u2212-])(?<!\d )"  # where a number may begin
ENGLISH = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!\d)|\d{{1,3}}(?:{SPACE}\d{{3}}){{1,4}}(?!\d)|\d{{1,15}})"
    r"(?:\.\d{1,6})?(?![\d])"
)
CONTINENTAL = (
    rf"(?:\d{{1,3}}(?:\.\d{{3}}){{1,4}}(?!\d)|\d{{1,3}}(?:{SPACE}\d{{3}}){{1,4}}(?!\d)|\d{{1,15}})"
    r"(?:,\d{1,6})?(?![\d])"
)


def either(words: Iterable[str]) -> str:
    """Return a pattern for one of *words*, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})"


SCALE = either([*SCALES, *(f"{word}s" for word in ("lakh", "crore"))])
_ONES = either(word for word, amount in NUMBERS.items() if 0 < amount < 10)
_SMALL = rf"(?:{either(TENS)}(?:[- ]{_ONES})?|{either(NUMBERS)})"
WORDS = (
    rf"(?i:(?<![\w-])(?:{_SMALL}[ -]hundred{SPACE}and{SPACE}{_SMALL}"
    rf"|{_SMALL}(?:[ -]{SCALE}){{0,2}}|half{SPACE}an?{SPACE}{SCALE}"
    rf"|an?{SPACE}{SCALE}))(?!\w)"
)
DIGITS = rf"{LEFT}{ENGLISH}(?:[ \u00a0-](?i:{SCALE})(?!\w))?"
NUMBER = rf"(?:{DIGITS}|{WORDS})"
_MARKS = {phrase: mark for mark, phrases in BOUNDS.items() for phrase in phrases}
BOUND = rf"(?i:(?<!\w){either(_MARKS)})"
_PART = re.compile(r"[ \u00a0\u2009\u202f-]+")


def mark(phrase: str | None) -> str:
    """Return how *phrase* before a number is written: "~", ">", "<", or nothing."""
    return _MARKS[phrase.lower()] if phrase else ""


def read(written: str, scale: str | None = None, *, continental: bool = False) -> Decimal | None:
    """Return the amount that *written* names, times that of *scale*; None when it is no number."""
    plain = re.sub(rf"(?<=\d){SPACE}(?=\d)", "", written.strip().lower())
    if continental:
        plain = plain.replace(".", "").replace(",", ".")
    current: Decimal | None = None
    for word in _PART.split(plain.replace(",", "")):
        if word in {"a", "an", "and"}:
            continue
        factor = _factor(word)
        if factor is not None:
            current = (Decimal(1) if current is None else current) * factor
            continue
        amount = _amount(word)
        if amount is None:
            return None
        current = amount if current is None else current + amount
    if current is None or not scale:
        return current
    return current * (_factor(scale.lower()) or SHORT_SCALES[scale.lower()])


def write(amount: Decimal) -> str:
    """Write *amount* without an exponent, and without zeros that say nothing."""
    if amount == amount.to_integral_value():
        return str(amount.to_integral_value())
    return f"{amount:f}".rstrip("0").rstrip(".")


def _factor(word: str) -> int | None:
    return SCALES.get(word) or SCALES.get(word.removesuffix("s"))


def _amount(word: str) -> Decimal | None:
    if word == "half":
        return Decimal("0.5")
    known = NUMBERS.get(word, TENS.get(word))
    if known is not None:
        return Decimal(known)
    try:
        return Decimal(word) if word[:1].isdecimal() and word.isascii() else None
    except InvalidOperation:
        return None
