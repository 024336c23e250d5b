"""A connection in, out what only its kind of database can say: one module each, the same verbs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Select, Table
from sqlalchemy.engine import Dialect as Compiler

from briefs.store.dialects import postgres, sqlite


class Dialect(Protocol):
    """What `sqlite` and `postgres` each do in their way."""

    COMPILER: Compiler

    def header(self, connection: Connection) -> tuple[bool, bool]:
        """Return whether the database is one of ours, and whether it holds nothing at all."""

    def make(self, connection: Connection) -> bool:
        """Lay out the newest schema in an empty database; False when the revisions do that."""

    def clock(self, connection: Connection, now: datetime) -> datetime:
        """Return the time that all who share the database go by; *now* is this process's."""

    def locking(self, query: Select[Any], table: Table) -> Select[Any]:
        """Return *query* so that it finds, and locks, rows of *table* that nobody else writes."""

    def reserve(self, connection: Connection, numbers: Collection[int]) -> frozenset[int] | None:
        """Keep others off *numbers* until the transaction ends; return those that were free.

        None where nobody else writes.
        """

    def run_many(self, connection: Connection, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Run *sql* once for each of *rows*, its parameters."""

    def index(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """Add the texts of *rows* (document, title, text, scope) to the search index."""

    def unindex(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """Take *rows*, exactly as they were added, out of the search index."""

    def rebuild_index(self, connection: Connection) -> None:
        """Make the search index anew from the stored texts."""

    def check_index(self, connection: Connection) -> None:
        """Compare the search index with the stored texts; raise when they differ."""

    def damage(self, connection: Connection, *, full: bool, most: int) -> list[str]:
        """Return what the database finds wrong with itself."""

    def matches(
        self, connection: Connection, scopes: tuple[int, ...], words: list[str], *, most: int
    ) -> list[tuple[int, str]]:
        """Return the newest *most* documents with all *words*, the hits in U+0001 and U+0002."""

    def newest_of(
        self,
        connection: Connection,
        scope: int,
        weeks: Sequence[int],
        terms: Sequence[int],
        *,
        most: int,
    ) -> list[tuple[int, list[int]]]:
        """Return for each of *terms* the newest *most* documents of *scope* in these weeks."""


_DIALECTS: dict[str, Dialect] = {"sqlite": sqlite, "postgresql": postgres}


def of(connection: Connection) -> Dialect:
    """Return the dialect that *connection* speaks."""
    return _DIALECTS[connection.dialect.name]
