"""The values of a document in, those that are figures out."""

import re
from collections.abc import Sequence

from briefs.figures import subjects
from briefs.figures.amounts import read
from briefs.figures.vocabulary import MEASURES
from briefs.model import DocumentId, Figure, Kind, Mention, Sentence

_NUMBERS = frozenset({Kind.MONEY, Kind.QUANTITY})
_REACH = 40  # characters
_CHANGE = re.compile(r"\bfrom $")  # "rose from 37 to 41 people" is read as a range elsewhere
_CONVERTED = re.compile(r"\d[ -]?[a-z\u00b2]{1,12}(?: \(|,? or )(?:about |around |~)?$")
_RANGE = re.compile(r"\d-\d")


def find(
    document_id: DocumentId,
    sentences: Sequence[Sentence],
    values: Sequence[Mention],
    *,
    language: str,
) -> tuple[Figure, ...]:
    """Return the figures among *values*; see briefs.figures."""
    own = {
        sentence.index: sentence
        for sentence in sentences
        if sentence.document == document_id and sentence.quotable
    }
    figures = (
        _figure(own[value.sentence], value, english=language == "en")
        for value in values
        if value.kind in _NUMBERS and value.sentence in own
    )
    return tuple(sorted((each for each in figures if each), key=lambda each: each.span))


def _figure(sentence: Sentence, value: Mention, *, english: bool) -> Figure | None:
    offset = sentence.span.start
    start, end = value.span.start - offset, value.span.end - offset
    before = sentence.text[max(0, start - _REACH) : start]
    if _CONVERTED.search(before) or (_CHANGE.search(before) and _RANGE.search(value.value)):
        return None
    about = (
        subjects.find(sentence.text, start, end, value.value).about
        if english
        else _unit(value.value)
    )
    if not about:
        return None
    return Figure(sentence=sentence, span=value.span, value=value.value, about=about)


def _unit(value: str) -> str:
    """Return what a number in a language that is not read here counts: its unit alone."""
    amount = read(value)
    if amount is None:
        return ""
    money = len(amount.unit) == 3 and amount.unit.isupper()
    return "money" if money else amount.unit if amount.unit in MEASURES else ""
