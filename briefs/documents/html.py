"""A web page in, its parts out: trafilatura finds what is the article in it."""

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefs import words
from briefs.documents import dates, declared, language, quarantine
from briefs.documents.parts import Parts
from briefs.errors import DocumentError

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Found

_HEAD = 4_096  # bytes in which a page says what it is
_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{1,40})", re.IGNORECASE
)
_FEWEST_LETTERS = 20
_ASIDE = ["//figcaption", "//caption"]  # what says what a picture or a table shows
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
        tree = trafilatura.load_html(text[declaration.end() :] if declaration else text)
        found = _extracted(tree) if tree is not None else None
    except (ValueError, TypeError, RecursionError) as error:
        raise _unreadable(text, name) from error
    if tree is None or found is None or not _says_something(found.text or ""):
        raise _unreadable(text, name)
    title = found.title or ""
    date, how = declared.published(tree)
    if not date:
        date, how = _guessed(found)
    return Parts(
        text="\n".join(_body(found.text or "", title)),
        fields={
            "title": title,
            "standfirst": found.description or "",
            "source": _sitename(found),
            "host": found.hostname or "",
            "author": found.author or declared.authors(tree),
            "url": found.url or declared.address(tree),
            "date": date,
            "language": _language(tree, found.text or ""),
        },
        how=how,
        is_page=True,
    )


def _says_something(text: str) -> bool:
    """Tell an article, however short, from a word or two that a menu left."""
    return sum(char.isalnum() for char in text[:1_000]) >= _FEWEST_LETTERS


def _extracted(tree: "HtmlElement") -> "Found | None":
    import trafilatura

    found = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        prune_xpath=_ASIDE,
        # Without a last day of its own, the search for dates would ask today's.
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "max_date": "9999-12-31",
        },
    )
    return found if isinstance(found, trafilatura.settings.Document) else None


def _sitename(found: "Found") -> str:
    """Return what the site calls itself; its host is no name."""
    name, host = found.sitename or "", found.hostname or ""
    return "" if name.casefold().removeprefix("www.") == host.removeprefix("www.") else name


def _guessed(found: "Found") -> tuple[str, str]:
    """Return the day that was found somewhere on the page, and where."""
    date = found.date or ""
    is_address = bool(date) and date == dates.in_address(found.url or "")
    return date, dates.ADDRESS if is_address else declared.PAGE


def _language(tree: "HtmlElement", text: str) -> str:
    """Return the language that is declared, unless it is the one that most frames come with."""
    told = declared.language(tree)
    is_english = told.casefold().startswith("en")
    doubtful = is_english and not language.is_english(text, least=language.UNLIKE)
    return "" if doubtful else told


def _unreadable(text: str, name: str) -> DocumentError:
    """Return the error that says why nothing was found: perhaps the page asks for something."""
    why = quarantine.reason("", _shown(text), is_page=True)
    told = why or "has no readable text: if the article is in there, save it as .txt or .md."
    return DocumentError(name, told)


def _shown(text: str) -> str:
    """Return all words that a page shows, each element in a line of its own."""
    import trafilatura

    try:
        tree = trafilatura.load_html(text)
    except (ValueError, TypeError, RecursionError):
        return ""
    if tree is None:
        return ""
    hidden = {"script", "style", "template"}
    shown = (each.text for each in tree.iter() if each.tag not in hidden)
    return "\n".join(piece.strip() for piece in shown if piece and piece.strip())


def _body(text: str, title: str) -> Iterator[str]:
    """Yield the blocks of *text*, without the title where it is repeated on top."""
    blocks = [line for line in text.split("\n") if line.strip()]
    is_repeated = bool(title) and words.fold(blocks[0]) == words.fold(title)
    yield from blocks[1:] if is_repeated else blocks
