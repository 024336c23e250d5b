"""Feeds and what is told of them in, what programs read out: no value of a header is in it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.cli import terminal
from briefs.model import (
    Document,
    Entry,
    Feed,
    FeedCard,
    FeedErrors,
    FeedId,
    Refused,
    SourceShelf,
    Trial,
)

if TYPE_CHECKING:
    from briefs.feeds import Link


def feed(each: Feed, waiting: Mapping[FeedId, int] | None = None) -> dict[str, object]:
    """Return a feed, and how it is."""
    counted = {} if waiting is None else {"waiting": waiting.get(each.id, 0)}
    return {
        "name": each.name,
        "guild": each.scope,
        "url": each.url,
        "title": each.title,
        "home": each.home,
        "origin": each.origin,
        "status": each.condition.value,
        "problem": each.problem.value if each.problem else None,
        "detail": each.detail,
        "paused": each.paused,
        "failures": each.failures,
        "ill_since": terminal.iso(each.ill_since),
        "checked": terminal.iso(each.checked),
        "changed": terminal.iso(each.changed),
        "succeeded": terminal.iso(each.succeeded),
        "next": terminal.iso(each.next_at),
        "entries": each.listed,
        "interval": each.interval,
        "pace": each.pace,
        "backfill": each.backfill,
        "full_text": each.full_text,
        "headers": [name for name, _ in each.headers],
        **counted,
    }


def trial(each: Trial) -> dict[str, object]:
    """Return what a feed holds that was only looked at."""
    return {
        "url": each.url,
        "title": each.title,
        "home": each.home,
        "format": each.format,
        "entries": each.listed,
        "left": each.left,
        "wait": each.wait,
        "newest": [_entry(entry) for entry in each.entries],
    }


def link(each: "Link") -> dict[str, object]:
    """Return one of the feeds of a site."""
    return {"url": each.url, "title": each.title}


def card(each: FeedCard) -> dict[str, object]:
    """Return all about a feed."""
    return {
        "feed": {**feed(each.feed), "waiting": each.waiting},
        "documents": [_document(document) for document in each.documents],
        "refused": [refused(row, each.feed.name) for row in each.refused],
    }


def errors(each: FeedErrors) -> dict[str, object]:
    """Return what is wrong with feeds and with what they list."""
    return {
        "feeds": [feed(row) for row in each.feeds],
        "refused": [refused(row, each.names.get(row.feed, "")) for row in each.refused],
    }


def refused(each: Refused, name: str) -> dict[str, object]:
    """Return a document of the feed *name* that could not be read, and why."""
    return {
        "feed": name,
        "title": each.name,
        "url": each.url,
        "reason": each.reason,
        "at": terminal.iso(each.at),
    }


def shelf(each: SourceShelf) -> dict[str, object]:
    """Return where documents come from."""
    return {
        "documents": {"public": each.public, "own": each.own},
        "waiting": each.health.waiting,
        "refused": each.health.refused,
        "feeds": [feed(row) for row in each.feeds],
        "folders": [folder._asdict() for folder in each.folders],
    }


def _entry(each: Entry) -> dict[str, object]:
    return {"title": each.title, "url": each.url, "published": terminal.iso(each.published)}


def _document(each: Document) -> dict[str, object]:
    return {
        "document": each.id,
        "title": each.title,
        "url": each.url,
        "published": terminal.iso(each.published),
    }
