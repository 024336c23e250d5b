"""A sentence in, its words with their places out, cut as the tagger's training data were cut."""

import re
from typing import NamedTuple

# Each alternative is a run without inner choice, so that the pattern is linear on any text.
_TOKEN = re.compile(
    r"https?://\S+"
    r"|(?:[A-Za-z]\.){2,}"  # U.S.
    r"|(?:Inc|Corp|Ltd|Jr|Sr|St|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Co)\.(?!\w)"
    r"|[A-Z]\.(?= [A-Z])"  # J. K. Rowling
    r"|[@#]?[\w\u0300-\u036f]+(?:(?:[-\u2019'.]|(?<=\d),(?=\d))[\w\u0300-\u036f]+)*"
    r"|[^\w\s]"
)
_CLITIC = re.compile(r"(?:['\u2019](?:s|re|ve|ll|d|m)|n['\u2019]t)\Z", re.IGNORECASE)
_LONGEST_CLITIC = 3
_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")


class Token(NamedTuple):
    """A word at [start, end) of its sentence; `text` has plain quotation marks and dashes."""

    start: int
    end: int
    text: str


def words(sentence: str) -> tuple[Token, ...]:
    """Return the words of *sentence*; a possessive or contracted ending is a word of its own."""
    found: list[Token] = []
    for match in _TOKEN.finditer(sentence):
        start, end = match.span()
        cut = _before_clitic(sentence, start, end)
        found.append(_token(sentence, start, cut))
        if cut < end:
            found.append(_token(sentence, cut, end))
    return tuple(found)


def _before_clitic(sentence: str, start: int, end: int) -> int:
    """Return where the clitic of a word begins, or *end* when it has none."""
    clitic = _CLITIC.search(sentence, max(start + 1, end - _LONGEST_CLITIC), end)
    return clitic.start() if clitic else end


def _token(sentence: str, start: int, end: int) -> Token:
    return Token(start, end, sentence[start:end].translate(_PLAIN))
