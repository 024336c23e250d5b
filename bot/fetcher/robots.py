"""The text of a robots.txt in, what it says to us out (RFC 9309).

The longest rule that fits decides, and * and $ mean what sites mean by them; Python's own reader
takes the first rule that fits, and reads both as letters.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from bot.fetcher.fields import AGENT

_US = AGENT.lower()
_ALL = "*"
_MOST = 10_000  # rules for us
_LONGEST = 4_096  # characters of a pattern: no address is longer
_NAME = re.compile(r"\*|[a-zA-Z_-]*")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_LINE = re.compile(r"[^\r\n]+")


class Rule(NamedTuple):
    """A pattern of paths, and whether they may be read."""

    pattern: str
    allowed: bool


class Rules(NamedTuple):
    """What a site asks of us."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0  # seconds between two requests


def parse(text: str) -> Rules:
    """Return the rules of the groups that name us, or else of those for everybody."""
    groups: dict[str, list[tuple[str, str]]] = {}
    named: set[str] = set()
    ruled = True
    for key, value in _lines(text):
        if key == "user-agent":
            named = (set() if ruled else named) | ({_name(value)} & {_US, _ALL})
            ruled = False
            for name in named:
                groups.setdefault(name, [])
        elif key in {"allow", "disallow", "crawl-delay"}:
            ruled = True
            for name in named:
                groups[name].append((key, value))
    return _rules(groups.get(_US, groups.get(_ALL, [])))


def allows(rules: Rules, path: str) -> bool:
    """Tell whether *path*, with its query, may be read; /robots.txt always may."""
    plain = _plain(path or "/")
    fitting = [rule for rule in rules.rules if _fits(rule.pattern, plain)]
    return (
        plain == "/robots.txt"
        or max(((len(rule.pattern), rule.allowed) for rule in fitting), default=(0, True))[1]
    )


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in _LINE.finditer(text.removeprefix("\ufeff")):
        key, mark, value = line[0].partition("#")[0].partition(":")
        if mark:
            yield key.strip().lower(), value.strip()


def _name(value: str) -> str:
    found = _NAME.match(value)
    return found[0].lower() if found else ""


def _rules(lines: Sequence[tuple[str, str]]) -> Rules:
    paths = [(key, value) for key, value in lines if key != "crawl-delay" and value]
    rules = (
        Rule(_plain(value), key == "allow") for key, value in paths[:_MOST] if len(value) < _LONGEST
    )
    delays = (_delay(value) for key, value in lines if key == "crawl-delay")
    return Rules(tuple(rules), next(delays, 0.0))


def _delay(value: str) -> float:
    digits = value[:10].replace(".", "", 1)
    return float(value[:10]) if digits.isascii() and digits.isdecimal() else 0.0


def _plain(path: str) -> str:
    """Write *path* in one way: escaped where it has to be, and not where it need not."""
    escaped = quote(path, safe="/%:?#[]@!$&'()*+,;=~")
    return _ESCAPE.sub(_once, escaped)


def _once(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16))
    unreserved = letter.isascii() and (letter.isalnum() or letter in "-._~")
    return letter if unreserved else escape[0].upper()


def _fits(pattern: str, path: str) -> bool:
    """Tell whether *path* begins as *pattern* says; each piece between * is looked for once."""
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if whole and rest else None
    for piece in rest:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return not whole or at == len(path)
