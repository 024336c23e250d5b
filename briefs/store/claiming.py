"""Open rows of the ledger in, those that one process may carry out now: one for each channel.

Where several processes share the database, a row is locked before it is taken, and so is its
channel: two of them never post in one channel at a time. What another is about to take is left to
it, and nobody waits for a process that was frozen half-way.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    bindparam,
    exists,
    or_,
    select,
    tuple_,
)

from briefs.model import BY_HAND, State
from briefs.store import dialect
from briefs.store.tables import delivery as table

_CANDIDATES = 200  # open rows that a claim looks at
_NONSENSE = timedelta(days=2)  # nobody waits so long: the clock was ahead when it was written
_OPEN = [State.PLANNED.value, State.READY.value, State.SENDING.value]
_TRIES = 3  # of which each leaves out the channels that another process was about to take


class Hold(NamedTuple):
    """For how long from *now* a row is held.

    Where several processes share the database, its clock says when that ends: theirs may differ.
    """

    now: datetime
    span: timedelta

    def until(self, connection: Connection) -> datetime:
        """Return when it ends."""
        return dialect.of(connection).clock(connection, self.now) + self.span


def found(
    connection: Connection, owner: str, now: datetime, *, busy: Collection[int], limit: int
) -> Sequence[RowMapping]:
    """Return up to *limit* rows that *owner* may take, locked until the transaction ends."""
    its = dialect.of(connection)
    closed = set(busy)
    for _ in range(_TRIES):
        wanted = _first_of_each(connection, claimable(owner, now, closed), limit)
        channels = {row["channel"] for row in wanted}
        free = its.reserve(connection, channels)
        if free is None:
            return wanted
        if free:  # look once more: what another has taken since is there to be seen now
            mine = claimable(owner, now, busy).where(table.c.channel.in_(sorted(free)))
            if rows := _first_of_each(connection, its.locking(mine, table), limit):
                return rows
        if not channels:
            break
        closed |= channels
    return ()


def _first_of_each(connection: Connection, query: Select[Any], limit: int) -> Sequence[RowMapping]:
    """Return the first row of each channel, the longest due first."""
    rows = connection.execute(query).mappings().all()
    first = {row["channel"]: row for row in reversed(rows)}
    return [row for row in rows if first[row["channel"]] is row][:limit]


def claimable(owner: str, now: datetime, busy: Collection[int]) -> Select[Any]:
    """Select open rows that nobody holds and nothing holds back, in channels free for *owner*."""
    earlier, other = table.alias("earlier"), table.alias("other")
    before = select(earlier.c.schedule).where(
        earlier.c.schedule == table.c.schedule,
        (earlier.c.slot >= BY_HAND) == (table.c.slot >= BY_HAND),
        tuple_(earlier.c.due, earlier.c.slot, earlier.c.part)
        < tuple_(table.c.due, table.c.slot, table.c.part),
        is_open(earlier),
    )
    held = select(other.c.channel).where(
        is_open(other), other.c.lease_until > now, other.c.owner != owner
    )
    wait = table.c.not_before
    return (
        select(table)
        .where(
            is_open(table),
            or_(wait.is_(None), wait <= now, wait > now + _NONSENSE),
            or_(table.c.lease_until.is_(None), table.c.lease_until <= now),
            table.c.channel.not_in(sorted(busy)),
            table.c.channel.not_in(held),
            ~exists(before),
        )
        .order_by(table.c.due, table.c.schedule, table.c.slot, table.c.part)
        .limit(_CANDIDATES)
    )


def is_open(rows: FromClause) -> ColumnElement[bool]:
    """Return the very condition of the partial indexes: with bound values they are not used."""
    return rows.c.state.in_(bindparam("open", _OPEN, expanding=True, literal_execute=True))
