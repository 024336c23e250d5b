"""What bytes that were fetched are: by what they begin with, what was said, and their address."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import documents, ingest
from briefs.documents import Hint, media
from briefs.errors import DocumentError
from briefs.model import PUBLIC
from tests.briefs.documents import made

PAGE = b"<!doctype html><title>T</title><p>The minister said so on Thursday in Lviv.</p>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("data", "content_type", "url", "told"),
    [
        (PAGE, "", "https://x.org/a", "text/html"),
        (PAGE, "text/plain", "https://x.org/a.txt", "text/html"),
        (b"\xef\xbb\xbf  <!-- x --><HTML lang=en>", "", "", "text/html"),
        (PAGE.decode().encode("utf-16"), "", "", "text/html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "application/xml", "", "text/html"),
        (PAGE, "text/html; charset=koi8-u", "", "text/html; charset=koi8-u"),
        (b"%PDF-1.7", "text/html", "https://x.org/a", "application/pdf"),
        (b"\r\n%PDF-1.7", "application/octet-stream", "", "application/pdf"),
        (made.docx(made.paragraph("T")), "application/zip", "", WORD),
        (made.archive({"a.txt": b"x"}), "", "", "application/zip"),
        (b"Words.", "text/plain; charset=utf-8", "https://x.org/a", "text/plain; charset=utf-8"),
        (b"# Words", "text/plain", "https://x.org/a.md?x=.pdf", "text/markdown"),
        (b"Words.", "", "https://x.org/a.htm#b.txt", "text/html"),
        (b"Words.", "", "https://x.org/", ""),
        (b"Words.", "image/png", "https://x.org/a.txt", "image/png"),
        (b'<?xml version="1.0"?><rss version="2.0">', "text/xml", "", media.FEED),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "", "", media.FEED),
        (b"{}", "application/feed+json", "", media.FEED),
        (b"", "", "http://[x", ""),
    ],
)
def test_the_first_bytes_go_before_what_was_said_and_that_before_the_address(
    data, content_type, url, told
):
    assert media.tell(data, content_type=content_type, url=url) == told


@pytest.mark.parametrize("opening", [b"<!--" * 50_000, b" " * 100_000, b"<?xml " * 30_000])
def test_bytes_that_begin_without_end_are_told_at_once(opening):
    assert media.tell(opening, content_type="", url="") == ""


def fetched(data, content_type="", address="https://example.org/deal?x=1", **known):
    return ingest.page(
        data,
        url=address,
        content_type=content_type,
        scope=PUBLIC,
        identity="page:1",
        known=tuple(known.items()),
    )


def test_a_page_that_was_fetched_is_analysed_with_what_is_known_of_it():
    document = ingest.analyse(fetched(PAGE, "text/html", author="Jo Roe")).document

    assert (document.title, document.author, document.identity) == ("T", "Jo Roe", "page:1")
    assert document.url == "https://example.org/deal?x=1"


def test_the_address_that_is_known_goes_before_the_one_that_was_fetched():
    source = fetched(PAGE, address="https://cdn.example.org/1", url="https://example.org/deal")

    assert ingest.analyse(source).document.url == "https://example.org/deal"


def test_an_archive_that_was_fetched_holds_several():
    source = fetched(made.archive({"a.txt": b"One."}), address="https://example.org/get")

    assert [each.name for each in ingest.opened(source)] == ["https://example.org/get.zip/a.txt"]


@pytest.mark.parametrize(
    ("data", "content_type", "said"),
    [
        (b"<rss version='2.0'><channel/></rss>", "text/xml", "is a feed, not an article"),
        (b"\x89PNG\r\n", "image/png", "cannot be read: give one of"),
        (b"Words.", "", "cannot be read: give one of"),
        (b"\x89PNG\r\n", "text/html", "is not text but a picture"),
        (b"", "text/html", "is empty"),
    ],
)
def test_what_is_no_article_is_refused_by_its_address(data, content_type, said):
    with pytest.raises(DocumentError, match=rf"^https://example\.org/deal: {said}"):
        ingest.analyse(fetched(data, content_type))


def test_a_line_that_is_sent_as_json_is_no_document_by_its_name():
    with pytest.raises(DocumentError, match="cannot be read"):
        documents.read(b"{}", Hint(name="a.json"))


@given(st.binary(max_size=300), st.text(), st.text())
@settings(deadline=None)
def test_any_bytes_have_a_type_or_none(data, content_type, url):
    told = media.tell(data, content_type=content_type, url=url)

    assert isinstance(media.name(url, told), str)
    assert told == media.tell(data, content_type=content_type, url=url)
