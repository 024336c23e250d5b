"""Documents that are in no story yet in, each in one out, in the order in which they arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefs import stories
from briefs.model import Document
from briefs.store import Store, frequencies
from briefs.store.placing import Desk, Waiting

_AT_ONCE = 50  # documents that are placed in one transaction
MOST = 100_000


def place(store: Store, *, most: int = MOST) -> int:
    """Put *most* documents into stories, in short transactions; return how many were.

    What a crash leaves is placed the next time. Documents that come in the same order come into
    the same stories.
    """
    placed = 0
    while placed < most and store.placing.waiting():
        with store.placing.desk() as desk:
            batch = desk.waiting(min(_AT_ONCE, most - placed))
            for waiting in batch:
                _place(desk, waiting)
        placed += len(batch)
    return placed


def _place(desk: Desk, waiting: Waiting) -> None:
    from briefs.stories import copies, joining

    known = desk.known(waiting)
    shipped = _shipped(waiting.language)
    sketch = joining.sketch(
        waiting.counts,
        published=waiting.published,
        documents=shipped.documents + known[frequencies.EVERY],
        known={each: known[each] + shipped.having(each) for each in waiting.counts},
    )
    candidates = desk.candidates(waiting, sketch, known)
    near = joining.near(sketch, candidates)
    members = desk.members(waiting, near)
    found = {each.document: each for each in candidates if each.story in near}
    found |= {each.document: each for each in members}
    neighbours = [found[number] for number in sorted(found)]
    likely = joining.copies(sketch, neighbours)
    texts = desk.documents([*likely, waiting.document] if likely else [])
    own = texts.get(waiting.document)
    same = (each for each in likely if own and each in texts and copies.same(own, texts[each]))
    place = joining.place(sketch, neighbours, copied=next(same, None))
    published_by = stories.outlet(Document(text="", source=waiting.source, url=waiting.url))
    desk.put(waiting, sketch, place, published_by)


@dataclass(frozen=True, slots=True)
class _Shipped:
    """Of how many documents of an open corpus how many have each stem, by its number."""

    documents: int
    counts: Mapping[int, float]
    figures: float  # how many are thought to have any one figure

    def having(self, number: int) -> float:
        """Return how many documents have a stem."""
        return self.figures if frequencies.is_figure(number) else self.counts.get(number, 0)


@lru_cache(maxsize=8)
def _shipped(language: str) -> _Shipped:
    from briefs.stories import vectors

    known = vectors.background(language)
    counts = {frequencies.number(stem): many for stem, many in known.counts.items()}
    return _Shipped(known.documents, counts, known.figures)
