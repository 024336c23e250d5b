"""The figures of a story in, its key figures out."""

from collections import defaultdict
from collections.abc import Sequence

from briefs.figures import circumstances
from briefs.figures.amounts import read
from briefs.figures.vocabulary import HARMED, MEASURES
from briefs.model import Figure

_MEASURE = 3  # the last sort


def key(found: Sequence[Figure], limit: int) -> tuple[Figure, ...]:
    """Return at most *limit* figures, one for each thing counted; see briefs.figures.key."""
    told: defaultdict[str, list[Figure]] = defaultdict(list)
    for each in found:
        if not circumstances.is_old(each):
            told[each.about].append(each)
    ranked = sorted(map(_foremost, told.values()), key=_rank)
    return tuple(_newest(group) for group in ranked[: max(0, limit)])


def _foremost(group: list[Figure]) -> list[Figure]:
    """Return those of *group* that are of the story itself, where there are any."""
    return [each for each in group if not circumstances.is_background(each)] or group


def _rank(group: list[Figure]) -> tuple[bool, int, int, int, str]:
    documents = {each.sentence.document for each in group}
    sort = _class(group[0])
    first = min(each.sentence.index for each in group)
    return (sort == _MEASURE, -len(documents), sort, first, group[0].about)


def _class(figure: Figure) -> int:
    amount = read(figure.value)
    unit = amount.unit if amount else ""
    if figure.about.endswith(HARMED):
        return 0
    if len(unit) == 3 and unit.isupper():
        return 1
    told = figure.about.startswith("vote share") or figure.about in {"magnitude", "turnout"}
    return _MEASURE if unit in MEASURES and not told else _MEASURE - 1


def _newest(group: list[Figure]) -> Figure:
    return min(group, key=lambda each: (-each.sentence.document, each.span))
