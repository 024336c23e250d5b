"""`daybrief schedule`: when what is kept is due, and what it would have been."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from briefs import timing
from briefs.model import Scope
from briefs.store import open_store
from tests.bot.cli.calling import complaint, daybrief

GUILD = 70


@pytest.fixture
def scheduled(prepared, tmp_path):
    """A folder with the seeds, which arrived just now, and three schedules, two of one name."""
    folder = tmp_path / "scheduled"
    shutil.copytree(prepared, folder)
    with open_store(f"sqlite:///{folder / 'daybrief.db'}") as store:
        for name, scope in (("morning", GUILD), ("weekly", GUILD), ("weekly", 80)):
            store.schedules.create(made(name, scope))
        morning = store.schedules.named(Scope(GUILD), "morning")
        store.schedules.pause_until(morning.id, datetime.now(UTC) + timedelta(days=4))
    return folder


def made(name, scope):
    return timing.make(
        name=name,
        channel=5,
        times="00:00,12:00",
        days="daily",
        timezone="Europe/Kyiv",
        scope=Scope(scope),
        now=datetime.now(UTC),
        skip="12-25",
        quiet="22:00-07:00",
    )


def test_a_simulation_shows_what_would_have_been_posted_and_names_what_it_quotes(scheduled):
    done = daybrief(scheduled, "schedule", "simulate", "morning", "--until", "2100-01-08", "--json")
    told = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert told.keys() == {
        *("version", "schedule", "timezone", "since", "until", "paused", "left_out", "due")
    }
    assert [row["date"] for row in told["due"]][-1] == "2100-01-07"
    assert len(told["due"]) == 14
    assert {row["documents"] for row in told["due"]} == {0}


def test_a_simulation_tells_the_stories_of_what_arrived(scheduled):
    later = f"{datetime.now(UTC) + timedelta(days=2):%F}"
    done = daybrief(scheduled, "schedule", "simulate", "morning", "--until", later, "--json")
    told = json.loads(done.stdout)["due"]
    shown = daybrief(scheduled, "schedule", "simulate", "morning", "--until", later).stdout
    titles = {each["title"] for row in told for each in row["headlines"]}

    assert "as if it had been on. The schedule was paused until" in shown
    assert "Ukraine to build factory for Turkish armed drones" in titles
    assert all(title in shown for title in titles)
    assert len(told) == 14


def test_what_is_kept_is_due_when_its_calendar_says(scheduled):
    arguments = ("schedule", "next", "morning", "--after", "2100-12-24T00:00Z")
    due = json.loads(daybrief(scheduled, *arguments, "--count", "3", "--json").stdout)["due"]
    shown = daybrief(scheduled, *arguments, "--count", "1").stdout

    assert due == ["2100-12-24T05:00:00Z", "2100-12-24T10:00:00Z", "2100-12-26T05:00:00Z"]
    assert "00:00 falls in the quiet hours (22:00-07:00) and is posted when they end." in shown


def test_a_listing_has_the_calendar_and_the_pause(scheduled):
    listed = json.loads(daybrief(scheduled, "schedule", "list", "--json").stdout)["schedules"]
    shown = daybrief(scheduled, "schedule", "list").stdout

    assert {(each["skip"], each["quiet"]) for each in listed} == {("12-25", "22:00-07:00")}
    assert [each["paused_until"] is None for each in listed] == [False, True, True]
    assert "but for 12-25, quiet 22:00-07:00" in shown


def test_days_of_the_month_are_due_without_a_schedule(tmp_path):
    done = daybrief(
        tmp_path,
        *("schedule", "next", "--time", "07:30", "--timezone", "UTC", "--days", "31,last fri"),
        *("--after", "2026-01-01T00:00Z", "--count", "3"),
    )

    assert done.stdout.splitlines() == [
        "Fri 30 Jan 2026 07:30 UTC (2026-01-30 07:30 UTC)",
        "Sat 31 Jan 2026 07:30 UTC (2026-01-31 07:30 UTC)",
        "Fri 27 Feb 2026 07:30 UTC (2026-02-27 07:30 UTC)",
        "A month that has no day 31 has no briefing for it.",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("simulate", "evening"), "There is no schedule called “evening”."),
        (("simulate", "weekly"), "Several schedules are called so: give one of --guild 70, 80."),
        (("next", "weekly"), "Several schedules are called so"),
        (("next",), "Name a schedule, or give --time and --timezone."),
        (("next", "--time", "07:30"), "Name a schedule, or give --time and --timezone."),
    ],
)
def test_what_cannot_be_found_is_one_sentence(scheduled, arguments, said):
    assert said in complaint(daybrief(scheduled, "schedule", *arguments))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--skip", "02-30"), "“02-30” is not a date to skip"),
        (("--quiet", "late"), "“late” are no quiet hours"),
        (("--days", "32"), "“32” is not a day"),
        (("--skip", "01-01..12-31"), "would never be due"),
    ],
)
def test_times_that_make_no_sense_are_refused(tmp_path, given, said):
    done = daybrief(tmp_path, "schedule", "next", "--time", "07:30", "--timezone", "UTC", *given)

    assert said in complaint(done)
    assert done.returncode == 2
