"""Readings in, with the weapons and vehicles that are named by a letter and a number out."""

import re
from collections.abc import Mapping

from briefs.entities import tables
from briefs.entities.reading import Name, Reading
from briefs.entities.spans import fold
from briefs.model import Kind

_DESIGNATION = re.compile(
    r"[A-Z][A-Za-z]{0,11}-[A-Z]?\d{1,4}[A-Za-z]{0,2}"  # D-30, Buk-M2, Pantsir-S1
    r"|[A-Z]{1,4}\d{1,4}[A-Z]{0,2}s?"  # TB2, T72B3 is rarer than it looks
    r"|[A-Z]{2,5}-[A-Z]"  # MAM-L
)
_CERTAIN = 0.8  # a single word that the recogniser is this sure of stays what it says
_UNNAMED = tables.NOBODY | tables.DAYS | tables.DEMONYMS
_LONGEST_NAME = 2  # words before the designation: "Bayraktar TB2"


def mark(reading: Reading) -> Reading:
    """Return *reading* with its designations as products; they win over what they overlap."""
    over = {i: name for name in reading.names for i in range(name.start, name.end)}
    places = (i for i in range(len(reading.words)) if _is_designation(reading, i, over.get(i)))
    found = [_product(reading, i, over) for i in places]
    if not found:
        return reading
    apart = [name for i, name in enumerate(found) if not (i and name.start < found[i - 1].end)]
    return reading._replace(names=tuple(sorted((*reading.apart_from(found), *apart))))


def _is_designation(reading: Reading, place: int, name: Name | None) -> bool:
    """Whether the word at *place*, which may be marked as part of *name*, names a product."""
    text = reading.words[place].text
    if not _DESIGNATION.fullmatch(text) or fold(text) in tables.UNDESIGNATED:
        return False
    if re.split(r"[-\d]", text.lower(), maxsplit=1)[0] in tables.UNDESIGNATED_STEMS:
        return False
    return name is None or not _is_sure(name)


def _is_sure(name: Name) -> bool:
    """Whether a word is by itself a name of another kind, surely."""
    alone = name.end - name.start == 1
    return alone and name.kind is not Kind.PRODUCT and name.score >= _CERTAIN


def _product(reading: Reading, place: int, over: Mapping[int, Name]) -> Name:
    """Return the designation at *place* with the name right before it, if there is one."""
    start = place
    while place - start < _LONGEST_NAME and _is_part(reading, start - 1, over.get(start - 1)):
        start -= 1
    return Name(start, place + 1, Kind.PRODUCT, 1.0)


def _is_part(reading: Reading, place: int, name: Name | None) -> bool:
    """Whether the word at *place* is a name that a product may begin with: "Bayraktar"."""
    if place < 0 or not reading.words[place].text[:1].isupper():
        return False
    if name is None:
        return place > 0 and _is_name(reading.words[place].text)
    return name.kind in {Kind.PRODUCT, Kind.PERSON, Kind.ORGANISATION}


def _is_name(text: str) -> bool:
    """Whether a capitalised word inside a sentence may be one that nobody has marked."""
    return text.istitle() and fold(text) not in _UNNAMED
