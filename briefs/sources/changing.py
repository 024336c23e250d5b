"""What somebody wants of the feeds of a scope in, those feeds changed out."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from briefs import addresses
from briefs import feeds as lists
from briefs.errors import UsageError
from briefs.feeds import Outline
from briefs.model import Condition, Feed, Scope
from briefs.sources import reading
from briefs.store import Store

_TOLD = 5  # refusals that are told one by one


class Imported(NamedTuple):
    """What became of a list of feeds."""

    added: tuple[str, ...]  # names
    known: int
    refused: tuple[tuple[str, str], ...]  # address, reason

    def sentence(self) -> str:
        """Say it in a line, with the first few reasons in lines of their own."""
        told = f"{len(self.added):,} added, {self.known:,} known already"
        told += f", {len(self.refused):,} refused." if self.refused else "."
        return "\n".join([told, *(f"{url}: {why}" for url, why in self.refused[:_TOLD])])


def refresh(store: Store, scope: Scope, name: str, now: datetime) -> Feed:
    """Have a feed of *scope* itself asked *now*; return it."""
    feed = reading.own(store, scope, name)
    if feed.condition is Condition.PAUSED:
        raise UsageError(f"“{feed.name}” is paused: resume it first.")
    store.feeds.refresh(scope, feed.id, now)
    return feed


def pause(store: Store, scope: Scope, name: str, reason: str) -> Feed:
    """Have a feed of *scope* itself asked no more; return it."""
    feed = reading.own(store, scope, name)
    if feed.condition is Condition.PAUSED:
        raise UsageError(f"“{feed.name}” is paused already: {feed.paused}.")
    store.feeds.pause(scope, feed.id, reason)
    return feed


def resume(store: Store, scope: Scope, name: str, now: datetime, *, taken: str = "") -> str:
    """Resume a feed of *scope* itself, or take what is held of it; return what to say of that.

    *taken* is "new", "known", or "" when nothing is held.
    """
    feed = reading.own(store, scope, name)
    if feed.condition is Condition.HELD:
        return _accept(store, feed, now, taken)
    if feed.condition is not Condition.PAUSED:
        raise UsageError(f"“{feed.name}” is neither paused nor held: there is nothing to resume.")
    store.feeds.resume(scope, feed.id, now)
    return f"“{feed.name}” is read again."


def removable(store: Store, scope: Scope, name: str) -> tuple[Feed, int]:
    """Return a feed that can be removed, and how many documents of it are not read yet."""
    feed = reading.own(store, scope, name)
    if feed.origin == "file" and feed.condition is not Condition.PAUSED:
        raise UsageError(f"“{feed.name}” stands in config.toml: change it there.")
    return feed, store.origins.waiting(scope).get(feed.id, 0)


def take_over(
    store: Store, scope: Scope, outlines: Sequence[Outline], now: datetime, *, origin: str
) -> Imported:
    """Add the feeds of a list to *scope*, those that it does not read yet."""
    there = {addresses.key(each.url) for each in store.feeds.own(scope)}
    new = {addresses.key(each.url): each for each in reversed(outlines)}
    wanted = [each for key, each in reversed(new.items()) if key not in there]
    feeds = [
        Feed(url=each.url, title=each.title, home=each.home, scope=scope, origin=origin)
        for each in wanted
    ]
    taken = store.feeds.add_many(feeds, now)
    return Imported(
        added=tuple(each.name for each in taken.added),
        known=len(outlines) - len(wanted),
        refused=tuple((each.url, why) for each, why in taken.refused),
    )


def export(store: Store, scope: Scope) -> bytes:
    """Return the feeds of *scope* itself as a list that others can import, without headers."""
    own = store.feeds.own(scope)
    return lists.opml_write(Outline(url=each.url, title=each.name, home=each.home) for each in own)


def _accept(store: Store, feed: Feed, now: datetime, taken: str) -> str:
    if taken not in {"new", "known"}:
        raise UsageError(
            f"Most of “{feed.name}” turned new at once and is held: resume it as new to have that"
            " in briefings, or as known to have it in the library only."
        )
    store.feeds.accept(feed.scope, feed.id, now, as_new=taken == "new")
    return f"What “{feed.name}” holds is taken as {taken}."
