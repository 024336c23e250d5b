"""Every command does its work as a process of its own, and says nothing that was not asked."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
import typer

from bot.cli import app
from tests.bot.cli import calling
from tests.bot.cli.calling import daybrief

HEAVY = (
    "numpy",
    "sumy",
    "nltk",
    "discord",
    "sqlalchemy",
    "onnxruntime",
    "trafilatura",
    "alembic",
    "matplotlib",
)
WIRE = "seeds/2021-10-07-sample-wire-factory.md"

# every command with arguments that work in a folder that holds the seeds, and what it then says
READING = {
    "preview": ((), "factory for Turkish armed drones"),
    "summarize": ((WIRE,), "Ukraine will build a factory"),
    "entity": (("Kuleba",), "Ukrainian Foreign Minister"),
    "entities list": ((), "Dmytro Kuleba"),
    "entities history": ((), "Nothing was changed."),
    "quotes": (("Kuleba",), "A land plot on which"),
    "timeline": (("Kuleba",), "7 October 2021 (told by the text)"),
    "compare": (("Kuleba", "Çavuşoğlu"), "documents with both"),
    "trending": (("--window", "7d"), "Dmytro Kuleba (person): 6 documents, 0 before"),
    "search": (("separatists",), "separatists"),
    "said": (("Ukraine will build a factory for Turkish drones",), "The earliest of these lines"),
    "figures": ((), "approximately 50 Bayraktar TB2 drones"),
    "briefing list": ((), "No briefing has been kept yet"),
    "story list": ((), "factory for Turkish armed drones"),
    "story show": (("1",), "Vasylkiv"),
    "topic list": ((), "no topics"),
    "watch list": ((), "Nothing"),
    "analyze": (("--jsonl",), ""),
    "stories": (("--jsonl",), ""),
    "doc list": ((), "Ukraine to build factory"),
    "doc show": (("1",), "Document 1, "),
    "feed list": ((), "There are no feeds here"),
    "feed errors": ((), "Nothing is wrong with these feeds."),
    "feed export": ((), "<opml"),
    "source list": ((), "Folder seeds: "),
    "schedule list": ((), "There are no schedules"),
    "schedule history": ((), "Nothing has been due yet"),
    "schedule next": (("--time", "07:30", "--timezone", "Europe/Kyiv"), "07:30 EE"),
    "doctor": ((), "ok    database"),
}
EDITS = ("merge", "split", "alias-add", "alias-remove", "type", "hide", "unhide", "undo", "import")
WRITING = {
    *("ingest", "backup", "restore", "migrate", "run", *(f"entities {e}" for e in EDITS)),
    *("doc edit", "doc remove", "doc reindex", "feed add", "feed test", "feed edit", "feed info"),
    *("feed remove", "feed pause", "feed resume", "feed refresh", "feed import", "source show"),
    *("topic create", "topic edit", "topic delete", "topic test", "watch add", "watch remove"),
    *(
        "story merge",
        "story split",
        "story undo",
        "briefing show",
        "schedule simulate",
        "schedule why",
    ),
}


def commands():
    root = typer.main.get_command(app)
    for name, command in root.commands.items():
        below = getattr(command, "commands", None)
        yield from [f"{name} {each}" for each in below] if below else [name]


@cache
def shown(folder: Path, *arguments: str) -> str:
    done = daybrief(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def seeds(folder):
    return [path.read_text() for path in sorted((folder / "seeds").glob("2*.md"))]


def test_every_command_is_tried_here():
    assert set(commands()) == {*READING, *WRITING}


@pytest.mark.parametrize("command", sorted(READING))
def test_a_command_that_reads_answers_on_stdout_and_is_silent_on_stderr(prepared, command):
    arguments, answer = READING[command]

    done = daybrief(prepared, *command.split(), *arguments)

    assert (done.returncode, done.stderr) == (0, "")
    assert answer in done.stdout


def test_the_help_names_every_command(tmp_path):
    done = daybrief(tmp_path, "--help")

    assert done.returncode == 0
    for command in commands():
        assert re.search(rf"\b{command.split()[0]}\b", done.stdout)
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_is_imported_without_what_is_heavy():
    script = "import sys, bot.cli; print([name for name in sys.argv[1:] if name in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", script, *HEAVY],
        env=calling.environment(),
        capture_output=True,
        check=True,
    )

    assert done.stdout.decode().strip() == "[]"


# --- what is printed


def test_a_preview_quotes_what_stands_in_the_documents(prepared):
    rows = re.findall(r"(?m)^  │ (.+)$", shown(prepared, "preview", "--length", "long"))

    assert len(rows) > 10
    for row in rows:
        assert any(row in seed for seed in seeds(prepared)), row


def test_a_preview_says_that_the_documents_are_samples(prepared):
    assert "sample documents" in shown(prepared, "preview")


def test_asking_twice_gives_the_same(prepared):
    assert daybrief(prepared, "preview").stdout == shown(prepared, "preview")


def test_the_terminal_shows_the_runs_that_discord_would_show(prepared):
    from bot import markup

    text = shown(prepared, "preview")
    (page,) = json.loads(shown(prepared, "preview", "--json"))["pages"]

    quoted = [line[2:] for line in page["body"].splitlines() if line.startswith("> ")]
    plain = [re.sub(r"(?<!\\)\*\*", "", line) for line in quoted]  # figures are bold
    assert [markup.unescape(line) for line in plain] == re.findall(r"(?m)^  │ (.+)$", text)


def test_a_topic_and_a_window_narrow_a_preview_down(prepared):
    about = shown(prepared, "preview", "--about", "memorandum Vasylkiv")
    nothing = shown(prepared, "preview", "--since", "2020-01-01", "--until", "2020-01-02")

    assert "Briefing: memorandum Vasylkiv" in about
    assert "Nothing new: no document arrived between" in nothing


def test_a_preview_since_the_newest_arrival_says_that_there_is_nothing(prepared):
    newest = json.loads(shown(prepared, "preview", "--json"))["until"]

    assert "Nothing new: no document arrived" in shown(prepared, "preview", "--since", newest)


def test_no_document_is_logged_and_nothing_is_said_unless_it_was_asked_for(prepared):
    quiet = daybrief(prepared, "entities", "list")
    loud = daybrief(prepared, "entities", "list", DAYBRIEF_LOGGING__LEVEL="debug")

    assert quiet.stderr == ""
    assert " info briefs." in loud.stderr
    assert quiet.stdout == loud.stdout


def test_a_program_sees_no_progress_bar(tmp_path):
    (tmp_path / "seeds").mkdir()
    for number in range(3):
        (tmp_path / "seeds" / f"{number}.txt").write_text(f"The bridge number {number} is open.")

    done = daybrief(tmp_path, "preview")

    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


def test_output_is_utf_8_whatever_the_system_is_set_to(prepared):
    done = daybrief(prepared, "entity", "Çavuşoğlu", LC_ALL="C", PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert "Çavuşoğlu" in done.stdout


def test_a_card_can_be_seen_in_every_view(prepared):
    network = shown(prepared, "entity", "Kuleba", "--view", "network")

    assert "Mevlüt Çavuşoğlu (person), in 6 documents:" in network
    assert "Why" not in network
    assert daybrief(prepared, "entity", "Kuleba", "--view", "aura").returncode == 2


def test_the_json_of_an_entity_has_the_dates_of_roles_and_the_reasons_of_names(prepared):
    card = json.loads(shown(prepared, "entity", "Kuleba", "--json"))

    (role,) = card["roles"]
    assert role["text"] == "Ukrainian Foreign Minister"
    assert role["first"] < role["last"]
    assert role["documents"] == 6
    assert {each["text"] for each in card["reasons"]} >= {"Kuleba", "@DmytroKuleba"}
    assert all(each["line"]["text"] for each in card["network"])
    assert len(card["network"]) < len(card["appears_with"])


def test_the_mentions_of_somebody_are_drawn_into_a_file(prepared, tmp_path):
    path = tmp_path / "kuleba.png"

    done = daybrief(prepared, "entity", "Kuleba", "--chart", str(path))

    assert path.read_bytes().startswith(b"\x89PNG")
    assert done.stderr.startswith("Bar chart: mentions of Dmytro Kuleba per day")
    assert done.stdout == ""


def test_a_timeline_begins_and_ends_where_asked(prepared):
    entries = json.loads(shown(prepared, "timeline", "Kuleba", "--since", "2021-10-08", "--json"))

    assert {entry["date"] >= "2021-10-08" for entry in entries["entries"]} == {True}
    assert daybrief(prepared, "timeline", "Kuleba", "--until", "soon").returncode == 2


# --- what is written


def test_a_file_is_ingested_once(folder):
    first, second = (daybrief(folder, "ingest", "bridge.txt") for _ in range(2))

    assert (first.returncode, first.stdout) == (0, "")
    assert first.stderr == "Documents: 1 new.\n"
    assert second.stderr == "Documents: 1 the same as before.\n"


def test_one_bad_file_does_not_keep_the_others_out(folder):
    (folder / "more").mkdir()
    (folder / "more" / "empty.txt").write_text("")
    (folder / "more" / "broken.md").symlink_to("nowhere")

    done = daybrief(folder, "ingest", "bridge.txt", "more")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Documents: 1 new, 2 refused.",
        "daybrief: more/broken.md: there is no such file; check the path",
        "daybrief: more/empty.txt: is empty: put some text in it, or remove it.",
    ]


def test_a_backup_is_put_back(folder):
    daybrief(folder, "ingest", "bridge.txt")
    saved = daybrief(folder, "backup", "kept/one.db")
    (folder / "other.txt").write_text("Farmers expect the smallest harvest for forty years.")
    daybrief(folder, "ingest", "other.txt")

    restored = daybrief(folder, "restore", "kept/one.db")

    assert (saved.returncode, restored.returncode) == (0, 0)
    assert "The old database is" in restored.stderr
    assert "Nothing found" in daybrief(folder, "search", "harvest").stdout
    assert "bridge" in daybrief(folder, "search", "lake").stdout


def test_migrating_says_where_the_database_is(folder):
    done = daybrief(folder, "migrate")

    assert done.returncode == 0
    assert re.fullmatch(r"The database is at schema \d+\.\n", done.stderr)


def test_a_summary_comes_from_stdin_too(tmp_path):
    text = "The mayor opened the new bridge on Monday. Nobody has paid for it yet, she said."

    done = daybrief(tmp_path, "summarize", "-", "--sentences", "1", stdin=text)

    assert done.returncode == 0
    assert "The mayor opened the new bridge on Monday." in done.stdout
    assert list(tmp_path.iterdir()) == []


# --- how it ends


def test_a_reader_who_has_had_enough_is_no_error_to_talk_about(prepared):
    call = [*calling.COMMAND, "entities", "list", "--limit", "1000"]
    process = subprocess.Popen(
        call,
        cwd=prepared,
        env=calling.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()

    error = process.stderr.read()
    process.stderr.close()

    assert process.wait(60) == 1
    assert error == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_output_to_a_full_disk_is_one_sentence(prepared):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*calling.COMMAND, "entities", "list"],
            cwd=prepared,
            env=calling.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.decode() == (
        "daybrief: the output could not be read or written (No space left on device): "
        "check its disk.\n"
    )


def test_ctrl_c_ends_it_in_a_word(tmp_path):
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [*calling.COMMAND, "summarize", "-"],
        # a shell may have let what it runs in the background ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        cwd=tmp_path,
        env=calling.environment(),
        stdin=reader,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.close(reader)
    os.write(writer, b"word " * 200_000)  # more than a pipe takes: when it is written, it is read
    time.sleep(0.5)  # until it waits for more
    process.send_signal(signal.SIGINT)

    code = process.wait(60)
    os.close(writer)
    out, error = process.communicate()

    assert code == 130
    assert error == b"daybrief: stopped\n"
    assert calling.TRACEBACK.encode() not in out
