"""Stories in, the same ones in the order in which an editor would tell them out, with reasons."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from briefs.briefings.gathering import Told
from briefs.model import Document, DocumentId, Part, Standing

_ORIGINS = 2.0  # for each doubling
_NOVELTY = {Standing.NEW: 0.5, Standing.CONFIRMED: 0.5, Standing.DEVELOPING: 0.2}
_WATCHED = 1.5  # as much as nearly three times the origins
_RECENT = 0.5
_FADING = timedelta(hours=24)
_DOCUMENTS = 0.1


class Ranked(NamedTuple):
    """A story with the parts of the score that it is told by, and what is watched in it."""

    told: Told
    parts: tuple[Part, ...]
    watched: tuple[str, ...]

    @property
    def score(self) -> float:
        """What its parts add up to."""
        return sum(part.value for part in self.parts)


def rank(
    told: Sequence[Told],
    documents: Mapping[DocumentId, Document],
    watched: Mapping[DocumentId, tuple[str, ...]],
    until: datetime,
) -> list[Ranked]:
    """Order stories by independent origins, novelty, watch-list and recency."""
    ranked = [_scored(each, documents, watched, until) for each in told]
    return sorted(ranked, key=lambda each: (-each.score, each.told.story.documents[0]))


def _scored(
    told: Told,
    documents: Mapping[DocumentId, Document],
    watched: Mapping[DocumentId, tuple[str, ...]],
    until: datetime,
) -> Ranked:
    story = told.story
    names = tuple(dict.fromkeys(name for each in story.documents for name in watched.get(each, ())))
    newest = max(filter(None, (documents[each].arrived for each in story.documents)), default=until)
    age = max(until - newest, timedelta())
    parts = (
        Part("independent origins", _ORIGINS * math.log2(1 + len(story.origins))),
        Part("documents", _DOCUMENTS * math.log2(1 + len(story.documents))),
        Part(f"standing: {told.standing}", _NOVELTY[told.standing]),
        Part("recency", _RECENT * math.exp(-age / _FADING)),
        *([Part("on the watch-list", _WATCHED)] if names else []),
    )
    return Ranked(told, parts, names)
