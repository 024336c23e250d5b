"""A text in, its language (ISO 639-1) out."""

import re

from briefs import words

_DEFAULT = "en"
_SAMPLE = 4_000  # characters
_FEWEST_LETTERS = 30  # in less that is no name, a language cannot be told
_ENGLISH = 0.25  # share of stop words; other languages stay under 0.15
_CODE = re.compile(r"([a-z]{2})(?:$|[-_])", re.IGNORECASE)


def tell(text: str, *, declared: str = "") -> str:
    """Return the language that is *declared*, or else the one that *text* is in."""
    code = _CODE.match(declared.strip())
    if code:
        return code[1].lower()
    sample = text[:_SAMPLE]
    if _letters(sample) < _FEWEST_LETTERS or _is_english(sample):
        return _DEFAULT
    import py3langid

    found = str(py3langid.classify(sample)[0])
    return found if len(found) == 2 else _DEFAULT


def _letters(sample: str) -> int:
    """Return how many letters stand in words that are no names: a list of names is in no language.

    Words with a capital are left out, and what networks and the web are addressed by.
    """
    spoken = (w for w in sample.split() if not w.startswith(("@", "#", "http")))
    return sum(c.isalpha() for word in spoken if not word[:1].isupper() for c in word)


def _is_english(sample: str) -> bool:
    """Return whether *sample* is plainly English: loading the model for that takes a second."""
    spoken = words.words(sample)
    common = words.stop_words("en")
    return sum(word in common for word in spoken) >= _ENGLISH * len(spoken)
