"""Paths and uploads in, named sources of bytes out."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from briefs import documents
from briefs.documents.members import LINE, Member
from briefs.errors import DocumentError
from briefs.model import PUBLIC, Entry, Scope, Waiting

_PATIENCE = 60.0  # seconds that any document may take
_PATIENCE_FOR_A_BYTE = 30e-6  # seconds: 10 MB of prose take four minutes on a slow machine
_PACKED = 4  # how much larger text is than its archive

WITHIN = "#"  # stands between a file and a document in it, in the identity of that


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a document is read from: a file, or bytes that are at hand."""

    identity: str
    name: str
    scope: Scope = PUBLIC
    path: Path | None = None  # as it was named
    place: Path | None = None  # the same from the root: who reads it may be in another folder
    data: bytes = b""
    modified: datetime | None = None
    content_type: str = ""
    member: str = ""  # which document of a file that holds several
    fault: str = ""  # why that document cannot be taken out of its file
    known: tuple[tuple[str, str], ...] = ()  # what is known of it from outside, as documents.Hint
    backlog: bool = False  # a feed held it when it was added: it is no news

    def read(self) -> bytes:
        """Return the bytes, no more than can be a document; DocumentError if there are none."""
        if self.fault:
            raise DocumentError(self.name, self.fault)
        if self.path is None:
            return self.data
        place = self.place or self.path
        if self.member:
            return _member(place, self.member, self.name)
        several = documents.holds_several(self.name)
        largest = documents.LARGEST_HOLDER if several else documents.LARGEST
        try:
            with place.open("rb") as stream:
                return stream.read(largest + 1)
        except OSError as error:
            raise DocumentError(str(self.path), _why(error)) from error


def file(path: Path, *, scope: Scope = PUBLIC) -> Source:
    """Name the file at *path* as a source; DocumentError when it is not there to be read."""
    try:
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError) as error:
        why = _why(error) if isinstance(error, OSError) else "its time is impossible; touch it"
        raise DocumentError(str(path), why) from error
    if path.is_dir():
        raise DocumentError(str(path), _why(IsADirectoryError()))
    if not path.is_file():
        raise DocumentError(str(path), "is a device or a pipe; name a file")
    return Source(
        identity=identity(path),
        name=path.name,
        scope=scope,
        path=path,
        place=path.absolute(),
        modified=modified,
    )


def opened(source: Source) -> tuple[Source, ...]:
    """Return the sources in *source*, a file that holds several documents; or else *source*.

    Those in a file on disk are read from there again when they are wanted, so that a folder of
    archives is never in memory whole. DocumentError when it cannot be opened.
    """
    if not documents.holds_several(source.name):
        return (source,)
    found = documents.divide(source.read(), name=source.name)
    if source.path is None:
        return tuple(_given(source, member) for member in found)
    return tuple(
        replace(
            source,
            identity=f"{source.identity}{WITHIN}{member.key}",
            name=member.name,
            content_type=member.content_type,
            member=member.key,
            fault=member.fault,
        )
        for member in found
    )


def _given(source: Source, member: Member) -> Source:
    """Return a member of what somebody gave us: the same bytes are the same document."""
    return replace(
        source,
        identity=_digest(member.data or member.key.encode(errors="replace")),
        name=member.name,
        data=member.data,
        content_type=member.content_type,
        fault=member.fault,
    )


def _member(path: Path, key: str, name: str) -> bytes:
    try:
        stat = path.stat()
        return _members(path, stat.st_size, stat.st_mtime_ns)[key]
    except OSError as error:
        raise DocumentError(name, _why(error)) from error
    except KeyError as error:
        raise DocumentError(name, "was changed while it was read; it will be read again") from error


@lru_cache(maxsize=1)  # the members of a file come one after another
def _members(path: Path, size: int, modified: int) -> dict[str, bytes]:  # noqa: ARG001 - the key
    found = documents.divide(file(path).read(), name=path.name)
    return {member.key: member.data for member in found}


def let_go() -> None:
    """Drop from memory what was read last of a file that holds several documents."""
    _members.cache_clear()


def identity(path: Path) -> str:
    """Return what makes the file at *path* the same document when it is read again."""
    return f"file:{os.path.realpath(path)}"  # unlike Path.resolve it survives a loop of links


def upload(data: bytes, name: str, *, scope: Scope, now: datetime) -> Source:
    """Name bytes that somebody gave us as a source; the same bytes are the same document."""
    return Source(identity=_digest(data), name=name, scope=scope, data=data, modified=now)


def page(
    data: bytes,
    *,
    url: str,
    content_type: str,
    scope: Scope,
    identity: str,
    known: Sequence[tuple[str, str]] = (),
) -> Source:
    """Name bytes that were fetched from *url* as a source; their format is told from themselves."""
    kind = documents.media.tell(data, content_type=content_type, url=url)
    told = dict(known)
    return Source(
        identity=identity,
        name=documents.media.name(url, kind),
        scope=scope,
        data=data,
        content_type=kind,
        known=tuple({**told, "url": told.get("url") or url}.items()),
    )


def entry(entry: Entry, *, identity: str, scope: Scope, source: str) -> Source:
    """Name what a feed says of *entry* as a source; *source* is the outlet."""
    name = entry.title or entry.url or source
    return _line(entry.line(source), name=name, identity=identity, scope=scope)


def waiting(waiting: Waiting) -> Source:
    """Name a document on its way into the library as a source: an entry of a feed, or its page."""
    identity, scope = waiting.identity, waiting.scope
    if not waiting.url:
        found = _line(waiting.data, name=waiting.name, identity=identity, scope=scope)
    else:
        found = page(
            waiting.data,
            url=waiting.url,
            content_type=waiting.content_type,
            scope=scope,
            identity=identity,
            known=waiting.known,
        )
    return replace(found, backlog=waiting.backlog)


def _line(data: bytes, *, name: str, identity: str, scope: Scope) -> Source:
    """Name a JSON line as a source; no title passes for the name of a file of some format."""
    shown = f"\u201c{name}\u201d"
    return Source(
        identity=identity,
        name=shown,
        scope=scope,
        data=data,
        content_type=LINE,
        known=(("how", documents.FEED),),
    )


def patience(source: Source) -> float:
    """Return for how many seconds *source* may be analysed before it is given up."""
    size = len(source.data)
    if place := source.place or source.path:
        with suppress(OSError):
            size = place.stat().st_size
    if source.member:
        size *= _PACKED
    return _PATIENCE + _PATIENCE_FOR_A_BYTE * min(size, documents.LARGEST)


def _digest(data: bytes) -> str:
    return f"upload:{sha256(data).hexdigest()[:32]}"


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file; check the path"
        case PermissionError():
            return "it may not be read; give the user that runs Daybrief read permission"
        case IsADirectoryError():
            return "is a folder; name its files, or put it under documents.folders"
    return f"could not be read ({error.strerror}); check the disk it lies on"
