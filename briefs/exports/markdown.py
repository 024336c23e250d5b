"""Pages in, Markdown out (CommonMark): quotations as block quotes, all signs of theirs escaped."""

import re
from collections.abc import Sequence
from typing import assert_never
from urllib.parse import quote

from briefs.exports.rows import Role, Row, address, moment, rows
from briefs.model import Break, Label, Moment, Page, Quotation, Run, Source, Style

# Every ASCII sign may stand behind a backslash; the white space of a line must not become markup.
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_SAFE = "/%~.,;=&+$-_?:@#"


def markdown(pages: Sequence[Page]) -> str:
    """Return *pages* as Markdown."""
    blocks = [f"# {plain(pages[0].title)}"]
    last = Role.PLAIN
    for row in rows(pages):
        text = _row(row)
        if row.role is Role.QUOTE and last is Role.QUOTE:
            blocks[-1] += f"  \n{text}"
        else:
            blocks.append(text)
        last = row.role
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    """Escape *text* so that it formats nothing and links nowhere."""
    return _SIGNS.sub(r"\\\g<0>", text)


def _row(row: Row) -> str:
    text = "".join(map(_run, row.runs)).strip()
    match row.role:
        case Role.STORY | Role.SECTION:
            return f"## {text}"
        case Role.HEADING:
            return f"### {text}"
        case Role.QUOTE:
            return f"> {text}"
    return text


def _run(run: Run) -> str:
    match run:
        case Label(style=Style.QUOTE) | Break():
            return ""
        case Label(text):
            return plain(text)
        case Quotation(text, span=span, strong=strong):
            return f"**{plain(text)}**" if strong and span and text.strip() == text else plain(text)
        case Source(name, url):
            where = address(url)
            return f"[{plain(name)}](<{quote(where, safe=_SAFE)}>)" if where else plain(name)
        case Moment(at, form):
            return moment(at, form)
    assert_never(run)
