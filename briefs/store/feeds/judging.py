"""What is fresh in a listing in, what of it is news out. It only decides."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from briefs.model import Entry
from briefs.store.feeds.marking import Mark
from briefs.store.feeds.matching import Known

DAILY = 1_000  # new entries of one feed that are taken in a day
TOGETHER = 5_000  # of all feeds of one server; the operator's own have no such bound
BACKLOG = 500  # entries that a feed held already and that are taken, the newest
_FEWEST = 5  # entries that turn together, or it is no turn
_REVISIONS = 3  # of one entry that are taken in a day
_DAY = timedelta(days=1)


class Verdict(StrEnum):
    """What becomes of a fresh entry."""

    NEW = "new"
    BACKLOG = "backlog"  # into the library, and not news
    LATER = "later"  # too many for one day
    KNOWN = "known"  # too old: only remembered


_INSTEAD = {Verdict.NEW: Verdict.LATER, Verdict.BACKLOG: Verdict.KNOWN}  # where there is no room


class Past(NamedTuple):
    """What is known of a feed as its listing is looked at."""

    created: datetime
    begun: datetime | None  # when its first entries were taken
    newest: datetime | None  # the latest date of an entry that it has listed
    held: bool
    accepting: str  # of a listing that turned: "new" or "backlog", "" nothing
    backfill: int
    left: int  # new entries that may be taken today


def turned(odd: Sequence[Mark], listed: int) -> bool:
    """Tell whether a known feed has turned, of whose *listed* entries these are *odd*.

    Then it was moved, made anew, or something else is there now: its past is not news.
    """
    return len(odd) >= _FEWEST and 2 * len(odd) > listed


def odd(marks: Sequence[Mark], fresh: Sequence[Mark], newest: datetime | None) -> tuple[Mark, ...]:
    """Return those of the *fresh* ones of *marks* that cannot be told to be news.

    They are of a day before that of the *newest* one seen before: many feeds give no time of day.
    Where one has no date, it is news if it is listed before all that is known.
    """
    new = {mark.key for mark in fresh}
    known = (place for place, mark in enumerate(marks) if mark.key not in new)
    first = next(known, 0)
    return tuple(
        mark
        for place, mark in enumerate(marks)
        if mark.key in new and _is_odd(mark.entry, newest, leads=place < first)
    )


def judged(
    fresh: Sequence[Mark], strange: Collection[Mark], past: Past, now: datetime
) -> list[tuple[Mark, Verdict]]:
    """Say what becomes of *fresh* entries, some of them *strange*, the newest first.

    What is strange in a feed that had turned, and is as it was again, is no news.
    """
    old = {mark.key for mark in strange if past.held and not past.accepting}
    room = {Verdict.NEW: past.left, Verdict.BACKLOG: BACKLOG}
    found = []
    for place, mark in enumerate(newest_first(fresh, now)):
        news = mark.key not in old and _is_news(mark, place, past, now)
        verdict = Verdict.NEW if news else Verdict.BACKLOG
        room[verdict] -= 1
        found.append((mark, verdict if room[verdict] >= 0 else _INSTEAD[verdict]))
    return found


def newest_first(marks: Sequence[Mark], now: datetime) -> list[Mark]:
    """Order *marks* by their dates; those without a date that can be true stay as they are."""

    def age(mark: Mark) -> timedelta:
        published = _dated(mark.entry, now)
        return now - published if published else timedelta.max

    return sorted(marks, key=age)


def latest(marks: Iterable[Mark], before: datetime | None, now: datetime) -> datetime | None:
    """Return the latest date of *marks* and of what was *before* them, at the most *now*."""
    dates = (_dated(mark.entry, now) for mark in marks)
    return max((min(each, now) for each in (*dates, before) if each), default=None)


def revisable(known: Known, now: datetime) -> bool:
    """Tell whether another revision of *known* may be taken now: one that flaps is bounded."""
    return _since(known, now) is None or known.revisions < _REVISIONS


def revised(known: Known, now: datetime) -> tuple[datetime, int]:
    """Return since when revisions of *known* are counted, and how many with the one of now."""
    since = _since(known, now)
    return (now, 1) if since is None else (since, known.revisions + 1)


def _is_news(mark: Mark, place: int, past: Past, now: datetime) -> bool:
    """Tell whether a fresh entry, the *place*-th newest, is news.

    What the feed held when it was added is not, but for those that were asked for.
    """
    if past.accepting:
        return past.accepting == "new"
    if past.begun is None:
        published = _dated(mark.entry, now)
        return place < past.backfill or bool(published and past.created < published <= now)
    return True


def _is_odd(entry: Entry, newest: datetime | None, *, leads: bool) -> bool:
    if entry.published is None:
        return not leads
    day = newest and newest.replace(hour=0, minute=0, second=0, microsecond=0)
    return bool(day and entry.published < day)


def _dated(entry: Entry, now: datetime) -> datetime | None:
    """Return when *entry* was published, None when it does not say, or says a time to come."""
    published = entry.published
    return published if published and published <= now + _DAY else None


def _since(known: Known, now: datetime) -> datetime | None:
    """Return since when the revisions of *known* are counted, None when that is over."""
    since = known.revised
    return since if since and abs(now - since) < _DAY else None
