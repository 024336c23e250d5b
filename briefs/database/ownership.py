"""A database file in, the right to write to it out: one process at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from briefs.errors import BusyError, StoreError


@contextmanager
def owned(path: Path) -> Iterator[None]:
    """Own the database *path* until this ends; BusyError, naming the owner, when it has one.

    The lock is the system's, on `<path>.lock`: it ends with the process, however that ends. The
    file stays, for to remove it would let two processes hold two locks of one name.
    """
    try:
        stream = path.with_name(f"{path.name}.lock").open("a+b")
    except OSError as error:
        raise StoreError(
            f"{path.parent} may not be written to ({error.strerror}): allow it, or name another "
            "file in storage.url."
        ) from error
    with stream:
        try:
            free = _lock(stream)
        except OSError as error:
            raise StoreError(
                f"{path.name} cannot be locked where it lies ({error.strerror}): move it to a "
                "local disk."
            ) from error
        if not free:
            raise BusyError(_in_use(path, stream))
        stream.truncate(0)
        stream.write(str(os.getpid()).encode())
        stream.flush()
        yield


def _in_use(path: Path, stream: BinaryIO) -> str:
    stream.seek(0)
    owner = stream.read(20).decode("ascii", "replace").strip()
    process = f"process {owner}" if owner.isdigit() else "another process"
    return (
        f"Daybrief ({process}) is using {path.name}: put the file in one of its folders, "
        "use /doc add, or stop it."
    )


if sys.platform == "win32":
    import msvcrt

    _BEYOND = 1 << 20  # a locked byte cannot be read by others, the owner's number can

    def _lock(stream: BinaryIO) -> bool:
        stream.seek(_BEYOND)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(stream: BinaryIO) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
