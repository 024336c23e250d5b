"""Bytes that were fetched and what was said of them in, the media type that they are of out."""

import re
from pathlib import PurePosixPath

TYPES = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
    "application/zip": ".zip",
    "application/x-ndjson": ".jsonl",
}
FEED = "application/rss+xml"  # of whatever kind: it is no document

_ALSO = {".htm": ".html", ".markdown": ".md", ".text": ".txt", ".ndjson": ".jsonl"}
_HEAD = 1_024  # bytes in which a file shows what it is
_PAGE = re.compile(
    rb"\s{0,99}(?:<!--[^<>]{0,400}-->\s{0,99})?<(?:!doctype\s+html|html|head)\b", re.IGNORECASE
)
_XML = re.compile(rb"\s{0,99}<\?xml\b[^<>]{0,200}>", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")
_SAYS_LITTLE = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # of the order of bytes


def tell(data: bytes, *, content_type: str, url: str) -> str:
    """Return the media type of *data*, with the parameters that were sent with it.

    The first bytes go before *content_type*, which is as it was sent, and that before the suffix
    of *url*; "" where none of them says anything.
    """
    sent, _, parameters = content_type.partition(";")
    told = _shown(data) or _said(sent.strip().casefold(), url)
    return f"{told};{parameters}" if told and parameters else told


def name(url: str, kind: str) -> str:
    """Return what a file from *url* is called: its address; one that holds several ends so."""
    path = _path(url)
    suffix = TYPES.get(kind.partition(";")[0], "")
    return path if suffix not in {".zip", ".jsonl"} or path.endswith(suffix) else path + suffix


def _path(url: str) -> str:
    """Return *url* without what is asked of it, so that it ends like the name of a file."""
    return url.partition("#")[0].partition("?")[0]


def _shown(data: bytes) -> str:
    """Return what the first bytes show, "" for text of any kind."""
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        word = b"word/document.xml" in data
        return next(each for each in TYPES if each.endswith("document" if word else "/zip"))
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\x00", b"")  # UTF-16
    declared = _XML.match(head)
    start = head[declared.end() :] if declared else head
    if _PAGE.match(start):
        return "text/html"
    return FEED if _FEED.search(start) and start.lstrip().startswith(b"<") else ""


def _said(sent: str, url: str) -> str:
    if sent in TYPES and sent not in _SAYS_LITTLE:
        return sent
    if sent in _SAYS_LITTLE:
        suffix = PurePosixPath(_path(url)).suffix.casefold()
        known = (each for each, its in TYPES.items() if its == _ALSO.get(suffix, suffix))
        return next(known, "text/plain" if sent == "text/plain" else "")
    return FEED if sent in {FEED, "application/atom+xml", "application/feed+json"} else sent
