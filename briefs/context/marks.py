"""A line in; what of it stands between quotation marks, and who is said to have said it, out."""

import re
from typing import NamedTuple

from briefs.context.vocabulary import SAYS

_QUOTED = re.compile(
    r"“[^“”]{0,5000}”|«[^«»]{0,5000}»|»[^«»]{0,5000}«|„[^„“”]{0,5000}[“”]|”[^“”]{0,5000}”|"
    r'"[^"]{0,5000}"'
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_INCHES = re.compile(r'(?<=\d)"')
_ADVERBS = frozenset(("also", "then", "later", "has", "had", "have", "again", "just", "further"))
_ONLY = frozenset(("he", "she", "they", "it"))


class Quoting(NamedTuple):
    """How a line quotes."""

    outside: str  # the line without what it quotes, a space for each
    first: bool  # it opens with a quotation
    open: int  # 1: a quotation begins in it and does not end; -1: one ends that began before


def read(text: str) -> Quoting:
    """Tell how *text* quotes, whatever its language."""
    if text.count('"') % 2:
        text = _INCHES.sub(" ", text)
    outside = _QUOTED.sub(" ", text)
    return Quoting(outside, outside[:1] == " " != text[:1], _open(outside))


def says_more(quoting: Quoting) -> bool:
    """Tell whether there is a word beside what is quoted."""
    return _LETTER.search(quoting.outside) is not None


def pronoun(quoting: Quoting) -> str:
    """Return the pronoun that is all that says who speaks, in a line that opens with his words."""
    return _speaker(quoting.outside) if quoting.first else ""


def speaks(text: str) -> bool:
    """Tell whether somebody with a name is said to speak in *text*."""
    found = _WORD.findall(text[:1000])
    named = any(word[0].isupper() for word in found[1:] or found)
    return named and any(word.lower() in SAYS for word in found)


def _open(outside: str) -> int:
    """Return on which side a quotation is open, by the marks that have no partner."""
    if outside.count('"') % 2:
        return 1 if _opens(outside, outside.index('"')) else -1
    first = min((at for mark in "“„«»”" if (at := outside.find(mark)) >= 0), default=-1)
    if first < 0:
        return 0
    return 1 if outside[first] in "“„«" else -1


def _opens(text: str, at: int) -> bool:
    return at == 0 or (text[at - 1].isspace() and text[at + 1 : at + 2].strip() != "")


def _speaker(outside: str) -> str:
    """Return the pronoun that is said to speak directly behind or before a quotation."""
    found: list[str] = [word.lower() for word in _WORD.findall(outside[:200])[:4]]
    if len(found) > 1 and found[0] in SAYS and found[1] in _ONLY:
        return found[1]
    verb = next((word for word in found[1:] if word not in _ADVERBS), "")
    return found[0] if verb in SAYS and found[0] in _ONLY else ""
