"""In which ways a site can be ill: each answers a request in its own way."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.sites import news

_HANGS = 3600.0  # seconds
_DROP = 1.0  # seconds between two bytes
_ENDLESS = 200  # times 100 kB

_BLOCKER = (
    "<!doctype html><html><head><title>Just a moment...</title></head>"
    "<body><form id=challenge-form></form></body></html>"
)
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol" * 10}">' for n in range(9))


async def status(request: web.Request) -> web.StreamResponse:
    """Answer with the status that the address ends in."""
    number = int(request.match_info["tail"].split("-")[0])
    headers = {"Retry-After": "3600"} if number == 429 else {}
    return web.Response(status=number, text="no", headers=headers)


async def blocked(request: web.Request) -> web.StreamResponse:
    """Answer as a service does that lets only browsers in."""
    headers = {"Server": "cloudflare", "CF-RAY": "8a1-FRA", "cf-mitigated": "challenge"}
    return web.Response(status=403, text=_BLOCKER, content_type="text/html", headers=headers)


async def reset(request: web.Request) -> web.StreamResponse:
    """Close the connection at once."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def silent(request: web.Request) -> web.StreamResponse:
    """Never answer."""
    await asyncio.sleep(_HANGS)
    return web.Response()


async def slow(request: web.Request) -> web.StreamResponse:
    """Answer one byte a second."""
    response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
    await response.prepare(request)
    for letter in news.rss("", 1, range(50)):
        await response.write(bytes([letter]))
        await asyncio.sleep(_DROP)
    return response


async def truncated(request: web.Request) -> web.StreamResponse:
    """Send the first half of what was compressed."""
    body = gzip.compress(news.rss("", 1, range(50)))
    headers = {"Content-Type": "application/rss+xml", "Content-Encoding": "gzip"}
    return web.Response(body=body[: len(body) // 2], headers=headers)


async def bomb(request: web.Request) -> web.StreamResponse:
    """Send a little that becomes very much."""
    body = gzip.compress(bytes(300_000_000), compresslevel=1) if not _bombs else _bombs[0]
    _bombs[:] = [body]
    headers = {"Content-Type": "application/rss+xml", "Content-Encoding": "gzip"}
    return web.Response(body=body, headers=headers)


_bombs: list[bytes] = []


async def endless(request: web.Request) -> web.StreamResponse:
    """Send more than anybody reads."""
    response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
    await response.prepare(request)
    for _ in range(_ENDLESS):
        await response.write(b"<item>" * 16_000)
    return response


async def loop(request: web.Request) -> web.StreamResponse:
    """Send the reader to where it is already."""
    raise web.HTTPFound(request.path_qs)


async def inward(request: web.Request) -> web.StreamResponse:
    """Send the reader to a machine of the operator's own."""
    raise web.HTTPFound("http://169.254.169.254/latest/meta-data/")


async def page(request: web.Request) -> web.StreamResponse:
    """Send a page instead of a feed."""
    return web.Response(text=news.page(1, 1), content_type="text/html")


async def laughs(request: web.Request) -> web.StreamResponse:
    """Send a feed whose entities would fill the memory."""
    title = "<channel><title>&l8;</title></channel>"
    text = f"<?xml version='1.0'?><!DOCTYPE rss [{_LAUGHS}]><rss>{title}</rss>"
    return web.Response(text=text, content_type="application/rss+xml")


async def broken(request: web.Request) -> web.StreamResponse:
    """Send bytes that are nothing."""
    return web.Response(body=bytes(range(256)) * 40, content_type="application/rss+xml")


async def empty(request: web.Request) -> web.StreamResponse:
    """Send a feed without entries; it is not ill."""
    return web.Response(body=news.rss("", 1, range(0)), content_type="application/rss+xml")


Way = Callable[[web.Request], Awaitable[web.StreamResponse]]

HANDLERS: dict[str, Way] = {
    "blocked": blocked,
    "reset": reset,
    "silent": silent,
    "slow": slow,
    "truncated": truncated,
    "bomb": bomb,
    "endless": endless,
    "loop": loop,
    "inward": inward,
    "page": page,
    "laughs": laughs,
    "broken": broken,
    "empty": empty,
    "status": status,
}

# what stands after the host; a name and a port that nobody has come on top
WAYS = (
    *(f"/ill/status/{number}" for number in (401, 403, 404, 410, 429, 500, 503)),
    *(f"/ill/{name}/x" for name in HANDLERS if name != "status"),
)
