"""Sentences in, the best of them in reading order out.

`daybrief` is our own ranker; sumy's algorithms are there by name. sumy and numpy are imported when
something is ranked, and not before.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from briefs.errors import UsageError
from briefs.model import Choice, DocumentId, Lean, Sentence, SentenceKind
from briefs.summaries import lines
from briefs.summaries.lines import Place
from briefs.words import Frequencies

OURS = "daybrief"
LEAD = "lead"

# How many lines each can rank in about two seconds; None: as many as there are.
ALGORITHMS: Mapping[str, int | None] = MappingProxyType(
    {
        OURS: None,
        LEAD: None,
        "lexrank": 10_000,
        "textrank": None,
        "lsa": None,
        "luhn": 30_000,
        "sumbasic": 2_000,
        "kl": 110,
        "reduction": 10_000,
        "edmundson": 30_000,
    }
)
_NO_LEANS: Mapping[Place, Lean] = MappingProxyType({})
_NOT_LIKED: Mapping[Place, float] = MappingProxyType({})


def pick(
    sentences: Sequence[Sentence],
    *,
    count: int | None = None,
    words: int | None = None,
    algorithm: str = OURS,
    language: str = "en",
    leans: Mapping[Place, Lean] = _NO_LEANS,
    liked: Mapping[Place, float] = _NOT_LIKED,
    frequencies: Frequencies | None = None,
) -> tuple[Choice, ...]:
    """Return the best of *sentences* in reading order: documents as they come, then by index.

    Either *count* lines, or lines until *words* words are reached (the last may go over). Fewer
    come back when there are fewer that are quotable, worth showing, and not a copy of another.
    *sentences* of more than one document are ranked as one story. Raises UsageError for an unknown
    *algorithm*, and unless exactly one of *count* and *words* is given, and positive.

    `daybrief` shows a line that *leans* with its note, or after the line before it where both fit,
    or only when nothing else is there; sumy's algorithms are taken at their word. *liked* is what
    a line gains because a reader watches for it: 1 is the distance from the worst line to the
    best. *frequencies* are those of further documents, to join the ones that are shipped.
    """
    _check(count, words, algorithm)
    place = _reading_order(sentences)
    ordered = sorted(sentences, key=place)
    candidates = lines.candidates(ordered)
    if algorithm == OURS:
        worthy = lines.worthy(candidates, language)
        chosen = _by_our_ranker(
            worthy, count, words, language, leans=leans, liked=liked, frequencies=frequencies
        )
        why = "shown because nothing else is there"
    else:
        ranked = _ranked(candidates, ordered, algorithm, language)
        chosen = map(Choice, _fill(ranked, words) if words else islice(ranked, count))
        why = f"shown because {algorithm} chose it"
    in_order = sorted(chosen, key=lambda choice: place(choice.sentence))
    return tuple(_explained(in_order, leans, why))


def note(sentences: Sequence[Sentence], algorithm: str) -> str:
    """Say in words what a reader should know about *algorithm* on these *sentences*; often ""."""
    _check(1, None, algorithm)
    limit = ALGORITHMS[algorithm]
    many = len(lines.candidates(sentences)) if limit else 0
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


def _by_our_ranker(
    candidates: list[Sentence],
    count: int | None,
    words: int | None,
    language: str,
    *,
    leans: Mapping[Place, Lean],
    liked: Mapping[Place, float],
    frequencies: Frequencies | None,
) -> Iterator[Choice]:
    from briefs.summaries import ours

    costs = [max(1, lines.length(each.text)) if words else 1 for each in candidates]
    return ours.choose(
        candidates,
        language=language,
        room=(costs, words or count or 0),
        leans=leans,
        liked=liked,
        frequencies=frequencies,
    )


def _ranked(
    candidates: list[Sentence], sentences: Sequence[Sentence], algorithm: str, language: str
) -> Iterator[Sentence]:
    """Yield the lines that may be shown, the best first by an *algorithm* that is not ours."""
    if algorithm == LEAD:
        return iter(candidates)
    from briefs.summaries import classic, dom, ours

    limit = ALGORITHMS[algorithm]
    if limit is not None and len(candidates) > limit:
        best = islice(ours.order(candidates, language), limit)
        candidates = sorted(best, key=_reading_order(candidates))
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


def _reading_order(sentences: Iterable[Sentence]) -> Callable[[Sentence], tuple[int, int]]:
    """Return a key that puts documents as they come in *sentences*, and then by index."""
    documents: dict[DocumentId, int] = {}
    for sentence in sentences:
        documents.setdefault(sentence.document, len(documents))
    return lambda sentence: (documents[sentence.document], sentence.index)


def _explained(
    choices: Sequence[Choice], leans: Mapping[Place, Lean], otherwise: str
) -> Iterator[Choice]:
    """Say which of *choices* stand next to each other, and why those may be shown that lean."""
    shown = {lines.place(choice.sentence) for choice in choices}
    for choice in choices:
        document, index = place = lines.place(choice.sentence)
        joined = (document, index - 1) in shown
        following = leans.get((document, index + 1)) if (document, index + 1) in shown else None
        lean = leans.get(place)
        if lean is None:
            yield choice._replace(joined=joined)
            continue
        done, note = otherwise, ""
        if joined and lean.before:
            done = "shown after the line before it"
        elif lean.note:
            done, note = "shown beside a note", lean.note
        elif following and following.before:
            done = "shown with the line after it"
        yield choice._replace(joined=joined, note=note, rule=f"{lean.rule}: {done}")
