"""The elements of a feed in, whatever it is like; a small feed with nothing else in it out.

What reads the feed then takes quadratic time for a long author and for many categories. So it is
given what is wanted of a feed and no more, nothing longer than it may be, and no element within a
text: the markup of a text is written as text.
"""

from collections.abc import Mapping
from urllib.parse import urljoin
from xml.sax.saxutils import quoteattr

from briefs.feeds import leaves
from briefs.feeds.leaves import Leaf

_MOST_OF_ONE = 60  # elements of one entry, and of the feed about itself
_MOST_OF_ALL = 75_000  # elements of the feed and all its entries together
_MOST_INHERITED = 10_000_000  # characters of what elements have from those that they are in
_LONGEST_LANGUAGE = 40
_DEEPEST = 50
_KINDS = {"rss": "RSS", "rdf:rdf": "RSS", "channel": "RSS", "feed": "Atom"}
_ENTRIES = frozenset({"item", "entry"})
# What is wanted is in these.
_PASSED = frozenset({*_KINDS, "items", "media:content", "media:group"})
_TIMES = frozenset({"ttl", "sy:updateperiod", "sy:updatefrequency"})
_OF_FEED = _TIMES | {"title", "dc:title", "link", "id", "language", "dc:language"}
_ABOUT = ("rdf:about", "href", "lastmod")  # what an entry says of itself in its first tag
_OF_ENTRY = leaves.TEXTS | leaves.FACTS
_FRAMES = {
    "RSS": ('<rss version="2.0" {}><channel>', "</channel></rss>"),
    "Atom": ('<feed xmlns="http://www.w3.org/2005/Atom" {}>', "</feed>"),
}
_SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


class Rewriter:
    """Takes the elements of a feed as they come, each begun and ended, and writes them down."""

    def __init__(self, *, url: str, most: int) -> None:
        self.kind = ""  # RSS, Atom; "" no feed so far
        self.root = ""  # the first element
        self.language = ""  # of it
        self.left = 0  # entries past the most
        self.texts: list[str] = []  # what the numbers stand for that are written instead
        self.times: dict[str, str] = {}  # how often the feed wants to be read
        self._entries = 0
        self._most = most
        self._open: list[dict[str, str]] = [{"xml:base": url}]  # what elements inherit
        self._skipped = 0  # elements deep in what is left out
        self._leaf: Leaf | None = None
        self._entry = 0  # elements that were open when the entry began; 0 outside of one
        self._room = _MOST_OF_ONE
        self._left = _MOST_OF_ALL
        self._inheritance = _MOST_INHERITED
        self._written: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note that an element begins."""
        if not self.root:
            self.root, self.language = name, attributes.get("xml:lang", "")
        if self._skipped:
            self._skipped += 1
        elif self._leaf is not None:
            self._leaf.start(name)
        elif self._is_wanted(name):
            self._begin_leaf(name, attributes)
        elif name in _ENTRIES and not self._entry:
            self._begin_entry(name, attributes)
        elif self._is_passed(name):
            self.kind = self.kind or _KINDS.get(name, "")
            self._open.append(self._inherited(attributes))
        else:
            self._skipped = 1

    def end(self) -> None:
        """Take note that the element which began last ends."""
        if self._skipped:
            self._skipped -= 1
        elif self._leaf is None:
            self._close()
        elif self._leaf.is_whole:
            self._write(self._leaf)
            self._leaf = None
        else:
            self._leaf.end()

    def add(self, text: str) -> None:
        """Take note of *text*."""
        if self._leaf is not None:
            self._leaf.add(text)

    def finish(self) -> bytes:
        """End what has not ended, and return the feed as it was written down."""
        while self._leaf is not None or len(self._open) > 1:
            self._skipped = 0
            self.end()
        opening, closing = _FRAMES[self.kind or "RSS"]
        whole = [opening.format(_SPACES), *self._written, closing]
        return "".join(whole).encode("utf-8", "replace")

    def _is_wanted(self, name: str) -> bool:
        """Return whether the element *name* is to be read, and there is room for it."""
        known = _OF_ENTRY if self._entry else _OF_FEED
        return name in known and bool(self.kind) and min(self._room, self._left) > 0

    def _begin_leaf(self, name: str, attributes: Mapping[str, str]) -> None:
        self._room -= 1
        self._left -= 1
        above = self._inherited(attributes)
        self._inheritance -= sum(map(len, above.values()))
        above = above if self._inheritance > 0 else {}
        self._leaf = Leaf(name, {**above, **leaves.kept(attributes)})

    def _is_passed(self, name: str) -> bool:
        """Return whether the element *name* holds some that are wanted, but is not itself."""
        if len(self._open) > _DEEPEST:
            return False
        return name in _PASSED or not self.kind

    def _inherited(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """Return the base and the language that hold for an element with *attributes*."""
        above = self._open[-1]
        base = _joined(above["xml:base"], attributes.get("xml:base", ""))
        told = {**above, "xml:base": base}
        if "xml:lang" in attributes:
            told["xml:lang"] = attributes["xml:lang"][:_LONGEST_LANGUAGE]
        return told

    def _begin_entry(self, name: str, attributes: Mapping[str, str]) -> None:
        self.kind = self.kind or ("Atom" if name == "entry" else "RSS")
        if self._entries >= self._most:
            self.left += 1
            self._skipped = 1
            return
        self._entries += 1
        self._entry = len(self._open)
        self._room = _MOST_OF_ONE
        self._open.append(self._inherited(attributes))
        about = ((key, attributes.get(key, "")[: leaves.LONGEST]) for key in _ABOUT)
        given = "".join(f" {key}={quoteattr(value)}" for key, value in about if value)
        self._written.append(f"<item{given}>")

    def _close(self) -> None:
        if len(self._open) > 1:
            self._open.pop()
        if self._entry == len(self._open):
            self._written.append("</item>")
            self._entry = 0
            self._room = _MOST_OF_ONE

    def _write(self, leaf: Leaf) -> None:
        """Write down *leaf*; a text or a name by its number, so that nobody looks into it."""
        text = leaf.text
        if leaf.name in _TIMES:
            self.times.setdefault(leaf.name, text)
        elif leaf.name not in leaves.BODIES | leaves.PERSONS:
            self._written.append(leaf.written(text))
        elif text.strip() and leaf.is_words:
            self._written.append(leaf.written(self._number(text)))
        if leaf.name in leaves.NAMES:  # which is made an address of, though it may be none
            self._written.append(f"<named>{self._number(text)}</named>")

    def _number(self, text: str) -> str:
        self.texts.append(text)
        return str(len(self.texts) - 1)


def _joined(base: str, address: str) -> str:
    try:
        joined = urljoin(base, address.strip()[: leaves.LONGEST]) if address else base
    except ValueError:
        return base
    return joined if len(joined) <= leaves.LONGEST else base
