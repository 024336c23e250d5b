"""A piece of text in; what it is when it speaks for the website, and not for an article, out.

What stands between quotation marks says nothing: an article about consent pages quotes them.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from briefs.notices import cues, talk

_LONGEST = 900  # characters; a notice is shorter, and the partners of no site need more
_QUOTED = re.compile(
    "\u201c[^\u201c\u201d]{0,600}[\u201d]|\u201e[^\u201e\u201c\u201d]{0,600}[\u201c\u201d]"
    "|\u00ab[^\u00ab\u00bb]{0,600}\u00bb|\u2018[^\u2018\u2019]{0,300}\u2019(?!\\w)"
    '|"[^"]{0,600}"'
)
_SAYING = re.compile(
    '[\u201c\u201e\u00ab"](?:[^\\s"\u201c\u201d\u00bb]{1,40}\\s){3,20}'
    '[^\\s"\u201c\u201d\u00bb]{1,40}[\u201d\u201c\u00bb"]'
)  # four words or more: no label of a button
_PLAIN = str.maketrans({"\u2019": "'", "\u00a0": " ", "\u202f": " ", "\u2026": "..."})


class Notice(StrEnum):
    """What a website says instead of an article, or beside one."""

    CONSENT = "consent"
    PAYWALL = "paywall"
    ERROR = "error"
    CHECK = "check"
    LOGIN = "login"
    NEWSLETTER = "newsletter"
    FURNITURE = "furniture"


_SURE = {Notice(name): cues.patterns(rows) for name, rows in cues.SURE.items()}
_LIKELY = {Notice(name): cues.patterns(rows) for name, rows in cues.LIKELY.items()}


def tell(text: str) -> tuple[frozenset[Notice], frozenset[Notice]]:
    """Return what *text*, one sentence or line, is beyond doubt, and what it is likely to be.

    The latter counts when others like it stand beside it.
    """
    plainly = _plain(text)
    return _found(_SURE, plainly), _found(_LIKELY, plainly)


def is_one(text: str) -> bool:
    """Return whether *text*, one sentence or line, is beyond doubt a notice of whatever kind."""
    return bool(_found(_SURE, _plain(text)))


def talks(pieces: Sequence[str]) -> Notice | None:
    """Return what *pieces*, a title and a short text, come to that only talk to their reader."""
    told = talk.about([_plain(piece) for piece in pieces])
    has_quotation = any(_SAYING.search(piece) for piece in pieces)
    return Notice(told) if told and not has_quotation else None


def _plain(text: str) -> str:
    """Return *text* in small letters, without what is quoted in it."""
    return _QUOTED.sub(" ", text[:_LONGEST]).translate(_PLAIN).casefold().strip()


def _found(known: dict[Notice, cues.Patterns], plainly: str) -> frozenset[Notice]:
    return frozenset(
        notice
        for notice, patterns in known.items()
        if any(hint in plainly and pattern.search(plainly) for hint, pattern in patterns)
    )
