"""What one dialect says in its own way: upserts, the search index, what the file says of itself."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Table,
    bindparam,
    delete,
    func,
    literal_column,
    text,
)
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.compiler import SQLCompiler

__all__ = [
    "adding",
    "check_index",
    "damage",
    "deleting",
    "header",
    "index",
    "insert",
    "inserting",
    "matches",
    "newest_of",
    "rebuild_index",
    "replacing",
    "run_each",
    "schema",
    "unindex",
]

_DIALECT = SQLiteDialect_pysqlite()

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


def run_each(
    connection: Connection, statement: Insert | Delete, values: Sequence[Mapping[str, Any]]
) -> None:
    """Run *statement* once for each of *values*, if there are any.

    That is twice as fast as `execute` with a list, which works out every row's parameters anew.
    """
    if values:
        order, processors, sql = _prepared(statement, tuple(values[0]))
        rows = [
            tuple(
                process(row[name]) if process else row[name]
                for name, process in zip(order, processors, strict=True)
            )
            for row in values
        ]
        connection.exec_driver_sql(sql, rows)


@lru_cache(maxsize=256)
def inserting(table: Table) -> Insert:
    """Return the insert into *table*, the same one each time."""
    return insert(table)


@lru_cache(maxsize=256)
def deleting(table: Table, *names: str, empty: bool = False) -> Delete:
    """Return the delete of rows of *table* by their columns *names*; with *empty*, if in none."""
    where = [table.c[name] == bindparam(name, type_=table.c[name].type) for name in names]
    return delete(table).where(
        *where, *([table.c.documents <= literal_column("0")] if empty else [])
    )


@lru_cache(maxsize=256)
def _prepared(
    statement: Insert | Delete, names: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Callable[[Any], Any] | None, ...], str]:
    """Return in which order *statement* takes its values, what each goes through, and its text."""
    columns = list(names) if isinstance(statement, Insert) else None
    compiled = statement.compile(dialect=_DIALECT, column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    order = tuple(compiled.positiontup or ())
    processors = tuple(compiled.binds[name].type.bind_processor(_DIALECT) for name in order)
    return order, processors, str(compiled)


def replacing(table: Table) -> Insert:
    """Return an insert into *table* that replaces the row with the same key."""
    statement = insert(table)
    rest = {column.name: statement.excluded[column.name] for column in table.c}
    keys = [column.name for column in table.primary_key]
    values = {name: value for name, value in rest.items() if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=values)


@lru_cache(maxsize=256)
def adding(table: Table, *names: str, widen: bool = False) -> Insert:
    """Return an insert into *table* that adds the columns *names* to the row with the same key.

    With *widen* its columns first and last make room for those of the new row.
    """
    statement = insert(table)
    sums = {name: table.c[name] + statement.excluded[name] for name in names}
    keys = [column.name for column in table.primary_key]
    ends = _ends(table, statement) if widen else {}
    return statement.on_conflict_do_update(index_elements=keys, set_={**sums, **ends})


def _ends(table: Table, statement: Insert) -> dict[str, ColumnElement[datetime]]:
    return {
        "first": func.min(table.c.first, statement.excluded.first),
        "last": func.max(table.c.last, statement.excluded.last),
    }


def header(connection: Connection) -> tuple[int, bool]:
    """Return the program that the file says it belongs to, and whether it holds nothing at all."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    something = connection.exec_driver_sql("SELECT 1 FROM sqlite_schema LIMIT 1").first()
    return application, something is None


def schema(connection: Connection) -> str:
    """Return the revision that Alembic has noted."""
    query = "SELECT version_num FROM alembic_version"
    return str(connection.exec_driver_sql(query).scalar())


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
    return [line for line in found if line != "ok"]


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
