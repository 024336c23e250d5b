"""`daybrief briefing`, `preview` into files, `figures`, `said`: what was posted, and is again."""

import json
from datetime import UTC, datetime

import pytest

from bot import markup
from briefs import briefings, exports, pages, timing
from briefs.briefings import Asked
from briefs.model import PUBLIC, Scope
from briefs.store import open_store
from tests.bot.cli.calling import complaint, daybrief

GUILD = 77
MADE = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
OPENED = "The mayor opened the new bridge over the lake on Monday."


@pytest.fixture
def library(folder):
    """A folder whose database keeps briefing 1 for everybody and briefing 2 for a guild."""
    done = daybrief(folder, "ingest", "bridge.txt")
    assert done.returncode == 0, done.stderr
    with open_store(f"sqlite:///{folder / 'daybrief.db'}") as store:
        since, until = briefings.last_day(store, PUBLIC, MADE)
        for scope, name in ((PUBLIC, "morning"), (GUILD, "theirs")):
            told = briefings.compose(store, scope, Asked(since=since, until=until))
            laid_out = pages.lay_out(told, markup.LIMITS)
            briefings.keep(store, told, laid_out, schedule=name, made=MADE)
    return folder


def told(folder, *arguments):
    done = daybrief(folder, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_what_was_posted_is_listed_for_who_may_read_it(library):
    printed = told(library, "briefing", "list")
    listed = json.loads(told(library, "briefing", "list", "--guild", str(GUILD), "--json"))

    assert "1. 2 Mar 2026 07:30 UTC: 1 story, schedule “morning”" in printed
    assert "theirs" not in printed
    (record,) = listed["briefings"]
    assert (record["id"], record["schedule"], record["stories"]) == (2, "theirs", 1)
    assert record["made"] == "2026-03-02T07:30:00Z"


@pytest.mark.parametrize(
    ("options", "number"),
    [(("--day", "2026-03-02"), 1), (("--day", "2026-03-03"), 0), (("--schedule", "evening"), 0)],
)
def test_the_list_is_narrowed_down(library, options, number):
    listed = json.loads(told(library, "briefing", "list", "--json", *options))

    assert len(listed["briefings"]) == number


def test_a_kept_briefing_is_shown_as_it_was_with_its_reasons(library):
    shown = told(library, "briefing", "show")
    why = told(library, "briefing", "show", "1", "--why")

    assert OPENED in shown
    assert why.startswith(shown.rstrip("\n"))
    assert "Why briefing 1 is as it is" in why
    assert "Picked for its score" in why


def test_it_is_given_as_markdown_html_and_json_the_same_bytes_each_time(library):
    forms = {form: told(library, "briefing", "show", "1", "--format", form) for form in FORMS}

    for form, begins in FORMS.items():
        assert forms[form].startswith(begins)
        assert OPENED.rstrip(".") in forms[form]
        assert told(library, "briefing", "show", "1", "--format", form) == forms[form]
    with open_store(f"sqlite:///{library / 'daybrief.db'}", readonly=True) as store:
        kept = briefings.kept(store, PUBLIC, 1)[1]
    assert exports.load(forms["json"].encode()) == kept


FORMS = {"markdown": "# Briefing\n", "html": "<!doctype html>\n", "json": '{"version":1'}


def test_a_document_that_went_since_is_told_on_top(library):
    before = told(library, "briefing", "show", "1")
    with open_store(f"sqlite:///{library / 'daybrief.db'}") as store:
        store.documents.remove(PUBLIC, 1)

    after = told(library, "briefing", "show", "1", "--why")

    assert "some of its documents have changed or gone since" in after
    assert OPENED in after
    assert before.removeprefix("Briefing\n\n").rstrip() in after


def test_another_guild_finds_none_of_it(library):
    assert "There is no briefing 2" in complaint(daybrief(library, "briefing", "show", "2"))
    assert "No briefing has been kept" in complaint(
        daybrief(library, "briefing", "show", "--guild", "78")
    )


def test_what_a_server_keeps_is_pointed_to(library):
    with open_store(f"sqlite:///{library / 'daybrief.db'}") as store:
        words = {"name": "theirs", "channel": 5, "times": "07:30", "days": "daily"}
        made = timing.make(**words, timezone="UTC", scope=Scope(GUILD), now=MADE)
        store.schedules.create(made)

    said = complaint(daybrief(library, "briefing", "show", "2"))
    assert "/brief archive lists what is kept: 1." in said
    assert "Those of a server are shown with --guild: 77." in said


def test_a_preview_is_written_into_files(library):
    told(library, "preview", "--html", "b.html", "--markdown", "b.md", "--chart", "c.png")

    assert OPENED in (library / "b.html").read_text()
    assert OPENED.rstrip(".") in (library / "b.md").read_text()
    assert (library / "c.png").read_bytes().startswith(b"\x89PNG")


def test_a_preview_says_why(library):
    printed = told(library, "preview", "--why", "--length", "short")

    assert "Why this briefing is as it is" in printed
    assert "Story 1 of 1 by its score" in printed


def test_a_preview_in_json_has_the_reasons_and_what_is_left_out(prepared):
    shown = json.loads(told(prepared, "preview", "--json", "--about", "factory"))

    (first, *_) = shown["stories"]
    total = sum(part["value"] for part in first["why"])
    assert total > 0
    assert {line["document"] for line in first["lines"]} <= set(first["documents"])
    assert {each["reason"] for each in shown["omitted"]} >= {"It is not about “factory”."}


def test_figures_are_given_with_their_places(prepared):
    shown = json.loads(told(prepared, "figures", "--json"))

    figures = [each for story in shown["stories"] for each in story["figures"]]
    assert "drones bought" in {each["about"] for each in figures}
    for each in figures:
        start, end = (each[edge] - each["start"] for edge in ("figure_start", "figure_end"))
        assert any(sign.isdigit() for sign in each["text"][start:end])


def test_where_something_was_said_is_given_with_the_first_day(prepared):
    claim = "Ukraine will build a factory for Turkish armed drones"

    shown = json.loads(told(prepared, "said", claim, "--json"))
    nothing = json.loads(told(prepared, "said", "Zebras play the flute", "--json"))

    assert shown["claim"] == claim
    assert shown["first"] == min(hit["published"] for hit in shown["hits"])
    assert "factory" in shown["hits"][0]["text"]
    assert (nothing["hits"], nothing["first"]) == ([], None)
