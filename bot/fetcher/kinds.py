"""What a server calls a body, and its first bytes in; what it is out, or why it is not taken."""

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from bot.fetcher.errors import FetchError
from briefs.model import Problem

Accept: TypeAlias = Literal["feed", "page", "document"]

ACCEPTED: Mapping[str, str] = {  # what is asked for
    "feed": "application/atom+xml, application/rss+xml, application/feed+json,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.5",
    "document": "text/html, application/pdf, text/plain;q=0.9, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}

_TAKEN: Mapping[str, frozenset[str]] = {
    "feed": frozenset({"text"}),
    "page": frozenset({"text"}),
    "document": frozenset({"text", "PDF", "ZIP"}),
}
_WANTED = {
    "feed": (Problem.NOT_A_FEED, "no feed", ""),
    "page": (Problem.OTHER, "no page", "Give the address of a page with text."),
    "document": (
        Problem.OTHER,
        "nothing that can be read",
        "Give the address of a page, or of a text, PDF or Word file.",
    ),
}
_TYPES = {"PDF": "application/pdf", "ZIP": "application/zip"}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_UNKNOWN = re.compile(r"|[a-z]+/(?:octet-stream|unknown|force-download|x-download|download)|[a-z]+")
_TEXTUAL = re.compile(r"xml|json|rss|atom|rdf|feed|rfc822")
_MEDIA = frozenset({"image", "audio", "video", "font", "model", "multipart"})
_CODE = frozenset({"text/css", "text/javascript", "application/javascript"})

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "sound, an image or a film"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"\x1f\x8b", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"\x7fELF", "a program"),
)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32
_HEAD = 4_096


def confirm(accept: Accept, content_type: str, body: bytes, *, host: str) -> str:
    """Return the content type that *body* really has; raise FetchError when it is not taken."""
    if not body:
        return content_type
    declared, seen = _declared(content_type), _seen(body)
    fits = seen in _TAKEN[accept] and declared in {seen, "", "text"}
    if accept == "feed" and seen == "text" and declared.startswith("application/"):
        fits = declared not in _CODE  # feeds are called by many names that nobody registered
    if not fits:
        raise _refused(accept, declared, seen, host)
    if seen == "text" or declared == seen:
        return content_type
    return _DOCX if b"word/document.xml" in body else _TYPES[seen]


def _declared(content_type: str) -> str:
    """Return "text", "PDF", "ZIP", "" for what says nothing, or the name of something else."""
    name = content_type.partition(";")[0].strip().lower()
    main, _, kind = name.partition("/")
    if _UNKNOWN.fullmatch(name):
        return ""
    if main in _MEDIA or name in _CODE:
        return name[:60]
    if kind in {"pdf", "x-pdf"}:
        return "PDF"
    if kind in {"zip", "x-zip-compressed"} or name == _DOCX:
        return "ZIP"
    return "text" if main == "text" or _TEXTUAL.search(kind) else name[:60]


def _seen(body: bytes) -> str:
    """Return "text", "PDF", "ZIP", or what the first bytes say that it is."""
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    return "text" if b"\x00" not in head or body.startswith(_WIDE) else "something that is no text"


def _refused(accept: Accept, declared: str, seen: str, host: str) -> FetchError:
    problem, wanted, remedy = _WANTED[accept]
    sent = "text" if seen == "text" and declared in {"", "text"} else seen
    said = f" that it calls {declared}" if declared not in {"", seen} else ""
    return FetchError(problem, f"{host} sends {wanted} but {sent}{said}", remedy=remedy)
