"""How often a feed is asked."""

from datetime import timedelta
from hashlib import blake2b

from briefs.model import Feed, Problem

NETWORK = timedelta(minutes=5)  # until it is tried again whether the network is there
LEAST = 5  # minutes, whoever wants less
QUICKEST, FIRST, SLOWEST = 15, 60, 12 * 60  # minutes of a pace
LONGEST = timedelta(hours=24)

_QUICKER, _SLOWER = 0.5, 1.25  # so that it settles at about four looks for each change
_SOON, _LATER = timedelta(minutes=15), timedelta(hours=1)  # after a first failure
_DOUBLINGS = 7  # after which it is the longest, whichever it began with
_PASSING = frozenset(
    {Problem.NAME, Problem.CONNECTION, Problem.TIMEOUT, Problem.SERVER, Problem.DAMAGED}
    | {Problem.OTHER}
)  # problems that may pass by themselves
_TENTH = 0.1


def quicker(pace: int) -> int:
    """Return the pace in minutes after something new."""
    return max(QUICKEST, round((pace or FIRST) * _QUICKER))


def slower(pace: int) -> int:
    """Return the pace in minutes after nothing new."""
    return min(SLOWEST, round((pace or FIRST) * _SLOWER))


def wait(feed: Feed, asked: int) -> timedelta:
    """Return how long *feed*, which is well, is left alone; it *asked* for so many seconds.

    What somebody wants goes before that.
    """
    if feed.interval:
        return min(LONGEST, timedelta(minutes=max(LEAST, feed.interval)))
    own = timedelta(minutes=feed.pace or FIRST)
    return max(own, _bounded(asked))


def back_off(failures: int, problem: Problem, *, asked: int) -> timedelta:
    """Return how long a feed is left alone that failed for the *failures*-th time in a row."""
    first = _SOON if problem in _PASSING else _LATER
    grown = first * (1 << min(failures - 1, _DOUBLINGS))
    return max(min(grown, LONGEST), _bounded(asked))


def spread(wait: timedelta, number: int) -> timedelta:
    """Return *wait* a tenth longer or shorter, always the same for the feed *number*."""
    digest = blake2b(str(number).encode(), digest_size=4).digest()
    share = int.from_bytes(digest) / 2**31 - 1  # from -1 to 1
    return max(timedelta(minutes=LEAST), wait * (1 + _TENTH * share))


def _bounded(seconds: int) -> timedelta:
    return timedelta(seconds=min(max(seconds, 0), LONGEST.total_seconds()))
