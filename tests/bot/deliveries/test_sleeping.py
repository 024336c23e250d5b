"""A repeat that is recorded before the machine sleeps is not sent blindly after it."""

from datetime import timedelta

from briefs.store import open_store
from tests.bot.deliveries.fakes import START, Door, Machine


class Sleepy(Door):
    """Lets the machine sleep for ten minutes right after a repeat is recorded."""

    def __init__(self, store, machine):
        super().__init__(store)
        self.machine = machine

    async def write(self, function, *args):
        result = await super().write(function, *args)
        row = args[0] if args else None
        if getattr(row, "attempts", 0) == 2 and not self.machine.slept:
            self.machine.slept = True
            self.machine.now += timedelta(minutes=10)
        return result


async def test_a_machine_that_slept_before_a_repeat_looks_before_it_posts(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/a.db") as store:
        machine = Machine(store)
        machine.slept = False
        machine.schedule()
        await machine.boot()
        machine.deliveries._work = Sleepy(store, machine)
        machine.discord.script = ["after"]
        machine.now = START + timedelta(hours=7, minutes=30)
        await machine.tick(after=timedelta(seconds=1))
        await machine.tick(after=timedelta(seconds=20))
        await machine.ticks(3)

        assert machine.slept
        assert len(machine.discord.shown(5)) == 1
