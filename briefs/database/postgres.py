"""What only PostgreSQL can do: addresses, connections, transactions, the words for its errors."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.adapt import Loader
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from briefs.database import declarations
from briefs.errors import BusyError, StoreError

log = logging.getLogger(__name__)

_WRITER = 0x44427266  # "DBrf": the lock of who writes to the library
_PATIENCE = 30  # seconds to wait for another writer, of this process or of another
_SHORT = 5  # seconds to wait for a row that another process writes
_ASLEEP = 25  # seconds of nothing in a transaction, after which its process counts as frozen
_SLOWEST = 2  # seconds that a query behind a command may take
_CONNECT = 5  # seconds to wait for an answer
_READERS = 8
# a process that was frozen in a transaction must not keep its locks from the others
_WRITING = (
    "SELECT set_config('synchronous_commit', %s, true), set_config('lock_timeout', %s, true), "
    "set_config('idle_in_transaction_session_timeout', %s, true)"
)
_WORDS = {
    "3D000": ("has no database {database}", "make it with `createdb {database}`"),
    "28": ("refused the user or the password", "correct storage.url"),
    "42501": ("does not let this user do that", "make it the owner of {database}"),
    "53100": ("has a full disk", "make room on it; nothing was lost"),
    "53": ("has no room for another connection", "close some, or raise max_connections"),
    "25006": ("only lets its database be read", "name the primary server in storage.url"),
    "57014": ("took too long to answer", "ask for less, or try again when it is less busy"),
}
# a lock that was not had in time, ones that crossed, a transaction that was ended while we slept
_BUSY = {"55P03", "40P01", "40001", "25P03"}
_NO_ANSWER = ("does not answer", "start it, or correct storage.url, and try again")


class _Number(Loader):
    """Read a sum of whole numbers as the whole number that it is."""

    def load(self, data: Any) -> int | float:  # noqa: ANN401 - psycopg's buffers
        """Return the number that *data* spells."""
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


class Server:
    """A database of a PostgreSQL server. Several processes may use it at once."""

    shared = True

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self._address = make_url(url).set(drivername=declarations.DRIVER)
        except (ArgumentError, ValueError) as error:
            raise StoreError(
                "storage.url is no address of a database: write "
                "postgresql://USER:PASSWORD@HOST/DATABASE."
            ) from error
        self.name = self._address.database or "the database"

    def engines(self, *, readonly: bool, busy: float) -> tuple[Engine, Engine]:
        """Return the engine of readers, each of which sees one moment, and that of writers."""
        del readonly, busy  # a reader never writes, and who writes waits for its turn
        readers = self._engine(
            pool_size=4,
            max_overflow=_READERS - 4,
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        )
        _at_most(readers, _SLOWEST)
        # the driver forgets how many rows an insert made, once its cursor is closed
        writers = self._engine(
            pool_size=2, max_overflow=2, execution_options={"preserve_rowcount": True}
        )
        return readers, writers

    @contextmanager
    def writing(self, connection: Connection, *, durable: bool, alone: bool) -> Iterator[None]:
        """Hold a transaction; *alone*, no other process writes to the library meanwhile."""
        with connection.begin():
            patience = _PATIENCE if alone else _SHORT
            connection.exec_driver_sql(
                _WRITING, ("on" if durable else "off", f"{patience}s", f"{_ASLEEP}s")
            )
            if alone:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
            yield

    def in_words(self, error: BaseException | None) -> StoreError:
        """Say what PostgreSQL's *error* means, and what to do; never with the password."""
        code = str(getattr(error, "sqlstate", None) or "")
        if code in _BUSY:
            return BusyError(f"{self.name} is busy with a long write: try again in a minute.")
        found = _trouble(error, code)
        if found is None:
            first = str(error).partition("\n")[0]
            return StoreError(f"{self.name} would not answer: {first}.")
        trouble, remedy = (part.format(database=self.name) for part in found)
        return StoreError(f"The store is unavailable: {self._server()} {trouble}: {remedy}.")

    def dumped(self) -> tuple[str, dict[str, str]]:
        """Return the address for pg_dump without the password, and this for its environment."""
        address = self._address.set(drivername="postgresql", password=None)
        password = self._address.password
        return address.render_as_string(), {"PGPASSWORD": str(password)} if password else {}

    def _engine(self, **options: Any) -> Engine:  # noqa: ANN401 - SQLAlchemy's own
        engine = create_engine(
            _with_defaults(self._address),
            pool_pre_ping=True,  # a server that was restarted is found again
            hide_parameters=True,  # an error's text must not show a document's
            connect_args={"prepare_threshold": None},  # for poolers between us and the server
            **options,
        )

        @event.listens_for(engine, "connect")
        def connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
            connection.adapters.register_loader("numeric", _Number)

        return engine

    def _server(self) -> str:
        return f"PostgreSQL at {self._address.host or 'this machine'}"


def _with_defaults(address: URL) -> URL:
    known = {"connect_timeout": str(_CONNECT), "application_name": "daybrief"}
    return address.set(query={**known, **address.query})


def _at_most(engine: Engine, seconds: int) -> None:
    """End every statement of *engine* that takes longer."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
        connection.execute(f"SET statement_timeout = {seconds * 1000}")
        connection.commit()


def _trouble(error: BaseException | None, code: str) -> tuple[str, str] | None:
    """Return what is wrong and the remedy; None for what is no trouble of the server."""
    if not code:
        return _from_text(str(error)) if isinstance(error, psycopg.OperationalError) else None
    known = _WORDS.get(code) or _WORDS.get(code[:2])
    return known or (_NO_ANSWER if code[:2] in {"08", "57"} else None)


def _from_text(text: str) -> tuple[str, str]:
    """Tell why a connection was refused: the driver gives no code for that."""
    if "does not exist" in text and "database" in text:
        return _WORDS["3D000"]
    if "authentication" in text or "role" in text or "password" in text:
        return _WORDS["28"]
    if "too many" in text or "remaining connection slots" in text:
        return _WORDS["53"]
    return _NO_ANSWER
