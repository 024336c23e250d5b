"""A text in, its words out as SQLite's index reads them: lower case, Latin letters without accents.

PostgreSQL's own parsers differ from it, and its extension `unaccent` may not be there.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u0331])*")
_LONGEST = 200  # characters of a word that are compared


def split(text: str) -> Iterator[tuple[str, int, int]]:
    """Give every word of *text*, folded, and where it stands."""
    for match in _TOKEN.finditer(text):
        yield fold(match[0]), match.start(), match.end()


def different(*texts: str) -> list[str]:
    """Return the different words of *texts*, sorted."""
    return sorted({word for text in texts for word, _, _ in split(text)})


def phrase(typed: str) -> tuple[str, ...]:
    """Return the words that *typed* is: "foo_bar" is two that stand side by side."""
    return tuple(word for word, _, _ in split(typed))


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Fold one *word*."""
    if word.isascii():
        return word.lower()[:_LONGEST]
    return "".join(map(_letter, word))[:_LONGEST]


def spans(text: str, phrases: Sequence[tuple[str, ...]]) -> dict[int, list[tuple[int, int]]]:
    """Return for each of *phrases*, by its number, where it stands in *text*."""
    tokens = [*split(text)]
    firsts: dict[str, list[int]] = {}
    for number, words in enumerate(phrases):
        firsts.setdefault(words[0], []).append(number)
    found: dict[int, list[tuple[int, int]]] = {}
    for place, (word, start, _) in enumerate(tokens):
        for number in firsts.get(word, ()):
            words = phrases[number]
            there = tokens[place : place + len(words)]
            if tuple(token[0] for token in there) == words:
                found.setdefault(number, []).append((start, there[-1][2]))
    return found


def mark(text: str, places: Collection[tuple[int, int]]) -> str:
    """Put U+0001 before and U+0002 after each of *places*; those that overlap become one."""
    parts, end = [], 0
    for start, stop in _merged(places):
        parts += [text[end:start], "\u0001", text[start:stop], "\u0002"]
        end = stop
    return "".join((*parts, text[end:]))


def _merged(places: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _letter(letter: str) -> str:
    if "\u0300" <= letter <= "\u0331":
        return ""
    folded = letter.casefold()
    lower = folded if len(folded) == 1 else letter.lower()
    base = unicodedata.normalize("NFD", lower)[0]
    return base if base.isascii() else lower
