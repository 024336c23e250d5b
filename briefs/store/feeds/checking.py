"""A feed as somebody wants it in, the same made good out; UsageError says what is wrong with it."""

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import count

from briefs import addresses, words
from briefs.errors import UsageError
from briefs.model import Feed, may_be_set
from briefs.store.feeds import rows

LEAST, MOST = 5, 24 * 60  # minutes between two looks, where somebody says how many
_BACKFILL = 100
_LONGEST_NAME = 60
_LONGEST_URL = 2_000
_HEADERS = 10
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,2000}[\x21-\x7e])?")


def made_good(feed: Feed) -> Feed:
    """Return *feed* with its name and address trimmed; UsageError when it cannot be read so."""
    _check_url(feed.url.strip())
    if feed.interval and not LEAST <= feed.interval <= MOST:
        raise UsageError(
            f"An interval of {feed.interval} minutes cannot be: give {LEAST} to {MOST:,}, or 0 to "
            "go by how often the feed changes."
        )
    if not 0 <= feed.backfill <= _BACKFILL:
        raise UsageError(f"A backfill of {feed.backfill} cannot be: give 0 to {_BACKFILL}.")
    return replace(
        feed,
        url=feed.url.strip(),
        name=_trimmed(feed.name),
        headers=_headers(feed.headers),
        title=_trimmed(feed.title),
        home=addresses.canonical(feed.home),
    )


def name(feed: Feed) -> str:
    """Return the name of *feed*: its own, or its title, or its host."""
    return feed.name or _trimmed(feed.title) or addresses.host(feed.url) or "feed"


def named(feed: Feed, name: str, taken: Collection[str]) -> Feed:
    """Give *feed* a *name* that is not *taken*, counted up if need be, unless it is its own."""
    if feed.name and rows.key(name) in taken:
        raise UsageError(f"There is a feed “{name}” already: give another name.")
    tries = (name if number == 1 else f"{name} {number}" for number in count(1))
    return replace(feed, name=next(each for each in tries if rows.key(each) not in taken))


def _trimmed(name: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in name)
    shown = " ".join(shown.split())
    return shown[: words.cut(shown, _LONGEST_NAME)].strip()


def _check_url(url: str) -> None:
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise UsageError("An address with a password is not kept: give it as a header instead.")
    if not addresses.key(url):
        raise UsageError(f"“{url[:100]}” is no address of a feed: give one that begins with https.")
    if len(url) > _LONGEST_URL:
        raise UsageError(
            f"The address has more than {_LONGEST_URL:,} characters: give a shorter one."
        )


def _headers(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    if len(headers) > _HEADERS:
        raise UsageError(f"{len(headers)} headers are too many: give {_HEADERS} at the most.")
    for name, value in headers:
        if not _HEADER.fullmatch(name) or not may_be_set(name):
            raise UsageError(f"The header “{name[:64]}” cannot be sent: leave it out.")
        if not _VALUE.fullmatch(value):
            raise UsageError(
                f"The value of the header “{name}” cannot be sent: give one line of plain letters."
            )
    return headers
