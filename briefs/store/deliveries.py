"""The ledger on the disk: what came due, who carries it out, and what became of it.

Every write waits for the disk: an attempt that was made is never forgotten, a post that is recorded
stays recorded. A row is written only by who holds its newest *fence*.
"""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Update,
    func,
    literal,
    select,
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
from briefs.store import claiming, dialect, scopes
from briefs.store import schedules as agenda
from briefs.store.claiming import Hold
from briefs.store.tables import delivery as table
from briefs.store.tables import schedule as schedules

_CANDIDATES = 200  # messages to be published that are looked at
_KEY = ("schedule", "date", "slot", "part")
_RECENT = 60  # deliveries looked at for failures in a row
_COLUMNS = tuple(field.name for field in fields(Delivery))


class Deliveries:
    """The deliveries of all schedules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self, schedule: Schedule, plan: Plan) -> bool:
        """Record what came due and how far that was looked at, together.

        A date and slot that has its row already keeps it. Return whether there is one to send.
        When *schedule* was changed, or planned by another process, since it was read, nothing is
        recorded: the next look goes by what it says now.
        """
        skipped = [_row(schedule, due, State.SKIPPED, reason) for due, reason in plan.skip]
        with self._database.write(durable=True, alone=False) as connection:
            if not agenda.is_still(connection, schedule):
                return False
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
        self, owner: str, hold: Hold, *, busy: Collection[int], limit: int
    ) -> tuple[Delivery, ...]:
        """Give *owner* up to *limit* open deliveries to *hold*, the longest due first.

        One for each channel, none for the channels in *busy* or that another process posts in, and
        of a schedule only the first that is open: a part waits for the one before it, a briefing
        for the one before it.
        """
        with self._database.write(durable=True, alone=False) as connection:
            until = hold.until(connection)
            now = until - hold.span
            rows = claiming.found(connection, owner, now, busy=busy, limit=limit)
            claimed = []
            for row in map(_word, rows):
                taken = {"fence": row.fence + 1, "claimed": row.claimed or now}
                held = _fenced(row).values(owner=owner, lease_until=until, **taken)
                if connection.execute(held).rowcount == 1:
                    claimed.append(_claimed(row, now))
        return tuple(claimed)

    def time_left(self, row: Delivery, now: datetime) -> timedelta:
        """Return for how long *row* is still held by who claimed it so; nothing when it is not."""
        lease = select(table.c.lease_until).where(*_same(row))
        with self._database.read() as connection:
            until = connection.scalar(lease)
            left = until - dialect.of(connection).clock(connection, now) if until else None
        return max(left or timedelta(0), timedelta(0))

    def save(
        self,
        row: Delivery,
        *,
        hold: Hold | None = None,
        rest: str = "",
        cover: datetime | None = None,
        pause: tuple[str, int] = ("", 0),
    ) -> bool:
        """Write *row*, and let it go unless there is a *hold*; False when it is not ours.

        With *rest*, the parts that follow are skipped for that reason. With *cover*, the next
        window of the schedule begins there. With *pause*, a reason and a number, the schedule is
        paused once so many deliveries in a row have failed.
        """
        with self._database.write(durable=True, alone=False) as connection:
            if not _write(connection, row, hold):
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

    def ready(self, parts: Sequence[Delivery], hold: Hold) -> bool:
        """Write the rendered *parts* of a delivery; False when its first part is not ours."""
        with self._database.write(durable=True, alone=False) as connection:
            if not _write(connection, parts[0], hold):
                return False
            _add(connection, parts[1:])
            return True

    def release_all(self) -> None:
        """End every claim: for the start of the only process that writes to this database."""
        with self._database.write(durable=True) as connection:
            held = update(table).where(claiming.is_open(table), table.c.lease_until.is_not(None))
            connection.execute(held.values(lease_until=None, owner="", fence=table.c.fence + 1))

    def drop_open(self, reason: str) -> None:
        """Skip every open delivery for *reason*."""
        with self._database.write(durable=True) as connection:
            dropped = update(table).where(claiming.is_open(table))
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

    def publishing(self, row: Delivery, hold: Hold) -> bool:
        """Put the publication of *row* off to *hold* it; False when it is not as *row* says."""
        mine = update(table).where(*_key(row), _is_unpublished())
        mine = mine.where(table.c.publish_at == row.publish_at)
        with self._database.write(durable=True, alone=False) as connection:
            return connection.execute(mine.values(publish_at=hold.until(connection))).rowcount == 1

    def published(self, row: Delivery) -> None:
        """Write what became of the publication of *row*, unless that was settled before."""
        names = ("publish", "publish_at", "publish_note")
        values = {name: getattr(row, name) for name in names}
        with self._database.write(durable=True, alone=False) as connection:
            mine = update(table).where(*_key(row), _is_unpublished())
            connection.execute(mine.values(**values))

    def again(self, row: Delivery) -> Delivery:
        """Return *row* as it stands now."""
        query = select(table).where(*_key(row))
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


def _write(connection: Connection, row: Delivery, hold: Hold | None) -> bool:
    """Write all that may change in *row*, if its fence still stands."""
    values = {name: getattr(row, name) for name in _COLUMNS if name not in {*_KEY, "fence"}}
    until = hold.until(connection) if hold else None
    statement = _fenced(row).values(**values, lease_until=until)
    return connection.execute(statement).rowcount == 1


def _fenced(row: Delivery) -> Update:
    return update(table).where(*_same(row))


def _same(row: Delivery) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for *row* as it was claimed: nobody else has claimed it since."""
    return (*_key(row), table.c.fence == row.fence)


def _key(row: Delivery) -> tuple[ColumnElement[bool], ...]:
    return tuple(table.c[name] == getattr(row, name) for name in _KEY)


def _following(row: Delivery) -> Update:
    same = (table.c[name] == getattr(row, name) for name in ("schedule", "date", "slot"))
    return update(table).where(*same, table.c.part > row.part, claiming.is_open(table))


def _schedule(schedule: ScheduleId) -> Update:
    return update(schedules).where(schedules.c.id == schedule)


def _is_sent() -> ColumnElement[bool]:
    return table.c.state == literal(State.SENT.value, literal_execute=True)


def _is_unpublished() -> ColumnElement[bool]:
    return table.c.publish == literal(Publishing.WANTED.value, literal_execute=True)


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    seen = select(schedules.c.id).where(schedules.c.scope.in_(scopes.view(scope)))
    return table.c.schedule.in_(seen)


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
