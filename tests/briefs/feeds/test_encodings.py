"""Feeds in the encodings that there are, declared rightly, wrongly or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import feeds
from briefs.feeds import decoding
from tests.briefs.feeds import made

WORDS = {
    "utf-8": "Привет, café, 東京",
    "utf-16": "Привет, café, 東京",
    "utf-32": "Привет, café, 東京",
    "cp1252": "Señor Müller déjà vu",
    "iso-8859-1": "Señor Müller déjà vu",
    "iso-8859-2": "Łódź i Kraków",
    "cp1251": "Привет, мир",
    "koi8-u": "Привіт, світ",
    "shift_jis": "東京の天気は晴れです",
    "euc-jp": "東京の天気は晴れです",
    "iso-2022-jp": "東京の天気は晴れです",
    "gb2312": "北京今天天气很好",
    "big5": "台北今天天氣很好",
    "euc-kr": "서울의 날씨는 맑음",
}


def title(data, **told):
    (entry,) = feeds.parse(data, url=made.URL, **told).entries
    return entry.title


@pytest.mark.parametrize("encoding", WORDS)
def test_a_feed_is_read_in_the_encoding_that_it_declares(encoding):
    prolog = f'<?xml version="1.0" encoding="{encoding}"?>'
    text = made.rss(f"<title>{WORDS[encoding]}</title>", prolog=prolog)

    assert title(text.encode(encoding)) == WORDS[encoding]


@pytest.mark.parametrize("encoding", WORDS)
def test_a_feed_is_read_in_the_encoding_that_is_sent_with_it(encoding):
    text = made.rss(f"<title>{WORDS[encoding]}</title>", prolog="")

    assert (
        title(text.encode(encoding), content_type=f"text/xml; charset={encoding}")
        == WORDS[encoding]
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_letters_are_told_without_a_mark(encoding):
    assert title(made.rss("<title>Привет</title>").encode(encoding)) == "Привет"


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-16", "us-ascii", "bogus", "rot13", "zip"])
def test_utf_8_is_read_whatever_is_declared(declared):
    prolog = f'<?xml version="1.0" encoding="{declared}"?>'
    data = made.rss("<title>Привет</title>", prolog=prolog).encode()

    assert title(data) == "Привет"
    assert title(data, content_type=f"text/xml; charset={declared}") == "Привет"


def test_a_damaged_letter_shows_and_spoils_nothing_else():
    data = made.rss("<title>Привет, мир</title>").encode()
    place = data.index("м".encode())

    assert title(data[:place] + b"\xff" + data[place:]) == "Привет, \ufffdмир"  # noqa: RUF001


def test_an_encoding_that_nobody_declares_is_told_by_its_letters():
    words = "Комиссия решила отложить строительство моста до следующего года. " * 20
    data = made.rss(f"<title>Мост</title><description>{words}</description>", prolog="")

    assert title(data.encode("cp1251")) == "Мост"


@settings(deadline=None)
@given(st.binary(max_size=300), st.text(max_size=40))
def test_all_bytes_have_a_text_that_a_document_may_contain(data, content_type):
    text = decoding.decode(data, content_type=content_type)

    assert text == decoding.allowed(text)
    assert text.encode().decode() == text
