"""The address of a store in, its database out: owned, migrated, recognised as ours."""

import logging
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, select

from briefs import migrations
from briefs.database import Database, on_server, ownership, sqlite
from briefs.errors import NewerError, StoreError
from briefs.store import dialect, dumps, tables

log = logging.getLogger(__name__)

_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "9p"})
_SYNCED = ("dropbox", "onedrive", "google drive", "icloud", "nextcloud")


@contextmanager
def opened(url: str, *, readonly: bool, busy: float) -> Iterator[Database]:
    """Open the database that *url* names, and close it after.

    For writing it is made when it is missing, owned by this process, and brought to the newest
    schema after a backup. Raise BusyError, NewerError or another StoreError, with the remedy.
    """
    with ExitStack() as stack:
        place: Path | str = url
        if not on_server(url):
            place = sqlite.path_of(url).resolve()
            _check_place(place, readonly=readonly)
            if not readonly:
                stack.enter_context(ownership.owned(place))
                _warn(place)
        database = stack.enter_context(Database(place, readonly=readonly, busy=busy))
        schema = schema_of(database)
        if readonly and schema != migrations.newest():
            raise StoreError(
                f"{database.name} is of an older Daybrief, or empty: run `daybrief migrate` first."
            )
        if not readonly:
            _bring_up(database, schema)
        yield database


def schema_of(database: Database) -> str | None:
    """Return the revision of *database*, None when it is empty; NewerError when it is unknown."""
    with database.read() as connection:
        return _schema(connection, database)


def _schema(connection: Connection, database: Database) -> str | None:
    ours, empty = dialect.of(connection).header(connection)
    if empty:
        return None
    if not ours:
        kind = "database" if database.shared else "file"
        place = database.name if database.shared else database.path
        raise StoreError(f"{place} belongs to another program: name another {kind} in storage.url.")
    schema = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    if schema not in migrations.REVISIONS:
        raise NewerError(_newer(connection, database.name, schema))
    return schema


def program() -> str:
    """Return the version of this program."""
    return version("daybrief")


def _newer(connection: Connection, name: str, schema: str) -> str:
    value = tables.installation.c.value
    query = select(value).where(tables.installation.c.key == "version")
    writer = connection.execute(query).scalar() or "of an unknown version"
    return (
        f"{name} was written by Daybrief {writer} (schema {schema}); this is Daybrief "
        f"{program()} (schema {migrations.newest()}): update with `git pull` and the same install "
        "command, or restore a backup."
    )


def _check_place(path: Path, *, readonly: bool) -> None:
    """Raise StoreError when no database can lie at *path*."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it in storage.url.")
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder {path.parent}: make it, or change storage.url.")
    if readonly and not path.exists():
        raise StoreError(
            f"There is no {path.name} in {path.parent} yet: `daybrief preview` makes one, or "
            "correct storage.url."
        )


def _bring_up(database: Database, schema: str | None) -> None:
    """Migrate *database* when its *schema* is not the newest, and note who opened it."""
    if schema != migrations.newest():
        if schema:
            dumps.before_migration(database, schema)
        with database.write(durable=True) as connection:
            _migrate(connection, database)
            _sign(connection)
        log.info("database %s is now of schema %s", database.name, migrations.newest())
    elif _last_opened_by(database) != program():
        with database.write() as connection:
            _sign(connection)


def _migrate(connection: Connection, database: Database) -> None:
    """Bring the schema up, unless another process has done it while this one waited."""
    schema = _schema(connection, database)
    if schema is None and dialect.of(connection).make(connection):
        return
    if schema != migrations.newest():
        migrations.upgrade(connection)


def _sign(connection: Connection) -> None:
    """Write the version of this program, and once what tells this installation from others."""
    rows = [{"key": "version", "value": program()}]
    connection.execute(dialect.replacing(tables.installation), rows)
    rows = [{"key": "id", "value": secrets.token_hex(16)}]
    connection.execute(dialect.insert(tables.installation).on_conflict_do_nothing(), rows)


def _last_opened_by(database: Database) -> str | None:
    with database.read() as connection:
        query = select(tables.installation.c.value).where(tables.installation.c.key == "version")
        return connection.execute(query).scalar()


def _warn(path: Path) -> None:
    sqlite.warn_of_old_library()
    if _file_system(path) in _REMOTE or any(name in str(path).lower() for name in _SYNCED):
        log.warning(
            "%s lies on a network or synchronised folder, where databases get damaged: "
            "move it to a local disk",
            path,
        )


def _file_system(path: Path) -> str:
    """Return the kind of file system that *path* lies on, "" where the system does not tell."""
    if sys.platform != "linux":
        return ""
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    kinds = {Path(fields[1]): fields[2] for line in mounts if len(fields := line.split()) > 2}
    return next((kinds[each] for each in (path, *path.parents) if each in kinds), "")
