"""Briefings as they were made: kept whole, found again by their ids, proved to be whole.

One is read only in the scope that it was made for: it may quote what is that scope's own, and
another scope's briefings say nothing of what this one has been told.
"""

import zlib
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select

from briefs.database import Database
from briefs.errors import NotFoundError, StoreError
from briefs.model import BriefingRecord, Scope
from briefs.store.tables import EPOCH
from briefs.store.tables import briefing as table

KEPT_WHEN = "each is kept when a schedule posts it, and /schedule run posts one now."
_AT_ONCE = 200  # briefings that one transaction deletes
_LARGEST = 2**63 - 1
_COLUMNS = tuple(table.c[name] for name in BriefingRecord._fields)


class Records:
    """The briefings of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self,
        scope: Scope,
        *,
        made: datetime,
        since: datetime,
        until: datetime,
        about: str,
        stories: int,
        schedule: str,
        body: bytes,
    ) -> int:
        """Keep a briefing that was *made* for *scope*, and return its id.

        *body* is what it is shown from again; *schedule* the name of what it was posted for, or "".
        """
        record = BriefingRecord(0, made, since, until, about, stories, schedule)
        values = record._asdict() | {"scope": scope, "body": zlib.compress(body)}
        del values["id"]
        statement = insert(table).values(digest=_digest(scope, record, body), **values)
        with self._database.write(durable=True) as connection:
            number: int = connection.execute(statement.returning(table.c.id)).scalar_one()
        return number

    def get(self, scope: Scope, number: int) -> tuple[BriefingRecord, bytes]:
        """Return a briefing with its body; NotFoundError when *scope* has none of that id.

        Raise StoreError when it is not what was kept.
        """
        wanted = number if 0 < number <= _LARGEST else 0
        query = select(table).where(table.c.scope == scope, table.c.id == wanted)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError(self._missing(scope, number))
        record, body = _record(row), _unpacked(row.body)
        if body is None or _digest(scope, record, body) != row.digest:
            raise StoreError(
                f"Briefing {number} is not as it was kept, so it is not shown: run `daybrief "
                "doctor`, or restore a backup."
            )
        return record, body

    def _missing(self, scope: Scope, number: int) -> str:
        """Say that there is no such briefing, and which there are."""
        text = f"There is no briefing {number} here: it may be too old by now."
        query = select(func.min(table.c.id), func.max(table.c.id)).where(table.c.scope == scope)
        with self._database.read() as connection:
            first, last = connection.execute(query).one()
        if last is None:
            return f"{text} None is kept: {KEPT_WHEN}"
        kept = str(first) if first == last else f"{first} to {last}"
        return f"{text} /brief archive lists what is kept: {kept}."

    def listing(
        self,
        scope: Scope,
        *,
        limit: int,
        schedule: str = "",
        before: int | None = None,
        day: date | None = None,
    ) -> tuple[BriefingRecord, ...]:
        """Return briefings, the newest first: those of a *schedule*, made on a *day* (UTC).

        To go on, pass the id of the last one as *before*.
        """
        query = _newest(scope, schedule).limit(limit)
        if before is not None:
            query = query.where(table.c.id < min(before, _LARGEST))
        if day is not None:
            first = datetime.combine(day, time(), UTC)
            query = query.where(table.c.made >= first, table.c.made < _next(first))
        with self._database.read() as connection:
            return tuple(_record(row) for row in connection.execute(query))

    def latest(self, scope: Scope, schedule: str = "") -> BriefingRecord | None:
        """Return the newest briefing, of *schedule* when one is named; None when there is none."""
        found = self.listing(scope, limit=1, schedule=schedule)
        return found[0] if found else None

    def expire(self, before: datetime) -> int:
        """Delete the briefings that were made *before* then, oldest first; return how many."""
        oldest = select(table.c.id).where(table.c.made < before).order_by(table.c.made)
        deleted = 0
        while True:
            with self._database.write() as connection:
                found = connection.scalars(oldest.limit(_AT_ONCE)).all()
                connection.execute(delete(table).where(table.c.id.in_(found)))
            deleted += len(found)
            if len(found) < _AT_ONCE:
                return deleted


def _newest(scope: Scope, schedule: str) -> Select[Any]:
    query = select(*_COLUMNS).where(table.c.scope == scope)
    query = query.where(table.c.schedule == schedule) if schedule else query
    return query.order_by(table.c.id.desc())


def _record(row: Row[Any]) -> BriefingRecord:
    return BriefingRecord(*(getattr(row, name) for name in BriefingRecord._fields))


def _unpacked(body: bytes) -> bytes | None:
    try:
        return zlib.decompress(body)
    except zlib.error:
        return None


def _digest(scope: Scope, record: BriefingRecord, body: bytes) -> str:
    """Return 32 hex digits that differ when anything that is kept differs."""
    times = [str(at - EPOCH) for at in (record.made, record.since, record.until)]
    parts = [str(scope), *times, record.about, str(record.stories), record.schedule]
    digest = blake2b(digest_size=16)
    for part in (*(part.encode("utf-8", "surrogatepass") for part in parts), body):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _next(first: datetime) -> datetime:
    """Return the beginning of the day after *first*."""
    last = datetime.max.replace(tzinfo=UTC)
    return min(first, last - timedelta(days=1)) + timedelta(days=1)
