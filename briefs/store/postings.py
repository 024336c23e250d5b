"""Where briefings were posted, what they quote, and what editors did to them since."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    delete,
    insert,
    literal,
    select,
    update,
)

from briefs.database import Database
from briefs.model import BriefingEdit, DocumentId, EditKind, ScheduleId, Scope, State
from briefs.store import dialect
from briefs.store.corrections import Corrections
from briefs.store.tables import briefing as briefings
from briefs.store.tables import briefing_edit as edits
from briefs.store.tables import delivery, posting, quoted
from briefs.store.tables import document as documents

_MOST_STALE = 200  # rows of one look


class Part(NamedTuple):
    """A message of a posted briefing: *channel* is where it is, a thread's id if it is in one."""

    schedule: ScheduleId
    state: State
    channel: int
    message: int  # 0: it is not there, or not known to be
    marker: str
    payload: bytes


class Stale(NamedTuple):
    """A briefing, and a document that was changed since it was quoted there, as it is now."""

    scope: Scope
    briefing: int
    document: DocumentId
    revision: int


class Postings:
    """The briefings that were posted, in all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.corrections = Corrections(database)

    def note(
        self,
        briefing: int,
        *,
        key: tuple[ScheduleId, date, int],
        made: datetime,
        documents: Collection[DocumentId],
        fence: int | None = None,
    ) -> None:
        """Note that the delivery *key* carries *briefing*, in place of what was made for it before.

        *documents* are the ones that it quotes. With *fence* nothing is noted when another process
        has claimed the delivery since: what it made is what is posted.
        """
        with self._database.write(durable=True) as connection:
            if fence is not None and not _is_claimed(connection, key, fence):
                return
            connection.execute(delete(posting).where(*_is(key)))
            schedule, day, slot = key
            row = {"schedule": schedule, "date": day, "slot": slot, "briefing": briefing}
            connection.execute(insert(posting), row)
            values = [
                {"document": number, "briefing": briefing, "made": made, "stale": 0}
                for number in sorted(documents)
            ]
            if values:
                connection.execute(dialect.insert(quoted).on_conflict_do_nothing(), values)

    def parts(self, scope: Scope, briefing: int) -> tuple[Part, ...]:
        """Return the parts of the newest delivery that carries *briefing*, in order."""
        carries = select(posting).join(briefings, briefings.c.id == posting.c.briefing)
        carries = carries.where(posting.c.briefing == briefing, briefings.c.scope == scope)
        carries = carries.order_by(posting.c.date.desc(), posting.c.slot.desc()).limit(1)
        with self._database.read() as connection:
            newest = connection.execute(carries).first()
            if newest is None:
                return ()
            key = (newest.schedule, newest.date, newest.slot)
            return tuple(_part(row) for row in connection.execute(_of_delivery(key)))

    def carried(self, scope: Scope, key: tuple[ScheduleId, date, int]) -> int:
        """Return the briefing that the delivery *key* carries; 0 when it is none of *scope*."""
        query = select(posting.c.briefing).join(briefings, briefings.c.id == posting.c.briefing)
        with self._database.read() as connection:
            found = connection.scalar(query.where(*_is(key), briefings.c.scope == scope))
        return found or 0

    def stale(self, since: datetime) -> tuple[Stale, ...]:
        """Return which briefings made *since* then quote what has changed, the oldest first.

        A bounded number of them.
        """
        columns = (briefings.c.scope, quoted.c.briefing, quoted.c.document, documents.c.revision)
        query = select(*columns).join(briefings, briefings.c.id == quoted.c.briefing)
        query = query.join(documents, documents.c.id == quoted.c.document)
        query = query.where(_is_stale())
        query = query.order_by(quoted.c.made, quoted.c.briefing, quoted.c.document)
        with self._database.read() as connection:
            found = connection.execute(query.where(quoted.c.made >= since).limit(_MOST_STALE))
            return tuple(
                Stale(Scope(scope), briefing, DocumentId(number), revision)
                for scope, briefing, number, revision in found
            )

    def settle(self, stale: Stale) -> None:
        """Note that what a revision means for a briefing has been looked at.

        When there is a newer one by now, that is still to be looked at.
        """
        newest = select(documents.c.id).where(
            documents.c.id == stale.document, documents.c.revision == stale.revision
        )
        with self._database.write() as connection:
            row = (quoted.c.document == stale.document, quoted.c.briefing == stale.briefing)
            settled = update(quoted).where(*row, newest.exists())
            connection.execute(settled.values(stale=0))

    def forget_quoted(self, before: datetime) -> None:
        """Correct nothing any more that was posted *before* then."""
        with self._database.write(durable=True) as connection:
            connection.execute(delete(quoted).where(quoted.c.made < before))

    def edit(self, edit: BriefingEdit) -> bool:
        """Record *edit*; False when the same is on record already."""
        values = edit._asdict()
        del values["id"]
        with self._database.write(durable=True) as connection:
            made = dialect.insert(edits).on_conflict_do_nothing()
            return connection.execute(made, values).rowcount == 1

    def take_back(self, edit: BriefingEdit) -> None:
        """Forget *edit*, which could not be carried out."""
        with self._database.write(durable=True) as connection:
            connection.execute(delete(edits).where(*_same(edit)))

    def swap(self, old: BriefingEdit, new: BriefingEdit) -> bool:
        """Record *new* in the place of *old*, and look again at what the briefing quotes.

        False when *old* is not on record.
        """
        values = new._asdict()
        del values["id"]
        with self._database.write(durable=True) as connection:
            if not connection.execute(delete(edits).where(*_same(old))).rowcount:
                return False
            connection.execute(dialect.insert(edits).on_conflict_do_nothing(), values)
            mine = update(quoted).where(quoted.c.briefing == new.briefing)
            connection.execute(mine.values(stale=1))
            return True

    def edits_of(self, scope: Scope, briefing: int) -> tuple[BriefingEdit, ...]:
        """Return what was done to *briefing*, the first first."""
        query = select(edits).where(edits.c.scope == scope, edits.c.briefing == briefing)
        with self._database.read() as connection:
            found = connection.execute(query.order_by(edits.c.id))
            return tuple(map(_edit, found))

    def edits(self, scope: Scope, *, limit: int) -> tuple[BriefingEdit, ...]:
        """Return what editors of *scope* did, the newest first."""
        query = select(edits).where(edits.c.scope == scope)
        with self._database.read() as connection:
            found = connection.execute(query.order_by(edits.c.id.desc()).limit(limit))
            return tuple(map(_edit, found))


def _same(edit: BriefingEdit) -> tuple[ColumnElement[bool], ...]:
    """Return what tells *edit* from every other."""
    names = ("scope", "briefing", "action", "story", "note")
    return tuple(edits.c[name] == getattr(edit, name) for name in names)


def revised(connection: Connection, document: int) -> None:
    """Note that *document* has a new revision: what quotes it has to be looked at."""
    connection.execute(update(quoted).where(quoted.c.document == document).values(stale=1))


def _is(key: tuple[ScheduleId, date, int]) -> tuple[ColumnElement[bool], ...]:
    return tuple(
        posting.c[name] == value
        for name, value in zip(("schedule", "date", "slot"), key, strict=True)
    )


def _is_claimed(connection: Connection, key: tuple[ScheduleId, date, int], fence: int) -> bool:
    """Lock the delivery *key*, and tell whether it was claimed last with *fence*."""
    first = _of_delivery(key).where(delivery.c.part == 1, delivery.c.fence == fence)
    return connection.execute(first.with_for_update()).first() is not None


def _is_stale() -> ColumnElement[bool]:
    """Return the very condition of the partial index: with a bound value it is not used."""
    return quoted.c.stale == literal(1, literal_execute=True)


def _of_delivery(key: tuple[int, date, int]) -> Select[Any]:
    names = ("schedule", "date", "slot")
    same = (delivery.c[name] == value for name, value in zip(names, key, strict=True))
    return select(delivery).where(*same).order_by(delivery.c.part)


def _part(row: Row[Any]) -> Part:
    return Part(
        schedule=ScheduleId(row.schedule),
        state=State(row.state),
        channel=row.thread or row.channel,
        message=row.message,
        marker=row.marker,
        payload=row.payload,
    )


def _edit(row: Row[Any]) -> BriefingEdit:
    values = row._asdict()
    return BriefingEdit(**values | {"action": EditKind(row.action), "scope": Scope(row.scope)})
