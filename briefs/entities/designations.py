"""Readings in, with the weapons and vehicles that are named by a letter and a number out."""

import re

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
_LONGEST_NAME = 2  # words before the designation: "Bayraktar TB2"


def mark(reading: Reading) -> Reading:
    """Return *reading* with its designations as products; they win over what they overlap."""
    found = [_product(reading, i) for i in range(len(reading.words)) if _is_designation(reading, i)]
    if not found:
        return reading
    kept = [name for name in reading.names if not any(_overlap(name, other) for other in found)]
    apart = [name for i, name in enumerate(found) if not (i and _overlap(name, found[i - 1]))]
    return reading._replace(names=tuple(sorted(kept + apart)))


def _is_designation(reading: Reading, place: int) -> bool:
    text = reading.words[place].text
    if not _DESIGNATION.fullmatch(text) or fold(text) in tables.UNDESIGNATED:
        return False
    if re.split(r"[-\d]", text.lower(), maxsplit=1)[0] in tables.UNDESIGNATED_STEMS:
        return False
    return not any(_is_sure(name, place) for name in reading.names)


def _is_sure(name: Name, place: int) -> bool:
    """Whether the word at *place* is by itself a name of another kind, surely."""
    alone = (name.start, name.end) == (place, place + 1)
    return alone and name.kind is not Kind.PRODUCT and name.score >= _CERTAIN


def _product(reading: Reading, place: int) -> Name:
    """Return the designation at *place* with the name right before it, if there is one."""
    start = place
    while place - start < _LONGEST_NAME and _is_part(reading, start - 1):
        start -= 1
    return Name(start, place + 1, Kind.PRODUCT, 1.0)


def _is_part(reading: Reading, place: int) -> bool:
    """Whether the word at *place* is marked as a name that a product may begin with."""
    kinds = {Kind.PRODUCT, Kind.PERSON, Kind.ORGANISATION}
    inside = any(n.start <= place < n.end and n.kind in kinds for n in reading.names)
    return inside and place >= 0 and reading.words[place].text[:1].isupper()


def _overlap(one: Name, other: Name) -> bool:
    return one.start < other.end and other.start < one.end
