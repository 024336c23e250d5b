"""The local Discord as a process: it says where it is in a file, and ends cleanly on SIGTERM."""

import argparse
import asyncio
import contextlib
import json
import signal
from pathlib import Path

from tests.discord_server.control import Control, line
from tests.discord_server.exchanges import Exchange
from tests.discord_server.listeners import Listener
from tests.discord_server.server import Server

_LOG_SECONDS = 0.1


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m tests.discord_server")
    parser.add_argument("--port-file", type=Path, required=True, help="where to say what is where")
    parser.add_argument("--log", type=Path, help="a file for the requests, one JSON object a line")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--gateway-port", type=int, default=0)
    parser.add_argument("--guild", type=int, help="the id of the first guild")
    parser.add_argument("--channel", type=int, help="the id of its first channel")
    parser.add_argument("--nonce-window", type=float, default=180.0)
    parser.add_argument("--heartbeat-interval", type=float, default=41.25)
    asyncio.run(_serve(parser.parse_args()))


async def _serve(asked: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    server = Server(
        port=asked.port,
        gateway_port=asked.gateway_port,
        guild=asked.guild,
        channel=asked.channel,
        nonce_window=asked.nonce_window,
        heartbeat_interval=asked.heartbeat_interval,
        strict=False,
    )
    async with server:
        control = Listener(Control(server).app(), 0)
        await control.start()
        _tell(asked.port_file, {**_where(server), "control": f"http://127.0.0.1:{control.port}"})
        await asyncio.gather(stopped.wait(), _log(server, asked.log, stopped))
        await control.stop()


def _where(server: Server) -> dict:
    ids = {
        "guild": server.guild.id,
        "channel": server.channel.id,
        "news": server.news.id,
        "owner": server.owner.id,
        "reader": server.reader.id,
        "bot": server.bot.id,
    }
    return {**ids, "api_base": server.api_base, "token": server.token, "port": server.port}


def _tell(path: Path, where: dict) -> None:
    """Write the file whole or not at all, for somebody waits for it."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(where), encoding="utf-8")
    draft.replace(path)


async def _log(server: Server, path: Path | None, stopped: asyncio.Event) -> None:
    written = 0
    while path is not None:
        last = stopped.is_set()
        written += _append(path, server.state.answered[written:])
        if last:
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), _LOG_SECONDS)


def _append(path: Path, exchanges: list[Exchange]) -> int:
    with path.open("a", encoding="utf-8") as log:
        log.writelines(line(exchange) + "\n" for exchange in exchanges)
    return len(exchanges)


if __name__ == "__main__":
    main()
