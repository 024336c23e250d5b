"""Schedules: kept, found, paused, and brought in line with config.toml.

No due time is worked out here. `next_due` only says when a schedule has to be looked at again, so
that a tick reads those that are due and no others; a new or changed one is looked at by the next.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from rapidfuzz import process
from sqlalchemy import ColumnElement, Connection, RowMapping, Update, delete, insert, select, update

from briefs.database import Database
from briefs.errors import NotFoundError, UsageError
from briefs.model import Schedule, ScheduleId, Scope
from briefs.store import calendars, scopes
from briefs.store.tables import schedule as table

log = logging.getLogger(__name__)

GONE = "it is no longer in config.toml"
_BATCH = 1000  # schedules looked at in one tick
_LISTED = 200
_NAMED = 5  # schedules that are named to who asked for another
# columns that are read in their own way
_OWN = {"next_due", "times", "days", "skip", "quiet", "sections", "tags"}
# what a user or config.toml may change
_CHANGING = ("channel", "times", "days", "timezone", "skip", "quiet", "about", "length", "sections")
_PLACE = ("kind", "mention", "tags", "publish")  # how it is posted where
# what decides when a schedule is due, and how far that was looked at
_DECIDING = (
    *("times", "days", "timezone", "skip", "quiet"),
    *("paused", "paused_until", "planned_until"),
)
_FROM_FILE = (*_CHANGING, *_PLACE, "scope")


class Synced(NamedTuple):
    """What became of the schedules of config.toml: names."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def missing(name: str, known: Iterable[Schedule]) -> NotFoundError:
    """Return that none of the *known* schedules is called *name*, with names that are near."""
    names = list(dict.fromkeys(schedule.name for schedule in known))
    near = [match for match, _, _ in process.extract(name, names, limit=3, score_cutoff=60)]
    text = f"There is no schedule called “{name[:80]}”."
    if near:
        return NotFoundError(text, near)
    if not names:
        return NotFoundError(f"{text} There are none here yet: /schedule create makes one.")
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return NotFoundError(f"{text} There are: {', '.join(names[:_NAMED])}{more}.")


class Schedules:
    """The schedules of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, schedule: Schedule) -> Schedule:
        """Keep a new *schedule*; UsageError when its scope has one of that name."""
        with self._database.write(durable=True) as connection:
            return _create(connection, schedule)

    def get(self, schedule: ScheduleId) -> Schedule | None:
        """Return the schedule with the id *schedule*, whatever its scope: for the deliveries."""
        with self._database.read() as connection:
            return _one(connection, table.c.id == schedule)

    def named(self, scope: Scope, name: str) -> Schedule:
        """Return the schedule called *name*; NotFoundError with names that there are."""
        return _called(name, self.listing(scope))

    def own(self, scope: Scope, name: str) -> Schedule:
        """Return the schedule called *name* of *scope* itself; one of another is as good as none.

        NotFoundError with names that there are.
        """
        return _called(name, [each for each in self.listing(scope) if each.scope == scope])

    def listing(self, scope: Scope) -> tuple[Schedule, ...]:
        """Return the schedules that *scope* sees, by name; 200 at most."""
        query = select(table).where(_visible(scope)).order_by(table.c.name, table.c.id)
        with self._database.read() as connection:
            return _words(connection.execute(query.limit(_LISTED)).mappings().all())

    def complete(self, scope: Scope, typed: str, *, limit: int = 25) -> tuple[str, ...]:
        """Return names of schedules that *typed* may become."""
        wanted = typed.strip().casefold()
        names = [schedule.name for schedule in self.listing(scope)]
        return tuple(name for name in names if wanted in name.casefold())[:limit]

    def every(self) -> tuple[Schedule, ...]:
        """Return the schedules of all scopes, by name, for who owns the installation."""
        query = select(table).order_by(table.c.name, table.c.id)
        with self._database.read() as connection:
            return _words(connection.execute(query).mappings().all())

    def due(self, now: datetime) -> tuple[Schedule, ...]:
        """Return the schedules to be looked at, the longest due first; at most 1,000."""
        query = select(table).where(table.c.next_due <= now).order_by(table.c.next_due)
        with self._database.read() as connection:
            return _words(connection.execute(query.limit(_BATCH)).mappings().all())

    def edit(self, schedule: Schedule, now: datetime) -> Schedule:
        """Give the schedule with the id of *schedule* its name and all that a user may change.

        It is looked at again *now*. UsageError when its scope has another one of that name. In
        another channel it is posted plainly, as in any channel of text.
        """
        before = self.get(schedule.id)
        if before is not None and before.channel != schedule.channel:
            schedule = replace(schedule, kind="", tags=(), publish=False)
        columns = _columns(schedule)
        values = {key: columns[key] for key in ("name", *_CHANGING, *_PLACE)}
        with self._database.write(durable=True) as connection:
            _check_name(connection, schedule)
            connection.execute(_where(schedule.id).values(**values, next_due=now))
        return schedule

    def pause(self, schedule: ScheduleId, reason: str) -> None:
        """Stop posting for *reason*; what comes due meanwhile is recorded as skipped."""
        self._set(schedule, paused=reason, paused_until=None)

    def pause_until(self, schedule: ScheduleId, until: datetime) -> None:
        """Post nothing that is due before *until*, and go on then without a hand."""
        self._set(schedule, paused="", paused_until=until)

    def resume(self, schedule: ScheduleId) -> None:
        """Post again, from the next due time on."""
        self._set(schedule, paused="", paused_until=None)

    def place(
        self,
        schedule: ScheduleId,
        *,
        channel: int,
        kind: str,
        mention: int,
        tags: Sequence[int],
        publish: bool,
    ) -> None:
        """Post in *channel* from the next due time on, as `Schedule` says of the others."""
        where = {"channel": channel, "kind": kind, "mention": mention}
        self._set(schedule, **where, tags=list(tags), publish=publish)

    def delete(self, schedule: ScheduleId) -> None:
        """Forget *schedule*; its deliveries stay, and open ones are not made any more."""
        with self._database.write(durable=True) as connection:
            connection.execute(delete(table).where(table.c.id == schedule))

    def sync(self, wanted: Sequence[Schedule], now: datetime) -> Synced:
        """Bring the schedules that config.toml owns in line with *wanted*, by their names.

        What is gone from the file is paused and keeps its history. UsageError when a schedule made
        in Discord has the name.
        """
        with self._database.write(durable=True) as connection:
            rows = connection.execute(select(table).where(table.c.owner == "file")).mappings().all()
            kept = {schedule.name: schedule for schedule in _words(rows)}
            created, changed = [], []
            for schedule in wanted:
                old = kept.pop(schedule.name, None)
                if old is None:
                    _create(connection, replace(schedule, owner="file"))
                    created.append(schedule.name)
                elif _update(connection, old, schedule, now):
                    changed.append(schedule.name)
            gone = [old for old in kept.values() if not old.paused]
            for old in gone:
                connection.execute(_where(old.id).values(paused=GONE))
            return Synced(tuple(created), tuple(changed), tuple(old.name for old in gone))

    def _set(self, schedule: ScheduleId, **values: object) -> None:
        with self._database.write(durable=True) as connection:
            connection.execute(_where(schedule).values(**values))


def is_still(connection: Connection, schedule: Schedule) -> bool:
    """Lock the row of *schedule*, and tell whether it still says the same of when it is due."""
    query = select(table).where(table.c.id == schedule.id).with_for_update()
    found = _words(connection.execute(query).mappings().all())
    return any(
        all(getattr(each, key) == getattr(schedule, key) for key in _DECIDING) for each in found
    )


def _called(name: str, known: Sequence[Schedule]) -> Schedule:
    wanted = " ".join(name.split())
    found = (each for each in known if each.name.casefold() == wanted.casefold())
    schedule = next(found, None)
    if schedule is None:
        raise missing(wanted, known)
    return schedule


def _create(connection: Connection, schedule: Schedule) -> Schedule:
    _check_name(connection, schedule)
    values = _columns(schedule) | {"next_due": schedule.created}
    key = connection.execute(insert(table).values(values)).inserted_primary_key
    assert key is not None
    return replace(schedule, id=ScheduleId(key[0]))


def _check_name(connection: Connection, schedule: Schedule) -> None:
    same = (table.c.scope == schedule.scope, table.c.name == schedule.name)
    if connection.execute(select(table.c.id).where(*same, table.c.id != schedule.id)).first():
        raise UsageError(f"There is a schedule “{schedule.name}” already: give another name.")


def _update(connection: Connection, old: Schedule, new: Schedule, now: datetime) -> bool:
    """Give *old* what the file says; look at it again. A pause by hand stays."""
    paused = "" if old.paused == GONE else old.paused
    if paused == old.paused and all(getattr(old, key) == getattr(new, key) for key in _FROM_FILE):
        return False
    columns = _columns(new)
    values = {key: columns[key] for key in _FROM_FILE}
    connection.execute(_where(old.id).values(**values, paused=paused, next_due=now))
    return True


def _where(schedule: ScheduleId) -> Update:
    return update(table).where(table.c.id == schedule)


def _visible(scope: Scope) -> ColumnElement[bool]:
    return table.c.scope.in_(scopes.view(scope))


def _one(connection: Connection, condition: ColumnElement[bool]) -> Schedule | None:
    found = _words(connection.execute(select(table).where(condition)).mappings().all())
    return found[0] if found else None


def _columns(schedule: Schedule) -> dict[str, object]:
    return {
        "scope": schedule.scope,
        "name": schedule.name,
        "channel": schedule.channel,
        "times": calendars.written_times(schedule.times),
        "days": calendars.written_days(schedule.days),
        "skip": calendars.written_skip(schedule.skip),
        "quiet": calendars.written_quiet(schedule.quiet),
        "timezone": schedule.timezone,
        "about": schedule.about,
        "length": schedule.length,
        "sections": list(schedule.sections),
        "kind": schedule.kind,
        "mention": schedule.mention,
        "tags": list(schedule.tags),
        "publish": schedule.publish,
        "owner": schedule.owner,
        "paused": schedule.paused,
        "paused_until": schedule.paused_until,
        "created": schedule.created,
        "planned_until": schedule.planned_until,
        "covered_until": schedule.covered_until,
    }


def _words(rows: Sequence[RowMapping]) -> tuple[Schedule, ...]:
    """Return the schedules of *rows*; one that somebody damaged does not stop the others."""
    found = []
    for row in rows:
        try:
            found.append(_word(row))
        except (TypeError, ValueError):
            log.warning("schedule %s cannot be read and is left out", row["id"])
    return tuple(found)


def _word(row: RowMapping) -> Schedule:
    columns = {key: row[key] for key in row if key not in _OWN}
    return Schedule(
        times=calendars.read_times(row["times"]),
        days=calendars.read_days(row["days"]),
        skip=calendars.read_skip(row["skip"]),
        quiet=calendars.read_quiet(row["quiet"]),
        sections=tuple(map(str, row["sections"])),
        tags=tuple(map(int, row["tags"])),
        **columns,
    )
