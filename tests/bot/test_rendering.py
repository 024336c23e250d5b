"""What is posted is made of all that arrived in time, also of what was still being written."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.client.rendering import render
from bot.deliveries import Stamp
from bot.worker import Worker
from briefs import documents, ingest, timing
from briefs.model import PUBLIC, Delivery, Feed
from briefs.store import open_store

DUE = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TEXT = "Mayor Ada Quill opened the new bridge over Lake Ems on Monday."


class Telling(Worker):
    """A worker that tells when something is about to be written."""

    def __init__(self, store, told: threading.Event) -> None:
        super().__init__(store, lambda: ThreadPoolExecutor(1))
        self._told = told

    async def write(self, function, *args, **kwargs):
        self._told.set()
        return await super().write(function, *args, **kwargs)


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'daybrief.db'}") as opened:
        yield opened


def late(stamped: threading.Event, go_on: threading.Event):
    """Return a clock that shows the last moment before DUE, and then holds its reader up."""

    def clock() -> datetime:
        stamped.set()
        assert go_on.wait(20)
        return DUE - timedelta(microseconds=1)

    return clock


def stamp(part: int) -> Stamp:
    return Stamp(nonce=f"b{part}", marker="m")


def owed(store):
    made = timing.make(
        name="morning",
        channel=5,
        times="12:00",
        days="daily",
        timezone="UTC",
        scope=PUBLIC,
        now=DUE - DAY,
    )
    schedule = store.schedules.create(made)
    delivery = Delivery(
        schedule=schedule.id,
        date=DUE.date(),
        slot=0,
        channel=5,
        due=DUE,
        since=DUE - DAY,
        until=DUE,
    )
    return schedule, delivery


async def test_a_briefing_shows_what_arrived_in_time_and_was_still_being_written(store):
    stamped, go_on = threading.Event(), threading.Event()
    document = documents.of(TEXT, title="A bridge", source="Sample Courier", identity="test:one")
    found = ingest.find(document)
    schedule, delivery = owed(store)
    work = Telling(store, go_on)
    writing = asyncio.create_task(
        asyncio.to_thread(store.documents.add, found, arrived=late(stamped, go_on))
    )
    await asyncio.to_thread(stamped.wait, 20)

    unseen = store.documents.window(PUBLIC, DUE - DAY, DUE)
    rendering = await render(work, schedule, delivery, stamp, False)  # noqa: FBT003
    await writing
    work.close()

    assert unseen.documents == ()  # a window that is read at once, and never again, has lost it
    assert b"opened the new bridge" in rendering.payloads[0]
    assert "feeds" not in {stage.name for stage in rendering.stages}


async def test_a_document_has_arrived_when_it_is_kept_and_not_when_its_turn_came(store):
    stamped, go_on = threading.Event(), threading.Event()
    first, second = (
        ingest.find(documents.of(f"{TEXT} {name}", title=name, source=name, identity=name))
        for name in ("one", "two")
    )
    read = threading.Event()

    def clock() -> datetime:
        read.set()
        return DUE

    writing = asyncio.create_task(
        asyncio.to_thread(store.documents.add, first, arrived=late(stamped, go_on))
    )
    await asyncio.to_thread(stamped.wait, 20)
    waiting = asyncio.create_task(asyncio.to_thread(store.documents.add, second, arrived=clock))

    early = await asyncio.to_thread(read.wait, 0.2)
    go_on.set()
    await asyncio.gather(writing, waiting)

    assert not early
    newer = store.documents.window(PUBLIC, DUE, DUE + DAY).documents
    assert [document.title for document in newer] == ["two"]


async def test_how_fresh_the_feeds_are_is_kept_with_a_briefing(store):
    store.feeds.add(Feed(url="http://courier.example/feed", name="Courier"), DUE)
    schedule, delivery = owed(store)
    work = Worker(store, lambda: ThreadPoolExecutor(1))

    rendering = await render(work, schedule, delivery, stamp, False)  # noqa: FBT003
    work.close()

    assert ("feeds", "1 feed, 1 late, none asked yet") in rendering.stages
