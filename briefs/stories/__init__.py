"""Documents in, stories out: which of them report one event, and how many sources that makes.

Near copies are collapsed, documents joined by likeness fall into components, and inside each
component average linkage decides, so that one look-alike does not chain two events together.
"""

from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from math import inf
from urllib.parse import urlsplit

from briefs.model import Document, Story

# Second-level names under which countries register: "example.co.uk" is one owner, "co.uk" none.
_SHARED_SUFFIXES = frozenset(
    ["ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "gv", "ne", "net", "or", "org"]
)


def group(documents: Sequence[Document]) -> tuple[Story, ...]:
    """Put each of *documents* into exactly one story, whatever order they come in.

    Ids must differ: the caller numbers documents that are not stored. The most central document
    of a story comes first; stories are in the order of their first documents' ids. Documents more
    than 7 days apart are never joined directly, those without words stand alone. Up to 3,000 are
    compared all with all; of more, those that share rare words, so that time grows with their
    number (100,000 take about a minute).
    """
    from briefs.stories import clusters

    if not documents:
        return ()
    ordered = sorted(documents, key=_when)
    found = clusters.find(ordered)
    stories = [_story([ordered[place] for place in places], copies) for places, copies in found]
    return tuple(sorted(stories, key=lambda story: story.documents[0]))


def origins(outlets: Sequence[str], copies: Sequence[int]) -> list[list[int]]:
    """Join the places that share an outlet or a copy's number, directly or through others.

    An outlet of "" is not known, and shared with none. Places are in order, and origins by their
    first places.
    """
    named_by = list(range(len(outlets)))
    first: dict[tuple[str, int | str], int] = {}
    for place, (name, copy) in enumerate(zip(outlets, copies, strict=True)):
        for mark in (("copy", copy), ("outlet", name or place)):
            one, other = _root(named_by, place), _root(named_by, first.setdefault(mark, place))
            named_by[max(one, other)] = min(one, other)
    found: dict[int, list[int]] = {}
    for place in range(len(named_by)):
        found.setdefault(_root(named_by, place), []).append(place)
    return list(found.values())


def outlet(document: Document) -> str:
    """Return what two documents of one outlet share; "" when nothing tells."""
    return _domain(document.url) or document.source.casefold().strip()


def _when(document: Document) -> tuple[float, int, str, str]:
    moment = document.published or document.arrived
    return (moment.timestamp() if moment else inf, document.id, document.title, document.text)


def _story(documents: list[Document], copies: Sequence[int]) -> Story:
    """Describe the story of *documents*; those with equal numbers in *copies* are near copies."""
    return Story(
        documents=tuple(document.id for document in documents),
        origins=tuple(
            tuple(documents[place].id for place in origin)
            for origin in origins([outlet(document) for document in documents], copies)
        ),
        outlets=_distinct(document.source or _domain(document.url) for document in documents),
    )


def _root(named_by: list[int], place: int) -> int:
    """Return the place that names the origin of *place*, and shorten the way to it."""
    while named_by[place] != place:
        named_by[place] = named_by[named_by[place]]
        place = named_by[place]
    return place


def _domain(url: str) -> str:
    """Return the registered domain of *url*, "" when it has none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    if _is_address(host):
        return host
    labels = host.split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_SUFFIXES
    return ".".join(labels[-3 if shared else -2 :])


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Keep the first way in which each name is written."""
    kept: dict[str, str] = {}
    for name in filter(None, (name.strip() for name in names)):
        kept.setdefault(name.casefold(), name)
    return tuple(kept.values())
