"""Feeds that are due in, each claimed by one process out; and what was seen of them kept."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, literal_column, select, update

from briefs.model import Feed
from briefs.store import dialect
from briefs.store.feeds import rows
from briefs.store.tables import feed as table

_NONSENSE = timedelta(days=2)  # nobody waits so long: the clock was ahead when it was written
_NOT_PAUSED = table.c.paused == literal_column("''")


def claim(
    connection: Connection, now: datetime, *, until: datetime, limit: int
) -> tuple[Feed, ...]:
    """Return the feeds that are due, the longest first; nobody else gets them before *until*."""
    query = select(*rows.COLUMNS).where(_NOT_PAUSED).order_by(table.c.next_at, table.c.id)
    found: list[RowMapping] = []
    for due in (table.c.next_at <= now, table.c.next_at > now + _NONSENSE):
        some = dialect.of(connection).locking(query.where(due).limit(limit - len(found)), table)
        found += connection.execute(some).mappings().all()
    claimed = update(table).where(table.c.id.in_([row["id"] for row in found]))
    connection.execute(claimed.values(next_at=until))
    return tuple(replace(feed, next_at=until) for feed in rows.words(found))


def save(connection: Connection, feed: Feed) -> bool:
    """Keep what was seen of *feed*; False when somebody has changed it meanwhile."""
    same = (table.c.id == feed.id, table.c.version == feed.version)
    columns = rows.seen(feed) | _place(connection, feed)
    return connection.execute(update(table).where(*same).values(columns)).rowcount == 1


def _place(connection: Connection, feed: Feed) -> dict[str, str]:
    """Return where *feed* has moved; nothing when another one of its scope is there."""
    address = rows.address(feed.url)
    there = (table.c.scope == feed.scope, table.c.address == address, table.c.id != feed.id)
    if connection.execute(select(table.c.id).where(*there)).first():
        return {}
    return {"url": feed.url, "address": address}
