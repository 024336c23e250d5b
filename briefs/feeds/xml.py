"""An RSS or Atom feed in, what it lists out: feedparser reads what is left after a rewriting."""

import calendar
import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from briefs.errors import FeedError
from briefs.feeds import dates, elements, html, parts
from briefs.feeds.parts import Told
from briefs.feeds.rewriting import Rewriter
from briefs.model import Listing

_DAY = 86_400
_PERIODS = {
    "hourly": 3_600, "daily": _DAY, "weekly": 7 * _DAY, "monthly": 30 * _DAY, "yearly": 365 * _DAY,
}  # fmt: skip
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PAGE = re.compile(r"<!doctype html|<html", re.IGNORECASE)
_GIVE = "give the address of its feed, or of its site"
_MAIL = re.compile(
    r"(?:mailto:)?[^\s@<>()]{1,100}@[^\s@<>()]{1,100}(?:\s*\((.{0,150})\))?"
    r"|(.{1,150})<[^\s@<>()]{1,100}@[^\s@<>()]{1,100}>"
)
_DATES = ("published", "created", "updated")  # the first that there is


def read(text: str, *, url: str) -> Listing:
    """Return what the feed *text* lists; FeedError when it is none, or declares entities."""
    sheet = _sheet(text, url)
    if not sheet.kind or sheet.root.endswith("html"):
        raise FeedError(parts.site(url), _what(text, sheet.root))
    found = _parsed(sheet.finish(), url)
    feed = _mapping(found.get("feed"))
    told = [_told(_mapping(each), sheet.texts) for each in _list(found.get("entries"))]
    return Listing(
        title=parts.title(_text(feed, "title"), is_html=_is_html(feed, "title")),
        home=parts.address(_text(feed, "link"), base=url),
        language=parts.language(_text(feed, "language") or sheet.language),
        entries=parts.entries(told, url=url),
        wait=_wait(sheet.times),
        left=sheet.left,
        format=sheet.kind,
    )


def _sheet(text: str, url: str) -> Rewriter:
    """Return what is written down of *text*, as the XML that it is or should have been."""
    try:
        sheet = Rewriter(url=url, most=parts.MOST)
        try:
            elements.strictly(text, sheet)
        except elements.IllFormedError:
            sheet = Rewriter(url=url, most=parts.MOST)
            elements.loosely(text, sheet)
    except elements.HostileError as error:
        raise FeedError(
            parts.site(url),
            "declares entities, which could make it endless: ask its site for a feed without.",
            kind=FeedError.DAMAGED,
        ) from error
    return sheet


def _what(text: str, root: str) -> str:
    """Return a sentence about *text*, which is no feed."""
    if root.endswith("html") or _PAGE.search(text, 0, 5_000):
        return (
            "is a web page, not a feed: give the site's address to `/feed add`, "
            "which looks for its feeds."
        )
    known = {"opml": "is a list of feeds (OPML), not a feed: give it to `/feed import`."}
    known |= dict.fromkeys(("urlset", "sitemapindex"), f"is a site map, not a feed: {_GIVE}.")
    return known.get(root, f"is no feed that is known (RSS, Atom, JSON Feed): {_GIVE}.")


def _parsed(data: bytes, url: str) -> Mapping[str, object]:
    """Return what feedparser makes of *data*, which it is never left to open or to clean."""
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    found = feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    return _mapping(found)


def _told(entry: Mapping[str, object], texts: Sequence[str]) -> Told:
    number, is_html = _body(entry)
    text = _meant(number, texts)
    details = (*_list(entry.get("content")), entry.get("title_detail"))
    languages = (_text(_mapping(each), "language") for each in details)
    return Told(
        guid=_meant(_text(entry, "named"), texts) or _text(entry, "id"),
        url=_text(entry, "link") or _link(entry),
        title=_text(entry, "title") or _text(entry, "entitled"),
        is_title_html=_is_html(entry, "title"),
        text=text,
        is_html=is_html or html.looks_like(text),
        authors=_authors(entry, texts),
        published=_published(entry),
        language=_text(entry, "dc_language") or next(filter(None, languages), ""),
    )


def _body(entry: Mapping[str, object]) -> tuple[str, bool]:
    """Return the number of the fullest text of *entry*, and whether it says that it is HTML."""
    for content in map(_mapping, _list(entry.get("content"))):
        if _text(content, "value"):
            return _text(content, "value"), _text(content, "type") in _HTML
    if _text(entry, "summary"):
        return _text(entry, "summary"), _is_html(entry, "summary")
    return _text(entry, "captioned"), False


def _link(entry: Mapping[str, object]) -> str:
    """Return the address among the links of *entry* that is no page of the web by its type."""
    links = map(_mapping, _list(entry.get("links")))
    return next((_text(each, "href") for each in links if each.get("rel") == "alternate"), "")


def _authors(entry: Mapping[str, object], texts: Sequence[str]) -> tuple[str, ...]:
    names = (_text(_mapping(each), "name") for each in _list(entry.get("authors")))
    return tuple(_person(_meant(number, texts)) for number in names)


def _person(written: str) -> str:
    """Return the name in *written*, which has an e-mail address beside it, or nothing else."""
    found = _MAIL.fullmatch(written.strip())
    return next(filter(None, found.groups()), "").strip(' "') if found else written


def _meant(number: str, texts: Sequence[str]) -> str:
    """Return the text for which *number* was written."""
    return texts[int(number)] if number.isdecimal() and int(number) < len(texts) else ""


def _published(entry: Mapping[str, object]) -> datetime | None:
    """Return the first of the dates of *entry* that makes sense."""
    for name in _DATES:
        written, parsed = _text(entry, name), entry.get(f"{name}_parsed")
        at = dates.parse(written) or (_moment(parsed) if isinstance(parsed, tuple) else None)
        if at is not None:
            return at
    return None


def _moment(parsed: tuple[int, ...]) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _wait(times: Mapping[str, str]) -> int:
    """Return the seconds between two looks that the feed asks for, a day at most; 0 for none."""
    minutes = _number(times.get("ttl", ""))
    period = _PERIODS.get(times.get("sy:updateperiod", "").strip().casefold(), 0)
    often = max(1, _number(times.get("sy:updatefrequency", "1")))
    return min(_DAY, max(60 * minutes, period // often))


def _number(written: str) -> int:
    bare = written.strip()[:6]
    return int(bare) if bare.isascii() and bare.isdigit() else 0


def _is_html(told: Mapping[str, object], name: str) -> bool:
    return _text(_mapping(told.get(f"{name}_detail")), "type") in _HTML


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, object]:
    """Return *value* as a plain dictionary: feedparser's own has one key stand for another."""
    return dict(value.items()) if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
