"""Corrections on the disk: each once for a briefing and a revision, each ending in a final state.

As in the ledger of deliveries, every write waits for the disk, and a row is written only by who
holds its newest *fence*.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, or_, select, update

from briefs.database import Database
from briefs.model import (
    BY_HAND,
    Amendment,
    Delivery,
    DocumentId,
    ScheduleId,
    Scope,
    State,
)
from briefs.store import dialect
from briefs.store.claiming import Hold
from briefs.store.tables import correction as table

_OPEN = [State.PLANNED.value, State.READY.value, State.SENDING.value]
# of a delivery, what a row has of it
_KEPT = (
    "schedule",
    "channel",
    "due",
    "state",
    "how",
    "reason",
    "payload",
    "nonce",
    "marker",
    "first_attempt",
    "not_before",
    "attempts",
    "message",
)


class Corrections:
    """The corrections of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, amendment: Amendment) -> bool:
        """Record a correction with its bytes; False when there is one for this revision already."""
        values = {name: getattr(amendment.row, name) for name in _KEPT}
        values |= {
            "scope": amendment.scope,
            "briefing": amendment.briefing,
            "document": amendment.document,
            "revision": amendment.revision,
            "told": [list(each) for each in amendment.told],
        }
        with self._database.write(durable=True, alone=False) as connection:
            made = dialect.insert(table).on_conflict_do_nothing()
            return connection.execute(made, values).rowcount == 1

    def of(self, scope: Scope, briefing: int) -> tuple[Amendment, ...]:
        """Return the corrections of *briefing*, the first first."""
        query = select(table).where(table.c.briefing == briefing, table.c.scope == scope)
        with self._database.read() as connection:
            return tuple(map(_word, connection.execute(query.order_by(table.c.id))))

    def waits(self, now: datetime) -> bool:
        """Tell whether there is an open correction that may be moved on *now*."""
        with self._database.read() as connection:
            return connection.execute(_movable(now).limit(1)).first() is not None

    def claim(self, hold: Hold, *, limit: int) -> tuple[Amendment, ...]:
        """Take up to *limit* open corrections that may be moved on to *hold*, oldest first."""
        with self._database.write(durable=True, alone=False) as connection:
            until = hold.until(connection)
            query = _movable(until - hold.span).order_by(table.c.due, table.c.id).limit(limit)
            found = connection.execute(dialect.of(connection).locking(query, table)).all()
            claimed = []
            for each in map(_word, found):
                held = update(table).where(*_fenced(each))
                held = held.values(fence=each.row.fence + 1, lease_until=until)
                if connection.execute(held).rowcount:
                    row = replace(each.row, fence=each.row.fence + 1)
                    claimed.append(each._replace(row=row))
        return tuple(claimed)

    def save(self, amendment: Amendment, *, hold: Hold | None = None) -> bool:
        """Write where *amendment* stands, and let it go unless there is a *hold*.

        False when another process has it.
        """
        values = {name: getattr(amendment.row, name) for name in _KEPT}
        written = update(table).where(*_fenced(amendment))
        with self._database.write(durable=True, alone=False) as connection:
            until = hold.until(connection) if hold else None
            done = connection.execute(written.values(**values, lease_until=until))
            return done.rowcount == 1

    def time_left(self, amendment: Amendment, now: datetime) -> timedelta:
        """Return for how long *amendment* is held by who claimed it so; nothing when it is not."""
        lease = select(table.c.lease_until).where(*_fenced(amendment))
        with self._database.read() as connection:
            until = connection.scalar(lease)
            left = until - dialect.of(connection).clock(connection, now) if until else None
        return max(left or timedelta(0), timedelta(0))

    def release_all(self) -> None:
        """End every claim: for the start of the only process that writes to this database."""
        held = update(table).where(_is_open(), table.c.lease_until.is_not(None))
        with self._database.write(durable=True) as connection:
            connection.execute(held.values(lease_until=None, fence=table.c.fence + 1))

    def drop_open(self, reason: str) -> None:
        """Skip every open correction for *reason*."""
        dropped = update(table).where(_is_open())
        with self._database.write(durable=True) as connection:
            connection.execute(dropped.values(state=State.SKIPPED.value, reason=reason))


def _is_open() -> ColumnElement[bool]:
    """Return the very condition of the partial index: with bound values it is not used."""
    return table.c.state.in_(bindparam("open", _OPEN, expanding=True, literal_execute=True))


def _movable(now: datetime) -> Select[Any]:
    free = or_(table.c.lease_until.is_(None), table.c.lease_until <= now)
    waits = or_(table.c.not_before.is_(None), table.c.not_before <= now)
    return select(table).where(_is_open(), free, waits)


def _fenced(amendment: Amendment) -> Sequence[ColumnElement[bool]]:
    return table.c.id == amendment.id, table.c.fence == amendment.row.fence


def _word(row: Row[Any]) -> Amendment:
    values = {name: getattr(row, name) for name in _KEPT}
    values |= {"schedule": ScheduleId(row.schedule), "state": State(row.state)}
    return Amendment(
        id=row.id,
        scope=Scope(row.scope),
        briefing=row.briefing,
        document=DocumentId(row.document),
        revision=row.revision,
        told=tuple((start, end, now) for start, end, now in row.told),
        row=Delivery(**values, date=row.due.date(), slot=BY_HAND, fence=row.fence),
    )
