"""An address that may be dialled and what is asked of it in, its one answer out."""

import asyncio
import logging
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.fetcher import blockers, bodies, fields, kinds, refusals
from bot.fetcher.asking import Ask, Hop, Limits, Response
from bot.fetcher.errors import FetchError
from bot.fetcher.guard import Guard
from bot.fetcher.names import Names
from bot.fetcher.room import Lot, Room

log = logging.getLogger(__name__)

_HEAD = 65_536  # bytes of an error's body: enough to tell who sent it
_LINE = 32_768  # bytes of one header
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_OK = frozenset({200, 203})
_UNCHANGED = 304


class Exchanges:
    """Dials through *guard*, once for each request: what is kept open would count as a socket."""

    def __init__(
        self, guard: Guard, limits: Limits, *, agent: str, resolver: AbstractResolver | None
    ) -> None:
        self._guard = guard
        self._limits = limits
        self._agent = agent
        self._resolver = resolver
        self._room = Room()
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        resolver = self._resolver or Names()
        for named in (False, True):
            session = self._session(resolver, named=named)
            self._sessions[named] = await self._open.enter_async_context(session)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def ask(self, url: URL, ask: Ask, *, seconds: float) -> Response | Hop:
        """Return what *url* answers within *seconds*; raise FetchError when that is no use."""
        session = self._sessions[self._guard.trusts(url)]
        try:
            async with (
                asyncio.timeout(seconds) as limit,
                session.get(url, headers=self._sent(url, ask), allow_redirects=False) as response,
            ):
                return await _answer(url, ask, response, self._room.lot(limit))
        except (aiohttp.ClientError, OSError) as error:
            log.debug("%s: %s", url.raw_host, type(error).__name__)
            # without its cause, which may quote the address whole
            raise refusals.of_error(url.raw_host or "", error) from None

    def _sent(self, url: URL, ask: Ask) -> dict[str, str]:
        return {
            "Accept": kinds.ACCEPTED[ask.accept or "robots"],
            **(ask.headers if _is_same_host(ask.url, url) else {}),
            **fields.conditions(ask.etag, ask.last_modified),
            "Accept-Encoding": bodies.ENCODINGS,
            "User-Agent": self._agent,
        }

    def _session(self, resolver: AbstractResolver, *, named: bool) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=resolver,
            use_dns_cache=False,
            socket_factory=self._guard.sockets(named=named),
            force_close=True,
            limit=0,  # the queues see to that
        )
        return aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(
                total=None, connect=self._limits.connect, sock_read=self._limits.idle
            ),
            max_line_size=_LINE,
            max_field_size=_LINE,
        )


def _is_same_host(one: URL, other: URL) -> bool:
    """Tell whether what was meant for *one* may be sent to *other*: also where it is protected."""
    upgraded = one.is_default_port() and other.is_default_port() and other.scheme == "https"
    return one.origin() == other.origin() or (one.raw_host == other.raw_host and upgraded)


async def _answer(url: URL, ask: Ask, response: aiohttp.ClientResponse, lot: Lot) -> Response | Hop:
    status, given, host = response.status, response.headers, url.raw_host or ""
    if status in _REDIRECTS and "Location" in given:
        return Hop(given["Location"], status in _FOR_GOOD)
    unchanged = status == _UNCHANGED and bool(ask.etag or ask.last_modified)
    if status not in _OK and not unchanged:
        start = await _beginning(response, lot, host)
        raise refusals.of_status(host, status, given, start, now=datetime.now(UTC))
    if wall := blockers.wall(given):
        raise refusals.blocked(host, wall, status=status)
    body, kind = (b"", "") if unchanged else await _body(host, ask, response, lot)
    return Response(
        url=str(url),
        status=status if unchanged else 200,
        body=body,
        content_type=kind,
        etag=fields.tag(given.get("ETag", ask.etag if unchanged else "")),
        last_modified=fields.tag(
            given.get("Last-Modified", ask.last_modified if unchanged else "")
        ),
        max_age=fields.max_age(given, now=datetime.now(UTC)),
        place=lot.place,
    )


async def _body(
    host: str, ask: Ask, response: aiohttp.ClientResponse, lot: Lot
) -> tuple[bytes, str]:
    """Return the body, and its content type as the first bytes confirm it."""
    body = await bodies.read(response, lot, host=host, largest=ask.largest, cut=ask.cut)
    kind = fields.content_type(response.headers)
    if ask.accept is None:
        return body, kind
    return body, kinds.confirm(ask.accept, kind, body, host=host)


async def _beginning(response: aiohttp.ClientResponse, lot: Lot, host: str) -> bytes:
    """Return the start of an error's body; empty when it cannot be read."""
    try:
        return await bodies.read(response, lot, host=host, largest=_HEAD, cut=True)
    except (FetchError, aiohttp.ClientError):
        return b""
