"""A feed that somebody wants in, the feed as it is kept out."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from briefs.errors import UsageError
from briefs.model import Feed, FeedId, Scope
from briefs.store import rows as parts
from briefs.store.feeds import checking, rows
from briefs.store.tables import feed as table

MOST = 1_000  # feeds that a scope may add from Discord


def add(connection: Connection, feed: Feed, now: datetime) -> Feed:
    """Keep a new *feed*, to be asked at once; UsageError when its scope has it, or too many."""
    feed = checking.made_good(feed)
    if there := at(connection, feed):
        raise UsageError(_known(there))
    if feed.origin == "discord" and count(connection, feed.scope) >= MOST:
        raise UsageError(f"There are {MOST:,} feeds here, which is the most: remove one first.")
    feed = named(connection, feed)
    columns = rows.wanted(feed) | {"scope": feed.scope, "origin": feed.origin, "title": feed.title}
    columns |= rows.first(now) | {"home": feed.home, "paused": feed.paused}
    statement = insert(table).returning(table.c.id)
    number = connection.execute(statement, columns).scalar_one()
    return replace(feed, id=FeedId(number), created=now, next_at=now)


def at(connection: Connection, feed: Feed) -> Feed | None:
    """Return the feed of the scope of *feed* that has its address."""
    there = (table.c.scope == feed.scope, table.c.address == rows.address(feed.url))
    found = rows.words(connection.execute(select(*rows.COLUMNS).where(*there)).mappings())
    return found[0] if found else None


def named(connection: Connection, feed: Feed) -> Feed:
    """Give *feed* a name that no other one of its scope has; UsageError when its own is taken."""
    name = checking.name(feed)
    start = rows.key(name)
    query = select(table.c.key).where(table.c.scope == feed.scope, table.c.id != feed.id)
    query = query.where(table.c.key >= start, table.c.key < start + parts.BEYOND)
    return checking.named(feed, name, frozenset(connection.scalars(query)))


def count(connection: Connection, scope: Scope) -> int:
    """Return how many feeds a scope has of its own."""
    query = select(func.count()).select_from(table).where(table.c.scope == scope)
    return int(connection.execute(query).scalar_one())


def _known(feed: Feed) -> str:
    return f"“{feed.name}” reads that address already: edit that feed, or give another address."
