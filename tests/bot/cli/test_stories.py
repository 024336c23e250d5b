"""`daybrief story`: nothing is changed without a yes, and what was changed is undone."""

import json

import pytest

from tests.bot.cli.calling import complaint, daybrief

BRIDGE = "Mayor Ada Quill opened the Ems bridge near Lathen, built by Tarn Works of Haren."
HARVEST = "Farmers of Podolia expect the smallest barley harvest since the Dniester drought."


@pytest.fixture
def library(folder):
    for number, text in enumerate((BRIDGE, f"{BRIDGE} Ferries stop.", HARVEST), start=1):
        (folder / "seeds" / f"{number}.txt").write_text(text)
    return folder


def listed(folder, *arguments):
    found = json.loads(daybrief(folder, "story", "list", "--json", *arguments).stdout)
    return [each["documents"] for each in found["stories"]]


def stories(folder):
    return [
        each["story"]
        for each in json.loads(daybrief(folder, "story", "list", "--json").stdout)["stories"]
    ]


def test_without_a_yes_it_says_what_would_be_affected_and_changes_nothing(library):
    first, second = map(str, stories(library))
    done = daybrief(library, "story", "merge", first, second)

    assert done.returncode == 1
    assert f"Story {second} is one with story {first}" in done.stderr
    assert "This affects 3 documents.\n" in done.stderr
    assert "nothing is changed: repeat it with --yes" in done.stderr
    assert listed(library) == [2, 1]


def test_a_merge_is_made_and_undone_once(library):
    first, second = map(str, stories(library))
    made = daybrief(library, "story", "merge", first, second, "--yes")
    merged = listed(library)
    undone = daybrief(library, "story", "undo")
    again = daybrief(library, "story", "undo", "1")

    assert made.returncode == undone.returncode == 0
    assert "it is edit 1; `daybrief story undo 1` undoes it" in made.stderr
    assert merged == [3]
    assert undone.stderr == f"Undone: story {second} is one with story {first} (edit 1).\n"
    assert "Edit 1 was undone already" in complaint(again)
    assert listed(library) == [2, 1]


def test_a_guilds_split_is_its_own(library):
    story = str(stories(library)[0])
    shown = json.loads(daybrief(library, "story", "show", story, "--json").stdout)
    number = str(shown["documents"][0]["id"])
    daybrief(library, "story", "split", story, number, "--yes", "--guild", "77")

    assert listed(library) == [2, 1]
    assert listed(library, "--guild", "77") == [1, 1, 1]
    assert f"{number}  " in daybrief(library, "story", "show", story).stdout
    assert len(daybrief(library, "story", "list").stdout.splitlines()) == 2


def test_an_empty_library_has_none(folder):
    assert daybrief(folder, "story", "list").stdout == "There are no stories yet.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "99"), 1, "There is no story 99 here"),
        (("merge", "1", "99", "--yes"), 1, "There is no story 99 here"),
        (("merge", "1", "1", "--yes"), 2, "are one story already"),
        (("split", "1", "99", "--yes"), 2, "Document 99 is not in story 1"),
        (("undo", "9"), 1, "There is no edit 9 here"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(library, arguments, code, said):
    stories(library)
    done = daybrief(library, "story", *arguments)

    assert done.returncode == code
    assert said in complaint(done)
