"""Text with markup in, its tags and the text between them out, whatever state it is in.

Parsers that repair what is ill-formed take quadratic time where somebody wants them to. This one
looks at each character a bounded number of times, and stops after so many pieces.
"""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

TEXT, LITERAL, START, END = "text", "literal", "start", "end"  # kinds of pieces

_LONGEST_ATTRIBUTES = 20_000
_LONGEST_CUT = 300
_LONGEST_DECLARATION = 1_000
_MOST_ATTRIBUTES = 60
_NAME = re.compile(r"<(/?)([A-Za-z_][\w.:-]{0,99}+)")
_SIMPLE = re.compile(r"<(/?)([A-Za-z_][\w.:-]{0,99}+)([^<>\"']{0,300}+)>")  # nearly every tag
_REST = re.compile(r"(?:[^<>\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+')*+>")  # of a tag
_ATTRIBUTE = re.compile(
    r"(?<![\w.:-])([A-Za-z_][\w.:-]{0,99}+)\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))"
)
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_CUT = re.compile(r"<(?:/?[A-Za-z_][^<>]*|[/!?]?)")
_ENDS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", ">"), ("<!", ">"))


class Token(NamedTuple):
    """A tag, or the text before it."""

    kind: str
    value: str  # text as written, or the name of the tag in small letters
    attributes: str = ""  # as written
    is_empty: bool = False  # a tag that ends itself


class _Finder:
    """Where signs come next in a text, each looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}

    def find(self, sign: str, at: int) -> int:
        """Return where *sign* comes next from *at* on, -1 when it does not."""
        known = self._next.get(sign, 0)
        if known < 0 or (known >= at and sign in self._next):
            return known
        self._next[sign] = found = self._text.find(sign, at)
        return found


def tokens(text: str, *, most: int) -> Iterator[Token]:
    """Yield the tags of *text* and what stands between them; it ends after *most* pieces.

    Comments, processing instructions and declarations are left out; what looks like a tag and
    never ends is text.
    """
    finder = _Finder(text)
    start = at = 0
    for _ in range(most):
        at = text.find("<", at)
        if at < 0:
            break
        token, end = _piece(text, at, finder)
        if end == at and _is_cut_off(text, at):
            yield Token(TEXT, text[start:at])
            return
        if end == at:
            at += 1
            continue
        if start < at:
            yield Token(TEXT, text[start:at])
        if token is not None:
            yield token
        start = at = end
    else:
        return
    if start < len(text):
        yield Token(TEXT, text[start:])


def declarations(text: str) -> Iterator[str]:
    """Yield what *text* declares, each up to its ">" or the signs in which more would be."""
    finder = _Finder(text)
    at = finder.find("<!", 0)
    while at >= 0:
        if text.startswith(("<!--", "<![CDATA["), at):
            _, end = _declared(text, at, finder)
        else:
            end = finder.find(">", at)
            end = len(text) if end < 0 else end
            yield text[at : min(end, at + _LONGEST_DECLARATION)]
        at = finder.find("<!", max(end, at + 2))


def literals(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of *text*, and whether what is in them is taken as it is."""
    finder = _Finder(text)
    at = 0
    while at < len(text):
        start = finder.find("<![CDATA[", at)
        end = finder.find("]]>", start) if start >= 0 else -1
        if end < 0:
            yield text[at:], False
            return
        yield text[at:start], False
        yield text[start : end + 3], True
        at = end + 3


def attributes(token: Token) -> dict[str, str]:
    """Return the attributes of a tag, their names in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(token.attributes, 0, _LONGEST_ATTRIBUTES):
        if len(found) >= _MOST_ATTRIBUTES:
            break
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].casefold(), references(value))
    return found


def references(text: str) -> str:
    """Return *text* with its character references resolved, once; others stay as they are."""
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def _resolved(match: re.Match[str]) -> str:
    if match[3]:
        return html5.get(f"{match[3]};", match[0])
    code = int(match[1]) if match[1] else int(match[2], 16)
    if 0x80 <= code < 0xA0:  # meant as the letters of Windows
        return bytes([code]).decode("cp1252", "replace")
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def _piece(text: str, at: int, finder: _Finder) -> tuple[Token | None, int]:
    """Return what begins at *at*, if it is worth a token, and where it ends; *at* for no markup."""
    if text.startswith(("<!", "<?"), at):
        return _declared(text, at, finder)
    simple = _SIMPLE.match(text, at)
    if simple:
        return _tag(simple[1], simple[2], simple[3]), simple.end()
    name = _NAME.match(text, at)
    end = _end(text, name.end(), finder) if name else -1
    if name is None or end < 0:
        return None, at
    return _tag(name[1], name[2], text[name.end() : end - 1]), end


def _tag(slash: str, name: str, rest: str) -> Token:
    kind = END if slash else START
    return Token(kind, name.casefold(), rest.rstrip("/"), rest.endswith("/"))


def _end(text: str, at: int, finder: _Finder) -> int:
    """Return where the tag ends whose name ends at *at*, -1 when it does not."""
    rest = _REST.match(text, at)
    if rest:
        return rest.end()
    closing = finder.find(">", at)  # a quotation mark that stands by itself
    return closing + 1 if closing >= 0 and text.find("<", at, closing) < 0 else -1


def _is_cut_off(text: str, at: int) -> bool:
    """Return whether the text ends within the tag that begins at *at*."""
    return len(text) - at < _LONGEST_CUT and _CUT.fullmatch(text, at) is not None


def _declared(text: str, at: int, finder: _Finder) -> tuple[Token | None, int]:
    opening, closing = next(pair for pair in _ENDS if text.startswith(pair[0], at))
    start = at + len(opening)
    end = finder.find(closing, start)
    if end < 0:  # never closed: only the sign goes away
        return None, start
    is_literal = opening == "<![CDATA["
    return Token(LITERAL, text[start:end]) if is_literal else None, end + len(closing)
