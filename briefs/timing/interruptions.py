"""Looks at the clock in, what came between two of them out: noticed, found again, in words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from briefs.model import Gap, Interruption, Looks
from briefs.timing import hours

NOTICED = timedelta(minutes=2)  # without a look: more than several ticks
_KILLED = "It had ended without a word: it was killed, or the power failed."
_MONTH = timedelta(days=31)


class Glance(NamedTuple):
    """What three clocks show at one moment."""

    now: datetime  # the time of day, which can be set
    passed: timedelta  # since some moment; cannot be set
    awake: timedelta  # as *passed*, but stands still while the machine sleeps


def noticed(looks: Looks, before: Glance | None, glance: Glance) -> Interruption | None:
    """Return what came between the last look and this one; None when nothing did.

    *before* is the last look of the same process, None when this is its first.
    """
    if looks.last is None or abs(glance.now - looks.last) <= NOTICED:
        return None
    if before is not None and before.now <= glance.now < looks.last:
        return None  # the clock of another process is ahead of ours
    gap = _gap(looks.last, before, glance)
    note = (looks.ended or _KILLED) if gap is Gap.DOWN else ""
    return Interruption(gap, looks.last, glance.now, note)


def at(interruptions: Iterable[Interruption], moment: datetime) -> Interruption | None:
    """Return the newest of *interruptions* that *moment* fell into; None when it is in none."""
    found = [each for each in interruptions if each.start < moment <= each.end]
    return found[-1] if found else None


def spell(each: Interruption, where: ZoneInfo) -> str:
    """Say in a sentence or two what happened, on the clock of *where*."""
    span = spell_long(abs(each.end - each.start))
    start = _shown(each.start, where)
    during = f"from {start} to {_shown(each.end, where)} ({where.key}, {span})"
    match each.gap:
        case Gap.DOWN:
            return f"Daybrief was not running {during}. {each.note}".rstrip()
        case Gap.ASLEEP:
            return f"The machine slept {during}."
        case Gap.HELD_UP:
            return f"Daybrief was frozen, or its database did not answer, {during}."
        case Gap.AHEAD:
            return f"The clock was set forward by {span} at {start} ({where.key})."
        case Gap.BACK:
            return f"The clock was set back by {span} at {start} ({where.key})."


def spell_down(looks: Looks, where: ZoneInfo) -> str:
    """Say that nobody looks by now, since when, and why as far as it is known."""
    if looks.last is None:
        return "Daybrief has never run with this library: `daybrief run` starts it."
    since = f"{_shown(looks.last, where)} ({where.key})"
    return f"Daybrief has not been running since {since}. {looks.ended or _KILLED}"


def spell_long(span: timedelta) -> str:
    """Return a length of time in words, the longer it is the more roughly: "3 days"."""
    days = span // timedelta(days=1)
    if span >= 24 * _MONTH:
        return f"{days / 365.25:.0f} years"
    if days >= 2:
        return f"{days} days"
    rounded = timedelta(hours=span // timedelta(hours=1))
    return hours.spell_span(rounded if span >= timedelta(hours=3) else span)


def _gap(last: datetime, before: Glance | None, glance: Glance) -> Gap:
    if glance.now < last:
        return Gap.BACK
    if before is None:
        return Gap.DOWN
    told = glance.now - before.now
    passed, awake = glance.passed - before.passed, glance.awake - before.awake
    if told - passed > told / 2:
        return Gap.AHEAD
    return Gap.ASLEEP if passed - awake > told / 2 else Gap.HELD_UP


def _shown(moment: datetime, where: ZoneInfo) -> str:
    return f"{moment.astimezone(where):%d %b %Y %H:%M}"
