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
    language,
    mail,
    markdown,
    members,
    pdf,
    posts,
    text,
)
from briefs.documents.parts import Parts
from briefs.errors import DocumentError
from briefs.model import PUBLIC, Document, Scope

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
_FILES = {".pdf": pdf.read, ".docx": docx.read, ".eml": mail.read}
_LINE = ".json"  # one line of a file of them, never a file of its own
HOLDERS = members.SUFFIXES  # files that hold several documents
SUFFIXES = (*_TEXTS, *_FILES, *HOLDERS)  # what can be read
_TYPES = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
    members.LINE: _LINE,
}
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
    content_type: str = ""  # as sent over HTTP; used where the name has no suffix that is known


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
    """Return whether a file of this *name* is read by a library that may take its process along."""
    return PurePath(name).suffix.casefold() == ".pdf"


def _parts(data: bytes, suffix: str, hint: Hint) -> Parts:
    if not data:
        raise _empty(hint.name)
    if suffix in _FILES:
        return _FILES[suffix](data, name=hint.name)
    if suffix == _LINE:
        return json_lines.read(data, name=hint.name)
    raw = clean.characters(decoding.decode(data, name=hint.name, declared=_charset(data, hint)))
    if not raw.strip():
        raise _empty(hint.name)
    return _TEXTS[suffix](raw, name=hint.name)


def _suffix(hint: Hint) -> str:
    suffix = PurePath(hint.name).suffix.casefold()
    if hint.content_type == members.LINE or suffix not in SUFFIXES:
        suffix = _TYPES.get(hint.content_type.partition(";")[0].strip().casefold(), "")
    if not suffix:
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
    fields = {key: _field(value) for key, value in parts.fields.items()}
    stated = ((fields.get("date", ""), parts.how), (dates.told(body), "text"))
    published, how = dates.choose(stated, modified=hint.modified, now=now, name=hint.name)
    return Document(
        text=body,
        title=fields.get("title") or _readable(hint.name),
        standfirst=fields.get("standfirst", ""),
        source=fields.get("source", ""),
        author=fields.get("author", ""),
        url=_address(fields),
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


def _readable(name: str) -> str:
    """Return a title made of a file's name."""
    stem = PurePath(name).stem
    return _field(re.sub(r"[-_\s]+", " ", stem).strip() or stem)


def _address(fields: Mapping[str, str]) -> str:
    url = fields.get("url", "")
    return url if url.casefold().startswith(("http://", "https://")) and " " not in url else ""
