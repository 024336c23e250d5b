"""Days of the week and of the month: which dates they are, and how they are written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import timing
from briefs.errors import UsageError
from briefs.model import Days, MonthDay
from tests.briefs.timing.schedules import START, schedule

YEAR_END = datetime(2027, 1, 1, tzinfo=UTC)
NUMBERS = st.sampled_from([-1, *range(1, 32)]).map(MonthDay)
ORDINALS = st.tuples(st.sampled_from([-1, 1, 2, 3, 4, 5]), st.integers(0, 6))
MONTH_DAYS = NUMBERS | ORDINALS.map(lambda pair: MonthDay(*pair))


def dates(days, until=YEAR_END):
    found = timing.due_between(schedule(days=days, timezone="UTC"), START, until)
    return [due.date.isoformat()[5:] for due in found]


def test_days_of_the_month_are_due_in_every_month():
    assert dates("1,15")[:5] == ["01-01", "01-15", "02-01", "02-15", "03-01"]
    assert len(dates("1,15")) == 24


def test_the_last_day_is_the_last_of_each_month():
    assert dates("last")[:4] == ["01-31", "02-28", "03-31", "04-30"]
    assert "02-29" in dates("last", YEAR_END + timedelta(days=2 * 365))


def test_a_month_without_that_day_has_none():
    assert dates("31") == [f"{month:02}-31" for month in (1, 3, 5, 7, 8, 10, 12)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("first mon", ["01-05", "02-02", "03-02"]),
        ("last fri", ["01-30", "02-27", "03-27"]),
        ("3rd wednesday", ["01-21", "02-18", "03-18"]),
        ("fifth sun", ["03-29", "05-31", "08-30"]),
    ],
)
def test_a_weekday_of_the_month_is_due_once_a_month_where_there_is_one(days, found):
    assert dates(days)[:3] == found


def test_days_of_both_kinds_are_due_and_one_that_is_both_is_due_once():
    assert dates("mon,5")[:4] == ["01-05", "01-12", "01-19", "01-26"]
    assert dates("mon,5")[4:7] == ["02-02", "02-05", "02-09"]


@given(st.sets(st.integers(0, 6)), st.sets(MONTH_DAYS, max_size=9))
def test_days_are_read_as_they_are_spelled(week, month):
    days = timing.parse_days(",".join(map(spelled, month))) if month else Days()
    days = days._replace(week=frozenset(week))
    if days == Days():
        return

    assert timing.parse_days(timing.spell_days(days)) == days
    assert set(days.month) == month


def spelled(day):
    return timing.spell_days(Days(month=(day,)))


@settings(deadline=None)
@given(MONTH_DAYS, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_month_has_a_day_once_or_it_has_none(day, some):
    first = some.replace(day=1)
    begin = datetime(first.year, first.month, 1, tzinfo=UTC) - timedelta(seconds=1)
    kept = schedule(days=spelled(day), timezone="UTC")
    due = timing.due_between(kept, begin, begin + timedelta(days=31))
    in_month = [one for one in due if one.date.month == first.month]

    assert len(in_month) <= 1
    assert in_month or day.number > (28 if day.weekday is None else 4)


@pytest.mark.parametrize(
    "text", ["0", "32", "00", "sixth mon", "first", "mon last", "1-15", "31feb"]
)
def test_what_is_no_day_of_a_month_is_refused_by_name(text):
    with pytest.raises(UsageError, match=f"“{text}” is not a day: .*1,15 or last.*first mon"):
        timing.parse_days(f"mon,{text}")


def test_what_not_every_month_has_is_said():
    kept = schedule(days="1,31,fifth mon")

    assert timing.notes(kept) == (
        "A month that has no day 31 or fifth mon has no briefing for it.",
    )
    assert timing.notes(schedule(days="1,28,last,fourth mon,last fri")) == ()


def test_the_grace_looks_at_whether_days_of_the_month_ever_follow_each_other():
    assert timing.grace_of(schedule("00:30,23:30", "1,15")) == timedelta(hours=11, minutes=30)
    assert timing.grace_of(schedule("00:30,23:30", "1,last")) == timedelta(minutes=30)
    assert timing.grace_of(schedule("00:30,23:30", "15,fifth mon")) == timedelta(
        hours=11, minutes=30
    )
