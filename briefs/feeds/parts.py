"""What a feed says of an entry in, the entry out, within its bounds."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from urllib.parse import urljoin, urlsplit

from briefs import addresses, words
from briefs.feeds import html
from briefs.model import Entry

MOST = 5_000  # entries of a feed
_LONGEST_TEXT = 200_000  # characters
_LONGEST_TITLE = 500
_LONGEST_NAME = 200
_LONGEST_GUID = 1_000
_LONGEST_URL = 2_000
_MOST_AUTHORS = 10
_MOST_TAGS = 250_000  # of all entries together: what has more is read roughly
_MOST_TAGS_OF_TITLE = 30
_TITLE_MADE = 120  # characters of a text that make a title
_BROKEN = re.compile(r"[\t\r\n]")
_FEED = re.compile(r"^feed(?=://)|^feed:(?=https?:)", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_].{0,40})?")
_SENTENCE = re.compile(r"[^\n]{20,}?[.!?\u2026\u3002](?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry as its feed tells it; nothing of it has been checked."""

    guid: str = ""
    url: str = ""
    title: str = ""
    is_title_html: bool = False
    text: str = ""
    is_html: bool = True
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    language: str = ""


def entries(told: Iterable[Told], *, url: str) -> tuple[Entry, ...]:
    """Return the entries that are *told*; their addresses are relative to *url*."""
    found = tuple(told)
    tags = accumulate(each.text.count("<") for each in found)
    return tuple(
        _entry(each, url, is_rough=count > _MOST_TAGS)
        for each, count in zip(found, tags, strict=True)
    )


def address(written: str, *, base: str) -> str:
    """Return the address that *written* is, seen from *base*; "" when it is none of the web."""
    bare = _BROKEN.sub("", written.strip()).replace(" ", "%20")
    try:
        whole = urljoin(base, bare) if 0 < len(bare) <= 2 * _LONGEST_URL else ""
        parts = urlsplit(whole)
        is_web = parts.scheme in {"http", "https"} and bool(addresses.canonical(whole))
    except ValueError:
        return ""
    if not is_web or len(whole) > _LONGEST_URL:
        return ""
    return f"{parts.scheme}{whole[len(parts.scheme) :]}"  # which may be written in capitals


def site(url: str) -> str:
    """Return what an error calls the feed at *url*: its path or its query may hold a key."""
    return addresses.host(url) or "the feed"


def web(written: str) -> str:
    """Return the address of the web that one which begins with "feed:" stands for."""
    return _FEED.sub(lambda match: "http" if match[0].endswith("d") else "", written.strip())


def title(written: str, *, is_html: bool) -> str:
    """Return *written* in one line, as long as a title may be."""
    if is_html and written.count("<") <= _MOST_TAGS_OF_TITLE:
        written = html.line(written)
    elif is_html:
        written = html.roughly(written)
    return _cut(" ".join(written[: 10 * _LONGEST_TITLE].split()), _LONGEST_TITLE)


def language(written: str) -> str:
    """Return the code of two letters that a name of a language begins with, or ""."""
    found = _LANGUAGE.fullmatch(written.strip())
    return found[1].casefold() if found else ""


def _entry(told: Told, base: str, *, is_rough: bool) -> Entry:
    text = _text(told, is_rough=is_rough)
    named = title(told.title, is_html=told.is_title_html)
    return Entry(
        guid=_guid(told.guid.strip()),
        url=addresses.canonical(address(told.url, base=base)),
        title=named or _made(text),
        author=", ".join(_names(told.authors)),
        published=told.published,
        text="\n".join(_without_title(text.split("\n"), named)),
        language=language(told.language),
    )


def _text(told: Told, *, is_rough: bool) -> str:
    if not told.is_html:
        text = html.plain(told.text)
    elif is_rough or "<" not in told.text:
        text = html.roughly(told.text)
    else:
        text = html.text(told.text)
    return _cut(text, _LONGEST_TEXT)


def _without_title(blocks: list[str], named: str) -> Iterator[str]:
    """Yield *blocks*, without the title where it is repeated on top."""
    is_repeated = bool(named) and words.fold(blocks[0][:600]) == words.fold(named)
    yield from blocks[1:] if is_repeated else blocks


def _made(text: str) -> str:
    """Return a title for an entry without one: its first sentence, or as much of it as fits."""
    first = text.partition("\n")[0]
    found = _SENTENCE.match(first[:_TITLE_MADE])
    return found[0] if found else _cut(first, _TITLE_MADE)


def _names(authors: tuple[str, ...]) -> Iterator[str]:
    seen = dict.fromkeys(" ".join(each.split()) for each in authors[:_MOST_AUTHORS])
    yield from (_cut(each, _LONGEST_NAME) for each in seen if each)


def _guid(written: str) -> str:
    """Return *written*, or its digest when it is absurdly long: a part would be another's too."""
    if len(written) <= _LONGEST_GUID:
        return written
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: words.cut(text, limit)].rstrip()
