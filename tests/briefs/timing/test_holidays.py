"""Dates to skip: they are due, and recorded as skipped."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs import timing
from briefs.errors import UsageError
from briefs.model import Holiday
from tests.briefs.timing.schedules import START, schedule

DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def skipped(skip, until):
    made = timing.plan(schedule(timezone="UTC", skip=skip), until)
    return [due.date.isoformat() for due, reason in made.skip if "a day to skip" in reason]


def test_a_date_is_skipped_with_its_reason_and_the_next_one_is_posted():
    kept = schedule(timezone="UTC", skip="2026-01-01")
    made = timing.plan(kept, datetime(2026, 1, 2, 7, 31, tzinfo=UTC))

    assert [reason for _, reason in made.skip] == ["2026-01-01 is a day to skip."]
    assert made.send.date == date(2026, 1, 2)


def test_a_date_without_a_year_is_skipped_every_year():
    year = timedelta(days=366)

    assert skipped("12-25", START + year) == ["2026-12-25"]
    assert timing.next_due(schedule(skip="01-01", timezone="UTC"), START)[0].date.day == 2


def test_a_range_is_skipped_with_both_its_ends_and_over_new_year():
    end = datetime(2026, 2, 1, tzinfo=UTC)

    assert skipped("2026-01-03..2026-01-05", end) == ["2026-01-03", "2026-01-04", "2026-01-05"]
    assert skipped("12-30..01-02", end) == ["2026-01-01", "2026-01-02"]


def test_what_is_next_is_what_will_be_posted():
    kept = schedule(timezone="UTC", skip="2026-01-01..2026-01-09")

    assert timing.next_due(kept, START)[0].date == date(2026, 1, 10)
    assert timing.plan(kept, START).next_due == datetime(2026, 1, 1, 7, 30, tzinfo=UTC)


def test_a_day_is_skipped_by_its_local_date():
    kept = schedule("00:30", timezone="Asia/Tokyo", skip="2026-01-05")

    due = timing.next_due(kept, datetime(2026, 1, 3, 16, tzinfo=UTC))[0]

    assert due.at == datetime(2026, 1, 5, 15, 30, tzinfo=UTC)
    assert due.date == date(2026, 1, 6)


@given(st.lists(st.tuples(DATES, DATES, st.booleans()), max_size=9))
def test_dates_are_read_as_they_are_spelled(written):
    items = {_item(*each) for each in written}

    assert timing.parse_skip(timing.spell_skip(sorted(items))) == tuple(sorted(items))


def _item(one, other, yearly):
    if yearly:
        return Holiday(one.replace(year=2000), other.replace(year=2000), yearly=True)
    return Holiday(min(one, other), max(one, other))


@pytest.mark.parametrize("text", ["none", "", "2026-12-25,none", "off"])
def test_none_skips_nothing_more(text):
    assert len(timing.parse_skip(text)) == text.count("-25")


@pytest.mark.parametrize(
    "text",
    ["02-30", "2026-02-29", "2026-13-01", "christmas", "2026-12-25..12-26", "12-25..", "20261225"],
)
def test_what_is_no_date_is_refused_by_name(text):
    with pytest.raises(UsageError, match=f"“{text}” is not a date to skip: write one such as 2026"):
        timing.parse_skip(f"12-24,{text}")


def test_a_range_that_ends_before_it_begins_is_refused():
    with pytest.raises(UsageError, match="ends before it begins"):
        timing.parse_skip("2026-12-25..2026-12-24")


def test_too_many_dates_are_refused():
    with pytest.raises(UsageError, match="101 dates to skip are too many"):
        timing.parse_skip(",".join(f"{year}-01-01" for year in range(2000, 2101)))


def test_a_schedule_that_skips_every_day_is_refused():
    with pytest.raises(UsageError, match=r"“morning” would never be due: .* change one of them"):
        schedule(skip="01-01..12-31")


def test_a_schedule_whose_only_day_is_skipped_is_refused():
    with pytest.raises(UsageError, match="would never be due"):
        schedule(days="31", skip="01-31,03-31,05-31,07-31,08-31,10-31,12-31")
