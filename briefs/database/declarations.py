"""PostgreSQL with SQLite's whole numbers and order of text: how its columns are declared.

The tables are laid out for SQLite, whose whole numbers have 64 bits and whose text is compared by
code points. `Dialect` gives PostgreSQL the same, so that no table and no revision has to say so.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.schema import Column, CreateIndex
from sqlalchemy.sql.functions import Function
from sqlalchemy.types import BigInteger, Boolean, Integer, String

DRIVER = "postgresql+daybrief"


class _Whole(BigInteger):
    """A whole number of 64 bits, also where a table says Integer; sent as long as it is."""


class _Words(String):
    """Text; a NUL, which no document has and PostgreSQL cannot hold, becomes what no word has."""

    render_bind_cast = True

    def bind_processor(self, dialect: object) -> Callable[[str | None], str | None]:
        """Return what a value goes through on its way in."""
        del dialect
        return lambda value: value.replace("\0", "\ufffd") if isinstance(value, str) else value


class _Types(PGTypeCompiler):
    """How columns are declared."""

    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: N802, ANN401 - SQLAlchemy's own
        """Give every whole number 64 bits: ids of Discord have them."""
        return str(self.visit_BIGINT(type_, **kw))  # type: ignore[no-untyped-call]

    def visit_TEXT(self, type_: Any, **kw: Any) -> str:  # noqa: N802, ANN401 - SQLAlchemy's own
        """Compare text by code points, whatever the collation of the database."""
        declared = super().visit_TEXT(type_, **kw)
        return (
            f'{declared} COLLATE "C"' if isinstance(kw.get("type_expression"), Column) else declared
        )


class _Queries(PGCompiler_psycopg):
    """How queries are written."""

    def visit_substr_func(self, func: Function[str], **kw: Any) -> str:  # noqa: ANN401
        """Cut a text: it takes only short whole numbers here, and every text is short enough."""
        subject, *places = (self.process(clause, **kw) for clause in func.clauses)
        return f"substr({', '.join([subject, *(f'({place})::INTEGER' for place in places)])})"


class _Definitions(PGDDLCompiler):
    """How tables and indexes are made."""

    def get_column_default_string(self, column: Column[Any]) -> str | None:
        """Return the default of *column*, where SQLite has an empty blob or a truth as a number."""
        default = super().get_column_default_string(column)
        known = {"x''": "''"} | ({"0": "false", "1": "true"} if _is_truth(column) else {})
        return known.get(default or "", default)

    def visit_create_index(self, create: CreateIndex, *args: Any, **kw: Any) -> str:  # noqa: ANN401
        """Make an index partial by the condition that stands there for SQLite."""
        index = create.element
        own = index.dialect_options["postgresql"]
        if own["where"] is None:
            own["where"] = index.dialect_options["sqlite"]["where"]
        return str(super().visit_create_index(create, *args, **kw))  # type: ignore[no-untyped-call]


def _is_truth(column: Column[Any]) -> bool:
    return isinstance(column.type, Boolean)


class Dialect(PGDialect_psycopg):
    """PostgreSQL through psycopg 3, with SQLite's numbers and order of text."""

    driver = "daybrief"
    supports_statement_cache = True
    type_compiler_cls = _Types
    statement_compiler = _Queries
    ddl_compiler = _Definitions
    colspecs = {**PGDialect_psycopg.colspecs, Integer: _Whole, String: _Words}  # noqa: RUF012


registry.register(DRIVER.replace("+", "."), __name__, "Dialect")
