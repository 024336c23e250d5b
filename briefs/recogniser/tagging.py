"""The contract that every recogniser of names fulfils: words in, tagged spans out."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Tagged(NamedTuple):
    """A name: words [start, end) of a sentence, and how sure the tagger is of it (0 to 1).

    `label` is one of PER ORG LOC NORP EVENT PROD DATE.
    """

    start: int
    end: int
    label: str
    score: float


class Tagger(Protocol):
    """Marks names in sentences that are words already.

    A tagger returns one tuple for each sentence, in the order given; in it the names stand in
    reading order, none empty, none sharing a word with another, all within the sentence. What it
    finds in a sentence depends on that sentence alone, and is the same each time. It may load
    what it needs on the first call, opens no connection, and raises DaybriefError when something
    it needs is missing or damaged.
    """

    def tag(self, sentences: Sequence[Sequence[str]]) -> tuple[tuple[Tagged, ...], ...]:
        """Return the names of each sentence."""
