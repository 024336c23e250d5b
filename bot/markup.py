"""Runs in, Discord's text out: quoted words gain backslashes and nothing else.

Words of documents stand behind a quote bar or are a title in bold; everything else is ours.
`unescape(plain(text)) == text` for every text, so a line on the screen can be proved verbatim.
"""

import re
from typing import assert_never
from urllib.parse import SplitResult, quote, urlsplit

from briefs import words
from briefs.model import Break, Label, Moment, Page, Quotation, Run, Source, Style
from briefs.pages import Limits

# Discord shows the character after a backslash as it is, unless it is a letter, digit or space.
# The colon keeps addresses and :emoji: from forming, the rest mentions, links, fences and styles.
_ACTIVE = re.compile(r"[\\`*_~|<>\[\]()#@:]")
_NEWLINES = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_START = rf"(?:^|(?<=[{_NEWLINES}]))([^\S{_NEWLINES}]*"
_BULLET = re.compile(_START + r")([-+])")
_NUMBER = re.compile(_START + r"\d+)\.")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")

_FORMS = {"date": "D", "time": "t", "full": "f"}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.ASCII)
_SAFE = "/%~.,;=&+$!-_?:@"
_LONGEST_ADDRESS = 512
_ODD = re.compile(r"\\+\Z")


def plain(text: str) -> str:
    """Escape *text* so that it pings nobody, formats nothing and links nowhere."""
    escaped = _ACTIVE.sub(r"\\\g<0>", text)
    escaped = _BULLET.sub(r"\1\\\2", escaped)
    return _NUMBER.sub(r"\1\\.", escaped)


def unescape(text: str) -> str:
    """Return the text that `plain` was given."""
    return _ESCAPED.sub(r"\1", text)


def length(text: str) -> int:
    """Return the length of *text* in UTF-16 units, which is never less than in code points."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, limit: int) -> str:
    """Return the longest start of the escaped *text* that has at most *limit* UTF-16 units.

    It ends between two graphemes and leaves no backslash that would escape what comes next. No
    fence is left open, because there is none: every backtick is escaped.
    """
    if length(text) <= limit:
        return text
    short = text[: words.cut(text, _points(text, limit))]
    odd = _ODD.search(short)
    return short[:-1] if odd and len(odd[0]) % 2 else short


def render(run: Run) -> str:
    """Return Discord's text for one *run*; `body` puts several together."""
    match run:
        case Label():
            return _label(run)
        case Quotation():
            return _around(plain(run.text), "**") if run.strong else plain(run.text)
        case Source():
            return _source(run)
        case Moment():
            return f"<t:{int(run.at.timestamp())}:{_FORMS[run.form]}>"
        case Break():
            return "\n\n" if run.blank else "\n"
    assert_never(run)


def body(page: Page) -> str:
    """Return Discord's text for *page*, never longer than the sum of its runs."""
    text = ""
    for run in page.runs:
        part = render(run)
        if text and not text.endswith("\n") and isinstance(run, Label):
            part = _inline(run, part)
        text += part
    return text


def address(url: str) -> tuple[str, str]:
    """Return the host of *url* and the address made safe to stand in a link; empty: no link."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        safe = _encoded(parts, host)
    except ValueError:  # UnicodeError is one too
        return "", ""
    allowed = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    if allowed and _HOST.fullmatch(host) and len(safe) <= _LONGEST_ADDRESS:
        return host, safe
    return "", ""


def _encoded(parts: SplitResult, host: str) -> str:
    """Put the address together with every character encoded that could end a link."""
    port = f":{parts.port}" if parts.port else ""
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, safe=_SAFE)}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{quote(parts.path, safe=_SAFE)}{query}{fragment}"


def _label(label: Label) -> str:
    if label.style is Style.QUOTE:
        return f"> {plain(label.text)}"
    text = plain(label.text)
    if not text.strip():
        return text
    match label.style:
        case Style.STRONG:
            return _around(text, "**")
        case Style.FAINT:
            return f"-# {text}"
        case Style.HEADING:
            return f"### {text}"
    return text


def _inline(label: Label, part: str) -> str:
    """Small words and headings only exist at the start of a line."""
    match label.style:
        case Style.FAINT | Style.QUOTE:
            return plain(label.text)
        case Style.HEADING:
            return _around(plain(label.text), "**")
    return part


def _around(text: str, marks: str) -> str:
    """Put *marks* around *text* but not around the white space at its ends, where they fail."""
    inner = text.strip()
    if not inner:
        return text
    before, _, after = text.partition(inner)
    return f"{before}{marks}{inner}{marks}{after}"


def _source(source: Source) -> str:
    """Name the source; the only link there is shows its host and leads there."""
    host, safe = address(source.url)
    name = plain(source.name)
    if not host:
        return name
    link = f"[{host}](<{safe}>)"
    return link if source.name.casefold() == host else f"{name} ({link})"


def _points(text: str, limit: int) -> int:
    """Return how many code points of *text* fit in *limit* UTF-16 units."""
    units = 0
    for count, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > limit:
            return count
    return len(text)


LIMITS = Limits(body=3_500, render=render, length=length)  # an embed takes 4,096
