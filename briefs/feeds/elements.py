"""The text of a document in, its elements told one by one, as they begin and end."""

import re
from html.entities import html5
from itertools import islice
from typing import Protocol
from xml.sax.saxutils import escape

from briefs.feeds import decoding, leaves, scanning
from briefs.feeds.naming import Names
from briefs.feeds.scanning import Token

_MOST = 400_000  # elements, or pieces of what is ill-formed; what comes after is not read
_MOST_BARE = 100_000  # signs that are repaired; who has more does not want them to be
_DEEPEST = 60
_HEAD = 2_000  # characters in which a declaration stands
_ENTRIES = frozenset({"item", "entry"})
# Where one of these begins, the text before it has ended, though nothing says so.
_HTML = frozenset({
    "body", "xhtml:body", "summary", "content", "abstract", "title", "link", "author",
})  # fmt: skip
_APART = _ENTRIES | (leaves.TEXTS | leaves.FACTS) - _HTML
_SHORT = leaves.FACTS - leaves.PERSONS | {"title"}  # no element is in these
_EMPTY = frozenset({"br", "hr", "img", "input", "meta", "wbr"})
_BARE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)([A-Za-z][A-Za-z0-9]{1,31};)?"
)
_DECLARING = re.compile(r"<!\s{0,9}(?:ENTITY|DOCTYPE)", re.IGNORECASE)
# A declaration that declares entities, has room for that, or is absurdly long.
_HOSTILE = re.compile(r"<!\s{0,9}(?:ENTITY|DOCTYPE(?:[^\[]{0,900}\[|[^\[]{900}))", re.IGNORECASE)
# A name space as long as a text: a parser writes it before each name that is in it.
_ENDLESS = re.compile(
    r"\sxmlns(?:[^\s=<>\"']{500}|[^\s=<>\"']*+\s*+=\s*+(?:\"[^\"]{2000}|'[^']{2000}))"
)
_DECLARATION = re.compile(r"\s{0,9}<\?xml[^<>]{0,300}\?>", re.IGNORECASE)


class Elements(Protocol):
    """Who is told."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note that an element begins."""

    def end(self) -> None:
        """Take note that the element which began last ends."""

    def add(self, text: str) -> None:
        """Take note of a text."""


class HostileError(Exception):
    """The document declares entities, or what they would be used for."""


class IllFormedError(Exception):
    """The document is no XML."""


def strictly(text: str, told: Elements) -> None:
    """Tell *told* of the elements of *text*, XML; IllFormedError where it stops being any."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    if _ENDLESS.search(text):
        raise IllFormedError
    parser = DefusedXMLParser(target=_Strict(told), encoding="utf-8", forbid_dtd=False)
    try:
        parser.feed(repaired(_undeclared(text)).encode("utf-8", "replace"))
        parser.close()
    except _EnoughError:
        return
    except DefusedXmlException as error:
        raise HostileError from error
    except (ParseError, ValueError) as error:
        raise IllFormedError from error


def _undeclared(text: str) -> str:
    """Return *text* without its declaration, which has to come first, and names an encoding."""
    found = _DECLARATION.search(text, 0, _HEAD)
    return (text[: found.start()] + text[found.end() :] if found else text).lstrip()


def loosely(text: str, told: Elements) -> None:
    """Tell *told* of the elements of *text*, each ended before the one that it is in."""
    if _DECLARING.search(text) and any(map(_HOSTILE.match, scanning.declarations(text))):
        raise HostileError
    balance = _Loose(told)
    for token in scanning.tokens(text, most=_MOST):
        balance.take(token)
    balance.close()


def repaired(text: str) -> str:
    """Return *text* with the references that only HTML knows, and with no bare "&" in it."""
    bare = sum(1 for _ in islice(_BARE.finditer(text), _MOST_BARE + 1))
    if not 0 < bare <= _MOST_BARE:
        return text
    return "".join(
        piece if is_literal else _BARE.sub(_meant, piece)
        for piece, is_literal in scanning.literals(text)
    )


def _meant(match: re.Match[str]) -> str:
    meant = html5.get(match[1] or "", "")
    return escape(meant) if meant else f"&amp;{match[1] or ''}"


class _EnoughError(Exception):
    """There are more elements than are read."""


class _Strict:
    """What a parser of XML tells, with the names that elements have here."""

    def __init__(self, told: Elements) -> None:
        self._told = told
        self._names = Names()
        self._left = _MOST
        self.data = told.add

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Pass on that an element begins."""
        self._left -= 1
        if self._left < 0:
            raise _EnoughError
        name = self._names.qualified(tag)
        given = {self._names.qualified(key): value for key, value in attributes.items()}
        self._told.start(name, given)

    def end(self, _tag: str) -> None:
        """Pass on that an element ends."""
        self._told.end()


class _Loose:
    """What stands in a document that is no XML, as elements that end."""

    def __init__(self, told: Elements) -> None:
        self._told = told
        self._names = Names()
        self._open: list[str] = []

    def take(self, token: Token) -> None:
        """Take note of *token*, and tell what it means."""
        if token.kind == scanning.TEXT:
            self._told.add(decoding.allowed(scanning.references(token.value)))
        elif token.kind == scanning.LITERAL:
            self._told.add(token.value)
        elif token.kind == scanning.END:
            self._end(self._names.prefixed(token.value))
        else:
            self._start(token)

    def close(self) -> None:
        """End what has not ended."""
        self._end_down_to(0)

    def _start(self, token: Token) -> None:
        attributes = scanning.attributes(token) if token.attributes else {}
        self._names.declare(attributes)
        name = self._names.prefixed(token.value)
        self._end_apart(name)
        if len(self._open) >= _DEEPEST:
            return
        self._open.append(name)
        self._told.start(name, {self._names.prefixed(key): attributes[key] for key in attributes})
        if token.is_empty or name in _EMPTY:
            self._end_down_to(len(self._open) - 1)

    def _end(self, name: str) -> None:
        if name in self._open:
            self._end_down_to(len(self._open) - 1 - self._open[::-1].index(name))

    def _end_apart(self, name: str) -> None:
        """End the text that *name* cannot be in, and the entry when it begins another."""
        ended = _SHORT if name in _HTML else _APART | {"title"} if name in _APART else frozenset()
        if name not in _ENTRIES:
            ended -= _ENTRIES
        place = next((at for at, each in enumerate(self._open) if each in ended), None)
        if place is not None:
            self._end_down_to(place)

    def _end_down_to(self, place: int) -> None:
        while len(self._open) > place:
            self._open.pop()
            self._told.end()
