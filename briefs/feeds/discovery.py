"""A web page in, the feeds that it names out, the best first; and where else they usually are."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from briefs.feeds import parts, scanning

_MOST_TOKENS = 200_000
_MOST = 50
_LONGEST = 4_000  # characters of an address
_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/xml", "text/xml",
})  # fmt: skip
_ASIDE = re.compile(r"comments?\b|/replies", re.IGNORECASE)  # what readers write
_FEEDLIKE = re.compile(
    r"(?:/(?:feed|rss|atom|rdf)s?/?|[/.=_-](?:feed|rss2?|atom|rdf|index)\.(?:xml|json|rdf|atom)"
    r"|\.(?:rss|atom|rdf)|[?&](?:feed|format|type)=(?:feed|rss2?|atom))$",
    re.IGNORECASE,
)
_PLACES = (
    "feed", "feed/", "rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json",
    "feeds/posts/default", "?feed=rss2",
)  # fmt: skip
_KNOWN = (  # sites of many, whose feeds are not where those of others are
    (r"https?://(?:www\.)?youtube\.com/channel/([\w-]{10,40})",
     r"https://www.youtube.com/feeds/videos.xml?channel_id=\1"),
    (r"https?://(?:www\.|old\.)?reddit\.com/((?:r|user)/[\w-]{1,60})/?",
     r"https://www.reddit.com/\1/.rss"),
    (r"https?://github\.com/([\w.-]{1,60}/[\w.-]{1,100})/?",
     r"https://github.com/\1/releases.atom"),
    (r"https?://medium\.com/(@?[\w.-]{1,100})/?", r"https://medium.com/feed/\1"),
    (r"(https?://[\w.-]{1,200}/@[\w.]{1,60})/?", r"\1.rss"),
)  # fmt: skip


class Link(NamedTuple):
    """A feed that a page names."""

    url: str
    title: str = ""


class _Found(NamedTuple):
    rank: int  # 0 is best
    link: Link


def discover(text: str, *, url: str) -> tuple[Link, ...]:
    """Return the feeds that the page *text* at *url* names, the best first, each once."""
    found = sorted(_found(text, url), key=lambda each: each.rank)
    first: dict[str, Link] = {}
    for each in found:
        first.setdefault(each.link.url, each.link)
    return tuple(first.values())[:_MOST]


def guesses(url: str) -> tuple[str, ...]:
    """Return addresses at which the feed of the site or page *url* may be, the likeliest first."""
    bare = parts.address(url, base="")
    if not bare:
        return ()
    site, folder = urljoin(bare, "/"), f"{bare.partition('?')[0].partition('#')[0].rstrip('/')}/"
    known = [re.sub(pattern, feed, bare) for pattern, feed in _KNOWN if re.fullmatch(pattern, bare)]
    near = [folder + place for place in _PLACES[:3]]
    return tuple(dict.fromkeys((*known, *near, *(site + place for place in _PLACES))))


def _found(text: str, url: str) -> Iterator[_Found]:
    base = url
    for token in scanning.tokens(text, most=_MOST_TOKENS):
        if token.kind != scanning.START or token.value not in {"a", "base", "link"}:
            continue
        given = scanning.attributes(token)
        href = given.get("href", "").strip()
        if token.value == "base":
            base = parts.address(href, base=url) or base
        elif token.value == "link" and _is_alternate(given):
            yield from _ranked(href, base, given.get("title", ""), rank=0)
        elif token.value == "a" and (_FEEDLIKE.search(href[-200:]) or _is_typed(given)):
            yield from _ranked(href, base, given.get("title", ""), rank=2)


def _is_alternate(given: Mapping[str, str]) -> bool:
    """Return whether a link leads to the page, or what is new in it, in another form."""
    return "alternate" in given.get("rel", "").casefold().split() and _is_typed(given)


def _is_typed(given: Mapping[str, str]) -> bool:
    return given.get("type", "").partition(";")[0].strip().casefold() in _TYPES


def _ranked(href: str, base: str, title: str, *, rank: int) -> Iterator[_Found]:
    """Yield the feed at *href*, one of comments behind the others."""
    address = parts.address(parts.web(href), base=base)
    if address and len(href) <= _LONGEST:
        is_aside = _ASIDE.search(f"{title[:200]} {address[:500]}") is not None
        yield _Found(rank + is_aside, Link(address, parts.title(title, is_html=False)))
