"""Entities in, by what beginnings of their names they are found, and in which order.

Both are worked out from the ways in which an entity is written and the number of its documents, so
that they can be set right after any change by comparing what was with what is.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from briefs import words
from briefs.model import Kind
from briefs.store import dialect, rows, shelving, tables

PREFIX = 3  # characters: to here the best are kept ready, beyond it a scan is short
NAMED = (
    Kind.PERSON,
    Kind.ORGANISATION,
    Kind.PLACE,
    Kind.EVENT,
    Kind.PRODUCT,
)  # what is offered and counted as company: not dates and amounts, and "Turkish" is nobody
_WAYS = 64  # ways of writing one entity that are looked up
_WORDS = 8


class Standing(NamedTuple):
    """By what, and as how important, an entity is found in a scope."""

    scope: int = 0
    rank: int = 0  # minus the binary digits of the number of documents; 0: in none
    terms: frozenset[str] = frozenset()


def standings(connection: Connection, entities: Iterable[int]) -> dict[int, Standing]:
    """Return how *entities* stand now; one that is in no document stands nowhere."""
    numbers = sorted(entities)
    found = dict.fromkeys(numbers, Standing())
    tally, alias = tables.tally.c, tables.alias.c
    for part in rows.in_parts(numbers):
        ways: dict[int, list[str]] = {}
        known = select(alias.entity, alias.key, alias.text).where(alias.entity.in_(part))
        known = known.where(alias.kind.in_([kind.value for kind in NAMED]))
        for entity, key, text in connection.execute(known.order_by(alias.key, alias.text)):
            ways.setdefault(entity, []).extend((key, words.fold(text)))
        counted = select(tally.entity, tally.scope, tally.documents)
        for entity, scope, count in connection.execute(counted.where(tally.entity.in_(part))):
            terms = frozenset(_terms(ways.get(entity, [])))
            found[entity] = Standing(scope, -count.bit_length(), terms)
    return found


def settle(connection: Connection, before: dict[int, Standing]) -> None:
    """Make entities be found as they stand now, when they stood as *before*."""
    after = standings(connection, before)
    changed = [entity for entity in before if before[entity] != after[entity]]
    for table, find in ((tables.term, _term_rows), (tables.prefix, _prefix_rows)):
        old = {row for entity in changed for row in find(entity, before[entity])}
        new = {row for entity in changed for row in find(entity, after[entity])}
        names = [column.name for column in table.primary_key]
        dialect.run_each(connection, dialect.deleting(table, *names), _as_rows(old - new, names))
        dialect.run_each(connection, dialect.inserting(table), _as_rows(new - old, names))


def _terms(ways: Iterable[str]) -> Iterator[str]:
    for way in islice(dict.fromkeys(ways), _WAYS):
        yield from shelving.suffixes(way.removeprefix("@"), most=_WORDS)


def _term_rows(entity: int, standing: Standing) -> Iterator[tuple[Any, ...]]:
    for term in standing.terms:
        yield standing.scope, term, entity


def _prefix_rows(entity: int, standing: Standing) -> Iterator[tuple[Any, ...]]:
    beginnings = {term[:size] for term in standing.terms for size in range(1, PREFIX + 1)}
    for beginning in beginnings | {""} if beginnings else ():
        yield standing.scope, beginning, standing.rank, entity


def _as_rows(found: set[tuple[Any, ...]], names: list[str]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in sorted(found)]
