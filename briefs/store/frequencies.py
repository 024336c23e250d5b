"""Stems in, in how many of the documents that a reader sees they stand out.

A document counts from when it is placed among the stories, with its most frequent stems.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zlib import crc32

from sqlalchemy import Connection, func, select

from briefs.database import Database
from briefs.model import Scope
from briefs.store import dialect, rows, scopes, tables

EVERY = 0  # the number of the empty stem, which every document has


class Counted(NamedTuple):
    """How many documents there are, and how many have each stem; one that none has is left out."""

    documents: int
    counts: dict[str, int]


class Frequencies:
    """How often stems are in the documents of each scope."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, scope: Scope, stems: Iterable[str]) -> Counted:
        """Return in how many documents each of *stems* stands."""
        numbers = {stem: number(stem) for stem in stems}
        with self._database.read() as connection:
            found = counts(connection, scope, [EVERY, *numbers.values()])
        told = {stem: found[each] for stem, each in numbers.items() if each in found}
        return Counted(documents=found.get(EVERY, 0), counts=told)


def number(stem: str) -> int:
    """Return the number of 4 bytes by which *stem* is kept: odd for a figure, even for a word."""
    figure = stem[:1].isdigit()
    return crc32(stem.encode("utf-8", "surrogatepass")) & ~1 | figure


def is_figure(number: int) -> bool:
    """Tell whether a stem is a figure, by its number."""
    return bool(number % 2)


def counts(connection: Connection, scope: Scope, numbers: Iterable[int]) -> dict[int, int]:
    """Return how many documents of the view of *scope* have each stem that any has."""
    frequency = tables.frequency.c
    summed = func.sum(frequency.documents)
    query = select(frequency.term, summed).where(frequency.scope.in_(scopes.view(scope)))
    query = query.group_by(frequency.term).having(summed > 0)
    return {
        term: int(many)
        for part in rows.in_parts(sorted(set(numbers)))
        for term, many in connection.execute(query.where(frequency.term.in_(part)))
    }


def add(connection: Connection, scope: Scope, changes: Mapping[int, int]) -> None:
    """Add to how many documents of *scope* itself have each stem; to subtract, add less than 0."""
    values = [
        {"scope": scope, "term": term, "documents": changes[term]} for term in sorted(changes)
    ]
    dialect.run_each(connection, dialect.adding(tables.frequency, "documents"), values)
    gone = [{"scope": scope, "term": each["term"]} for each in values if each["documents"] < 0]
    empty = dialect.deleting(tables.frequency, "scope", "term", empty=True)
    dialect.run_each(connection, empty, gone)
