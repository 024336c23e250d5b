"""A database in, a copy of it in a file out: by SQLite itself, or by PostgreSQL's own pg_dump."""

import logging
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from briefs.database import Database, sqlite
from briefs.errors import StoreError

log = logging.getLogger(__name__)

_MISSING = (
    "PostgreSQL is backed up by its program pg_dump, which is not there: install "
    "postgresql-client, or back the server up yourself."
)


def write(database: Database, target: Path) -> None:
    """Write a checked copy of *database* to *target*, also while it is written to."""
    if database.shared:
        _dump(database, target)
    else:
        sqlite.copy(database.path, target)


def before_migration(database: Database, schema: str) -> None:
    """Copy an older database into `backups` beside it, before it is changed.

    A server's is not copied: it is changed in one transaction, and backing it up is the server's.
    """
    if database.shared:
        log.warning(
            "database %s is changed from schema %s, in one transaction", database.name, schema
        )
        return
    path = database.path
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    target = folder / f"{path.stem}-{schema}-{now:%Y%m%dT%H%M%S}.db"
    sqlite.copy(path, target)
    log.info("backup of schema %s in %s", schema, target)


def _dump(database: Database, target: Path) -> None:
    """Let pg_dump write; the file has its name when it is complete, and not before."""
    from briefs.database import postgres

    program = shutil.which("pg_dump")
    if program is None:
        raise StoreError(_MISSING)
    assert isinstance(database.backend, postgres.Server)
    address, secret = database.backend.dumped()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    command = [program, "--format=custom", "--no-owner", f"--file={part}", f"--dbname={address}"]
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments, and no shell
            command, env=os.environ | secret, capture_output=True, text=True, check=False
        )
        if done.returncode:
            why = (done.stderr.strip().splitlines() or ["it did not say why"])[0]
            raise StoreError(f"pg_dump could not back {database.name} up: {why}.")
        sqlite.sync(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
