"""The real entry point as a process of its own: arguments in, what it printed and its code out."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "bot")
TRACEBACK = "Traceback (most recent call last)"


def environment(**extra: str) -> Mapping[str, str]:
    """Return an environment in which nothing of ours is set but *extra*."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("DAYBRIEF_")}
    return plain | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"} | extra


def daybrief(
    folder: Path, *arguments: str, stdin: str | bytes = b"", **extra: str
) -> subprocess.CompletedProcess[str]:
    """Call `daybrief` in *folder*, with *extra* in its environment."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        input=given,
        env=environment(**extra),
        capture_output=True,
        check=False,
        timeout=100,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence on stderr, and make sure that it is the only one."""
    assert TRACEBACK not in done.stderr
    assert done.stdout == ""
    line, *more = done.stderr.splitlines()
    assert more == []
    assert line.startswith("daybrief: ")
    return line.removeprefix("daybrief: ")
