"""The feeds of config.toml in, those that it owns brought in line with it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from briefs.errors import UsageError
from briefs.model import Feed, FeedId
from briefs.store.feeds import adding, checking, rows
from briefs.store.tables import feed as table

GONE = "it is no longer in config.toml"


class Synced(NamedTuple):
    """What became of the feeds of config.toml: names."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def sync(connection: Connection, wanted: Sequence[Feed], now: datetime) -> Synced:
    """Bring the feeds of the file in line with *wanted*, by their names or else addresses.

    One with an address that was added by other means is the file's from now on. What is gone from
    the file is paused and keeps its history. UsageError when a name is another feed's.
    """
    kept = {feed.id: feed for feed in _of_file(connection)}
    feeds = [checking.made_good(replace(each, origin="file")) for each in wanted]
    before = [_old(connection, feed, kept) for feed in feeds]
    _free(connection, zip(feeds, before, strict=True))
    created, changed = [], []
    for feed, old in zip(feeds, before, strict=True):
        if old is None:
            created.append(adding.add(connection, feed, now).name)
        elif _update(connection, old, feed, now):
            changed.append(feed.name or old.name)
    gone = [old for old in kept.values() if not old.paused]
    for old in gone:
        _set(connection, old.id, paused=GONE)
    return Synced(tuple(created), tuple(changed), tuple(old.name for old in gone))


def _of_file(connection: Connection) -> tuple[Feed, ...]:
    query = select(*rows.COLUMNS).where(table.c.origin == "file").order_by(table.c.id)
    return rows.words(connection.execute(query).mappings())


def _old(connection: Connection, feed: Feed, kept: dict[FeedId, Feed]) -> Feed | None:
    """Take out of *kept* and return the feed that *feed* was: the one with its address or name."""
    there = adding.at(connection, feed)
    if there is not None and there.origin != "file":
        return there
    named = (old for old in kept.values() if rows.key(old.name) == rows.key(feed.name))
    same = next((old for old in named if old.scope == feed.scope), None)
    found = there if there and there.id in kept else same
    return kept.pop(found.id) if found else None


def _free(connection: Connection, pairs: Iterable[tuple[Feed, Feed | None]]) -> None:
    """Let go of names and addresses that change: feeds may change them among themselves."""
    for new, old in pairs:
        if old and (old.name, old.url) != (new.name or old.name, new.url):
            nobody = {"key": f" {old.id}", "address": f" {old.id}"}
            connection.execute(update(table).where(table.c.id == old.id).values(nobody))


def _update(connection: Connection, old: Feed, new: Feed, now: datetime) -> bool:
    """Give *old* what the file says, and ask it again; a pause by hand stays."""
    new = replace(new, id=old.id, name=new.name or old.name)
    paused = "" if old.paused == GONE else old.paused
    same = all(getattr(old, name) == getattr(new, name) for name in (*rows.WANTED, "origin"))
    if same and paused == old.paused:
        return False
    adding.named(connection, new)
    there = adding.at(connection, new)
    if there and there.id != old.id:
        raise UsageError(f"“{new.name}” and “{there.name}” read one address: remove one of them.")
    columns = rows.wanted(new) | rows.AFRESH | {"origin": "file", "paused": paused}
    _set(connection, old.id, **columns, next_at=now)
    return True


def _set(connection: Connection, number: FeedId, **columns: object) -> None:
    changed = update(table).where(table.c.id == number)
    connection.execute(changed.values(**columns, version=table.c.version + 1))
