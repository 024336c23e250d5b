"""What a reader sees, taken apart: the quoted rows of an answer, with where they come from."""

import re
from datetime import datetime
from pathlib import Path

from bot import markup

_MARKS = re.compile(r"(?<!\\)\*\*")  # what a search puts around the words that it found
_ORIGIN = re.compile(r"— (?P<source>.+?)(?:, <t:(?P<stamp>\d+):D>|, undated)")


def words(text: str) -> str:
    """Return *text* of Discord as it looks."""
    return markup.unescape(text)


def rows(text: str) -> list[str]:
    """Return the quoted rows of *text*, as they look."""
    found = (row.removeprefix("> ") for row in text.split("\n") if row.startswith("> "))
    return [markup.unescape(_MARKS.sub("", row)) for row in found]


def quotations(text: str) -> list[tuple[str, str, int]]:
    """Return each quoted row of *text* with its source and its date, in seconds since 1970."""
    found, waiting = [], []
    for row in text.split("\n"):
        if row.startswith("> "):
            waiting += rows(row)
        elif origin := _ORIGIN.match(row):
            stamp = int(origin["stamp"] or 0)
            found += [(quoted, markup.unescape(origin["source"]), stamp) for quoted in waiting]
            waiting = []
    return found


def documents(folder: Path) -> dict[tuple[str, int], str]:
    """Return the text of each document in *folder* by its source and date."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("2*.md"))]
    return {(_field(text, "source"), _stamp(_field(text, "date"))): text for text in texts}


def _field(text: str, name: str) -> str:
    return text.split(f"\n{name}: ", 1)[1].split("\n", 1)[0]


def _stamp(date: str) -> int:
    return int(datetime.fromisoformat(date).timestamp())
