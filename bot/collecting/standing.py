"""A scope in, how fresh what its feeds brought is out: to be said beside a briefing."""

from datetime import datetime, timedelta
from typing import NamedTuple

from briefs.model import Condition, Scope
from briefs.store import Store

_LATE = timedelta(minutes=10)  # within which what is due is asked


class Freshness(NamedTuple):
    """How fresh the feeds are that a scope sees, those that are paused aside."""

    feeds: int
    ill: int  # fail, or are held back
    late: int  # of the others: were to be asked a while ago
    checked: datetime | None  # when one was asked last
    waiting: int  # documents that are not read yet

    @property
    def text(self) -> str:
        """Say it in one line; "" without feeds."""
        if not self.feeds:
            return ""
        told = [f"{self.feeds:,} feed{'' if self.feeds == 1 else 's'}"]
        told += [f"{self.ill:,} ill"] if self.ill else []
        told += [f"{self.late:,} late"] if self.late else []
        told += [f"last asked at {self.checked:%H:%M} UTC"] if self.checked else ["none asked yet"]
        told += [f"{self.waiting:,} documents wait to be read"] if self.waiting else []
        return ", ".join(told)


def freshness(store: Store, scope: Scope, now: datetime) -> Freshness:
    """Return how fresh the feeds are that *scope* sees."""
    feeds = [feed for feed in store.feeds.list(scope) if not feed.paused]
    ill = [feed for feed in feeds if feed.condition in {Condition.ILL, Condition.HELD}]
    well = [feed for feed in feeds if feed not in ill]
    return Freshness(
        feeds=len(feeds),
        ill=len(ill),
        late=sum(1 for feed in well if feed.next_at and feed.next_at < now - _LATE),
        checked=max((feed.checked for feed in feeds if feed.checked), default=None),
        waiting=store.intake.waiting(scope),
    )
