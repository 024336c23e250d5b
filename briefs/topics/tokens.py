"""Text in, its words out as they are compared: no case, no accents, and their stems.

Unlike `words.words`, numbers are words here, so that none is passed over inside a phrase; words
end at hyphens and apostrophes; and what is written without spaces comes sign by sign, so that a
word in it is a phrase.
"""

import re
import unicodedata
from functools import lru_cache

from briefs import words

_LONGEST = 60  # characters: a longer word is no word that anybody asks for
STOP = "\n"  # stands for what no phrase goes across

# Thai, Lao, Burmese, Khmer, kana and Han: scripts that write no spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
# Signs that belong to the letter before them, in scripts that are written with spaces.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0abc-\u0acd\u0b01-\u0b4d"
    "\u0b82-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd\u0d00-\u0d4d\u200c\u200d"
)
_BETWEEN = frozenset(",;:!?()[]\n\u2014\u2026\u3001\u3002\uff01\uff0c\uff1a\uff1f")
_WORD = rf"[^\W{_UNSPACED}]+(?:[{_MARKS}]+[^\W{_UNSPACED}]*)*|[{_UNSPACED}]"
_TOKEN = re.compile(rf"{_WORD}|[{re.escape(''.join(sorted(_BETWEEN)))}]")
_NOT_LATIN = re.compile(r"[^\x00-\u024f\u0300-\u036f\u1e00-\u1eff]")
# Accents that are read and not spelled: Greek and Russian stress, Hebrew and Arabic vowels.
_READ = re.compile("[\u0300\u0301\u0313\u0314\u0342\u0345\u0591-\u05bd\u064b-\u0652\u200c\u200d]")


def folded(text: str) -> tuple[str, ...]:
    """Return the words of *text* without case and accents, with `STOP` where a phrase ends."""
    return tuple(map(_folded, _TOKEN.findall(text)))


def places(text: str) -> list[tuple[int, int]]:
    """Return the start and the end in *text* of each of the words that `folded` gives."""
    return [token.span() for token in _TOKEN.finditer(text)]


def asked(text: str) -> tuple[str, ...]:
    """Return the words of what somebody asks for, whatever stands between them."""
    return tuple(word for word in folded(unicodedata.normalize("NFC", text)) if word.strip())


@lru_cache(maxsize=200_000)
def _folded(token: str) -> str:
    if len(token) > _LONGEST or token in _BETWEEN:
        return STOP
    if not _NOT_LATIN.search(token):
        return words.fold(token)
    plain = _READ.sub("", unicodedata.normalize("NFD", token))
    return unicodedata.normalize("NFKC", plain).casefold()
