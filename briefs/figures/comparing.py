"""The figures of a story in, those that give one fact differently out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from briefs.figures import amounts, circumstances, subjects
from briefs.figures.amounts import Amount
from briefs.figures.circumstances import Circumstances
from briefs.model import DocumentId, Figure

_MOST = 200  # figures on one thing that are held against each other


class _Claim(NamedTuple):
    """A figure with all that it is compared by."""

    figure: Figure
    amount: Amount  # with all that it may have become since
    written: Amount
    origin: int
    at: datetime
    said: Circumstances


def disputes(
    found: Sequence[Figure],
    origin: Mapping[DocumentId, int],
    times: Mapping[DocumentId, datetime],
) -> tuple[tuple[Figure, ...], ...]:
    """Return groups of figures that differ for one fact; see briefs.figures.disputes."""
    claims: defaultdict[str, list[_Claim]] = defaultdict(list)
    for each in found:
        document = each.sentence.document
        claim = (
            document in origin
            and document in times
            and _claim(each, origin[document], times[document])
        )
        if claim:
            claims[each.about].append(claim)
    return tuple(group for about in sorted(claims) for group in _groups(claims[about]))


def _claim(figure: Figure, origin: int, at: datetime) -> _Claim | None:
    """Return *figure* as it is compared; None when it is not clear enough what it counts."""
    written = amounts.read(figure.value)
    if written is None or not _is_sure(figure):
        return None
    so_far = circumstances.is_so_far(figure)
    amount = written._replace(high=float("inf")) if so_far else written
    return _Claim(figure, amount, written, origin, at, circumstances.of(figure, at))


def _is_sure(figure: Figure) -> bool:
    offset = figure.sentence.span.start
    start, end = figure.span.start - offset, figure.span.end - offset
    subject = subjects.find(figure.sentence.text, start, end, figure.value)
    return subject.sure and subject.about == figure.about


def _groups(claims: list[_Claim]) -> Iterator[tuple[Figure, ...]]:
    """Yield the groups among *claims* on one thing, each with a figure for each value."""
    apart = _several_places(claims)
    given = _given(claims)
    edges = [
        (one, other)
        for one, other in combinations(_newest(claims)[-_MOST:], 2)
        if _differ(one, other, apart=apart) and _unexplained(one, other, given)
    ]
    for group in _components(edges):
        yield tuple(claim.figure for claim in _one_each(group))


def _stands(claim: _Claim) -> bool:
    figure = claim.figure
    return (
        circumstances.is_real(figure)
        and not circumstances.is_part(figure)
        and not circumstances.is_old(figure)
    )


def _newest(claims: list[_Claim]) -> list[_Claim]:
    """Return for each origin and circumstance what its newest document says, and of that the most.

    What is less beside it in one document is a part of it, or what was known before.
    """
    best: dict[tuple[object, ...], _Claim] = {}
    for claim in claims:
        if not _stands(claim):
            continue
        place = (
            claim.origin,
            claim.said.days,
            claim.said.era,
            claim.said.since,
            claim.said.planned,
            claim.said.places,
        )
        known = best.get(place)
        if known is None or _later(claim) > _later(known):
            best[place] = claim
    return sorted(best.values(), key=_order)


def _later(claim: _Claim) -> tuple[datetime, int, float]:
    return (claim.at, claim.figure.sentence.document, claim.amount.size)


def _order(claim: _Claim) -> tuple[datetime, int, int]:
    return (claim.at, claim.figure.sentence.document, claim.figure.span.start)


def _several_places(claims: list[_Claim]) -> bool:
    """Tell whether what is counted happened in places that are told apart: each is a part then."""
    places = [claim.said.places for claim in claims if claim.said.places]
    return any(one.isdisjoint(other) for one, other in combinations(places[:_MOST], 2))


def _differ(one: _Claim, other: _Claim, *, apart: bool) -> bool:
    return (
        one.origin != other.origin
        and not amounts.agree(one.amount, other.amount)
        and not amounts.far_apart(one.written, other.written)
        and _same_fact(one.said, other.said, apart=apart)
    )


def _same_fact(one: Circumstances, other: Circumstances, *, apart: bool) -> bool:
    if apart and bool(one.places) != bool(other.places):
        return False
    if (one.since, one.era, one.planned) != (other.since, other.era, other.planned):
        return False
    return all(
        not first or not second or not first.isdisjoint(second)
        for first, second in (
            (one.days, other.days),
            (one.places, other.places),
            (one.doers, other.doers),
            (one.purpose, other.purpose),
            (one.models, other.models),
        )
    )


def _given(claims: list[_Claim]) -> dict[Amount, set[int]]:
    """Return the origins of each number among *claims*, the old ones and the parts too."""
    given: defaultdict[Amount, set[int]] = defaultdict(set)
    for claim in claims:
        given[_bare(claim.written)].add(claim.origin)
    return given


def _bare(amount: Amount) -> Amount:
    return amount._replace(unit="", step=0.0)


def _unexplained(one: _Claim, other: _Claim, given: Mapping[Amount, set[int]]) -> bool:
    """Tell whether no origin gives both numbers: it would say how they go together."""
    return given[_bare(one.written)].isdisjoint(given[_bare(other.written)])


def _components(edges: list[tuple[_Claim, _Claim]]) -> list[list[_Claim]]:
    groups: list[list[_Claim]] = []
    for edge in edges:
        touched = [group for group in groups if any(claim in group for claim in edge)]
        merged = [claim for group in (*touched, list(edge)) for claim in group]
        groups = [group for group in groups if group not in touched]
        groups.append(list(dict.fromkeys(merged)))
    return groups


def _one_each(group: list[_Claim]) -> list[_Claim]:
    kept: dict[Amount, _Claim] = {}
    for claim in sorted(group, key=_order):
        kept.setdefault(_bare(claim.written), claim)
    return list(kept.values())
