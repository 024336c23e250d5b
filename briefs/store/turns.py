"""What waits of all scopes in, the rows that are next out: the scopes take turns.

Each turn takes one row of every scope, so that nobody waits behind all that another one has. Only
the first few rows of each scope are looked at, however many wait.
"""

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, func, select

from briefs.store.tables import intake as table

Where: TypeAlias = Sequence[ColumnElement[bool]]


def take(
    connection: Connection,
    where: Where,
    order: Sequence[ColumnElement[Any]],
    most: int,
    busy: Collection[int],
) -> list[int]:
    """Return the ids of up to *most* rows *where* that is so, none of *busy*.

    Those of a scope come in *order*; in a turn, the row that came first.
    """
    if most <= 0:
        return []
    where = (*where, table.c.id.not_in(sorted(busy))) if busy else where
    query = select(table.c.id).where(*where).order_by(*order).limit(most)
    ranked = [
        (place, number)
        for scope in _scopes(connection, where, most)
        for place, number in enumerate(connection.scalars(query.where(table.c.scope == scope)))
    ]
    return [number for _, number in sorted(ranked)[:most]]


def _scopes(connection: Connection, where: Where, most: int) -> Sequence[int]:
    """Return the scopes of rows *where* that is so, those with the oldest first.

    It goes from scope to scope in the index, and passes over the rows of each.
    """
    first = select(func.min(table.c.scope).label("scope")).where(*where)
    turn = first.cte("turn", recursive=True)
    after = select(func.min(table.c.scope)).where(*where, table.c.scope > turn.c.scope)
    following = select(after.scalar_subquery()).where(turn.c.scope.is_not(None))
    turn = turn.union_all(following)
    oldest = select(func.min(table.c.id)).where(*where, table.c.scope == turn.c.scope)
    query = select(turn.c.scope).where(turn.c.scope.is_not(None))
    return connection.scalars(query.order_by(oldest.scalar_subquery()).limit(most)).all()
