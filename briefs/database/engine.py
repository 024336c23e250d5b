"""A database file in, transactions out: readers from a pool, one writer behind a lock."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from briefs.database import sqlite
from briefs.errors import BusyError, StoreError

log = logging.getLogger(__name__)

BUSY = 5.0  # seconds to wait for another process
_PATIENCE = 30.0  # seconds to wait for another thread of our own, which is known to finish
_READERS = 16


class Database:
    """One SQLite file; several threads may use it at once.

    *busy* is how long, in seconds, a lock of another process is waited for.
    """

    def __init__(self, path: Path, *, readonly: bool = False, busy: float = BUSY) -> None:
        self.path = path
        self.readonly = readonly
        self._lock = threading.Lock()
        self._closed = False
        self._readers = create_engine(
            "sqlite://",
            creator=lambda: sqlite.connect(path, readonly=readonly, queries=True, busy=busy),
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=_READERS - 4,
            hide_parameters=True,  # an error's text must not show a document's
        )
        self._writer = create_engine(
            "sqlite://",
            creator=lambda: sqlite.connect(path, readonly=readonly, queries=False, busy=busy),
            poolclass=StaticPool,  # two connections that write and checkpoint can corrupt the file
            hide_parameters=True,
        )
        _begin_with("BEGIN", self._readers)
        _begin_with("BEGIN IMMEDIATE", self._writer)

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
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """Give the connection that writes, in a transaction that is kept unless an error escapes.

        A *durable* one is on the disk when this returns, even if the power fails. Raise BusyError
        when another process or thread does not let go, StoreError when the database refuses.
        """
        if self.readonly:
            raise StoreError(f"{self.path.name} was opened for reading only.")
        if not self._lock.acquire(timeout=_PATIENCE):
            raise BusyError(f"{self.path.name} is busy with a long write: try again in a minute.")
        try:
            if self._closed:
                raise StoreError(f"{self.path.name} is closed: the program is about to end.")
            with self._in_words(), self._writer.connect() as connection:
                sqlite.make_durable(connection, durable=durable)
                with connection.begin():
                    yield connection
        finally:
            self._lock.release()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise sqlite.in_words(error.orig, self.path) from error
        except (OverflowError, UnicodeEncodeError) as error:
            raise StoreError(f"A value does not fit into {self.path.name}.") from error


def _begin_with(statement: str, engine: Engine) -> None:
    """Begin transactions by *statement*: the driver would begin late, and never for a read."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)
