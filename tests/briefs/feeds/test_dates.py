"""Moments as feeds write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import feeds
from briefs.feeds import dates
from tests.briefs.feeds import made

AT = datetime(2021, 10, 7, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Thu, 07 Oct 2021 08:30:00 GMT",
        "Thu, 7 Oct 2021 10:30:00 +0200",
        "Thu, 7 Oct 2021 10:30:00 +02:00",
        "7 Oct 21 08:30 UT",
        "Mon, 07 Oct 2021 08:30:00 GMT",  # it was a Thursday
        "Thu, 07 Oct 2021 03:30:00 EST",
        "Thu, 07 Oct 2021 04:30:00 EDT",
        "Thu, 07 Oct 2021 10:30:00 CEST",
        "Thu, 07 Oct 2021 09:30:00 BST",
        "Thu, 07 Oct 2021 17:30:00 JST",
        "  Thu,  07  Oct 2021\n08:30:00 GMT ",
        "2021-10-07T08:30:00Z",
        "2021-10-07t08:30:00z",
        "2021-10-07T10:30:00+02:00",
        "2021-10-07T10:30:00 +0200",
        "2021-10-07 08:30:00",
        "20211007T083000Z",
    ],
)
def test_a_moment_is_read_however_it_is_written(written):
    assert dates.parse(written) == AT


@pytest.mark.parametrize(
    "written",
    ["", "soon", "Fri, 32 Jan 2021 00:00:00 GMT", "2021-13-45", "Sun, 30 Feb 2020 00:00:00 GMT",
     "Thu, 07 Oct 2021 25:00:00 GMT", "0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-10:00",
     "Thu, 07 Oct 2021 10:00:00 +9999", "99999999999999999999", "1" * 5_000],
)  # fmt: skip
def test_what_is_no_moment_is_none(written):
    assert dates.parse(written) is None


def test_a_fraction_and_a_leap_second_are_moments_too():
    assert dates.parse("2021-10-07T08:30:00.1234567Z") == AT.replace(microsecond=123_456)
    assert dates.parse("Fri, 31 Dec 2016 23:59:60 GMT") is not None


@pytest.mark.parametrize("year", [1970, 2100])
def test_a_year_that_cannot_be_is_left_to_who_reads_the_document(year):
    text = made.rss(f"<title>A</title><pubDate>1 Jan {year} 00:00:00 GMT</pubDate>")

    (entry,) = feeds.parse(text.encode(), url=made.URL).entries

    assert entry.published == datetime(year, 1, 1, tzinfo=UTC)


def test_the_first_date_that_makes_sense_is_taken():
    entry = "<published>soon</published><updated>2021-10-07T08:30:00Z</updated>"

    (found,) = feeds.parse(made.atom(entry).encode(), url=made.URL).entries

    assert found.published == AT


@settings(deadline=None)
@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_in_the_standard_way_is_read_back(at):
    assert dates.parse(at.isoformat()) == at


@settings(deadline=None)
@given(st.text(alphabet="0123456789-+:T ZJanOctMonGE.,", max_size=120))
def test_whatever_is_written_is_a_moment_or_none(written):
    found = dates.parse(written)

    assert found is None or found.tzinfo is UTC
