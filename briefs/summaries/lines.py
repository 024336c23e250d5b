"""Sentences in; which may stand as lines, and which of those need their neighbours, out."""

import re
from collections.abc import Iterable

from briefs import words
from briefs.model import Sentence, SentenceKind

_SHORTEST = 5  # words
_SHORTEST_UNSPACED = 10  # letters, in scripts that set no spaces between words
_DANGLES = 0.7  # in the ranker's unit: 1 is the distance from the worst line to the best
_POST = 0.25
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
_QUOTED = re.compile(r'“[^“”]{1,2000}”|«[^«»]{1,2000}»|„[^„“]{1,2000}“|"[^"]{1,2000}"')
_LEANING = re.compile(  # points back at the line before; "this week" does not, nor "so-called"
    r"\W*(?:he|she|it|they|him|her|his|hers|its|their|theirs|them|this|that|these|those|such|but|"
    r"however|and|or|nor|so|yet|then|also|thus|therefore|hence|instead|nevertheless|nonetheless|"
    r"moreover|furthermore|besides|otherwise|similarly|likewise|meanwhile|still)\b(?!-|\W{1,3}"
    r"(?:week|weekend|month|year|morning|afternoon|evening|night|spring|summer|autumn|winter|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)",
    re.IGNORECASE,
)


def candidates(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the quotable ones of *sentences*; of lines in the same words only the first."""
    kept: dict[str, Sentence] = {}
    for sentence in sentences:
        if sentence.quotable:
            key = _APART.sub(" ", sentence.text.casefold()).strip() or sentence.text
            kept.setdefault(key, sentence)
    return list(kept.values())


def worthy(sentences: list[Sentence], language: str) -> list[Sentence]:
    """Leave out teasers, the short, junk, and headlines, unless there is nothing else."""
    kept = [sentence for sentence in sentences if _is_line(sentence.text)] or sentences
    stems = [_stems(sentence.text, language) for sentence in kept]
    return [sentence for place, sentence in enumerate(kept) if not _is_teaser(place, kept, stems)]


def discount(sentence: Sentence) -> float:
    """Return what *sentence* loses for needing its neighbours, and for being somebody's post."""
    post = _POST if sentence.kind is SentenceKind.POST else 0.0
    return post + (_DANGLES if dangles(sentence.text) else 0.0)


def dangles(text: str) -> bool:
    """Tell whether *text*, read alone, leaves open who or what is meant (English only)."""
    outside = _QUOTED.sub(" ", text)
    if text.rstrip().endswith(("?", ":")) or outside.count("“") != outside.count("”"):
        return True
    if not _LETTER.search(outside):
        return outside != text  # nothing but a quotation: nobody is named who says it
    return bool(_LEANING.match(text) or (outside != text and _LEANING.match(outside)))


def length(text: str) -> int:
    """Count words as a reader would; where none are spaced, two letters count as one."""
    return max(len(text.split()), len(_UNSPACED.findall(text)) // 2)


def _is_teaser(place: int, sentences: list[Sentence], stems: list[frozenset[str]]) -> bool:
    """Tell a document's first line that its second says again, and in full."""
    document = sentences[place].document
    if place and sentences[place - 1].document == document:
        return False
    if place + 1 == len(sentences) or sentences[place + 1].document != document:
        return False
    here, there = stems[place], stems[place + 1]
    return len(here) < len(there) and len(here & there) > _TEASER * len(here)


def _stems(text: str, language: str) -> frozenset[str]:
    stop_words = words.stop_words(language)
    return frozenset(words.stem(w, language) for w in words.words(text) if w not in stop_words)


def _is_line(text: str) -> bool:
    return _is_long_enough(text) and not _JUNK.match(text) and not _is_headline(text)


def _is_long_enough(text: str) -> bool:
    spaced = sum(bool(_LETTER.search(word)) for word in text.split())
    return spaced >= _SHORTEST or len(_UNSPACED.findall(text)) >= _SHORTEST_UNSPACED


def _is_headline(text: str) -> bool:
    """Tell a line that does not end as a sentence and capitalises most of its longer words."""
    if _ENDED.search(text[-8:].rstrip()):
        return False
    longer = [word for word in text.split() if len(word) > 3 and _LETTER.match(word)]
    return 5 * sum(word[0].isupper() for word in longer) >= 3 * len(longer) > 0
