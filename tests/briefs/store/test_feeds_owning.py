"""Nobody puts other words in the place of an article by listing its address first."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from briefs import ingest
from briefs.model import PUBLIC, Taken
from briefs.store import Outcome, tables
from briefs.store.feeds import judging
from tests.briefs.store.library import GUILD_A, HOUR, NOON
from tests.briefs.store.sources import LATER, SITE, entry, known, listing, settle

DAY = timedelta(days=1)
FALSE = "The mayor has fled with all the money of the town, and nobody knows where he is. " * 3
BAD = "https://liar.example/feed"


def lie(number: int, text: str = FALSE, **differs):
    """Return an article of the site as another one tells it."""
    return entry(number, guid=f"lie {number}", text=text, **differs)


def told(store) -> list[tuple[str, bool]]:
    """Return what waits: identities, and whether they are lies."""
    waiting = store.intake.batch(99)
    return [
        (each.identity, json.loads(each.data)["text"].startswith("The mayor")) for each in waiting
    ]


@pytest.fixture
def liar(store):
    return known(store, entry(9, url="https://liar.example/9"), url=BAD)


@pytest.fixture
def site(store):
    return known(store, 9)


def test_the_feed_of_the_site_takes_its_article_from_who_listed_it_before(store, site, liar):
    first = store.feeds.take(liar, listing(lie(1)), LATER)
    before = told(store)

    taken = store.feeds.take(site, listing(1, 9), LATER)

    assert (first.new, taken) == (1, Taken(new=1, known=1))
    assert before == [(before[0][0], True)]
    assert told(store) == [(before[0][0], False)]


def test_what_was_read_already_is_revised(store, site, liar):
    store.feeds.take(liar, listing(lie(1, published=NOON)), LATER)
    (waiting,) = store.intake.batch(9)
    first = store.documents.add(ingest.analyse(ingest.waiting(waiting)), arrived=LATER)
    store.intake.settle([waiting.id])

    store.feeds.take(site, listing(entry(1, published=NOON), 9), LATER)

    (waiting,) = store.intake.batch(9)
    second = store.documents.add(ingest.analyse(ingest.waiting(waiting)), arrived=LATER)
    assert second == (first.id, Outcome.REVISION)
    assert "council" in store.documents.get(PUBLIC, first.id).text


def test_who_listed_it_before_never_revises_it_any_more(store, site, liar):
    store.feeds.take(liar, listing(lie(1)), LATER)
    store.feeds.take(site, listing(1, 9), LATER)
    settle(store)

    again = [
        store.feeds.take(liar, listing(lie(1, f"{FALSE} {n}", **more)), LATER + n * DAY)
        for n, more in enumerate([{}, {"title": "Other"}, {"author": "x"}])
    ]
    same = store.feeds.take(site, listing(1, 9), LATER + HOUR)

    assert [each.fresh for each in again] == [0, 0, 0]
    assert same == Taken(known=2)
    assert told(store) == []


def test_nor_once_the_feed_of_the_site_has_forgotten_it(store, site, liar):
    store.feeds.take(site, listing(1, 9), LATER)
    store.feeds.take(liar, listing(lie(1)), LATER)
    settle(store)
    with store._database.write() as connection:
        connection.execute(delete(tables.entry).where(tables.entry.c.feed == site.id))

    kept = store.feeds.take(liar, listing(lie(1, FALSE * 2)), LATER + DAY)
    store.feeds.remove(PUBLIC, site.id)
    alone = store.feeds.take(liar, listing(lie(1, FALSE * 3)), LATER + DAY)

    assert (kept, alone) == (Taken(known=1), Taken(changed=1))


def test_what_a_feed_says_of_itself_does_not_count(store, site, liar):
    store.feeds.take(site, listing(1, 9), LATER)
    before = told(store)
    store.feeds.save(replace(liar, home=f"{SITE}/", title="The Example", next_at=LATER))

    taken = store.feeds.take(replace(liar, home=f"{SITE}/"), listing(lie(1)), LATER)

    assert taken == Taken(known=1)
    assert told(store) == before


def test_nor_does_it_count_where_it_says_that_it_has_moved(store, site, liar):
    store.feeds.save(replace(liar, url=f"{SITE}/go?to=liar.example/feed", next_at=LATER))
    moved = store.feeds.get(PUBLIC, liar.id)
    moved = store.feeds.edit(replace(moved, interval=30), LATER)
    store.feeds.take(site, listing(1, 9), LATER)
    before = told(store)

    first = store.feeds.take(moved, listing(lie(1), lie(2)), LATER)
    taken = store.feeds.take(site, listing(2, 1, 9), LATER)

    assert moved.url.startswith(SITE)
    assert (first, taken) == (Taken(new=1, known=1), Taken(new=1, known=2))
    assert [*told(store)][:1] == before
    assert not any(is_lie for _, is_lie in told(store))


def test_a_feed_that_somebody_moves_to_the_site_is_of_the_site(store, liar):
    other = known(store, 9, url="https://other.example/feed")
    store.feeds.take(liar, listing(lie(1)), LATER)

    moved = store.feeds.edit(replace(other, url=f"{SITE}/feed"), LATER)

    assert store.feeds.take(moved, listing(1, 9), LATER).new == 1
    assert [is_lie for _, is_lie in told(store)] == [False]


@pytest.mark.parametrize("place", [f"{SITE}/feed", "http://WWW.news.example.org:80/feed"])
def test_a_host_is_the_same_with_www_and_without(store, liar, place):
    site = known(store, 9, url=place)
    store.feeds.take(liar, listing(lie(1)), LATER)
    www = entry(1, url="https://www.news.example.org/articles/1")

    assert store.feeds.take(site, listing(www, 9), LATER).new == 1
    assert [is_lie for _, is_lie in told(store)] == [False]


def test_where_it_is_nobodys_own_who_comes_first_has_it(store, liar):
    other = known(store, entry(8, url="https://other.example/8"), url="https://other.example/feed")
    store.feeds.take(liar, listing(lie(1)), LATER)

    assert store.feeds.take(other, listing(1), LATER) == Taken(known=1)
    assert [is_lie for _, is_lie in told(store)] == [True]


def test_a_feed_that_listed_it_second_takes_it_once_it_is_known_to_be_of_the_site(store, liar):
    site = known(store, 9, url="https://elsewhere.example/feed")
    store.feeds.take(liar, listing(lie(1)), LATER)
    second = store.feeds.take(site, listing(1, 9), LATER)
    (before,) = told(store)
    site = store.feeds.edit(replace(site, url=f"{SITE}/feed"), LATER)

    taken = store.feeds.take(site, listing(1, 9), LATER)

    assert (second.known, taken) == (2, Taken(changed=1, known=1))
    assert told(store) == [(before[0], False)]
    assert store.feeds.take(site, listing(1, 9), LATER) == Taken(known=2)
    assert store.feeds.take(liar, listing(lie(1, FALSE * 2)), LATER) == Taken(known=1)


def test_what_is_too_much_for_a_day_is_taken_from_him_the_next_day(store, site, liar, monkeypatch):
    monkeypatch.setattr(judging, "DAILY", 2)
    store.feeds.take(liar, listing(lie(1), lie(2)), LATER)
    store.feeds.take(site, listing(8, 7, 9), LATER)

    first = store.feeds.take(site, listing(2, 1, 8, 7, 9), LATER)
    second = store.feeds.take(site, listing(2, 1, 8, 7, 9), LATER + DAY)

    assert (first, second) == (Taken(later=2, known=3), Taken(new=2, known=3))
    assert not any(is_lie for _, is_lie in told(store))


def test_what_the_site_held_longer_than_is_taken_is_taken_from_him(store, liar, monkeypatch):
    store.feeds.take(liar, listing(lie(1), lie(2)), LATER)
    monkeypatch.setattr(judging, "BACKLOG", 1)
    site = known(store, 5, 2, 1)

    assert store.feeds.take(site, listing(5, 2, 1), LATER) == Taken(known=3)
    assert store.feeds.take(liar, listing(lie(1, FALSE * 2), lie(2)), LATER) == Taken(known=2)
    assert told(store) == []


def test_a_liar_of_one_server_takes_nothing_from_others(store, site):
    theirs = known(store, entry(9, url="https://liar.example/9"), url=BAD, scope=GUILD_A)
    store.feeds.take(theirs, listing(lie(1)), LATER)

    assert store.feeds.take(site, listing(1, 9), LATER).new == 1
    assert sorted(is_lie for _, is_lie in told(store)) == [False, True]
