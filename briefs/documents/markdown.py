"""Markdown in, its parts out: the words without the marks.

A small reader, not a parser: it takes away what would show as marks. Tables stay as they are
written, code keeps its lines, pictures and comments go, and a list item keeps a plain "- ".
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from html import unescape

from briefs import words
from briefs.documents import front_matter
from briefs.documents.parts import Parts

_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(\S.*)")
_CLOSING = re.compile(r"\s#+\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\* ?){3,}|(?:- ?){3,}|(?:_ ?){3,})$")
_QUOTE = re.compile(r"(?:\s{0,3}>){1,5}\s?")
_ITEM = re.compile(r"\s*[-*+]\s+(?=\S)")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)]\s+\S")
_DEFINITION = re.compile(r"\s{0,3}\[[^\[\]\n]{1,200}\]:\s+\S")
_BREAK = re.compile(r"(?: {2}|\\)$")

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHELTER = 0x10FF00  # where an escaped sign stands while marks are taken away
_SHELTERED = re.compile("[\U0010ff00-\U0010ff7f]")
_ADDRESS = r"\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s+\"[^\"\n]{0,300}\")?\)"
_PICTURE = re.compile(rf"!\[[^\[\]\n]{{0,500}}\](?:{_ADDRESS}|\[[^\[\]\n]{{0,200}}\])")
_LINK = re.compile(rf"\[([^\[\]\n]{{0,500}})\](?:{_ADDRESS}|\[[^\[\]\n]{{0,200}}\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>")
_EMPHASIS = (
    re.compile(r"(\*{1,3})(?=[^\s*])([^*\n]{0,1000}[^\s*])\1"),
    re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_\n]{0,1000}[^\s_])\1(?!\w)"),
    re.compile(r"(~~)(?=[^\s~])([^~\n]{0,1000}[^\s~])\1"),
    re.compile(r"(`{1,2})(?=[^\s`])([^`\n]{0,1000}[^\s`])\1"),
)


class _Line(Enum):
    TEXT = auto()
    BLANK = auto()  # or a rule, or a fence: it ends a paragraph
    HEADING = auto()
    UNDERLINE = auto()  # makes the paragraph above it a heading
    ITEM = auto()
    CODE = auto()


def read(text: str, *, name: str) -> Parts:
    """Take *text* apart; DocumentError when its front matter cannot be read.

    The first heading of the first level is the title when the front matter gives none, and is
    left out of the text when it only repeats the title.
    """
    parts = front_matter.take(text, name=name)
    fields = dict(parts.fields)
    blocks = [(level, _plain(block)) for level, block in _blocks(_without_comments(parts.text))]
    heading = next((block for level, block in blocks if level == 1), "")
    fields["title"] = fields.get("title") or heading
    if heading and words.fold(heading) == words.fold(fields["title"]):
        blocks.remove((1, heading))
    return Parts(text="\n".join(block for _, block in blocks if block), fields=fields)


def _without_comments(text: str) -> str:
    kept: list[str] = []
    start = 0
    while (begin := text.find("<!--", start)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept.append(text[start:begin])
        start = end + 3
    return "".join([*kept, text[start:]])


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each block with its level: 1 to 6 for a heading, 0 for the rest."""
    paragraph: list[str] = []
    for what, line in _lines(text):
        if what is _Line.TEXT:
            paragraph.append(line)
            continue
        if paragraph:
            level = _underlined(line) if what is _Line.UNDERLINE else 0
            yield level, " ".join(paragraph)
        paragraph = [line] if what is _Line.ITEM else []
        if what is _Line.HEADING:
            marks, _, heading = line.partition(" ")
            yield len(marks), _CLOSING.sub("", heading.strip())
        elif what is _Line.CODE:
            yield 0, line


def _underlined(line: str) -> int:
    return 1 if line.startswith("=") else 2


def _lines(text: str) -> Iterator[tuple[_Line, str]]:
    """Yield the lines of *text* with what they are; the last one is blank."""
    is_code = False
    for raw in text.split("\n"):
        line = raw if is_code else _unquoted(raw)
        if _FENCE.match(line):
            is_code = not is_code
            yield _Line.BLANK, ""
        elif is_code:
            yield _Line.CODE, line
        else:
            item = _ITEM.match(line)
            yield _kind(line), ("- " + line[item.end() :] if item else line).strip()
            if _BREAK.search(line[-80:]):
                yield _Line.BLANK, ""
    yield _Line.BLANK, ""


def _unquoted(line: str) -> str:
    mark = _QUOTE.match(line)
    return line[mark.end() :] if mark else line


def _kind(line: str) -> _Line:
    if _HEADING.match(line):
        return _Line.HEADING
    if _UNDERLINE.match(line):
        return _Line.UNDERLINE
    if not line.strip() or _RULE.match(line) or _DEFINITION.match(line):
        return _Line.BLANK
    return _Line.ITEM if _ITEM.match(line) or _NUMBERED.match(line) else _Line.TEXT


def _plain(block: str) -> str:
    """Return *block* without the marks of emphasis, links and pictures."""
    text = _ESCAPED.sub(lambda match: chr(_SHELTER + ord(match[1])), block)
    text = _LINK.sub(r"\1", _PICTURE.sub("", text))
    text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\2", text)
    return _SHELTERED.sub(lambda match: chr(ord(match[0]) - _SHELTER), unescape(text)).strip()
