"""A schedule that is changed: what stays, and which due time is the first of the new ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import timing
from briefs.errors import UsageError
from briefs.model import ScheduleId
from tests.briefs.timing.schedules import START, schedule

CLOCKS = st.integers(0, 95).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")
ZONES = ("Europe/Kyiv", "America/New_York", "Pacific/Kiritimati", "Pacific/Honolulu")


def at(hour, minute=0, day=1):
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def days_of(made):
    return [(due.date.day, due.at.hour) for due, _ in made.skip]


def test_only_what_is_written_changes():
    old = replace(
        schedule(days="1,last fri", skip="12-25", quiet="22:00-07:00", about="drones"),
        id=ScheduleId(7),
        planned_until=at(9),
        covered_until=at(8),
        paused="by hand",
        paused_until=at(1, day=9),
    )
    new = timing.edit(old, at(10), times="09:00", name="late")

    assert new == replace(old, name="late", times=timing.parse_times("09:00"))


def test_none_takes_a_setting_away():
    old = schedule(skip="12-25", quiet="22:00-07:00", about="drones")
    new = timing.edit(old, START, skip="none", quiet="none", about="none")

    assert (new.skip, new.quiet, new.about) == ((), None, "")


def test_a_change_that_makes_no_sense_is_refused():
    with pytest.raises(UsageError, match="“25:00” is not a time of day"):
        timing.edit(schedule(), START, times="25:00")
    with pytest.raises(UsageError, match="never be due"):
        timing.edit(schedule(), START, skip="01-01..12-31")


def test_a_later_time_of_today_holds_today_when_the_old_one_is_still_to_come():
    old = schedule("09:00", timezone="UTC")
    new = timing.edit(old, at(8), times="18:00")
    made = timing.plan_edit(old, new, at(8))

    assert (made.send, made.skip, made.planned_until) == (None, (), at(8))
    assert made.next_due == at(18)


def test_an_earlier_time_that_has_passed_is_posted_late_so_that_no_date_is_lost():
    old = schedule("09:00", timezone="UTC")
    made = timing.plan_edit(old, timing.edit(old, at(8), times="07:30"), at(8))

    assert (made.send.at, made.skip) == (at(7, 30), ())
    assert made.next_due == at(7, 30, day=2)


def test_one_that_has_passed_by_more_than_its_grace_is_skipped_with_the_reason():
    old = schedule("20:00", timezone="UTC")
    made = timing.plan_edit(old, timing.edit(old, at(19), times="06:00"), at(19))

    assert made.send is None
    assert [reason for _, reason in made.skip] == [
        "The schedule was changed after this time had passed; the next briefing covers it."
    ]


def test_days_that_were_never_due_are_not_called_missed():
    old = replace(schedule("09:00", "mon", "UTC"), planned_until=at(9, day=5))
    made = timing.plan_edit(old, timing.edit(old, at(12, day=7), days="daily"), at(12, day=7))

    assert (made.send, made.skip) == (None, ())
    assert made.next_due == at(9, day=8)


def test_what_was_due_before_the_change_is_still_posted():
    old = schedule("07:30", timezone="UTC")
    made = timing.plan_edit(old, timing.edit(old, at(7, 31), times="18:00"), at(7, 31))

    assert made.send.at == at(7, 30)


def test_one_that_waits_for_the_end_of_quiet_hours_is_posted_when_they_are_taken_away():
    old = schedule("21:50", timezone="UTC", quiet="22:00-07:00")
    new = timing.edit(old, at(23), quiet="none")
    made = timing.plan_edit(old, new, at(23))
    again = replace(new, planned_until=made.planned_until)

    assert (made.send, made.next_due) == (None, at(23))
    assert timing.plan(again, at(23)).send.at == at(21, 50)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(CLOCKS, st.sampled_from(ZONES), st.integers(1, 2000)), min_size=2, max_size=6
    )
)
def test_each_date_keeps_exactly_one_however_times_and_zones_are_changed(changes):
    clock, zone, _ = changes[0]
    kept = schedule(clock, timezone=zone)
    rows, now = {}, START
    for clock, zone, minutes in [*changes[1:], ("12:00", "UTC", 4000)]:
        for _ in range(minutes // 240):
            now += timedelta(hours=4)
            kept = recorded(rows, kept, timing.plan(kept, now))
        now += timedelta(minutes=minutes % 240)
        new = timing.edit(kept, now, times=clock, timezone=zone)
        kept = recorded(rows, kept, timing.plan_edit(kept, new, now))
        kept = replace(new, planned_until=kept.planned_until)
    dates = sorted(date for date, _ in rows)

    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(dates))


def recorded(rows, kept, made):
    """Keep the rows of a plan as the ledger does: one that is there stays."""
    for due, state in [*((due, "skipped") for due, _ in made.skip), (made.send, "planned")]:
        if due is not None:
            rows.setdefault((due.date, due.slot), state)
    return replace(kept, planned_until=made.planned_until)
