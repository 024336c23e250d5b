"""Paths and uploads in, named sources of bytes out."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from briefs import documents
from briefs.errors import DocumentError
from briefs.model import PUBLIC, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a document is read from: a file, or bytes that are at hand."""

    identity: str
    name: str
    scope: Scope = PUBLIC
    path: Path | None = None
    data: bytes = b""
    modified: datetime | None = None

    def read(self) -> bytes:
        """Return the bytes, no more than can be a document; DocumentError if there are none."""
        if self.path is None:
            return self.data
        try:
            with self.path.open("rb") as stream:
                return stream.read(documents.LARGEST + 1)
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
        modified=modified,
    )


def identity(path: Path) -> str:
    """Return what makes the file at *path* the same document when it is read again."""
    return f"file:{os.path.realpath(path)}"  # unlike Path.resolve it survives a loop of links


def upload(data: bytes, name: str, *, scope: Scope, now: datetime) -> Source:
    """Name bytes that somebody gave us as a source; the same bytes are the same document."""
    digest = sha256(data).hexdigest()[:32]
    return Source(identity=f"upload:{digest}", name=name, scope=scope, data=data, modified=now)


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file; check the path"
        case PermissionError():
            return "it may not be read; give the user that runs Daybrief read permission"
        case IsADirectoryError():
            return "is a folder; name its files, or put it under documents.folders"
    return f"could not be read ({error.strerror}); check the disk it lies on"
