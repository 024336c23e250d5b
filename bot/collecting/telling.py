"""Feeds before and after in, what people are told of it out: once, and in one message."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from briefs import polling
from briefs.model import PUBLIC, Condition, Feed, Health, Scope
from briefs.store import Store

_NAMED = 5  # feeds of one message
_LONGEST = 200  # characters of what is said of one


class News(StrEnum):
    """What there is to tell of a feed; the words follow its name."""

    ILL = "cannot be read"
    HELD = "is held back"
    WELL = "can be read again"


class Told(NamedTuple):
    """A feed with what there is to tell of it."""

    feed: Feed
    news: News


def changes(before: Feed, after: Feed, now: datetime) -> tuple[Told, ...]:
    """Return what there may be to tell of a feed, at most one thing."""
    if polling.is_alarming(after, now):
        held = after.condition is Condition.HELD
        return (Told(after, News.HELD if held else News.ILL),)
    was, still = (feed.condition in {Condition.ILL, Condition.HELD} for feed in (before, after))
    return (Told(after, News.WELL),) if was and not still else ()


def untold(store: Store, told: Iterable[Told], now: datetime) -> tuple[Told, ...]:
    """Note that *told* is told; return those of it that nobody knew of.

    That a feed is well again is news only to those who heard that it was not.
    """
    return tuple(each for each in told if _is_news(store, each, now))


def _is_news(store: Store, told: Told, now: datetime) -> bool:
    ill, held = (f"feed:{told.feed.id}:{news.name.lower()}" for news in (News.ILL, News.HELD))
    match told.news:
        case News.ILL:
            return store.notices.tell(ill, now)
        case News.HELD:
            return store.notices.tell(held, now)
        case News.WELL:
            known = [key for key in (ill, held) if store.notices.told(key, "")]
            for key in known:
                store.notices.clear(key)
            return bool(known)


def messages(told: Sequence[Told]) -> tuple[tuple[Scope, str], ...]:
    """Return one message for each scope that *told* is of; plain text, names as they are."""
    scopes = sorted({each.feed.scope for each in told})
    return tuple((scope, _message(_of(told, scope))) for scope in scopes)


def _of(told: Sequence[Told], scope: Scope) -> list[Told]:
    order = list(News)
    mine = [each for each in told if each.feed.scope == scope]
    return sorted(mine, key=lambda each: (order.index(each.news), each.feed.id))


def _message(told: Sequence[Told]) -> str:
    lines = [_line(each) for each in told[:_NAMED]]
    if len(told) > _NAMED:
        lines.append(f"So it is with {len(told) - _NAMED:,} more sources: see /feed errors.")
    return "\n".join(lines)


def _line(told: Told) -> str:
    name = f"Source “{called(told.feed)}” {told.news}"
    if told.news is News.WELL:
        return f"{name}."
    detail = told.feed.detail or "see /feed errors."
    return f"{name}: {_short(detail)}"


def called(feed: Feed) -> str:
    """Return what people know *feed* by."""
    return feed.name or feed.title or feed.url


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def daily(store: Store, now: datetime) -> str:
    """Return the line of the day for administrators, "" when all is well or it was told today.

    The feeds of servers are counted in it, and only what is everybody's is named.
    """
    health = store.feeds.totals()
    if not health.ill + health.held or not store.notices.tell(f"sources:{now:%Y-%m-%d}", now):
        return ""
    return _day(health, store.feeds.ill(PUBLIC))


def _day(health: Health, ill: Sequence[Feed]) -> str:
    every, worse = health.feeds - health.paused, health.ill + health.held
    named = [f"{called(each)} ({_why(each)})" for each in ill[:_NAMED]]
    rest = worse - len(named)
    if rest:
        named.append(f"{rest:,} more" if named else f"{rest:,} of servers")
    counted = f"Sources: {every - worse:,} of {every:,} well"
    backlog = f" {health.waiting:,} documents wait to be read." if health.waiting else ""
    return f"{counted}; ill: {', '.join(named)}. See /feed errors.{backlog}"


def _why(feed: Feed) -> str:
    if feed.condition is Condition.HELD:
        return "held back"
    return str(feed.problem or "failing")
