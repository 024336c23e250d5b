"""A word in, the ids of its pieces out: BERT's uncased vocabulary, without its package."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_MOST_PIECES = 12  # of one word: what follows tells no more about whether it is a name
_LONGEST_PART = 100  # letters; a longer run is unknown, as in BERT
_LONGEST_WORD = 1_000  # letters looked at: bounds the work on hostile text
_CACHED = 20_000
_IDEOGRAPHS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


class WordPiece:
    """A vocabulary; the id of a piece is its place in it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self._longest = max(map(len, vocabulary))
        self.unknown = self._ids["[UNK]"]
        self.first = self._ids["[CLS]"]
        self.last = self._ids["[SEP]"]
        self._cached = lru_cache(maxsize=_CACHED)(self._pieces)

    def pieces(self, word: str) -> tuple[int, ...]:
        """Return the ids of the pieces of *word*, from 1 to 12 of them."""
        return self._cached(word[:_LONGEST_WORD])

    def _pieces(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        for part in _parts(word):
            if len(found) >= _MOST_PIECES:
                break
            found += self._cut(part)
        return tuple(found[:_MOST_PIECES]) or (self.unknown,)

    def _cut(self, part: str) -> list[int]:
        """Cut *part* into the longest known pieces from the left."""
        if len(part) > _LONGEST_PART:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(part):
            end = self._end_of_longest(part, start)
            if end == start:
                return [self.unknown]
            found.append(self._ids["##" * (start > 0) + part[start:end]])
            start = end
        return found

    def _end_of_longest(self, part: str, start: int) -> int:
        prefix = "##" * (start > 0)
        for end in range(min(len(part), start + self._longest), start, -1):
            if prefix + part[start:end] in self._ids:
                return end
        return start


def _parts(word: str) -> list[str]:
    """Lower-case *word*, drop its accents, and cut it at punctuation and ideographs."""
    kept = (c for c in unicodedata.normalize("NFD", word.lower()) if not _is_dropped(c))
    return "".join(f" {c} " if _stands_alone(c) else c for c in kept).split()


def _is_dropped(char: str) -> bool:
    category = unicodedata.category(char)
    return category == "Mn" or char == "\ufffd" or (category[0] == "C" and char not in "\t\n\r")


def _stands_alone(char: str) -> bool:
    code = ord(char)
    return (
        (code < 0x80 and not char.isalnum() and not char.isspace())
        or unicodedata.category(char)[0] == "P"
        or any(low <= code <= high for low, high in _IDEOGRAPHS)
    )
