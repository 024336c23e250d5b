"""What readers want to hear of: topics and watch-lists."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from briefs.model.texts import Scope

TopicId = NewType("TopicId", int)
WatchId = NewType("WatchId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject under a name.

    A document is on it when one of *terms* or *entities* is in it and none of *exclude*, and when
    it is of one of *sources*; an empty tuple asks for nothing. A term is a word in any form, or
    several words that must stand together in that order.
    """

    name: str
    scope: Scope
    terms: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()  # names, as a reader writes them
    sources: tuple[str, ...] = ()  # names of outlets
    id: TopicId = TopicId(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A name or words that somebody wants to hear of first."""

    text: str
    scope: Scope
    user: int = 0  # 0: the whole server's, which scheduled briefings go by
    added: datetime | None = None
    id: WatchId = WatchId(0)
