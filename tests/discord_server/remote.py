"""The local Discord as a process, seen from a test: start it, tell it what to do, stop it."""

import asyncio
import contextlib
import json
import secrets
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

_START_SECONDS = 20.0
_ROOT = Path(__file__).parents[2]


class Remote:
    """A server in another process. *where* holds api_base, token, and ids of what is in it."""

    def __init__(self, where: dict, process: asyncio.subprocess.Process) -> None:
        self.where = where
        self.process = process

    async def state(self) -> dict:
        """Return what has happened so far; see `control.state`."""
        return await self._ask("GET", "state", None)

    async def do(self, verb: str, **asked: object) -> dict:
        """Do one of `control.VERBS`; AssertionError says what was wrong with it."""
        return await self._ask("POST", verb, asked)

    async def _ask(self, method: str, verb: str, asked: dict | None) -> dict:
        address = f"{self.where['control']}/_control/{verb}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, address, json=asked) as response,
        ):
            body = await response.json()
        if response.status != 200:
            raise AssertionError(body["error"])
        return body

    async def stop(self) -> int:
        """End the process and return its exit status."""
        if self.process.returncode is None:
            self.process.terminate()
        return await self.process.wait()


@contextlib.asynccontextmanager
async def started(folder: Path, *arguments: str) -> AsyncIterator[Remote]:
    """Run the server as a process that keeps its files in *folder*."""
    told = folder / f"discord-{secrets.token_hex(4)}.json"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.discord_server", "--port-file", str(told)),
        *("--log", str(folder / "discord.log"), *arguments),
        cwd=_ROOT,
    )
    try:
        yield Remote(await _where(told, process), process)
    finally:
        await Remote({}, process).stop()


async def _where(told: Path, process: asyncio.subprocess.Process) -> dict:
    async with asyncio.timeout(_START_SECONDS):
        while (where := _read(told)) is None:
            if process.returncode is not None:
                raise RuntimeError(f"the local Discord ended with {process.returncode}")
            await asyncio.sleep(0.02)
    return where


def _read(told: Path) -> dict | None:
    return json.loads(told.read_text(encoding="utf-8")) if told.exists() else None
