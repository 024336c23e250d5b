"""Sentences in; which of them may be shown as lines, and how long they are, out."""

import re
from collections.abc import Iterable
from itertools import groupby, islice
from typing import TypeAlias

from briefs import words
from briefs.model import DocumentId, Sentence, SentenceKind

Place: TypeAlias = tuple[DocumentId, int]  # a document, and the index of its sentence

_SHORTEST = 5  # words
_SHORTEST_UNSPACED = 10  # letters, in scripts that set no spaces between words
_POST = 0.25  # 1 is the distance from the worst line to the best
_TEASER = 0.7  # share of its stems

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_APART = re.compile(r"\W+")
_LETTER = re.compile(r"[^\W\d_]")
_ENDED = re.compile(r"""[.!?…。।؟:;\uff01\uff1f][)\]"'\u2019”»“]*$""")
_JUNK = re.compile(
    r"\W*(?:scroll down|click here|tap here|advertisement|share this|read (?:more|also)|"
    r"see also|sign up|subscribe|follow us|image copyright|image caption|media caption|"
    r"all rights reserved|copyright|©|photo(?:graph)?:|image:|picture:|source:)",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"[\"\u201c\u201d\u201e\u00ab\u00bb]|``|''|(?<!\w)['\u2018]\w|[^\W\s]['\u2019](?!\w)"
)
_PERSONAL = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|[Uu]s|[Oo]urs?|[Yy]ou|[Yy]ours?)\b(?!\.)")
_FEW = 8  # lines, in which no voice can be told
_REPORTED, _PERSONALLY = 0.12, 0.27  # shares of lines that are personal


def candidates(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the quotable ones of *sentences*; of lines in the same words only the first."""
    kept: dict[str, Sentence] = {}
    for sentence in sentences:
        if sentence.quotable:
            key = _APART.sub(" ", sentence.text.casefold()).strip() or sentence.text
            kept.setdefault(key, sentence)
    return list(kept.values())


def worthy(sentences: list[Sentence], language: str) -> list[Sentence]:
    """Leave out headlines, teasers, the short, and junk, unless there is nothing else."""
    kept = [line for line in sentences if _is_line(line.text)] or sentences
    texts = groupby(kept, key=lambda sentence: sentence.document)
    return [line for _, text in texts for line in _below_headline([*text], language)]


def place(sentence: Sentence) -> Place:
    """Return where *sentence* stands."""
    return sentence.document, sentence.index


def discount(sentence: Sentence) -> float:
    """Return what *sentence* loses for being somebody's post."""
    return _POST if sentence.kind is SentenceKind.POST else 0.0


def reported(sentences: Iterable[Sentence], language: str) -> float:
    """Say from 0 to 1 how far *sentences* report, as news does, and nobody speaks for himself.

    Opinions, interviews, letters and instructions say "I" and "you" (English only). What stands
    in quotation marks is not asked.
    """
    plain = [each for each in sentences if _is_plain(each)]
    if len(plain) < _FEW:
        return 1.0
    share = sum(is_personal(each, language) for each in plain) / len(plain)
    return min(1.0, max(0.0, (_PERSONALLY - share) / (_PERSONALLY - _REPORTED)))


def is_personal(sentence: Sentence, language: str) -> bool:
    """Tell whether somebody speaks in *sentence* for himself, or to the reader (English only)."""
    return language == "en" and _is_plain(sentence) and bool(_PERSONAL.search(sentence.text))


def _is_plain(sentence: Sentence) -> bool:
    return sentence.kind is SentenceKind.PROSE and not _MARKED.search(sentence.text)


def length(text: str) -> int:
    """Count words as a reader would; where none are spaced, two letters count as one."""
    return max(len(text.split()), len(_UNSPACED.findall(text)) // 2)


def _below_headline(text: list[Sentence], language: str) -> list[Sentence]:
    """Leave out what stands on top of a document and heads it, or is said again below in full."""
    first, *below = text
    if not below:
        return text
    ended = sum(_is_ended(line.text) for line in below)
    heads = not _is_ended(first.text) and 2 * ended > len(below)
    return below if heads or _is_teaser(first, below[0], language) else text


def _is_teaser(line: Sentence, following: Sentence, language: str) -> bool:
    here, there = _stems(line.text, language), _stems(following.text, language)
    return len(here) < len(there) and len(here & there) > _TEASER * len(here)


def _stems(text: str, language: str) -> frozenset[str]:
    stop_words = words.stop_words(language)
    return frozenset(words.stem(w, language) for w in words.words(text) if w not in stop_words)


def _is_line(text: str) -> bool:
    return _is_long_enough(text) and not _JUNK.match(text) and not _is_headline(text)


def _is_long_enough(text: str) -> bool:
    spaced = (word for word in text.split() if _LETTER.search(word))
    return (
        len([*islice(spaced, _SHORTEST)]) == _SHORTEST
        or len(_UNSPACED.findall(text)) >= _SHORTEST_UNSPACED
    )


def _is_headline(text: str) -> bool:
    """Tell a line that does not end as a sentence and capitalises most of its longer words."""
    if _is_ended(text):
        return False
    longer = [word for word in text.split() if len(word) > 3 and _LETTER.match(word)]
    return 5 * sum(word[0].isupper() for word in longer) >= 3 * len(longer) > 0


def _is_ended(text: str) -> bool:
    return bool(_ENDED.search(text[-8:].rstrip()))
