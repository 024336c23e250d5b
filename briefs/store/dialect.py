"""Statements that every dialect understands but SQLAlchemy's own do not write: upserts, in bulk.

What only one dialect can say stands in `briefs.store.dialects`, and is reached through `of`.
"""

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
    literal_column,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from briefs.store import tables
from briefs.store.dialects import of

# PostgreSQL's insert is for both: SQLite took its ON CONFLICT over word for word.
__all__ = [
    "adding",
    "deleting",
    "insert",
    "inserting",
    "of",
    "replacing",
    "run_each",
]


class _Least(GenericFunction[datetime]):
    """The least of its arguments."""

    type = tables.Moment()
    name = "least"
    inherit_cache = True


class _Greatest(GenericFunction[datetime]):
    """The greatest of its arguments."""

    type = tables.Moment()
    name = "greatest"
    inherit_cache = True


@compiles(_Least, "sqlite")
def _least(function: _Least, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"min{compiler.process(function.clause_expr, **options)}"


@compiles(_Greatest, "sqlite")
def _greatest(function: _Greatest, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"max{compiler.process(function.clause_expr, **options)}"


def run_each(
    connection: Connection, statement: Insert | Delete, values: Sequence[Mapping[str, Any]]
) -> None:
    """Run *statement* once for each of *values*, if there are any.

    That is twice as fast as `execute` with a list, which works out every row's parameters anew.
    """
    if values:
        its = of(connection)
        order, processors, sql = _prepared(its.COMPILER, statement, tuple(values[0]))
        rows = [
            tuple(
                process(row[name]) if process else row[name]
                for name, process in zip(order, processors, strict=True)
            )
            for row in values
        ]
        its.run_many(connection, sql, rows)


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
    dialect: Dialect, statement: Insert | Delete, names: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Callable[[Any], Any] | None, ...], str]:
    """Return in which order *statement* takes its values, what each goes through, and its text."""
    columns = list(names) if isinstance(statement, Insert) else None
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    order = tuple(compiled.positiontup or ())
    processors = tuple(compiled.binds[name].type.bind_processor(dialect) for name in order)
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
        "first": _Least(table.c.first, statement.excluded.first),
        "last": _Greatest(table.c.last, statement.excluded.last),
    }
