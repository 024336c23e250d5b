"""A JSON Feed in, what it lists out."""

import json
from collections.abc import Iterator, Mapping

from briefs.errors import FeedError
from briefs.feeds import dates, decoding, parts
from briefs.feeds.parts import Told
from briefs.model import Listing

_VERSION = "jsonfeed.org/version/1"


def read(text: str, *, url: str) -> Listing:
    """Return what the JSON Feed *text* lists; FeedError when it is none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedError(
            parts.site(url),
            "is damaged JSON: tell its site, and try again later.",
            kind=FeedError.DAMAGED,
        ) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not _is_feed(feed, items):
        raise FeedError(
            parts.site(url),
            "is JSON, but no JSON Feed: give the address of its feed, or of its site.",
        )
    listed = [item for item in items if isinstance(item, dict)]
    return Listing(
        title=parts.title(_text(feed, "title"), is_html=False),
        home=parts.address(_text(feed, "home_page_url"), base=url),
        language=parts.language(_text(feed, "language")),
        entries=parts.entries(map(_told, listed[: parts.MOST]), url=url),
        left=max(0, len(listed) - parts.MOST),
        format="JSON Feed",
    )


def _is_feed(feed: Mapping[str, object], items: list[object]) -> bool:
    """Return whether *feed* says that it is one, or is like one in all that matters."""
    if _VERSION in _text(feed, "version"):
        return True
    first = items[0] if items else None
    return isinstance(first, dict) and "id" in first and bool(_keys(first))


def _keys(item: Mapping[str, object]) -> list[str]:
    return [key for key in ("content_html", "content_text", "url") if key in item]


def _told(item: Mapping[str, object]) -> Told:
    html = _text(item, "content_html")
    text = _text(item, "content_text") or ("" if html else _text(item, "summary"))
    moments = (dates.parse(_text(item, f"date_{key}")) for key in ("published", "modified"))
    return Told(
        guid=_text(item, "id"),
        url=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        text=html or text,
        is_html=bool(html),
        authors=tuple(_authors(item)),
        published=next(filter(None, moments), None),
        language=_text(item, "language"),
    )


def _authors(item: Mapping[str, object]) -> Iterator[str]:
    """Yield the names of those who wrote *item*; the first version of the format knows one."""
    authors = item.get("authors")
    for each in authors if isinstance(authors, list) else [item.get("author")]:
        if isinstance(each, dict):
            yield _text(each, "name")


def _text(told: Mapping[str, object], name: str) -> str:
    """Return what *told* has under *name*, as text; numbers are written for text by some."""
    value = told.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else ""
    return decoding.allowed(value) if isinstance(value, str) else ""
