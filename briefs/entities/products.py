"""Readings in, with the weapons, vehicles and ships that the words beside them give away out."""

from collections.abc import Iterator

from briefs.entities import tables
from briefs.entities.reading import Name, Reading
from briefs.entities.spans import fold
from briefs.model import Kind

_LONGEST = 3  # words of a weapon's name
_LONGEST_SHIP = 5  # words of a ship's name after "USS"
_CERTAIN = 0.8  # a name that the recogniser is this sure of is no weapon's
_UNNAMED = tables.NOBODY | tables.DAYS | tables.DEMONYMS
_STAY = frozenset({Kind.PLACE, Kind.NATIONALITY, Kind.PRODUCT})


def mark(reading: Reading) -> Reading:
    """Return *reading* with "Storm Shadow" of "Storm Shadow missiles", and "USS Cole"."""
    found = [*_ships(reading), *_weapons(reading)]
    if not found:
        return reading
    return reading._replace(names=tuple(sorted((*reading.apart_from(found), *found))))


def _ships(reading: Reading) -> Iterator[Name]:
    for place, word in enumerate(reading.words):
        if word.text in tables.SHIPS:
            end = place + 1
            while end - place <= _LONGEST_SHIP and _is_capital(reading, end):
                end += 1
            if end > place + 1:
                yield Name(place, end, Kind.PRODUCT, 1.0)


def _weapons(reading: Reading) -> Iterator[Name]:
    """Yield the capitalised words right before "missiles" that are not known to be else."""
    else_ = {i for name in reading.names if _is_else(name) for i in range(name.start, name.end)}
    for place in range(len(reading.words)):
        if reading.words[place].text not in tables.WEAPONS:
            continue
        start = _start(reading, place, else_)
        if start < place and any(c.isalpha() for c in reading.words[start].text):
            yield Name(start, place, Kind.PRODUCT, 1.0)


def _start(reading: Reading, end: int, else_: set[int]) -> int:
    """Return where the weapon's name begins; the sentence's first word is no part of it."""
    start = end
    while start > 1 and end - start < _LONGEST and _is_part(reading, start - 1, end):
        if start - 1 in else_:
            break
        start -= 1
    while start < end and reading.words[start].text[:1].isdigit():
        start += 1
    return start


def _is_part(reading: Reading, place: int, end: int) -> bool:
    """Whether the word at *place* may belong to a weapon's name; a number only at its end."""
    text = reading.words[place].text
    if text.isdigit():
        return place == end - 1 and _is_capital(reading, place - 1)
    word = fold(reading.words[place].text)
    return _is_capital(reading, place) and word not in _UNNAMED


def _is_else(name: Name) -> bool:
    return name.kind in _STAY or name.score >= _CERTAIN


def _is_capital(reading: Reading, place: int) -> bool:
    inside = 0 <= place < len(reading.words)
    return inside and reading.words[place].text[:1].isupper()
