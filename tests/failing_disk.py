"""A disk that fails at the n-th write: SQLite's own way to the operating system, with a counter.

It stands between SQLite and its files, in this process, as a VFS that calls the one that was there:
what SQLite does about a failure is what it always does. What the disk answers is what the real one
answers on EIO and ENOSPC.
"""

import _sqlite3
import ctypes
from collections.abc import Callable
from ctypes import POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from enum import Enum

FULL, OK = 13, 0
_WRITE, _SYNC, _TRUNCATE, _DELETE = 778, 1034, 1546, 2570  # SQLITE_IOERR_…


class How(Enum):
    """What becomes of the write that fails, and of those after it."""

    ONCE = "an error, once"
    FULL = "no room, from then on"
    TORN = "half of it is written, and nothing after it"


class _Methods(Structure):
    """`sqlite3_io_methods`."""

    _names = (
        *("xClose", "xRead", "xWrite", "xTruncate", "xSync", "xFileSize", "xLock", "xUnlock"),
        *("xCheckReservedLock", "xFileControl", "xSectorSize", "xDeviceCharacteristics"),
        *("xShmMap", "xShmLock", "xShmBarrier", "xShmUnmap", "xFetch", "xUnfetch"),
    )
    _fields_ = [("iVersion", c_int), *((name, c_void_p) for name in _names)]


class _File(Structure):
    """`sqlite3_file`, as far as everybody may see it."""

    _fields_ = [("pMethods", POINTER(_Methods))]


class _Vfs(Structure):
    """`sqlite3_vfs`."""

    _names = (
        *("xOpen", "xDelete", "xAccess", "xFullPathname", "xDlOpen", "xDlError", "xDlSym"),
        *("xDlClose", "xRandomness", "xSleep", "xCurrentTime", "xGetLastError"),
        *("xCurrentTimeInt64", "xSetSystemCall", "xGetSystemCall", "xNextSystemCall"),
    )
    _fields_ = [
        *(("iVersion", c_int), ("szOsFile", c_int), ("mxPathname", c_int)),
        *(("pNext", c_void_p), ("zName", c_char_p), ("pAppData", c_void_p)),
        *((name, c_void_p) for name in _names),
    ]


_Open = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(_File), c_int, POINTER(c_int))
_Delete = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_Write = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = ctypes.CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = ctypes.CFUNCTYPE(c_int, c_void_p, c_int)

_library = ctypes.CDLL(_sqlite3.__file__)  # the very library that the module uses
_find, _register = _library.sqlite3_vfs_find, _library.sqlite3_vfs_register
_unregister = _library.sqlite3_vfs_unregister
_find.restype = POINTER(_Vfs)
_find.argtypes = [c_char_p]
_register.argtypes = [POINTER(_Vfs), c_int]
_unregister.argtypes = [POINTER(_Vfs)]


class Disk:
    """Counts what is written while the block lasts, and fails at number *fail_at*; 0: never.

    *met* is called instead when it is given: to die there.
    """

    def __init__(
        self, fail_at: int = 0, how: How = How.ONCE, met: Callable[[], None] | None = None
    ) -> None:
        self.calls = 0
        self.fail_at = fail_at
        self.how = how
        self._met = met
        self._kept: list[object] = []  # what SQLite points to must not be collected
        self._tables: dict[int, ctypes.Array | object] = {}

    @property
    def failed(self) -> bool:
        """Whether the write that fails was reached."""
        return 0 < self.fail_at <= self.calls

    def __enter__(self) -> "Disk":
        self._real = _find(None)
        self._vfs = _Vfs.from_buffer_copy(self._real.contents)
        self._vfs.zName = b"failing"
        self._vfs.pNext = None
        self._vfs.xOpen = self._keep(_Open(self._open))
        self._vfs.xDelete = self._keep(_Delete(self._delete))
        assert _register(ctypes.byref(self._vfs), 1) == OK
        return self

    def __exit__(self, *_: object) -> None:
        assert _register(self._real, 1) == OK
        assert _unregister(ctypes.byref(self._vfs)) == OK

    def _fails(self) -> bool:
        """Count one more; tell whether it fails."""
        self.calls += 1
        if self._met is not None and self.calls == self.fail_at:
            self._met()
        if not self.fail_at or self.calls < self.fail_at:
            return False
        return self.calls == self.fail_at or self.how is not How.ONCE

    def _error(self, kind: int) -> int:
        return FULL if self.how is How.FULL and kind == _WRITE else kind

    def _open(self, vfs, name, file, flags, out):
        status = _Open(self._real.contents.xOpen)(vfs, name, file, flags, out)
        if file.contents.pMethods:
            file.contents.pMethods = self._wrapped(file.contents.pMethods)
        return status

    def _delete(self, vfs, name, sync):
        if self._fails():
            return self._error(_DELETE)
        return _Delete(self._real.contents.xDelete)(vfs, name, sync)

    def _wrapped(self, methods):
        """Return a copy of *methods* with everything that writes replaced."""
        address = ctypes.addressof(methods.contents)
        if address not in self._tables:
            real = methods.contents
            made = _Methods.from_buffer_copy(real)
            made.xWrite = self._keep(_Write(self._writes(_Write(real.xWrite))))
            truncate = self._guard(_Truncate(real.xTruncate), _TRUNCATE)
            made.xTruncate = self._keep(_Truncate(truncate))
            made.xSync = self._keep(_Sync(self._guard(_Sync(real.xSync), _SYNC)))
            self._tables[address] = made
        return ctypes.pointer(self._tables[address])

    def _writes(self, real):
        def write(file, data, size, offset):
            if not self._fails():
                return real(file, data, size, offset)
            if self.how is How.TORN and self.calls == self.fail_at:
                real(file, data, size // 2, offset)
            return self._error(_WRITE)

        return write

    def _guard(self, real, kind):
        def call(file, value):
            return self._error(kind) if self._fails() else real(file, value)

        return call

    def _keep(self, callback):
        self._kept.append(callback)
        return ctypes.cast(callback, c_void_p)
