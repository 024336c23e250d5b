"""What a rule finds in a sentence."""

from typing import NamedTuple

from briefs.model import Kind


class Found(NamedTuple):
    """A stretch of a text with what it says."""

    start: int
    end: int
    kind: Kind
    value: str
