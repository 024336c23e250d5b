"""The bytes of a feed in, what it lists out; where a site has its feeds; and lists of feeds."""

from collections.abc import Iterable

from briefs.errors import FeedError
from briefs.feeds import decoding, discovery, json_feed, opml, parts, xml
from briefs.feeds.discovery import Link
from briefs.feeds.opml import Outline
from briefs.model import Listing

__all__ = [
    "LARGEST",
    "Link",
    "Outline",
    "discover",
    "guesses",
    "opml_read",
    "opml_write",
    "parse",
]

LARGEST = 10_000_000  # bytes


def parse(data: bytes, *, url: str, content_type: str = "") -> Listing:
    """Return what the feed *data* lists, which came from *url*; FeedError says why it cannot.

    RSS, Atom and JSON Feed are read, also where they are ill-formed. Nothing is opened, fetched
    or expanded that the feed names.
    """
    if len(data) > LARGEST:
        raise FeedError(
            parts.site(url),
            f"is larger than {LARGEST // 1_000_000} MB: ask its site for a shorter feed.",
            kind=FeedError.TOO_LARGE,
        )
    if not data.strip(b" \t\r\n\x00"):
        raise FeedError(parts.site(url), "is empty: look whether its site still has a feed.")
    text = decoding.decode(data, content_type=content_type)
    read = json_feed.read if text.lstrip().startswith(("{", "[")) else xml.read
    return read(text, url=url)


def discover(data: bytes, *, url: str, content_type: str = "") -> tuple[Link, ...]:
    """Return the feeds that the page *data* at *url* names, the best first, each once."""
    text = decoding.decode(data[:LARGEST], content_type=content_type)
    return discovery.discover(text, url=url)


def guesses(url: str) -> tuple[str, ...]:
    """Return addresses at which the feed of the site or page *url* may be, the likeliest first."""
    return discovery.guesses(url)


def opml_read(data: bytes) -> tuple[Outline, ...]:
    """Return the feeds that an OPML file names, each once; FeedError says why it cannot be read."""
    if len(data) > LARGEST:
        limit = LARGEST // 1_000_000
        raise FeedError(
            "", f"the list of feeds is larger than {limit} MB: split it.", kind=FeedError.TOO_LARGE
        )
    return opml.read(data)


def opml_write(outlines: Iterable[Outline], *, title: str = "Feeds of Daybrief") -> bytes:
    """Return an OPML file of *outlines*, in their order; the same bytes whenever it is written."""
    return opml.write(outlines, title=title)
