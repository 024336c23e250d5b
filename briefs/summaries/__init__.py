"""Sentences in, the best of them in reading order out.

`daybrief` is our own ranker; sumy's algorithms are there by name. sumy and numpy are imported when
something is ranked, and not before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from briefs.errors import UsageError
from briefs.model import DocumentId, Sentence, SentenceKind
from briefs.summaries import lines

OURS = "daybrief"
LEAD = "lead"

# How many lines each can rank in about two seconds; None: as many as there are.
ALGORITHMS: Mapping[str, int | None] = MappingProxyType(
    {
        OURS: None,
        LEAD: None,
        "lexrank": 450,
        "textrank": 950,
        "lsa": None,
        "luhn": 1_800,
        "sumbasic": 1_200,
        "kl": 110,
        "reduction": 550,
        "edmundson": 3_000,
    }
)


def pick(
    sentences: Sequence[Sentence],
    *,
    count: int | None = None,
    words: int | None = None,
    algorithm: str = OURS,
    language: str = "en",
) -> tuple[Sentence, ...]:
    """Return the best of *sentences* in reading order: documents as they come, then by index.

    Either *count* lines, or lines until *words* words are reached (the last may go over). Fewer
    come back when there are fewer that are quotable, worth showing, and not a copy of another.
    *sentences* of more than one document are ranked as one story. Raises UsageError for an unknown
    *algorithm*, and unless exactly one of *count* and *words* is given, and positive.
    """
    _check(count, words, algorithm)
    ranked = _ranked(sentences, algorithm, language)
    chosen = _fill(ranked, words) if words else islice(ranked, count)
    return _in_reading_order(chosen, sentences)


def note(sentences: Sequence[Sentence], algorithm: str) -> str:
    """Say in words what a reader should know about *algorithm* on these *sentences*; often ""."""
    _check(1, None, algorithm)
    limit, many = ALGORITHMS[algorithm], len(lines.candidates(sentences))
    if limit is None or many <= limit:
        return ""
    return (
        f"{algorithm} can rank {limit:,} lines in reasonable time: it was given the best "
        f"{limit:,} of {many:,} by Daybrief's own ranking."
    )


def _check(count: int | None, words: int | None, algorithm: str) -> None:
    if algorithm not in ALGORITHMS:
        names = ", ".join(ALGORITHMS)
        raise UsageError(f'There is no algorithm "{algorithm}": choose one of {names}.')
    if (count is None) == (words is None):
        raise UsageError("Say how long the summary may be: either in sentences or in words.")
    if (count or words or 0) < 1:
        raise UsageError("A summary has at least one sentence, or one word: use a number above 0.")


def _ranked(sentences: Sequence[Sentence], algorithm: str, language: str) -> Iterator[Sentence]:
    """Yield the lines that may be shown, the best first."""
    candidates = lines.candidates(_in_reading_order(sentences, sentences))
    if algorithm == LEAD:
        return iter(candidates)
    if algorithm == OURS:
        return _by_our_ranker(lines.worthy(candidates, language), language)
    limit = ALGORITHMS[algorithm]
    if limit is not None and len(candidates) > limit:
        best = islice(_by_our_ranker(candidates, language), limit)
        candidates = [*_in_reading_order(best, candidates)]
    return _by_sumy(candidates, sentences, algorithm, language)


def _by_our_ranker(candidates: list[Sentence], language: str) -> Iterator[Sentence]:
    from briefs.summaries import dom, ranker

    stories = len({sentence.document for sentence in candidates}) > 1
    kind = ranker.StoryRanker if stories else ranker.NewsRanker
    order = kind(*dom.normal(language)).order(dom.document(candidates))
    return (candidates[place] for place in order)


def _by_sumy(
    candidates: list[Sentence], sentences: Sequence[Sentence], algorithm: str, language: str
) -> Iterator[Sentence]:
    from briefs.summaries import classic, dom

    headings = [sentence for sentence in sentences if sentence.kind is SentenceKind.HEADING]
    order = classic.order(dom.document(candidates, headings), algorithm, language)
    return (candidates[place] for place in order)


def _fill(ranked: Iterator[Sentence], words: int) -> Iterator[Sentence]:
    total = 0
    for sentence in ranked:
        yield sentence
        total += lines.length(sentence.text)
        if total >= words:
            return


def _in_reading_order(
    chosen: Iterable[Sentence], sentences: Sequence[Sentence]
) -> tuple[Sentence, ...]:
    documents: dict[DocumentId, int] = {}
    for sentence in sentences:
        documents.setdefault(sentence.document, len(documents))
    return tuple(sorted(chosen, key=lambda s: (documents[s.document], s.index)))
