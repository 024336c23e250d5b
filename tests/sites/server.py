"""The sites, in this process or in one of their own (`python -m tests.sites PORT`), and counts.

Every address 127.0.x.y leads to them. `/feed/N?entries=K` is a feed with so many articles,
`/page/N/K` the page of one, `/ill/WAY/X` is ill, `/robots.txt` allows all but /private. What was
asked is counted by kind: `GET /counts`.
"""

import asyncio
import contextlib
import hashlib
import json
import socket
import sys
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from tests.sites import news, ways

_ROOT = Path(__file__).parents[2]
ENTRIES = 50


def free_port() -> int:
    """Return a port of this machine that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def hosts(many: int) -> list[str]:
    """Return so many loopback addresses."""
    return [f"127.0.{1 + number // 250}.{1 + number % 250}" for number in range(many)]


class Sites:
    """What is served, and what was asked for."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.newer: Counter[int] = Counter()  # articles of a feed since the start
        self.moved: set[int] = set()  # feeds that are at /new/N now
        self.port = 0

    @contextlib.asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator["Sites"]:
        """Serve until the end of the block; 0 is any port."""
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "0.0.0.0", port, backlog=1024)  # noqa: S104 - all of 127.x
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()

    def address(self, host: str, path: str) -> str:
        """Return the address of *path* on *host*."""
        return f"http://{host}:{self.port}{path}"

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/feed/{feed}", self._feed)
        app.router.add_get("/new/{feed}", self._feed)
        app.router.add_get("/page/{feed}/{number}", self._page)
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_get("/counts", self._counted)
        for name, handler in ways.HANDLERS.items():
            app.router.add_get(f"/ill/{name}/{{tail}}", self._ill(handler))
        return app

    async def _feed(self, request: web.Request) -> web.Response:
        feed = int(request.match_info["feed"])
        base = f"http://{request.host}"
        if feed in self.moved and request.path.startswith("/feed"):
            raise web.HTTPMovedPermanently(f"{base}/new/{feed}?{request.query_string}")
        many = int(request.query.get("entries", ENTRIES))
        numbers = range(self.newer[feed], self.newer[feed] + many)
        tag = f'"{hashlib.sha256(f"{feed} {numbers}".encode()).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Content-Type": "application/rss+xml"}
        conditional = "If-None-Match" in request.headers
        self.counts["conditional" if conditional else "plain"] += 1
        if request.headers.get("If-None-Match") == tag:
            self.counts["304"] += 1
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(body=news.rss(base, feed, numbers), headers=headers)

    async def _page(self, request: web.Request) -> web.Response:
        self.counts["pages"] += 1
        feed, number = (int(request.match_info[name]) for name in ("feed", "number"))
        return web.Response(text=news.page(feed, number), content_type="text/html")

    async def _robots(self, request: web.Request) -> web.Response:
        self.counts["robots"] += 1
        return web.Response(text="User-agent: *\nDisallow: /private\n")

    async def _counted(self, request: web.Request) -> web.Response:
        return web.json_response(dict(self.counts))

    def _ill(self, handler: ways.Way) -> ways.Way:
        async def answer(request: web.Request) -> web.StreamResponse:
            self.counts["ill"] += 1
            try:
                return await handler(request)
            except ConnectionError:  # the reader had enough of it
                return web.Response()

        return answer


def counts(port: int) -> dict[str, int]:
    """Return what was asked of the sites at *port*, by kind."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts") as answer:
        found: dict[str, int] = json.load(answer)
    return found


@contextlib.asynccontextmanager
async def running() -> AsyncIterator[int]:
    """Let the sites run in a process of their own until the end of the block; yield the port."""
    command = (sys.executable, "-m", "tests.sites")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=_ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield json.loads(await process.stdout.readline())
    finally:
        process.kill()
        await process.wait()
