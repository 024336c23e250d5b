"""The HTML of an entry in, its plain text out: one block in a line, without what is no prose."""

import html
import re
from collections.abc import Iterator, Set

from briefs import words
from briefs.feeds import scanning
from briefs.feeds.scanning import Token

_MOST_TOKENS = 200_000
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr",
    "ul",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del",
    "dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "script", "small",
    "span", "strike", "strong", "style", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_DROPPED = frozenset({
    "audio", "button", "canvas", "figcaption", "head", "iframe", "map", "math", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "video",
})  # fmt: skip
_TABLES = frozenset({"table"})
_VOID = frozenset({"br", "hr", "img"})
_TAG = re.compile(r"<[^<>]{0,5000}>")
_RAW = frozenset({"script", "style", "textarea"})  # they hold no tags, so none is counted
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_SAMPLE = 2_000  # tokens that are looked at to tell HTML from plain text

_OPEN, _CLOSE = "\ue000", "\ue001"  # around the text of a link, until tails are cut
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_SPACE = re.compile(r"[^\S\n]+")
_LINK_AT_END = re.compile(rf"\s?[\[(]?{_OPEN}([^{_OPEN}{_CLOSE}]{{0,300}}){_CLOSE}\W{{0,9}}$")
_MORE = re.compile(
    r"\W{0,9}(?:(?:continue|keep) reading\b.{0,300}|(?:read|see|view|learn|find out) (?:the )?"
    r"(?:more|on|full|whole|rest|entire|original|complete)\b[^.!?]{0,80}"
    r"|(?:read|full) (?:article|story|post|text)|weiterlesen|lire la suite|leer m\u00e1s"
    r"|leggi tutto)\W{0,9}",
    re.IGNORECASE,
)
_ONWARD = re.compile(r"\W{0,9}(?:more|comments|link)\W{0,9}", re.IGNORECASE)  # as links only
_APPEARED = re.compile(
    r"(?:The (?:post|article)|This (?:post|article|entry)) .{0,600}"
    r"\b(?:appeared first|first appeared|originally appeared) (?:on|in|at) .{1,300}",
    re.IGNORECASE,
)


def looks_like(text: str) -> bool:
    """Return whether *text* is HTML: it has tags, and not only such as begin an element."""
    tags = (each for each in scanning.tokens(text, most=_SAMPLE) if each.kind != scanning.TEXT)
    return any(
        (each.kind == scanning.END and each.value in _BLOCKS | _INLINE) or each.value in _VOID
        for each in tags
    )


def line(source: str) -> str:
    """Return the text of *source*, HTML, in one line."""
    pieces = (piece or " " for piece in _pieces(source, frozenset()))
    return " ".join(_MARKS.sub("", "".join(pieces)).split())


def text(source: str) -> str:
    """Return the blocks of *source*, HTML, one in a line; of tables only when there is no more."""
    blocks = _told(_blocks(source, _TABLES)) or _told(_blocks(source, frozenset()))
    return "\n".join(blocks)


def plain(source: str) -> str:
    """Return the blocks of *source*, plain text, one in a line."""
    return "\n".join(_told(iter([_MARKS.sub("", "\n".join(source.splitlines()))])))


def roughly(source: str) -> str:
    """Return the lines of *source*, HTML, whatever its tags mean: for more than there is time for.

    So is HTML read that has no tags: what parts its paragraphs are then its lines.
    """
    return plain(html.unescape(_TAG.sub(" ", source) if "<" in source else source))


def _told(blocks: Iterator[str]) -> list[str]:
    """Return *blocks* without the invitations to read on that stand behind them."""
    found = [line for block in blocks for line in _lines(block)]
    while found:
        last = _without_links(found.pop())
        if last and not _MORE.fullmatch(last) and not _APPEARED.fullmatch(last):
            found.append(last)
            break
    return [told for line in found if (told := " ".join(_MARKS.sub("", line).split()))]


def _without_links(block: str) -> str:
    """Return *block* without the links at its end that only lead on."""
    found = _LINK_AT_END.search(block[-400:])
    while found and (_MORE.fullmatch(found[1]) or _ONWARD.fullmatch(found[1])):
        block = block[: len(block) - len(found.group())].rstrip()
        found = _LINK_AT_END.search(block[-400:])
    return _MARKS.sub("", block)


def _lines(block: str) -> Iterator[str]:
    """Yield the blocks that *block* is by its line breaks."""
    if "\n" not in block:
        yield " ".join(block.split())
        return
    broken = "\n".join(_SPACE.sub(" ", each).strip() for each in block.split("\n"))
    for start, end in words.blocks(broken):
        yield " ".join(broken[start:end].split())


def _blocks(source: str, dropped: Set[str]) -> Iterator[str]:
    """Yield the blocks of *source* that hold a letter or a digit; a newline in one is a `br`."""
    pieces: list[str] = []
    for piece in _pieces(source, dropped):
        if piece:
            pieces.append(piece)
            continue
        block = "".join(pieces)
        if any(char.isalnum() for char in block):
            yield block
        pieces = []


def _pieces(source: str, dropped: Set[str]) -> Iterator[str]:
    """Yield the text of *source* in pieces, "" where a block ends.

    An element that never ends hides nothing, or all that comes behind it would be gone.
    """
    within, depth = "", 0  # the element that is left out, and how deep in it this is
    folded = source.casefold()
    left_out = {name for name in _DROPPED | dropped if name in _RAW or f"</{name}" in folded}
    for token in scanning.tokens(source, most=_MOST_TOKENS):
        if within:
            depth += _step(token, within)
            within = within if depth > 0 else ""
        elif token.kind in (scanning.TEXT, scanning.LITERAL):
            yield _text(token)
        elif token.kind == scanning.START and _is_left_out(token, left_out):
            within, depth = token.value, 1
        else:
            yield from _tag(token)
    yield ""


def _step(token: Token, within: str) -> int:
    """Return by how much *token* goes deeper into the element *within*."""
    if token.value != within or token.kind not in (scanning.START, scanning.END):
        return 0
    if token.kind == scanning.END:
        return -1
    return int(not token.is_empty and within not in _RAW)


def _is_left_out(token: Token, left_out: Set[str]) -> bool:
    if token.is_empty:
        return False
    can_hide = token.value in _BLOCKS or token.value == "span"
    return token.value in left_out or (can_hide and bool(_HIDDEN.search(token.attributes)))


def _text(token: Token) -> str:
    """Return the text of *token*, in one line; it is never ""."""
    told = token.value if token.kind == scanning.LITERAL else html.unescape(token.value)
    return _MARKS.sub("", " ".join(f"|{told}|".split())[1:-1]) or " "


def _tag(token: Token) -> Iterator[str]:
    if token.value in _BLOCKS:
        yield ""
    elif token.value == "br" and token.kind == scanning.START:
        yield "\n"
    elif token.value == "a":
        yield _CLOSE if token.kind == scanning.END else _OPEN
