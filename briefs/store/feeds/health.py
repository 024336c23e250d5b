"""The scopes of a view in, how their feeds are out."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Table, case, func, literal, select

from briefs.model import Condition, Health
from briefs.store import tables

_COUNTED = 100_000  # documents that wait or were refused: counted so far, and no further


def of(connection: Connection, view: Collection[int] | None) -> Health:
    """Count the feeds in the scopes *view*, of all when it is None, and what waits to be read."""
    feed, intake = tables.feed, tables.intake
    shown = case((feed.c.paused != "", Condition.PAUSED.value), else_=feed.c.condition)
    query = select(shown, func.count()).where(_among(feed, view)).group_by(shown)
    counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
    return Health(
        feeds=sum(counts.values()),
        ok=counts.get(Condition.OK, 0),
        new=counts.get(Condition.NEW, 0),
        empty=counts.get(Condition.EMPTY, 0),
        ill=counts.get(Condition.ILL, 0),
        held=counts.get(Condition.HELD, 0),
        paused=counts.get(Condition.PAUSED, 0),
        waiting=count(connection, _among(intake, view), intake.c.refused == ""),
        refused=count(connection, _among(intake, view), intake.c.refused != ""),
    )


def count(connection: Connection, *where: ColumnElement[bool]) -> int:
    """Count rows of the intake, up to 100,000."""
    some = select(literal(1)).select_from(tables.intake).where(*where).limit(_COUNTED).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _among(table: Table, view: Collection[int] | None) -> ColumnElement[bool]:
    return literal(1) == 1 if view is None else table.c.scope.in_(view)
