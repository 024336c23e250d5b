"""Feeds and listings, made by hand: what a test puts into a store."""

from datetime import timedelta

from briefs.model import PUBLIC, Entry, Feed, FeedId, Listing, Scope
from briefs.store import Store
from tests.briefs.store.library import HOUR, NOON

SITE = "https://news.example.org"
LATER = NOON + HOUR


def feed(name: str = "", *, url: str = f"{SITE}/feed", **wanted) -> Feed:
    """Return a feed as somebody may want it."""
    return Feed(url=url, name=name, **wanted)


def entry(number: int, **differs) -> Entry:
    """Return the *number*-th article of the site; each was published an hour after the other."""
    told = {
        "guid": f"guid {number}",
        "url": f"{SITE}/articles/{number}",
        "title": f"Article {number}",
        "text": f"Paragraph {number} of the town council says what it will do. " * 3,
        "published": NOON + timedelta(hours=number - 100),
    }
    return Entry(**(told | differs))


def listing(*entries: Entry | int, home: str = f"{SITE}/", **more) -> Listing:
    """Return a listing of *entries*, of articles by their numbers."""
    every = tuple(entry(each) if isinstance(each, int) else each for each in entries)
    return Listing(title="The Example", home=home, entries=every, **more)


def known(store: Store, *entries: Entry | int, scope: Scope = PUBLIC, **wanted) -> Feed:
    """Add a feed that held *entries*, which nobody is waiting for any more."""
    added = store.feeds.add(feed(scope=scope, **wanted), NOON)
    store.feeds.take(added, listing(*(entries or range(20, 0, -1))), NOON)
    settle(store)
    return added


def settle(store: Store) -> list[str]:
    """Let all that waits be read; return the names, in order."""
    waiting = store.intake.batch(10_000)
    store.intake.settle([each.id for each in waiting])
    return [each.name for each in waiting]


def again(store: Store, found: Feed) -> Feed:
    """Return *found* as it is kept now."""
    return store.feeds.get(found.scope, FeedId(found.id))
