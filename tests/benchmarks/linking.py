"""Documents with clusters of names in, how well found names are put together out."""

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

from briefs import documents, ingest
from briefs.model import Kind, Span
from tests.benchmarks import scores
from tests.benchmarks.scores import Score

_KINDS = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.PLACE})
_SAME = 0.5  # of the characters of both: a title or an article more is the same mention


class Clustered(NamedTuple):
    """A text with the cluster of each name in it."""

    text: str
    clusters: Mapping[Span, Hashable]


class Linked(NamedTuple):
    """B-cubed over the names that were found and are names; and over all, the missed ones too."""

    found: Score
    all: Score
    names: int  # that were found and are names
    gold: int


def measure(read: Iterable[Clustered]) -> Linked:
    """Find and link the names of each text, and compare."""
    gold: dict[Hashable, Hashable] = {}
    found: dict[Hashable, Hashable] = {}
    for number, each in enumerate(read):
        gold |= {(number, span): (number, cluster) for span, cluster in each.clusters.items()}
        found |= {(number, span): (number, entity) for span, entity in _linked(each).items()}
    common = gold.keys() & found.keys()
    inner = scores.b_cubed({m: gold[m] for m in common}, {m: found[m] for m in common})
    return Linked(inner, scores.b_cubed(gold, found), len(common), len(gold))


def _linked(each: Clustered) -> dict[Span, Hashable]:
    """Return the entity of each name that is found, under the place of the name it stands for."""
    analysis = ingest.find(documents.of(each.text))
    links = sorted(
        (link.mention.span, entity.key)
        for entity in analysis.entities
        if entity.key.kind in _KINDS
        for link in entity.links
    )
    taken: dict[Span, Hashable] = {}
    for span, key in links:
        same = nearest(span, each.clusters)
        taken.setdefault(span if same is None else same, key)
    return taken


def nearest(span: Span, places: Iterable[Span]) -> Span | None:
    """Return the one of *places* that is the same mention as *span*, if one is."""
    best = max(places, key=lambda place: overlap(span, place), default=None)
    return best if best is not None and overlap(span, best) >= _SAME else None


def overlap(one: Span, other: Span) -> float:
    """Return the share of the characters of both spans that both have."""
    common = min(one.end, other.end) - max(one.start, other.start)
    whole = max(one.end, other.end) - min(one.start, other.start)
    return common / whole if common > 0 else 0.0
