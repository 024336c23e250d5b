"""Where Discord is reached, and how long to wait before trying again."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar
from urllib.parse import urlsplit

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import config
from briefs.errors import ConfigError

log = logging.getLogger(__name__)

T = TypeVar("T")

_FIRST_WAIT = 1.0
_LONGEST_WAIT = 300.0
_PATIENCE = aiohttp.ClientTimeout(total=20)


async def connect_to(api_base: str) -> None:
    """Let discord.py use *api_base*, and the gateway that it names, instead of Discord's own.

    Raises ConfigError when the token would go anywhere unprotected, and aiohttp.ClientError or
    TimeoutError while it does not answer.
    """
    if api_base == config.API_BASE:
        return
    async with (
        aiohttp.ClientSession(timeout=_PATIENCE, raise_for_status=True) as session,
        session.get(f"{api_base}/gateway", allow_redirects=False) as answer,
    ):
        gateway = _named(await answer.read())
    if not _is_safe(gateway):
        raise ConfigError(
            f"discord.api_base {api_base} names no gateway that is protected (wss), or that is on"
            " this machine."
        )
    Route.BASE = api_base
    DiscordWebSocket.DEFAULT_GATEWAY = type(DiscordWebSocket.DEFAULT_GATEWAY)(gateway)


def _named(body: bytes) -> str:
    """Return the address in an answer to GET /gateway; "" when it is no such answer."""
    try:
        return str(json.loads(body)["url"])
    except (ValueError, KeyError, TypeError):
        return ""


def _is_safe(gateway: str) -> bool:
    parts = urlsplit(gateway)
    return parts.scheme == "wss" or (parts.scheme == "ws" and config.loopback(parts.hostname or ""))


async def retrying(what: str, attempt: Callable[[], Awaitable[T]]) -> T:
    """Return what *attempt* gives, tried again with growing waits while Discord is out of reach."""
    for least in _waits():
        wait = least
        try:
            return await attempt()
        except (discord.LoginFailure, discord.Forbidden, discord.NotFound):
            raise
        except discord.RateLimited as error:  # longer than a request is held for
            wait, reason = max(least, error.retry_after), "HTTP 429"
        except discord.HTTPException as error:
            if error.status < 500 and error.status != 429:
                raise
            reason = f"HTTP {error.status}"
        except (aiohttp.ClientError, OSError, TimeoutError, discord.GatewayNotFound) as error:
            reason = type(error).__name__
        log.warning("%s: Discord cannot be reached (%s); again in %g s", what, reason, wait)
        await asyncio.sleep(wait)
    raise AssertionError("waits never end")


def _waits() -> Iterator[float]:
    """Yield seconds to wait, twice as long each time, up to five minutes."""
    wait = _FIRST_WAIT
    while True:
        yield wait
        wait = min(2 * wait, _LONGEST_WAIT)
