"""`daybrief entities`: nothing is changed without a yes, and what was changed is undone."""

import json

import pytest
from sqlalchemy import update

from briefs.store import open_store, tables
from tests.bot.cli.calling import complaint, daybrief

TEXT = "Mayor Ada Quill opened a bridge in Berlin. Ada Quill thanked Bo Tarn, and Tarn left."


@pytest.fixture
def library(folder):
    (folder / "seeds" / "quill.txt").write_text(TEXT)
    assert daybrief(folder, "entities", "list").returncode == 0
    return folder


def listed(folder, *arguments):
    found = json.loads(daybrief(folder, "entities", "list", "--json", *arguments).stdout)
    return {each["name"] for each in found["entities"]}


def test_without_a_yes_it_says_what_would_be_affected_and_changes_nothing(library):
    done = daybrief(library, "entities", "hide", "Ada Quill")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Ada Quill is hidden. This affects 2 mentions in 1 document.",
        "daybrief: nothing is changed: repeat it with --yes to change it.",
    ]
    assert "Ada Quill" in listed(library)


def test_a_change_is_made_listed_and_undone_once(library):
    made = daybrief(library, "entities", "hide", "Ada Quill", "--yes")
    hidden = "Ada Quill" in listed(library)
    undone = daybrief(library, "entities", "undo")
    again = daybrief(library, "entities", "undo", "1")
    history = json.loads(daybrief(library, "entities", "history", "--json").stdout)["edits"]

    assert made.returncode == undone.returncode == 0
    assert "it is edit 1; `daybrief entities undo 1` undoes it" in made.stderr
    assert not hidden
    assert undone.stderr == "Undone: Ada Quill is hidden (edit 1).\n"
    assert "Edit 1 was undone already" in complaint(again)
    assert "Ada Quill" in listed(library)
    assert [each["action"] for each in history] == ["undo", "hide"]
    assert history[1]["undone"]


def test_a_guilds_change_is_its_own(library):
    daybrief(library, "entities", "merge", "Ada Quill", "Bo Tarn", "--yes", "--guild", "77")

    assert "Bo Tarn" in listed(library)
    assert "Bo Tarn" not in listed(library, "--guild", "77")


def test_a_list_is_taken_over(library):
    (library / "names.csv").write_text("name,kind,alias\nAda Quill,person,The Bridge Lady\n")
    done = daybrief(library, "entities", "import", "names.csv", "--yes")
    found = daybrief(library, "entity", "The Bridge Lady")

    assert done.returncode == 0
    assert "1 change of names.csv" in done.stderr
    assert "Ada Quill" in found.stdout


def test_the_doctor_counts_what_an_older_program_analysed(library):
    url = f"sqlite:///{library / 'daybrief.db'}"
    with open_store(url) as store, store._database.write() as connection:
        connection.execute(update(tables.document).values(analysis=0))

    before = daybrief(library, "doctor").stdout
    daybrief(library, "entities", "list")
    after = daybrief(library, "doctor").stdout

    assert "analysis: documents with an older one: 1" in before
    assert "analysis: every document has the newest" in after


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("import", "nowhere.csv", "--yes"), 1, "nowhere.csv: cannot be read"),
        (("type", "Ada Quill", "robot", "--yes"), 2, "is not a kind of name"),
        (("merge", "Ada Quill", "Nobody", "--yes"), 1, "called “Nobody”"),
        (("undo", "9"), 1, "There is no edit 9 here"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(library, arguments, code, said):
    done = daybrief(library, "entities", *arguments)

    assert done.returncode == code
    assert said in complaint(done)
