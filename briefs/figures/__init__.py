"""Sentences and the values in them in; what each counts, the key figures, and where they differ.

Figures of different outlets can be compared because what they count is folded: "killed 37 people",
"37 dead" and "a death toll of 37" are all 37 "people killed". That is read in English only, from
the words of one clause. Not attempted: who a "they" is, figures whose noun stands in another
sentence, sums and differences, "dozens" and "hundreds" without a number, what is counted in a
table, and numbers in other languages beyond those with a unit. Dates, times, ages, ordinals and
the numbers of laws, pages and flights are no figures.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from briefs.model import DocumentId, Figure, Mention, Sentence


def find(
    document_id: DocumentId,
    sentences: Sequence[Sentence],
    values: Sequence[Mention],
    *,
    language: str = "en",
) -> tuple[Figure, ...]:
    """Return the figures among *values* in the quotable ones of *sentences*, in reading order.

    Sentences of other documents are left out.
    """
    from briefs.figures import finding

    return finding.find(document_id, sentences, values, language=language)


def key(found: Sequence[Figure], limit: int) -> tuple[Figure, ...]:
    """Return at most *limit* figures of a story, one for each thing that is counted.

    Measures (distances, per cent) come last; before them what most documents give comes first, and
    of equals people before money and money before other counts. The newest document is quoted.
    """
    from briefs.figures import choosing

    return choosing.key(found, limit)


def disputes(
    found: Sequence[Figure],
    origin: Mapping[DocumentId, int],
    times: Mapping[DocumentId, datetime],
) -> tuple[tuple[Figure, ...], ...]:
    """Return groups of figures that differ for one fact of one story, in the order of their times.

    Each group has one figure for each value, of the document that gave it first. Only figures of
    different origins are held against each other, of one origin the newest. What may be the same
    number (a bound, a rounding, another unit), a part, another day or place, a rate, a forecast or
    what somebody else explains ("rose to 41 from 37") is not in dispute. A document that is missing
    in *origin* or *times* is left out.
    """
    from briefs.figures import comparing

    return comparing.disputes(found, origin, times)
