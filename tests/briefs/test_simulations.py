"""What a schedule would have posted: its windows, its stories, and why there are none."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from briefs import lookups, pages, simulations, timing
from briefs.model import PUBLIC, Quotation, Scope
from briefs.pages import Limits
from briefs.store import open_store
from tests.briefs import news

HOME = Scope(70)
NOW = datetime(2026, 1, 8, 12, tzinfo=UTC)
LIMITS = Limits(body=4_000, render=lambda run: getattr(run, "text", "x" * 30))


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/test.db") as opened:
        yield opened


def schedule(times="07:30", days="daily", **others):
    words = {"name": "morning", "channel": 5, "timezone": "UTC", "scope": PUBLIC}
    return timing.make(times=times, days=days, now=NOW, **words | others)


def simulate(store, kept, days=7, now=NOW):
    return simulations.simulate(store, kept.scope, kept, now=now, days=days)


def at(day, hour, minute=0):
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def titles(row):
    return [line.title for line in row.headlines]


def test_each_document_is_told_by_the_briefing_that_was_due_next(store):
    news.keep(store, "bridge", 1, arrived=at(5, 7, 29))
    news.keep(store, "harvest", 1, arrived=at(5, 7, 30))
    news.keep(store, "reactor", 1, arrived=at(6, 9))
    shown = simulate(store, schedule())

    assert [row.due.date.day for row in shown.rows] == [2, 3, 4, 5, 6, 7, 8]
    told = {row.due.date.day: titles(row) for row in shown.rows if row.headlines}
    assert told == {5: ["bridge 1"], 6: ["harvest 1"], 7: ["reactor 1"]}
    assert [row.documents for row in shown.rows] == [0, 0, 0, 1, 1, 1, 0]


def test_each_window_begins_where_the_one_before_ended(store):
    shown = simulate(store, schedule("07:30,18:00", "weekdays"))
    windows = [(row.since, row.until) for row in shown.rows]

    assert windows[0] == (at(1, 7, 30), at(1, 18))
    assert all(one[1] == other[0] for one, other in pairwise(windows))
    assert windows[-1][1] == at(8, 7, 30)


def test_the_first_window_of_a_rare_schedule_goes_back_to_when_it_was_due_before(store):
    (row,) = simulate(store, schedule(days="first mon")).rows

    assert (row.since, row.until) == (datetime(2025, 12, 1, 7, 30, tzinfo=UTC), at(5, 7, 30))


def test_why_there_is_nothing_is_said_for_each(store):
    kept = schedule("07:30,20:30", skip="2026-01-06", quiet="20:00-07:00")
    rows = simulate(store, kept, days=3).rows

    assert [(row.due.date.day, row.due.slot, row.reason.partition(":")[0]) for row in rows] == [
        (5, 2, "It was due in the quiet hours (20"),
        (6, 1, "2026-01-06 is a day to skip."),
        (6, 2, "2026-01-06 is a day to skip."),
        (7, 1, "Nothing new"),
        (7, 2, "It was due in the quiet hours (20"),
        (8, 1, "Nothing new"),
    ]


def test_a_day_to_skip_leaves_its_documents_to_the_next_briefing(store):
    news.keep(store, "bridge", 1, arrived=at(5, 9))
    rows = simulate(store, schedule(skip="2026-01-06"), days=3).rows

    assert [(row.due.date.day, row.reason, titles(row)) for row in rows[:2]] == [
        (6, "2026-01-06 is a day to skip.", []),
        (7, "", ["bridge 1"]),
    ]
    assert rows[1].since == at(5, 7, 30)


def test_a_pause_is_not_looked_at_and_said(store):
    paused = replace(schedule(), paused="by hand")
    shown = simulate(store, paused)

    assert len(shown.rows) == 7
    assert all(row.until for row in shown.rows)
    assert shown.paused == "The schedule was paused: by hand."


def test_only_the_newest_are_looked_at_and_the_others_are_counted(store):
    shown = simulate(store, schedule("00:00,06:00,12:00,18:00"), days=31)

    assert (len(shown.rows), shown.left_out) == (31, 31 * 4 - 31)
    assert shown.rows[-1].due.at == NOW
    assert shown.rows[0].since == shown.rows[0].until - timedelta(hours=6)


def test_two_times_that_quiet_hours_make_one_are_one_briefing(store):
    rows = simulate(store, schedule("05:00,06:00", quiet="22:00-07:00"), days=1).rows

    assert [(row.due.slot, row.due.at, row.until) for row in rows] == [
        (1, at(8, 7), None),
        (2, at(8, 7), at(8, 7)),
    ]


def test_a_guild_sees_its_own_documents_and_the_public_ones_only(store):
    news.keep(store, "bridge", 1, arrived=at(7, 9))
    news.keep(store, "harvest", 1, arrived=at(7, 9), scope=HOME)
    news.keep(store, "reactor", 1, arrived=at(7, 9), scope=Scope(80))

    (row,) = simulate(store, schedule(scope=HOME), days=1).rows

    assert sorted(titles(row)) == ["bridge 1", "harvest 1"]


def test_what_takes_too_long_leaves_out_the_oldest_and_says_so(store, monkeypatch):
    seconds = iter(range(0, 1_000, 10))
    monkeypatch.setattr(simulations.time, "monotonic", lambda: float(next(seconds)))
    kept = schedule()
    shown = simulations.simulate(store, kept.scope, kept, now=NOW, days=7, patience=35.0)
    text = "".join(getattr(run, "text", "") for run in pages.lay_out(shown, LIMITS)[0].runs)

    assert [row.due.date.day for row in shown.rows] == [5, 6, 7, 8]
    assert shown.left_out == 3
    assert "7 due times, of which the oldest 3 are left out (it would take too long)" in text


def test_without_any_patience_there_is_still_the_newest(store):
    kept = schedule()
    shown = simulations.simulate(store, kept.scope, kept, now=NOW, days=7, patience=0.0)

    assert [row.due.date.day for row in shown.rows] == [8]


def test_nothing_is_recorded(store):
    kept = store.schedules.create(schedule())
    news.keep(store, "bridge", 1, arrived=at(7, 9))
    simulate(store, kept)

    assert store.schedules.get(kept.id) == kept
    assert store.deliveries.of(PUBLIC, kept.id) == ()
    assert store.briefings.latest(PUBLIC) is None


def test_it_is_shown_newest_first_in_titles_of_stored_documents(store):
    news.keep(store, "bridge", 1, arrived=at(7, 9))
    shown = simulate(store, schedule(skip="2026-01-06", days="daily"))
    laid_out = pages.lay_out(shown, LIMITS)
    runs = [run for page in laid_out for run in page.runs]
    text = "".join(getattr(run, "text", "\n") for run in runs)

    lookups.prove(store, PUBLIC, laid_out)
    assert [run.text for run in runs if isinstance(run, Quotation)] == ["bridge 1"]
    assert text.index("Thu 08 Jan 2026") < text.index("Wed 07 Jan 2026")
    assert "7 due times, as if it had been on." in text
    assert "2026-01-06 is a day to skip." in text
    assert text.count("Nothing new: no document arrived") == 5
    assert shown.rows[0].due.date == date(2026, 1, 2)
