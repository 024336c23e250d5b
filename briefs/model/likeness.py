"""What is compared to tell whether two documents report one event."""

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from briefs.model.briefings import StoryId
from briefs.model.texts import DocumentId


class Sketch(NamedTuple):
    """What each stem of a document counts in it; the squares of the weights add up to 1.

    Stems are numbers of 4 bytes, little end first, ascending; weights are numbers of 2 bytes in
    the same order, 65,535 for 1. Published is when it was, or else when it arrived.
    """

    published: datetime
    stems: bytes
    weights: bytes

    def heaviest(self, most: int) -> tuple[int, ...]:
        """Return the stems that count the most, those first; of equal ones the lower number."""
        many = len(self.stems) // 4
        stems = struct.unpack(f"<{many}I", self.stems)
        weights = struct.unpack(f"<{many}H", self.weights)
        order = sorted(range(many), key=lambda place: (-weights[place], stems[place]))
        return tuple(stems[place] for place in order[:most])


class Neighbour(NamedTuple):
    """A placed document that a new one is compared with."""

    document: DocumentId
    story: StoryId
    copy: int  # equal for near copies
    fixed: bool  # its story is public and the new document is not: no such document changes it
    sketch: Sketch


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a new document belongs."""

    story: StoryId | None = None  # None: it begins one
    copy: int = 0  # the number of the near copies that it is one of; 0: of none
    nearest: DocumentId | None = None
    cosines: tuple[tuple[DocumentId, float], ...] = ()  # with members of the story
    joining: tuple[StoryId, ...] = ()  # stories that are one with it from now on
