"""A new document and its neighbours in, the story it belongs to out: pure, and nothing is moved.

It goes by what `clusters` goes by: near copies belong together, others by their mean likeness to
all of a story. Only what is near is looked at, so the archive does not count.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from briefs.model import Document, DocumentId, Neighbour, Place, Sketch, StoryId
from briefs.stories import linkage
from briefs.stories.clusters import JOINED
from briefs.stories.copies import ALIKE
from briefs.stories.vectors import LEAST, WINDOW, Floats, stems

Stems: TypeAlias = NDArray[np.int64]
Pair: TypeAlias = tuple[Neighbour, float]  # with its cosine

_TERMS = 400  # stems of a document that are compared, the most frequent
_NEAR = linkage.CUT + 0.04  # mean cosine: what is done as documents arrive is not undone later
_COPIES = 3  # documents whose wording a document is compared with
_STORIES = 6  # that a document is compared with as a whole
_WINDOW = timedelta(days=WINDOW)
_UNIT = 65_535  # a weight of 1


def terms(document: Document) -> tuple[tuple[str, int], ...]:
    """Return the stems of *document* and how often each is in it: the most frequent 400."""
    return tuple(Counter(stems(document)).most_common(_TERMS))


def sketch(
    counts: Mapping[int, int], *, published: datetime, documents: int, known: Mapping[int, float]
) -> Sketch:
    """Weigh stems, given by number with how often they are in a document.

    *known* says how many of *documents* have each stem, besides this one.
    """
    numbers = np.array(sorted(counts), dtype="<u4")
    times = np.array([counts[each] for each in numbers.tolist()], dtype=np.float64)
    having = np.array([known.get(each, 0) + 1 for each in numbers.tolist()], dtype=np.float64)
    rarity = np.log((documents + 3) / (having + 0.5)).clip(LEAST)
    weights = (1 + np.log(times)) * rarity
    length = np.sqrt((weights * weights).sum()) or 1.0
    whole = (weights / length * _UNIT).round().astype("<u2")
    return Sketch(published, numbers.tobytes(), whole.tobytes())


def near(new: Sketch, candidates: Sequence[Neighbour]) -> tuple[StoryId, ...]:
    """Return the stories of the most alike *candidates*: those that `place` should see whole."""
    likeness = cosines(new, [each.sketch for each in candidates])
    found: dict[StoryId, float] = {}
    for candidate, cosine in zip(candidates, likeness, strict=True):
        if cosine >= JOINED:
            story = candidate.story
            found[story] = max(float(cosine), found.get(story, 0.0))
    return tuple(sorted(found, key=lambda story: (-found[story], story))[:_STORIES])


def copies(new: Sketch, candidates: Sequence[Neighbour]) -> tuple[DocumentId, ...]:
    """Return which of *candidates* may be near copies: their wording tells. The most alike first.

    Of several that are copies of each other already, the most alike stands for all.
    """
    likeness = cosines(new, [each.sketch for each in candidates]).tolist()
    texts: dict[int, DocumentId] = {}
    for pair in sorted(zip(candidates, likeness, strict=True), key=_by_likeness):
        if pair[1] >= ALIKE:
            texts.setdefault(pair[0].copy, pair[0].document)
    return tuple(texts.values())[:_COPIES]


def place(
    new: Sketch, neighbours: Sequence[Neighbour], *, copied: DocumentId | None = None
) -> Place:
    """Decide where *new* belongs among stories of which all that counts is in *neighbours*.

    A near copy belongs where the document is that it is *copied* from. Of equally near stories it
    is the oldest. Two become one when *new* is near to both, and they are near to each other.
    """
    likeness = [float(each) for each in cosines(new, [each.sketch for each in neighbours])]
    members: dict[StoryId, list[Pair]] = {}
    for pair in sorted(zip(neighbours, likeness, strict=True), key=lambda pair: pair[0].document):
        members.setdefault(pair[0].story, []).append(pair)
    stories = {story: _Story.of(pairs) for story, pairs in members.items()}
    original = next((each for each in neighbours if each.document == copied), None)
    chosen = original.story if original else _nearest_story(stories)
    if chosen is None:
        return Place()
    kept, *joining = _one(new, stories, chosen)
    return Place(
        story=kept,
        copy=original.copy if original else 0,
        nearest=copied if original else min(members[chosen], key=_by_likeness)[0].document,
        cosines=tuple((each.document, cosine) for each, cosine in members[chosen] if cosine > 0),
        joining=tuple(joining),
    )


def cosines(new: Sketch, others: Sequence[Sketch]) -> Floats:
    """Return how alike *new* is to each of *others*; 0 to those beyond the date window."""
    stems, weights = _read([new])
    numbers, counts = _read(others)
    places = np.searchsorted(stems, numbers)
    there = np.append(stems, -1)[places] == numbers
    rows = np.repeat(np.arange(len(others)), [len(each.stems) // 4 for each in others])
    products = np.where(there, np.append(weights, 0.0)[places] * counts, 0.0)
    found: Floats = np.bincount(rows, products, len(others)).astype(np.float64).round(6)
    late = [abs(each.published - new.published) > _WINDOW for each in others]
    found[np.array(late, dtype=np.bool_)] = 0.0
    return found


def _read(sketches: Sequence[Sketch]) -> tuple[Stems, Floats]:
    """Return the stems of *sketches* one after the other, and what they count."""
    stems = np.frombuffer(b"".join(each.stems for each in sketches), "<u4")
    weights = np.frombuffer(b"".join(each.weights for each in sketches), "<u2")
    return stems.astype(np.int64), weights / _UNIT


class _Story(NamedTuple):
    """A story as it is compared: its texts, where of near copies the first stands for all."""

    texts: tuple[Sketch, ...]
    mean: float  # cosine with the new document
    fixed: bool

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> "_Story":
        texts: dict[int, Pair] = {}
        for pair in pairs:
            texts.setdefault(pair[0].copy, pair)
        mean = sum(cosine for _, cosine in texts.values()) / len(texts)
        sketches = tuple(member.sketch for member, _ in texts.values())
        return cls(sketches, mean, pairs[0][0].fixed)


def _by_likeness(pair: Pair) -> tuple[float, int]:
    return -pair[1], pair[0].document


def _nearest_story(stories: Mapping[StoryId, _Story]) -> StoryId | None:
    """Return the story with the greatest mean, if the new document may be of its event."""
    near = [story for story in sorted(stories) if stories[story].mean >= _NEAR]
    alone = linkage.within(0.0, 1)
    for story in sorted(near, key=lambda story: -stories[story].mean):
        if linkage.alike(stories[story].mean, alone, _within(stories[story].texts)):
            return story
    return None


def _one(new: Sketch, stories: Mapping[StoryId, _Story], chosen: StoryId) -> list[StoryId]:
    """Return the stories that are one, now that *new* is in the *chosen*; the one that stays first.

    That is a fixed one, and there is at most one, or else the oldest.
    """
    inside = (*stories[chosen].texts, new)
    together = [chosen]
    for story in sorted(stories):
        fixed = stories[story].fixed and any(stories[each].fixed for each in together)
        if story == chosen or stories[story].mean < _NEAR or fixed:
            continue
        outside = stories[story].texts
        across = _across(inside, outside)
        if across >= _NEAR and linkage.alike(across, _within(inside), _within(outside)):
            together.append(story)
    kept = min(together, key=lambda story: (not stories[story].fixed, story))
    return [kept, *(story for story in together if story != kept)]


def _across(some: Sequence[Sketch], others: Sequence[Sketch]) -> float:
    """Return the mean cosine of *some* with *others*, be they beyond the date window."""
    one, other = _total(some), _total(others)
    product = sum(one[stem] * weight for stem, weight in other.items() if stem in one)
    return product / len(some) / len(others)


def _within(texts: Sequence[Sketch]) -> float:
    """Return the mean cosine of all pairs of *texts*, as `linkage.within` takes it."""
    _, weights = _read(texts)
    squares = sum(weight * weight for weight in _total(texts).values())
    total = (squares - float((weights * weights).sum())) / 2
    return linkage.within(round(max(total, 0.0), 6), len(texts))


def _total(sketches: Sequence[Sketch]) -> dict[int, float]:
    """Add up what each stem counts in *sketches*."""
    stems, weights = _read(sketches)
    present, places = np.unique(stems, return_inverse=True)
    sums = np.bincount(places, weights, present.size)
    return dict(zip(present.tolist(), sums.tolist(), strict=True))
