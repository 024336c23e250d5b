"""A text and a limit in, a place to cut it out."""

import unicodedata


def cut(text: str, limit: int) -> int:
    """Return the largest offset up to *limit* that does not cut a character as a reader sees it.

    0 when the first such character is longer than *limit*.
    """
    if limit >= len(text):
        return len(text)
    at = max(limit, 0)
    while at and _joined(text, at):
        at -= 1
    return at


def _joined(text: str, at: int) -> bool:
    """Return whether the code points on both sides of *at* make one character."""
    before, after = text[at - 1], text[at]
    if before == "\r" and after == "\n":
        return True
    if _is_flag_half(before) and _is_flag_half(after):
        return _flag_halves_before(text, at) % 2 == 1
    return _extends(after) or (before == "\u200d" and unicodedata.category(after) == "So")


def _extends(char: str) -> bool:
    return (
        unicodedata.category(char)[0] == "M"
        or char in "\u200c\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    start = at
    while start and _is_flag_half(text[start - 1]):
        start -= 1
    return at - start
