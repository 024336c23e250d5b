"""A text in, its language (ISO 639-1) out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from briefs import words

try:
    import resource
except ImportError:  # on Windows, where nothing is limited
    resource = None  # type: ignore[assignment]

_DEFAULT = "en"
_SAMPLE = 4_000  # characters
_FEWEST_LETTERS = 30  # in less that is no name, a language cannot be told
_ENGLISH = 0.25  # share of stop words; other languages stay under 0.15
UNLIKE = 0.1  # a lower share of them is hardly English, whatever a page says of itself
_CODE = re.compile(r"([a-z]{2})(?:$|[-_])", re.IGNORECASE)


def tell(text: str, *, declared: str = "") -> str:
    """Return the language that is *declared*, or else the one that *text* is in."""
    code = _CODE.match(declared.strip())
    if code:
        return code[1].lower()
    sample = text[:_SAMPLE]
    if _letters(sample) < _FEWEST_LETTERS or is_english(sample):
        return _DEFAULT
    import py3langid

    _load()
    found = str(py3langid.classify(sample)[0])
    return found if len(found) == 2 else _DEFAULT


@lru_cache(maxsize=1)
def _load() -> None:
    """Load the model, which is unpacked into a file that has no name.

    A worker may write none; that is lifted for so long, and no document is looked at meanwhile.
    """
    import py3langid

    with _writing():
        py3langid.classify("")


@contextmanager
def _writing() -> Iterator[None]:
    if resource is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _letters(sample: str) -> int:
    """Return how many letters stand in words that are no names: a list of names is in no language.

    Words with a capital are left out, and what networks and the web are addressed by.
    """
    spoken = (w for w in sample.split() if not w.startswith(("@", "#", "http")))
    return sum(c.isalpha() for word in spoken if not word[:1].isupper() for c in word)


def is_english(text: str, *, least: float = _ENGLISH) -> bool:
    """Return whether *text* is plainly English: loading the model for that takes a second."""
    spoken = words.words(text[:_SAMPLE])
    common = words.stop_words("en")
    return sum(word in common for word in spoken) >= least * len(spoken)
