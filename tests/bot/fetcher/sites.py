"""Servers on loopback that answer as a test tells them to, and names that stand for them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import repeat

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.config import Network
from bot.fetcher import Fetcher, Limits

BRISK = Limits(gap=0.0, total=10.0, connect=5.0, idle=5.0)
FEED = b"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title></channel></rss>"
RSS = "application/rss+xml"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """A server, and what it was asked."""

    port: int
    seen: list[web.Request] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [str(request.rel_url) for request in self.seen]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@asynccontextmanager
async def site(handle: Handler) -> AsyncIterator[Site]:
    """Let *handle* answer every request to a server on loopback."""
    here = Site(0)

    async def answer(request: web.Request) -> web.StreamResponse:
        here.seen.append(request)
        return await handle(request)

    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
    await runner.setup()
    try:
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        here.port = runner.addresses[0][1]
        yield here
    finally:
        await runner.cleanup()


@asynccontextmanager
async def wire(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[Site]:
    """Let *talk* say what it likes to whoever connects, HTTP or not."""
    talks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.current_task())
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield Site(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for each in talks:
            each.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


def says(body: bytes = FEED, content_type: str = RSS, status: int = 200, **headers: str) -> Handler:
    """Answer every request alike."""

    async def answer(request: web.Request) -> web.Response:
        sent = {"Content-Type": content_type, **headers} if content_type else headers
        return web.Response(body=body, status=status, headers=sent)

    return answer


def paths(**handlers: Handler) -> Handler:
    """Answer each path by the handler of that name; 404 elsewhere."""

    async def answer(request: web.Request) -> web.StreamResponse:
        found = handlers.get(request.path.strip("/").replace("/", "_").replace(".", "_"))
        return await found(request) if found else web.Response(status=404)

    return answer


def leads(location: str, status: int = 302) -> Handler:
    """Redirect to *location*."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": location})

    return answer


class Names(AbstractResolver):
    """Resolves each name to the next of its answers, and to the last from then on."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = {
            name.replace("_", "."): iter([*given, *repeat(given[-1], 99)])
            for name, given in answers.items()
        }
        self.asked: list[str] = []

    async def resolve(self, host, port=0, family=0) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self._answers:
            raise OSError("Name or service not known")
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in next(self._answers[host])
        ]

    async def close(self) -> None:
        pass


def fetcher(
    *sites: Site,
    allow: tuple[str, ...] = ("127.0.0.1",),
    limits: Limits = BRISK,
    names: AbstractResolver | None = None,
    contact: str = "",
) -> Fetcher:
    """Return a fetcher that may read from *sites*."""
    ports = tuple(each.port for each in sites) or (80, 443)
    network = Network(contact=contact, allow=allow, ports=ports)
    return Fetcher(network, limits=limits, resolver=names)
