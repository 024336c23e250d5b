"""A length as people write it in, how much a briefing may say out; and which sections it has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefs.errors import UsageError

SECTIONS = ("lines", "quotes", "figures", "disputes", "also", "people", "quiet")
_READ = 238  # words a minute, silently, of non-fiction in English: Brysbaert (2019)
_MEASURED = re.compile(r"(\d{1,5})\s*(line|word|minute)s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How many stories a briefing tells, and how much of each; and of all together."""

    stories: int
    lines: int  # of a story
    quotes: int
    figures: int
    also: int
    disputes: bool = True
    total_lines: int | None = None
    total_words: int | None = None


LENGTHS: Mapping[str, Length] = {
    "short": Length(stories=3, lines=1, quotes=0, figures=1, also=0),
    "normal": Length(stories=6, lines=2, quotes=1, figures=3, also=1),
    "long": Length(stories=12, lines=3, quotes=2, figures=5, also=2),
}
# Of as many stories as there is room for.
_BARE = Length(stories=60, lines=1, quotes=0, figures=0, also=0, disputes=False)
_FULL = replace(_BARE, lines=2, disputes=True)
_FEW = 6  # lines of a briefing of which a story has one, and nothing else
_LINE = 25  # words that a line has, about
_ROOM = {"quotes": 4, "figures": 5, "also": 6}  # lines that a story must have room for


def read(text: str) -> Length:
    """Read a length: short, normal, long, or "20 lines", "400 words", "3 minutes".

    Raises UsageError for anything else. Lines and words are those that are quoted under the
    headlines: in lines, quotations, figures and what is also reported.
    """
    if text in LENGTHS:
        return LENGTHS[text]
    match = _MEASURED.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        raise UsageError(
            f"There is no length “{text[:40]}”: use {', '.join(LENGTHS)}, or a number of lines, "
            "words or minutes, like “20 lines”."
        )
    number, unit = int(match[1]), match[2].casefold()
    if unit == "line":
        return replace(_FULL if number > _FEW else _BARE, total_lines=number)
    words = number * _READ if unit == "minute" else number
    return replace(_FULL if words > _FEW * _LINE else _BARE, total_words=words)


def spread(length: Length, stories: int) -> Length:
    """Return *length* with more of each story, when there are so few that it would not be used."""
    total = length.total_lines or (length.total_words or 0) // _LINE
    each = total // max(stories, 1)
    if not total or each <= length.lines:
        return length
    return replace(
        length,
        lines=min(each, 3),
        disputes=length.disputes or each > 2,
        quotes=int(each >= _ROOM["quotes"]),
        figures=int(each >= _ROOM["figures"]),
        also=int(each >= _ROOM["also"]),
    )


def sections(names: Sequence[str]) -> tuple[str, ...]:
    """Return *names* of sections as they are shown, in their order; UsageError for an unknown."""
    for name in names:
        if name not in SECTIONS:
            raise UsageError(f"There is no section “{name[:40]}”: use {', '.join(SECTIONS)}.")
    return tuple(dict.fromkeys(names)) or SECTIONS


def within(length: Length, names: Sequence[str]) -> Length:
    """Return *length* without what stands in none of the sections *names*."""
    return replace(
        length,
        lines=length.lines if "lines" in names else 0,
        quotes=length.quotes if "quotes" in names else 0,
        figures=length.figures if "figures" in names else 0,
        also=length.also if "also" in names else 0,
        disputes=length.disputes and "disputes" in names,
    )
