"""A web page in, its parts out: trafilatura finds what is the article in it."""

import logging
import re
from collections.abc import Iterator

from briefs import words
from briefs.documents import dates
from briefs.documents.parts import Parts
from briefs.errors import DocumentError

_HEAD = 4_096  # bytes, or characters, in which a page says what it is
_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{1,40})", re.IGNORECASE
)
_LANGUAGE = re.compile(r"<html[^<>]{0,500}?\slang\s{0,3}=\s{0,3}[\"']?([\w-]{1,20})", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"<meta[^<>]{0,100}?[\"'](?:article:published_time|datePublished)[\"']"
    r"\s+content\s{0,3}=\s{0,3}[\"']([^\"'<>]{10,35})[\"']"
)
_DECLARATION = re.compile(r"\s*<\?xml[^<>]{0,200}\?>", re.IGNORECASE)


def charset(data: bytes) -> str:
    """Return the encoding that the page declares for itself, or ""."""
    found = _CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii") if found else ""


def read(text: str, *, name: str) -> Parts:
    """Take the page *text* apart; DocumentError when no article is found in it."""
    import trafilatura

    for noisy in ("trafilatura", "htmldate"):  # they log pieces of the page
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    declaration = _DECLARATION.match(text)
    try:
        found = trafilatura.bare_extraction(
            text[declaration.end() :] if declaration else text,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            # Without a last day of its own, the search for dates would ask today's.
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": "9999-12-31",
            },
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise _unreadable(name) from error
    if not isinstance(found, trafilatura.settings.Document) or not (found.text or "").strip():
        raise _unreadable(name)
    language = _LANGUAGE.search(text[:_HEAD])
    title = found.title or ""
    return Parts(
        text="\n".join(_body(found.text or "", title)),
        fields={
            "title": title,
            "standfirst": found.description or "",
            "source": found.sitename or found.hostname or "",
            "author": found.author or "",
            "url": found.url or "",
            "date": _published(text) or found.date or "",
            "language": language[1] if language else "",
        },
        how="metadata",
    )


def _published(text: str) -> str:
    """Return the time that the page declares, which trafilatura reduces to its day."""
    found = _PUBLISHED.search(text)
    return found[1] if found and dates.parse(found[1]) else ""


def _unreadable(name: str) -> DocumentError:
    return DocumentError(
        name, "has no readable text: if the article is in there, save it as .txt or .md."
    )


def _body(text: str, title: str) -> Iterator[str]:
    """Yield the blocks of *text*, without the title where it is repeated on top."""
    blocks = [line for line in text.split("\n") if line.strip()]
    is_repeated = bool(title) and words.fold(blocks[0]) == words.fold(title)
    yield from blocks[1:] if is_repeated else blocks
