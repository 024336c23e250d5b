"""A file that holds several documents in, each of them out: ZIP archives and JSON lines.

What an archive says of itself is not believed: sizes are counted while it is read, and a name is
only ever a label, never a path.
"""

import hashlib
import io
import json
import stat
import zlib
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from briefs import words
from briefs.documents import clean
from briefs.errors import DocumentError

SUFFIXES = (".jsonl", ".ndjson", ".zip")
LINE = "application/json"  # the content type of one line

_MOST = 2_000  # members of an archive
_MOST_LINES = 10_000
_LARGEST_IN_ALL = 50_000_000  # bytes of all members, as they are read
_LONGEST_NAME = 200
_DIGITS = 16  # of the digest that tells one line from another
_LOCKED = 0x1  # the bit that says that a member is encrypted


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One document of a file that holds several."""

    key: str  # what makes it the same document when the file is read again; no two are equal
    name: str  # as its user finds it
    data: bytes
    content_type: str = ""
    fault: str = ""  # why it cannot be taken out; there is no data then


def divide(data: bytes, *, name: str, largest: int, wanted: Set[str]) -> tuple[Member, ...]:
    """Return the members of *data* that have one of the suffixes *wanted*, in their order.

    One that is longer than *largest* bytes is cut behind that many, so that its reader refuses it;
    one that is damaged or locked is there with its fault. DocumentError when nothing else is.
    """
    if name.casefold().endswith(".zip"):
        found = list(_unpacked(data, name, largest, wanted))
    else:
        found = list(_lines(data, name))
    if not found:
        raise DocumentError(name, "holds no document that can be read: put some in, or remove it.")
    if all(member.fault for member in found):
        raise DocumentError(found[0].name, found[0].fault)
    return tuple(_told_apart(found))


def _told_apart(found: list[Member]) -> Iterator[Member]:
    seen: dict[str, int] = {}
    for member in found:
        seen[member.key] = times = seen.get(member.key, 0) + 1
        key = member.key if times == 1 else f"{member.key} ({times})"
        yield replace(member, key=key)


def _lines(data: bytes, name: str) -> Iterator[Member]:
    """Yield each line that is not blank; a line with an address is known by that."""
    count = 0
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        count += 1
        if count > _MOST_LINES:
            raise DocumentError(name, f"has more than {_MOST_LINES:,} lines: split it.")
        yield Member(
            key=hashlib.sha256(_address(line) or line.strip()).hexdigest()[:_DIGITS],
            name=f"{name}, line {number}",
            data=line,
            content_type=LINE,
        )


def _address(line: bytes) -> bytes:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):  # its reader says what is wrong with it
        return b""
    url = told.get("url") if isinstance(told, dict) else None
    return url.strip().encode(errors="replace") if isinstance(url, str) else b""


def _unpacked(data: bytes, name: str, largest: int, wanted: Set[str]) -> Iterator[Member]:
    left = _LARGEST_IN_ALL
    with _opened(data, name) as archive:
        for entry in archive.infolist():
            label = _label(entry)
            suffix = PurePosixPath(label).suffix.casefold()
            if not _is_document(entry, label) or suffix not in wanted:
                continue
            most = min(largest, left) + 1
            try:
                body = _read(archive, entry, _shown(name, label), most)
            except DocumentError as error:
                left -= min(entry.file_size, most)  # no more than that was unpacked
                yield Member(key=label, name=error.name, data=b"", fault=error.reason)
                continue
            left -= len(body)
            if left < 0:
                limit = _LARGEST_IN_ALL // 1_000_000
                raise DocumentError(name, f"unpacks to more than {limit} MB: split it.")
            yield from _within(label, _shown(name, label), body)


def _within(label: str, name: str, body: bytes) -> Iterator[Member]:
    if PurePosixPath(label).suffix.casefold() in {".jsonl", ".ndjson"}:
        yield from _prefixed(label, _lines(body, name))
    else:
        yield Member(key=label, name=name, data=body)


def _prefixed(label: str, lines: Iterator[Member]) -> Iterator[Member]:
    for line in lines:
        yield Member(key=f"{label}#{line.key}", name=line.name, data=line.data, content_type=LINE)


def _shown(name: str, label: str) -> str:
    """Return the name of a member, which ends in its suffix."""
    return f"{name}/{label}"


def _opened(data: bytes, name: str) -> ZipFile:
    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, LargeZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        raise DocumentError(name, "is a damaged archive: pack it again.") from error
    if len(archive.infolist()) > _MOST:
        raise DocumentError(name, f"holds more than {_MOST:,} files: split it.")
    return archive


def _label(entry: ZipInfo) -> str:
    label = clean.line(entry.filename.replace("\\", "/"))
    if len(label) <= _LONGEST_NAME:
        return label
    return label[words.cut(label, len(label) - _LONGEST_NAME) :]  # the suffix is at its end


def _is_document(entry: ZipInfo, label: str) -> bool:
    """Tell a document from a folder, a link, and what a system or an editor left."""
    path = PurePosixPath(label)
    is_aside = any(part.startswith(("__MACOSX", "~")) for part in path.parts)
    is_hidden = path.name.startswith(".") or path.stem.upper() == "README"
    is_folder = entry.filename.endswith("/")  # is_dir() stumbles over an empty name
    return not (is_folder or stat.S_ISLNK(entry.external_attr >> 16) or is_aside or is_hidden)


def _read(archive: ZipFile, entry: ZipInfo, name: str, most: int) -> bytes:
    if entry.flag_bits & _LOCKED:
        raise DocumentError(name, "is locked with a password: pack it without one.")
    try:
        with archive.open(entry) as stream:
            return stream.read(most)
    except (
        BadZipFile, ValueError, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error,
    ) as error:  # fmt: skip
        raise DocumentError(name, "is damaged: pack the archive again.") from error
