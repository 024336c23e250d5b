"""A name in its sentence in, how much the words beside it speak for which kind out."""

from collections.abc import Iterator, Sequence

from briefs.entities import folding, gazetteer, tables
from briefs.entities.reading import Name, Reading
from briefs.model import Kind

Votes = dict[Kind, float]

VOTING = (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.PRODUCT)
_DEFINED = 1.5  # "whose CEO is …", "…, the mayor of Lviv": weighs more than any score
_TOLD = 0.6  # "…, who said", "…, 40, said"
_HELD = frozenset({"share", "shares", "stake", "stakes", "shareholders", "investors"})
_RUN = frozenset({"ceo", "cfo", "founder", "co-founder", "subsidiary", "employees"})  # of it
_KNOWN = 1.0  # it stands in a closed list
_LONGEST_APPOSITION = 4  # words from the article to the title
_PLACED = frozenset({"in", "at", "near", "from", "of", "to"})  # before "Berlin, the president"


def voters(readings: Sequence[Reading]) -> Iterator[tuple[Reading, Name]]:
    """Yield the names whose kinds are voted on, each with its reading."""
    for reading in readings:
        for name in reading.names:
            if name.kind in VOTING:
                yield reading, name


def beside(reading: Reading, name: Name) -> Votes:
    """Return how much the words beside *name* speak for which kinds."""
    found: Votes = {}
    for kind in VOTING:
        weight = max(_before(reading, name, kind), _after(reading, name, kind))
        if weight and not (kind is Kind.PRODUCT and _is_whose(reading, name)):
            found[kind] = weight
    person = _of_person(reading, name)
    if person:
        found[Kind.PERSON] = max(person, found.get(Kind.PERSON, 0.0))
    if reading.word(name.start - 1) in tables.VESSELS:
        found[Kind.PRODUCT] = 2 * _DEFINED
    return found


def listed(reading: Reading, name: Name) -> Votes:
    """Return what the closed lists say of *name*, where the recogniser says otherwise."""
    key = folding.key(Kind.PLACE, reading.text(name)).key
    if name.kind is not Kind.PLACE and key in gazetteer.ONLY_COUNTRIES:
        return {Kind.PLACE: _KNOWN}
    if name.kind is Kind.PERSON and key in gazetteer.CITIES:
        return {Kind.PLACE: _KNOWN}
    if name.kind in {Kind.PERSON, Kind.PLACE} and key in gazetteer.GROUPS:
        return {Kind.ORGANISATION: _KNOWN}
    return {}


def is_place_here(reading: Reading, name: Name) -> bool:
    """Whether a country that is a person's name as well stands where a place does."""
    if folding.key(Kind.PLACE, reading.text(name)).key not in gazetteer.COUNTRIES:
        return False
    return Kind.PLACE in (found := beside(reading, name)) and Kind.PERSON not in found


def _is_whose(reading: Reading, name: Name) -> bool:
    """Whether it is a place whose thing is meant: "Ukraine drones", not "the Bayraktar drone"."""
    if name.kind is not Kind.PLACE:
        return False
    key = folding.key(Kind.PLACE, reading.text(name)).key
    known = key in gazetteer.COUNTRIES or key in gazetteer.CITIES
    return known or reading.word(name.start - 1) not in {"the", "a", "an"}


def _before(reading: Reading, name: Name, kind: Kind) -> float:
    """Return what the word before says; in "town of Vasylkiv" the one before "of"."""
    word = reading.word(name.start - 1)
    governing = reading.word(name.start - 2)
    if (word in {"in", "of"} and governing in _HELD) or (word == "of" and governing in _RUN):
        return _DEFINED if kind is Kind.ORGANISATION else 0.0
    if word != "of":
        weight, cues = tables.BEFORE[kind]
        return weight if word in cues else 0.0
    weight, cues = tables.GOVERNED
    return weight if kind is Kind.PLACE and reading.word(name.start - 2) in cues else 0.0


def _after(reading: Reading, name: Name, kind: Kind) -> float:
    """Return what the word after says; in "Bayraktar armed drones" the two."""
    if kind is Kind.ORGANISATION and _is_incorporated(reading, name):
        return _DEFINED
    weight, cues = tables.AFTER[kind]
    word = reading.word(name.end)
    following = reading.word(name.end + 1) if word.endswith("ed") else ""
    return weight if word in cues or following in cues else 0.0


def _is_incorporated(reading: Reading, name: Name) -> bool:
    """Whether the name ends in a legal form that is nothing else: "Rheinmetall AG"."""
    last = reading.word(name.end - 1).rstrip(".")
    return name.end - name.start > 1 and last in tables.INCORPORATED


def _of_person(reading: Reading, name: Name) -> float:
    """Return how much "whose CEO is …" or "…, the mayor of" speaks for a person."""
    if reading.word(name.start - 1) in {"is", "was"}:
        return _DEFINED if reading.word(name.start - 2) in tables.LEADERS else 0.0
    if reading.word(name.end) != "," or reading.word(name.start - 1) in _PLACED:
        return 0.0
    words = [reading.word(name.end + 1 + i) for i in range(_LONGEST_APPOSITION)]
    if words[0] in {"the", "a", "an"} and _has_title(words[1:]):
        return _DEFINED
    return _TOLD if words[0] == "who" or _is_age(words) else 0.0


def _has_title(words: list[str]) -> bool:
    return any(word in tables.LEADERS for word in words)


def _is_age(words: list[str]) -> bool:
    return words[0].isdigit() and len(words[0]) == 2 and words[1] == ","
