"""What a tick costs follows what is due, and neither how many schedules nor how much history."""

from datetime import timedelta

from sqlalchemy import event, insert, select

from bot.deliveries import Corrections
from briefs import timing
from briefs.model import State
from briefs.store import open_store, tables
from tests.bot.deliveries.fakes import HOME, START, Line, Machine

FEW, MANY = 100, 100_000
DUE = 5
DAY = timedelta(days=1)


class Counter:
    """The instructions that the database runs, of those who read and of who writes."""

    def __init__(self, store):
        self.steps = 0
        event.listen(store._database._readers, "checkout", self._of_readers)
        event.listen(store._database._writer, "begin", self._of_writer)

    def _of_readers(self, connection, _record, _proxy):
        connection.set_progress_handler(self._step, 1)

    def _of_writer(self, connection):
        connection.connection.driver_connection.set_progress_handler(self._step, 1)

    def _step(self):
        self.steps += 1


class Desk(Machine):
    """Deliveries and corrections of a store in which most schedules have nothing to do."""

    async def boot(self, **others):
        await super().boot(**others)
        line = Line(self.door, self.discord)
        words = {"installation": "test", "tell": self.tell, "give_up": self.given_up.append}
        self.corrections = Corrections(self.door, line, **words, clock=lambda: self.now)

    async def tick(self, *, after=timedelta(0)):
        await super().tick(after=after)
        await self.corrections.tick()
        await self.corrections.settle()


def fill(store, number):
    """Add *number* schedules that are due at noon, each with a delivery in the past."""
    made = timing.make(
        name="x", channel=1, times="12:00", days="daily", timezone="UTC", scope=HOME, now=START
    )
    pattern = store.schedules.create(made)
    schedule, delivery = tables.schedule, tables.delivery
    store.deliveries.plan(pattern, timing.plan(pattern, START))
    with store._database.write() as connection:
        row = dict(connection.execute(select(schedule)).mappings().one())
        rows = [row | {"id": n + 10, "name": f"x{n}", "channel": n + 10} for n in range(number)]
        connection.execute(insert(schedule), rows)
        past = {
            "date": (START - DAY).date(),
            "slot": 0,
            "part": 1,
            "parts": 1,
            "due": START - DAY,
            "state": State.SENT.value,
        }
        sent = [past | {"schedule": n + 10, "channel": n + 10} for n in range(number)]
        connection.execute(insert(delivery), sent)


async def costs(folder, number):
    """Return the steps of a tick with nothing due, and of one with a few, among *number*."""
    with open_store(f"sqlite:///{folder}/{number}.db") as store:
        fill(store, number)
        desk = Desk(store)
        await desk.boot()
        for each in range(DUE):
            desk.schedule(f"due {each}", channel=5 + each, publish=True)
        await desk.tick(after=timedelta(minutes=1))
        counter = Counter(store)
        await desk.tick(after=timedelta(minutes=1))
        idle, counter.steps = counter.steps, 0
        await desk.tick(after=timedelta(hours=7, minutes=30))
        await desk.tick(after=timedelta(seconds=15))  # now it is published
        assert len(desk.discord.channels) == len(desk.discord.followers) == DUE
        return idle, counter.steps


async def test_a_tick_costs_the_same_among_100_000_schedules_that_are_not_due(tmp_path):
    (few, few_due), (many, many_due) = [await costs(tmp_path, each) for each in (FEW, MANY)]

    assert 0 < few < few_due
    assert many <= 2 * few
    assert many_due <= 2 * few_due
