"""The ledger on a real store: planning, claiming, writing, history."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from briefs import timing
from briefs.model import BY_HAND, Scope, State
from briefs.store import Hold
from briefs.store.tables import delivery as table
from tests.briefs.store.library import in_a_file

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOME, AWAY = Scope(70), Scope(80)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def made(store, name="morning", **others):
    words = {"channel": 5, "times": "07:30", "days": "daily", "timezone": "UTC", "scope": HOME}
    return store.schedules.create(timing.make(**words | {"name": name, "now": NOW} | others))


def planned(store, schedule, now):
    kept = store.schedules.get(schedule.id)
    return store.deliveries.plan(kept, timing.plan(kept, now))


def claim(store, now, *, owner="us", busy=(), limit=8):
    return store.deliveries.claim(owner, Hold(now, MINUTE), busy=busy, limit=limit)


def at(hour, minute=0, day=1):
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def test_what_came_due_has_its_row_and_what_was_missed_its_reason(store):
    schedule = made(store)
    planned(store, schedule, at(8, day=3))
    rows = store.deliveries.of(HOME, schedule.id)

    assert [(row.date.day, row.state) for row in rows] == [
        (3, State.PLANNED),
        (2, State.SKIPPED),
        (1, State.SKIPPED),
    ]
    assert all(row.reason for row in rows[1:])
    assert store.schedules.get(schedule.id).planned_until == at(8, day=3)


def test_planning_twice_plans_once(store):
    schedule = made(store)
    plan = timing.plan(schedule, at(8))

    assert store.deliveries.plan(schedule, plan) is True
    assert store.deliveries.plan(schedule, plan) is False
    assert len(store.deliveries.of(HOME, schedule.id)) == 1


def test_what_was_planned_only_grows(store):
    schedule = made(store)
    planned(store, schedule, at(8, day=3))
    store.deliveries.plan(schedule, timing.plan(schedule, at(9, day=2)))

    assert store.schedules.get(schedule.id).planned_until == at(8, day=3)


def test_a_new_time_takes_effect_at_the_first_date_and_slot_without_a_row(store):
    schedule = made(store)
    planned(store, schedule, at(8))
    for day, dates in ((1, [1]), (2, [2, 1])):
        kept = store.schedules.get(schedule.id)
        store.schedules.edit(replace(kept, times=timing.parse_times("09:00")), at(9, day=day))
        planned(store, schedule, at(9, 1, day=day))

        assert [row.date.day for row in store.deliveries.of(HOME, schedule.id)] == dates

    assert [row.due for row in store.deliveries.of(HOME, schedule.id)] == [at(9, day=2), at(7, 30)]


def test_a_plan_for_what_a_schedule_said_before_is_not_recorded(store):
    schedule = made(store)
    store.schedules.edit(replace(schedule, times=timing.parse_times("09:00")), at(8))

    assert not store.deliveries.plan(schedule, timing.plan(schedule, at(8)))
    assert store.deliveries.of(HOME, schedule.id) == ()
    assert [each.id for each in store.schedules.due(at(8))] == [schedule.id]


def test_a_row_is_claimed_by_one_until_its_lease_ends(store):
    planned(store, made(store), at(8))
    (first,) = claim(store, at(8))
    assert claim(store, at(8), owner="them") == ()
    (second,) = claim(store, at(8, 1), owner="them")

    assert (first.fence, second.fence) == (1, 2)


def test_who_lost_the_lease_writes_no_more(store):
    schedule = made(store)
    planned(store, schedule, at(8))
    (ours,) = claim(store, at(8))
    (theirs,) = claim(store, at(8, 1), owner="them")

    assert not store.deliveries.save(replace(ours, state=State.FAILED, reason="x."))
    assert not store.deliveries.ready([ours], Hold(at(8), HOUR))
    assert store.deliveries.save(replace(theirs, state=State.SENT, message=7))
    assert store.deliveries.again(ours).message == 7


def test_what_is_written_is_what_is_read(store):
    planned(store, made(store), at(8))
    (row,) = claim(store, at(8))
    wanted = replace(
        row,
        state=State.SENDING,
        payload=b'{"a":1}',
        nonce="b" * 21,
        marker="abc",
        parts=1,
        since=NOW,
        until=at(7, 30),
        first_attempt=at(8),
        not_before=at(9),
        attempts=2,
        reason="Discord answered 503.",
    )
    store.deliveries.save(wanted)

    assert store.deliveries.again(row) == wanted


def test_one_delivery_is_claimed_for_each_channel_and_none_for_a_busy_one(store):
    for number, channel in enumerate((5, 5, 6, 7)):
        planned(store, made(store, f"s{number}", channel=channel), at(8))

    assert [row.channel for row in claim(store, at(8), busy=(7,))] == [5, 6]
    assert [row.schedule for row in claim(store, at(8), busy=(6, 7))] == [2]


def test_no_more_are_claimed_than_there_is_room_for(store):
    for number in range(4):
        planned(store, made(store, f"s{number}", channel=number + 1), at(8))

    assert len(claim(store, at(8), limit=3)) == 3


def test_a_later_part_waits_until_the_one_before_it_is_final(store):
    planned(store, made(store), at(8))
    (row,) = claim(store, at(8))
    parts = [replace(row, part=n, parts=3, state=State.READY) for n in (1, 2, 3)]
    store.deliveries.ready(parts, Hold(at(8), HOUR))
    assert claim(store, at(8)) == ()

    store.deliveries.save(replace(parts[0], state=State.SENT))

    assert [row.part for row in claim(store, at(8))] == [2]
    assert claim(store, at(8)) == ()


def test_a_later_briefing_waits_for_the_one_before_it(store):
    schedule = made(store, times="07:30,18:00")
    planned(store, schedule, at(8))
    (row,) = claim(store, at(8))
    store.deliveries.save(replace(row, state=State.SENDING, not_before=at(20)))
    planned(store, schedule, at(18))

    assert claim(store, at(18)) == ()
    assert [row.slot for row in claim(store, at(20))] == [1]


def test_what_has_to_wait_is_not_claimed_before(store):
    planned(store, made(store), at(8))
    (row,) = claim(store, at(8))
    store.deliveries.save(replace(row, not_before=at(9)))

    assert claim(store, at(8, 59)) == ()
    assert len(claim(store, at(9))) == 1


def test_a_wait_that_a_wrong_clock_wrote_holds_nothing_up_for_years(store):
    planned(store, made(store), at(8))
    (row,) = claim(store, at(8))
    store.deliveries.save(replace(row, not_before=at(9) + timedelta(days=3650)))

    assert len(claim(store, at(9))) == 1


def test_after_a_start_what_an_earlier_process_held_is_free(store):
    planned(store, made(store), at(8))
    (ours,) = claim(store, at(8))
    store.deliveries.release_all()
    (row,) = claim(store, at(8), owner="them")

    assert row.schedule == ours.schedule
    assert not store.deliveries.save(ours)


def test_the_parts_after_one_that_failed_are_skipped_with_it(store):
    schedule = made(store)
    planned(store, schedule, at(8))
    (row,) = claim(store, at(8))
    parts = [replace(row, part=n, parts=3, state=State.READY) for n in (1, 2, 3)]
    store.deliveries.ready(parts, Hold(at(8), HOUR))
    failed = replace(parts[0], state=State.FAILED, reason="no.")
    store.deliveries.save(failed, rest="Part 1 of 3 was not posted. no.")
    rows = sorted(store.deliveries.of(HOME, schedule.id), key=lambda row: row.part)

    assert [row.state for row in rows] == [State.FAILED, State.SKIPPED, State.SKIPPED]
    assert rows[1].reason == "Part 1 of 3 was not posted. no."


def test_a_window_moves_with_what_was_sent_and_never_back(store):
    schedule = made(store)
    planned(store, schedule, at(8))
    (row,) = claim(store, at(8))
    sent = replace(row, state=State.SENT)
    store.deliveries.save(sent, cover=at(7, 30))
    store.deliveries.save(sent, cover=at(6))

    assert store.schedules.get(schedule.id).covered_until == at(7, 30)


def test_a_schedule_is_paused_after_so_many_failures_in_a_row(store):
    schedule = made(store)
    for day, state in enumerate((State.FAILED, State.SENT, State.FAILED, State.FAILED), start=1):
        planned(store, schedule, at(8, day=day))
        (row,) = claim(store, at(8, day=day))
        store.deliveries.save(replace(row, state=state), pause=("refused.", 3))
        assert store.schedules.get(schedule.id).paused == ""
    planned(store, schedule, at(8, day=5))
    (row,) = claim(store, at(8, day=5))
    store.deliveries.save(replace(row, state=State.FAILED), pause=("refused.", 3))

    assert store.schedules.get(schedule.id).paused == "refused."


def test_a_failure_that_is_final_for_the_channel_pauses_at_once(store):
    schedule = made(store)
    planned(store, schedule, at(8))
    (row,) = claim(store, at(8))
    store.deliveries.save(replace(row, state=State.FAILED), pause=("no channel.", 1))

    assert store.schedules.get(schedule.id).paused == "no channel."


def test_what_is_asked_for_by_hand_disturbs_no_due_time(store):
    schedule = made(store)
    first = store.deliveries.by_hand(schedule, date(2026, 1, 1), at(6))
    second = store.deliveries.by_hand(schedule, date(2026, 1, 1), at(6, 1))
    planned(store, schedule, at(8))

    assert [first.slot, second.slot] == [BY_HAND, BY_HAND + 1]
    assert {row.slot for row in store.deliveries.of(HOME, schedule.id)} == {
        1,
        BY_HAND,
        BY_HAND + 1,
    }


def test_history_is_seen_in_its_own_scope_only(store):
    schedule = made(store)
    planned(store, schedule, at(8))
    (row,) = claim(store, at(8))
    store.deliveries.save(replace(row, state=State.SENT))

    assert len(store.deliveries.of(HOME, schedule.id)) == 1
    assert store.deliveries.of(AWAY, schedule.id) == ()
    assert store.deliveries.latest_sent(AWAY) == ()


def test_the_latest_is_the_newest_that_was_sent_with_all_its_parts(store):
    schedule, other = made(store), made(store, "other", channel=6)
    for day in (1, 2):
        planned(store, schedule, at(8, day=day))
        (row,) = claim(store, at(8, day=day))
        parts = [replace(row, part=n, parts=2, message=10 * day + n) for n in (1, 2)]
        store.deliveries.ready([replace(p, state=State.SENT) for p in parts], Hold(at(8), HOUR))
    planned(store, schedule, at(8, day=3))

    latest = store.deliveries.latest_sent(HOME)

    assert [row.message for row in latest] == [21, 22]
    assert store.deliveries.latest_sent(HOME, schedule.id) == latest
    assert store.deliveries.latest_sent(HOME, other.id) == ()


@in_a_file
def test_a_claim_walks_the_open_rows_and_not_the_history(store):
    from briefs.store import claiming

    with store._database.read() as connection:
        query = claiming.claimable("us", NOW, (1,)).compile(
            connection, compile_kwargs={"literal_binds": True}
        )
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
        plan = " ".join(row[3] for row in rows)

    assert "USING INDEX delivery_open" in plan
    assert "USING INDEX delivery_order (schedule=? AND due<?)" in plan


def test_every_open_state_is_in_the_partial_indexes():
    conditions = {
        str(index.dialect_options["sqlite"]["where"])
        for index in table.indexes
        if index.name in {"delivery_open", "delivery_order"}
    }

    assert conditions == {"state IN ('planned', 'ready', 'sending')"}
