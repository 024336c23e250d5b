"""A title and a text in, why they are no article out: what a website says when it gives none.

A page is only refused when hardly anything stands beside the notice. An article about consent
pages quotes them, and has sentences of its own.
"""

import re
from collections.abc import Iterator, Sequence

from briefs import notices
from briefs.notices import Notice

_SAVE = "open it in a browser and save the article as .txt or .html"
_REASONS = {
    Notice.CHECK: f"is a page that looks for robots, not the article: {_SAVE}.",
    Notice.CONSENT: f"is a consent page, not the article: {_SAVE}.",
    Notice.ERROR: f"is an error page, not the article: check its address, or {_SAVE}.",
    Notice.LOGIN: f"is a login page, not the article: {_SAVE}.",
    Notice.PAYWALL: "has a paywall after its first lines: if you may read the whole article, "
    f"{_SAVE}.",
    Notice.NEWSLETTER: f"asks to subscribe to a newsletter, and is no article: {_SAVE}.",
    Notice.FURNITURE: f"has only menus and notices, and no article: {_SAVE}.",
}
_LABELS = {Notice.LOGIN, Notice.FURNITURE}  # those that are made of lines like those of buttons
_MOST = 20_000  # characters that are looked at; no notice is as long
_LEAST = 12  # words of prose that may stand beside a notice that is all there is
_TEASER = 100  # words of prose that stand before a paywall
_AFTER = 25  # words of prose that stand behind one at most: offers
_FEWEST_LIKELY = 2  # pieces that make a notice when there is nothing else
_FEWEST_WORDS = 5  # of a sentence
_ENDS = re.compile(r"(?<=[.!?\u2026])[\"'\u201d\u2019\u00bb)]?\s+")
_FINISHED = re.compile(r"[.!?\u2026\u3002][\"'\u201d\u2019\u00bb)]*$")


def reason(title: str, text: str, *, is_page: bool = False) -> str:
    """Return why *text* is no article, and what to do; "" when it may be one.

    What *is_page* may also say in words of its own what it wants of its reader. Elsewhere that is
    left alone: a feed may well sum up in a line how to guard your password.
    """
    if len(text) > _MOST:
        return ""
    texts = [title, *_pieces(text)]
    found = _found(texts)
    if not found and is_page:
        found = notices.talks(texts)
    return _REASONS[found] if found else ""


def _found(texts: Sequence[str]) -> Notice | None:
    """Return the notice that *texts*, a title and sentences, come to by how they are worded."""
    scant = sum(len(each.split()) for each in texts[1:] if _is_sentence(each)) <= _LEAST
    if not scant and not any(map(notices.is_one, texts)):
        return None
    pieces = [_Piece(each, *notices.tell(each)) for each in texts]
    found = [each for each in Notice if _is(each, pieces, scant=scant)]
    return max(found, key=lambda each: _said(each, pieces), default=None)


def _pieces(text: str) -> Iterator[str]:
    for block in text.split("\n"):
        yield from filter(None, _ENDS.split(block.strip()))


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS and bool(_FINISHED.search(text))


class _Piece:
    """A sentence, or a line that is none, with what it is surely and likely."""

    def __init__(self, text: str, sure: frozenset[Notice], likely: frozenset[Notice]) -> None:
        self.sure = sure
        self.likely = likely
        self.words = len(text.split())
        self.is_sentence = _is_sentence(text)


def _is(notice: Notice, pieces: Sequence[_Piece], *, scant: bool) -> bool:
    """Return whether *pieces*, the first of them the title, come to a *notice* and little else."""
    gate = next((n for n, piece in enumerate(pieces) if notice in piece.sure), None)
    if gate is None:
        likely = sum(notice in piece.likely for piece in pieces[1:])
        return scant and notice in _LABELS and likely >= _FEWEST_LIKELY
    prose = [_prose(piece, notice) for piece in pieces[1:]]
    if notice is Notice.PAYWALL:
        return sum(prose) <= _TEASER and sum(prose[gate:]) <= _AFTER
    return sum(prose) <= max(_LEAST, _said(notice, pieces) // 2)


def _prose(piece: _Piece, notice: Notice) -> int:
    """Return how many words a *piece* has that is a sentence, and no part of a *notice*."""
    is_part = piece.sure or notice in piece.likely
    return piece.words if piece.is_sentence and not is_part else 0


def _said(notice: Notice, pieces: Sequence[_Piece]) -> int:
    """Return how many words are surely part of a *notice*."""
    return sum(piece.words for piece in pieces if notice in piece.sure)
