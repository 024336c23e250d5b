"""A client in, its whole life out: start, wait, stop within ten seconds."""

import asyncio
import contextlib
import functools
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime
from urllib.parse import urlsplit

import discord

from bot import logs, metrics
from bot.client.client import Client
from bot.client.connection import connect_to, retrying
from bot.config import APPLICATIONS
from briefs.errors import ConfigError, DaybriefError
from briefs.store import Store

log = logging.getLogger(__name__)

_DRAIN = 8.0  # seconds for what is being posted
_CLOSE = 0.8  # seconds for the connections, twice
_KNOCK = 20.0  # seconds
_FEW_STARTS = 10  # of 1,000 a day, past which Discord resets the token


async def serve(client: Client, token: str) -> None:
    """Run *client* until it is told to stop, by a signal or by its own failure.

    Raises ConfigError when Discord refuses the token, and DaybriefError when it failed.
    """
    logs.hide(token)
    _heed_signals(client)
    async with client:
        life = asyncio.create_task(_live(client, token), name="daybrief-life")
        stop = asyncio.create_task(client.stop.wait(), name="daybrief-stop")
        try:
            await asyncio.wait({life, stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            client.stop.set()
            stop.cancel()
            await _end(client, life)
    if life.done() and not life.cancelled():
        life.result()
    if client.failure:
        raise DaybriefError(client.failure)


def _heed_signals(client: Client) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has none
            loop.add_signal_handler(number, client.stop.set)


async def _live(client: Client, token: str) -> None:
    """Work as long as there is a connection; what is due is posted even without the gateway."""
    await client.company.beat()
    port = client.settings.metrics.port
    async with (
        client.fetcher,
        _beside(client.company.live()),
        metrics.serving(client.metrics, port, client.facts),
        _beside(client.metrics.watch_loop()),
        _beside(client.metrics.watch()),
        _beside(client.keep_up()),
        _beside(_warm(client)),
        _beside(client.collect()),
    ):
        await retrying("start", lambda: connect_to(client.settings.discord.api_base))
        try:
            await retrying("login", lambda: _log_in(client, token))
            await retrying("schedules", client.file_schedules)
            async with _beside(client.speak()):
                if client.role.posts:
                    await client.deliveries.start()
                    client.ticker.start()
                if client.role.listens:
                    await _listen(client)
                await client.stop.wait()
        except (discord.LoginFailure, discord.PrivilegedIntentsRequired) as error:
            raise ConfigError(_refused()) from error
        except discord.ConnectionClosed as error:
            raise DaybriefError(_closed(error)) from error


async def _listen(client: Client) -> None:
    """Answer commands, as long as there is a connection."""
    publish = functools.partial(client.tree.publish, client.settings.discord.guilds)
    async with client.company.turn("commands"):
        await retrying("commands", publish)
    await retrying("gateway", lambda: _wait_for_a_start(client))
    await retrying("gateway", lambda: _connect(client))


@contextlib.asynccontextmanager
async def _beside(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Let *work* go on beside the block, and end with it."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _warm(client: Client) -> None:
    try:
        await client.work.warm()
    except Exception:
        log.exception("the analysis worker could not be started")


async def _log_in(client: Client, token: str) -> None:
    try:
        await client.login(token)
    except BaseException:
        await client.http.close()
        client.http.connector = discord.utils.MISSING  # a closed one would be used again
        raise


async def _wait_for_a_start(client: Client) -> None:
    """Wait when too few starts are left today, as after a crash loop."""
    _, address, limits = await client.http.get_bot_gateway()
    await _knock(address)
    client.concurrency = max(1, limits["max_concurrency"])
    if limits["remaining"] <= _FEW_STARTS:
        seconds = limits["reset_after"] / 1000
        log.warning("only %s starts are left; waiting %g s", limits["remaining"], seconds)
        await asyncio.sleep(seconds)


async def _knock(address: str) -> None:
    """Raise OSError while nobody listens at *address*: discord.py itself would ask every 5 s."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "wss" else 80)
    async with asyncio.timeout(_KNOCK):
        _, writer = await asyncio.open_connection(parts.hostname, port)
    writer.close()


async def _connect(client: Client) -> None:
    """Stay connected until the client is closed."""
    try:
        await client.connect()
    except RecursionError as error:  # what discord.py's retries of a first connection end in
        raise ConnectionError("the gateway does not answer") from error
    if not client.stopping:
        raise DaybriefError("The connection to Discord ended: start Daybrief again.")


async def _end(client: Client, life: asyncio.Task[None]) -> None:
    """Take nothing new, let posts end, close: the order keeps every post on the ledger true."""
    log.info("stopping")
    loop = asyncio.get_running_loop()
    until = loop.time() + _DRAIN
    client.collector.stop()
    await client.ticker.stop(_DRAIN)
    await client.deliveries.drain(max(0.0, until - loop.time()))
    await client.corrections.drain(max(0.0, until - loop.time()))
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(client.company.leave(), _CLOSE)
    await _note(client, _why_ended(client, life))
    life.cancel()
    _, late = await asyncio.wait({life}, timeout=_CLOSE)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(client.close(), _CLOSE)
    client.collector.close()
    client.work.close()
    log.info("stopped%s", " with work left" if late else "")


def _why_ended(client: Client, life: asyncio.Task[None]) -> str:
    """Say how it comes that the program ends, for who asks later why nothing was posted."""
    error = life.exception() if life.done() and not life.cancelled() else None
    if error is not None and not isinstance(error, DaybriefError):
        return "It had ended after an error, which stands in the log."
    reason = client.failure or (str(error) if error else "")
    return f"It had ended by itself: {reason}" if reason else "It had been told to stop."


async def _note(client: Client, how: str) -> None:
    try:
        async with asyncio.timeout(_CLOSE):
            await client.work.write(_ended, datetime.now(UTC), how)
    except (DaybriefError, TimeoutError) as error:
        log.warning("how it ended is not on record: %s", type(error).__name__)


def _ended(store: Store, now: datetime, how: str) -> None:
    store.installation.looking.end(now, how)


def _refused() -> str:
    return (
        f"Discord refuses the bot's token: press Reset Token on the Bot page at {APPLICATIONS},"
        " and set DAYBRIEF_TOKEN to the new one."
    )


def _closed(error: discord.ConnectionClosed) -> str:
    if error.code == 4004:
        return _refused()
    return f"Discord ended the connection for good (code {error.code}): start Daybrief again."
