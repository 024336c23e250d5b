"""What SQLite says in its own way: its full-text index, and what the file says of itself."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, text
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect

from briefs.database.sqlite import APPLICATION

COMPILER: Dialect = SQLiteDialect_pysqlite()

_INDEX = text(
    "INSERT INTO search (rowid, title, text, scope) VALUES (:document, :title, :text, :scope)"
)
_UNINDEX = text(
    "INSERT INTO search (search, rowid, title, text, scope) "
    "VALUES ('delete', :document, :title, :text, :scope)"
)
_REBUILD = text("INSERT INTO search (search) VALUES ('rebuild')")
_NEWEST = (
    "SELECT value, (SELECT group_concat(document) FROM (SELECT document FROM story_term "
    "WHERE scope = ? AND week = ? AND term = value ORDER BY document DESC LIMIT ?)) "
    "FROM json_each(?)"
)
_CHECK = text("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
_MATCH = text(
    "SELECT rowid AS document, highlight(search, 1, char(1), char(2)) AS marked "
    "FROM search WHERE search MATCH :query ORDER BY rowid DESC LIMIT :most"
)


def header(connection: Connection) -> tuple[bool, bool]:
    """Return whether the file is one of ours, and whether it holds nothing at all."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    something = connection.exec_driver_sql("SELECT 1 FROM sqlite_schema LIMIT 1").first()
    return application == APPLICATION, something is None


def make(connection: Connection) -> bool:
    """Leave it to the revisions."""
    del connection
    return False


def clock(connection: Connection, now: datetime) -> datetime:
    """Return *now*: one process, one clock."""
    del connection
    return now


def locking(query: Select[Any], table: Table) -> Select[Any]:
    """Return *query*: who writes is alone."""
    del table
    return query


def reserve(connection: Connection, numbers: Collection[int]) -> frozenset[int] | None:
    """Return None: who writes is alone."""
    del connection, numbers
    return None


def run_many(connection: Connection, sql: str, rows: list[tuple[Any, ...]]) -> None:
    """Run *sql* once for each of *rows*, its parameters."""
    connection.exec_driver_sql(sql, rows)


def index(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Add the texts of *rows* (document, title, text, scope) to the search index."""
    connection.execute(_INDEX, rows)


def unindex(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Take *rows*, exactly as they were added, out of the search index."""
    connection.execute(_UNINDEX, rows)


def rebuild_index(connection: Connection) -> None:
    """Make the search index anew from the stored texts."""
    connection.execute(_REBUILD)


def check_index(connection: Connection) -> None:
    """Compare the search index with the stored texts; the database raises when they differ."""
    connection.execute(_CHECK)


def damage(connection: Connection, *, full: bool, most: int) -> list[str]:
    """Return what the database finds wrong with its own file."""
    pragma = "integrity_check" if full else "quick_check"
    found = connection.exec_driver_sql(f"PRAGMA {pragma}({most})").scalars()
    return [f"the file: {line}" for line in found if line != "ok"]


def matches(
    connection: Connection, scopes: tuple[int, ...], words: list[str], *, most: int
) -> list[tuple[int, str]]:
    """Return the newest *most* documents with all *words*, each text with its hits in U+0001/2.

    The words are quoted and bound to the columns title and text, the scope to its own: nothing
    that a user types is an operator, and nothing outside *scopes* is read.
    """
    wanted = " ".join(f'"{word}"' for word in words)
    where = " OR ".join(f'"{scope}"' for scope in scopes)
    query = f"scope : ({where}) AND {{title text}} : ({wanted})"
    rows = connection.execute(_MATCH, {"query": query, "most": most})
    return [(row.document, row.marked) for row in rows]


def newest_of(
    connection: Connection, scope: int, weeks: Sequence[int], terms: Sequence[int], *, most: int
) -> list[tuple[int, list[int]]]:
    """Return for each of *terms* the newest *most* documents of *scope* with it in these weeks."""
    listed = f"[{','.join(map(str, terms))}]"
    found: dict[int, list[int]] = {}
    for week in weeks:
        for term, joined in connection.exec_driver_sql(_NEWEST, (scope, week, most, listed)):
            found.setdefault(term, []).extend(map(int, joined.split(",") if joined else ()))
    return [(term, sorted(found[term], reverse=True)[:most]) for term in terms if term in found]
