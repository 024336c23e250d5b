"""A claim in, the lines of the library that are nearest to it out: where it was said."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations

from briefs import words
from briefs.model import Hit, Scope, Traced
from briefs.store import Store

_WORDS = (8, 5, 3)  # of the claim's rarest words, how many a document must have: ever fewer
_PAIRED = 5  # of the rarest, of which any two are enough in the end
_ENOUGH = 5  # lines
_HITS = 50  # of one query
_ALIKE = 0.5  # share of the claim's words that a line must have
_EQUAL = 0.05  # lines as alike as that go by date
_LANGUAGE = "en"  # of a claim: both sides are treated alike, whatever it is
_LONGEST = 2_000  # characters of a claim that are read
_END = re.compile(r"[.!?…][^\w\s]?\s|\n")  # of a sentence, in whatever is pasted
_LEAST = 4  # words of a sentence that is looked for by itself
_MOST_PARTS = 8


def trace(store: Store, scope: Scope, claim: str, *, limit: int = 5) -> Traced:
    """Return the lines nearest to *claim*: of those as near, what was published first.

    Of a claim of several sentences each is looked for by itself, too.
    """
    asked = claim.strip()[:_LONGEST]
    near: dict[tuple[int, int], tuple[float, Hit]] = {}
    for part in _parts(asked):
        for alike, hit in _nearest(store, scope, part):
            place = hit.line.document, hit.line.span.start
            near[place] = max(near.get(place, (0.0, hit)), (alike, hit), key=lambda each: each[0])
    ordered = sorted(near.values(), key=lambda each: (-round(each[0] / _EQUAL), _when(each[1])))
    hits = tuple(hit for _, hit in ordered[:limit])
    times = [hit.line.published for hit in hits if hit.line.published and not hit.line.filed]
    return Traced(claim=asked, hits=hits, first=min(times, default=None))


def _parts(claim: str) -> list[str]:
    """Return *claim* whole, and the sentences of it that have words enough to be looked for."""
    found = (part.strip() for part in _END.split(claim))
    long = [part for part in dict.fromkeys(found) if len(_stems(part)) >= _LEAST]
    return [claim, *(part for part in long if part != claim)][: 1 + _MOST_PARTS]


def _nearest(store: Store, scope: Scope, claim: str) -> list[tuple[float, Hit]]:
    """Return the lines that have half of the words of *claim*, with how alike they are."""
    wanted = _stems(claim)
    near: dict[tuple[int, int], tuple[float, Hit]] = {}
    for query in _queries(claim):
        for hit in store.search.sentences(scope, query, limit=_HITS).hits:
            alike = _alike(wanted, hit.line.text)
            if alike >= _ALIKE:
                near[hit.line.document, hit.line.span.start] = alike, hit
        if len(near) >= _ENOUGH:
            break
    return list(near.values())


def _queries(claim: str) -> Iterator[str]:
    """Yield what to search for, what finds the fewest documents first."""
    yield from (" ".join(_rarest(claim, many)) for many in _WORDS)
    yield from map(" ".join, combinations(_rarest(claim, _PAIRED), 2))


def _rarest(text: str, many: int) -> list[str]:
    """Return the rarest words of *text*, in its order: they find the fewest documents."""
    known = words.frequencies(_LANGUAGE)
    found = [word for word in dict.fromkeys(words.words(text)) if word not in _stop_words()]
    rare = sorted(found, key=lambda word: -known.rarity(words.stem(word, _LANGUAGE)))[:many]
    return [word for word in found if word in rare]


def _alike(wanted: frozenset[str], line: str) -> float:
    """Return the share of *wanted* in *line*, less a little for what else is in it."""
    stems = _stems(line)
    shared = len(wanted & stems)
    return 0.8 * shared / len(wanted) + 0.2 * shared / max(1, len(stems))


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        words.stem(word, _LANGUAGE) for word in words.words(text) if word not in _stop_words()
    )


def _stop_words() -> frozenset[str]:
    return words.stop_words(_LANGUAGE)


def _when(hit: Hit) -> tuple[datetime, int]:
    """Return when a line was published, those of unknown date last, and of equals the first."""
    undated = hit.line.published is None or hit.line.filed
    at = datetime.max.replace(tzinfo=UTC) if undated else hit.line.published
    assert at is not None
    return at, hit.line.document
