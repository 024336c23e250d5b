"""Readings of one document in, the same with the names that were passed over out.

What is surely a name in one sentence is one in another, also in a headline in capitals, where
the recogniser sees little; and letters that begin the words of a body's name stand for it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefs.entities import folding, tables
from briefs.entities.cues import voters
from briefs.entities.reading import Name, Reading
from briefs.model import Kind

Known = dict[tuple[str, ...], Name]

_SURE = 0.85  # mean score of a form that is marked where the recogniser passed over it
_LONGEST = 6  # words of such a form
_ACRONYM = re.compile(r"[A-Z]{2,8}")
_FEWEST_WORDS = 3  # of a body's name whose initials are looked for


def mark(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Mark the occurrences of surely known forms in which nothing was marked."""
    known = _known(readings)
    shouted = {tuple(word.upper() for word in form): name for form, name in known.items()}
    shouted |= {(surname.upper(),): name for surname, name in _surnames(known)}
    letters = _acronyms(readings)
    return tuple(
        _marked(reading, known | shouted)
        if reading.is_shouted
        else _marked(reading, known | letters)
        for reading in readings
    )


def _known(readings: Sequence[Reading]) -> Known:
    """Return the forms that are always one kind, and surely, by their words."""
    seen: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for reading, name in voters(readings):
        form = _form(reading, name)
        if len(form) <= _LONGEST and form[0][:1].isupper():
            seen[form].append(name)
    return {form: names[0] for form, names in seen.items() if _is_sure(form, names)}


def _form(reading: Reading, name: Name) -> tuple[str, ...]:
    return tuple(word.text for word in reading.words[name.start : name.end])


def _is_sure(form: tuple[str, ...], names: Sequence[Name]) -> bool:
    one_kind = len({name.kind for name in names}) == 1
    mean = sum(name.score for name in names) / len(names)
    return one_kind and mean >= _SURE and (len(form) > 1 or len(names) > 1)


def _surnames(known: Known) -> Iterator[tuple[str, Name]]:
    """Yield the last word of each known person's name, where it is a word of some length."""
    for form, name in known.items():
        if name.kind is Kind.PERSON and len(form) > 1 and form[-1].isalpha() and len(form[-1]) > 2:
            yield form[-1], name


def _acronyms(readings: Sequence[Reading]) -> Known:
    """Return the letters that begin the words of a body's name of three words or more."""
    found: Known = {}
    for reading, name in voters(readings):
        words = [w for w in folding.words(reading.text(name)) if w not in tables.SMALL]
        letters = "".join(word[0] for word in words).upper()
        body = name.kind is Kind.ORGANISATION and len(words) >= _FEWEST_WORDS
        if body and _ACRONYM.fullmatch(letters):
            found[(letters,)] = name
    return found


def _marked(reading: Reading, known: Known) -> Reading:
    taken = {i for name in reading.names for i in range(name.start, name.end)}
    added: list[Name] = []
    place = 0
    while place < len(reading.words):
        name = _known_at(reading, place, taken, known)
        if name:
            added.append(name)
        place = name.end if name else place + 1
    return reading._replace(names=tuple(sorted((*reading.names, *added)))) if added else reading


def _known_at(reading: Reading, place: int, taken: set[int], known: Known) -> Name | None:
    """Return the longest known form at *place* that stands apart from what is marked."""
    for length in range(min(_LONGEST, len(reading.words) - place), 0, -1):
        form = tuple(word.text for word in reading.words[place : place + length])
        name = known.get(form)
        if name and taken.isdisjoint(range(place - 1, place + length + 1)):
            return name._replace(start=place, end=place + length)
    return None
