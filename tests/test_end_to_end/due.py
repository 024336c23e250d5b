"""Schedules whose time has come: made as `/schedule create` makes them, then moved to the past."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefs import documents, ingest, timing
from briefs.model import Delivery, Schedule, Scope
from briefs.store import open_store
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


def document(program: Program, text: str) -> None:
    """Keep a document that arrived an hour ago, before what is due now was due."""
    found = ingest.find(documents.of(text, title="A bridge", source="Sample Courier"))
    with open_store(program.url) as store:
        store.documents.add(found, arrived=datetime.now(UTC) - timedelta(hours=1))


def age(program: Program, span: timedelta) -> None:
    """Let the attempts that a *program* left, which is not running, be older by *span*."""
    now = datetime.now(UTC)
    with open_store(program.url) as store:
        store.deliveries.release_all()
        for row in store.deliveries.claim("test", now, until=now, busy=(), limit=100):
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


def paused(program: Program, name: str, *, running: bool = False) -> str:
    """Return why the schedule *name* of a *program* is paused; "" when it is on."""
    with open_store(program.url, readonly=running) as store:
        return next(each.paused for each in store.schedules.every() if each.name == name)
