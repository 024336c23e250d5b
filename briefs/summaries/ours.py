"""Sentences that may be shown in, choices with their reasons out: by our own rankers."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from briefs import words
from briefs.model import Choice, Lean, Sentence
from briefs.summaries import dom, lines
from briefs.summaries.choosing import Choosing, Leaning, Room
from briefs.summaries.lines import Place
from briefs.summaries.ranker import NewsRanker, StoryRanker
from briefs.words import Frequencies

_VOICE = 0.3  # what a line loses that says "I" or "you"; 1 is from the worst line to the best


def order(candidates: Sequence[Sentence], language: str) -> Iterator[Sentence]:
    """Yield *candidates*, the best first, until only copies are left."""
    ranker = _ranker(candidates, language, words.frequencies(language))
    return (candidates[place] for place in ranker.order(dom.document(candidates)))


def choose(
    candidates: Sequence[Sentence],
    *,
    language: str,
    room: tuple[Sequence[int], int],
    leans: Mapping[Place, Lean],
    liked: Mapping[Place, float],
    frequencies: Frequencies | None,
) -> Iterator[Choice]:
    """Yield the best of *candidates* as far as there is *room*: what each costs, and the most."""
    shipped = words.frequencies(language)
    known = shipped.joined(frequencies.documents, frequencies.counts) if frequencies else shipped
    places = {lines.place(sentence): number for number, sentence in enumerate(candidates)}
    leaning = [leans.get(place) for place in places]
    standing = (each for each in candidates if lines.place(each) not in leans)
    rating = _ranker(candidates, language, known).rate(
        dom.document(candidates),
        leaning=[lean is not None and not lean.note for lean in leaning],
        reported=lines.reported(standing, language),
        besides={
            "watched": {places[at]: worth for at, worth in liked.items() if at in places},
            "in somebody's own voice": {
                number: -_VOICE
                for number, sentence in enumerate(candidates)
                if lines.is_personal(sentence, language)
            },
        },
    )
    costs, most = room
    taking = Choosing(rating, _leaning(places, leaning), Room(np.array(costs, np.int64), most))
    return (Choice(candidates[taken.place], taken.parts) for taken in taking)


def _ranker(candidates: Sequence[Sentence], language: str, frequencies: Frequencies) -> NewsRanker:
    several = len({sentence.document for sentence in candidates}) > 1
    kind = StoryRanker if several else NewsRanker
    return kind(*dom.normal(language), frequencies)


def _leaning(places: Mapping[Place, int], leans: Sequence[Lean | None]) -> Leaning:
    """Say which lines may stand alone, and which after the line before them."""
    after = [
        places.get((document, index - 1), -1) if lean and lean.before else -1
        for (document, index), lean in zip(places, leans, strict=True)
    ]
    alone = [lean is None or bool(lean.note) for lean in leans]
    leads = [lean is None or not lean.before for lean in leans]
    return Leaning(
        np.array(alone, dtype=bool),
        np.array(after, dtype=np.int64),
        np.array(leads, dtype=bool),
    )
