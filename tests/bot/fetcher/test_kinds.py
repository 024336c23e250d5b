"""What a body is: as it is called, and as its first bytes confirm it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetcher import FetchError, kinds

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = b"%PDF-1.7\n%\xe2\xe3"
ZIP = b"PK\x03\x04\x14\x00"


@pytest.mark.parametrize(
    ("accept", "declared", "body", "confirmed"),
    [
        ("feed", "application/rss+xml; charset=koi8-r", b"<rss", None),
        ("feed", "text/html", b"<rss", None),
        ("feed", "application/octet-stream", b"<rss", None),
        ("feed", "", b"{}", None),
        ("feed", "application/x-netcdf", b"<rss", None),
        ("feed", "xml", b"<rss", None),
        ("feed", "application/feed+json", b"{}", None),
        ("feed", "application/xml", b"\xff\xfe<\x00r\x00", None),
        ("feed", "application/xml", b"\xef\xbb\xbf<rss", None),
        ("feed", "application/xml", b"\x00<\x00r", None),
        ("page", "text/html; charset=utf-8", b"\n<html>", None),
        ("page", "text/plain", b"Words", None),
        ("document", "application/pdf", PDF, None),
        ("document", "application/octet-stream", PDF, "application/pdf"),
        ("document", "text/html", PDF, "application/pdf"),
        ("document", DOCX, ZIP, None),
        ("document", "application/zip", ZIP, None),
        ("document", "binary/octet-stream", ZIP, "application/zip"),
        ("document", "", ZIP + b"word/document.xml", DOCX),
        ("document", "message/rfc822", b"From: a", None),
        ("document", "image/png", b"", None),
    ],
)
def test_what_is_taken_and_what_it_is_called(accept, declared, body, confirmed):
    expected = declared if confirmed is None else confirmed

    assert kinds.confirm(accept, declared, body, host="example.org") == expected


@pytest.mark.parametrize(
    ("accept", "declared", "body", "said"),
    [
        ("feed", "image/png", b"\x89PNG", "no feed but an image that it calls image/png"),
        ("feed", "image/svg+xml", b"<svg", "no feed but text that it calls image/svg+xml"),
        ("feed", "text/xml", PDF, "no feed but PDF"),
        ("feed", "text/css", b"a{}", "calls text/css"),
        ("feed", "application/javascript", b"a()", "calls application/javascript"),
        ("page", "application/x-netcdf", b"a", "calls application/x-netcdf"),
        ("page", "text/html", ZIP, "no page but ZIP"),
        ("page", "text/html", b"MZ\x00\x00", "something that is no text"),
        ("page", "text/html", b"\x1f\x8b\x08", "an archive"),
        ("document", "application/pdf", b"<html>", "calls PDF"),
        ("document", "application/vnd.ms-excel", b"\xd0\xcf\x11\xe0", "an old office file"),
    ],
)
def test_what_is_not_taken_is_named(accept, declared, body, said):
    with pytest.raises(FetchError) as raised:
        kinds.confirm(accept, declared, body, host="example.org")

    assert said in str(raised.value)
    assert str(raised.value).startswith("example.org sends ")


@given(st.sampled_from(["feed", "page", "document"]), st.text(max_size=200), st.binary())
def test_anything_is_taken_or_refused(accept, declared, body):
    try:
        said = kinds.confirm(accept, declared, body, host="example.org")
    except FetchError as error:
        said = str(error)

    assert len(said) < 300
