# ruff: noqa: RUF001 - texts in other scripts

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.documents.clean import clean, line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb \u00a0 c", "a b c"),
        ("\ufeffKu\u200ble\u2060ba\u00ad", "Kuleba"),
        ("\u202eKuleba\u202c \u2067x\u2069\u200f", "Kuleba x"),
        ("a\x00b\x07c\x9bd\x7f", "abcd"),
        ("Ku\u200dle\u200cba", "Kuleba"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🚀 ❤\ufe0f\u200d🔥", "👩\u200d🚀 ❤\ufe0f\u200d🔥"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("a\U000e0067b", "ab"),
        ("cafe\u0301", "café"),
        ("z" + "\u0335" * 1000 + "algo", "z" + "\u0335" * 4 + "algo"),
        ("a" * 100_000 + "! b", "a" * 500 + "! b"),
        ("  a  \n\n  b  \n", "a\n\nb"),
    ],
)
def test_only_what_cannot_be_read_goes_away(text, expected):
    assert clean(text) == expected


@given(st.text())
@settings(deadline=None)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
@settings(deadline=None)
def test_a_clean_text_is_normalised_and_has_no_control_characters(text):
    cleaned = clean(text)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in cleaned if char != "\n")


def test_a_line_has_no_line_breaks():
    assert line(" A title\n in two\u200b lines ") == "A title in two lines"
