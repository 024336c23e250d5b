"""What was quoted and a text in, whether its words still stand there, or what does instead, out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefs import sentences
from briefs.model import Changed, Document, Line, Sentence, Span

# Marks that outlets exchange without changing a word.
_QUOTES, _PRIMES, _DASHES = "\u201c\u201d\u201e\u00ab\u00bb", "\u2018\u2019\u201a", "\u2010-\u2015"
_FORMS = (
    (re.compile(f"[{_QUOTES}]"), '"'),
    (re.compile(f"[{_PRIMES}]"), "'"),
    (re.compile(f"[{_DASHES}]"), "-"),
    (re.compile("\u00ad"), ""),
)
_ALIKE = 55.0  # of 100: how alike a sentence is to the one that it takes the place of


def change(line: Line, past: Document, now: Document, pieces: Sequence[Sentence]) -> Changed | None:
    """Return what became of *line*, which stands in *past*; None when its words still stand.

    *pieces* are the sentences of *now*. What is told is the whole sentence that was quoted from.
    """
    if stands(line.text, now.text):
        return None
    before = _sentence(line, past)
    if stands(before.text, now.text):  # cut differently now
        return None
    new = [each for each in pieces if each.quotable and not stands(each.text, past.text)]
    likest = _likest(before.text, new)
    after = None if likest is None else Line.of(now, likest.span)
    return Changed(before=before, revision=past.revision, after=after)


def stands(words: str, text: str) -> bool:
    """Tell whether *words* stand somewhere in *text*, however they are spaced and marked."""
    wanted = re.escape(_plain(words))
    return re.search(rf"(?<!\w){wanted}(?!\w)", _plain(text)) is not None


def place(words: str, text: str) -> Span | None:
    """Return where exactly *words* stand in *text* first; None when they do not, to the letter."""
    at = text.find(words)
    return Span(at, at + len(words)) if at >= 0 else None


def _plain(text: str) -> str:
    for form, plain in _FORMS:
        text = form.sub(plain, text)
    return " ".join(text.split())


def _sentence(line: Line, past: Document) -> Line:
    """Return the whole of the sentences of *past* that *line* is cut from."""
    start, end = line.span
    whole = [
        each.span
        for each in sentences.split(past)
        if each.span.start < end and start < each.span.end
    ]
    if not whole:
        return line
    span = Span(whole[0].start, whole[-1].end)
    return replace(line, span=span, text=past.text[span.start : span.end])


def _likest(before: str, candidates: Iterable[Sentence]) -> Sentence | None:
    """Return the sentence most like *before*, the first of equals; None when none is like it."""
    from rapidfuzz import fuzz

    best, most = None, _ALIKE
    for each in candidates:
        alike = fuzz.ratio(_plain(before), _plain(each.text))
        if alike > most:
            best, most = each, alike
    return best
