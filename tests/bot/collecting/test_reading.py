"""What feeds list gets into the library once, whatever a page, a document or a crash does."""

from datetime import timedelta

import pytest

from bot.collecting import paging, reading
from briefs import ingest
from briefs.errors import DaybriefError, DocumentError, StoreError
from briefs.model import PUBLIC, Problem, Scope, Waiting
from tests.bot.collecting.fakes import HOST, fails, page, rss
from tests.sites import news

HOUR = timedelta(hours=1)


def texts(desk) -> list[str]:
    shelf = desk.store.documents.listing(PUBLIC, limit=99)
    return [desk.store.documents.get(PUBLIC, each.id).text for each in shelf.documents]


async def test_the_page_behind_an_entry_is_read_where_that_is_wanted(desk):
    desk.add(1, full_text=True)
    for number in range(2):
        desk.web.says(f"{HOST}/page/1/{number}", page(1, number))

    await desk.look()

    whole = sorted(news.paragraphs(1, 0, 4))
    assert desk.titles() == sorted(news.title(1, n) for n in range(2))
    assert any(all(part[:40] in text for part in whole) for text in texts(desk))


async def test_the_entry_itself_does_where_its_page_cannot_be_had(desk):
    desk.add(1, full_text=True)
    desk.web.says(f"{HOST}/page/1/0", page(1, 0))
    desk.web.says(f"{HOST}/page/1/1", fails(Problem.ROBOTS))

    await desk.look()

    assert desk.titles() == sorted(news.title(1, n) for n in range(2))
    assert desk.web.asked[f"{HOST}/page/1/1"] == 1


async def test_a_page_that_fails_is_asked_for_three_times_and_not_at_once(desk):
    desk.add(1, full_text=True)
    desk.web.says(f"{HOST}/page/1/0", page(1, 0))
    desk.web.says(f"{HOST}/page/1/1", fails(Problem.TIMEOUT))
    await desk.look()

    once = desk.web.asked[f"{HOST}/page/1/1"], len(desk.titles())
    await desk.later(HOUR)
    await desk.later(HOUR)

    assert once == (1, 1)
    assert desk.web.asked[f"{HOST}/page/1/1"] == 3
    assert len(desk.titles()) == 2


async def test_a_document_that_cannot_be_read_is_refused_and_stops_nothing(desk, monkeypatch):
    desk.add(1)
    analyse = ingest.analyse

    def fail(source, **options):
        if news.title(1, 0).encode() in source.read():
            raise DocumentError(source.name, "is a consent page; read it in a browser")
        return analyse(source, **options)

    monkeypatch.setattr(ingest, "analyse", fail)

    await desk.look()

    [refused] = desk.store.intake.refused(PUBLIC)
    assert desk.titles() == [news.title(1, 1)]
    assert refused.reason == "is a consent page; read it in a browser"
    assert desk.store.intake.total() == 0


@pytest.mark.parametrize("after", ["add_many", "settle"])
async def test_what_a_crash_left_is_read_again_and_is_not_there_twice(desk, monkeypatch, after):
    desk.add(1)
    owner = {"add_many": desk.store.documents, "settle": desk.store.intake}[after]
    do = getattr(owner, after)

    def crash(*args, **options):
        do(*args, **options)
        raise DaybriefError("no more")

    with monkeypatch.context() as patched:
        patched.setattr(owner, after, crash)
        with pytest.raises(DaybriefError, match="no more"):
            await desk.look()

    await desk.collector.intake.drain()

    assert desk.titles() == sorted(news.title(1, n) for n in range(2))
    assert desk.store.intake.total() == 0
    assert desk.store.check(full=True) == ()


async def test_what_the_store_does_not_take_is_refused_and_stops_nothing(desk, monkeypatch):
    desk.add(1)
    add_many = desk.store.documents.add_many

    def picky(analyses, **options):
        if any(each.document.title == news.title(1, 0) for each in analyses):
            raise StoreError("A value does not fit into daybrief.db.")
        return add_many(analyses, **options)

    monkeypatch.setattr(desk.store.documents, "add_many", picky)

    await desk.look()

    [refused] = desk.store.intake.refused(PUBLIC)
    assert refused.reason == "A value does not fit into daybrief.db."
    assert desk.titles() == [news.title(1, 1)]


async def test_a_disk_that_is_full_is_no_fault_of_the_documents(desk, monkeypatch):
    desk.add(1)

    def full(analyses, **options):
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(desk.store.documents, "add_many", full)
        with pytest.raises(StoreError, match="full"):
            await desk.look()

    await desk.look()

    assert desk.store.intake.refused(PUBLIC) == ()
    assert len(desk.titles()) == 2


async def test_a_page_that_we_stumble_over_is_done_without(desk):
    desk.add(1, full_text=True)
    desk.web.says(f"{HOST}/page/1/0", page(1, 0))
    desk.web.says(f"{HOST}/page/1/1", lambda: 1 / 0)

    await desk.look()

    assert desk.titles() == sorted(news.title(1, n) for n in range(2))


async def test_what_is_new_is_read_before_what_a_feed_held_already(desk, monkeypatch):
    monkeypatch.setattr(reading, "_READ", 2)
    desk.web.says(f"{HOST}/1", rss(1, range(2)), rss(1, range(2, 4)))
    desk.add(1)
    await desk.collector.tick()
    desk.now += timedelta(days=2)
    await desk.collector.tick()

    await desk.collector.intake.drain()

    shelf = desk.store.documents.listing(PUBLIC, limit=9).documents
    oldest_first = [document.title for document in reversed(shelf)]
    assert set(oldest_first[:2]) == {news.title(1, 2), news.title(1, 3)}
    assert [document.backlog for document in reversed(shelf)] == [False, False, True, True]


async def test_a_servers_feed_fills_its_own_library_alone(desk):
    desk.add(1, scope=Scope(7))

    await desk.look()

    assert desk.titles(PUBLIC) == []
    assert desk.titles(Scope(8)) == []
    assert len(desk.titles(Scope(7))) == 2


async def test_nothing_more_is_read_after_a_stop(desk):
    desk.add(1)
    await desk.collector.tick()
    desk.collector.stop()

    with pytest.raises(DaybriefError, match="the rest follows"):
        await desk.collector.intake.drain()

    assert desk.titles() == []
    assert desk.store.intake.total() == 2


async def test_one_host_does_not_hold_up_the_pages_of_others(desk):
    first = [f"http://slow.example/{n}" for n in range(9)]
    pages = [*first, "http://other.example/1"]
    waiting = [Waiting(n, 1, PUBLIC, "", "", b"", "", (), page=url) for n, url in enumerate(pages)]

    chosen = list(paging._politely(waiting, waiting[:1]))

    assert [each.page for each in chosen] == [*first[:2], "http://other.example/1"]
