"""Feeds that are due in, those that may be asked now out: no host and no scope takes all places."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from briefs import addresses
from briefs.model import Feed, FeedId

AT_ONCE = 64  # feeds that are asked at once
OF_HOST = 3  # of them from one host, which answers one a second: the others need not wait for it
OF_SCOPE = AT_ONCE // 2  # of them for one scope


class _Due(NamedTuple):
    feed: Feed
    host: str


class Queue:
    """What was claimed and waits, in its order, and what is being asked."""

    def __init__(self) -> None:
        self._waiting: dict[FeedId, _Due] = {}
        self._asked: dict[FeedId, _Due] = {}

    @property
    def room(self) -> int:
        """How many more can be asked at once."""
        return AT_ONCE - len(self._asked)

    def put(self, due: Iterable[Feed]) -> None:
        """Let *due* wait; what is asked just now is not asked again, unless it was changed."""
        for feed in due:
            asked = self._asked.get(feed.id)
            if asked is None or asked.feed.version != feed.version:
                self._waiting[feed.id] = _Due(feed, addresses.host(feed.url))

    def next(self, now: datetime) -> list[Feed]:
        """Return what is to be asked now, which is `done` later.

        What has waited until its lease was over is forgotten: it is claimed anew, as it is then.
        """
        self._waiting = {
            key: due for key, due in self._waiting.items() if (due.feed.next_at or now) > now
        }
        chosen = dict(self._choose())
        self._asked |= chosen
        for key in chosen:
            del self._waiting[key]
        return [due.feed for due in chosen.values()]

    def done(self, feed: Feed) -> None:
        """Give the place of *feed* to another."""
        self._asked.pop(feed.id, None)

    def clear(self) -> None:
        """Forget all: it is claimed anew as its lease is over."""
        self._waiting.clear()
        self._asked.clear()

    def _choose(self) -> Iterator[tuple[FeedId, _Due]]:
        hosts = Counter(due.host for due in self._asked.values())
        scopes = Counter(due.feed.scope for due in self._asked.values())
        room = self.room
        for key, due in self._waiting.items():
            if not room:
                return
            scope = due.feed.scope
            if key in self._asked or hosts[due.host] >= OF_HOST or scopes[scope] >= OF_SCOPE:
                continue
            hosts[due.host] += 1
            scopes[scope] += 1
            room -= 1
            yield key, due
