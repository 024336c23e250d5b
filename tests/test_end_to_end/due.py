"""Schedules whose time has come: made as `/schedule create` makes them, then moved to the past."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from briefs import documents, ingest, timing
from briefs.model import PUBLIC, Delivery, Schedule, Scope
from briefs.store import Hold, open_store, tables
from tests.discord_server import Channel
from tests.test_end_to_end.program import Program

MINUTE = timedelta(minutes=1)


def schedule(name: str, channel: Channel) -> Schedule:
    """Return a daily schedule that was due a minute or two ago, and is not planned yet."""
    assert channel.guild is not None
    now = datetime.now(UTC)
    made = timing.make(
        name=name,
        channel=channel.id,
        times=f"{now - MINUTE:%H:%M}",
        days="daily",
        timezone="UTC",
        scope=Scope(channel.guild.id),
        now=now - 3 * MINUTE,
    )
    return replace(made, covered_until=now - timedelta(days=1))


def schedules(program: Program) -> tuple[Schedule, ...]:
    """Return the schedules that a *program* keeps which is not running."""
    with open_store(program.url) as store:
        return store.schedules.every()


def again(program: Program, name: str) -> None:
    """Let *name* be due once more: what became of it counts as yesterday's."""
    with open_store(program.url) as store:
        [found] = [each for each in store.schedules.every() if each.name == name]
        with store._database.write() as connection:
            rows = update(tables.delivery).where(tables.delivery.c.schedule == found.id)
            before = {"date": date.today() - timedelta(days=1)}  # noqa: DTZ011 - any other day
            connection.execute(rows.values(**before))
            now = datetime.now(UTC)
            mine = update(tables.schedule).where(tables.schedule.c.id == found.id)
            connection.execute(mine.values(planned_until=now - 3 * MINUTE, next_due=now))


def move_to(program: Program, at: datetime) -> None:
    """Let every schedule of a *program* that is not running be due *at* then, each day."""
    with open_store(program.url) as store:
        for each in store.schedules.every():
            times = (at.time().replace(second=0, microsecond=0),)
            store.schedules.edit(replace(each, times=times), at)


def looked(program: Program, at: datetime) -> None:
    """Let a *program* that is not running have looked at the clock *at* then, and not since."""
    with open_store(program.url) as store:
        store.installation.looking.note(at)


def look_again(program: Program, name: str, span: timedelta) -> None:
    """Let the schedule *name* be looked at again after *span*, and not before."""
    with open_store(program.url) as store, store._database.write() as connection:
        mine = update(tables.schedule).where(tables.schedule.c.name == name)
        connection.execute(mine.values(next_due=datetime.now(UTC) + span))


def publish_now(program: Program) -> None:
    """Let what waits to be published wait no longer."""
    with open_store(program.url) as store, store._database.write() as connection:
        waiting = tables.delivery.c.publish_at.is_not(None)
        now = datetime.now(UTC) - MINUTE
        connection.execute(update(tables.delivery).where(waiting).values(publish_at=now))


def add(program: Program, *made: Schedule) -> None:
    """Keep schedules in the store of a *program* that is not running."""
    with open_store(program.url) as store:
        for each in made:
            store.schedules.create(each)


def move(program: Program, name: str) -> None:
    """Let the schedule *name* of a *program* that is not running have been due a minute ago."""
    now = datetime.now(UTC)
    with open_store(program.url) as store:
        [found] = [each for each in store.schedules.every() if each.name == name]
        store.schedules.delete(found.id)
        moved = replace(
            found,
            times=((now - MINUTE).time().replace(second=0, microsecond=0),),
            created=now - 3 * MINUTE,
            planned_until=now - 3 * MINUTE,
        )
        store.schedules.create(moved)


def document(
    program: Program, text: str, *, title: str = "A bridge", scope: Scope = PUBLIC
) -> None:
    """Keep a document that arrived an hour ago, before what is due now was due."""
    read = documents.of(text, title=title, source="Sample Courier", scope=scope)
    found = ingest.find(read)
    with open_store(program.url) as store:
        store.documents.add(found, arrived=datetime.now(UTC) - timedelta(hours=1))


def age(program: Program, span: timedelta) -> None:
    """Let the attempts that a *program* left, which is not running, be older by *span*."""
    now = datetime.now(UTC)
    with open_store(program.url) as store:
        store.deliveries.release_all()
        for row in store.deliveries.claim("test", Hold(now, timedelta(0)), busy=(), limit=100):
            assert row.first_attempt is not None
            store.deliveries.save(replace(row, first_attempt=row.first_attempt - span))


def clock(program: Program, name: str) -> str:
    """Return the time of day of the schedule *name* of a *program* that is not running."""
    with open_store(program.url) as store:
        return next(f"{s.times[0]:%H:%M}" for s in store.schedules.every() if s.name == name)


def ledger(program: Program) -> list[Delivery]:
    """Return what the store of a *program* that is not running says of all deliveries."""
    with open_store(program.url) as store:
        made = store.schedules.every()
        return [row for each in made for row in store.deliveries.of(each.scope, each.id)]


def ledger_beside(program: Program) -> list[Delivery]:
    """Return what the store of a running *program* says of all deliveries."""
    with open_store(program.url, readonly=True) as store:
        made = store.schedules.every()
        return [row for each in made for row in store.deliveries.of(each.scope, each.id)]


def paused(program: Program, name: str, *, running: bool = False) -> str:
    """Return why the schedule *name* of a *program* is paused; "" when it is on."""
    with open_store(program.url, readonly=running) as store:
        return next(each.paused for each in store.schedules.every() if each.name == name)
