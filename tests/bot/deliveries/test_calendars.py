"""Quiet hours, pauses with an end and days to skip, from the due time to the message."""

from datetime import datetime, timedelta

import pytest

from briefs.errors import DaybriefError
from briefs.model import State
from briefs.store import open_store
from tests.bot.deliveries.fakes import START, Machine

HOURS = timedelta(hours=1)
MINUTES = timedelta(minutes=1)


@pytest.fixture
def machine(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/test.db") as store:
        yield Machine(store)


def evening(machine, **others):
    """A schedule that is due just before its quiet hours."""
    words = {"times": "21:50", "timezone": "UTC", "quiet": "22:00-07:00"}
    return machine.schedule(**words | others)


async def test_what_is_due_in_quiet_hours_is_posted_once_when_they_end(machine):
    schedule = evening(machine, times="06:00")
    await machine.boot()
    await machine.tick(after=6.5 * HOURS)
    assert machine.discord.posts == 0
    await machine.tick(after=31 * MINUTES)
    await machine.ticks(3)

    (row,) = machine.rows(schedule)
    assert (row.state, row.due) == (State.SENT, START + 7 * HOURS)
    assert machine.discord.posts == 1


async def test_after_an_outage_into_quiet_hours_it_is_posted_when_they_end(machine):
    schedule = evening(machine)
    await machine.boot()
    await machine.tick(after=23 * HOURS)
    assert machine.discord.posts == 0
    await machine.tick(after=8 * HOURS + MINUTES)

    (row,) = machine.rows(schedule)
    assert (row.state, row.due) == (State.SENT, START + timedelta(hours=21, minutes=50))


async def test_a_retry_that_runs_into_quiet_hours_waits_for_their_end(machine):
    schedule = evening(machine)
    machine.rendering = DaybriefError("not yet.")
    await machine.boot()
    await machine.tick(after=timedelta(hours=21, minutes=50))
    machine.rendering = None
    await machine.tick(after=15 * MINUTES)
    (row,) = machine.rows(schedule)
    assert (row.state, row.reason) == (
        State.PLANNED,
        "It waits for the end of the quiet hours (22:00-07:00).",
    )
    assert (row.not_before, machine.discord.posts) == (START + 31 * HOURS, 0)
    await machine.tick(after=9 * HOURS)

    assert machine.states(schedule) == ["sent"]


async def test_what_is_asked_for_by_hand_is_posted_in_quiet_hours_and_in_a_pause(machine):
    schedule = evening(machine)
    machine.store.schedules.pause_until(schedule.id, START + timedelta(days=9))
    await machine.boot()
    machine.now += 23 * HOURS
    row = await machine.deliveries.run_now(schedule)

    assert row.state is State.SENT


async def test_a_pause_with_an_end_takes_back_what_was_not_posted_yet_and_is_over_then(machine):
    schedule = evening(machine, times="07:30", quiet="none")
    machine.rendering = DaybriefError("not yet.")
    await machine.boot()
    await machine.tick(after=7.5 * HOURS)
    machine.rendering = None
    machine.store.schedules.pause_until(schedule.id, START + timedelta(days=2))
    await machine.tick(after=MINUTES)
    for _ in range(2):
        await machine.tick(after=24 * HOURS)
    told = {row.date.day: (row.state.value, row.reason) for row in machine.rows(schedule)}

    paused = "The schedule was paused until 2026-01-03."
    assert told == {1: ("skipped", paused), 2: ("skipped", paused), 3: ("sent", "")}


async def test_a_day_to_skip_has_its_row_and_the_next_briefing_covers_it(machine):
    schedule = evening(machine, times="07:30", quiet="none", skip="2026-01-01")
    await machine.boot()
    await machine.tick(after=7.5 * HOURS)
    await machine.tick(after=24 * HOURS)
    skipped, newest = machine.rows(schedule)

    assert (skipped.state, skipped.reason) == (State.SKIPPED, "2026-01-01 is a day to skip.")
    assert newest.since == START - timedelta(days=1)
    assert isinstance(newest.until, datetime)
