"""A pause with an end: it is read, it is a reason, and it is over without a hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import timing
from briefs.errors import UsageError
from tests.briefs.timing.schedules import START, schedule


def until(text, timezone="Europe/Kyiv"):
    return timing.parse_until(text, now=START, timezone=timezone)


def test_a_date_is_its_midnight_on_the_clock_of_the_schedule():
    assert until("2026-12-01") == datetime(2026, 11, 30, 22, tzinfo=UTC)
    assert until("2026-12-01 14:00", "UTC") == datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert until("2026-12-01T14:00", "UTC") == datetime(2026, 12, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize(("text", "hours"), [("12h", 12), ("7d", 168), ("2w", 336), ("7 D", 168)])
def test_a_length_of_time_is_counted_from_now(text, hours):
    assert until(text) == START + timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "soon", "7", "d", "7y", "2026-02-30", "01.12.2026", "-7d"])
def test_what_is_no_end_is_refused_by_name(text):
    with pytest.raises(
        UsageError, match="is not an end of a pause: write a date such as 2026-12-01"
    ):
        until(text)


def test_an_end_that_has_passed_or_is_far_away_is_refused():
    with pytest.raises(UsageError, match="“2025-12-31” has passed already"):
        until("2025-12-31")
    with pytest.raises(UsageError, match="“9999d” is more than two years away"):
        until("9999d")
    with pytest.raises(UsageError, match="two years away"):
        until("9999-12-30")


@given(st.text(max_size=30))
def test_no_text_gives_an_error_of_another_kind(text):
    assert len(_refusal(text)) < 300


def _refusal(text):
    try:
        until(text)
    except UsageError as error:
        return str(error)
    return ""


def test_what_comes_due_is_skipped_with_the_reason_and_then_it_goes_on():
    paused = replace(schedule(), paused_until=until("2026-01-03"))
    made = timing.plan(paused, datetime(2026, 1, 3, 6, tzinfo=UTC))

    assert [reason for _, reason in made.skip] == [
        "The schedule was paused until 2026-01-03.",
        "The schedule was paused until 2026-01-03.",
    ]
    assert made.send.date.day == 3
    assert [due.date.day for due in timing.next_due(paused, START, 2)] == [3, 4]


def test_it_is_off_until_then_and_a_pause_without_an_end_is_off_for_good():
    paused = replace(schedule(), paused_until=until("7d"))

    assert timing.why_off(paused, START) == "The schedule was paused until 2026-01-08 02:00."
    assert timing.why_off(paused, START + timedelta(days=7)) == ""
    for_good = replace(paused, paused="the channel is gone.")
    assert timing.why_off(for_good, START + timedelta(days=70)) == (
        "The schedule was paused: the channel is gone."
    )


def test_a_schedule_that_is_on_has_no_end_to_spell():
    assert timing.spell_until(schedule()) == ""
    assert timing.why_off(schedule(), START) == ""
