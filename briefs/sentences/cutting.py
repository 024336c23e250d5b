"""A block of text in, the places of its sentences out.

sentencex finds the sentences. It keeps a quotation of several sentences in one piece and does
not know every abbreviation, so what it finds is cut further inside quotations and joined again
after abbreviations.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import sentencex

from briefs import words
from briefs.model import Span
from briefs.sentences import abbreviations

LONGEST = 2_000  # code points of a piece; longer ones are cut between words
_WINDOW = 2_100  # code points at a time: sentencex takes quadratic time in places

_LETTER = re.compile(r"[^\W_]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # no text for other libraries
# In Latin and Cyrillic letters only these end a sentence; other scripts are left to sentencex.
_UNSURE = re.compile("[.!?\u2026]|[^\x00-\u024f\u0400-\u052f\u2010-\u201f]")
_CLOSERS = {
    "\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u00bb": "\u00ab",
    "\u2018": "\u2019", '"': '"',
}  # fmt: skip
_STOP = re.compile(
    r"[\"\u201c\u201d\u201e\u00ab\u00bb]"
    r"|(?<!\w)\u2018|\u2019(?!\w)"
    r"|[.!?\u2026]\s+(?=[\"\u201c\u2018\u00ab(\[]?[^\W\d_])"
)
_BRACKETED = re.compile(r"[.!?][)\]]\s+(?=[\"\u201c\u2018\u00ab]?[^\W\d_])")
_NUMBER = re.compile(r"\d{1,3}[.)]\s*")
_ASKED = re.compile(r"[!?][\"\u201d\u2019]\s*$")
_WHO_ASKED = re.compile(
    r"(?!(?:He|She|They|It|I|We|You|This|That|The\s\w+s)\s)(?:[^\s.!?]+\s){1,6}?"
    r"(?:asked|said|says|asks|added|wrote|tweeted|cried|shouted|wondered|exclaimed|replied)\b"
)


def cut(text: str, block: Span, *, language: str) -> tuple[Span, ...]:
    """Return the sentences of text[block] in order; they leave out nothing but white space."""
    inner = text[block.start : block.end]
    if len(inner) <= LONGEST and not _UNSURE.search(inner, 0, len(inner) - 1):
        return (block,)
    ends = _joined(inner, _boundaries(inner, language), language)
    ends = [end for pair in pairwise((0, *ends)) for end in _further(inner, Span(*pair), language)]
    spans = (words.stripped(inner, Span(*pair)) for pair in pairwise((0, *ends)))
    return tuple(
        Span(block.start + piece.start, block.start + piece.end)
        for span in spans
        for piece in _capped(inner, span)
    )


def _boundaries(text: str, language: str) -> list[int]:
    """Return where sentences end, by sentencex, a window at a time."""
    ends: list[int] = []
    start = 0
    while start < len(text):
        window = _SURROGATE.sub("\ufffd", text[start : start + _WINDOW])
        found = [each["end_index"] for each in sentencex.get_sentence_boundaries(language, window)]
        if start + len(window) < len(text):  # the last one may go on after the window
            found = found[:-1] or [_gap(window, len(window))]
        ends += [start + end for end in found]
        start = ends[-1]
    return ends


def _gap(text: str, limit: int) -> int:
    """Return the last place up to *limit* to cut *text*: between words, or between characters."""
    space = max(text.rfind(char, 1, limit) for char in " \n")
    return space if space > limit // 2 else words.cut(text, limit) or limit


def _joined(text: str, ends: Sequence[int], language: str) -> list[int]:
    """Return *ends* without those at which no sentence ends."""
    kept: list[int] = []
    start = 0
    for end, after in pairwise((*ends, len(text))):
        is_open = end < after and end - start < LONGEST
        if is_open and _goes_on(text[start:end], text[end:after], language):
            continue
        kept.append(end)
        start = end
    return kept


def _goes_on(piece: str, after: str, language: str) -> bool:
    """Return whether *after* belongs to the sentence that *piece* begins."""
    if not _LETTER.search(piece) or not _LETTER.search(after):
        return True
    if _NUMBER.fullmatch(piece) or abbreviations.ends(piece, after, language):
        return True
    return bool(_ASKED.search(piece[-8:]) and _WHO_ASKED.match(after[:200]))


def _further(text: str, span: Span, language: str) -> Iterator[int]:
    """Yield where text[span] is to be cut: inside quotations, after brackets, and at its end."""
    piece = text[span.start : span.end]
    found = set(_inside_quotations(piece, language))
    found.update(end for end in _after_brackets(piece))
    yield from (span.start + end for end in sorted(found))
    yield span.end


def _inside_quotations(piece: str, language: str) -> Iterator[int]:
    closers = ""
    for mark in _STOP.finditer(piece):
        sign = mark.group()[0]
        if sign in ".!?\u2026":
            if closers and _begins(piece, mark.end()) and not _is_short(piece, mark, language):
                yield mark.end()
        elif closers:
            closers = "" if sign in closers else closers
        else:
            closers = _CLOSERS.get(sign, "")


def _after_brackets(piece: str) -> Iterator[int]:
    return (mark.end() for mark in _BRACKETED.finditer(piece) if _begins(piece, mark.end()))


def _begins(piece: str, at: int) -> bool:
    """Return whether what stands at *at* looks like the beginning of a sentence."""
    head = piece[at : at + 2].lstrip('"\u201c\u2018\u00ab([')
    return head[:1].isupper()


def _is_short(piece: str, mark: re.Match[str], language: str) -> bool:
    before = piece[max(0, mark.start() - 20) : mark.start() + 1]
    after = piece[mark.end() : mark.end() + 40]
    return abbreviations.ends(before, after, language) or abbreviations.is_initial(before, after)


def _capped(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST:
        end = start + _gap(text[start : start + LONGEST], LONGEST)
        yield words.stripped(text, Span(start, end))
        start = words.stripped(text, Span(end, span.end)).start
    yield Span(start, span.end)
