"""The README says what is so: commands are run, the picture is printed, the keys exist."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from discord import app_commands

from bot import commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", made / "seeds")
    return made


def daybrief(folder, *arguments, given=""):
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_picture_is_what_preview_prints(folder):
    picture = re.search(r"```text\nBriefing\n(.*?)```", README, re.DOTALL)[1]
    printed = daybrief(folder, "preview").stdout.splitlines()

    for row in picture.splitlines():
        if not row.startswith("What arrived from "):
            assert row in printed


def test_every_command_of_the_program_is_in_the_table_and_the_other_way_round(folder):
    shown = set(re.findall(r"^│ (\w+) ", daybrief(folder, "--help").stdout, re.MULTILINE))
    told = set(re.findall(r"`daybrief (\w+)", README))

    assert told == shown


def test_every_slash_command_is_in_the_table_and_the_other_way_round():
    made = set()
    for command in commands.make():
        if isinstance(command, app_commands.Group):
            made |= {f"{command.name} {each.name}" for each in command.commands}
        elif isinstance(command, app_commands.ContextMenu):
            assert f"*{command.name}*" in README
        else:
            made.add(command.name)
    told = set()
    for row in re.findall(r"^\| (`/.*?) \|", README, re.MULTILINE):
        first, *rest = re.findall(r"`(/?[\w -]+)`", row)
        group = first.split()[0]
        names = [first, *(each if each.startswith("/") else f"{group} {each}" for each in rest)]
        told |= {name.removeprefix("/") for name in names}

    assert told == made


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (["preview", "--json"], ["since", "until", "stories", "pages"]),
        (["entity", "Kuleba", "--json"], ["name", "kind", "aliases", "roles", "timeline"]),
        (["quotes", "Kuleba", "--json"], ["name", "quotes"]),
        (["timeline", "Kuleba", "--json"], ["subject", "entries"]),
        (["entity", "Kuleba", "--json"], ["reasons", "network", "note"]),
        (["compare", "Kuleba", "Baykar", "--json"], ["first", "second", "together", "company"]),
        (
            ["trending", "--window", "7d", "--kind", "person", "--json"],
            ["trends", "more", "capped"],
        ),
        (["search", "factory", "--json"], ["query", "hits", "more"]),
        (["figures", "--json"], ["about", "stories"]),
        (["said", "A land plot has been chosen", "--json"], ["claim", "first", "hits"]),
        (["briefing", "list", "--json"], ["briefings"]),
        (["topic", "list", "--json"], ["topics"]),
        (["watch", "list", "--json"], ["watches"]),
        (["entities", "list", "--json"], ["entities"]),
        (["entities", "history", "--json"], ["edits"]),
        (["summarize", "seeds/2021-10-07-sample-wire-factory.md", "--json"], ["document"]),
        (["schedule", "list", "--json"], ["schedules"]),
        (["schedule", "next", "--time", "07:30", "--timezone", "UTC", "--json"], ["due"]),
        (["doctor", "--json"], ["findings"]),
    ],
)
def test_the_keys_that_the_readme_names_are_written(folder, command, keys):
    written = json.loads(daybrief(folder, *command).stdout)

    assert next(iter(written)) == "version"
    assert written["version"] == 1
    for key in keys:
        assert key in written
        assert f"`{key}`" in README


def test_every_variable_of_the_service_is_one_that_is_read(folder):
    name = re.search(r"^Environment=(\w+)=", README, re.MULTILINE)[1]
    done = daybrief(folder, "doctor")

    assert name == "DAYBRIEF_DISCORD__TOKEN_FILE"
    assert done.returncode == 0, done.stdout
