"""An address in, its bytes out, or one sentence that says why not."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Self
from urllib.parse import urljoin

from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.config import Network
from bot.fetcher import fields, guard, permits, refusals
from bot.fetcher.asking import LARGEST, Ask, Hop, Limits, Response
from bot.fetcher.exchanges import Exchanges
from bot.fetcher.kinds import Accept
from bot.fetcher.permits import Permits
from bot.fetcher.turns import Turns


class Fetcher:
    """The only door to the outside; an async context manager.

    Each request passes the guard, its host's queue, and limits of time and size; else FetchError.
    """

    def __init__(
        self,
        network: Network,
        *,
        limits: Limits | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._guard = guard.make(network)
        self._turns = Turns(
            at_once=self._limits.at_once, gap=self._limits.gap, most=self._limits.sockets
        )
        self._permits = Permits(self._robots)
        self._exchanges = Exchanges(
            self._guard, self._limits, agent=fields.agent(network.contact), resolver=resolver
        )

    async def __aenter__(self) -> Self:
        await self._exchanges.__aenter__()
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._exchanges.__aexit__(*failure)

    async def get(
        self,
        url: str,
        *,
        headers: tuple[tuple[str, str], ...] = (),
        etag: str = "",
        last_modified: str = "",
        accept: Accept = "feed",
        largest: int = LARGEST,
    ) -> Response:
        """Return what is at *url*; with *etag* or *last_modified* a 304 when it has not changed.

        *headers* are sent to the host of *url* and to no other. *accept* says what is wanted: text
        for a feed and a page, PDF and ZIP besides for a document. *largest* is in bytes.
        """
        ask = Ask(
            url=self._guard.check(url),
            headers=fields.checked(headers),
            etag=etag,
            last_modified=last_modified,
            accept=accept,
            largest=largest,
        )
        return await self._follow(ask, _at_once)

    async def page(
        self,
        url: str,
        *,
        headers: tuple[tuple[str, str], ...] = (),
        accept: Accept = "page",
        largest: int = LARGEST,
    ) -> Response:
        """Return the page at *url*, unless the robots.txt of a site on the way does not want it."""
        ask = Ask(
            url=self._guard.check(url),
            headers=fields.checked(headers),
            accept=accept,
            largest=largest,
        )
        return await self._follow(ask, self._permits.delay)

    async def _robots(self, url: URL) -> bytes:
        ask = Ask(url=url, largest=permits.LARGEST, cut=True)
        return (await self._follow(ask, _at_once)).body

    async def _follow(self, ask: Ask, delay: Callable[[URL], Awaitable[float]]) -> Response:
        """Follow redirects by hand: each is an address like any other, and checked like it."""
        url, moved, for_good = ask.url, "", True
        left = self._limits.total
        loop = asyncio.get_running_loop()
        for _ in range(self._limits.redirects + 1):
            async with self._turns.turn(_host(url), gap=await delay(url)):
                began = loop.time()
                answer = await self._exchanges.ask(url, ask, seconds=left)
                left -= loop.time() - began
            if isinstance(answer, Response):
                return replace(answer, moved=moved)
            url = self._next(url, answer)
            for_good = for_good and answer.for_good
            moved = str(url) if for_good else moved
        most = self._limits.redirects
        raise refusals.redirects(_host(ask.url), f"redirects more than {most} times")

    def _next(self, url: URL, hop: Hop) -> URL:
        """Return where *hop* leads from *url*; raise FetchError when that is nowhere to go."""
        location = hop.location.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        try:
            joined = urljoin(str(url), location.strip().replace(" ", "%20"))
        except ValueError:
            raise refusals.redirects(_host(url), "redirects to what is no address") from None
        target = self._guard.check(joined)
        if url.scheme == "https" and target.scheme == "http":
            raise refusals.redirects(_host(url), "redirects to a connection that is not protected")
        return target


async def _at_once(_: URL) -> float:
    return 0.0


def _host(url: URL) -> str:
    return url.raw_host or ""
