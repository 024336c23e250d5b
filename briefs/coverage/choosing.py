"""Facts and chosen sentences in, the fewest sentences with the key facts that these lack out."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from briefs.model import DocumentId, Sentence

_SEVERAL = 2  # origins that have a fact, for it to be a key fact of a story with as many
_SHARE = 5  # and of many, one in so many
_LONG = 350  # characters of a sentence that is too long to be listed
_SHORT = 25
_WORTH = {"figure": 1.5, "cause": 1.0, "PERSON": 1.0, "ORGANISATION": 0.8, "EVENT": 0.8}
_OTHERS = 0.5  # places and products, which every sentence has


def missing(
    sentences: Sequence[Sentence],
    chosen: Sequence[Sentence],
    facts: Mapping[tuple[DocumentId, int], frozenset[str]],
    *,
    limit: int,
    avoid: Collection[tuple[DocumentId, int]],
    origin: Mapping[DocumentId, int],
) -> tuple[Sentence, ...]:
    """Return the sentences to list beside *chosen*; see briefs.coverage.missing."""
    weights = _weights(facts, origin)
    covered = {fact for each in chosen for fact in facts.get(_place(each), ())}
    weights = {fact: weight for fact, weight in weights.items() if fact not in covered}
    avoided = {*avoid, *map(_place, chosen)}
    open_to = {
        place: facts[_place(each)] & weights.keys()
        for place, each in enumerate(sentences)
        if _may_stand(each) and _place(each) not in avoided and _place(each) in facts
    }
    taken = _greedy(open_to, weights, limit)
    return tuple(sentences[place] for place in sorted(taken))


def _place(sentence: Sentence) -> tuple[DocumentId, int]:
    return sentence.document, sentence.index


def _may_stand(sentence: Sentence) -> bool:
    return sentence.quotable and _SHORT <= len(sentence.text) <= _LONG


def _weights(
    facts: Mapping[tuple[DocumentId, int], frozenset[str]], origin: Mapping[DocumentId, int]
) -> dict[str, float]:
    """Return what each key fact is worth: its sort, times the number of origins that have it."""
    origins: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    every: set[tuple[str, int]] = set()
    for place in facts:
        own = ("origin", origin[place[0]]) if place[0] in origin else ("document", place[0])
        every.add(own)
        for fact in facts[place]:
            origins[fact].add(own)
    least = min(len(every), max(_SEVERAL, len(every) // _SHARE))
    return {
        fact: len(having) * _WORTH.get(fact.partition(":")[0], _OTHERS)
        for fact, having in sorted(origins.items())
        if len(having) >= least
    }


def _greedy(
    open_to: Mapping[int, frozenset[str]], weights: Mapping[str, float], limit: int
) -> list[int]:
    """Return the places that add most, one after the other, until nothing is missing."""
    left = dict(weights)
    taken: list[int] = []
    while left and len(taken) < limit:
        gains = {place: _gain(known, left) for place, known in open_to.items()}
        best = max(gains, key=lambda place: (gains[place], -place), default=None)
        if best is None or gains[best] <= 0:
            break
        taken.append(best)
        left = {fact: weight for fact, weight in left.items() if fact not in open_to[best]}
    return taken


def _gain(known: frozenset[str], left: Mapping[str, float]) -> float:
    return sum(left[fact] for fact in sorted(known) if fact in left)
