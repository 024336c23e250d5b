"""Plain text in, its parts out: the title on top, and blocks without their line breaks."""

import re

from briefs import words
from briefs.documents import front_matter
from briefs.documents.parts import Parts

_LONGEST_TITLE = 120
_TITLE = re.compile(r"([^\n]*\S)[^\S\n]*\n[^\S\n]*\n\s*(?=\S)")
_NO_TITLE = re.compile(r"[-\u2022*\u2013\u2014>]|[^(]{0,80}\(@")
_SENTENCE_END = (
    ".",
    "\u2026",
    ":",
    ";",
    ",",
    "\u3002",
    '."',
    ".\u201d",
    ".\u2019",
    ".)",
    ".\u00bb",
)
_UNSPACED = re.compile("[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def read(text: str, *, name: str) -> Parts:
    """Take *text* apart; DocumentError when its front matter cannot be read."""
    parts = front_matter.take(text, name=name)
    fields = dict(parts.fields)
    rest = parts.text.strip()
    if not fields.get("title"):
        title, rest = _title(rest)
        fields["title"] = title
    return Parts(text=join(rest), fields=fields)


def _title(text: str) -> tuple[str, str]:
    """Split *text* into its title, "" when its first line is none, and the rest."""
    found = _TITLE.match(text[: 2 * _LONGEST_TITLE])
    if found is None:
        return "", text
    line = found[1].strip()
    is_title = (
        len(line) <= _LONGEST_TITLE
        and any(char.isalpha() for char in line)
        and not line.endswith(_SENTENCE_END)
        and not _NO_TITLE.match(line)
    )
    return (line, text[found.end() :]) if is_title else ("", text)


def join(text: str) -> str:
    """Return the blocks of *text*, one in a line."""
    return "\n".join(_one_line(text[slice(*block)]) for block in words.blocks(text))


def _one_line(block: str) -> str:
    first, *others = (line.strip() for line in block.split("\n"))
    joined = [first]
    for line in others:
        joined += [_between(joined[-1], line), line]
    return "".join(joined)


def _between(line: str, after: str) -> str:
    """Return what stands for the line break: nothing after a hyphen, or in unspaced scripts."""
    is_hyphen = len(line) > 1 and line[-1] == "-" and line[-2].isalpha() and after[:1].isalpha()
    is_unspaced = bool(_UNSPACED.match(line[-1:]) and _UNSPACED.match(after[:1]))
    return "" if is_hyphen or is_unspaced else " "
