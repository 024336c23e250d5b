"""Feeds are asked when they are due; an ill one is told from a network that is down."""

import asyncio
import gc
import weakref
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot import client, config
from bot.collecting import collector, freshness
from bot.collecting.looking import Answer, Reader
from bot.fetcher import Response
from bot.worker import Worker
from briefs import addresses
from briefs.errors import DaybriefError, StoreError
from briefs.model import PUBLIC, Condition, Failed, Feed, Problem, Scope
from briefs.store import open_store
from tests.bot.collecting.fakes import HOST, NOW, fails, rss
from tests.sites import news

GUILD = Scope(7)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def test_what_a_feed_lists_is_in_the_library_and_in_no_window(desk):
    desk.add(1)

    asked = await desk.look()

    assert asked == 1
    assert desk.titles() == sorted(news.title(1, n) for n in range(2))
    assert desk.store.feeds.named(PUBLIC, "Courier 1").condition is Condition.OK
    assert desk.store.intake.total() == 0


async def test_what_a_feed_lists_anew_is_read_and_nothing_else(desk):
    desk.add(1)
    desk.web.says(f"{HOST}/1", rss(1, range(2)), rss(1, range(1, 3)))
    await desk.look()

    await desk.later()

    assert desk.titles() == sorted(news.title(1, n) for n in range(3))
    counted = desk.metrics.page(_no_facts()).decode()
    assert 'daybrief_documents_total{outcome="new"} 3.0' in counted
    assert 'outcome="same"' not in counted


def _no_facts():
    from bot.metrics import Facts

    return Facts(feeds={}, deliveries={}, backlog=0)


async def test_a_feed_that_has_not_changed_costs_a_question_and_is_not_parsed(desk, monkeypatch):
    desk.add(1)
    desk.web.says(f"{HOST}/1", rss(1, range(2), tag='"a"'))
    await desk.look()
    parsed = []

    async def parse(self, response):
        parsed.append(response)

    monkeypatch.setattr(Reader, "_parse", parse)

    asked = await desk.later()

    assert asked == 1
    assert desk.web.tags == ["", '"a"']
    assert parsed == []


async def test_the_same_bytes_are_not_parsed_again_though_the_server_knows_no_conditions(
    desk, monkeypatch
):
    desk.add(1)
    await desk.look()
    monkeypatch.setattr(Reader, "_parse", None)

    await desk.later()

    feed = desk.store.feeds.named(PUBLIC, "Courier 1")
    assert (feed.condition, feed.failures) == (Condition.OK, 0)


async def test_nothing_is_asked_before_it_is_due(desk):
    desk.add(1)
    await desk.look()

    assert await desk.later(MINUTE) == 0
    assert desk.web.asked[f"{HOST}/1"] == 1


async def test_an_ill_feed_is_told_once_and_once_more_when_it_is_well(desk):
    desk.add(1, scope=GUILD)
    desk.web.says(f"{HOST}/1", rss(1, range(2)), *[fails()] * 6, rss(1, range(1, 3)))
    desk.add(2)
    await desk.look()

    for _ in range(8):
        await desk.later()

    first, second = desk.told
    assert first[0] == GUILD
    assert first[1].startswith("Source “Courier 1” cannot be read: courier.example does not work")
    assert second == (GUILD, "Source “Courier 1” can be read again.")
    assert desk.titles(GUILD).count(news.title(1, 2)) == 1


async def test_no_feed_is_to_blame_when_the_network_is_down(desk):
    for number in range(1, 6):
        url = f"http://site{number}.example/feed"
        desk.web.says(url, rss(number, range(2)), fails(Problem.CONNECTION))
        desk.store.feeds.add(Feed(url=url, name=f"Site {number}"), desk.now)
    await desk.look()

    asked = await desk.later()

    feeds = desk.store.feeds.list(PUBLIC)
    assert asked == 5
    assert [feed.failures for feed in feeds] == [0] * 5
    assert {feed.condition for feed in feeds} == {Condition.OK}
    assert all(feed.next_at <= desk.now + 10 * MINUTE for feed in feeds)
    assert desk.told == []


async def test_many_dead_feeds_of_a_server_are_no_network_that_is_down(desk):
    desk.add(1)
    for number in range(30):
        url = f"http://dead{number}.example/feed"
        desk.web.says(url, fails(Problem.TIMEOUT))
        desk.store.feeds.add(Feed(url=url, name=f"Dead {number}", scope=GUILD), desk.now)

    await desk.look()
    await desk.later()

    dead = desk.store.feeds.named(GUILD, "Dead 1")
    assert (dead.failures, dead.condition) == (2, Condition.ILL)


async def test_what_failed_before_the_network_was_down_is_judged_as_always(desk):
    desk.web.says("http://dead.example/feed", fails(Problem.TIMEOUT))
    desk.store.feeds.add(Feed(url="http://dead.example/feed", name="Dead"), desk.now)
    for number in range(1, 10):
        url = f"http://site{number}.example/feed"
        desk.web.says(url, rss(number, range(2)), fails(Problem.CONNECTION))
        desk.store.feeds.add(Feed(url=url, name=f"Site {number}"), desk.now)
    await desk.look()

    await desk.later()

    assert desk.store.feeds.named(PUBLIC, "Dead").failures == 2
    assert desk.store.feeds.named(PUBLIC, "Site 1").failures == 0


async def test_one_site_that_is_down_is_to_blame_itself(desk):
    desk.add(1)
    desk.web.says("http://down.example/feed", fails(Problem.CONNECTION))
    desk.store.feeds.add(Feed(url="http://down.example/feed", name="Down"), desk.now)

    await desk.look()

    assert desk.store.feeds.named(PUBLIC, "Down").failures == 1
    assert desk.store.feeds.named(PUBLIC, "Courier 1").failures == 0


async def test_a_feed_that_turns_new_at_once_is_held_and_told(desk):
    desk.add(1)
    desk.web.says(f"{HOST}/1", rss(1, range(-20, 0)), rss(1, range(-60, -40)))
    await desk.look()

    await desk.later()

    assert desk.store.feeds.named(PUBLIC, "Courier 1").condition is Condition.HELD
    assert len(desk.titles()) == 20
    [(scope, text)] = desk.told
    assert scope == PUBLIC
    assert text.startswith("Source “Courier 1” is held back")


async def test_a_feed_that_moved_for_good_keeps_its_row_with_the_new_address(desk):
    from dataclasses import replace

    feed = desk.add(1)
    moved = replace(rss(1, range(2)), url=f"{HOST}/new", moved=f"{HOST}/new")
    desk.web.says(f"{HOST}/1", moved)

    await desk.look()

    [kept] = desk.store.feeds.list(PUBLIC)
    assert (kept.id, kept.url) == (feed.id, f"{HOST}/new")


async def test_what_is_no_feed_is_named_so(desk):
    from tests.bot.collecting.fakes import page

    desk.add(1)
    desk.web.says(f"{HOST}/1", page(1, 1))

    await desk.look()

    feed = desk.store.feeds.named(PUBLIC, "Courier 1")
    assert feed.problem is Problem.NOT_A_FEED
    assert feed.detail


async def test_many_feeds_are_asked_a_bounded_number_at_once(desk, monkeypatch):
    running, most = [0], [0]

    async def ask(self, feed):
        running[0] += 1
        most[0] = max(most[0], running[0])
        await asyncio.sleep(0.001)
        running[0] -= 1
        return Answer(Failed(problem=Problem.NOT_FOUND, detail="gone"))

    monkeypatch.setattr(Reader, "ask", ask)
    urls = [f"http://site{n}.example/feed" for n in range(200)]
    for scope in (PUBLIC, GUILD):
        made = [Feed(url=url, name=url[7:], scope=scope) for url in urls]
        desk.store.feeds.add_many(made, desk.now)

    asked = await desk.collector.tick()

    assert asked == 400
    assert most[0] == 64


async def test_a_slow_host_keeps_no_other_waiting(desk, monkeypatch):
    """Its feeds are more than there are places; only when the other was asked does it answer."""
    running, most, other = Counter(), Counter(), asyncio.Event()

    async def ask(self, feed):
        host = addresses.host(feed.url)
        running[host] += 1
        most[host] = max(most[host], running[host])
        if host == "good.example":
            other.set()
        async with asyncio.timeout(10):
            await other.wait()
        running[host] -= 1
        return Answer(Failed(problem=Problem.NOT_FOUND, detail="gone"))

    monkeypatch.setattr(Reader, "ask", ask)
    urls = [f"http://slow.example/{n}" for n in range(100)]
    slow = [Feed(url=url, name=url[7:], scope=GUILD) for url in urls]
    desk.store.feeds.add_many(slow, desk.now)
    good = Feed(url="http://good.example/", name="Good")
    desk.store.feeds.add(good, desk.now + MINUTE)
    desk.now += MINUTE

    asked = await desk.collector.tick()

    assert asked == 101
    assert most == {"slow.example": 3, "good.example": 1}


async def test_a_feed_is_asked_once_though_its_lease_is_over_before_it_is_saved(desk, monkeypatch):
    """One answers late, the other one fails, which is saved when it is judged."""
    asked = Counter()

    async def ask(self, feed):
        asked[feed.name] += 1
        if feed.name == "Late":
            desk.now += 2 * collector.LEASE
            await asyncio.sleep(1.2)
        return Answer(Failed(problem=Problem.NOT_FOUND, detail="gone"))

    monkeypatch.setattr(Reader, "ask", ask)
    for name in ("Late", "Fails"):
        desk.store.feeds.add(Feed(url=f"http://{name}.example/", name=name), desk.now)

    await desk.collector.tick()

    assert asked == {"Late": 1, "Fails": 1}
    assert [feed.failures for feed in desk.store.feeds.list(PUBLIC)] == [1, 1]


async def test_a_body_that_is_no_feed_is_let_go_of_at_once(desk):
    class Seen(Response):
        """One that can be watched."""

    response = Seen(url=HOST, status=200, body=b"<p>No feed.</p>", content_type="text/html")
    watched = weakref.ref(response)
    desk.web.says(f"{HOST}/1", response)
    reader = Reader(desk.work, desk.web, desk.metrics)
    gc.disable()
    try:
        answer = await reader.ask(Feed(url=f"{HOST}/1"))
        desk.web.answers.clear()
        del response

        assert answer.outcome.problem is Problem.NOT_A_FEED
        assert watched() is None
    finally:
        gc.enable()


async def test_a_slow_failure_is_saved_though_others_were_judged_before_it(desk, monkeypatch):
    monkeypatch.setattr(collector, "_PASS", 0.0)
    slow = asyncio.Event()

    async def ask(self, feed):
        if feed.name == "Slow":
            await slow.wait()
        else:
            asyncio.get_running_loop().call_later(0.1, slow.set)
        return Answer(Failed(problem=Problem.NOT_FOUND, detail="gone"))

    monkeypatch.setattr(Reader, "ask", ask)
    for name in ("Slow", "Fast"):
        desk.store.feeds.add(Feed(url=f"http://{name}.example/", name=name), desk.now)

    await desk.collector.tick()

    assert [feed.failures for feed in desk.store.feeds.list(PUBLIC)] == [1, 1]


async def test_an_answer_that_was_never_saved_is_asked_for_again(desk):
    desk.add(1)
    desk.store.feeds.claim(desk.now, until=desk.now + 10 * MINUTE, limit=9)  # and a crash

    assert await desk.look() == 0
    assert await desk.later(11 * MINUTE) == 1
    assert len(desk.titles()) == 2


async def test_an_error_of_ours_stops_no_other_feed(desk, monkeypatch):
    desk.add(1)
    desk.add(2)
    desk.web.says(f"{HOST}/1", lambda: 1 / 0)

    await desk.look()

    assert desk.store.feeds.named(PUBLIC, "Courier 1").problem is Problem.OTHER
    assert len(desk.titles()) == 2


async def test_a_feed_that_kills_its_reader_is_damaged_and_stops_no_other(desk, monkeypatch):
    desk.add(1)
    desk.add(2)
    analyse = desk.work.analyse

    async def dying(function, body, **options):
        if b"Courier 1" in body:
            raise DaybriefError("That was given up after 60 seconds: ask for something shorter.")
        return await analyse(function, body, **options)

    monkeypatch.setattr(desk.work, "analyse", dying)

    await desk.look()

    feed = desk.store.feeds.named(PUBLIC, "Courier 1")
    assert (feed.problem, feed.condition) == (Problem.DAMAGED, Condition.ILL)
    assert len(desk.titles()) == 2


async def test_a_feed_that_the_store_does_not_take_is_ill_and_stops_no_other(desk, monkeypatch):
    desk.add(1)
    desk.add(2)
    take = desk.store.feeds.take

    def picky(feed, listing, now):
        if feed.name == "Courier 1":
            raise StoreError("A value does not fit into daybrief.db.")
        return take(feed, listing, now)

    monkeypatch.setattr(desk.store.feeds, "take", picky)

    await desk.look()

    assert desk.store.feeds.named(PUBLIC, "Courier 1").failures == 1
    assert len(desk.titles()) == 2


async def test_it_looks_at_once_when_it_is_woken(desk):
    going = asyncio.create_task(desk.collector.run())
    await asyncio.sleep(0.05)
    desk.add(1)

    desk.collector.wake()
    async with asyncio.timeout(10):
        while len(desk.titles()) < 2:  # noqa: ASYNC110 - the library has no event
            await asyncio.sleep(0.02)
    going.cancel()
    await asyncio.wait({going})


async def test_how_fresh_the_feeds_are_is_said_in_a_line(desk):
    assert freshness(desk.store, PUBLIC, desk.now).text == ""
    desk.add(1)
    desk.add(2, scope=GUILD)
    desk.web.says("http://down.example/feed", fails(Problem.NOT_FOUND))
    desk.store.feeds.add(Feed(url="http://down.example/feed", name="Down"), desk.now)
    await desk.look()

    fresh = freshness(desk.store, PUBLIC, desk.now)

    assert (fresh.feeds, fresh.ill, fresh.late, fresh.waiting) == (2, 1, 0, 0)
    assert fresh.checked == NOW
    assert fresh.text == "2 feeds, 1 ill, last asked at 12:00 UTC"
    assert freshness(desk.store, PUBLIC, desk.now + 3 * DAY).late == 1


async def test_workers_side_by_side_never_wait_for_each_other(tmp_path):
    from threading import Event

    with open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        work = Worker(store, lambda: ThreadPoolExecutor(1))
        beside = work.beside()
        held = Event()
        slow = asyncio.create_task(work.write(lambda _: held.wait(20)))

        assert await beside.write(lambda _: "done") == "done"
        held.set()
        assert await slow
        beside.close()
        work.close()


async def test_the_bot_lets_one_feed_hold_up_the_others_for_seconds_only(store, monkeypatch):
    deadlines = []

    def beside(self, *, deadline=60.0):
        deadlines.append(deadline)
        return self

    monkeypatch.setattr(Worker, "beside", beside)
    work = Worker(store, lambda: ThreadPoolExecutor(1))
    settings = config.load(None, {"DAYBRIEF_ANALYSIS__EXECUTOR": "inline"})

    client.Client(
        settings,
        work,
        installation=store.installation.id,
        commands=(),
        items=(),
        refresh=lambda store, go_on: None,
    )

    assert deadlines == [15.0]
    work.close()
