"""A feed and what came of asking it in, how it is and when to ask it again out.

Nothing here gives up: a feed that fails is asked ever less often, and once a day for ever.

===================================  ===========================  ================
what came                            asked again after            told
===================================  ===========================  ================
something new                        half the pace, 15 min least
nothing new                          a quarter more, 12 h most
(the feed or its server wants more)  what it wants, 24 h most
(somebody said how often)            just that, 5 min least
failures 1, 2, 3, 4                  15, 30, 60, 120 min          after 24 h
(that do not pass by themselves)     1, 2, 4, 8 h                 after 24 h
failures 5, 6, 7                     4, 8, 16 h                   after the fifth
failures 8, 9, 10 …                  24 h
an answer after that                 the pace it had              if it was before
the network is down                  5 min, nothing is counted
(for those that failed before)       as above
===================================  ===========================  ================

All of it a tenth more or less, each feed by its own number, so that they do not come at once.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from briefs import addresses
from briefs.model import REMEDIES, Condition, Failed, Feed, Got, Problem, Unchanged
from briefs.polling import pacing

__all__ = ["NETWORK", "Outcome", "after", "is_alarming", "is_network_down", "is_steady", "unharmed"]

Outcome: TypeAlias = Got | Unchanged | Failed

NETWORK = frozenset({Problem.NAME, Problem.CONNECTION, Problem.TIMEOUT})  # may be our own fault

_PATIENCE = 5  # failures in a row
_PATIENT = timedelta(hours=24)
_FEWEST = 5  # hosts, of which it can be told whether it is all of them
_DOWN = 0.8
_HELD = "Most of what it lists turned new at once: accept that as new, or only into the library."


def after(feed: Feed, outcome: Outcome, now: datetime) -> Feed:
    """Return *feed* as it is after *outcome*, with the time to ask it again."""
    if isinstance(outcome, Failed):
        return _failed(feed, outcome, now)
    answered = _got(feed, outcome, now) if isinstance(outcome, Got) else _same(feed, outcome)
    asked = max(outcome.max_age, outcome.wait if isinstance(outcome, Got) else 0)
    return replace(
        answered,
        problem=None,
        failures=0,
        ill_since=None,
        checked=now,
        succeeded=now,
        next_at=now + pacing.spread(pacing.wait(answered, asked), feed.id),
    )


def unharmed(feed: Feed, now: datetime) -> Feed:
    """Return *feed* after a failure for which it is not to blame: only to be asked again soon."""
    return replace(feed, next_at=now + pacing.spread(pacing.NETWORK, feed.id))


def is_steady(feed: Feed) -> bool:
    """Tell whether *feed* answered at its last look: only then its failing may be our own fault."""
    return not feed.failures and feed.succeeded is not None


def is_network_down(failed: Collection[str], hosts: Collection[str]) -> bool:
    """Tell whether it is us, of *hosts* that were asked so many having *failed* at once.

    They are those of steady feeds, or else whoever adds enough dead ones would excuse them all. Of
    a few hosts it cannot be told.
    """
    asked = frozenset(hosts)
    return len(asked) >= _FEWEST and len(asked.intersection(failed)) > _DOWN * len(asked)


def is_alarming(feed: Feed, now: datetime) -> bool:
    """Tell whether who looks after *feed* is to hear that it is ill, or held."""
    if feed.condition is Condition.HELD:
        return True
    if feed.condition is not Condition.ILL:
        return False
    return feed.failures >= _PATIENCE or bool(feed.ill_since and now - feed.ill_since >= _PATIENT)


def _failed(feed: Feed, outcome: Failed, now: datetime) -> Feed:
    held = feed.condition is Condition.HELD  # it is that still, once it can be read again
    failures = feed.failures + 1
    wait = pacing.back_off(failures, outcome.problem, asked=outcome.retry_after)
    return replace(
        feed,
        condition=Condition.HELD if held else Condition.ILL,
        problem=outcome.problem,
        detail=feed.detail if held else outcome.detail or REMEDIES[outcome.problem],
        failures=failures,
        ill_since=feed.ill_since or now,
        checked=now,
        next_at=now + pacing.spread(wait, feed.id),
    )


def _got(feed: Feed, got: Got, now: datetime) -> Feed:
    """Return *feed* with what it sent.

    One that is held, or has more than was taken, is read whole again though it does not change.
    """
    whole = got.held or bool(got.later)
    return replace(
        feed,
        condition=_condition(got),
        detail=_HELD if got.held else "",
        url=got.moved if _follows(feed, got.moved) else feed.url,
        changed=now if got.fresh else feed.changed,
        pace=_pace(feed, got),
        etag="" if whole else got.etag,
        last_modified="" if whole else got.last_modified,
        digest="" if whole else got.digest,
        listed=got.entries,
        title=got.title or feed.title,
        home=got.home or feed.home,
    )


def _follows(feed: Feed, moved: str) -> bool:
    """Tell whether *feed* is asked where it has *moved* for good.

    The file says where its feeds are; and what is secret is for the host that it was given for.
    """
    if not moved or feed.origin == "file":
        return False
    return not feed.headers or addresses.host(moved) == addresses.host(feed.url)


def _condition(got: Got) -> Condition:
    if got.held:
        return Condition.HELD
    return Condition.OK if got.entries else Condition.EMPTY


def _pace(feed: Feed, got: Got) -> int:
    if feed.succeeded is None:
        return pacing.FIRST
    return pacing.quicker(feed.pace) if got.fresh else pacing.slower(feed.pace)


def _same(feed: Feed, outcome: Unchanged) -> Feed:
    """Return *feed*, which is as it was."""
    held = feed.condition is Condition.HELD
    well = Condition.OK if feed.listed else Condition.EMPTY
    return replace(
        feed,
        condition=Condition.HELD if held else well,
        detail=feed.detail if held else "",
        pace=pacing.slower(feed.pace),
        etag=outcome.etag or feed.etag,
        last_modified=outcome.last_modified or feed.last_modified,
    )
