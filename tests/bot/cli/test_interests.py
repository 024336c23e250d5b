"""`daybrief topic` and `watch`: made, tested and listed, also beside a process that writes."""

import json

import pytest

from briefs.store import open_store
from tests.bot.cli.calling import complaint, daybrief

TEXT = "Mayor Ada Quill opened a bridge in Berlin. Ada Quill thanked Bo Tarn, and Tarn left."


@pytest.fixture
def library(folder):
    (folder / "seeds" / "quill.txt").write_text(TEXT)
    return folder


def told(folder, *arguments):
    done = daybrief(folder, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_topic_is_made_tested_changed_and_deleted(library):
    made = told(library, "topic", "create", "Bridges", "--terms", "bridges", "--entities", "Quill")
    found = told(library, "topic", "test", "bridges")
    printed = daybrief(library, "topic", "test", "bridges").stdout
    changed = told(library, "topic", "edit", "bridges", "--rename", "Works", "--exclude", "Berlin")
    empty = told(library, "topic", "test", "works")
    gone = daybrief(library, "topic", "delete", "works")

    asked = {"terms": ["bridges"], "exclude": [], "entities": ["Quill"], "sources": []}
    assert made["topic"] == {"name": "Bridges", "guild": 0, **asked}
    (match,) = found["matches"]
    assert found["documents"] == 1
    assert match["document"] == 1
    assert match["source"] == "quill.txt"
    assert match["found"] == ["bridge", "Ada Quill"]
    assert "Found: “bridge”, “Ada Quill”" in printed
    assert changed["topic"]["exclude"] == ["Berlin"]
    assert empty["matches"] == []
    assert gone.stderr == "Topic Works is deleted.\n"
    assert told(library, "topic", "list")["topics"] == []


def test_a_guilds_topic_is_its_own(library):
    daybrief(library, "topic", "create", "Ours", "--terms", "bridge", "--guild", "77")
    daybrief(library, "topic", "create", "Public", "--terms", "bridge")

    names = [each["name"] for each in told(library, "topic", "list", "--guild", "77")["topics"]]

    assert names == ["Ours", "Public"]
    assert [each["name"] for each in told(library, "topic", "list")["topics"]] == ["Public"]
    assert "There is no topic called “ours”" in complaint(
        daybrief(library, "topic", "test", "ours")
    )


def test_what_is_watched_for_is_counted_and_removed(library):
    added = daybrief(library, "watch", "add", "ada  quill")
    shown = told(library, "watch", "list", "--guild", "77")
    printed = daybrief(library, "watch", "list").stdout
    removed = daybrief(library, "watch", "remove", "Ada Quill")

    assert added.stderr == "ada quill is on the watch-list.\n"
    (watch,) = shown["watches"]
    assert (watch["text"], watch["guild"], watch["documents"]) == ("ada quill", 0, 1)
    assert "ada quill: 1 document, everybody's" in printed
    assert removed.stderr == "ada quill is off the watch-list.\n"
    assert "Nothing is watched for" in daybrief(library, "watch", "list").stdout


def test_beside_a_process_that_has_the_store_it_is_read_and_not_changed(library):
    daybrief(library, "topic", "create", "Bridges", "--terms", "bridge")
    daybrief(library, "topic", "list")
    with open_store(f"sqlite:///{library / 'daybrief.db'}"):
        read = [
            daybrief(library, *arguments).returncode
            for arguments in (("topic", "list"), ("topic", "test", "Bridges"), ("watch", "list"))
        ]
        refused = [
            daybrief(library, *arguments)
            for arguments in (("topic", "delete", "Bridges"), ("watch", "add", "bridge"))
        ]

    assert read == [0, 0, 0]
    for done in refused:
        assert done.returncode == 1
        assert "is using daybrief.db" in complaint(done)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("topic", "create", "x"), 2, "“x” asks for nothing"),
        (("topic", "create", "", "--terms", "a"), 2, "A topic's name is a line"),
        (("topic", "edit", "x", "--terms", "a"), 1, "There is no topic called “x”"),
        (("topic", "test", "x"), 1, "There is no topic called “x”"),
        (("watch", "add", "..."), 2, "has no word in it"),
        (("watch", "remove", "x"), 1, "“x” is not on the watch-list"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(folder, arguments, code, said):
    done = daybrief(folder, *arguments)

    assert done.returncode == code
    assert said in complaint(done)
