"""A place in a sentence in, the words around it out, as far as its clause goes."""

import re
from typing import NamedTuple

from briefs.figures.vocabulary import AUXILIARIES, COMMON, NUMBER_WORDS, STOPS

_TOKEN = re.compile(r"[^\W\d_][\w'\u2019-]*|\d[\d.,]*%?|[;:()\u2014]|,(?!\d)|[$\u20ac\u00a3]")
_REACH = 160  # characters to either side that are looked at
_PEOPLES = ("ian", "ish", "ese", "can", "man", "ean", "ench", "utch", "iss", "aqi", "eli", "ani",
            "eek", "ban", "jik", "bek", "rab", "urd", "yan", "gan", "ino", "ak", "ech")  # fmt: skip
_WINDOW = 400  # characters that are read to either side of a number
_MOST = 8  # words of them


class Word(NamedTuple):
    """A word as it is written, and in lower case."""

    text: str
    low: str

    @property
    def is_name(self) -> bool:
        """Whether it is written with a capital."""
        return self.text[:1].isupper()


class Near(NamedTuple):
    """A number with the text around it, as far as it is read: *text*[*start*:*end*]."""

    text: str
    start: int
    end: int


def near(text: str, start: int, end: int) -> Near:
    """Return text[start:end] with no more around it than is read, however long *text* is."""
    first = max(0, start - _WINDOW)
    return Near(text[first : end + _WINDOW], start - first, end - first)


def before(text: str, start: int) -> tuple[Word, ...]:
    """Return the words of the clause in front of text[start], the nearest first."""
    found = _words(text[max(0, start - _REACH) : start])[::-1]
    return tuple(_clause(found))


def after(text: str, end: int) -> tuple[Word, ...]:
    """Return the words of the clause behind text[end]."""
    return tuple(_clause(_words(text[end : end + _REACH])))


def _words(text: str) -> list[Word]:
    return [Word(found, found.lower()) for found in _TOKEN.findall(text)]


def _clause(found: list[Word]) -> list[Word]:
    kept: list[Word] = []
    for word in found[:_MOST]:
        if word.low in STOPS or not word.text[0].isalpha():
            break
        kept.append(word)
    return kept


def nearest(found: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return *found* without the auxiliaries and adverbs that it begins with."""
    for place, word in enumerate(found):
        if word.low not in AUXILIARIES and not word.low.endswith("ly"):
            return found[place:]
    return ()


def adjectives(written: str) -> tuple[str, ...]:
    """Return what stands between a number and its noun in *written*, in lower case; no names."""
    return tuple(
        word.low for word in _described(written) if not word.is_name or word.low.endswith(_PEOPLES)
    )


def models(written: str) -> tuple[str, ...]:
    """Return the names between a number and its noun in *written*: of "50 Bayraktar drones"."""
    return tuple(
        word.low for word in _described(written) if word.is_name and not word.low.endswith(_PEOPLES)
    )


def _described(written: str) -> tuple[Word, ...]:
    return tuple(
        word
        for word in _words(written)
        if word.text[0].isalpha()
        and word.low not in AUXILIARIES
        and word.low not in COMMON
        and not set(word.low.split("-")) <= NUMBER_WORDS
    )
