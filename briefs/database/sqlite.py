"""What only SQLite can do: addresses, pragmas, the words for its errors, copies and checks."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from briefs.errors import BusyError, StoreError

log = logging.getLogger(__name__)

APPLICATION = 0x44427266  # "DBrf", in the header of each of our files
_SAFE = (3, 51, 3)  # before it, two connections that write at once may damage the file
_SCHEME = "sqlite:///"
_READERS = 16
_FOREVER = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA mmap_size = 0",
)
_WRITING = (
    "PRAGMA page_size = 4096",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA journal_size_limit = 67108864",
)
_LOCKED = "{name} is locked by another program: close it and try again."
_FORBIDDEN = "{name} may not be written: allow this user to write to {folder}."
_WORDS = {
    sqlite3.SQLITE_FULL: "The disk is full: make room in {folder}; nothing was lost.",
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_NOTADB: "{path} is not a database: name another file in storage.url.",
    sqlite3.SQLITE_CORRUPT: "{name} is damaged: run `daybrief doctor`, or restore a backup.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened: check that {folder} may be written to.",
    sqlite3.SQLITE_IOERR: "{name} could not be read or written ({error}): check the disk.",
}


class File:
    """A database in a file. One process writes to it."""

    shared = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.url = f"{_SCHEME}{path.absolute()}"  # workers are in a folder of their own

    def engines(self, *, readonly: bool, busy: float) -> tuple[Engine, Engine]:
        """Return the engine of readers, and that of the one connection that writes."""
        readers = create_engine(
            "sqlite://",
            creator=lambda: connect(self.path, readonly=readonly, queries=True, busy=busy),
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=_READERS - 4,
            hide_parameters=True,  # an error's text must not show a document's
        )
        writer = create_engine(
            "sqlite://",
            creator=lambda: connect(self.path, readonly=readonly, queries=False, busy=busy),
            poolclass=StaticPool,  # two connections that write and checkpoint can corrupt the file
            hide_parameters=True,
        )
        _begin_with("BEGIN", readers)
        _begin_with("BEGIN IMMEDIATE", writer)
        return readers, writer

    @contextmanager
    def writing(self, connection: Connection, *, durable: bool, alone: bool) -> Iterator[None]:
        """Hold a transaction; nobody else ever writes meanwhile."""
        del alone
        make_durable(connection, durable=durable)
        with connection.begin():
            yield

    def in_words(self, error: BaseException | None) -> StoreError:
        """Say what SQLite's *error* means, and what to do."""
        return in_words(error, self.path)


def _begin_with(statement: str, engine: Engine) -> None:
    """Begin transactions by *statement*: the driver would begin late, and never for a read."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def path_of(url: str) -> Path:
    """Return the file that *url* names; StoreError when it is no SQLite file."""
    if not url.startswith(_SCHEME):
        scheme = url.partition(":")[0].partition("+")[0]
        raise StoreError(
            f"{scheme!r} is not supported: use {_SCHEME}daybrief.db or postgresql://HOST/DATABASE "
            "as storage.url."
        )
    rest = url.removeprefix(_SCHEME)
    if rest in {"", ":memory:"}:
        raise StoreError(f"storage.url names no file: use {_SCHEME}daybrief.db.")
    return Path(rest).absolute()


def connect(path: Path, *, readonly: bool, queries: bool, busy: float) -> sqlite3.Connection:
    """Open *path* with every pragma set; one for *queries* refuses to write."""
    mode = "ro" if readonly else "rwc"
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        timeout=busy,
        isolation_level=None,  # transactions are ours
        check_same_thread=False,  # the pool lends a connection to one thread at a time
    )
    try:
        for pragma in _FOREVER if queries or readonly else _FOREVER + _WRITING:
            connection.execute(pragma)
        if queries:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def make_durable(connection: Connection, *, durable: bool) -> None:
    """Let the next transaction wait for the disk, or not; outside a transaction only."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute("PRAGMA synchronous = FULL" if durable else "PRAGMA synchronous = NORMAL")


def in_words(error: BaseException | None, path: Path) -> StoreError:
    """Say what SQLite's *error* on *path* means, and what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    words = _WORDS.get(code, "{name} would not answer: {error}.")
    kind = BusyError if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} else StoreError
    return kind(words.format(name=path.name, path=path, folder=path.parent, error=error))


def warn_of_old_library() -> None:
    """Log when the SQLite library has the bug that a single writer keeps clear of."""
    if sqlite3.sqlite_version_info < _SAFE:
        log.info(
            "SQLite %s is older than 3.51.3: Daybrief is safe with one process on one file",
            sqlite3.sqlite_version,
        )


def copy(path: Path, target: Path) -> None:
    """Write a copy of the database *path*, as it is at one moment, to *target*; check it.

    It appears under its name when it is complete and on the disk, and not before. Writers go on.
    Raises StoreError when it cannot be read, or written there.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    remove(part)
    try:
        with closing(connect(path, readonly=True, queries=False, busy=5.0)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        verify(part)
        sync(part)
        part.replace(target)
        sync(target.parent)
    except sqlite3.Error as error:
        raise in_words(error, target) from error
    finally:
        remove(part)


def verify(path: Path) -> None:
    """Raise StoreError when *path* is not a sound database."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.Error as error:
        raise in_words(error, path) from error
    if rows != [("ok",)]:
        raise StoreError(f"{path} is damaged: take another backup.")


def fold_log(path: Path) -> None:
    """Move all that was written into the file itself, so that the file alone is the database."""
    try:
        with closing(connect(path, readonly=False, queries=False, busy=5.0)) as connection:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise in_words(error, path) from error
    if busy:
        raise BusyError(f"{path.name} is being read by another program: close it and try again.")
    _remove_beside(path)


def remove(path: Path) -> None:
    """Remove the database *path* with all that belongs to it, as far as it is there.

    A log that stayed behind would be read into the next file of that name.
    """
    path.unlink(missing_ok=True)
    _remove_beside(path)


def _remove_beside(path: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until *path*, a file or a folder, is on the disk."""
    if os.name == "nt":  # folders cannot be opened there, and files need to be writable
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
