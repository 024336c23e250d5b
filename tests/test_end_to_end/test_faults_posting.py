"""What goes wrong between us and Discord, with the real client over sockets: one message each."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.scheduler import Ticker
from briefs.store import open_store
from tests import hurried
from tests.discord_server import Server
from tests.test_end_to_end.desk import Desk, opened

POST = ("POST", "/channels/*/messages")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    with open_store(f"sqlite:///{tmp_path}/desk.db") as store:
        async with Server() as server, opened(store, server) as desk:
            yield desk


async def settled(desk: Desk, *, ticks: int = 6) -> None:
    """Let what is due be posted, with the waits between its attempts gone by."""
    await desk.tick(after=MINUTE + timedelta(seconds=2))
    await desk.ticks(ticks)


@pytest.mark.parametrize(
    ("how", "times"), [(500, 1), (502, 1), (503, 1), ("reset", 1), ("cloudflare 502", 1)]
)
@pytest.mark.parametrize("after", [False, True])
async def test_an_error_before_or_after_the_message_was_made_gives_one_message(
    desk: Desk, how: int | str, times: int, *, after: bool
) -> None:
    schedule = desk.due("daily", desk.server.channel)
    desk.server.fail(*POST, how, times=times, after=after)
    await settled(desk)

    assert len(desk.server.channel.messages) == 1
    assert desk.states_of(schedule) == ["sent"]


async def test_five_errors_500_after_the_message_was_made_give_one_message(desk: Desk) -> None:
    schedule = desk.due("daily", desk.server.channel)
    desk.server.fail(*POST, 500, times=5, after=True)
    await settled(desk)

    assert len(desk.server.channel.messages) == 1
    assert desk.states_of(schedule) == ["sent"]


@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_that_never_comes_is_given_up_and_gives_one_message(
    desk: Desk, *, after: bool
) -> None:
    schedule = desk.due("daily", desk.server.channel)
    desk.server.fail(*POST, "silence", after=after)
    await desk.open(patience=0.5)
    await settled(desk)

    assert len(desk.server.channel.messages) == 1
    assert desk.states_of(schedule) == ["sent"]


def test_an_answer_that_never_comes_is_given_up_after_45_seconds(tmp_path: Path) -> None:
    """By the clock of a loop in which 45 seconds are one and a half."""

    async def posted() -> tuple[float, list[str], int]:
        with open_store(f"sqlite:///{tmp_path}/desk.db") as store:
            async with Server() as server, opened(store, server) as desk:
                schedule = desk.due("daily", server.channel)
                server.fail(*POST, "silence", after=True)
                began = asyncio.get_running_loop().time()
                await desk.tick(after=MINUTE + timedelta(seconds=2))
                waited = asyncio.get_running_loop().time() - began
                early = desk.states_of(schedule)
                await desk.tick(after=timedelta(seconds=50))
                return waited, early + desk.states_of(schedule), len(server.channel.messages)

    with hurried.runner() as runner:
        waited, states, messages = runner.run(posted())

    assert 45 <= waited < 60  # the lease of a row is 60 seconds
    assert states == ["sending", "sent"]
    assert messages == 1


async def test_a_message_that_a_moderator_deleted_is_not_posted_again(desk: Desk) -> None:
    schedule = desk.due("daily", desk.server.channel)
    desk.server.fail(*POST, "silence", after=True)
    desk.server.say(desk.server.channel, desk.server.reader, "Good morning.")
    await desk.open(patience=0.5)
    await desk.tick(after=MINUTE + timedelta(seconds=2))
    [greeting, message] = desk.server.channel.messages
    desk.server.delete_message(message)
    await desk.tick(after=MINUTE / 2)

    (row,) = desk.store.deliveries.of(schedule.scope, schedule.id)
    assert desk.server.channel.messages == [greeting]
    assert (str(row.state), row.how) == ("sent", "deleted-by-user")


@pytest.mark.parametrize("greeted", [False, True])
async def test_a_message_that_a_moderator_deleted_long_ago_is_not_posted_again_but_told(
    desk: Desk, *, greeted: bool
) -> None:
    """Discord does not know its nonce any more: that it was deleted, or never made, looks alike."""
    schedule = desk.due("daily", desk.server.channel)
    desk.server.fail(*POST, "silence", after=True)
    if greeted:
        desk.server.say(desk.server.channel, desk.server.reader, "Good morning.")
    await desk.open(patience=0.5)
    await desk.tick(after=MINUTE + timedelta(seconds=2))
    message = desk.server.channel.messages[-1]
    desk.server.delete_message(message)
    desk.server.advance(600)
    await desk.tick(after=10 * MINUTE)
    await desk.ticks(3)

    (row,) = desk.store.deliveries.of(schedule.scope, schedule.id)
    assert len(desk.server.channel.messages) == greeted
    assert str(row.state) == "uncertain"
    assert "was deleted there, which may have been this one" in row.reason
    assert list(desk.told.values()) == [row.reason]


async def test_a_wait_of_five_seconds_is_waited_in_place(desk: Desk) -> None:
    schedule = desk.due("daily", desk.server.channel)
    desk.server.fail(*POST, "rate limit", seconds=5.0)
    await desk.tick(after=MINUTE + timedelta(seconds=2))

    assert desk.states_of(schedule) == ["sent"]
    assert len(desk.server.channel.messages) == 1


@pytest.mark.parametrize("how", ["rate limit", "cloudflare 429"])
async def test_a_wait_of_an_hour_puts_the_post_off_and_holds_up_no_other_channel(
    desk: Desk, how: str
) -> None:
    held = desk.due("held", desk.server.channel)
    other = desk.due("other", desk.server.news)
    path = f"/channels/{desk.server.channel.id}/messages"
    desk.server.fail("POST", path, how, seconds=3600.0)
    async with asyncio.timeout(20.0):
        await desk.tick(after=MINUTE + timedelta(seconds=2))
    early = desk.states_of(held), desk.states_of(other)
    async with opened(desk.store, desk.server) as later:  # the library remembers the real clock
        later.now = desk.now
        await later.tick(after=HOUR + MINUTE)

    assert early == (["ready"], ["sent"])
    assert desk.states_of(held) == ["sent"]
    assert len(desk.server.channel.messages) == len(desk.server.news.messages) == 1


async def test_a_global_wait_is_waited_by_all_and_loses_nothing(desk: Desk) -> None:
    both = [desk.due("one", desk.server.channel), desk.due("two", desk.server.news)]
    desk.server.fail(*POST, "rate limit", seconds=2.0, shared=True)
    await settled(desk)

    assert [desk.states_of(each) for each in both] == [["sent"], ["sent"]]


@pytest.mark.parametrize(("status", "paused"), [(404, True), (403, False)])
async def test_a_refusal_fails_is_told_once_and_pauses_at_once_only_where_the_channel_is_gone(
    desk: Desk, status: int, *, paused: bool
) -> None:
    schedule = desk.due("daily", desk.server.channel)
    desk.server.fail(*POST, status, times=None)
    await settled(desk)

    kept = desk.store.schedules.get(schedule.id)
    assert kept is not None
    assert desk.states_of(schedule) == ["failed"]
    assert bool(kept.paused) == paused
    assert len(desk.told) == 1


async def test_rest_that_is_down_for_two_hours_gives_one_late_post_within_the_grace(
    desk: Desk,
) -> None:
    schedule = desk.due("daily", desk.server.channel)
    await desk.server.rest_down()
    await desk.tick(after=MINUTE + timedelta(seconds=2))
    await desk.ticks(4, every=30 * MINUTE)
    await desk.server.rest_up()
    await desk.ticks(3, every=6 * MINUTE)

    assert desk.states_of(schedule) == ["sent"]
    assert len(desk.server.channel.messages) == 1


async def test_rest_that_is_down_past_the_grace_gives_a_skipped_row_and_no_post(
    desk: Desk,
) -> None:
    first = desk.start + MINUTE
    times = f"{first:%H:%M},{first + 30 * MINUTE:%H:%M}"
    schedule = desk.due("often", desk.server.channel, times=times)
    await desk.server.rest_down()
    await desk.tick(after=MINUTE + timedelta(seconds=2))
    await desk.tick(after=20 * MINUTE)
    await desk.server.rest_up()
    await desk.ticks(3, every=MINUTE)

    (row,) = desk.store.deliveries.of(schedule.scope, schedule.id)
    assert str(row.state) == "skipped"
    assert "could not be posted within 15 minutes" in row.reason
    assert desk.server.channel.messages == []


@pytest.mark.parametrize("hours", [1, -1, 24 * 3650, -24 * 3650])
async def test_a_clock_that_jumps_makes_no_flood_and_stalls_nothing(desk: Desk, hours: int) -> None:
    schedule = desk.due("daily", desk.server.channel)
    await desk.tick(after=MINUTE + timedelta(seconds=2))
    desk.now += hours * HOUR
    await desk.ticks(4)
    jumped = len(desk.server.channel.messages)
    desk.now -= hours * HOUR
    await desk.ticks(2)
    back = desk.states_of(schedule)

    assert jumped <= 2
    assert len(desk.server.channel.messages) == jumped
    assert back.count("sent") == jumped
    assert set(back) <= {"sent", "skipped"}


async def test_eight_hours_of_sleep_give_one_late_post_at_the_first_tick(desk: Desk) -> None:
    schedule = desk.due("daily", desk.server.channel)
    await desk.tick(after=8 * HOUR)

    assert desk.states_of(schedule) == ["sent"]
    assert len(desk.server.channel.messages) == 1


async def test_a_loop_that_is_blocked_when_something_is_due_posts_it_late(desk: Desk) -> None:
    schedule = desk.due("daily", desk.server.channel)
    ticker = Ticker(desk.deliveries.tick, interval=0.2)
    ticker.start()
    await asyncio.sleep(0.5)
    desk.now += MINUTE
    time.sleep(5.0)  # noqa: ASYNC251 - to block it is the point
    await desk.server.until(lambda: desk.states_of(schedule) == ["sent"])
    await ticker.stop()

    assert len(desk.server.channel.messages) == 1


async def test_a_thousand_schedules_due_in_one_minute_are_all_posted_once(desk: Desk) -> None:
    server = desk.server
    places = [server.add_channel(server.guild, f"news-{number}") for number in range(50)]
    made = [desk.due(f"daily {n}", places[n % len(places)]) for n in range(1_000)]
    await desk.tick(after=MINUTE + timedelta(seconds=2))
    while any(desk.states_of(each) != ["sent"] for each in made):
        await desk.tick(after=timedelta(seconds=15))

    posted = [message.embeds[0]["description"] for each in places for message in each.messages]
    assert sorted(posted) == sorted(each.name for each in made)
    assert {len(each.messages) for each in places} == {20}
