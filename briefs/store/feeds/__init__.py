"""Feeds: kept, found, changed, brought in line with config.toml, and claimed when they are due.

A scope changes its own feeds only; it sees the public ones too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from rapidfuzz import process
from sqlalchemy import ColumnElement, Connection, Select, delete, select, update

from briefs.database import Database
from briefs.errors import NotFoundError, UsageError
from briefs.model import Condition, Feed, FeedId, Health, Listing, Scope, Taken
from briefs.store import scopes
from briefs.store.feeds import adding, checking, health, polling, rows, syncing, taking
from briefs.store.feeds.syncing import GONE, Synced
from briefs.store.tables import feed as table

__all__ = ["GONE", "LEFT", "Added", "Feeds", "Synced", "come_back", "leave"]

LEFT = "Daybrief is no longer in this server"
_LISTED = 1_000
_GLANCED = 1_000  # names looked at for autocomplete
_CLAIMED = 2_000


class Added(NamedTuple):
    """What became of feeds that were added together."""

    added: tuple[Feed, ...]
    refused: tuple[tuple[Feed, str], ...]  # and why: most often it was there already


class Feeds:
    """The feeds of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, feed: Feed, now: datetime) -> Feed:
        """Keep a new *feed*, to be asked at once.

        Without a name it gets its title or its host for one. UsageError when its scope reads that
        address or has that name already, has too many, or what is wanted makes no sense.
        """
        with self._database.write() as connection:
            return adding.add(connection, feed, now)

    def add_many(self, feeds: Iterable[Feed], now: datetime) -> Added:
        """Keep all *feeds* that can be, in one transaction."""
        added, refused = [], []
        with self._database.write() as connection:
            for feed in feeds:
                try:
                    added.append(adding.add(connection, feed, now))
                except UsageError as error:
                    refused.append((feed, str(error)))
        return Added(tuple(added), tuple(refused))

    def get(self, scope: Scope, number: FeedId) -> Feed:
        """Return the feed with the id *number*; NotFoundError when *scope* does not see it."""
        with self._database.read() as connection:
            found = _found(connection, _visible(scope).where(table.c.id == number))
        if not found:
            raise NotFoundError(f"There is no feed {number} here.")
        return found[0]

    def named(self, scope: Scope, name: str) -> Feed:
        """Return the feed called *name*, the scope's own first; NotFoundError with names near it.

        Its address does as well as its name.
        """
        either = table.c.key == rows.key(name)
        if address := rows.address(name):
            either |= table.c.address == address
        with self._database.read() as connection:
            found = _found(connection, _visible(scope).where(either))
        if not found:
            known = [feed.name for feed in self.list(scope)]
            near = process.extract(name[:80], known, limit=3, score_cutoff=60)
            raise NotFoundError(_missing(name), [match for match, _, _ in near])
        return next((feed for feed in found if feed.scope == scope), found[0])

    def list(self, scope: Scope, *, most: int = _LISTED) -> tuple[Feed, ...]:
        """Return the feeds that *scope* sees by name, at the *most* so many."""
        query = _visible(scope).order_by(table.c.key, table.c.id).limit(most)
        with self._database.read() as connection:
            return _found(connection, query)

    def own(self, scope: Scope) -> tuple[Feed, ...]:
        """Return all feeds of *scope* itself by name, those of others aside."""
        query = select(*rows.COLUMNS).where(table.c.scope == scope)
        with self._database.read() as connection:
            return _found(connection, query.order_by(table.c.key, table.c.id))

    def by_prefix(self, scope: Scope, typed: str, *, limit: int = 25) -> tuple[str, ...]:
        """Return names of feeds that *typed* begins, or else begins a word of."""
        wanted = rows.key(typed)
        query = select(table.c.key, table.c.name).where(table.c.scope.in_(scopes.view(scope)))
        query = query.order_by(table.c.key).limit(_GLANCED)
        after = query.where(table.c.key >= wanted)
        with self._database.read() as connection:
            near = [*connection.execute(after)]
            near += connection.execute(query) if wanted else []
        first = [row.name for row in near if row.key.startswith(wanted)]
        inside = [row.name for row in near if f" {wanted}" in row.key]
        return tuple(dict.fromkeys((*first, *inside)))[:limit]

    def edit(self, feed: Feed, now: datetime) -> Feed:
        """Give the feed with the id of *feed* its name, address, and all else that is wanted of it.

        It is asked again *now*. UsageError when its scope has another one there or so called, or it
        stands in config.toml.
        """
        feed = checking.made_good(feed)
        with self._database.write() as connection:
            old = _owned(connection, feed.scope, feed.id)
            there = adding.at(connection, feed)
            if there and there.id != feed.id:
                raise UsageError(f"“{there.name}” reads that address already: remove one of them.")
            new = adding.named(connection, replace(feed, name=feed.name or old.name))
            columns = rows.wanted(new) | rows.AFRESH | {"next_at": now}
            if new.url == old.url:  # it may have moved there by itself
                del columns["given"]
            _change(connection, feed.id, **columns)
            return _owned(connection, feed.scope, feed.id)

    def remove(self, scope: Scope, number: FeedId) -> Feed:
        """Forget a feed of *scope* itself, and what of it is not read yet; return it.

        What it brought into the library stays there. NotFoundError when *scope* owns none of that
        id, UsageError when it stands in config.toml.
        """
        with self._database.write() as connection:
            feed = _owned(connection, scope, number)
            connection.execute(delete(table).where(table.c.id == number))
        return feed

    def pause(self, scope: Scope, number: FeedId, reason: str) -> None:
        """Ask a feed of *scope* itself no more, for *reason*."""
        self._set(scope, number, paused=reason)

    def resume(self, scope: Scope, number: FeedId, now: datetime) -> None:
        """Ask a feed of *scope* itself again, *now*."""
        self._set(scope, number, paused="", next_at=now)

    def refresh(self, scope: Scope, number: FeedId, now: datetime) -> None:
        """Ask a feed of *scope* itself *now*, whatever its interval."""
        self._set(scope, number, **rows.AFRESH, next_at=now)

    def accept(self, scope: Scope, number: FeedId, now: datetime, *, as_new: bool) -> None:
        """Take the entries of a feed that is held: *as_new*, or only into the library.

        UsageError when it is not held.
        """
        with self._database.write() as connection:
            feed = _own(connection, scope, number)
            if feed.condition is not Condition.HELD:
                raise UsageError(f"“{feed.name}” is not held: there is nothing to accept.")
            accepting = "new" if as_new else "backlog"
            _change(connection, number, **rows.AFRESH, accepting=accepting, next_at=now)

    def sync(self, wanted: Sequence[Feed], now: datetime) -> Synced:
        """Bring the feeds that config.toml owns in line with *wanted*, by names or addresses.

        What is gone from the file is paused and keeps its history. UsageError when a feed that was
        added by other means has the name.
        """
        with self._database.write() as connection:
            return syncing.sync(connection, wanted, now)

    def claim(self, now: datetime, *, until: datetime, limit: int = _CLAIMED) -> tuple[Feed, ...]:
        """Return up to *limit* feeds that are due, the longest first.

        Nobody else gets them before *until*, by which they are saved, or due again.
        """
        with self._database.write(alone=False) as connection:
            return polling.claim(connection, now, until=until, limit=limit)

    def save(self, feed: Feed) -> bool:
        """Keep what was seen of *feed*; False when somebody has changed it meanwhile.

        Then it is asked again soon, and nothing is lost. Where another feed is at the address that
        it has moved to, it keeps its old one.
        """
        with self._database.write() as connection:
            return polling.save(connection, feed)

    def take(self, feed: Feed, listing: Listing, now: datetime) -> Taken:
        """Put what is new or changed in *listing* on its way into the library: all, or nothing.

        To take the same once more changes nothing. A feed that was removed or changed meanwhile
        takes nothing.
        """
        with self._database.write() as connection:
            return taking.take(connection, feed, listing, now)

    def ill(self, scope: Scope, *, most: int = 200) -> tuple[Feed, ...]:
        """Return the feeds that *scope* sees which fail or are held, the longest ill first."""
        conditions = [Condition.ILL.value, Condition.HELD.value]
        query = _visible(scope).where(table.c.condition.in_(conditions), table.c.paused == "")
        with self._database.read() as connection:
            return _found(connection, query.order_by(table.c.ill_since, table.c.key).limit(most))

    def health(self, scope: Scope) -> Health:
        """Return how many of the feeds that *scope* sees are in which condition."""
        with self._database.read() as connection:
            return health.of(connection, scopes.view(scope))

    def totals(self) -> Health:
        """Return how many of all feeds are in which condition, for who owns the installation."""
        with self._database.read() as connection:
            return health.of(connection, None)

    def _set(self, scope: Scope, number: FeedId, **columns: object) -> None:
        with self._database.write() as connection:
            _own(connection, scope, number)
            _change(connection, number, **columns)


def leave(connection: Connection, scope: Scope) -> None:
    """Pause the feeds of a guild that was left."""
    own = update(table).where(table.c.scope == scope, table.c.paused == "")
    connection.execute(own.values(paused=LEFT, version=table.c.version + 1))


def come_back(connection: Connection, scope: Scope) -> None:
    """Resume the feeds of a guild that were paused when it was left."""
    own = update(table).where(table.c.scope == scope, table.c.paused == LEFT)
    connection.execute(own.values(paused="", version=table.c.version + 1))


def _change(connection: Connection, number: FeedId, **columns: object) -> None:
    changed = update(table).where(table.c.id == number)
    connection.execute(changed.values(**columns, version=table.c.version + 1))


def _own(connection: Connection, scope: Scope, number: FeedId) -> Feed:
    """Return a feed of *scope* itself; NotFoundError when that is none of its own."""
    query = select(*rows.COLUMNS).where(table.c.id == number, table.c.scope == scope)
    found = _found(connection, query)
    if not found:
        raise NotFoundError(f"There is no feed {number} of your own here.")
    return found[0]


def _owned(connection: Connection, scope: Scope, number: FeedId) -> Feed:
    """Return a feed of *scope* itself that may be changed; UsageError when the file has it."""
    feed = _own(connection, scope, number)
    if feed.origin == "file" and feed.paused != GONE:
        raise UsageError(f"“{feed.name}” stands in config.toml: change it there.")
    return feed


def _visible(scope: Scope) -> Select[Any]:
    return select(*rows.COLUMNS).where(_seen_by(scope))


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    return table.c.scope.in_(scopes.view(scope))


def _found(connection: Connection, query: Select[Any]) -> tuple[Feed, ...]:
    return rows.words(connection.execute(query).mappings())


def _missing(name: str) -> str:
    return f"There is no feed called “{' '.join(name.split())[:60]}”."
