"""The soak kills a bot as often as it is asked to, and sees what is posted twice, or not at all."""

import asyncio
from argparse import Namespace
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from briefs.model import State
from briefs.store import open_store
from tests.benchmarks import soak
from tests.benchmarks.soaking import counts, crews, killing, rounds
from tests.benchmarks.soaking.moment import Moment
from tests.benchmarks.soaking.rounds import Asked, Round
from tests.discord_server import Server


class Ended:
    """A round that has ended, with all that is left of it."""

    def __init__(self, folder):
        self.url = f"sqlite:///{folder}/daybrief.db"
        self.moment = Moment(folder / "moment")
        self.discord = Server(clock=self.moment.seconds)
        asyncio.run(self._run(folder))

    async def _run(self, folder):
        async with self.discord:
            rounds.prepare(folder, self.discord, self.moment)
            async with killing.loaded(folder) as bot:
                asked = Asked(kills=4, busy=10.0, window=180.0)
                self.found = await Round(folder, self.discord, self.moment, asked, seed="3").run(
                    bot
                )
        self.until = self.moment.now() - timedelta(minutes=1)

    def judged(self):
        """Return the verdict as things stand now."""
        with open_store(self.url, readonly=True) as store:
            return counts.judged(store, self.discord, self.until)

    def a_message(self):
        """Return a message that a due time was sent as."""
        with open_store(self.url, readonly=True) as store:
            made = store.schedules.every()
            rows = [row for each in made for row in store.deliveries.of(each.scope, each.id)]
        row = next(row for row in rows if row.state is State.SENT and row.due <= self.until)
        return self.discord.world.channels[row.channel].stored[row.message]


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    return Ended(tmp_path_factory.mktemp("soak"))


def test_a_bot_that_is_killed_posts_each_briefing_once(ended):
    found = ended.found
    assert found["kills"] == 4
    assert found["due times"] == found["sent"] > 0
    assert [found[what] for what in soak.WRONG] == [0, 0]


def test_three_processes_that_are_killed_and_frozen_post_each_briefing_once(
    tmp_path, cluster, monkeypatch
):
    monkeypatch.setattr(crews, "FREEZES", {"nothing": 50, "frozen at a moment": 50})
    monkeypatch.setattr(rounds, "DEATHS", {"at a moment": 50, "before its answer": 50})
    asked = Asked(kills=6, busy=12.0, window=180.0)
    many = {"cluster": cluster, "processes": 3, "times": 1}
    found = asyncio.run(soak.shared_round_of(tmp_path, asked, seed="2", **many))

    assert found["kills"] == 6
    assert found["due times"] == found["sent"] + found["skipped"] > 6
    assert [found[what] for what in soak.WRONG] == [0, 0]


def test_a_message_that_is_there_twice_is_a_duplicate(ended):
    message = ended.a_message()
    copy = replace(message, id=ended.discord.world.snowflake())
    message.channel.stored[copy.id] = copy
    twice = ended.judged()
    copy.deleted = True

    assert twice["duplicates"] == 1
    assert twice["silent losses"] == 0
    assert ended.judged()["duplicates"] == 0


def test_what_is_sent_and_not_in_its_channel_is_lost(ended):
    message = ended.a_message()
    message.deleted = True
    gone = ended.judged()
    message.deleted = False

    assert gone["silent losses"] == 1
    assert ended.judged()["silent losses"] == 0


def test_a_due_time_without_a_row_is_lost(ended):
    ended.until += timedelta(hours=1)
    found = ended.judged()
    ended.until -= timedelta(hours=1)

    assert found["silent losses"] == found["not final"] > 0


def test_counts_add_up_over_runs(tmp_path):
    async def round_of(folder, asked, *, seed):
        return Counter(kills=asked.kills, sent=9 * asked.kills)

    asked = Namespace(kills=130, deliveries=0, window=180.0, without="", seed=1)
    soak.soak(Namespace(**vars(asked) | {"kills": 120}), tmp_path, round_of)

    assert soak.soak(asked, tmp_path, round_of) == Counter(kills=130, sent=1170, rounds=3)


def test_it_goes_on_until_enough_was_sent(tmp_path):
    async def round_of(folder, asked, *, seed):
        return Counter(kills=asked.kills, sent=asked.kills)

    asked = Namespace(kills=100, deliveries=130, window=180.0, without="", seed=1)

    assert soak.soak(asked, tmp_path, round_of)["sent"] == 140


def test_the_table_says_what_was_counted_and_what_was_wrong():
    lines = list(soak.table(Counter({"kills": 1234, "killed at a step": 5}), "SQLite", 1))

    assert any(line.split() == ["kills", "1,234"] for line in lines)
    assert any(line.split() == ["duplicates", "0"] for line in lines)
    assert any(line.endswith(" 5") for line in lines)
