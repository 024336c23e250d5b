"""A web of one's own for the bot: addresses and what they answer."""

import contextlib
from collections.abc import AsyncIterator
from xml.sax.saxutils import escape

from aiohttp import web

ARTICLE = (
    "Mayor Ada Quill opened the new bridge over Lake Ems on Monday. The council of Tarn paid 12"
    " million euros for it. Engineers of Tarn Works built it in two years."
)


def rss(base: str, *titles: str, name: str = "Tarn Gazette") -> str:
    """Return a feed whose entries have these titles, the newest first."""
    items = "".join(
        f"<item><title>{escape(each)}</title><link>{base}/{number}</link>"
        f"<guid>{each}</guid><description>{escape(f'{each}. {ARTICLE}')}</description></item>"
        for number, each in enumerate(titles)
    )
    return (
        f'<rss version="2.0"><channel><title>{name}</title><link>{base}/</link>{items}'
        "</channel></rss>"
    )


def page(title: str, *feeds: str) -> str:
    """Return a page with an article, which names *feeds*."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="Feed {n}" href="{each}">'
        for n, each in enumerate(feeds, start=1)
    )
    rows = "".join(f"<p>{title} {number}. {ARTICLE}</p>" for number in range(4))
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{links}</head><body>"
        f"<article><h1>{title}</h1>{rows}</article></body></html>"
    )


class Site:
    """What is served at which path: text, or text with its type, or a status."""

    def __init__(self) -> None:
        self.says: dict[str, str | int | tuple[bytes, str]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.port = 0

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of *path*."""
        return f"http://{host}:{self.port}{path}"

    @property
    def config(self) -> str:
        """What lets a bot read from here."""
        return f'[network]\nallow = ["127.0.0.0/8"]\nports = [{self.port}]\n'

    async def answer(self, request: web.Request) -> web.Response:
        """Answer as it stands."""
        self.asked.append((request.path, dict(request.headers)))
        said = self.says.get(request.path, 404)
        match said:
            case int():
                return web.Response(status=said, text="no")
            case str():
                kind = "application/rss+xml" if said.startswith("<rss") else "text/html"
                return web.Response(text=said, content_type=kind)
        return web.Response(body=said[0], content_type=said[1])


@contextlib.asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """Serve until the end of the block."""
    site, app = Site(), web.Application()
    app.router.add_get("/{tail:.*}", site.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "0.0.0.0", 0)  # noqa: S104 - all of 127.x
    await listener.start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()
