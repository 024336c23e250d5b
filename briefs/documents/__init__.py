"""Bytes in, documents out: one reader for each format, and the same rules for all of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from briefs import words
from briefs.documents import (
    clean,
    dates,
    decoding,
    docx,
    html,
    json_lines,
    known,
    language,
    mail,
    markdown,
    media,
    members,
    pdf,
    posts,
    quarantine,
    text,
)
from briefs.documents.parts import Parts
from briefs.errors import DocumentError
from briefs.model import PUBLIC, Document, Scope

FEED = "feed"  # where a date stood that is known from outside
LARGEST = 10_000_000  # bytes of one file, and characters of its text
LARGEST_HOLDER = 50_000_000  # bytes of one file that holds several documents

_TEXTS = {
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
}
_PLAIN = {".txt", ".text", ".md", ".markdown", ".jsonl", ".ndjson"}
_FILES = {".pdf": pdf.read, ".docx": docx.read, ".eml": mail.read}
_LINE = ".json"  # one line of a file of them, never a file of its own
HOLDERS = members.SUFFIXES  # files that hold several documents
SUFFIXES = (*_TEXTS, *_FILES, *HOLDERS)  # what can be read
_TYPES = {**media.TYPES, members.LINE: _LINE}
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.IGNORECASE)

_LONGEST_FIELD = 500
_TRUE = frozenset({"true", "yes", "on", "1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What is known of a file from the outside."""

    name: str  # as the user knows it; its suffix says the format
    identity: str = ""
    scope: Scope = PUBLIC
    modified: datetime | None = None
    content_type: str = ""  # as `media` tells it; it goes before the suffix of the name
    # Fields: title, source, author, url, date, language; and how, where the date in it is from.
    known: tuple[tuple[str, str], ...] = ()


def read(data: bytes, hint: Hint, *, now: datetime | None = None) -> Document:
    """Read one file; DocumentError says in a sentence why it cannot be read.

    *now* bounds the dates that are believed.
    """
    suffix = _suffix(hint)
    if suffix in HOLDERS:
        divide(data, name=hint.name)  # what is wrong with it comes first
        raise DocumentError(
            hint.name,
            "holds several documents: add it to the library, or give one of them by itself.",
        )
    if len(data) > LARGEST:
        raise DocumentError(hint.name, f"is larger than {LARGEST // 1_000_000} MB: split it.")
    parts = _parts(data, suffix, hint)
    if len(parts.text) > LARGEST:
        raise DocumentError(hint.name, f"has more than {LARGEST:,} characters: split it.")
    return _document(parts, hint, now or datetime.now(UTC))


def divide(data: bytes, *, name: str) -> tuple[members.Member, ...]:
    """Return what a file of HOLDERS holds; DocumentError when it cannot be opened."""
    if len(data) > LARGEST_HOLDER:
        limit = LARGEST_HOLDER // 1_000_000
        raise DocumentError(name, f"is larger than {limit} MB: split it.")
    return members.divide(data, name=name, largest=LARGEST, wanted=frozenset(SUFFIXES))


def holds_several(name: str) -> bool:
    """Return whether a file of this *name* holds documents, and is none itself."""
    return PurePath(name).suffix.casefold() in HOLDERS


def of(
    text: str,
    *,
    title: str = "",
    source: str = "",
    author: str = "",
    url: str = "",
    language: str = "",
    published: datetime | None = None,
    published_how: str = "",
    identity: str = "",
    scope: Scope = PUBLIC,
    sample: bool = False,
) -> Document:
    """Make a document of *text* exactly as it is given, so that the caller's offsets hold."""
    return Document(
        text=text,
        title=title,
        source=source,
        author=author,
        url=url,
        language=_tell(text, declared=language),
        published=published,
        published_how=published_how,
        posts=posts.find(text),
        sample=sample,
        identity=identity,
        scope=scope,
    )


def is_fragile(name: str) -> bool:
    """Return whether a file of this *name* is one that a process of its own has to read.

    All are that somebody may have made in order to harm us, but for plain text: that has nothing
    to open.
    """
    path = PurePath(name)
    packed = any(part.casefold().endswith(".zip") for part in path.parts)
    return packed or path.suffix.casefold() not in _PLAIN


def _parts(data: bytes, suffix: str, hint: Hint) -> Parts:
    if not data:
        raise _empty(hint.name)
    if suffix in _FILES:
        return _FILES[suffix](data, name=hint.name)
    if suffix == _LINE:
        return json_lines.read(data, name=hint.name)
    try:
        raw = decoding.decode(data, name=hint.name, declared=_charset(data, hint))
    except DocumentError:
        if suffix != ".html" or not decoding.is_hardly_damaged(data):
            raise
        return _undamaged(data, hint)
    raw = clean.characters(raw)
    if not raw.strip():
        raise _empty(hint.name)
    return _TEXTS[suffix](raw, name=hint.name)


def _undamaged(data: bytes, hint: Hint) -> Parts:
    """Read a page with a few bad bytes, as long as they are nowhere in its article."""
    parts = html.read(clean.characters(decoding.patched(data)), name=hint.name)
    if any(decoding.BAD in each for each in (parts.text, *parts.fields.values())):
        raise DocumentError(hint.name, "has damaged letters in its article: save it again.")
    return parts


def _suffix(hint: Hint) -> str:
    kind = hint.content_type.partition(";")[0].strip().casefold()
    suffix = _TYPES.get(kind, PurePath(hint.name).suffix.casefold())
    if kind == media.FEED:
        raise DocumentError(hint.name, "is a feed, not an article: add it as a feed.")
    suffix = ".html" if suffix == ".htm" else suffix
    if suffix not in {*SUFFIXES, _LINE} or (suffix == _LINE and kind != members.LINE):
        raise DocumentError(hint.name, f"cannot be read: give one of {', '.join(SUFFIXES)}.")
    return suffix


def _charset(data: bytes, hint: Hint) -> str:
    sent = _CHARSET.search(hint.content_type)
    return sent[1] if sent else html.charset(data)


def _empty(name: str) -> DocumentError:
    return DocumentError(name, "is empty: put some text in it, or remove it.")


def _document(parts: Parts, hint: Hint, now: datetime) -> Document:
    body = clean.clean(parts.text)
    if not body:
        raise _empty(hint.name)
    own = {key: _field(value) for key, value in parts.fields.items()}
    outside = {key: _field(value) for key, value in hint.known}
    fields = known.merge(own, outside)
    title = fields.get("title") or _readable(hint.name)
    if why := quarantine.reason(title, body, is_page=parts.is_page):
        raise DocumentError(hint.name, why)
    stated = (
        (own.get("date", ""), outside.get("how") or parts.how),
        (outside.get("date", ""), FEED),
        (dates.told(body), "text"),
        (dates.in_address(fields["url"]), dates.ADDRESS),
    )
    published, how = dates.choose(stated, modified=hint.modified, now=now, name=hint.name)
    return Document(
        text=body,
        title=title,
        standfirst=fields.get("standfirst", ""),
        source=fields.get("source") or _host(own, outside, fields["url"]),
        author=fields.get("author", ""),
        url=fields["url"],
        language=_tell(body, declared=fields.get("language", "")),
        published=published,
        published_how=how,
        posts=posts.find(body),
        sample=fields.get("sample", "").casefold() in _TRUE,
        identity=hint.identity,
        scope=hint.scope,
    )


_tell = language.tell  # `of` has a parameter of the module's name


def _field(value: str) -> str:
    """Return *value* in one line, cut where it is absurdly long."""
    line = clean.line(value)
    return line[: words.cut(line, _LONGEST_FIELD)].rstrip()


def _host(own: Mapping[str, str], outside: Mapping[str, str], url: str) -> str:
    """Return the host that a page is on, as the name of its outlet; "" when *url* is no page's."""
    return known.host(url) if own.get("host") or outside.get("url") else ""


def _readable(name: str) -> str:
    """Return a title made of a file's name."""
    stem = PurePath(name).stem
    return _field(re.sub(r"[-_\s]+", " ", stem).strip() or stem)
