"""`daybrief run` in a process of its own: started, asked, read, and ended by its id."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from briefs.model import Scope
from tests.discord_server import Answer, Channel, Guild, Server, User

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
START = 30.0  # seconds


def configure(
    folder: Path, discord: Server, *, folders: Sequence[Path] = (), more: str = ""
) -> None:
    """Write the config.toml of a library of *folders* that is reached on *discord*."""
    named = ", ".join(f'"{path}"' for path in folders)
    text = f'[documents]\nfolders = [{named}]\n[discord]\napi_base = "{discord.api_base}"\n{more}'
    (folder / "config.toml").write_text(text, encoding="utf-8")


def environment(token: str = "", **more: str) -> dict[str, str]:
    """Return what the program inherits: nothing of ours that would configure it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DAYBRIEF_")}
    given = {"DAYBRIEF_TOKEN": token} if token else {}
    return {**kept, "PYTHONPATH": str(ROOT), **given, **more}


async def call(folder: Path, *arguments: str, token: str = "") -> tuple[int, str, str]:
    """Run one command of the command line to its end: status, stdout, stderr."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--config", str(folder / "config.toml"), *arguments),
        cwd=folder,
        env=environment(token),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), START)
    return process.returncode or 0, out.decode(), err.decode()


class Program:
    """A run of the program in *folder*, whose config.toml leads to *discord*.

    *options* are those of `daybrief run`; *url* is its store, when that is no file.
    """

    def __init__(self, folder: Path, discord: Server, *options: str, url: str = "") -> None:
        self.folder = folder
        self.discord = discord
        self.options = options
        self.url = url or f"sqlite:///{folder / 'daybrief.db'}"
        self.log: list[str] = []

    async def start(self) -> None:
        """Start it; who has to know that it takes commands waits until it is `connected`."""
        self.log = []
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "--config", str(self.folder / "config.toml")),
            *("run", *self.options),
            cwd=self.folder,
            env=environment(self.discord.token),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            limit=2**20,
        )
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.log.append(line.decode().rstrip("\n"))
            self.discord.state.pulse.beat()

    # Waiting

    async def logs(self, words: str, *, times: int = 1, within: float = START) -> str:
        """Wait until *words* stand in so many lines of its log, and return the last of them."""

        def found() -> list[str]:
            return [line for line in self.log if words in line]

        def holds() -> bool:
            if len(found()) < times and self._reading.done():
                raise AssertionError(f"it ended before it logged {words!r}: {self.log}")
            return len(found()) >= times

        try:
            await self.discord.until(holds, within, f"{words!r} in its log")
        except TimeoutError as error:
            raise TimeoutError(f"{error}: {self.log}") from error
        return found()[times - 1]

    async def connected(self) -> None:
        """Wait until it takes commands."""
        await self.logs("has connected to Gateway")

    async def ready(self) -> None:
        """Wait until it knows its servers, which discord.py takes two seconds for."""
        await self.logs("ready as")

    async def library(self) -> None:
        """Wait until the configured folders are in the library."""
        await self.logs("Documents: ")

    # Ending

    async def stop(self, within: float = 10.0) -> int:
        """Tell it to stop, and return its exit status, which has to come *within* seconds."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended(within)

    async def ended(self, within: float = 10.0) -> int:
        """Wait until it has ended by itself, and return its exit status."""
        status = await asyncio.wait_for(self.process.wait(), within)
        await self._reading
        return status

    async def restart(self) -> None:
        """Stop it and start it anew, until it takes commands again."""
        assert await self.stop() == 0
        await self.start()
        await self.connected()

    async def kill(self) -> None:
        """End it as a power cut would; its workers, which hold its stderr, have to end too."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await asyncio.wait_for(self._reading, 5.0)
        await self.process.wait()

    # What people do

    def act(
        self,
        command: str,
        /,
        *,
        by: User | None = None,
        guild: Guild | None = None,
        **options: object,
    ) -> Answer:
        """Use *command*, as the owner in the first guild unless others are named."""
        return self.discord.slash(*self._place(guild), by or self.discord.owner, command, **options)

    async def ask(self, command: str, /, **more: object) -> Answer:
        """Use *command* and wait for the whole answer."""
        return await self.act(command, **more).done()

    async def type(
        self, command: str, option: str, begun: str, /, *, guild: Guild | None = None
    ) -> list[tuple[str, object]]:
        """Return what is offered, as (name, value), when *begun* is typed into *option*."""
        who = self.discord.owner
        answer = self.discord.autocomplete(*self._place(guild), who, command, option, begun)
        return (await answer.responded()).choices

    async def press(self, answer: Answer, label: str, *, by: User | None = None) -> Answer:
        """Press the button of *answer* that shows *label*, and wait for what comes."""
        who = by or self.discord.owner
        return await self.discord.press(answer.message, answer.button(label), who).done()

    def _place(self, guild: Guild | None) -> tuple[Guild, Channel]:
        """Return a guild and its first channel."""
        here = guild or self.discord.guild
        return here, next(iter(here.channels.values()))

    @property
    def scope(self) -> Scope:
        """The scope of the first guild."""
        return Scope(self.discord.guild.id)


def assert_clean(discord: Server) -> None:
    """Fail for whatever no body that was sent may do: ping, or be refused as malformed."""
    assert discord.pings == []
    assert [exchange for exchange in discord.requests if exchange.status == 400] == []


@contextlib.asynccontextmanager
async def running(program: Program) -> AsyncIterator[Program]:
    """Have *program* run for the block; then it is stopped, or killed when something failed."""
    await program.start()
    try:
        yield program
        if program.process.returncode is None:
            assert await program.stop() == 0
    finally:
        await program.kill()
