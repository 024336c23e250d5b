"""What goes wrong is one sentence that names the thing and the remedy, and an exit code."""

import json
import resource
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from tests.bot.cli import calling
from tests.bot.cli.calling import COMMAND, TRACEBACK, complaint, daybrief

NEXT = ("schedule", "next", "--time", "07:30", "--timezone", "UTC")


@pytest.fixture
def spoiled(folder):
    """A folder with every kind of file that cannot be read."""
    (folder / "empty.txt").write_text("")
    (folder / "blank.md").write_text(" \n\n \t\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 10)
    (folder / "cut.txt").write_bytes("ünïcödé".encode("utf-16")[:-1])
    (folder / "liar.html").write_bytes(b'<meta charset="utf-8"><p>caf\xe9 \xff\xfe \x81 ole</p>')
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "broken.toml").write_text("[storage\n")
    (folder / "unknown.toml").write_text('[storage]\nfile = "x"\n')
    (folder / "wrong.toml").write_text("[analysis]\nworkers = -1\n")
    (folder / "not.db").write_text("This is a text and not a database, whatever its name is. " * 50)
    return folder


@pytest.mark.parametrize(
    ("arguments", "code", "parts"),
    [
        (["--config", "unknown.toml", "preview"], 2, ["storage.file", "unknown.toml", "known are"]),
        (["--config", "wrong.toml", "preview"], 2, ["analysis.workers", "-1", "whole number"]),
        (["--config", "broken.toml", "preview"], 2, ["line 1 of broken.toml"]),
        (["--config", "nowhere.toml", "preview"], 2, ["nowhere.toml", "--config"]),
        (["ingest", "nowhere.txt"], 1, ["nowhere.txt", "check the path"]),
        (["summarize", "nowhere.txt"], 1, ["nowhere.txt", "check the path"]),
        (["summarize", "seeds"], 1, ["seeds", "is a folder"]),
        (["summarize", "empty.txt"], 1, ["empty.txt", "is empty", "put some text in it"]),
        (["summarize", "blank.md"], 1, ["blank.md", "is empty"]),
        (["summarize", "binary.txt"], 1, ["binary.txt", "is not text", "UTF-8"]),
        (["summarize", "cut.txt"], 1, ["cut.txt", "UTF-16", "save it as UTF-8"]),
        (["summarize", "liar.html"], 1, ["liar.html", "save it as UTF-8"]),
        (["summarize", "photo.jpg"], 1, ["photo.jpg", ".txt, .text, .md"]),
        (["summarize", "bridge.txt", "--algorithm", "magic"], 2, ["magic", "lexrank"]),
        (["summarize", "bridge.txt", "--sentences", "2", "--words", "9"], 2, ["not both"]),
        (["summarize"], 2, ["Name a file"]),
        (["summarize", "ftp://example.org/a"], 2, ["is an address", "save the page"]),
        (["ingest", "ftp://example.org/a"], 2, ["is an address", "save the page"]),
        (["summarize", "http://10.0.0.1/a"], 1, ["10.0.0.1 is not on the public internet"]),
        (["feed", "test", "http://10.0.0.1/a"], 1, ["10.0.0.1 is not on the public internet"]),
        (["feed", "info", "none"], 1, ["There is no feed called “none”"]),
        (["feed", "list", "--status", "fine"], 2, ["“fine” is no state", "failing"]),
        (["feed", "add", "gopher://x.example"], 1, ["Only http and https"]),
        (["feed", "import", "none.opml"], 1, ["none.opml", "check the path"]),
        (["feed", "add", "https://x.example", "--headers", "none"], 2, ["none cannot be read"]),
        (["doc", "show", "99"], 1, ["There is no document 99 here"]),
        (["doc", "edit", "99", "--title", "x"], 1, ["There is no document 99 here"]),
        (["doc", "edit", "99", "--date", "soon"], 2, ["'soon' is no time"]),
        (["analyze", "--jsonl", "https://example.org/a"], 2, ["is an address"]),
        (["analyze", "--jsonl", "nowhere.jsonl"], 2, ["nowhere.jsonl", "check the path"]),
        (["analyze"], 2, ["add --jsonl"]),
        (["stories"], 2, ["add --jsonl"]),
        (["preview", "--since", "yesterday"], 2, ["'yesterday'", "24h or 7d"]),
        (["preview", "--until", "9999-12-31T23:59-05:00"], 2, ["9999-12-31"]),
        (["preview", "--since", "2026-01-02", "--until", "2026-01-01"], 2, ["The window is empty"]),
        ([*NEXT[:-1], "Mars/Base"], 2, ["Mars/Base", "Europe/Kyiv"]),
        ([*NEXT, "--days", "noday"], 2, ["noday", "mon, tue"]),
        ([*NEXT, "--after", "never"], 2, ["never"]),
        (["schedule", "next", "--time", "25:00", "--timezone", "UTC"], 2, ["25:00", "07:30"]),
        (["preview", "--length", "endless"], 2, ["“endless”", "short, normal, long", "“20 lines”"]),
        (["preview", "--length", "0 words"], 2, ["“0 words”", "use short"]),
        (["preview", "--sections", "lines,magic"], 2, ["“magic”", "lines, quotes, figures"]),
        (["preview", "--html", "no/where/b.html"], 2, ["no/where/b.html", "a folder of yours"]),
        (["preview", "--chart", "c.png", "--until", "2020-01-02"], 2, ["nothing to draw"]),
        (["briefing", "show"], 1, ["No briefing has been kept yet"]),
        (["briefing", "show", "7"], 1, ["7"]),
        (["briefing", "list", "--day", "today"], 2, ["'today'", "2026-11-22"]),
        (["entity", "Nobody"], 1, ["Nobody", "English"]),
        (["entity", "#12345"], 1, ["There is nobody and nothing"]),
        (["restore", "nowhere.db"], 1, ["nowhere.db", "daybrief backup"]),
        (["run"], 2, ["DAYBRIEF_TOKEN", "discord.com/developers", "Reset Token"]),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(spoiled, arguments, code, parts):
    done = daybrief(spoiled, *arguments)

    said = complaint(done)
    assert [part for part in parts if part not in said] == []
    assert done.returncode == code


@pytest.mark.parametrize(
    ("url", "code", "parts"),
    [
        ("postgresql://user:hush@host", 2, ["storage.url", "name a database"]),
        ("postgresql://user:hush@127.0.0.1:9/db", 1, ["unavailable", "127.0.0.1", "storage.url"]),
        ("mysql://host/db", 2, ["storage.url"]),
        ("sqlite:///seeds", 1, ["is a folder"]),
        ("sqlite:///not.db", 1, ["is not a database", "storage.url"]),
        ("sqlite:///no/where/daybrief.db", 1, ["There is no folder", "storage.url"]),
    ],
)
def test_a_database_that_cannot_be_is_said_in_a_sentence(spoiled, url, code, parts):
    done = daybrief(spoiled, "preview", DAYBRIEF_STORAGE__URL=url)

    said = complaint(done)
    assert [part for part in parts if part not in said] == []
    assert "hush" not in said
    assert done.returncode == code


def test_a_database_of_another_program_is_left_alone(folder):
    with closing(sqlite3.connect(folder / "daybrief.db")) as connection:
        connection.execute("CREATE TABLE recipe(name)")
        connection.commit()
    before = (folder / "daybrief.db").read_bytes()

    done = daybrief(folder, "preview")

    assert "belongs to another program" in complaint(done)
    assert (folder / "daybrief.db").read_bytes() == before


def test_a_newer_database_is_refused_with_both_versions(folder):
    daybrief(folder, "migrate")
    with closing(sqlite3.connect(folder / "daybrief.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("UPDATE installation SET value = '9.9.9' WHERE key = 'version'")
        connection.commit()

    done = daybrief(folder, "preview")

    said = complaint(done)
    assert "Daybrief 9.9.9 (schema 9999); this is Daybrief 0" in said
    assert done.returncode == 1


def test_an_unknown_name_is_answered_with_names_that_are_near(prepared):
    done = daybrief(prepared, "entity", "Kuleva")

    assert complaint(done).endswith("Did you mean Dmytro Kuleba?")
    assert done.returncode == 1


def test_a_date_in_the_future_is_not_believed(folder):
    (folder / "future.md").write_text("---\ndate: 2999-01-01\n---\n\nThe bridge opens then.\n")

    done = daybrief(folder, "summarize", "future.md", "--json")

    assert json.loads(done.stdout)["sentences"][0]["published"] is None
    assert "future.md: its date '2999-01-01' is not used" in done.stderr
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1)


def test_a_missing_folder_is_named_and_what_it_held_is_kept(folder):
    shutil.copy(folder / "bridge.txt", folder / "seeds")
    daybrief(folder, "preview")
    (folder / "seeds").rename(folder / "elsewhere")

    done = daybrief(folder, "search", "lake")

    assert "bridge" in done.stdout
    assert "seeds is not there to be read" in done.stderr
    assert "documents.folders" in done.stderr
    assert done.returncode == 0


def test_a_bad_file_in_a_folder_is_named_and_the_rest_is_shown(folder):
    shutil.copy(folder / "bridge.txt", folder / "seeds")
    (folder / "seeds" / "empty.txt").write_text("")

    done = daybrief(folder, "preview")

    assert "The mayor opened the new bridge" in done.stdout
    assert "empty.txt: is empty" in done.stderr
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1)


def test_the_database_itself_is_no_place_for_its_backup(folder):
    daybrief(folder, "ingest", "bridge.txt")

    done = daybrief(folder, "backup", "seeds/../daybrief.db")

    assert complaint(done).endswith("is the database itself: name another file.")
    assert done.returncode == 2


def test_what_nobody_has_heard_of_is_a_matter_of_usage(tmp_path):
    for line in ("nothing", "entity", "summarize --sentences 0"):
        done = daybrief(tmp_path, *line.split())
        assert done.returncode == 2
        assert "Usage:" in done.stderr
        assert TRACEBACK not in done.stderr


def test_a_doctor_says_what_is_wrong_and_what_to_do(spoiled):
    (spoiled / "config.toml").write_text('[documents]\nfolders = ["nowhere", "bridge.txt"]\n')

    done = daybrief(spoiled, "doctor", "--json")

    findings = json.loads(done.stdout)["findings"]
    gone, there = [each for each in findings if each["subject"] == "folder"]
    assert done.returncode == 1
    assert (gone["text"], gone["state"]) == (f"{spoiled}/nowhere is not there.", "bad")
    assert "documents.folders" in gone["remedy"]
    assert (there["text"], there["state"]) == (f"{spoiled}/bridge.txt is there", "ok")


def test_a_doctor_finds_a_search_index_that_drifted_and_repairs_it(folder):
    assert daybrief(folder, "ingest", "bridge.txt").returncode == 0
    with closing(sqlite3.connect(folder / "daybrief.db")) as connection, connection:
        connection.execute("INSERT INTO search (search) VALUES ('delete-all')")

    found = daybrief(folder, "doctor", "--full")
    mended = daybrief(folder, "doctor", "--repair", "--full")

    assert found.returncode == 1
    assert "`daybrief doctor --repair` makes it anew" in found.stdout
    assert mended.returncode == 0, mended.stdout


def test_a_doctor_survives_a_broken_configuration(spoiled):
    done = daybrief(spoiled, "--config", "broken.toml", "doctor")

    assert done.returncode == 1
    assert "bad   configuration: TOML is broken at line 1" in done.stdout


@pytest.mark.parametrize("command", [["preview"], ["ingest", "harvest.txt"]], ids=" ".join)
def test_a_full_disk_is_a_sentence_and_nothing_is_lost(folder, command):
    daybrief(folder, "ingest", "bridge.txt")
    for place in (folder, folder / "seeds"):
        (place / "harvest.txt").write_text("Farmers expect the smallest harvest for forty years.")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))  # less than one transaction

    full = subprocess.run(
        [*COMMAND, *command],
        cwd=folder,
        env=calling.environment(DAYBRIEF_ANALYSIS__EXECUTOR="inline"),
        capture_output=True,
        check=False,
        preexec_fn=limit,
    )

    assert full.returncode == 1
    assert TRACEBACK not in full.stderr.decode()
    assert len(full.stderr.splitlines()) == 1
    assert b"daybrief" in full.stderr
    assert "The mayor opened the new bridge" in daybrief(folder, "search", "mayor").stdout
    assert "Farmers" in daybrief(folder, "search", "harvest").stdout
