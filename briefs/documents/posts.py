"""A text in, the social media posts that it embeds out."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from briefs import words
from briefs.documents import dates
from briefs.model import Post, Span

_SIGNATURE = re.compile(
    r"(?:[\u2012-\u2015]|--)\s{0,3}"
    r"((?:[^\n()@\u2012-\u2015]|\n(?=[^\n])){1,80}?)\s{0,3}"
    r"\(@([\w.]{1,60})\)\s{0,3}"
    rf"({dates.DATE})"
)
_LINK = re.compile(r"(?:https?://|pic\.(?:twitter|x)\.com/|t\.co/)\S+")
_LONGEST_LINK = 300
_MARKS = "-\u2022*"


def find(text: str) -> tuple[Post, ...]:
    """Return the posts that are signed "- Name (@handle) October 7, 2021", in order."""
    signatures = tuple(_SIGNATURE.finditer(text))
    blocks = words.blocks(text) if signatures else ()
    posts: list[Post] = []
    earliest = 0
    for signature in signatures:
        span = _body(text, blocks, earliest, signature.start())
        if span.start < span.end:
            posts.append(_post(signature, span))
        earliest = signature.end()
    return tuple(posts)


def _post(signature: re.Match[str], span: Span) -> Post:
    return Post(
        span=span,
        author=" ".join(signature[1].split()),
        handle=signature[2],
        published=dates.parse(" ".join(signature[3].split())),
    )


def _body(text: str, blocks: Sequence[Span], earliest: int, signature: int) -> Span:
    """Return what was posted: the paragraph before *signature*, or the list and what leads it."""
    end = _without_links(text, earliest, signature)
    at = bisect_right(blocks, end - 1, key=lambda block: block.start) - 1
    while at > 0 and blocks[at].start > earliest and text[blocks[at].start] in _MARKS:
        at -= 1
    start = max(blocks[at].start, earliest) if at >= 0 else end
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Span(start, end)


def _without_links(text: str, start: int, end: int) -> int:
    """Return where the words of text[start:end] end, before the links to pictures."""
    while end > start:
        tail = text[max(start, end - _LONGEST_LINK) : end]
        last = tail.rsplit(maxsplit=1)[-1:]
        if last and not _LINK.fullmatch(last[0].rstrip()):
            return end - len(tail) + len(tail.rstrip())
        end -= len(tail) - tail.rfind(last[0]) if last else len(tail)
    return start
