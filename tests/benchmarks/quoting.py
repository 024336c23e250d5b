"""Texts with who says what in, how well that is found out.

`python -m tests.benchmarks.names` prints it for `tests/briefs/quotes_dev.jsonl`, cases in the
manner of news that were written by hand before the rules were tuned, and for LitBank.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from briefs import documents, ingest
from briefs.model import Analysis, Entity, Span
from tests.benchmarks import linking, scores
from tests.benchmarks.scores import Score

NEWS = Path(__file__).parents[1] / "briefs" / "quotes_dev.jsonl"
_MARKS = 3  # characters that the marks and the white space beside them may take


class Attributed(NamedTuple):
    """A quotation with its speaker: a name, or the name of a cluster; None when nobody is named."""

    span: Span
    speaker: str | None


class Passage(NamedTuple):
    """A text with its quotations; *people* says for places in it who is spoken of there."""

    text: str
    quotes: tuple[Attributed, ...]
    people: Mapping[Span, str]
    named: frozenset[str]  # speakers that the text calls by a name


class Heard(NamedTuple):
    """How well quotations were given to their speakers."""

    score: Score  # a quotation is right when the words and the speaker are
    given: int  # quotations that were given a speaker
    named: int  # quotations whose speaker has a name in the text: what recall is of
    quotes: int


def news(path: Path = NEWS) -> Iterator[Passage]:
    """Yield the cases that were written by hand."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        quotes = tuple(
            Attributed(Span(each["start"], each["end"]), each["speaker"]) for each in case["quotes"]
        )
        names = frozenset(each.speaker for each in quotes if each.speaker)
        yield Passage(case["text"], quotes, {}, names)


def measure(read: Iterable[Passage]) -> Heard:
    """Find who says what in each text, and compare."""
    right = given = named = quotes = 0
    for passage in read:
        analysis = ingest.find(documents.of(passage.text))
        heard = list(_heard(analysis, passage))
        given += len(heard)
        right += sum(_is_right(each, passage) for each in heard)
        named += sum(each.speaker in passage.named for each in passage.quotes)
        quotes += len(passage.quotes)
    return Heard(scores.counted(right, found=given, gold=named), given, named, quotes)


def _heard(analysis: Analysis, passage: Passage) -> Iterator[Attributed]:
    """Give the quotations that have a speaker, with what *passage* calls this speaker."""
    called = {each.key: _called(each, passage) for each in analysis.entities}
    for quote in analysis.quotes:
        if quote.speaker is not None:
            yield Attributed(quote.span, called[quote.speaker])


def _called(entity: Entity, passage: Passage) -> str | None:
    """Return the name of *entity* in *passage*: whom most of its mentions speak of."""
    if not passage.people:
        written = {entity.name.casefold(), *(each.text.casefold() for each in entity.aliases)}
        return next((name for name in sorted(passage.named) if name.casefold() in written), None)
    places = (linking.nearest(link.mention.span, passage.people) for link in entity.links)
    votes = Counter(passage.people[place] for place in places if place is not None)
    return votes.most_common(1)[0][0] if votes else None


def _is_right(heard: Attributed, passage: Passage) -> bool:
    return heard.speaker is not None and any(
        heard.speaker == quote.speaker and _same(heard.span, quote.span) for quote in passage.quotes
    )


def _same(one: Span, other: Span) -> bool:
    """Whether both are the same words; the marks may be in or out."""
    return abs(one.start - other.start) <= _MARKS and abs(one.end - other.end) <= _MARKS
