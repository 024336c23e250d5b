"""Words that are written with a full stop of their own."""

# ruff: noqa: RUF001 - abbreviations of Russian and Ukrainian look like Latin ones

import re

_TITLES = {
    "en": (
        "adm capt cmdr col com cpl dept dr fr gen gov hon lt maj messrs mr mrs ms prof rep rev sen"
        " sgt st univ"
    ),
    "de": "bzw ca dr fa fr hr hrn inkl nr prof str vgl z zzgl",
    "fr": "art av bd dr m me mgr mlle mm mme mmes pr st ste",
    "es": "av avda d dr dra excmo fray gral lic pdte prof sr sra sres srta ud uds",
    "ru": "акад ген гр доц им обл проф св стр сэр ул",
    "uk": "акад вул ген гр доц ім м обл проф св смт ст стор",
}
_TITLES_OF = {language: frozenset(names.split()) for language, names in _TITLES.items()}
_BEFORE_NUMBERS = frozenset(
    {"art", "ch", "fig", "nr", "p", "pp", "sec", "vol", "№", "п", "ст", "рис"}
)
_LAST = re.compile(r"(?<![^\W\d_])([^\W\d_]+(?:\.[^\W\d_]+)*)\.\s*$")
_BEGINNERS = frozenset(
    {"A", "And", "But", "He", "How", "I", "If", "In", "It", "She", "So", "That", "The", "There",
     "These", "They", "This", "We", "What", "When", "Why", "You"}
)  # fmt: skip
_SHORTEST_WORD = 4  # letters; what is shorter before a small letter is taken for an abbreviation


def ends(text: str, after: str, language: str) -> bool:
    """Return whether *text* ends in an abbreviation that *after* goes on from."""
    last = _LAST.search(text[-40:])
    if last is None or not after:
        return False
    word = last[1].casefold()
    if word in {"e.g", "i.e"} or (after[0].isdigit() and word in _BEFORE_NUMBERS):
        return True
    if after[0].islower() and len(word) <= _SHORTEST_WORD:
        return True
    return word in _TITLES_OF.get(language, ())


def is_initial(text: str, after: str) -> bool:
    """Return whether *text* ends in letters with full stops ("J.", "U.S.") before a name."""
    last = _LAST.search(text[-40:])
    if last is None or not all(len(part) == 1 for part in last[1].split(".")):
        return False
    first = re.match(r"\w+", after)
    return last[1] != "I" and (first is None or first.group() not in _BEGINNERS)
