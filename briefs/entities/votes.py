"""Readings of one document in, the same with one kind for each form of a name out.

The recogniser sees one sentence at a time. Here every occurrence of a form votes for its kind,
as do the words around it: "company Baykar", "Baykar CEO". An occurrence whose own words speak
for another kind keeps it: "Jordan said in Jordan".
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefs.entities import tables
from briefs.entities.reading import Name, Reading
from briefs.model import Kind

Votes = dict[Kind, float]

_VOTING = (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.PRODUCT)
_SHARE = 0.5  # of all votes that a kind needs to change the others
_SURE = 0.85  # mean score of a form that is marked where the recogniser passed over it
_LONGEST = 6  # words of such a form


def settle(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return *readings* with one kind for each form, and no occurrence of a sure one missed."""
    votes = _votes(readings)
    settled = tuple(
        reading._replace(names=tuple(_settled(reading, name, votes) for name in reading.names))
        for reading in readings
    )
    return _spread(settled)


def _votes(readings: Sequence[Reading]) -> dict[str, Votes]:
    votes: dict[str, Votes] = defaultdict(lambda: dict.fromkeys(_VOTING, 0.0))
    for reading, name in _voters(readings):
        ballot = votes[reading.text(name)]
        ballot[name.kind] += name.score
        for kind, weight in _cues(reading, name).items():
            ballot[kind] += weight
    return votes


def _voters(readings: Sequence[Reading]) -> Iterator[tuple[Reading, Name]]:
    for reading in readings:
        for name in reading.names:
            if name.kind in _VOTING:
                yield reading, name


def _cues(reading: Reading, name: Name) -> Votes:
    """Return how much the words beside *name* speak for which kinds."""
    before, after = _before(reading, name.start), _after(reading, name.end)
    found: Votes = {}
    for kind in _VOTING:
        if kind is Kind.PRODUCT and name.kind is Kind.PLACE:  # "Ukraine drones"
            continue
        for (weight, cues), beside in ((tables.BEFORE[kind], before), (tables.AFTER[kind], after)):
            if not cues.isdisjoint(beside):
                found[kind] = max(weight, found.get(kind, 0.0))
    return found


def _before(reading: Reading, start: int) -> tuple[str, ...]:
    """Return the word before a name; of "town of Vasylkiv" the first."""
    word = reading.word(start - 1)
    return (reading.word(start - 2),) if word == "of" else (word,)


def _after(reading: Reading, end: int) -> tuple[str, ...]:
    """Return the word after a name; in "Bayraktar armed drones" the two."""
    word = reading.word(end)
    return (word, reading.word(end + 1)) if word.endswith("ed") else (word,)


def _settled(reading: Reading, name: Name, votes: dict[str, Votes]) -> Name:
    if name.kind not in _VOTING:
        return name
    ballot = votes[reading.text(name)]
    winner = max(_VOTING, key=lambda kind: ballot[kind])
    beaten = ballot[winner] > _SHARE * sum(ballot.values())
    if not beaten or name.kind in _cues(reading, name):
        return name
    return name._replace(kind=winner)


def _spread(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Mark the occurrences of surely known forms in which nothing was marked."""
    known = _known(readings)
    return tuple(_marked(reading, known) for reading in readings)


def _known(readings: Sequence[Reading]) -> dict[tuple[str, ...], Name]:
    """Return the forms that are always one kind, and surely, by their words."""
    seen: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for reading, name in _voters(readings):
        form = tuple(word.text for word in reading.words[name.start : name.end])
        if len(form) <= _LONGEST and form[0][:1].isupper():
            seen[form].append(name)
    return {form: names[0] for form, names in seen.items() if _is_sure(form, names)}


def _is_sure(form: tuple[str, ...], names: Sequence[Name]) -> bool:
    one_kind = len({name.kind for name in names}) == 1
    mean = sum(name.score for name in names) / len(names)
    return one_kind and mean >= _SURE and (len(form) > 1 or len(names) > 1)


def _marked(reading: Reading, known: dict[tuple[str, ...], Name]) -> Reading:
    taken = {i for name in reading.names for i in range(name.start, name.end)}
    added: list[Name] = []
    place = 0
    while place < len(reading.words):
        name = _known_at(reading, place, taken, known)
        if name:
            added.append(name)
        place = name.end if name else place + 1
    return reading._replace(names=tuple(sorted((*reading.names, *added)))) if added else reading


def _known_at(
    reading: Reading, place: int, taken: set[int], known: dict[tuple[str, ...], Name]
) -> Name | None:
    """Return the longest known form at *place* that stands apart from what is marked."""
    for length in range(min(_LONGEST, len(reading.words) - place), 0, -1):
        form = tuple(word.text for word in reading.words[place : place + length])
        name = known.get(form)
        if name and taken.isdisjoint(range(place - 1, place + length + 1)):
            return name._replace(start=place, end=place + length)
    return None
