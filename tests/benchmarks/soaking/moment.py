"""A clock that several processes share, and that one of them moves forward."""

import mmap
import struct
import time
from datetime import UTC, datetime
from pathlib import Path

_FORM = struct.Struct("d")


class Moment:
    """The time of day, so many seconds ahead as stands in the file *path*."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_FORM.pack(0.0))
        with path.open("r+b") as file:
            self._ahead = mmap.mmap(file.fileno(), _FORM.size)

    def seconds(self) -> float:
        """Return the seconds since the epoch."""
        return time.time() + _FORM.unpack_from(self._ahead)[0]

    def now(self) -> datetime:
        """Return the same as a time in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def advance(self, seconds: float) -> None:
        """Let *seconds* pass at once, for everybody."""
        _FORM.pack_into(self._ahead, 0, _FORM.unpack_from(self._ahead)[0] + seconds)
