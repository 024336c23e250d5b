"""The ledger on the disk: what came due, who carries it out, and what became of it.

Every write waits for the disk: an attempt that was made is never forgotten, a post that is recorded
stays recorded. A row is written only by who holds its newest *fence*.
"""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    Update,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from briefs.database import Database
from briefs.model import (
    BY_HAND,
    Delivery,
    Due,
    Plan,
    Publishing,
    Schedule,
    ScheduleId,
    Scope,
    Stage,
    State,
)
from briefs.store import dialect, scopes
from briefs.store.tables import delivery as table
from briefs.store.tables import schedule as schedules

_CANDIDATES = 200  # open rows that a claim looks at
_KEY = ("schedule", "date", "slot", "part")
_NONSENSE = timedelta(days=2)  # nobody waits so long: the clock was ahead when it was written
_OPEN = [State.PLANNED.value, State.READY.value, State.SENDING.value]
_RECENT = 60  # deliveries looked at for failures in a row
_COLUMNS = tuple(field.name for field in fields(Delivery))


class Deliveries:
    """The deliveries of all schedules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self, schedule: Schedule, plan: Plan) -> bool:
        """Record what came due and how far that was looked at, together.

        A date and slot that has its row already keeps it. Return whether there is one to send.
        """
        skipped = [_row(schedule, due, State.SKIPPED, reason) for due, reason in plan.skip]
        with self._database.write(durable=True) as connection:
            _add(connection, [replace(row, ended=plan.planned_until) for row in skipped])
            send = plan.send and _add(connection, [_row(schedule, plan.send, State.PLANNED)])
            connection.execute(
                _schedule(schedule.id)
                .where(schedules.c.planned_until <= plan.planned_until)
                .values(planned_until=plan.planned_until, next_due=plan.next_due)
            )
            return bool(send)

    def by_hand(self, schedule: Schedule, day: date, now: datetime) -> Delivery:
        """Record a delivery asked for *now*, the local date *day*, beside those that come due."""
        mine = (table.c.schedule == schedule.id, table.c.date == day, table.c.slot >= BY_HAND)
        with self._database.write(durable=True) as connection:
            last = connection.scalar(select(func.max(table.c.slot)).where(*mine))
            due = Due(day, BY_HAND if last is None else last + 1, now)
            row = _row(schedule, due, State.PLANNED)
            _add(connection, [row])
            return row

    def claim(
        self, owner: str, now: datetime, *, until: datetime, busy: Collection[int], limit: int
    ) -> tuple[Delivery, ...]:
        """Give *owner* up to *limit* open deliveries until *until*, the longest due first.

        One for each channel, none for the channels in *busy*, and of a schedule only the first that
        is open: a part waits for the one before it, a briefing for the one before it.
        """
        with self._database.write(durable=True) as connection:
            rows = connection.execute(_claimable(now, busy)).mappings().all()
            first = {row["channel"]: row for row in reversed(rows)}
            claimed = [_word(row) for row in rows if first[row["channel"]] is row][:limit]
            for row in claimed:
                taken = {"fence": row.fence + 1, "claimed": row.claimed or now}
                connection.execute(_fenced(row).values(owner=owner, lease_until=until, **taken))
        return tuple(_claimed(row, now) for row in claimed)

    def save(
        self,
        row: Delivery,
        *,
        held_until: datetime | None = None,
        rest: str = "",
        cover: datetime | None = None,
        pause: tuple[str, int] = ("", 0),
    ) -> bool:
        """Write *row*, and let it go unless it is *held_until* then; False when it is not ours.

        With *rest*, the parts that follow are skipped for that reason. With *cover*, the next
        window of the schedule begins there. With *pause*, a reason and a number, the schedule is
        paused once so many deliveries in a row have failed.
        """
        with self._database.write(durable=True) as connection:
            if not _write(connection, row, held_until):
                return False
            if rest:
                ended = {"state": State.SKIPPED, "reason": rest, "ended": row.ended}
                connection.execute(_following(row).values(**ended))
            if row.thread:
                connection.execute(_following(row).values(thread=row.thread))
            if cover is not None:
                later = _schedule(row.schedule).where(schedules.c.covered_until < cover)
                connection.execute(later.values(covered_until=cover))
            reason, after = pause
            if reason and _failures(connection, row.schedule) >= after:
                on = _schedule(row.schedule).where(schedules.c.paused == "")
                connection.execute(on.values(paused=reason))
            return True

    def ready(self, parts: Sequence[Delivery], *, held_until: datetime) -> bool:
        """Write the rendered *parts* of a delivery; False when its first part is not ours."""
        with self._database.write(durable=True) as connection:
            if not _write(connection, parts[0], held_until):
                return False
            _add(connection, parts[1:])
            return True

    def release_all(self) -> None:
        """End every claim: for the start of the only process that writes to this database."""
        with self._database.write(durable=True) as connection:
            held = update(table).where(_open(table), table.c.lease_until.is_not(None))
            connection.execute(held.values(lease_until=None, owner="", fence=table.c.fence + 1))

    def drop_open(self, reason: str) -> None:
        """Skip every open delivery for *reason*."""
        with self._database.write(durable=True) as connection:
            dropped = update(table).where(_open(table))
            connection.execute(dropped.values(state=State.SKIPPED, reason=reason))

    def unpublished(
        self, now: datetime, *, busy: Collection[int], limit: int
    ) -> tuple[Delivery, ...]:
        """Return messages to be published by now, the first of each channel that is not *busy*."""
        query = (
            select(table)
            .where(_is_unpublished(), table.c.publish_at <= now)
            .where(table.c.channel.not_in(sorted(busy)))
            .order_by(table.c.publish_at, table.c.schedule, table.c.due, table.c.part)
            .limit(_CANDIDATES)
        )
        with self._database.read() as connection:
            rows = [_word(row) for row in connection.execute(query).mappings()]
        first = {row.channel: row for row in reversed(rows)}
        return tuple(row for row in rows if first[row.channel] is row)[:limit]

    def published(self, row: Delivery) -> None:
        """Write what became of the publication of *row*."""
        key = (table.c[name] == getattr(row, name) for name in _KEY)
        names = ("publish", "publish_at", "publish_note")
        values = {name: getattr(row, name) for name in names}
        with self._database.write(durable=True) as connection:
            connection.execute(update(table).where(*key).values(**values))

    def again(self, row: Delivery) -> Delivery:
        """Return *row* as it stands now."""
        query = select(table).where(*(table.c[key] == getattr(row, key) for key in _KEY))
        with self._database.read() as connection:
            return _word(connection.execute(query).mappings().one())

    def of(
        self, scope: Scope, schedule: ScheduleId, *, limit: int = 25, day: date | None = None
    ) -> tuple[Delivery, ...]:
        """Return the newest deliveries of *schedule*, or those of the local date *day*.

        None when *scope* does not see it.
        """
        wanted = [table.c.schedule == schedule, _seen_by(scope)]
        if day is not None:
            wanted.append(table.c.date == day)
        newest_first = [table.c[key].desc() for key in _KEY[1:]]
        query = select(table).where(*wanted).order_by(*newest_first).limit(limit)
        with self._database.read() as connection:
            return tuple(_word(row) for row in connection.execute(query).mappings())

    def latest_sent(self, scope: Scope, schedule: ScheduleId | None = None) -> tuple[Delivery, ...]:
        """Return the parts of the newest briefing that was sent, in order; () when none was."""
        newest = (
            select(func.max(table.c.due))
            .where(table.c.schedule == schedules.c.id, _is_sent())
            .scalar_subquery()
        )
        wanted: list[ColumnElement[bool]] = [
            schedules.c.scope.in_(scopes.view(scope)),
            schedules.c.kind != "direct",  # that is one person's
            newest.is_not(None),
        ]
        if schedule is not None:
            wanted.append(schedules.c.id == schedule)
        query = select(schedules.c.id, newest).where(*wanted)
        query = query.order_by(newest.desc(), schedules.c.id).limit(1)
        with self._database.read() as connection:
            found = connection.execute(query).first()
            return () if found is None else _sent(connection, found[0], found[1])


def _row(schedule: Schedule, due: Due, state: State, reason: str = "") -> Delivery:
    return Delivery(
        schedule=schedule.id,
        date=due.date,
        slot=due.slot,
        channel=schedule.channel,
        due=due.at,
        state=state,
        reason=reason,
    )


def _add(connection: Connection, rows: Sequence[Delivery]) -> int:
    """Insert *rows*; one whose key is taken is left out. Return how many were not."""
    if not rows:
        return 0
    values = [{name: getattr(row, name) for name in _COLUMNS} for row in rows]
    return connection.execute(dialect.insert(table).on_conflict_do_nothing(), values).rowcount


def _write(connection: Connection, row: Delivery, held_until: datetime | None) -> bool:
    """Write all that may change in *row*, if its fence still stands."""
    values = {name: getattr(row, name) for name in _COLUMNS if name not in {*_KEY, "fence"}}
    statement = _fenced(row).values(**values, lease_until=held_until)
    return connection.execute(statement).rowcount == 1


def _fenced(row: Delivery) -> Update:
    key = (table.c[name] == getattr(row, name) for name in _KEY)
    return update(table).where(*key, table.c.fence == row.fence)


def _following(row: Delivery) -> Update:
    same = (table.c[name] == getattr(row, name) for name in ("schedule", "date", "slot"))
    return update(table).where(*same, table.c.part > row.part, _open(table))


def _schedule(schedule: ScheduleId) -> Update:
    return update(schedules).where(schedules.c.id == schedule)


def _open(rows: FromClause) -> ColumnElement[bool]:
    """Return the very condition of the partial indexes: with bound values they are not used."""
    return rows.c.state.in_(bindparam("open", _OPEN, expanding=True, literal_execute=True))


def _is_sent() -> ColumnElement[bool]:
    return table.c.state == literal(State.SENT.value, literal_execute=True)


def _is_unpublished() -> ColumnElement[bool]:
    return table.c.publish == literal(Publishing.WANTED.value, literal_execute=True)


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    seen = select(schedules.c.id).where(schedules.c.scope.in_(scopes.view(scope)))
    return table.c.schedule.in_(seen)


def _claimable(now: datetime, busy: Collection[int]) -> Select[Any]:
    """Select open rows that nobody holds and nothing holds back."""
    earlier = table.alias("earlier")
    before = select(earlier.c.schedule).where(
        earlier.c.schedule == table.c.schedule,
        (earlier.c.slot >= BY_HAND) == (table.c.slot >= BY_HAND),
        tuple_(earlier.c.due, earlier.c.slot, earlier.c.part)
        < tuple_(table.c.due, table.c.slot, table.c.part),
        _open(earlier),
    )
    wait = table.c.not_before
    return (
        select(table)
        .where(
            _open(table),
            or_(wait.is_(None), wait <= now, wait > now + _NONSENSE),
            or_(table.c.lease_until.is_(None), table.c.lease_until <= now),
            table.c.channel.not_in(sorted(busy)),
            ~exists(before),
        )
        .order_by(table.c.due, table.c.schedule, table.c.slot, table.c.part)
        .limit(_CANDIDATES)
    )


def _failures(connection: Connection, schedule: ScheduleId) -> int:
    """Count the failures since something of *schedule* was last sent."""
    recent = (
        select(table.c.state)
        .where(table.c.schedule == schedule)
        .order_by(table.c.date.desc(), table.c.slot.desc(), table.c.part.desc())
        .limit(_RECENT)
    )
    states = connection.scalars(recent).all()
    since = itertools.takewhile(lambda state: state != State.SENT, states)
    return sum(state == State.FAILED for state in since)


def _sent(connection: Connection, schedule: int, due: datetime) -> tuple[Delivery, ...]:
    query = select(table).where(table.c.schedule == schedule, table.c.due == due, _is_sent())
    rows = connection.execute(query.order_by(table.c.slot, table.c.part)).mappings()
    return tuple(_word(row) for row in rows)


def _word(row: RowMapping) -> Delivery:
    values = {name: row[name] for name in _COLUMNS}
    own = {"state": State(row["state"]), "publish": Publishing(row["publish"])}
    stages = tuple(Stage(str(name), str(text)) for name, text in row["stages"])
    return Delivery(**values | own | {"stages": stages})


def _claimed(row: Delivery, now: datetime) -> Delivery:
    return replace(row, fence=row.fence + 1, claimed=row.claimed or now)
