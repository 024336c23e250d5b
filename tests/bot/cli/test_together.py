"""Beside a process that has the store others read; who would write is told who has it."""

import subprocess
import sys

import pytest

from tests.bot.cli import calling
from tests.bot.cli.calling import complaint, daybrief

HOLD = (
    "import os, sys\n"
    "from briefs.store import open_store\n"
    "with open_store('sqlite:///daybrief.db'):\n"
    "    print(os.getpid(), flush=True)\n"
    "    sys.stdin.read()\n"
)


@pytest.fixture
def owner(folder):
    """A process that has the store of *folder*, which holds one document; its id."""
    daybrief(folder, "ingest", "bridge.txt")
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=folder,
        env=calling.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    yield int(process.stdout.readline())
    process.communicate()


@pytest.mark.parametrize(
    "arguments",
    [
        ["preview"],
        ["search", "bridge"],
        ["entities", "list"],
        ["schedule", "list"],
        ["feed", "list"],
        ["feed", "errors"],
        ["feed", "export"],
        ["source", "list"],
        ["backup"],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_who_reads_works_beside_it(folder, owner, arguments):
    done = daybrief(folder, *arguments)

    assert done.returncode == 0
    assert calling.TRACEBACK not in done.stderr


def test_what_is_there_is_read_and_what_is_new_is_left_to_it(folder, owner):
    (folder / "seeds" / "harvest.txt").write_text("Farmers expect the smallest harvest.")

    assert "The mayor opened" in daybrief(folder, "search", "mayor").stdout
    assert "Nothing found" in daybrief(folder, "search", "harvest").stdout


@pytest.mark.parametrize(
    "arguments", [["ingest", "bridge.txt"], ["feed", "refresh"], ["migrate"]], ids=" ".join
)
def test_who_would_write_is_told_who_has_it(folder, owner, arguments):
    done = daybrief(folder, *arguments)

    assert complaint(done) == (
        f"Daybrief (process {owner}) is using daybrief.db: put the file in one of its folders, "
        "use /doc add, or stop it."
    )
    assert done.returncode == 1


def test_a_backup_is_not_put_back_under_it(folder, owner):
    daybrief(folder, "backup", "kept.db")

    done = daybrief(folder, "restore", "kept.db")

    assert f"process {owner}" in complaint(done)
    assert done.returncode == 1
