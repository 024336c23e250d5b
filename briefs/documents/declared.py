"""The tree of a web page in, what its publisher declares in it out: when it appeared, its language.

What is declared has a time of day and a place where it stands. What is guessed has neither.
"""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from briefs.documents import dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

METADATA = "metadata"  # in the head of a page, for machines
PAGE = "page"  # where readers see it

# The best first; several of them are on most pages, and agree.
_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_at",
    "pubdate",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "date",
)
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "og:locale")
_MOST_AUTHORS = 10
_LONGEST_META = 1_000
_LONGEST = 300_000  # characters of JSON
_MOST = 2_000  # of its objects
_SHOWN = ("publish", "posted", "entry-date", "dateline", "pubdate")  # in the class of an element
_PUBLISHED = "datePublished"
_Json: TypeAlias = dict[str, object]


def published(tree: "HtmlElement") -> tuple[str, str]:
    """Return when the page appeared, as it is written, and where that stood; "" when nowhere."""
    metas = _metas(tree)
    written = [metas.get(name, "") for name in _METAS]
    if found := _first_date([*written[:3], *_in_objects(tree), *written[3:]]):
        return found, METADATA
    found = _first_date(_shown(tree))
    return found, PAGE if found else ""


def language(tree: "HtmlElement") -> str:
    """Return the language that the page says it is in; "" when it does not."""
    metas = _metas(tree)
    of_page = tree.get("lang") or tree.get("xml:lang") or ""
    return next(filter(None, [of_page, *(metas.get(name, "") for name in _LANGUAGES)]), "")


def address(tree: "HtmlElement") -> str:
    """Return what the page calls itself, which may leave out its host; "" when it does not."""
    links = (each.get("href", "") for each in tree.iter("link") if _is_canonical(each))
    return next((each.strip() for each in links if each.strip()), "")


def authors(tree: "HtmlElement") -> str:
    """Return who wrote the article, as objects for search engines say it."""
    found = (each.get("author") for each in _objects(tree) if _is_article(each))
    people = next(filter(None, found), None)
    listed = people if isinstance(people, list) else [people]
    names = (
        each.get("name") if isinstance(each, dict) else each for each in listed[:_MOST_AUTHORS]
    )
    return "; ".join(" ".join(name.split()) for name in names if isinstance(name, str))


def _is_canonical(link: "HtmlElement") -> bool:
    return "canonical" in link.get("rel", "").casefold().split()


def _metas(tree: "HtmlElement") -> dict[str, str]:
    """Return what stands in the head for machines; of what stands there twice, the first."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        keys = (meta.get(each, "") for each in ("property", "name", "itemprop", "http-equiv"))
        for key in filter(None, keys):
            content = meta.get("content", "")[:_LONGEST_META].strip()
            found.setdefault(key.strip().casefold(), content)
    return found


def _first_date(written: Iterable[str]) -> str:
    return next((each for each in written if each and dates.parse(each)), "")


def _in_objects(tree: "HtmlElement") -> Iterator[str]:
    """Yield when the article appeared, as objects for search engines (JSON-LD) say it."""
    found = list(_objects(tree))
    yield from (_text(each) for each in found if _is_article(each))
    yield from (_text(each) for each in found if "WebPage" in str(each.get("@type")))


def _text(told: _Json) -> str:
    written = told.get(_PUBLISHED)
    return written if isinstance(written, str) else ""


def _is_article(told: _Json) -> bool:
    kinds = told.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(str(name).endswith(("Article", "Posting", "Report")) for name in names)


def _objects(tree: "HtmlElement") -> Iterator[_Json]:
    left = _MOST
    for script in tree.iter("script"):
        if script.get("type", "").strip().casefold() != "application/ld+json":
            continue
        waiting = [_parsed(script.text or "")]
        while waiting and left:
            left -= 1
            told = waiting.pop(0)
            if isinstance(told, list):
                waiting += told[:_MOST]
            elif isinstance(told, dict):
                yield told
                waiting += [told.get("@graph"), told.get("mainEntity")]


def _parsed(source: str) -> object:
    if len(source) > _LONGEST:
        return None
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _shown(tree: "HtmlElement") -> Iterator[str]:
    """Yield the times of the page that say that they are those of the article, the best first."""
    elements = [each for each in tree.iter("time", "span", "abbr") if _moment(each)]
    yield from (_moment(each) for each in elements if each.get("itemprop") == _PUBLISHED)
    times = [each for each in elements if each.tag == "time"]
    yield from (_moment(each) for each in times if each.get("pubdate") is not None)
    yield from (_moment(each) for each in elements if _is_classed(each))
    lone = {_moment(each) for each in times}
    yield from lone if len(lone) == 1 else ()


def _moment(element: "HtmlElement") -> str:
    written = element.get("datetime") or element.get("content") or ""
    return " ".join(written.split())[:40]


def _is_classed(element: "HtmlElement") -> bool:
    names = element.get("class", "").casefold()
    return "updated" not in names.split() and any(name in names for name in _SHOWN)
