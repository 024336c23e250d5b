"""Documents on their way into the library: kept until they are in it, or refused with a reason.

A crash anywhere on the way leaves the row, and it is read again; to keep a document twice changes
nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)

from briefs.database import Database
from briefs.model import Entry, Feed, FeedId, Refused, Scope, Waiting
from briefs.store import dialect, rows, scopes, turns
from briefs.store.tables import intake as table

TRIES = 3  # at a page, until the entry itself has to do
_KEPT = 500  # refusals that are remembered of each scope
_COUNTED = 100_000
_LONGEST_NAME = 200
_LONGEST_REASON = 500
_TOGETHER = 20_000_000  # bytes that are given out at once
_LINE = "application/json"
_NO_TEXT = "the feed has no text of it: turn `full_text` on, so that its page is read."
_NONSENSE = timedelta(days=2)  # nobody waits so long: the clock was ahead when it was written

# written out, so that the indexes for them are found
_WAITS = table.c.refused == literal_column("''")
_AT_HAND = table.c.page == literal_column("''")
_PAGED = table.c.page != literal_column("''")
_REFUSED = table.c.refused != literal_column("''")


class Intake:
    """What is on its way into the library, of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def batch(self, most: int, *, busy: Collection[int] = ()) -> tuple[Waiting, ...]:
        """Return up to *most* documents that can be read now, new ones first, none of *busy*.

        The scopes take turns. They have 20 MB together, or one has more.
        """
        found: list[int] = []
        with self._database.read() as connection:
            for backlog in (False, True):
                ready = (table.c.backlog == literal(backlog), _WAITS, _AT_HAND)
                found += turns.take(connection, ready, (table.c.id,), most - len(found), busy)
            return _in_order(connection, _fitting(connection, found))

    def pages(self, most: int, now: datetime, *, busy: Collection[int] = ()) -> tuple[Waiting, ...]:
        """Return up to *most* documents whose pages are to be fetched now, none of *busy*.

        The scopes take turns.
        """
        order, found = (table.c.not_before, table.c.id), list[int]()
        with self._database.read() as connection:
            for due in (table.c.not_before <= now, table.c.not_before > now + _NONSENSE):
                paged = (due, _WAITS, _PAGED)
                found += turns.take(connection, paged, order, most - len(found), busy)
            return _in_order(connection, found)

    def waiting(self, scope: Scope) -> int:
        """Return how many documents that *scope* will see are on their way, up to 100,000."""
        with self._database.read() as connection:
            return _count(connection, table.c.scope.in_(scopes.view(scope)), _WAITS)

    def total(self) -> int:
        """Return how many documents are on their way, of all scopes, up to 100,000."""
        with self._database.read() as connection:
            return _count(connection, _WAITS)

    def settle(self, numbers: Collection[int]) -> None:
        """Forget rows whose documents are in the library.

        One that was listed anew meanwhile has another id, and waits still.
        """
        with self._database.write() as connection:
            for part in rows.in_parts(sorted(numbers)):
                connection.execute(delete(table).where(table.c.id.in_(part)))

    def refuse(self, number: int, reason: str, now: datetime) -> None:
        """Keep a document out of the library for *reason*, and drop its bytes.

        The newest 500 refusals of a scope are remembered. It is read again once its feed lists
        other words for it.
        """
        columns = {"data": b"", "page": "", "made": now, "refused": reason[:_LONGEST_REASON] or "?"}
        refused = update(table).where(table.c.id == number).values(columns)
        with self._database.write() as connection:
            scope = connection.execute(refused.returning(table.c.scope)).scalar()
            if scope is not None:
                prune(connection, scope)

    def refused(self, scope: Scope, *, limit: int = 50) -> tuple[Refused, ...]:
        """Return what was kept out of the library that *scope* would see, the newest first."""
        seen = table.c.scope.in_(scopes.view(scope))
        query = select(table).where(seen, _REFUSED).order_by(table.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple(map(_refusal, connection.execute(query)))

    def with_page(self, number: int, data: bytes, *, content_type: str, url: str) -> None:
        """Give a row the bytes of its page, fetched from *url*; it can be read now."""
        self._set(number, data=data, content_type=content_type, url=url, page="")

    def without_page(self, number: int) -> None:
        """Let the entry itself do, for want of its page."""
        self._set(number, page="")

    def retry(self, number: int, later: datetime) -> None:
        """Fetch the page of a row again *later*; after three tries the entry itself has to do."""
        again = update(table).where(table.c.id == number, _PAGED)
        spent = table.c.tries + 1 >= TRIES
        with self._database.write() as connection:
            connection.execute(again.where(spent).values(page="", tries=table.c.tries + 1))
            connection.execute(again.values(tries=table.c.tries + 1, not_before=later))

    def expire(self, before: datetime) -> int:
        """Forget refusals from *before* then; return how many."""
        old = delete(table).where(_REFUSED, table.c.made < before)
        with self._database.write() as connection:
            return connection.execute(old).rowcount

    def _set(self, number: int, **columns: object) -> None:
        with self._database.write() as connection:
            connection.execute(update(table).where(table.c.id == number, _WAITS).values(**columns))


def row(feed: Feed, entry: Entry, *, identity: str, backlog: bool, now: datetime) -> dict[str, Any]:
    """Return the row of *entry*; one without a text, whose page is not wanted, is refused."""
    page = entry.url if feed.full_text else ""
    empty = not page and not entry.text.strip()
    return {
        "feed": feed.id,
        "scope": feed.scope,
        "identity": identity,
        "name": _sound(entry.title or entry.url or feed.name)[:_LONGEST_NAME],
        "data": b"" if empty else entry.line(feed.name),
        "content_type": _LINE,
        "known": [list(each) for each in entry.fields(feed.name).items()],
        "page": _sound(page),
        "url": "",
        "backlog": backlog,
        "tries": 0,
        "not_before": now,
        "made": now,
        "refused": _NO_TEXT if empty else "",
    }


def put(connection: Connection, found: Sequence[Mapping[str, Any]]) -> None:
    """Put rows on their way, each in the place of what still waits of the same document."""
    keys = [{"scope": each["scope"], "identity": each["identity"]} for each in found]
    dialect.run_each(connection, dialect.deleting(table, "scope", "identity"), keys)
    if found:
        connection.execute(insert(table), [dict(each) for each in found])
    for scope in sorted({each["scope"] for each in found if each["refused"]}):
        prune(connection, scope)


def prune(connection: Connection, scope: int) -> None:
    """Forget all but the newest refusals of *scope*."""
    own = (table.c.scope == scope, _REFUSED)
    query = select(table.c.id).where(*own).order_by(table.c.id.desc()).offset(_KEPT).limit(1)
    last = connection.execute(query).scalar()
    if last is not None:
        connection.execute(delete(table).where(*own, table.c.id <= last))


def _sound(text: str) -> str:
    """Return *text* without halves of letters, which no database takes."""
    return text.encode("utf-8", "replace").decode()


def _fitting(connection: Connection, numbers: Sequence[int]) -> Sequence[int]:
    """Return the first of *numbers* that are not too large together, one at the least."""
    sizes: dict[int, int] = {}
    for part in rows.in_parts(numbers):
        query = select(table.c.id, func.length(table.c.data)).where(table.c.id.in_(part))
        sizes |= {row[0]: row[1] for row in connection.execute(query)}
    sums = accumulate(sizes[number] for number in numbers)
    fit = sum(1 for each in sums if each <= _TOGETHER)
    return numbers[: max(fit, 1)]


def _in_order(connection: Connection, numbers: Sequence[int]) -> tuple[Waiting, ...]:
    """Return what has *numbers*, in their order."""
    found: dict[int, Waiting] = {}
    for part in rows.in_parts(numbers):
        query = select(table).where(table.c.id.in_(part))
        found |= {row.id: _waiting(row) for row in connection.execute(query)}
    return tuple(found[number] for number in numbers)


def _count(connection: Connection, *where: ColumnElement[bool]) -> int:
    some = select(literal(1)).select_from(table).where(*where).limit(_COUNTED).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        id=row.id,
        feed=FeedId(row.feed),
        scope=Scope(row.scope),
        identity=row.identity,
        name=row.name,
        data=row.data,
        content_type=row.content_type,
        known=tuple((str(name), str(value)) for name, value in row.known),
        page=row.page,
        backlog=row.backlog,
        tries=row.tries,
        url=row.url,
    )


def _refusal(row: Row[Any]) -> Refused:
    url = next((str(value) for name, value in row.known if name == "url"), row.url)
    return Refused(row.id, FeedId(row.feed), row.name, url, row.refused, row.made)
