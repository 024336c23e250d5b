"""What lines are worth in, the lines that are taken out: one after the other, each unlike the rest.

A line that leans on the one before it comes with that one, or not at all.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from briefs.model import Part
from briefs.summaries.matrix import Floats, Ints, Matrix

Bools: TypeAlias = NDArray[np.bool_]

COPY = 0.8  # of two lines nearer than this only one is ever taken
_WAITS = 1e3
_NEVER = -1e6


class Rating(NamedTuple):
    """What each line is worth before any is taken."""

    matrix: Matrix
    documents: Ints  # the number of each line's document, from 0, never falling
    parts: Mapping[str, Floats]  # they add up to the worth of a line
    unlike: float  # what it is worth to be unlike the lines that are taken
    near: float  # nearer than this to a taken line: waits, or, from another document, never comes


class Leaning(NamedTuple):
    """Which lines may stand, and after which other one."""

    alone: Bools
    after: Ints  # the place of the line that each may be shown after; -1 for none
    leads: Bools  # which may be shown before such a line: they lean on nothing before them


class Room(NamedTuple):
    """What each line takes up, and at how much the summary is full."""

    costs: Ints
    most: int


class Taken(NamedTuple):
    """A line that is taken, with the parts of what it was worth then."""

    place: int
    parts: tuple[Part, ...]


class Choosing:
    """Lines being taken, the best first, until there is no room or nothing is left."""

    def __init__(
        self, rating: Rating, leaning: Leaning | None = None, room: Room | None = None
    ) -> None:
        lines = rating.matrix.lines
        self.rating = rating
        self.leaning = leaning or Leaning(_all(lines), np.full(lines, -1), _all(lines))
        self.room = room or Room(np.ones(lines, np.int64), lines)
        self.base: Floats = sum(rating.parts.values(), np.zeros(lines))
        self.nearest = np.zeros(lines)  # the cosine with the nearest line that is taken
        self.left = np.ones(lines, bool)  # neither taken nor told by one that is
        self.follows = np.zeros(lines, bool)  # what it leans on is taken
        self.spent = 0

    def __iter__(self) -> Iterator[Taken]:
        """Yield lines as they are taken; of a pair the first line first."""
        yield from self._take_what_stands()
        if not self.spent and self.left.any():
            yield self._take(int(np.where(self.left, self.base, _NEVER).argmax()))
            yield from self._take_what_stands()

    def _take_what_stands(self) -> Iterator[Taken]:
        while self.spent < self.room.most and self.left.any():
            worth = self._worth()
            best = int(worth.argmax())
            if worth[best] <= _NEVER:
                return
            if self.leaning.alone[best] or self.follows[best]:
                yield self._take(best)
            else:
                yield from self._take_pair(best)

    def _worth(self) -> Floats:
        """Say what each line would be worth next, with the line before it where it needs that."""
        own, pairs = self._own(), self._pairs()
        worth = np.where(self.leaning.alone | self.follows, own, _NEVER)
        worth[pairs] = (own[pairs] + own[self.leaning.after[pairs]]) / 2
        worth[(self.nearest > self.rating.near) & ~self.follows] -= _WAITS
        worth[~self.left] = _NEVER
        return worth

    def _own(self) -> Floats:
        own: Floats = self.base + self.rating.unlike * (1 - self.nearest)
        return own

    def _pairs(self) -> Ints:
        """Return the places of lines that lean on one that is left, may lead, and fits too."""
        leaning = np.flatnonzero(~self.leaning.alone & (self.leaning.after >= 0))
        before = self.leaning.after[leaning]
        fits = self.spent + self.room.costs[before] < self.room.most
        waits = self.nearest[before] > self.rating.near
        return leaning[self.left[before] & self.leaning.leads[before] & fits & ~waits]

    def _take_pair(self, second: int) -> Iterator[Taken]:
        first = int(self.leaning.after[second])
        if self.rating.matrix.cosines(second)[first] > COPY:
            self.left[second] = False
            return
        own = self._own()
        difference = float(own[second] - own[first]) / 2
        after, before = self._parts(first), self._parts(second)
        self._mark(first)
        self._mark(second)
        yield Taken(first, (*after, Part("with the line after it", difference)))
        yield Taken(second, (*before, Part("with the line before it", -difference)))

    def _take(self, place: int) -> Taken:
        taken = Taken(place, self._parts(place))
        self._mark(place)
        return taken

    def _parts(self, place: int) -> tuple[Part, ...]:
        """Return the parts of what the line at *place* is worth by itself, those that count."""
        parts = [Part(name, float(worth[place])) for name, worth in self.rating.parts.items()]
        unlike = self.rating.unlike * (1 - float(self.nearest[place]))
        return (*(part for part in parts if part.value), Part("unlike the lines above", unlike))

    def _mark(self, place: int) -> None:
        """Take the line at *place*, and let go of those that say the same."""
        rating = self.rating
        cosines = rating.matrix.cosines(place)
        elsewhere = rating.documents != rating.documents[place]
        self.left &= ~((cosines > COPY) | ((cosines > rating.near) & elsewhere))
        self.left[place] = False
        self.nearest = np.maximum(self.nearest, cosines)
        self.follows |= self.leaning.after == place
        self.spent += int(self.room.costs[place])


def _all(lines: int) -> Bools:
    return np.ones(lines, dtype=bool)
