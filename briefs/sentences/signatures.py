"""A document in; which parts of it are posts, and which are their signatures, out."""

import re

from briefs.model import Document, Post, SentenceKind, Span

_REACH = 2_000  # characters after a post in which its signature is looked for
_DATE = re.compile(
    r"[^\w\n]{0,4}(?:[^\W\d]{3,9}\.?\s\d{1,2},?\s\d{4}|\d{1,2}\s[^\W\d]{3,9}\.?,?\s\d{4})"
)


def zones(document: Document) -> tuple[tuple[Span, SentenceKind], ...]:
    """Return the posts of *document* and their signatures, in order and apart."""
    found: list[tuple[Span, SentenceKind]] = []
    earliest = 0
    for post in sorted(document.posts, key=lambda post: post.span):
        if earliest <= post.span.start < post.span.end <= len(document.text):
            earliest = _signature_end(document.text, post)
            found.append((post.span, SentenceKind.POST))
            found.append((Span(post.span.end, earliest), SentenceKind.SIGNATURE))
    return tuple(zone for zone in found if zone[0].start < zone[0].end)


def _signature_end(text: str, post: Post) -> int:
    """Return where the links and the name under *post* end; its own end when there are none."""
    handle = f"(@{post.handle})"
    at = text.find(handle, post.span.end, post.span.end + _REACH)
    if at < 0:
        return post.span.end
    end = at + len(handle)
    date = _DATE.match(text, end)
    return date.end() if date else end
