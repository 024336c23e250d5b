"""A store in, a checked copy out; a copy in, a store out; and what is wrong with one."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from briefs.database import Database, on_server, ownership, sqlite
from briefs.errors import StoreError
from briefs.store import dialect, dumps, opening, rows, tables
from briefs.store.installation import RESTORED

log = logging.getLogger(__name__)

_NEWEST = 200  # documents whose digests a quick check compares
_TOLD = 20  # complaints of one kind


def backup(database: Database, target: Path) -> None:
    """Write a checked copy of *database* to *target*, also while it is written to."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        dumps.write(database, target.absolute())
    except OSError as error:
        raise StoreError(f"{target} could not be written: {error.strerror or error}.") from error


def restore(url: str, path: Path, *, now: datetime) -> Path | None:
    """Put the backup *path* in the place of the store, and return where the old one is kept.

    Nothing that was due by *now* is posted again. Raise BusyError when a process has the store,
    StoreError when the backup is damaged, foreign or newer than this program; the store is then as
    it was. At any moment its name leads to the old or to the new one, never to a part.
    """
    if on_server(url):
        raise StoreError(
            "A database on a server is put back by PostgreSQL's own pg_restore: stop Daybrief and "
            f"run pg_restore --clean --if-exists --no-owner --dbname=ADDRESS {path}"
        )
    target = sqlite.path_of(url).resolve()
    if not path.is_file():
        raise StoreError(f"There is no backup {path}: name a file that `daybrief backup` wrote.")
    with ownership.owned(target):
        part = target.with_name(f".{target.name}.restoring")
        sqlite.remove(part)
        try:
            shutil.copyfile(path, part)
            _prepare(part, path, now)
            kept = _set_aside(target, now)
            part.replace(target)
            sqlite.sync(target.parent)
        except OSError as error:
            raise StoreError(f"{path} was not restored: {error.strerror or error}.") from error
        finally:
            sqlite.remove(part)
    log.info("restored %s; the old database is %s", path, kept)
    return kept


def check(database: Database, *, full: bool = False) -> tuple[str, ...]:
    """Return what is wrong with *database*, nothing when it is sound.

    A quick check looks at the pages and the newest documents; a *full* one at every index, every
    document, and on a copy, so that nobody waits for it, at the search index.
    """
    try:
        troubles = [*_pages(database, full=full), *_documents(database, full=full)]
        if full:
            with ExitStack() as stack:
                copy = database if database.shared else stack.enter_context(_copied(database))
                troubles += _search(copy)
    except StoreError as error:
        return (str(error),)
    return tuple(troubles)


def _prepare(part: Path, path: Path, now: datetime) -> None:
    """Check the copy *part* of the backup *path*, and note in it that it was restored."""
    try:
        sqlite.verify(part)
    except StoreError as error:
        raise StoreError(
            f"{path} is no backup, or it is damaged: name a file that `daybrief backup` wrote."
        ) from error
    with Database(part) as database:
        if opening.schema_of(database) is None:
            raise StoreError(f"{path} is empty: name a file that `daybrief backup` wrote.")
        note = [{"key": RESTORED, "value": now.isoformat()}]
        with database.write(durable=True) as connection:
            connection.execute(dialect.replacing(tables.installation), note)
    sqlite.fold_log(part)
    sqlite.sync(part)


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Give the store at *target* a second name, under which it stays."""
    if not target.exists():
        return None
    sqlite.fold_log(target)
    kept = target.with_name(f"{target.stem}-before-{now:%Y%m%dT%H%M%S}{target.suffix}")
    shutil.copyfile(target, kept)
    sqlite.sync(kept)
    return kept


def _pages(database: Database, *, full: bool) -> Iterator[str]:
    with database.read() as connection:
        yield from dialect.of(connection).damage(connection, full=full, most=_TOLD)


def _documents(database: Database, *, full: bool) -> Iterator[str]:
    """Compare what is stored of each document with the digest of what was kept."""
    document = tables.document.c
    last, told = 2**63 - 1, 0
    while told < _TOLD:
        query = rows.whole().where(document.id < last).order_by(document.id.desc())
        with database.read() as connection:
            found = connection.execute(query.limit(_NEWEST)).all()
        for row in found:
            if rows.digest(rows.document(row, text=row.text)) != row.digest:
                told += 1
                yield f"document {row.id} is not as it was kept"
            last = row.id
        if not full or not found:
            return


def _search(database: Database) -> Iterator[str]:
    try:
        with database.read() if database.shared else database.write() as connection:
            dialect.of(connection).check_index(connection)
    except StoreError as error:
        log.debug("search index: %s", error)
        yield "the search index differs from the texts: `daybrief doctor --repair` makes it anew"


@contextmanager
def _copied(database: Database) -> Iterator[Database]:
    """Give a copy of *database* that may be written to, and remove it after."""
    copy = database.path.with_name(f".{database.path.name}.checking")
    try:
        sqlite.copy(database.path, copy)
        with Database(copy) as copied:
            yield copied
    finally:
        sqlite.remove(copy)
