"""A database in, transactions out: readers from a pool, and who writes, one after the other."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from briefs.database import sqlite
from briefs.errors import BusyError, StoreError

BUSY = 5.0  # seconds to wait for another process
_PATIENCE = 30.0  # seconds to wait for another thread of our own, which is known to finish
_SERVERS = ("postgresql://", "postgres://")


class Backend(Protocol):
    """What a kind of database does in its own way."""

    @property
    def name(self) -> str:
        """Say what users know it by."""

    @property
    def url(self) -> str:
        """Return the address by which another process opens it."""

    @property
    def shared(self) -> bool:
        """Tell whether several processes may write to it."""

    def engines(self, *, readonly: bool, busy: float) -> tuple[Engine, Engine]:
        """Return an engine whose transactions see one moment, and one that writes.

        *busy* is how long, in seconds, a lock of another process is waited for.
        """

    def writing(
        self, connection: Connection, *, durable: bool, alone: bool
    ) -> AbstractContextManager[None]:
        """Hold a transaction on *connection*; *alone*, nobody else writes until it ends."""

    def in_words(self, error: BaseException | None) -> StoreError:
        """Say what the driver's *error* means, and what to do."""


class Database:
    """One SQLite file, or one database of a PostgreSQL server; several threads may use it at once.

    *busy* is how long, in seconds, a lock of another process is waited for.
    """

    def __init__(self, place: Path | str, *, readonly: bool = False, busy: float = BUSY) -> None:
        self.backend = _backend(place)
        self.name, self.url = self.backend.name, self.backend.url
        self.shared = self.backend.shared
        self.readonly = readonly
        self._lock = threading.Lock()
        self._closed = False
        self._readers, self._writer = self.backend.engines(readonly=readonly, busy=busy)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        del kind, error, traceback
        self.close()

    @property
    def path(self) -> Path:
        """Return the file; StoreError when it is on a server."""
        if not isinstance(self.backend, sqlite.File):
            raise StoreError(f"{self.name} is on a server, not in a file.")
        return self.backend.path

    def close(self) -> None:
        """Close every connection; the writer last, so that it can fold the log into the file.

        A write that another thread is at is waited for: it would be left without its connection.
        """
        waited = self._lock.acquire(timeout=_PATIENCE)
        self._closed = True
        try:
            self._readers.dispose()
            self._writer.dispose()
        finally:
            if waited:
                self._lock.release()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection on which every query sees the same moment; raise StoreError."""
        with self._in_words(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def write(self, *, durable: bool = False, alone: bool = True) -> Iterator[Connection]:
        """Give a connection that writes, in a transaction that is kept unless an error escapes.

        A *durable* one is on the disk when this returns, even if the power fails. One that is not
        *alone* locks the rows that it needs, and on a server runs beside others. Raise BusyError
        when another process or thread does not let go, StoreError when the database refuses.
        """
        if self.readonly:
            raise StoreError(f"{self.name} was opened for reading only.")
        with ExitStack() as stack:
            if alone or not self.shared:
                stack.enter_context(self._turn())
            stack.enter_context(self._in_words())
            connection = stack.enter_context(self._writer.connect())
            stack.enter_context(self.backend.writing(connection, durable=durable, alone=alone))
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for the other threads that write."""
        if not self._lock.acquire(timeout=_PATIENCE):
            raise BusyError(f"{self.name} is busy with a long write: try again in a minute.")
        try:
            if self._closed:
                raise StoreError(f"{self.name} is closed: the program is about to end.")
            yield
        finally:
            self._lock.release()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self.backend.in_words(error.orig) from error
        except PoolTimeoutError as error:
            raise BusyError(f"{self.name} is busy: try again in a minute.") from error
        except (OverflowError, UnicodeEncodeError) as error:
            raise StoreError(f"A value does not fit into {self.name}.") from error


def on_server(url: str) -> bool:
    """Tell whether *url* names a database of a PostgreSQL server."""
    return url.startswith(_SERVERS)


def _backend(place: Path | str) -> Backend:
    if isinstance(place, Path):
        return sqlite.File(place)
    try:
        from briefs.database import postgres
    except ImportError as error:
        raise StoreError(
            "PostgreSQL needs another package: pip install -c constraints.txt -e '.[postgres]'"
        ) from error
    return postgres.Server(place.replace("postgres://", "postgresql://", 1))
