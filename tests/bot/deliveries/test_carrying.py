"""What is due is posted exactly once, whatever fails and wherever the process dies."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.deliveries.places import Standing
from briefs import ledger
from briefs.errors import DaybriefError, StoreError
from briefs.model import BY_HAND, Publishing, Stage, State
from briefs.store import open_store
from briefs.store.installation import RESTORED
from briefs.store.tables import schedule as table
from tests.bot.deliveries.fakes import START, Machine

DUE = timedelta(hours=7, minutes=30)
SECONDS = timedelta(seconds=1)
MINUTES = timedelta(minutes=1)
MISSING = ledger.Refused(403, 50013, "Missing Permissions")
REFUSED = (
    "Daybrief may not post there: allow Send Messages (in Threads, where it is one). "
    "Discord said: Missing Permissions (403, code 50013)."
)
UNKNOWN = ledger.Refused(404, 10003, "Unknown Channel")


@pytest.fixture
def machine(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/test.db") as store:
        yield Machine(store)


async def test_what_is_due_is_posted_once_and_covers_its_window(machine):
    schedule = machine.schedule()
    await machine.boot()
    await machine.tick(after=DUE + 5 * SECONDS)
    await machine.ticks(3)

    assert machine.discord.shown(5) == ["morning 2026-01-01 1 1"]
    (row,) = machine.rows(schedule)
    assert (row.state, row.how, row.since, row.until) == (
        State.SENT,
        "posted",
        START - timedelta(days=1),
        START + DUE,
    )
    assert machine.store.schedules.get(schedule.id).covered_until == START + DUE


async def test_nothing_is_posted_before_it_is_due(machine):
    machine.schedule()
    await machine.boot()
    await machine.tick(after=DUE - SECONDS)

    assert machine.discord.channels == {}


async def test_the_bytes_are_on_the_ledger_before_they_are_posted(machine):
    schedule = machine.schedule()
    seen = []

    async def post(channel, payload):
        (row,) = machine.rows(schedule)
        seen.append((row.state, row.payload == payload, row.first_attempt == machine.now))
        return ledger.Accepted(1)

    machine.discord.post = post
    await machine.boot()
    await machine.tick(after=DUE)

    assert seen == [(State.SENDING, True, True)]


async def test_parts_are_posted_in_their_order(machine):
    machine.parts = 4
    schedule = machine.schedule()
    await machine.boot()
    await machine.tick(after=DUE)

    assert machine.discord.shown(5) == [f"morning 2026-01-01 1 {n}" for n in (1, 2, 3, 4)]
    assert machine.states(schedule) == ["sent"] * 4


@pytest.mark.parametrize("fault", ["before", "after"])
async def test_a_lost_connection_gives_one_message(machine, fault):
    schedule = machine.schedule()
    machine.discord.script = [fault]
    await machine.boot()
    await machine.tick(after=DUE)
    assert machine.states(schedule) == ["sending"]

    await machine.ticks(2)

    assert machine.discord.shown(5) == ["morning 2026-01-01 1 1"]
    assert machine.rows(schedule)[0].how == "posted"


async def test_every_attempt_has_the_same_bytes(machine):
    machine.schedule()
    machine.discord.script = ["before"] * 3
    sent = []
    post = machine.discord.post

    async def note(channel, payload):
        sent.append(payload)
        return await post(channel, payload)

    machine.discord.post = note
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.ticks(20)

    assert len(sent) == 4
    assert len(set(sent)) == 1


@pytest.mark.parametrize(("fault", "how"), [("after", "reconciled"), ("before", "posted")])
async def test_after_a_long_stop_the_history_decides(machine, fault, how):
    schedule = machine.schedule()
    machine.discord.script = [fault]
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.boot()
    await machine.tick(after=10 * MINUTES)

    assert machine.discord.shown(5) == ["morning 2026-01-01 1 1"]
    assert machine.rows(schedule)[0].how == how


@pytest.mark.parametrize("fault", ["before", "after"])
async def test_what_cannot_be_proved_is_told_once_and_never_posted_again(machine, fault):
    schedule = machine.schedule()
    machine.discord.script = [fault]
    machine.discord.readable = False
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.tick(after=10 * MINUTES)
    await machine.ticks(5)

    assert machine.states(schedule) == ["uncertain"]
    assert machine.discord.posts == 1
    assert list(machine.told.values()) == [
        "Whether it was posted is not known: the channel cannot be read."
    ]
    assert machine.store.schedules.get(schedule.id).covered_until == START - timedelta(days=1)


async def test_the_process_may_die_at_any_step(machine, tmp_path):
    """Killed before or after the n-th write or post, for all n; started again soon or late."""
    for pause in (5 * SECONDS, 10 * MINUTES):
        step, died = 0, True
        while died:
            step += 1
            with open_store(f"sqlite:///{tmp_path}/{pause.seconds}-{step}.db") as store:
                one = Machine(store)
                one.parts = 3
                schedule = one.schedule()
                await one.boot(deaths=step)
                one.now = START + DUE
                await asyncio.gather(one.tick(), return_exceptions=True)
                died = one.door.dead
                await one.boot()
                one.now += pause
                await one.ticks(12)
                assert one.discord.shown(5) == [f"morning 2026-01-01 1 {n}" for n in (1, 2, 3)], (
                    step
                )
                assert one.states(schedule) == ["sent"] * 3, step
                assert store.schedules.get(schedule.id).covered_until == START + DUE
        assert step > 20


async def test_without_the_history_a_death_gives_no_second_message_and_no_silence(tmp_path):
    step, died, ends = 0, True, set()
    while died:
        step += 1
        with open_store(f"sqlite:///{tmp_path}/{step}.db") as store:
            one = Machine(store)
            one.discord.readable = False
            schedule = one.schedule()
            await one.boot(deaths=step)
            one.now = START + DUE
            await asyncio.gather(one.tick(), return_exceptions=True)
            died = one.door.dead
            await one.boot()
            one.now += 10 * MINUTES
            await one.ticks(3)
            (state,) = one.states(schedule)
            ends.add(state)
            assert len(one.discord.shown(5)) <= 1, step
            assert state == "sent" or one.told, step

    assert ends == {"sent", "uncertain"}


async def test_a_channel_that_is_gone_fails_pauses_and_is_told_once(machine):
    schedule = machine.schedule()
    machine.discord.script = [UNKNOWN]
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.tick(after=timedelta(days=1))

    assert machine.states(schedule) == ["failed", "skipped"]
    assert "Unknown Channel" in machine.store.schedules.get(schedule.id).paused
    assert len(machine.told) == 1


async def test_a_missing_permission_is_told_once_and_pauses_after_three(machine):
    schedule = machine.schedule()
    machine.discord.script = [MISSING] * 9
    await machine.boot()
    await machine.tick(after=DUE)
    for _ in range(3):
        await machine.tick(after=timedelta(days=1))

    assert machine.states(schedule) == ["failed", "failed", "failed", "skipped"]
    assert list(machine.told.values()) == [
        REFUSED,
        f"It is paused now, after failures in a row; /schedule resume posts it again. {REFUSED}",
    ]


async def test_a_permission_that_is_missing_before_a_run_is_told_once_and_pauses_nothing(machine):
    schedule = machine.schedule()
    machine.discord.standing = Standing("#news", "Send Messages")
    await machine.boot()
    await machine.tick(after=DUE)
    for _ in range(4):
        await machine.tick(after=timedelta(days=1))
    machine.discord.standing = Standing("#news")
    await machine.tick(after=timedelta(days=1))
    await machine.tick(after=timedelta(days=1))

    assert machine.states(schedule) == ["failed"] * 5 + ["sent"] * 2
    assert machine.discord.posts == 2
    assert list(machine.told.values()) == [
        "Daybrief needs Send Messages in #news: allow it there.",
        "It works again: the briefing is posted.",
    ]
    first = machine.rows(schedule)[0]
    assert first.stages == (Stage("permissions", first.reason),)


async def test_a_success_without_a_failure_before_it_is_not_told(machine):
    machine.schedule()
    await machine.boot()
    await machine.tick(after=DUE)

    assert machine.told == {}


async def test_every_stage_is_kept_with_the_first_part(machine):
    machine.parts = 2
    schedule = machine.schedule()
    await machine.boot()
    await machine.tick(after=DUE)
    first, second = machine.rows(schedule)

    assert [stage.name for stage in first.stages] == ["permissions", "candidates"]
    assert second.stages == ()
    assert (first.claimed, first.ended, second.ended) == (machine.now,) * 3


async def test_what_is_published_waits_for_its_channel_only_and_holds_up_no_briefing(machine):
    machine.schedule("one", publish=True)
    machine.schedule("two", channel=6, publish=True)
    machine.discord.refusals = [ledger.NotSent("Discord asked to wait.", 600.0)]
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.tick()
    early = list(machine.discord.followers)
    await machine.ticks(2, every=5 * MINUTES)

    assert [channel for channel, _ in early] == [6]
    assert [channel for channel, _ in machine.discord.followers] == [6, 5]
    assert machine.discord.posts == 2


async def test_what_discord_will_not_publish_says_why_and_stays_posted(machine):
    schedule = machine.schedule(publish=True)
    machine.discord.refusals = [MISSING]
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.ticks(2)
    (row,) = machine.rows(schedule)

    assert (row.state, row.publish) == (State.SENT, Publishing.FAILED)
    assert "Missing Permissions" in row.publish_note


async def test_a_failure_is_told_even_when_the_process_dies_before_it_is_stored(machine):
    machine.schedule()
    machine.discord.script = [MISSING] * 9
    step = 0
    while not machine.told:
        step += 1
        await machine.boot(deaths=step)
        machine.now = START + DUE
        await asyncio.gather(machine.tick(), return_exceptions=True)

    assert len(machine.told) == 1


async def test_the_parts_after_a_refused_one_are_skipped_with_it(machine):
    machine.parts = 3
    schedule = machine.schedule()
    machine.discord.script = [None, MISSING]
    await machine.boot()
    await machine.tick(after=DUE)

    assert machine.states(schedule) == ["sent", "failed", "skipped"]
    assert machine.store.schedules.get(schedule.id).covered_until == START - timedelta(days=1)


async def test_a_channel_that_has_to_wait_holds_up_no_other(machine):
    slow, fast = machine.schedule("slow"), machine.schedule("fast", channel=6)
    machine.discord.script = [ledger.NotSent("Discord asked to wait.", 3600.0)]
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.ticks(5)
    assert (machine.states(slow), machine.states(fast)) == (["ready"], ["sent"])

    await machine.tick(after=timedelta(hours=1))

    assert machine.states(slow) == ["sent"]


async def test_a_channel_that_hangs_holds_up_no_other(machine):
    machine.schedule("slow")
    fast = machine.schedule("fast", channel=6)
    hanging = asyncio.Event()
    machine.discord.script = [hanging]
    await machine.boot()
    machine.now += DUE
    await machine.deliveries.tick()
    await machine.discord.stored.wait()
    assert (machine.discord.shown(5), len(machine.discord.shown(6))) == ([], 1)
    hanging.set()
    await machine.deliveries.settle()

    assert machine.states(fast) == ["sent"]
    assert len(machine.discord.shown(5)) == 1


async def test_many_that_are_due_at_once_are_all_posted_in_one_tick(machine):
    for number in range(40):
        machine.schedule(f"s{number:02}", channel=number % 13)
    await machine.boot()
    await machine.tick(after=DUE)

    assert sum(len(machine.discord.shown(channel)) for channel in range(13)) == 40
    assert machine.discord.shown(0) == [f"s{n:02} 2026-01-01 1 1" for n in (0, 13, 26, 39)]


async def test_after_an_outage_one_is_posted_late_and_the_rest_have_a_reason(machine):
    schedule = machine.schedule()
    await machine.boot()
    await machine.tick(after=timedelta(days=3, hours=9))
    await machine.ticks(5)

    assert machine.states(schedule) == ["skipped", "skipped", "skipped", "sent"]
    assert machine.discord.shown(5) == ["morning 2026-01-04 1 1"]


async def test_what_could_not_be_posted_in_time_is_skipped_and_covered_by_the_next(
    machine,
):
    schedule = machine.schedule()
    machine.discord.script = [ledger.NotSent("Discord could not be reached.", 15.0)] * 40
    await machine.boot()
    await machine.tick(after=DUE)
    for _ in range(13):
        await machine.tick(after=timedelta(hours=1))
    machine.discord.script = []
    await machine.tick(after=timedelta(hours=11))
    first, second = machine.rows(schedule)

    assert first.reason == (
        "It could not be posted within 12 hours of its time. Discord could not be reached."
    )
    assert (second.state, second.since) == (State.SENT, START - timedelta(days=1))


async def test_the_next_window_begins_where_the_last_sent_one_ended(machine):
    schedule = machine.schedule()
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.tick(after=timedelta(days=1))
    first, second = machine.rows(schedule)

    assert (second.since, second.until) == (first.until, first.until + timedelta(days=1))


async def test_a_clock_that_goes_back_posts_nothing_twice(machine):
    machine.schedule()
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.tick(after=-timedelta(hours=1))
    await machine.tick(after=timedelta(hours=1, minutes=5))

    assert len(machine.discord.shown(5)) == 1


async def test_after_a_restored_backup_nothing_old_is_posted_again(machine):
    schedule = machine.schedule()
    machine.discord.script = ["before"]
    await machine.boot()
    await machine.tick(after=DUE)
    machine.store.installation.put(RESTORED, "2026-01-03T09:00:00Z")
    machine.now += timedelta(days=2)
    await machine.boot()
    await machine.ticks(3)
    assert (machine.states(schedule), machine.discord.channels) == (["skipped"] * 3, {})
    assert {row.reason for row in machine.rows(schedule)} == {
        "A backup was restored: what was due before that is not posted again."
    }

    await machine.tick(after=timedelta(days=1))

    assert machine.discord.shown(5) == ["morning 2026-01-04 1 1"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DaybriefError("the archive is empty."), "the archive is empty."),
        (ZeroDivisionError("x"), "an error inside Daybrief (ZeroDivisionError)."),
    ],
)
async def test_a_briefing_that_cannot_be_made_fails_in_the_end_and_is_told(
    machine, error, reason, caplog
):
    schedule = machine.schedule()
    machine.rendering = error
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.ticks(3, MINUTES + SECONDS)

    assert machine.states(schedule) == ["failed"]
    assert list(machine.told.values()) == [f"The briefing could not be made: {reason}"]


async def test_a_briefing_that_can_be_made_a_minute_later_is_posted(machine):
    schedule = machine.schedule()
    machine.rendering = DaybriefError("not yet.")
    await machine.boot()
    await machine.tick(after=DUE)
    machine.rendering = None
    await machine.tick(after=MINUTES)

    assert machine.states(schedule) == ["sent"]


async def test_a_store_that_does_not_answer_delays_and_loses_nothing(machine, caplog):
    schedule = machine.schedule()
    await machine.boot()
    machine.rendering = StoreError("daybrief.db is locked.")
    await machine.tick(after=DUE)
    assert machine.states(schedule) == ["planned"]
    machine.rendering = None
    await machine.tick(after=MINUTES)

    assert machine.states(schedule) == ["sent"]
    assert "daybrief.db is locked." in caplog.text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda store, id_: store.pause(id_, "holidays"), "The schedule was paused: holidays."),
        (lambda store, id_: store.delete(id_), "The schedule was deleted."),
    ],
    ids=["paused", "deleted"],
)
async def test_what_was_switched_off_meanwhile_is_skipped(machine, change, reason):
    schedule = machine.schedule()
    machine.rendering = DaybriefError("not yet.")
    await machine.boot()
    await machine.tick(after=DUE)
    (row,) = machine.rows(schedule)
    change(machine.store.schedules, schedule.id)
    await machine.tick(after=MINUTES)

    assert machine.discord.posts == 0
    assert machine.store.deliveries.again(row).reason == reason


async def test_a_briefing_that_is_asked_for_leaves_due_times_and_window_alone(machine):
    schedule = machine.schedule()
    await machine.boot()
    machine.now += timedelta(hours=6)
    row = await machine.deliveries.run_now(schedule)
    assert (row.state, row.slot) == (State.SENT, BY_HAND)
    assert machine.store.schedules.get(schedule.id).covered_until == START - timedelta(days=1)

    await machine.tick(after=DUE - timedelta(hours=6))

    assert machine.discord.shown(5) == ["morning 2026-01-01 1000 1", "morning 2026-01-01 1 1"]


async def test_a_briefing_that_is_asked_for_twice_comes_twice_even_when_paused(machine):
    schedule = machine.schedule()
    machine.store.schedules.pause(schedule.id, "holidays")
    await machine.boot()
    rows = [await machine.deliveries.run_now(schedule) for _ in range(2)]

    assert [row.state for row in rows] == [State.SENT, State.SENT]
    assert len(machine.discord.shown(5)) == 2


async def test_a_briefing_that_is_asked_for_and_refused_says_why(machine):
    schedule = machine.schedule()
    machine.discord.script = [MISSING]
    await machine.boot()
    row = await machine.deliveries.run_now(schedule)

    assert (row.state, row.reason) == (State.FAILED, REFUSED)


async def test_a_refused_token_stops_everything_and_fails_nothing(machine):
    schedule = machine.schedule()
    machine.discord.script = [ledger.Refused(401, 0, "Unauthorized")]
    await machine.boot()
    await machine.tick(after=DUE)
    await machine.ticks(3)
    assert machine.given_up == ["Discord refused the token: make a new one and start again."]
    assert machine.discord.posts == 1

    await machine.boot()
    await machine.tick(after=MINUTES)

    assert machine.states(schedule) == ["sent"]


async def test_leaving_lets_the_post_that_runs_end_and_begins_no_other(machine):
    machine.parts = 2
    schedule = machine.schedule()
    running = asyncio.Event()
    machine.discord.script = [running]
    await machine.boot()
    machine.now += DUE
    await machine.deliveries.tick()
    await machine.discord.asked.wait()
    asyncio.get_running_loop().call_soon(running.set)
    await machine.deliveries.drain(5.0)

    assert machine.states(schedule) == ["sent", "ready"]


async def test_leaving_leaves_a_post_that_hangs_on_the_ledger(machine):
    schedule = machine.schedule()
    machine.discord.script = [asyncio.Event()]
    await machine.boot()
    machine.now += DUE
    await machine.deliveries.tick()
    await machine.discord.asked.wait()
    await machine.deliveries.drain(0.01)
    assert machine.states(schedule) == ["sending"]

    await machine.boot()
    await machine.tick(after=5 * SECONDS)

    assert machine.states(schedule) == ["sent"]
    assert len(machine.discord.shown(5)) == 1


async def test_who_cannot_be_told_does_not_stop_the_record(machine, caplog):
    schedule = machine.schedule()
    machine.discord.script = [UNKNOWN]

    async def tell(schedule, key, text):
        raise OSError("no route")

    machine.tell = tell
    await machine.boot()
    await machine.tick(after=DUE)

    assert machine.states(schedule) == ["failed"]
    assert "could not tell" in caplog.text


async def test_a_time_zone_that_is_gone_stops_no_other_schedule(machine, caplog):
    lost, kept = machine.schedule("a"), machine.schedule("b", channel=6)
    with machine.store._database.write() as connection:
        change = table.update().where(table.c.id == lost.id)
        connection.execute(change.values(timezone="Mars/Olympus"))
    await machine.boot()
    await machine.tick(after=DUE)

    assert machine.states(kept) == ["sent"]
    assert "Mars/Olympus" in caplog.text


async def test_the_log_names_the_delivery_and_never_its_words(machine, caplog):
    caplog.set_level(logging.DEBUG)
    machine.schedule("secretname")
    await machine.boot()
    await machine.tick(after=DUE)

    assert "delivery 1/2026-01-01/1/1 is sent" in caplog.text
    assert "secretname" not in caplog.text
