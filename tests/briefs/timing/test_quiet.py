"""Quiet hours: what is due inside is posted when they end, and what is late waits for that."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import timing
from briefs.errors import UsageError
from briefs.model import QuietHours
from tests.briefs.timing.schedules import START, schedule

CLOCKS = st.integers(0, 95).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")
# the clocks of these change around midnight, by half an hour, and by two hours
ZONES = (
    "Europe/Kyiv",
    "America/Santiago",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
)


def at(hour, minute=0, day=1):
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def due(times, quiet, **others):
    found = timing.next_due(schedule(times, timezone="UTC", quiet=quiet, **others), at(8))
    return found[0]


def test_a_time_inside_is_due_when_they_end_and_keeps_its_date_and_slot():
    found = due("06:00", "22:00-07:00")

    assert (found.date.day, found.slot, found.at) == (2, 1, at(7, day=2))


def test_the_end_is_not_quiet_any_more_and_the_start_is():
    assert due("07:00", "22:00-07:00").at == at(7, day=2)
    assert due("22:00", "22:00-07:00").at == at(7, day=2)
    assert due("21:59", "22:00-07:00").at == at(21, 59)


def test_an_evening_is_posted_the_next_morning_within_its_grace():
    found = due("23:00", "22:00-07:00")

    assert (found.date.day, found.at) == (1, at(7, day=2))


def test_on_the_same_date_it_may_wait_longer_than_its_grace():
    assert due("00:30", "00:00-23:00") == (date(2026, 1, 1), 1, at(23))


def test_what_would_wait_too_long_is_skipped_with_the_reason():
    kept = schedule("12:00,20:00", timezone="UTC", quiet="20:00-12:00")
    made = timing.plan(kept, at(12, 5, day=2))

    assert [reason for _, reason in made.skip[1:]] == [
        "It was due in the quiet hours (20:00-12:00), which end more than 4 hours later."
    ]
    assert made.send.at == at(12, day=2)


def test_a_schedule_that_is_always_quiet_is_refused():
    with pytest.raises(UsageError, match="would never be due"):
        schedule("20:30", quiet="20:00-19:00")


def test_two_inside_are_one_briefing_when_they_end():
    kept = schedule("05:00,06:00", timezone="UTC", quiet="22:00-07:00")
    made = timing.plan(kept, at(7, 0))

    assert (made.send.slot, made.send.at) == (2, at(7))
    assert [(due.slot, reason) for due, reason in made.skip] == [
        (1, "A newer briefing was due before this one could be posted, and covers it.")
    ]


def test_a_late_one_waits_until_they_end_and_is_recorded_once():
    kept = schedule("21:50", timezone="UTC", quiet="22:00-07:00")
    waiting = timing.plan(kept, at(23))
    ended = timing.plan(kept, at(7, day=2))

    assert (waiting.send, waiting.skip) == (None, ())
    assert (waiting.planned_until, waiting.next_due) == (START, at(7, day=2))
    assert (ended.send.at, ended.skip) == (at(21, 50), ())


def test_a_late_one_that_they_outlast_is_skipped_with_the_reason():
    kept = schedule("15:00", timezone="UTC", quiet="16:00-07:00")
    made = timing.plan(kept, at(20))

    assert made.send is None
    assert [reason for _, reason in made.skip] == [
        "It was late, and the quiet hours (16:00-07:00) end more than 12 hours after its time."
    ]


def test_one_that_is_only_minutes_late_is_posted_although_they_have_begun():
    kept = schedule("21:59", timezone="UTC", quiet="22:00-07:00")

    assert timing.plan(kept, at(22, 1)).send.at == at(21, 59)


def test_what_they_move_over_midnight_is_found_after_it():
    kept = schedule("23:00", timezone="UTC", quiet="22:00-07:00")

    (found,) = timing.due_between(kept, at(1, day=2), at(7, day=2))

    assert (found.date.day, found.at) == (1, at(7, day=2))


def test_where_the_clocks_jump_over_the_loud_time_they_go_on():
    kept = schedule("01:00", timezone="America/Santiago", quiet="01:15-00:45")
    jump = datetime(2026, 9, 6, 4, tzinfo=UTC)  # 00:00 becomes 01:00, 00:45 becomes 01:45

    assert timing.quiet_until(kept, jump - timedelta(hours=1)) == datetime(
        2026, 9, 7, 3, 45, tzinfo=UTC
    )


def test_they_follow_the_wall_clock_over_a_change():
    kept = schedule("03:30", timezone="Europe/Kyiv", quiet="23:00-05:00")
    spring = datetime(2026, 3, 28, 12, tzinfo=UTC)

    assert timing.next_due(kept, spring)[0].at == datetime(2026, 3, 29, 2, tzinfo=UTC)
    assert timing.quiet_until(kept, spring) is None


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(ZONES),
    st.lists(CLOCKS, min_size=1, max_size=3, unique=True),
    CLOCKS,
    CLOCKS,
    st.integers(0, 364),
)
def test_nothing_that_is_to_be_posted_is_due_inside(zone, times, start, end, day):
    if start == end:
        return
    quiet = QuietHours(time.fromisoformat(start), time.fromisoformat(end))
    kept = replace(schedule(",".join(times), timezone=zone), quiet=quiet)
    begin = START + timedelta(days=day)

    for found in timing.next_due(kept, begin, 9):
        assert timing.quiet_until(kept, found.at) is None
    inside = timing.quiet_until(kept, begin)
    assert inside is None or begin < inside < begin + timedelta(hours=26)


@given(st.tuples(CLOCKS, CLOCKS).filter(lambda both: both[0] != both[1]))
def test_quiet_hours_are_read_as_they_are_spelled(both):
    text = "-".join(both)

    assert timing.spell_quiet(timing.parse_quiet(text)) == text


def test_none_is_no_quiet_hours():
    assert timing.parse_quiet("none") is None
    assert timing.spell_quiet(None) == "none"


@pytest.mark.parametrize("text", ["22:00", "22-7", "night", "22:00-24:00", "22:00-07:00-08:00"])
def test_what_are_no_quiet_hours_is_refused_by_name(text):
    with pytest.raises(UsageError, match=f"“{text}” are no quiet hours: .*22:00-07:00, or none"):
        timing.parse_quiet(text)


def test_a_whole_day_of_quiet_hours_is_refused():
    with pytest.raises(UsageError, match="a whole day of quiet hours"):
        timing.parse_quiet("07:00-07:00")


def test_the_times_that_they_move_or_skip_are_said():
    kept = schedule("06:00,12:00,20:30", quiet="20:00-12:00")

    assert timing.notes(kept) == (
        "06:00 falls in the quiet hours (20:00-12:00) and is posted when they end.",
        "20:30 falls in the quiet hours (20:00-12:00) and is skipped: they end too long after it.",
    )
