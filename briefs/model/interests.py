"""What readers want to hear of: topics and watch-lists."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, NewType

from briefs.model.briefings import Line
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


class Matched(NamedTuple):
    """A document that is on a topic, and what of the topic is in it, as it is written there."""

    headline: Line  # its span is empty
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What a topic finds among the documents that arrived in [since, until), the newest first."""

    topic: Topic
    since: datetime
    until: datetime
    matches: tuple[Matched, ...]
    documents: int  # how many were looked at
    over: int = 0  # older ones, which were not


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicList:
    """The topics of a view, by name."""

    topics: tuple[Topic, ...]


class Watched(NamedTuple):
    """An entry of a watch-list, and how many documents name it."""

    watch: Watch
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """What is watched for, with how often it stood in what arrived in [since, until)."""

    entries: tuple[Watched, ...]
    since: datetime
    until: datetime
    documents: int  # how many were looked at
    over: int = 0  # older ones, which were not
