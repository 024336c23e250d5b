"""Pages in, text for a terminal out: the same runs that Discord would show."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from rich.console import Console
from rich.text import Text

from briefs.model import Break, Label, Moment, Page, Quotation, Run, Source, Style

_STYLES = {
    Style.PLAIN: "",
    Style.STRONG: "bold",
    Style.FAINT: "dim",
    Style.HEADING: "bold underline",
    Style.QUOTE: "cyan",
}


def show(pages: Iterable[Page]) -> None:
    """Print *pages* to stdout, styled when a person watches."""
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for page in pages:
        text = Text()
        text.append(f"{_title(page)}\n\n", "bold magenta")
        for run in page.runs:
            text.append(*_drawn(run))
        console.print(text)


def dump(value: Mapping[str, object]) -> None:
    """Print *value* as one line of JSON, its version first."""
    sys.stdout.write(json.dumps({"version": 1, **value}, ensure_ascii=False) + "\n")


def iso(at: datetime | None) -> str | None:
    """Write *at* as programs read it: ISO 8601 with Z."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _title(page: Page) -> str:
    return page.title if page.total == 1 else f"{page.title} ({page.number}/{page.total})"


def _drawn(run: Run) -> tuple[str, str]:
    match run:
        case Label(style=Style.QUOTE):
            return "  │ ", "cyan"
        case Label(text, style):
            return text, _STYLES[style]
        case Quotation(text, strong=strong):
            return text, "bold" if strong else ""
        case Source(name, url):
            return (f"{name} <{url}>" if url else name), "italic"
        case Moment(at, form):
            return moment(at, form), ""
        case Break(blank):
            return ("\n\n" if blank else "\n"), ""


def moment(at: datetime, form: str) -> str:
    """Write *at* as people read it, in UTC."""
    patterns = {"date": "%d %b %Y", "time": "%H:%M UTC", "full": "%d %b %Y %H:%M UTC"}
    return f"{at.astimezone(UTC):{patterns[form]}}".lstrip("0")
