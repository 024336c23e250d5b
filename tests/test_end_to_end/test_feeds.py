"""The real program reads feeds of local sites: all of them once, whenever it is killed."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from briefs.model import PUBLIC, Condition, Feed
from briefs.store import Store, open_store, tables
from tests import sites
from tests.discord_server import Server
from tests.sites import Sites, news
from tests.test_end_to_end import program
from tests.test_end_to_end.program import Program, running

ENTRIES = (6, 40, 40, 40)  # of each feed
FEEDS = len(ENTRIES)
PAGED = 0  # the feed whose pages are read, one a second
PATIENCE = 60.0  # seconds
# at which a program is killed: so many more requests, or documents
POINTS = (("requests", 1), ("requests", 3), ("requests", 7), ("documents", 1), ("documents", 1))


@pytest.fixture
async def discord() -> AsyncIterator[Server]:
    async with Server() as discord:
        yield discord
    program.assert_clean(discord)


@pytest.fixture
async def web() -> AsyncIterator[Sites]:
    async with Sites().serving() as serving:
        yield serving


@pytest.fixture
def bot(tmp_path: Path, discord: Server, web: Sites) -> Program:
    """A program that has four feeds, and is not running."""
    more = f'[network]\nallow = ["127.0.0.0/8"]\nports = [{web.port}]\n[analysis]\nworkers = 1\n'
    program.configure(tmp_path, discord, more=more)
    bot = Program(tmp_path, discord)
    with open_store(bot.url) as store:
        for number, host in enumerate(sites.hosts(FEEDS)):
            url = web.address(host, f"/feed/{number}?entries={ENTRIES[number]}")
            feed = Feed(name=f"Courier {number}", url=url, full_text=number == PAGED)
            store.feeds.add(feed, datetime.now(UTC))
    return bot


def due(bot: Program) -> None:
    """Let all feeds of a program that is not running be due, and their pages."""
    now = datetime.now(UTC)
    with open_store(bot.url) as store, store._database.write() as connection:
        connection.execute(update(tables.feed).values(next_at=now))
        connection.execute(update(tables.intake).values(not_before=now))


def titles(store: Store) -> list[str]:
    shelf = store.documents.listing(PUBLIC, limit=1_000)
    return sorted(document.title for document in shelf.documents)


def kept(bot: Program) -> list[str]:
    with open_store(bot.url, readonly=True) as store:
        return titles(store)


def is_done(bot: Program) -> bool:
    with open_store(bot.url, readonly=True) as store:
        health = store.feeds.totals()
        return health.ok == FEEDS and not health.waiting


async def until(holds) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if holds():
                return
            await asyncio.sleep(0.02)


def progress(kind: str, bot: Program, web: Sites) -> int:
    return len(kept(bot)) if kind == "documents" else web.counts.total()


async def killed(bot: Program, web: Sites, kind: str, more: int) -> int:
    """Start *bot*, kill it once there are so many *more*; return how many documents there are."""
    wanted = progress(kind, bot, web) + more
    await bot.start()
    await until(lambda: progress(kind, bot, web) >= wanted or is_done(bot))
    await bot.kill()
    due(bot)
    return len(kept(bot))


def every(more: int = 0) -> list[str]:
    return sorted(news.title(feed, n) for feed in range(FEEDS) for n in range(ENTRIES[feed] + more))


async def test_whenever_it_is_killed_each_article_is_in_the_library_once(
    bot: Program, web: Sites
) -> None:
    left = [await killed(bot, web, kind, more) for kind, more in POINTS]
    async with running(bot):
        await bot.connected()
        await until(lambda: is_done(bot))

    assert any(0 < documents < len(every()) for documents in left)
    with open_store(bot.url) as store:
        assert titles(store) == every()
        assert store.check(full=True) == ()
        assert store.intake.refused(PUBLIC) == ()
        paged = store.documents.listing(PUBLIC, limit=99, title_prefix=news.title(PAGED, 3))
        whole = store.documents.get(PUBLIC, paged.documents[0].id).text
    assert news.paragraphs(PAGED, 3, 4)[-1][:30] in whole


async def test_unchanged_feeds_cost_one_conditional_request_and_news_are_read_once(
    bot: Program, web: Sites
) -> None:
    async with running(bot):
        await until(lambda: is_done(bot))
    due(bot)
    before = web.counts.copy()
    async with running(bot):
        await until(lambda: web.counts["conditional"] - before["conditional"] >= FEEDS)
    unchanged = web.counts - before
    for feed in range(FEEDS):
        web.newer[feed] += 2
    due(bot)
    async with running(bot):
        await until(lambda: kept(bot) == every(2) and is_done(bot))

    assert unchanged["plain"] == unchanged["pages"] == 0
    assert unchanged["conditional"] == unchanged["304"] == FEEDS
    assert kept(bot) == every(2)


async def test_a_stop_in_the_middle_is_soon_over_and_the_rest_follows(
    bot: Program, web: Sites
) -> None:
    await bot.start()
    await until(lambda: kept(bot))

    status = await bot.stop(within=10.0)
    due(bot)
    async with running(bot):
        await until(lambda: is_done(bot))

    assert status == 0
    assert kept(bot) == every()


async def test_ill_sites_stop_no_other_and_each_has_its_reason(
    tmp_path: Path, discord: Server, web: Sites
) -> None:
    more = f'[network]\nallow = ["127.0.0.0/8"]\nports = [{web.port}, 9]\n'
    program.configure(tmp_path, discord, more=more)
    bot = Program(tmp_path, discord)
    hosts = sites.hosts(60)
    with open_store(bot.url) as store:
        for host, way in zip(hosts, sites.WAYS, strict=False):
            name = way.removeprefix("/ill/").removesuffix("/x")
            store.feeds.add(Feed(name=name, url=web.address(host, way)), datetime.now(UTC))
        for number, host in enumerate(reversed(hosts[-9:])):
            url = web.address(host, f"/feed/{number}?entries=1")
            store.feeds.add(Feed(name=f"Well {number}", url=url), datetime.now(UTC))

    async with running(bot):
        await until(lambda: not _new(bot))

    with open_store(bot.url) as store:
        found = {feed.name: feed for feed in store.feeds.list(PUBLIC)}
    conditions = {name: str(feed.problem or feed.condition) for name, feed in found.items()}
    assert conditions == {
        "status/401": "login",
        "status/403": "forbidden",
        "status/404": "not found",
        "status/410": "gone",
        "status/429": "limited",
        "status/500": "server",
        "status/503": "server",
        "blocked": "blocked",
        "reset": "connection",
        "silent": "timeout",
        "slow": "timeout",
        "truncated": "damaged",
        "bomb": "too large",
        "endless": "too large",
        "loop": "redirects",
        "inward": "address",
        "page": "not a feed",
        "laughs": "damaged",
        "broken": "not a feed",
        "empty": "empty",
        **{f"Well {number}": "ok" for number in range(9)},
    }
    ill = [feed for feed in found.values() if feed.condition is Condition.ILL]
    assert all(feed.detail.endswith(".") and len(feed.detail) < 400 for feed in ill)
    assert all(feed.failures == 1 for feed in ill)


def _new(bot: Program) -> int:
    with open_store(bot.url, readonly=True) as store:
        return store.feeds.totals().new


async def test_its_health_and_its_figures_can_be_asked_for(tmp_path: Path, discord: Server) -> None:
    port = sites.free_port()
    program.configure(tmp_path, discord, more=f"[metrics]\nport = {port}\n")

    async with running(Program(tmp_path, discord)) as bot:
        await bot.connected()
        status, health = await asyncio.to_thread(_asked, port, "/health")
        _, figures = await asyncio.to_thread(_asked, port, "/metrics")

    assert status == 200
    assert json.loads(health)["status"] == "ok"
    assert set(json.loads(health)["seconds_since"]) == {"deliveries", "sources"}
    assert 'daybrief_feeds{condition="ok"} 0.0' in figures
    assert 'daybrief_deliveries_open{state="planned"} 0.0' in figures


def _asked(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
