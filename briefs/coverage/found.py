"""Sentences, names and figures in, the facts at each place out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from briefs import words
from briefs.model import DocumentId, Figure, Kind, Sentence

_NAMED = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.EVENT, Kind.PRODUCT})
_CAUSE = re.compile(
    r"\b(?:because of|because|due to|in response to|as a result of|caused by"
    r"|triggered by|sparked by|in retaliation for|blamed on|owing to|thanks to|led to"
    r"|resulted in)\b"
    r"(?P<what>[^.;:!?\"\u201c\u201d]{0,80})",
    re.IGNORECASE,
)
_WHAT = 2  # words that a cause is known by


def facts(
    sentences: Sequence[Sentence],
    names: Mapping[tuple[DocumentId, int], Sequence[tuple[Kind, str]]],
    figures: Sequence[Figure],
    *,
    language: str,
) -> dict[tuple[DocumentId, int], frozenset[str]]:
    """Return the facts at each place; see briefs.coverage.facts."""
    counted = _counted(figures)
    english = language == "en"
    found = {
        (each.document, each.index): frozenset(
            (
                *_named(names.get((each.document, each.index), ())),
                *counted.get((each.document, each.index), ()),
                *(_causes(each.text) if english else ()),
            )
        )
        for each in sentences
        if each.quotable
    }
    return {place: known for place, known in found.items() if known}


def _counted(figures: Sequence[Figure]) -> Mapping[tuple[DocumentId, int], list[str]]:
    found: defaultdict[tuple[DocumentId, int], list[str]] = defaultdict(list)
    for each in figures:
        place = (each.sentence.document, each.sentence.index)
        found[place].append(f"figure:{each.about}={_number(each.value)}")
    return found


def _number(value: str) -> str:
    """Return *value* without its unit as a noun: "37 people" and "37 dead" are one number."""
    money, _, _ = value.partition(" ")
    return value if money.isalpha() else value.lstrip("~<>").partition(" ")[0]


def _named(names: Sequence[tuple[Kind, str]]) -> Iterator[str]:
    return (f"{kind.value}:{name}" for kind, name in names if kind in _NAMED and name)


def _causes(text: str) -> Iterator[str]:
    """Yield each cause or effect in *text*, by the first words that say something."""
    idle = words.stop_words("en")
    for match in _CAUSE.finditer(text):
        said = [word for word in words.words(match["what"]) if word not in idle]
        if said:
            yield f"cause:{' '.join(words.stem(word, 'en') for word in said[:_WHAT])}"
