"""Runs in, the rows that they stand in out, each with what it is for."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from briefs.model import Break, Label, Page, Quotation, Run, Source, Style

_PATTERNS = {"date": "%d %b %Y", "time": "%H:%M UTC", "full": "%d %b %Y %H:%M UTC"}


class Role(StrEnum):
    """What a row is for."""

    STORY = "story"  # a headline: what follows belongs to it
    SECTION = "section"  # of the whole, after the stories
    QUOTE = "quote"
    SOURCE = "source"
    HEADING = "heading"
    FAINT = "faint"
    PLAIN = "plain"


class Row(NamedTuple):
    """The runs of one line, without its break."""

    role: Role
    runs: tuple[Run, ...]


def rows(pages: Sequence[Page]) -> Iterator[Row]:
    """Yield the rows of *pages*, one page after another; empty ones are left out."""
    for page in pages:
        current: list[Run] = []
        for run in (*page.runs, Break()):
            if not isinstance(run, Break):
                current.append(run)
            elif current:
                yield Row(_role(current), tuple(current))
                current = []


def address(url: str) -> str:
    """Return *url* when it is one that may be linked to: http or https, and nobody's password."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    allowed = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    return url if allowed else ""


def moment(at: datetime, form: str) -> str:
    """Write *at* as people read it, in UTC."""
    return f"{at.astimezone(UTC):{_PATTERNS[form]}}".lstrip("0")


def _role(runs: Sequence[Run]) -> Role:
    if isinstance(runs[-1], Quotation) and runs[-1].span is None:
        return Role.STORY
    match runs[0]:
        case Label(style=Style.QUOTE):
            return Role.QUOTE
        case Label(style=Style.FAINT):
            return Role.FAINT
        case Label(style=Style.HEADING):
            return Role.SECTION
        case Label(style=Style.STRONG):
            return Role.HEADING
    return Role.SOURCE if any(isinstance(run, Source) for run in runs) else Role.PLAIN
