"""Whose the addresses in a listing are, of the feeds of one scope.

An address is the feed's whose own host it is at, and else that one's which listed it first: so
nobody can put other words in the place of an article by listing its address before its own feed
does. Only the address that somebody gave tells its host, never what it says of itself.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from briefs import addresses
from briefs.store import rows as parts
from briefs.store import tables
from briefs.store.feeds.marking import Mark
from briefs.store.feeds.matching import Known, Matched


class Shares(NamedTuple):
    """What other feeds own of the addresses in a listing."""

    kept: tuple[Known, ...]  # and go on to own
    lost: tuple[Known, ...]  # though they are at the own host of the feed that lists them now


def host(url: str) -> str:
    """Return the host of *url* as it is compared: "www." does not count."""
    whole = addresses.host(url)
    bare = whole.removeprefix("www.")
    return bare if "." in bare else whole


def is_own(row: RowMapping, mark: Mark) -> bool:
    """Tell whether *mark* is at the own host of the feed in *row*."""
    return bool(mark.place) and host(mark.entry.url) == host(row["given"])


def share(
    connection: Connection, row: RowMapping, marks: Iterable[Mark], theirs: Sequence[Known]
) -> Shares:
    """Part what is *theirs* of the *marks* of the feed in *row*."""
    places = {each.address for each in theirs if not each.shared}
    own = {mark.place for mark in marks if mark.place in places and is_own(row, mark)}
    urls = _urls(connection, {each.feed for each in theirs if each.address in own})
    strange = {feed for feed, url in urls.items() if host(url) != host(row["given"])}
    kept: list[Known] = []
    lost: list[Known] = []
    for each in theirs:
        is_lost = each.address in own and each.feed in strange and not each.shared
        (lost if is_lost else kept).append(each)
    return Shares(tuple(kept), tuple(lost))


def guarded(
    connection: Connection, row: RowMapping, marks: Iterable[Mark], matched: Matched
) -> frozenset[str]:
    """Return the keys of *marks* that the feed in *row* may not revise: another is of their host.

    That one has forgotten them, for it does not list them any more.
    """
    orphans = [
        mark
        for mark in marks
        if (known := matched.known.get(mark.key))
        and not (known.owns or known.digest == mark.digest or matched.others.get(mark.key))
    ]
    if not orphans:
        return frozenset()
    table = tables.feed
    query = select(table.c.given).where(table.c.scope == row["scope"], table.c.id != row["id"])
    hosts = set(map(host, connection.scalars(query))) - {host(row["given"])}
    return frozenset(mark.key for mark in orphans if host(mark.entry.url) in hosts)


def give_up(connection: Connection, lost: Iterable[Known]) -> None:
    """Note that those feeds do not own any more what they have *lost*."""
    its = (tables.entry.c.feed == bindparam("its_feed"), tables.entry.c.key == bindparam("its_key"))
    found = [{"its_feed": each.feed, "its_key": each.key} for each in lost]
    if found:
        connection.execute(update(tables.entry).where(*its).values(owns=False), found)


def _urls(connection: Connection, feeds: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in parts.in_parts(sorted(feeds)):
        query = select(tables.feed.c.id, tables.feed.c.given).where(tables.feed.c.id.in_(part))
        found |= {row.id: row.given for row in connection.execute(query)}
    return found
