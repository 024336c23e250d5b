"""What comes between two looks at the clock is noticed, told by its name, and never stalls."""

from datetime import timedelta

import pytest

from bot.deliveries import Deliveries, watching
from bot.deliveries.watching import Spans
from briefs import histories
from briefs.model import Gap
from briefs.store import open_store
from tests.bot.deliveries.fakes import START, Line, Machine

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AT = START + timedelta(hours=7, minutes=30)


class Clocks(Machine):
    """A machine with all three of its clocks."""

    def __init__(self, store):
        super().__init__(store)
        self.passed = self.awake = timedelta(hours=1)

    async def boot(self, *, deaths=0):
        await super().boot(deaths=deaths)
        self.deliveries = Deliveries(
            self.door,
            Line(self.door, self.discord),
            self.render,
            installation="test",
            tell=self.tell,
            give_up=self.given_up.append,
            clock=lambda: self.now,
            spans=lambda: Spans(self.passed.total_seconds(), self.awake.total_seconds()),
        )

    async def live(self, span):
        """Let *span* go by on all clocks, and look."""
        self.passed, self.awake = self.passed + span, self.awake + span
        await self.tick(after=span)

    def why(self, schedule, day=None):
        """Return the account and the steps that /schedule why has."""
        kept = self.store.schedules.get(schedule.id)
        told = histories.why(self.store, kept, day, self.now, link=lambda *_: "")
        return told.account, {step.name: step.text for step in told.steps}

    def gaps(self):
        return [each.gap for each in self.store.installation.looking.known().interruptions]


@pytest.fixture
async def machine(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/a.db") as store:
        machine = Clocks(store)
        await machine.boot()
        await machine.live(MINUTE)
        yield machine


async def test_a_life_without_anything_between_has_nothing_to_tell(machine):
    for _ in range(100):
        await machine.live(timedelta(seconds=15))

    assert machine.gaps() == []


async def test_a_machine_that_slept_is_told_by_its_sleep(machine):
    schedule = machine.schedule()
    machine.passed += 8 * HOUR
    await machine.tick(after=8 * HOUR)

    account, steps = machine.why(schedule)
    assert machine.states(schedule) == ["sent"]
    assert steps["late"].startswith("The machine slept from 01 Jan 2026 00:01 to 01 Jan 2026 08:01")
    assert account.due == AT


async def test_a_process_that_was_frozen_is_told_to_be(machine):
    schedule = machine.schedule()
    await machine.live(8 * HOUR)

    _, steps = machine.why(schedule)
    assert steps["late"].startswith("Daybrief was frozen, or its database did not answer, from")


async def test_a_start_after_an_outage_tells_how_long_it_was_and_how_it_began(machine):
    schedule = machine.schedule()
    await machine.live(7 * HOUR)
    machine.store.installation.looking.end(machine.now, "It had been told to stop.")
    machine.now += timedelta(days=3)
    await machine.boot()
    await machine.live(timedelta(0))

    account, steps = machine.why(schedule)
    skipped, _ = machine.why(schedule, (START + timedelta(days=1)).date())
    down = "Daybrief was not running from 01 Jan 2026 07:01 to 04 Jan 2026 07:01 (UTC, 3 days)."
    assert machine.states(schedule) == ["skipped"] * 3
    assert (
        account.reason == f"{down} It had been told to stop. Then it was more than 12 hours late."
    )
    assert skipped.reason == account.reason
    assert "late" not in steps


@pytest.mark.parametrize("ahead", [3 * HOUR, timedelta(days=3653)])
async def test_a_clock_that_was_set_forward_is_told_and_stalls_nothing_once_it_is_right(
    machine, ahead
):
    schedule = machine.schedule()
    await machine.live(7 * HOUR)
    await machine.tick(after=ahead)
    await machine.ticks(12)
    account, steps = machine.why(schedule, START.date())
    before = len(machine.discord.shown(5))
    machine.now -= ahead + 12 * timedelta(seconds=20)
    await machine.live(MINUTE)
    gaps = machine.gaps()
    for _ in range(3 * 24):
        await machine.live(HOUR)

    states = machine.states(schedule)
    assert "set forward by" in (account.reason or steps["late"])
    assert before <= 2
    assert states.count("sent") >= 3
    assert len(machine.discord.shown(5)) == states.count("sent")
    assert gaps == [Gap.HELD_UP, Gap.AHEAD, Gap.BACK]


async def test_a_window_begins_in_the_past_again_once_the_clock_is_right(machine):
    schedule = machine.schedule()
    await machine.tick(after=timedelta(days=400))
    await machine.ticks(3)
    machine.now = START + HOUR
    await machine.ticks(2)
    kept = machine.store.schedules.get(schedule.id)

    assert kept.covered_until <= machine.now
    assert kept.planned_until <= machine.now


async def test_another_process_whose_clock_is_ahead_is_no_interruption(machine):
    ahead = machine.now + 10 * MINUTE
    machine.store.installation.looking.note(ahead)
    await machine.live(timedelta(seconds=15))

    assert machine.gaps() == []
    assert machine.store.installation.looking.known().last == ahead


async def test_only_the_newest_hundred_are_kept(machine):
    for _ in range(105):
        await machine.live(HOUR)

    assert len(machine.gaps()) == 100


def test_the_clocks_of_this_machine_go_forward():
    first, second = watching.spans(), watching.spans()

    assert second.passed >= first.passed
    assert second.awake >= first.awake
