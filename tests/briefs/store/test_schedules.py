"""Schedules on a real store: names, scopes, what a tick reads, and config.toml."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import event

from briefs import timing
from briefs.errors import NotFoundError, UsageError
from briefs.model import PUBLIC, ScheduleId, Scope, State
from briefs.store.schedules import GONE
from briefs.store.tables import schedule as table
from tests.briefs.store.library import in_a_file

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOME, AWAY = Scope(70), Scope(80)


def schedule(name="morning", scope=HOME, **others):
    words = {"channel": 5, "times": "07:30,18:00", "days": "mon,fri", "timezone": "Europe/Kyiv"}
    return timing.make(**words | {"name": name, "scope": scope, "now": NOW} | others)


def plan(store, kept, now):
    store.deliveries.plan(kept, timing.plan(kept, now))


def test_what_is_kept_is_what_is_read(store):
    made = store.schedules.create(schedule(about="drones", length="long"))

    assert store.schedules.get(made.id) == made
    assert made == replace(schedule(about="drones", length="long"), id=made.id)
    assert made.times == (time(7, 30), time(18))


def test_days_of_the_month_holidays_and_quiet_hours_are_read_as_they_were_kept(store):
    calendar = {"days": "wed,15,last,first mon", "skip": "12-25,2026-05-01..2026-05-03"}
    made = store.schedules.create(schedule(quiet="22:00-07:00", **calendar))

    assert store.schedules.get(made.id) == made
    assert timing.spell_days(made.days) == "wed,15,last,first mon"


def test_a_name_is_given_once_in_a_scope(store):
    store.schedules.create(schedule())

    with pytest.raises(UsageError, match="There is a schedule “morning” already"):
        store.schedules.create(schedule())
    assert store.schedules.create(schedule(scope=AWAY)).scope == AWAY


def test_a_schedule_is_found_by_name_however_it_is_typed(store):
    made = store.schedules.create(schedule("Morning News"))

    assert store.schedules.named(HOME, "  morning   news ") == made


def test_a_name_that_is_unknown_comes_with_those_that_are_near(store):
    store.schedules.create(schedule("morning"))

    with pytest.raises(NotFoundError, match="Did you mean morning"):
        store.schedules.named(HOME, "mornin")


def test_a_name_that_is_far_from_all_comes_with_what_there_is(store):
    with pytest.raises(NotFoundError, match="There are none here yet: /schedule create"):
        store.schedules.own(HOME, "evening")
    for name in ("aa", "bb", "cc", "dd", "ff", "hh", "jj"):
        store.schedules.create(schedule(name))
    store.schedules.create(schedule("theirs", scope=AWAY))

    with pytest.raises(NotFoundError, match=r"There are: aa, bb, cc, dd, ff and 2 more\."):
        store.schedules.own(HOME, "evening")


def test_a_schedule_that_others_may_see_is_not_the_own_one(store):
    store.schedules.create(schedule("shared", scope=PUBLIC))

    assert store.schedules.named(HOME, "shared").scope == PUBLIC
    with pytest.raises(NotFoundError):
        store.schedules.own(HOME, "shared")


def test_another_guild_sees_nothing_of_a_schedule(store):
    store.schedules.create(schedule("secret"))

    assert store.schedules.listing(AWAY) == ()
    assert store.schedules.complete(AWAY, "sec") == ()
    with pytest.raises(NotFoundError) as error:
        store.schedules.named(AWAY, "secret")
    assert error.value.suggestions == ()


def test_names_are_completed_from_any_part(store):
    for name in ("morning", "evening", "weekly"):
        store.schedules.create(schedule(name))

    assert store.schedules.complete(HOME, "NING") == ("evening", "morning")
    assert store.schedules.complete(HOME, "", limit=2) == ("evening", "morning")


def test_who_owns_the_installation_sees_all(store):
    for scope in (PUBLIC, HOME, AWAY):
        store.schedules.create(schedule(f"of {scope}", scope))

    assert [each.scope for each in store.schedules.every()] == [PUBLIC, HOME, AWAY]


def test_a_new_schedule_is_looked_at_once_and_then_when_it_is_due(store):
    made = store.schedules.create(schedule(timezone="UTC", days="daily", times="07:30"))
    assert store.schedules.due(NOW) == (made,)

    plan(store, made, NOW)

    assert store.schedules.due(NOW + timedelta(hours=7)) == ()
    assert [each.id for each in store.schedules.due(NOW + timedelta(hours=7.5))] == [made.id]


@in_a_file
def test_a_tick_costs_what_is_due_and_not_what_there_is(store):
    """The rows that SQLite visits for `due` are the same beside 20 idle schedules and 400."""

    query = table.select().where(table.c.next_due <= NOW)

    def steps(idle):
        for n in range(idle):
            plan(store, store.schedules.create(schedule(f"{idle} {n}")), NOW)
        with store._database.read() as connection:
            connection.execute(query).all()  # the first one also reads the schema
            driver = connection.connection.driver_connection
            ticks = []
            driver.set_progress_handler(lambda: ticks.append(1) and None, 1)
            connection.execute(query).all()
            driver.set_progress_handler(None, 0)
        return len(ticks)

    assert 0 < steps(20) == steps(200)


def test_what_is_paused_says_why_and_goes_on_when_resumed(store):
    made = store.schedules.create(schedule())
    store.schedules.pause(made.id, "the channel is gone")
    assert store.schedules.named(HOME, "morning").paused == "the channel is gone"

    store.schedules.resume(made.id)

    assert store.schedules.named(HOME, "morning").paused == ""


def test_a_pause_with_an_end_is_over_by_itself_and_what_came_due_says_why(store):
    made = store.schedules.create(schedule(timezone="UTC", days="daily", times="07:30"))
    store.schedules.pause_until(made.id, NOW + timedelta(days=2))
    plan(store, store.schedules.get(made.id), NOW + timedelta(days=2, hours=8))
    rows = store.deliveries.of(HOME, made.id)

    assert [(row.date.day, row.state) for row in rows] == [
        (3, State.PLANNED),
        (2, State.SKIPPED),
        (1, State.SKIPPED),
    ]
    assert {row.reason for row in rows[1:]} == {"The schedule was paused until 2026-01-03."}


def test_a_pause_of_another_kind_and_resuming_end_a_pause_with_an_end(store):
    made = store.schedules.create(schedule())
    store.schedules.pause_until(made.id, NOW + timedelta(days=2))
    store.schedules.resume(made.id)
    assert store.schedules.get(made.id).paused_until is None

    store.schedules.pause_until(made.id, NOW + timedelta(days=2))
    store.schedules.pause(made.id, "holidays")

    assert store.schedules.get(made.id).paused_until is None


def test_an_edit_keeps_what_was_planned_and_is_looked_at_at_once(store):
    made = store.schedules.create(schedule())
    plan(store, made, NOW + timedelta(hours=1))
    kept = store.schedules.get(made.id)
    store.schedules.edit(timing.edit(kept, NOW, name="evening", times="18:00", skip="12-25"), NOW)
    edited = store.schedules.get(made.id)

    assert edited == timing.edit(kept, NOW, name="evening", times="18:00", skip="12-25")
    assert edited.planned_until == NOW + timedelta(hours=1)
    assert edited in store.schedules.due(NOW)


def test_an_edit_does_not_take_the_name_of_another_one(store):
    made = store.schedules.create(schedule("a"))
    store.schedules.create(schedule("b"))

    with pytest.raises(UsageError, match="There is a schedule “b” already"):
        store.schedules.edit(timing.edit(made, NOW, name="b"), NOW)


def test_an_edit_of_time_or_zone_holds_from_the_first_date_and_slot_without_a_row(store):
    made = store.schedules.create(schedule(timezone="UTC", days="daily", times="07:30"))
    plan(store, made, NOW + timedelta(hours=8))  # that of the first of January has its row
    change(store, made.id, NOW + timedelta(hours=9), times="10:00")
    plan(store, store.schedules.get(made.id), NOW + timedelta(hours=11))
    change(store, made.id, NOW + timedelta(days=1, hours=9), timezone="Asia/Tokyo")
    plan(store, store.schedules.get(made.id), NOW + timedelta(days=2, hours=9))
    rows = store.deliveries.of(HOME, made.id)

    assert [(row.date.day, row.slot, row.due) for row in rows] == [
        (3, 1, NOW + timedelta(days=2, hours=1)),
        (2, 1, NOW + timedelta(days=1, hours=1)),  # had passed in Tokyo: posted late
        (1, 1, NOW + timedelta(hours=7, minutes=30)),
    ]
    assert {row.state for row in rows} == {State.PLANNED}


def change(store, schedule, now, **written):
    old = store.schedules.get(schedule)
    new = timing.edit(old, now, **written)
    store.schedules.edit(new, now)
    store.deliveries.plan(new, timing.plan_edit(old, new, now))


def test_what_is_deleted_is_gone_and_its_id_is_not_given_again(store):
    made = store.schedules.create(schedule())
    store.schedules.delete(made.id)

    assert store.schedules.get(made.id) is None
    assert store.schedules.create(schedule()).id > made.id


def test_an_id_that_never_was_gives_nothing(store):
    assert store.schedules.get(ScheduleId(404)) is None


def test_the_file_makes_changes_and_pauses_its_own_schedules(store):
    store.schedules.create(schedule("by hand"))
    first = store.schedules.sync([schedule("a"), schedule("b")], NOW)
    second = store.schedules.sync([schedule("a", channel=6), schedule("b")], NOW)
    third = store.schedules.sync([schedule("b")], NOW)

    assert (first.created, first.changed, first.gone) == (("a", "b"), (), ())
    assert (second.created, second.changed, second.gone) == ((), ("a",), ())
    assert (third.created, third.changed, third.gone) == ((), (), ("a",))
    assert store.schedules.named(HOME, "a").paused == GONE
    assert store.schedules.named(HOME, "a").channel == 6
    assert store.schedules.named(HOME, "by hand").paused == ""


def test_a_schedule_that_comes_back_into_the_file_goes_on(store):
    store.schedules.sync([schedule("a")], NOW)
    store.schedules.sync([], NOW)
    back = store.schedules.sync([schedule("a")], NOW)

    assert back.changed == ("a",)
    assert store.schedules.named(HOME, "a").paused == ""


def test_a_pause_by_hand_survives_the_file(store):
    store.schedules.sync([schedule("a")], NOW)
    store.schedules.pause(store.schedules.named(HOME, "a").id, "holidays")
    store.schedules.sync([schedule("a", channel=9)], NOW)

    assert store.schedules.named(HOME, "a").paused == "holidays"


def test_a_change_in_the_file_keeps_what_was_planned_and_covered(store):
    store.schedules.sync([schedule("a")], NOW)
    later = NOW + timedelta(days=30)
    store.schedules.sync([schedule("a", times="09:00", now=later)], later)
    kept = store.schedules.named(HOME, "a")

    assert kept.times == (time(9),)
    assert (kept.created, kept.planned_until) == (NOW, NOW)
    assert kept in store.schedules.due(later)


def test_the_file_does_not_take_a_name_that_was_given_in_discord(store):
    store.schedules.create(schedule("a"))

    with pytest.raises(UsageError, match="There is a schedule “a” already"):
        store.schedules.sync([schedule("b"), schedule("a")], NOW)
    assert [each.name for each in store.schedules.every()] == ["a"]


def test_a_row_that_was_damaged_does_not_stop_the_others(store):
    damaged = store.schedules.create(schedule("a"))
    store.schedules.create(schedule("b"))
    with store._database.write() as connection:
        connection.execute(
            table.update().where(table.c.id == damaged.id).values(times=["25:99"], days="?")
        )

    assert [each.name for each in store.schedules.due(NOW)] == ["b"]


@in_a_file
def test_what_is_written_waits_for_the_disk(store):
    modes = []

    def note(connection, *_):
        driver = connection.connection.driver_connection
        modes.append(driver.execute("PRAGMA synchronous").fetchone()[0])

    event.listen(store._database._writer, "before_cursor_execute", note)
    store.schedules.create(schedule())

    assert modes
    assert set(modes) == {2}  # FULL
