"""The picture of mentions over time: the same bytes, any name, nothing that a document could do."""

import struct
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import charts
from bot.charts import Chart
from briefs.model import Card, Count, Coverage, EntityId, Heard, Kind

DAY = date(2021, 10, 7)
BOUND = 400  # days that a card has at most

days = st.lists(
    st.builds(Count, st.dates(), st.integers(1, 9), st.integers(1, 99)),
    min_size=1,
    max_size=BOUND,
    unique_by=lambda count: count.day,
).map(lambda found: tuple(sorted(found)))


def chart(name="Dmytro Kuleba", *, every=1, count=9):
    found = [Count(DAY + timedelta(days=every * number), 1, number + 1) for number in range(count)]
    return Chart(name=name, days=tuple(found))


def size(png):
    """Return the width and height that the header of a PNG states."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def test_it_is_a_png_of_one_size_that_a_phone_can_show():
    assert size(charts.draw(chart())) == size(charts.draw(chart(every=40, count=50))) == (960, 544)


def test_the_same_counts_give_the_same_bytes():
    png = charts.draw(chart())

    assert png == charts.draw(chart())
    assert png != charts.draw(chart(count=8))
    assert b"Software" not in png
    assert b"tIME" not in png


@pytest.mark.parametrize(
    "name",
    [
        "习近平",
        "محمد بن سلمان",
        "नरेन्द्र मोदी",
        "Ελένη Παπαδοπούλου",
        "Володимир Зеленський",
        "🇹🇷 Çavuşoğlu",
        "\x00\u202e\n\t",
        "$x^2$ \\frac{1}{",
        "W" * 300,
        "",
    ],
)
def test_a_name_in_any_script_is_drawn_without_a_warning(name):
    assert size(charts.draw(chart(name))) == (960, 544)


def test_what_looks_like_a_formula_is_drawn_as_it_is_written():
    assert charts.draw(chart("$x$")) != charts.draw(chart("x"))


def test_a_script_that_the_font_lacks_is_written_in_latin_letters():
    assert charts.draw(chart("Лев")) != charts.draw(chart("Lev"))
    assert charts.draw(chart("习近平")) == charts.draw(chart("XiJinPing"))


@pytest.mark.parametrize(
    ("every", "count", "unit"),
    [(1, 1, "day"), (1, 30, "day"), (3, 30, "week"), (9, 60, "month"), (60, 200, "year")],
)
def test_a_long_time_is_shown_in_longer_stretches(every, count, unit):
    binned = charts.bins(chart(every=every, count=count).days)

    assert binned.unit == unit
    assert len(binned.starts) <= 125


@settings(deadline=None, max_examples=60)
@given(days)
def test_no_mention_is_lost_and_no_stretch_is_missing(found):
    binned = charts.bins(found)

    gaps = {later - first for first, later in zip(binned.starts, binned.starts[1:], strict=False)}
    assert sum(binned.mentions) == sum(count.mentions for count in found)
    assert binned.starts[0] <= found[0].day
    assert [*binned.starts] == sorted({*binned.starts})
    assert binned.unit not in {"day", "week"} or len(gaps) <= 1


def test_who_does_not_see_it_is_told_what_is_to_be_seen():
    assert charts.describe(chart()) == (
        "Bar chart: mentions of Dmytro Kuleba per day, from 7 Oct 2021 to 15 Oct 2021; 45 in all, "
        "at most 9 (day of 15 Oct 2021)."
    )
    assert len(charts.describe(chart("W" * 5_000))) <= 1_024


def test_a_card_without_days_has_no_chart():
    sums = {"mentions": 0, "documents": 0, "first_seen": None, "last_seen": None}
    card = Card(id=EntityId(1), name="Ada Quill", kind=Kind.PERSON, aliases=(), **sums)

    assert charts.of(card) is None


# --- who reported when

MORNING = datetime(2021, 10, 7, tzinfo=UTC)


def coverage(*names, hours=24):
    """Return a coverage in which each of *names* has one document more than the next one."""
    rows = [
        Heard(name, tuple(MORNING + timedelta(hours=step) for step in range(len(names) - place)))
        for place, name in enumerate(names)
    ]
    until = MORNING + timedelta(hours=hours)
    return Coverage(since=MORNING, until=until, rows=(*rows, Heard("Demo Dispatch", ())))


def test_coverage_is_a_png_of_the_same_size_and_the_same_bytes():
    png = charts.draw(coverage("Sample Wire", "Example Courier"))

    assert size(png) == (960, 544)
    assert png == charts.draw(coverage("Sample Wire", "Example Courier"))
    assert png != charts.draw(coverage("Sample Wire"))


def test_coverage_is_described_with_its_silent_outlets():
    told = charts.describe(coverage("Sample Wire", "Example Courier"))

    assert told == (
        "Documents by outlet, 7 Oct to 8 Oct 2021: Sample Wire 2, Example Courier 1. "
        "Silent: Demo Dispatch."
    )


@pytest.mark.parametrize(
    "name",
    [
        "习近平 日报",
        "جريدة",
        "$x^2$ \\frac{1}{",
        "<script>&amp;",
        "W" * 300,
        "",
        "\x00\u202e\n\t",
        "🇹🇷 @everyone",
    ],
)
def test_an_outlet_of_any_name_is_drawn_without_a_warning(name):
    chart = coverage(*[f"{name}{number}" for number in range(7)])

    assert size(charts.draw(chart)) == (960, 544)
    assert len(charts.describe(chart)) <= 1_024


@pytest.mark.parametrize("hours", [1, 24, 72, 73, 24 * 400])
def test_a_window_of_any_length_is_drawn(hours):
    assert size(charts.draw(coverage("Sample Wire", hours=hours))) == (960, 544)
