"""Text in, words out: the one place that decides what a word, its stem and a block are."""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from briefs.words.frequencies import Frequencies, frequencies
from briefs.words.graphemes import cut
from briefs.words.layout import begins_item, blocks, stripped
from briefs.words.stop_lists import STOP_WORDS

__all__ = [
    "Frequencies",
    "begins_item",
    "blocks",
    "cut",
    "fold",
    "frequencies",
    "stem",
    "stop_words",
    "stripped",
    "words",
]

# Signs that belong to the letter before them; the standard library's \w leaves them out.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983"
    "\u09bc-\u09cd\u0a01-\u0a4d\u0abc-\u0acd\u0b01-\u0b4d\u0b82-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd"
    "\u0d00-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
_WORD = re.compile(rf"[^\W\d_][\w{_MARKS}]*(?:['\u2019-][\w{_MARKS}]+)*")
# Scripts that write no spaces between words (Han, kana).
_UNSPACED = re.compile(
    "[\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)

_SIGNS = re.compile(r"([^\w\s\x00-\u02ff]{32})[^\w\s\x00-\u02ff]+")
_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u2039\u203a`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    }
)

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian",
    "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

_STEMMERS: dict[str, Callable[[str], str]] = {}
_STEMMING = threading.Lock()  # a stemmer keeps the word it works on in itself


def words(text: str) -> tuple[str, ...]:
    """Return the words of *text*, case-folded, in order.

    A word begins with a letter ("tb2" and "don't" are words, "2021" is none). What is written
    without spaces (Chinese, Japanese) comes as its overlapping pairs of characters.
    """
    folded = text.casefold().replace("\u2019", "'")
    found = _WORD.findall(folded)
    if not _UNSPACED.search(folded):
        return tuple(found)
    return tuple(part for word in found for part in _parts(word))


def _parts(word: str) -> Iterator[str]:
    end = 0
    for run in _UNSPACED.finditer(word):
        yield from filter(None, (word[end : run.start()],))
        pairs = run.group()
        yield from (pairs[i : i + 2] for i in range(max(1, len(pairs) - 1)))
        end = run.end()
    yield from filter(None, (word[end:],))


def fold(text: str) -> str:
    """Return the form in which texts are compared: plain letters, one case, straight quotes."""
    if not text.isascii():
        from anyascii import anyascii

        # Bringing a million marks in their order would take minutes.
        text = _SIGNS.sub(r"\1", text.translate(_STRAIGHT))
        text = anyascii(unicodedata.normalize("NFKC", text))
    return " ".join(text.translate(_STRAIGHT).casefold().split())


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a case-folded *word*; itself where *language* has no stemmer."""
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None:
        return word
    with _STEMMING:
        return _stemmer(algorithm)(word)


def _stemmer(algorithm: str) -> Callable[[str], str]:
    if algorithm not in _STEMMERS:
        from Stemmer import Stemmer

        _STEMMERS[algorithm] = Stemmer(algorithm, 0).stemWord  # what is asked again is cached here
    return _STEMMERS[algorithm]


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the words that say nothing of a subject; none for a language without a list."""
    return frozenset(STOP_WORDS.get(language, "").split())
