"""The bot's processes, seen from who kills them."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from tests.test_end_to_end import program


class Bot:
    """What makes processes of the bot, one after the other; see `soaking.bot`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._number = 0

    async def start(self, *, dies: int = 0, stops: int = 0, without: str = "") -> None:
        """Start a process, *without* one of its safeguards.

        It kills itself at step *dies*, and stops itself at write *stops*.
        """
        assert self._process.stdin is not None
        asked = json.dumps({"dies": dies, "stops": stops, "without": without})
        self._process.stdin.write(f"{asked}\n".encode())
        self._number = await self._told()
        self.dead = asyncio.create_task(self._told())

    async def kill(self) -> None:
        """Kill it, unless it did that itself; RuntimeError when it ended otherwise."""
        if not self.dead.done():
            self._signal(signal.SIGKILL)
        status = await self.dead
        if status != -signal.SIGKILL:
            raise RuntimeError(f"the bot ended by itself with {status}: read bot.log")

    def abandon(self) -> None:
        """Leave no process behind, frozen or not."""
        if self._number and (self.dead.cancelled() or not self.dead.done()):
            self._signal(signal.SIGKILL)

    def freeze(self) -> None:
        """Stop it, where it is, until it is thawed."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    @property
    def frozen(self) -> bool:
        """Whether it is stopped."""
        try:
            stat = Path(f"/proc/{self._number}/stat").read_text(encoding="utf-8")
        except OSError:
            return False
        return stat.rpartition(")")[2].split()[0] == "T"

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._number, number)

    async def _told(self) -> int:
        assert self._process.stdout is not None
        return int(await self._process.stdout.readline())


@contextlib.asynccontextmanager
async def loaded(folder: Path) -> AsyncIterator[Bot]:
    """Run what makes the processes of the bot that is configured in *folder*, and end it after."""
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.benchmarks.soaking.bot", str(folder)),
            cwd=program.ROOT,
            env=program.environment(OPENBLAS_NUM_THREADS="1"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    bot = Bot(process)
    try:
        yield bot
    finally:
        bot.abandon()
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
