"""Every zone, and every change of its clocks in the next ten years, against a clock on the wall."""

import random
import zoneinfo
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from briefs import timing
from tests.briefs.timing.schedules import schedule

FIRST, LAST = date(2026, 11, 22), date(2036, 11, 22)
DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})


def noon(day):
    return datetime.combine(day, time(12), tzinfo=UTC)


def changes(where):
    """Return the UTC dates on which, or before which, the offset of a zone changes."""
    days = [FIRST + DAY * n for n in range((LAST - FIRST).days)]
    offsets = [noon(day).astimezone(where).utcoffset() for day in days]
    return [
        day
        for day, before, after in zip(days[1:], offsets, offsets[1:], strict=False)
        if before != after
    ]


def on_the_wall(begin, end, where):
    """Return when each quarter of an hour is on the wall in *where*, the first time it is."""
    shown = {}
    for n in range((end - begin) // QUARTER):
        at = begin + n * QUARTER
        local = at.astimezone(where)
        shown.setdefault((local.date(), local.time()), at)
    return shown


def times_around(change, where, dice):
    """Return times of day to try: two anywhere, and those that a change skips or repeats."""
    begin = noon(change) - DAY
    last = begin.astimezone(where)
    times = {last.replace(hour=dice.randrange(24), minute=dice.choice((0, 15, 30, 45))).time()}
    for n in range(96):
        local = (begin + n * QUARTER).astimezone(where)
        if local.utcoffset() != last.utcoffset():
            skipped = local.replace(tzinfo=None) - QUARTER
            times |= {local.time(), skipped.time(), last.time()}
        last = local
    return sorted(times)


def spaced(times):
    return ",".join(f"{clock:%H:%M}" for clock in times)


def test_around_every_change_of_every_zone_each_date_has_exactly_one_due_time():
    """It is when the wall first shows the time; in a gap, as much later as the gap is long."""
    dice = random.Random(5)  # noqa: S311 - a seeded sample
    seen = 0
    for name in ZONES:
        where = ZoneInfo(name)
        for change in changes(where):
            seen += 1
            times = times_around(change, where, dice)
            shown = on_the_wall(noon(change) - 3 * DAY, noon(change) + 3 * DAY, where)
            kept = schedule(spaced(times), timezone=name)
            due = timing.due_between(kept, noon(change) - 3 * DAY, noon(change) + 3 * DAY)
            days = [change + DAY * n for n in (-1, 0, 1)]
            wanted = {(day, slot) for day in days for slot in range(1, len(times) + 1)}
            found = Counter((one.date, one.slot) for one in due if one.date in days)
            assert found == Counter(wanted), (name, change, times)
            for one in due:
                clock = times[one.slot - 1]
                if (one.date, clock) in shown:
                    assert one.at == shown[one.date, clock], (name, one)
                elif one.date in days:
                    assert one.at == after_the_gap(one.date, clock, shown), (name, one)
    assert seen > 3000


def after_the_gap(day, clock, shown):
    """Return when a time that the wall does not show is due: as long after the gap as it is in."""
    before = datetime.combine(day, clock)
    into = timedelta(0)
    while (before.date(), before.time()) not in shown:
        before -= QUARTER
        into += QUARTER
    return shown[before.date(), before.time()] + into


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Kyiv",
        "Europe/Berlin",
        "America/New_York",
        "America/Santiago",
        "Australia/Lord_Howe",
    ],
)
def test_half_past_midnight_fires_once_on_every_date_of_ten_years_that_has_it(name):
    """Looked at the way the program does: again when the next is due, and what is sent counted."""
    kept, fired = schedule("00:30", timezone=name), Counter()
    kept = replace(kept, planned_until=noon(FIRST) - DAY)
    last = noon(LAST) + DAY
    (due,) = timing.next_due(kept, kept.planned_until)
    now = due.at
    while now is not None and now <= last:
        made = timing.plan(kept, now)
        assert made.skip == ()
        assert made.send is not None
        fired[made.send.date] += 1
        kept, now = replace(kept, planned_until=made.planned_until), made.next_due
    days = [FIRST + DAY * n for n in range(1, (LAST - FIRST).days)]
    where = ZoneInfo(name)

    assert all(timing.exists(day, where) for day in days)
    assert [fired[day] for day in days] == [1] * len(days)
    assert set(fired.values()) == {1}
