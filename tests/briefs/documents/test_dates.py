from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.documents import dates

NOW = datetime(2021, 10, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021-10-07", datetime(2021, 10, 7, tzinfo=UTC)),
        ("2021-10-07T09:30:00+03:00", datetime(2021, 10, 7, 6, 30, tzinfo=UTC)),
        ("2021-10-07 09:30:00 +0300", datetime(2021, 10, 7, 6, 30, tzinfo=UTC)),
        ("2021-10-07T09:30:00Z", datetime(2021, 10, 7, 9, 30, tzinfo=UTC)),
        ("2021-10-07 09:30", datetime(2021, 10, 7, 9, 30, tzinfo=UTC)),
        ("October 7, 2021", datetime(2021, 10, 7, tzinfo=UTC)),
        ("7 Sept 2021", datetime(2021, 9, 7, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("31 February 2021", None),
        ("", None),
    ],
)
def test_dates_are_read_as_utc(written, expected):
    assert dates.parse(written) == expected


@given(st.text(max_size=40))
@settings(deadline=None)
def test_no_text_breaks_the_reading_of_dates(text):
    at = dates.parse(text)

    assert at is None or at.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A title\nPublished on October 7, 2021\nText.", "October 7, 2021"),
        ("7 October 2021\nText.", "7 October 2021"),
        ("LVIV, Ukraine, October 7, 2021 (Sample) — Text.", "October 7, 2021"),
        ("They met on October 7, 2021 in Lviv.", ""),
        ("One.\nTwo.\nThree.\nPublished: October 7, 2021", ""),
    ],
)
def test_a_text_may_tell_its_own_date(text, expected):
    assert dates.told(text) == expected


def choose(*stated, modified=None):
    return dates.choose(stated, modified=modified, now=NOW, name="a.txt")


def test_the_best_statement_comes_first_and_says_where_it_stood():
    assert choose(("2021-10-07", "front matter"), ("May 1, 2021", "text"))[1] == "front matter"
    assert choose(("", "front matter"), ("May 1, 2021", "text"))[1] == "text"
    assert choose(("", "front matter"), modified=NOW) == (NOW, "file time")
    assert choose(("", "front matter")) == (None, "")


@pytest.mark.parametrize(
    "written", ["1969-07-20", "1970-01-01", "2100-01-01", "2021-10-10", "soon"]
)
def test_a_date_that_makes_no_sense_leaves_it_unknown(written, caplog):
    assert choose((written, "metadata"), modified=NOW) == (None, "")
    assert "its date" in caplog.text


def test_a_file_time_out_of_range_is_not_believed():
    assert choose(modified=NOW + timedelta(days=2)) == (None, "")
    assert choose(modified=datetime(1970, 1, 1, tzinfo=UTC)) == (None, "")
