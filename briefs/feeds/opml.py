"""A list of feeds as other readers write it in, and out: OPML."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from briefs.errors import FeedError
from briefs.feeds import decoding, elements, parts

MOST = 10_000  # feeds of one list
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n  <head>\n'
_WRITE = "give one that another feed reader has exported"


class Outline(NamedTuple):
    """A feed, as a list of them names it."""

    url: str
    title: str = ""
    home: str = ""  # the address of its site


class _Outlines:
    """Takes note of every feed that is named, however deep."""

    def __init__(self) -> None:
        self.found: dict[str, Outline] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of the element *name*."""
        if name == "outline" and len(self.found) <= MOST:
            url = parts.address(parts.web(attributes.get("xmlurl", "")), base="")
            title = _plain(attributes.get("title", "")) or _plain(attributes.get("text", ""))
            home = parts.address(attributes.get("htmlurl", ""), base="")
            if url:
                self.found.setdefault(url, Outline(url, "" if title == url else title, home))

    def end(self) -> None:
        """Forget an element: folders do not matter."""

    def add(self, text: str) -> None:
        """Forget *text*: none of it matters."""


def read(data: bytes) -> tuple[Outline, ...]:
    """Return the feeds that a list names, each once; FeedError says why it cannot be read."""
    text = decoding.decode(data)
    found = _Outlines()
    try:
        try:
            elements.strictly(text, found)
        except elements.IllFormedError:
            elements.loosely(text, found)
    except elements.HostileError as error:
        reason = "the list of feeds declares entities, which could make it endless: remove them."
        raise FeedError("", reason, kind=FeedError.DAMAGED) from error
    if len(found.found) > MOST:
        raise FeedError("", f"the list names more than {MOST:,} feeds: split it.")
    if not found.found:
        raise FeedError("", f"the list names no feed, or is no OPML: {_WRITE}.")
    return tuple(found.found.values())


def write(outlines: Iterable[Outline], *, title: str) -> bytes:
    """Return a list of feeds, in the order of *outlines*, the same bytes whenever it is written."""
    lines = "".join(map(_line, outlines))
    head = f"{_HEAD}    <title>{escape(_plain(title))}</title>\n  </head>\n"
    return f"{head}  <body>\n{lines}  </body>\n</opml>\n".encode("utf-8", "replace")


def _line(outline: Outline) -> str:
    title = _plain(outline.title)
    given = {
        "text": title or outline.url, "title": title, "xmlUrl": outline.url,
        "htmlUrl": outline.home,
    }  # fmt: skip
    told = "".join(f" {key}={quoteattr(value)}" for key, value in given.items() if value)
    return f'    <outline type="rss"{told}/>\n'


def _plain(title: str) -> str:
    return parts.title(decoding.allowed(title), is_html=False)
