"""Sentences in, numbers that stand without what they count out: "the death toll rose to 40"."""

import re
from collections.abc import Iterator

from briefs.model import Kind
from briefs.values import numbers
from briefs.values.found import Found
from briefs.values.numbers import BOUND, NUMBER, SPACE

_HARM = {"kill": "killed", "wound": "wounded", "injur": "injured", "arrest": "arrested"}
_END = r"(?![\w%\u2013-]|[.,:]\d|[ \u00a0-](?:per\b|percent|years?|days?|weeks?|months?|hours?))"
_ALONE = (
    r"(?=[.,;:!?)\"\u201d\u2019]|$| (?:and|in|at|on|near|when|while|as|overnight|since|there)\b)"
)


def _number(name: str) -> str:
    return rf"(?:(?P<{name}_bound>{BOUND}){SPACE})?(?P<{name}>{NUMBER})"


_TOLL = re.compile(
    rf"(?i:\btoll|\bnumber of (?:dead|deaths|people killed))(?: [\w'\u2019-]{{1,20}}){{0,9}}?"
    rf"(?: from {_number('old')})? (?:to|at|of|is|was|reached|hit|passed|exceeded|topped) "
    rf"{_number('new')}{_END}(?: from {_number('before')}{_END})?"
)
_HARMED = re.compile(
    rf"\b(?P<harm>(?i:kill|wound|injur|arrest))(?:ed|ing|s|es) {_number('new')}{_END}{_ALONE}"
)
_CROWD = re.compile(rf"(?i:\bcrowd) (?:of|numbered) {_number('new')}{_END}{_ALONE}")
_OTHERS = re.compile(rf"{_number('new')} others\b")
_MAGNITUDE = re.compile(
    rf"(?i:\bmagnitude)(?:[- ]of)?[- ](?:{BOUND} )?(?P<new>\d{{1,2}}(?:\.\d{{1,2}})?)(?![\w%]|\.\d)"
    r"|(?<![\w.,])(?P<old>\d{1,2}(?:\.\d{1,2})?)[- ](?i:magnitude)\b"
)


def find(text: str) -> Iterator[Found]:
    """Yield the numbers in English *text* whose meaning stands before them, or is "others"."""
    for match in _TOLL.finditer(text):
        yield from _numbers(match, ("old", "new", "before"), "dead")
    for match in _HARMED.finditer(text):
        yield from _numbers(match, ("new",), _HARM[match["harm"].lower()])
    for match in _CROWD.finditer(text):
        yield from _numbers(match, ("new",), "people")
    for match in _OTHERS.finditer(text):
        yield from _numbers(match, ("new",), "others")
    for match in _MAGNITUDE.finditer(text):
        name = "new" if match["new"] else "old"
        value = f"{match[name]} magnitude"
        yield Found(match.start(name), match.end(name), Kind.QUANTITY, value)


def _numbers(match: re.Match[str], names: tuple[str, ...], unit: str) -> Iterator[Found]:
    for name in names:
        amount = numbers.read(match[name]) if match[name] else None
        if amount is not None:
            bound = match[f"{name}_bound"]
            start = match.start(f"{name}_bound") if bound else match.start(name)
            value = f"{numbers.mark(bound)}{numbers.write(amount)} {unit}"
            yield Found(start, match.end(name), Kind.QUANTITY, value)
