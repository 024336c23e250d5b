"""An element that holds a text or a fact, and what of it may be kept."""

import base64
import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from briefs.feeds import decoding

TITLES = frozenset({"title", "dc:title", "media:title"})
BODIES = frozenset({
    "description", "summary", "abstract", "content", "body", "fullitem", "content:encoded",
    "xhtml:body", "dc:description", "itunes:summary", "media:description",
})  # fmt: skip
TEXTS = TITLES | BODIES  # markup may be in them
NAMES = frozenset({"guid", "id"})
PERSONS = frozenset({"author", "dc:creator", "dc:author", "itunes:author"})
FACTS = NAMES | PERSONS | frozenset({
    "link", "pubdate", "published", "issued", "created", "updated", "modified",
    "dc:date", "dcterms:created", "dcterms:issued", "dcterms:modified", "language",
    "dc:language",
})  # fmt: skip
LONGEST = 4_000  # characters of a title or an address
_LONGEST_BODY = 1_000_000
_LONGEST_FACT = 200  # a name, a date
_KEPT = ("type", "mode", "rel", "href", "ispermalink", "xml:base", "xml:lang")  # attributes
# What says something of a picture or a sound only stands in for a text that is missing.
_RENAMED = {
    "itunes:summary": "captioned", "media:description": "captioned", "media:title": "entitled",
}  # fmt: skip
_BINARY = "application/octet-stream"
_TYPES = frozenset({"", "text", "plain", "html", "xhtml", "escaped"})
_ENDLESS = frozenset({"br", "hr", "img"})  # HTML elements that have no end
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SIGN = re.compile("[&<>]")
_MISTAKEN = re.compile("[\x80-\x9f]")  # letters of Windows, under numbers that are not theirs


class Leaf:
    """An element as it is read: its text, bounded, with whatever markup is in it as text."""

    def __init__(self, name: str, attributes: Mapping[str, str]) -> None:
        self.name = name
        self._attributes = dict(attributes)
        self._type = attributes.get("type", "").strip().casefold()
        self._is_encoded = attributes.get("mode") == "base64" or self._type == _BINARY
        self._is_text = name in TEXTS
        self._room = _longest(name)
        self._pieces: list[str] = []
        self._within: list[str] = []
        self._has_markup = self._type.endswith(("xhtml", "xml")) or name.endswith("body")

    @property
    def is_whole(self) -> bool:
        """Whether every element in it has ended."""
        return not self._within

    @property
    def is_words(self) -> bool:
        """Whether what is in it is for people to read, as far as its type tells."""
        is_known = self._type in _TYPES or self._type.startswith("text/")
        return is_known or self._has_markup or self._is_encoded

    @property
    def text(self) -> str:
        """What was kept of it."""
        text = _MISTAKEN.sub(_letter, "".join(self._pieces))
        return _decoded(text) if self._is_text and self._is_encoded else text

    def start(self, name: str) -> None:
        """Take note that an element begins in it."""
        self._within.append(name)
        if self._is_text:
            self._has_markup = True
            self._keep(f"<{_local(name)}>")
        elif name == "name":
            self._pieces.clear()

    def end(self) -> None:
        """Take note that the element which began last ends."""
        name = _local(self._within.pop())
        if self._is_text and name not in _ENDLESS:
            self._keep(f"</{name}>")

    def add(self, text: str) -> None:
        """Add *text*."""
        if self._is_text:
            self._keep(_SIGN.sub(_escaped, text) if self._has_markup else text)
        elif not self._within or self.name not in PERSONS or self._within[0] == "name":
            self._keep(text)

    def written(self, text: str) -> str:
        """Return it as an element that holds *text* and no element."""
        if self.name in _RENAMED:
            return f"<{_RENAMED[self.name]}>{_quoted(text)}</{_RENAMED[self.name]}>"
        told = dict(self._attributes)
        if self._is_text and (self._has_markup or self._is_encoded):
            told["type"] = "html"
            told.pop("mode", None)
        given = "".join(f" {key}={quoteattr(told[key])}" for key in _KEPT if key in told)
        return f"<{self.name}{given}>{_quoted(text)}</{self.name}>"

    def _keep(self, piece: str) -> None:
        if self._room > 0:
            self._pieces.append(piece[: self._room])
            self._room -= len(piece)


def kept(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return those of *attributes* that say something of an element's text."""
    return {
        name: attributes[name][:LONGEST]
        for name in _KEPT
        if name in attributes and not name.startswith("xml:")
    }


def _longest(name: str) -> int:
    if name in BODIES:
        return _LONGEST_BODY
    return LONGEST if name in TITLES or name == "link" or name in NAMES else _LONGEST_FACT


def _quoted(text: str) -> str:
    """Return *text* as a parser takes it in one piece: it takes each reference by itself."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def _decoded(text: str) -> str:
    """Return what *text* is the base64 of; *text* itself when it is of none."""
    try:
        return decoding.allowed(base64.b64decode(text).decode("utf-8"))
    except ValueError:
        return text


def _letter(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "ignore")


def _escaped(match: re.Match[str]) -> str:
    return _SIGNS[match[0]]


def _local(name: str) -> str:
    return name.rpartition(":")[2].lstrip("?")
