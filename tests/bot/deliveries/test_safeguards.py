"""Each safeguard is needed: with one pulled out, the trial of deaths shows what it was for.

The trial kills the process before and after every write and every post, one after the other, and
starts it again soon or late. As it is, every briefing is there once, whatever happens.
"""

import asyncio
from datetime import timedelta
from typing import NamedTuple

import pytest

from bot.deliveries import recording
from briefs import ledger
from briefs.model import State
from briefs.store import open_store
from tests.bot.deliveries import fakes
from tests.bot.deliveries.fakes import START, Machine

DUE = timedelta(hours=7, minutes=30)
SOON, LATE = timedelta(seconds=5), timedelta(minutes=10)


class Outcome(NamedTuple):
    """What a trial has come to, over all deaths."""

    deaths: int
    duplicates: int
    losses: int  # the ledger says sent, or nothing, and there is no message and nobody was told


async def trial(folder, pause, discord=fakes.Discord, parts=2):
    """Kill it at every step, start it again after *pause*, and count what is wrong in the end."""
    deaths = duplicates = losses = 0
    died = True
    while died:
        with open_store(f"sqlite:///{folder}/{deaths}.db") as store:
            machine = Machine(store)
            machine.discord = discord(lambda machine=machine: machine.now)
            machine.parts = parts
            machine.schedule()
            await machine.boot(deaths=deaths + 1)
            machine.now = START + DUE
            await asyncio.gather(machine.tick(), return_exceptions=True)
            died = machine.door.dead
            await machine.boot()
            machine.now += pause
            await machine.ticks(12)
            shown = machine.discord.shown(5)
            duplicates += len(shown) - len(set(shown))
            losses += 0 if machine.told else parts - len(set(shown))
            deaths += 1
    return Outcome(deaths - 1, duplicates, losses)


class Forgetful(fakes.Discord):
    """Honours no nonce."""

    def __init__(self, clock):
        super().__init__(clock, window=timedelta(0))


class Blind(fakes.Discord):
    """Says of every message that it is not there: nobody looks."""

    async def find(self, channel, marker, attempted, *, forum=False):
        return ledger.Absent()


class Credulous(fakes.Discord):
    """Says of every message that it is there: nobody looks."""

    async def find(self, channel, marker, attempted, *, forum=False):
        return ledger.Found(1)


@pytest.mark.parametrize("pause", [SOON, LATE])
async def test_with_all_of_them_nothing_is_doubled_or_lost(tmp_path, pause):
    outcome = await trial(tmp_path, pause)

    assert outcome.deaths > 15
    assert (outcome.duplicates, outcome.losses) == (0, 0)


async def test_without_the_nonce_a_repeat_soon_after_is_a_second_message(tmp_path):
    assert (await trial(tmp_path, SOON, Forgetful)).duplicates > 0


async def test_without_a_look_at_the_history_a_repeat_later_is_a_second_message(tmp_path):
    assert (await trial(tmp_path, LATE, Blind)).duplicates > 0


async def test_what_is_taken_for_posted_without_a_look_is_lost(tmp_path):
    assert (await trial(tmp_path, LATE, Credulous)).losses > 0


async def test_an_attempt_that_is_not_on_record_before_it_is_made_is_made_twice(
    tmp_path, monkeypatch
):
    real = recording.save

    def save(store, row, effects, now):
        return row.state is State.SENDING or real(store, row, effects, now)

    monkeypatch.setattr(recording, "save", save)
    assert (await trial(tmp_path, LATE)).duplicates > 0
