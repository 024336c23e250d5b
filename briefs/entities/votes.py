"""Readings of one document in, the same with one kind for each form of a name out.

The recogniser sees one sentence at a time. Here every occurrence of a form votes for its kind,
as do the words around it: "company Baykar", "Baykar CEO". An occurrence whose own words speak
for another kind keeps it: "Jordan said in Jordan".
"""

from collections import defaultdict
from collections.abc import Sequence

from briefs.entities import cues, folding, spread
from briefs.entities.cues import VOTING, Votes
from briefs.entities.reading import Name, Reading
from briefs.model import Kind

_SHARE = 0.5  # of all votes that a kind needs to change the others


def settle(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return *readings* with one kind for each form, and no occurrence of a sure one missed."""
    votes = _votes(readings)
    settled = tuple(
        reading._replace(names=tuple(_settled(reading, name, votes) for name in reading.names))
        for reading in readings
    )
    return spread.mark(settled)


def _votes(readings: Sequence[Reading]) -> dict[str, Votes]:
    votes: dict[str, Votes] = defaultdict(lambda: dict.fromkeys(VOTING, 0.0))
    for reading, name in cues.voters(readings):
        ballot = votes[_ballot(reading, name)]
        ballot[name.kind] += name.score
        for found in (cues.beside(reading, name), cues.listed(reading, name)):
            for kind, weight in found.items():
                ballot[kind] += weight
    return votes


def _ballot(reading: Reading, name: Name) -> str:
    """Return what *name* is counted as: "Rheinmetall AG" and "Rheinmetall" are one."""
    return folding.without_legal_form(reading.text(name))


def _settled(reading: Reading, name: Name, votes: dict[str, Votes]) -> Name:
    if name.kind not in VOTING:
        return name
    if cues.is_place_here(reading, name):
        return name._replace(kind=Kind.PLACE)
    ballot = votes[_ballot(reading, name)]
    winner = max(VOTING, key=lambda kind: ballot[kind])
    beaten = ballot[winner] > _SHARE * sum(ballot.values())
    told = name.kind in cues.beside(reading, name) and winner not in cues.listed(reading, name)
    if told or not beaten:
        return name
    return name._replace(kind=winner)
