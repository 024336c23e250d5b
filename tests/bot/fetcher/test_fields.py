"""Headers: who asks, what was promised, and how long to wait."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetcher import FetchError, fields

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ({}, 0),
        ({"Cache-Control": "max-age=600"}, 600),
        ({"Cache-Control": 'public, Max-Age="60"'}, 60),
        ({"Cache-Control": "public,max-age=600", "Age": "100"}, 500),
        ({"Cache-Control": "max-age=60", "Age": "100"}, 0),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "no-cache, max-age=600"}, 0),
        ({"Cache-Control": "no-store"}, 0),
        ({"Cache-Control": "max-age=9999999999"}, 30 * 86_400),
        ({"Cache-Control": "max-age=soon"}, 0),
        ({"Expires": "Sun, 22 Nov 2026 13:00:00 GMT"}, 3_600),
        (
            {
                "Expires": "Sun, 22 Nov 2026 13:00:00 GMT",
                "Date": "Sun, 22 Nov 2026 12:59:00 GMT",
            },
            60,
        ),
        ({"Expires": "0"}, 0),
        ({"Expires": "Sun, 22 Nov 2020 13:00:00 GMT"}, 0),
    ],
)
def test_how_long_an_answer_holds(given, seconds):
    assert fields.max_age(given, now=NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 12:01:00", 60),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 22 Nov 2066 11:00:00 GMT", 86_400),
        ("1e9", 0),
        ("", 0),
    ],
)
def test_how_long_to_wait(value, seconds):
    assert fields.retry_after({"Retry-After": value}, now=NOW) == seconds


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_header_of_a_server_is_too_odd(one, other):
    given = {"Cache-Control": one, "Age": other, "Expires": other, "Date": one, "Retry-After": one}

    assert 0 <= fields.max_age(given, now=NOW) <= 30 * 86_400
    assert 0 <= fields.retry_after(given, now=NOW) <= 86_400


def test_a_number_of_a_thousand_digits_is_a_bounded_wait():
    assert fields.retry_after({"Retry-After": "9" * 1_000}, now=NOW) == 86_400


def test_who_asks_is_said_with_version_and_contact():
    assert fields.agent("news@example.org").startswith("Daybrief/")
    assert "(news@example.org; " in fields.agent("news@example.org")
    assert fields.agent("").endswith("(self-hosted feed reader)")


def test_a_tag_that_cannot_be_sent_back_is_not():
    assert fields.conditions('"a"', "") == {"If-None-Match": '"a"'}
    assert fields.conditions("a\r\nX: y", "") == {}
    assert fields.tag("x" * 5_000) == ""
    assert fields.tag('"\udce9"') == ""
    assert fields.content_type({"Content-Type": "text/x\udce9"}) == "text/x?"


@pytest.mark.parametrize("name", ["Host", "te", "Proxy-Authorization", "Sec-Fetch-Mode", "a b", ""])
def test_a_header_that_is_ours_or_none_is_refused_without_its_value(name):
    with pytest.raises(FetchError) as raised:
        fields.checked([(name, "hush")])

    assert "hush" not in str(raised.value)


def test_the_name_of_a_header_is_written_in_one_way():
    assert fields.checked([("accept", "x/y"), ("X-api-key", "k")]) == {
        "Accept": "x/y",
        "X-Api-Key": "k",
    }
