"""Due times, catch-up and windows, in every kind of zone; and what users may write."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import timing
from briefs.errors import UsageError
from briefs.model import PUBLIC, Due
from tests.briefs.timing.schedules import START, schedule

ZONES = (
    "Europe/Kyiv",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
)

QUARTERS = st.integers(0, 95).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")
SCHEDULES = st.builds(
    lambda times, days, zone, skip, quiet, pause: replace(
        schedule(",".join(times), ",".join(sorted(days)), zone, skip=skip),
        quiet=timing.parse_quiet(quiet),
        paused_until=pause,
    ),
    st.lists(QUARTERS, min_size=1, max_size=3, unique=True),
    st.sets(st.sampled_from([*timing.DAYS, "1", "31", "last", "first mon"]), min_size=1),
    st.sampled_from(ZONES),
    st.sampled_from(["none", "12-24..01-02", "2026-05-01", "03-29,10-25"]),
    st.sampled_from(["none", "22:00-07:00", "02:00-03:15", "12:00-11:00"]),
    st.none() | st.datetimes(datetime(2026, 1, 2), datetime(2026, 9, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - they are made aware
)


def local(due, timezone):
    return due.at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")


def on(day, times, timezone):
    """All that is planned for the local date *day*."""
    noon = datetime.combine(date.fromisoformat(day), time(12), tzinfo=ZoneInfo(timezone))
    around = timing.due_between(
        schedule(times, timezone=timezone), noon - timedelta(days=2), noon + timedelta(days=2)
    )
    return [local(due, timezone) for due in around if due.date.isoformat() == day]


@pytest.mark.parametrize(
    ("timezone", "day", "clock", "fires"),
    [
        ("Europe/Kyiv", "2026-03-29", "03:30", "2026-03-29 04:30"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08 03:30"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-04 02:45"),
        ("Africa/Cairo", "2026-04-24", "00:30", "2026-04-24 01:30"),
        ("America/Santiago", "2026-09-06", "00:00", "2026-09-06 01:00"),
    ],
)
def test_a_time_in_a_gap_moves_forward_by_its_length(timezone, day, clock, fires):
    assert on(day, clock, timezone) == [fires]


def test_a_time_that_a_gap_moves_past_midnight_keeps_its_date():
    assert on("2024-03-30", "23:30", "America/Nuuk") == ["2024-03-31 00:30"]
    assert on("2024-03-31", "23:30", "America/Nuuk") == ["2024-03-31 23:30"]


@pytest.mark.parametrize(
    ("timezone", "day", "clock", "instant"),
    [
        ("Europe/Kyiv", "2026-10-25", "03:30", "2026-10-25T00:30:00+00:00"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00+00:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00+00:00"),
    ],
)
def test_a_time_that_happens_twice_fires_the_first_time(timezone, day, clock, instant):
    found = timing.due_between(
        schedule(clock, timezone=timezone), START, datetime(2027, 1, 1, tzinfo=UTC)
    )

    assert [due.at.isoformat() for due in found if due.date.isoformat() == day] == [instant]


def test_a_date_that_a_zone_left_out_has_no_due_time():
    assert on("2011-12-29", "07:30", "Pacific/Apia") == ["2011-12-29 07:30"]
    assert on("2011-12-30", "07:30", "Pacific/Apia") == []
    assert on("2011-12-31", "07:30", "Pacific/Apia") == ["2011-12-31 07:30"]


def test_the_day_after_the_clocks_go_forward_has_its_first_hour():
    assert on("2026-03-30", "00:30", "Europe/Kyiv") == ["2026-03-30 00:30"]


def test_the_nth_time_of_a_day_is_slot_n():
    found = timing.due_between(
        schedule("18:00,07:30,12:15", timezone="UTC"), START, START + timedelta(days=1)
    )

    assert [(due.slot, f"{due.at:%H:%M}") for due in found] == [
        (1, "07:30"),
        (2, "12:15"),
        (3, "18:00"),
    ]


def test_an_interval_is_open_at_its_start_and_closed_at_its_end():
    daily = schedule("07:30", timezone="UTC")
    at = datetime(2026, 1, 2, 7, 30, tzinfo=UTC)

    assert timing.due_between(daily, at, at + timedelta(hours=1)) == ()
    assert timing.due_between(daily, at - timedelta(hours=1), at) == (Due(at.date(), 1, at),)
    assert timing.due_between(daily, at, at) == ()


def test_only_the_days_that_were_chosen_are_due():
    found = timing.due_between(
        schedule(days="mon,wed", timezone="UTC"), START, START + timedelta(days=14)
    )

    assert [due.date.weekday() for due in found] == [0, 2, 0, 2]


def test_next_due_gives_as_many_as_asked_for_from_the_given_moment():
    found = timing.next_due(schedule("07:30", "fri", "UTC"), START, 3)

    assert [due.date.isoformat() for due in found] == ["2026-01-02", "2026-01-09", "2026-01-16"]


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_each_due_time_is_accounted_for_exactly_once(data):
    """Under outages, sleep, a clock that goes back, holidays, nights and a pause; one at a time."""
    kept = data.draw(SCHEDULES)
    now, end = START, datetime(2026, 12, 31, tzinfo=UTC)
    seed = data.draw(st.integers(0, 2**32))
    dice = random.Random(seed)  # noqa: S311 - a seeded sample
    steps = [timedelta(seconds=30), timedelta(hours=5), timedelta(days=3), timedelta(hours=-2)]
    sent, skipped = [], []
    while now < end:
        now += dice.choice(steps)
        made = timing.plan(kept, now)
        sent += [made.send] if made.send else []
        skipped += [due for due, _ in made.skip]
        assert made.planned_until >= kept.planned_until
        assert made.send is None or _may_be_posted(kept, made.send, now)
        kept = _replanned(kept, made)

    expected = timing.due_between(kept, START, kept.planned_until)
    assert sorted(sent + skipped) == sorted(expected)


def _may_be_posted(kept, due, now):
    late = now - due.at
    return (
        late <= timing.grace_of(kept)
        and not timing.why_off(kept, due.at)
        and (late < timedelta(minutes=5) or timing.quiet_until(kept, now) is None)
    )


def _replanned(kept, made):
    return replace(kept, planned_until=made.planned_until)


def test_after_an_outage_only_the_newest_is_posted_late():
    daily = schedule("07:30", timezone="UTC")
    made = timing.plan(daily, datetime(2026, 1, 4, 9, 0, tzinfo=UTC))

    assert made.send is not None
    assert made.send.date == date(2026, 1, 4)
    assert [due.date.day for due, _ in made.skip] == [1, 2, 3]
    assert all("12 hours late" in reason for _, reason in made.skip)


def test_two_that_could_both_be_posted_late_give_one_post():
    often = schedule("07:00,07:30", timezone="UTC")
    made = timing.plan(often, datetime(2026, 1, 1, 7, 31, tzinfo=UTC), grace=timedelta(hours=1))

    assert made.send is not None
    assert made.send.slot == 2
    assert [reason for _, reason in made.skip] == [
        "A newer briefing was due before this one could be posted, and covers it."
    ]


def test_what_is_older_than_its_grace_is_skipped():
    daily = schedule("07:30", timezone="UTC")
    made = timing.plan(daily, datetime(2026, 1, 1, 19, 31, tzinfo=UTC))

    assert made.send is None
    assert len(made.skip) == 1


def test_when_the_clock_goes_back_nothing_is_planned():
    daily = schedule("07:30", timezone="UTC")
    made = timing.plan(daily, START - timedelta(days=300))

    assert (made.send, made.skip, made.planned_until) == (None, (), START)
    assert made.next_due == datetime(2026, 1, 1, 7, 30, tzinfo=UTC)


def test_a_jump_of_ten_years_is_planned_in_strides_with_one_post_at_the_end():
    kept = schedule("07:30", timezone="UTC")
    now = START + timedelta(days=3652, hours=8)
    sent, skipped = [], 0
    while kept.planned_until < now:
        made = timing.plan(kept, now)
        assert made.planned_until > kept.planned_until
        sent += [made.send] if made.send else []
        skipped += len(made.skip)
        kept = _replanned(kept, made)

    assert [due.at for due in sent] == [now - timedelta(minutes=30)]
    assert skipped == 3652


def test_what_comes_due_while_a_schedule_is_paused_is_skipped_with_the_reason():
    paused = replace(schedule("07:30", timezone="UTC"), paused="asked for by an administrator")
    made = timing.plan(paused, datetime(2026, 1, 1, 7, 31, tzinfo=UTC))

    assert made.send is None
    assert [reason for _, reason in made.skip] == [
        "The schedule was paused: asked for by an administrator."
    ]


@pytest.mark.parametrize(
    ("times", "days", "grace"),
    [
        ("07:30", "daily", timedelta(hours=12)),
        ("07:30", "mon", timedelta(hours=12)),
        ("07:30,18:00", "daily", timedelta(hours=5, minutes=15)),
        ("00:30,23:30", "daily", timedelta(minutes=30)),
        ("00:30,23:30", "mon,wed", timedelta(hours=11, minutes=30)),
        ("07:00,07:15", "daily", timedelta(minutes=7, seconds=30)),
    ],
)
def test_the_grace_is_the_smaller_of_twelve_hours_and_half_the_period(times, days, grace):
    assert timing.grace_of(schedule(times, days)) == grace


def test_a_window_begins_where_the_last_sent_one_ended_and_the_first_a_day_before():
    daily = schedule("07:30", timezone="UTC")
    due = timing.next_due(daily, START)[0]

    assert timing.window(daily, due) == (START - timedelta(hours=24), due.at)


@pytest.mark.parametrize("name", ["Europe/Kyiv", "Europe/Kiev", "UTC", "Asia/Calcutta"])
def test_a_zone_of_the_list_is_accepted_aliases_included(name):
    assert timing.zone(name).key == name


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/localtime", "europe/kyiv", "UTC+25", "", "localtime", "Factory"],
)
def test_any_other_zone_is_refused_by_name(name):
    with pytest.raises(UsageError, match="is not a time zone"):
        timing.zone(name)


def test_a_refused_zone_comes_with_names_that_are_near():
    with pytest.raises(UsageError, match="did you mean Europe/Kyiv"):
        timing.zone("europe/kyiv")


def test_a_city_is_enough_to_find_its_zone():
    assert timing.complete_zone("new york") == ("America/New_York",)
    assert "Europe/Kyiv" in timing.complete_zone("kyi")
    assert len(timing.complete_zone("")) == 25


@given(st.text(max_size=300))
@settings(deadline=None)
def test_no_text_gives_more_than_a_page_of_zones_or_an_error_of_another_kind(text):
    assert len(timing.complete_zone(text)) <= 25
    for parse in (timing.zone, timing.parse_days, timing.parse_times):
        assert len(_refusal(parse, text)) < 400


def _refusal(parse, text):
    try:
        parse(text)
    except UsageError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("text", ["7:30", "07:30", " 07:30 "])
def test_a_time_of_day_is_read(text):
    assert timing.parse_time(text) == time(7, 30)


@pytest.mark.parametrize(
    "text", ["", "24:00", "07:60", "7", "07:30:00", "7.30", "seven", "\u0660\u0667:30"]
)
def test_what_is_no_time_of_day_is_refused_by_name(text):
    with pytest.raises(UsageError, match=r"not a time of day: write hours and minutes, like 07:30"):
        timing.parse_time(text)


@pytest.mark.parametrize("text", ["07:00,07:14", "07:00,07:00", "23:55,00:05"])
def test_times_less_than_a_quarter_of_an_hour_apart_are_refused(text):
    with pytest.raises(UsageError, match="at least 15 minutes"):
        timing.parse_times(text)


def test_times_around_midnight_may_be_close_on_a_single_day():
    assert timing.parse_times("23:55,00:05", timing.parse_days("mon")) == (time(0, 5), time(23, 55))


def test_what_is_no_day_is_refused_by_name():
    with pytest.raises(UsageError, match="“someday” is not a day"):
        timing.parse_days("mon,someday")


@given(st.sets(st.integers(0, 95), min_size=1, max_size=9))
def test_times_are_read_as_they_are_spelled(quarters):
    times = tuple(time(n // 4, n % 4 * 15) for n in sorted(quarters))

    assert timing.parse_times(timing.spell_times(times)) == times


@pytest.mark.parametrize("name", ["", "   ", "n" * 81])
def test_a_schedule_needs_a_name_of_bearable_length(name):
    with pytest.raises(UsageError, match="1 to 80 characters"):
        timing.make(
            name=name,
            channel=1,
            times="07:30",
            days="daily",
            timezone="UTC",
            scope=PUBLIC,
            now=START,
        )
