"""A name as written in, the form in which names are compared out: used by rows and by queries.

Folded: no case, no accents, no punctuation, other alphabets in Latin letters, words joined by
one space. A key also leaves out what is no part of a name of its kind: titles, articles,
possessives, legal forms; and it has one spelling for names that are written in several ways.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from briefs.entities import tables
from briefs.model import EntityKey, Kind

_UNREAD = frozenset({"Cf", "So", "Sk", "Cs", "Co"})  # marks of direction, pictures
_LONGEST = 300  # characters of a name that are compared
_WORD = re.compile(r"[a-z0-9&]+(?:[-'][a-z0-9]+)*")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')(?![\w'])")
_QUOTES = str.maketrans("\u2018\u2019\u02bc`", "''''")
_HANDLE = re.compile(r"@(\w{1,64})")
_DESIGNATION = re.compile(r"\b([a-z]{1,12}) (\d)")
_ENDING = re.compile(r"(?<=[b-df-hj-np-tv-xz])(?:yy|iy|yi|yj|ij|ii)\Z")
_ADJECTIVE = re.compile(r"(?<=sk)i\Z")
_GLIDE = re.compile(r"(?<=[eo])[ij]\Z")
_SHORTEST_ROMANISED = 5  # letters: "Troi" and "Troy", "Wei" and "Wey" are different names


def fold_name(text: str) -> str:
    """Return *text* folded, as any kind of name."""
    return " ".join(_plain(words(text))) or text.strip()[:_LONGEST].casefold()


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of *text*; hyphens inside a word stay, a possessive goes."""
    clean = "".join(c for c in text.strip()[:_LONGEST] if unicodedata.category(c) not in _UNREAD)
    latin = anyascii(unicodedata.normalize("NFKC", clean).translate(_QUOTES)).lower()
    return tuple(_WORD.findall(_POSSESSIVE.sub("", latin)))


def key(kind: Kind, text: str) -> EntityKey:
    """Return what an entity of *kind* that is written *text* is recognised by."""
    handle = _HANDLE.fullmatch(text.strip())
    if handle:
        return EntityKey(kind, handle[0].casefold())
    found = _BY_KIND.get(kind, _other)(words(text))
    return EntityKey(kind, found or fold_name(text))


def query_keys(text: str) -> tuple[str, ...]:
    """Return every key that a reader who types *text* may mean, the likeliest first."""
    name = text.strip()
    kinds = (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.NATIONALITY, Kind.PRODUCT)
    found = [key(kind, name).key for kind in kinds]
    if re.fullmatch(r"\w{1,64}", name):
        found.append(f"@{name.casefold()}")
    return tuple(dict.fromkeys(k for k in found if k))


def without_titles(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folded words of a person's name without what stands before it."""
    start = 0
    while start < len(names) - 1 and _is_before(names, start):
        start += 1
    return names[start:]


def _is_before(names: tuple[str, ...], place: int) -> bool:
    """Whether the word at *place*, not the last, is an article, a title, or a part of one."""
    word, following = names[place], names[place + 1]
    if word in tables.TITLES or word in tables.ROYAL or word in {"the", "a", "an"}:
        return True
    if word in tables.DEMONYMS:
        return following in tables.TITLES or following in tables.OFFICES
    before = place > 0 and (names[place - 1] in tables.OFFICES or word in tables.SMALL)
    return word in tables.OFFICES and (before or following in tables.TITLES)


def romanise(word: str) -> str:
    """Return one spelling for the endings that transliterators of Slavic names disagree on."""
    if len(word) < _SHORTEST_ROMANISED:
        return word
    return _GLIDE.sub("y", _ADJECTIVE.sub("y", _ENDING.sub("y", word)))


def surname(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the last of a person's folded *names*, with its particles and without "Jr"."""
    end = len(names)
    while end > 1 and names[end - 1] in tables.GENERATION:
        end -= 1
    start = end - 1
    while start > 1 and names[start - 1] in tables.PARTICLES:
        start -= 1
    return names[start:end]


def person(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words by which a person is compared."""
    return tuple(romanise(word) for word in without_titles(names))


def _person(names: tuple[str, ...]) -> str:
    return " ".join(_plain(person(names)))


def _organisation(names: tuple[str, ...]) -> str:
    kept = _without_legal_form(_without_article(names))
    text = " ".join(tables.SPELLING.get(w, w) for w in _plain(kept))
    ministry = re.fullmatch(r"(\w+) ministry", text)
    if ministry and ministry[1] in tables.OFFICES:
        text = f"ministry of {ministry[1]}"
    return tables.VARIANTS["ORGANISATION"].get(text, text)


def _without_legal_form(names: tuple[str, ...]) -> tuple[str, ...]:
    kept = names
    while len(kept) > 1 and kept[-1] in tables.LEGAL:
        kept = kept[:-1]
    dotted = "".join(kept[-2:])  # "A.S." is two words here
    return kept[:-2] if len(kept) > 2 and len(dotted) == 2 and dotted in tables.LEGAL else kept


def _place(names: tuple[str, ...]) -> str:
    text = " ".join(_plain(_without_article(names)))
    return tables.VARIANTS["PLACE"].get(text, text)


def _nationality(names: tuple[str, ...]) -> str:
    text = " ".join(_plain(_without_article(names)))
    singular = text.removesuffix("s")
    return tables.PEOPLES.get(text, singular if singular in tables.DEMONYMS else text)


def _product(names: tuple[str, ...]) -> str:
    text = _DESIGNATION.sub(r"\1\2", " ".join(_plain(_without_article(names))))
    return re.sub(r"(?<=\d)s\Z", "", text)


def _other(names: tuple[str, ...]) -> str:
    return " ".join(_plain(_without_article(names)))


_BY_KIND = {
    Kind.PERSON: _person,
    Kind.ORGANISATION: _organisation,
    Kind.PLACE: _place,
    Kind.NATIONALITY: _nationality,
    Kind.PRODUCT: _product,
}


def _without_article(names: tuple[str, ...]) -> tuple[str, ...]:
    return names[1:] if len(names) > 1 and names[0] in {"the", "a", "an"} else names


def _plain(names: tuple[str, ...]) -> list[str]:
    """Return *names* with compounds apart and "&" as a word."""
    joined = " ".join(names).replace("&", " and ")
    return re.sub(r"[-']", lambda mark: " " if mark[0] == "-" else "", joined).split()
