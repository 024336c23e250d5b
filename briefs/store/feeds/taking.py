"""A listing in, what is new or changed of it on its way into the library: in one transaction.

What a feed has listed is remembered, so that an article is taken once whatever becomes of its guid,
its address or its words. That a document is the same is said by its identity.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from urllib.parse import urljoin

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    TextClause,
    func,
    select,
    text,
    update,
)

from briefs.model import PUBLIC, Condition, Feed, Listing, Taken
from briefs.store import dialect, intake, tables
from briefs.store import rows as parts
from briefs.store.feeds import judging, marking, matching, owning, rows
from briefs.store.feeds.judging import Past, Verdict
from briefs.store.feeds.marking import Mark
from briefs.store.feeds.matching import Known, Matched, Near

MOST = 5_000  # entries of one listing that are looked at
_FEWEST = 200  # entries that are remembered, however short the listing
_STILL_THERE = timedelta(hours=12)  # after which it is noted that an entry is listed yet
_EPOCH_DAY = timedelta(days=1)

Where: TypeAlias = Sequence[ColumnElement[bool] | TextClause]

_table = tables.entry
_OWNS = text("entry.owns")  # as the index for them says it


@dataclass(slots=True)
class _Changes:
    """What a listing changes: rows to be written, documents to be read, and how many of which."""

    gone: list[str] = field(default_factory=list)  # keys of rows that are written anew
    rows: list[Known] = field(default_factory=list)
    work: list[tuple[Mark, Known]] = field(default_factory=list)
    lost: list[Known] = field(default_factory=list)  # rows of other feeds that own no more
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Taken._fields, 0))
    unfinished: bool = False  # there are more new entries than are taken in a day

    def put(self, known: Known, *, before: Known | None = None) -> None:
        """Write *known*, in the place of *before* where it differs."""
        if known != before:
            self.gone += [before.key] if before else []
            self.rows.append(known)


def take(connection: Connection, feed: Feed, listing: Listing, now: datetime) -> Taken:
    """Take *listing* for *feed*; nothing when somebody changed the feed meanwhile."""
    row = _row(connection, feed)
    if row is None:
        return Taken()
    marks = marking.mark(listing.entries[:MOST], homes=_homes(feed, listing))
    marks, near = _near(connection, row, marks)
    matched = matching.match(marks, near)
    odd = judging.odd(marks, matched.fresh, row["newest"])
    if row["begun"] and not row["accepting"] and judging.turned(odd, len(marks)):
        return Taken(held=len(odd), known=len(marks) - len(matched.fresh))
    guarded = owning.guarded(connection, row, marks, matched)
    changes = _listed(marks, matched, guarded, row, now)
    if matched.fresh:
        past = _past(connection, row, now)
        _take_fresh(changes, judging.judged(matched.fresh, odd, past, now), matched, row, now)
    _write(connection, row, feed, changes, now)
    _note(connection, row, changes, marks, now)
    if changes.rows:
        _prune(connection, row, marks)
    return Taken(**changes.counts)


def _row(connection: Connection, feed: Feed) -> RowMapping | None:
    same = (tables.feed.c.id == feed.id, tables.feed.c.version == feed.version)
    return connection.execute(select(tables.feed).where(*same)).mappings().first()


def _homes(feed: Feed, listing: Listing) -> frozenset[str]:
    """Return the addresses that are those of the site, as they are compared."""
    homes = (feed.url, feed.home, listing.home, urljoin(feed.url, "/"))
    return frozenset(rows.address(home) for home in homes) - {""}


def _near(
    connection: Connection, row: RowMapping, marks: Sequence[Mark]
) -> tuple[tuple[Mark, ...], Near]:
    """Return *marks*, what is shared of their addresses known better, and what they may be."""
    mine = (_table.c.feed == row["id"],)
    keyed = _read(connection, mine, _table.c.key, [mark.key for mark in marks])
    digests = {each.key: each for each in keyed}
    rest = [mark for mark in marks if mark.key not in digests]
    copies = [
        mark
        for mark in marks
        if mark.key in digests
        and not digests[mark.key].owns
        and (digests[mark.key].digest != mark.digest or owning.is_own(row, mark))
    ]
    places = [mark.address for mark in (*rest, *copies) if mark.address]
    there = _read(connection, mine, _table.c.address, places)
    others = (_table.c.scope == row["scope"], _table.c.feed != row["id"], _OWNS)
    marks = matching.corrected(marks, there)
    shares = owning.share(
        connection, row, marks, _read(connection, others, _table.c.address, places)
    )
    words = [mark.digest for mark in rest if mark.telling]
    near = Near(
        keyed=keyed,
        there=there,
        saying=_read(connection, mine, _table.c.digest, words),
        elsewhere=shares.kept,
        lost=shares.lost,
    )
    return marks, near


def _read(
    connection: Connection, where: Where, column: Column[Any], wanted: Collection[str]
) -> list[Known]:
    found = []
    for part in parts.in_parts(sorted(set(wanted))):
        query = select(_table).where(*where, column.in_(part))
        query = query.order_by(_table.c.feed, _table.c.key)
        found += [Known(**each) for each in connection.execute(query).mappings()]
    return found


def _listed(
    marks: Sequence[Mark],
    matched: Matched,
    guarded: Collection[str],
    row: RowMapping,
    now: datetime,
) -> _Changes:
    """Return what changes of entries that this feed has listed before, or another one."""
    changes = _Changes()
    for mark in marks:
        others = matched.others.get(mark.key, ())
        if known := matched.known.get(mark.key):
            theirs = not known.owns and bool(others or mark.key in guarded)
            lost = () if known.owns else matched.lost.get(mark.key, ())
            _again(changes, mark, known, now, theirs=theirs, lost=lost)
        elif others:
            identity = others[0].identity
            changes.put(_known(mark, row, now, identity=identity, owns=False, backlog=False))
            changes.counts["known"] += 1
    return changes


def _take_fresh(
    changes: _Changes,
    judged: Sequence[tuple[Mark, Verdict]],
    matched: Matched,
    row: RowMapping,
    now: datetime,
) -> None:
    """Take what is fresh, the oldest first; what others had brought of it is this feed's now."""
    for mark, verdict in reversed(judged):
        changes.counts[verdict] += 1
        changes.unfinished |= verdict is Verdict.LATER
        if verdict is Verdict.LATER:
            continue
        identity, backlog = marking.identity(mark, row["address"]), verdict is not Verdict.NEW
        known = _known(mark, row, now, identity=identity, owns=True, backlog=backlog)
        changes.put(known)
        lost = matched.lost.get(mark.key, ())
        changes.lost += lost
        if verdict is not Verdict.KNOWN or lost:
            changes.work.append((mark, known))


def _past(connection: Connection, row: RowMapping, now: datetime) -> Past:
    return Past(
        created=row["created"],
        begun=row["begun"],
        newest=row["newest"],
        held=row["condition"] == Condition.HELD,
        accepting=row["accepting"],
        backfill=row["backfill"],
        left=_left(connection, row, now),
    )


def _left(connection: Connection, row: RowMapping, now: datetime) -> int:
    """Return how many new entries may be taken today, of the feed and of its server together."""
    left = judging.DAILY - (row["taken"] if row["day"] == _day(now) else 0)
    if row["scope"] == PUBLIC:
        return left
    table = tables.feed
    today = (table.c.scope == row["scope"], table.c.day == _day(now))
    taken = connection.execute(select(func.sum(table.c.taken)).where(*today)).scalar()
    return min(left, judging.TOGETHER - int(taken or 0))


def _again(
    changes: _Changes,
    mark: Mark,
    known: Known,
    now: datetime,
    *,
    theirs: bool,
    lost: Sequence[Known],
) -> None:
    """Note that *known* is listed again, and take its new words unless that is *theirs* to do.

    What others have *lost* to this feed is taken even if its words are the same.
    """
    shared = mark.shared or (known.shared and known.address == mark.address)
    new = replace(known, key=mark.key, address=mark.address, shared=shared)
    if theirs or (known.digest == mark.digest and not lost):
        changes.counts["known"] += 1
        new = replace(new, digest=mark.digest)
    elif not judging.revisable(known, now):
        changes.counts["known"] += 1
        changes.counts["later"] += 1
    else:
        since, times = judging.revised(known, now)
        new = replace(new, digest=mark.digest, owns=True, revised=since, revisions=times)
        changes.counts["changed"] += 1
        changes.work.append((mark, new))
        changes.lost += lost
    if new != known or abs(now - known.seen) > _STILL_THERE:
        new = replace(new, seen=now)
    changes.put(new, before=known)


def _known(
    mark: Mark, row: RowMapping, now: datetime, *, identity: str, owns: bool, backlog: bool
) -> Known:
    return Known(
        feed=row["id"],
        key=mark.key,
        scope=row["scope"],
        address=mark.address,
        shared=mark.shared,
        digest=mark.digest,
        identity=identity,
        owns=owns,
        backlog=backlog,
        seen=now,
    )


def _write(
    connection: Connection, row: RowMapping, feed: Feed, changes: _Changes, now: datetime
) -> None:
    owning.give_up(connection, changes.lost)
    gone = [{"feed": row["id"], "key": key} for key in changes.gone]
    dialect.run_each(connection, dialect.deleting(_table, "feed", "key"), gone)
    columns = [column.name for column in _table.c]
    written = [{name: getattr(each, name) for name in columns} for each in changes.rows]
    dialect.run_each(connection, dialect.inserting(_table), written)
    intake.put(
        connection,
        [
            intake.row(feed, mark.entry, identity=known.identity, backlog=known.backlog, now=now)
            for mark, known in changes.work
        ],
    )


def _note(
    connection: Connection,
    row: RowMapping,
    changes: _Changes,
    marks: Sequence[Mark],
    now: datetime,
) -> None:
    """Note in the row of the feed what its next listing is judged by."""
    taken = (row["taken"] if row["day"] == _day(now) else 0) + changes.counts["new"]
    columns = {
        "begun": row["begun"] or (now if marks else None),
        "newest": judging.latest(marks, row["newest"], now),
        "largest": max(row["largest"], len(marks)),
        "accepting": row["accepting"] if changes.unfinished or not marks else "",
        "day": _day(now) if changes.counts["new"] else row["day"],
        "taken": taken if changes.counts["new"] else row["taken"],
    }
    if any(row[name] != value for name, value in columns.items()):
        same = tables.feed.c.id == row["id"]
        connection.execute(update(tables.feed).where(same).values(columns))


def _prune(connection: Connection, row: RowMapping, marks: Sequence[Mark]) -> None:
    """Forget what was listed longest ago, once it is much more than twice the longest listing."""
    mine = _table.c.feed == row["id"]
    most = max(_FEWEST, 2 * max(row["largest"], len(marks)))
    count = connection.execute(select(func.count()).select_from(_table).where(mine)).scalar_one()
    if count <= most + most // 4:
        return
    listed = {mark.key for mark in marks}
    query = select(_table.c.key).where(mine).order_by(_table.c.seen, _table.c.key)
    old = [key for key in connection.scalars(query) if key not in listed]
    gone = [{"feed": row["id"], "key": key} for key in old[: count - most]]
    dialect.run_each(connection, dialect.deleting(_table, "feed", "key"), gone)


def _day(now: datetime) -> int:
    return (now - tables.EPOCH) // _EPOCH_DAY
