"""A name as written in, the form in which names are compared out: used by rows and by queries.

Folded: no case, no accents, no punctuation, other alphabets in Latin letters, words joined by
one space. A key also leaves out what is no part of a name of its kind: titles, articles,
possessives, legal forms; and it has one spelling for names that are written in several ways.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from briefs.entities import gazetteer, tables
from briefs.model import EntityKey, Kind

_UNREAD = frozenset({"Cf", "So", "Sk", "Cs", "Co"})  # marks of direction, pictures
_LONGEST = 300  # characters of a name that are compared
_WORD = re.compile(r"[a-z0-9&]+(?:[-'][a-z0-9]+)*")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')(?![\w'])")
_QUOTES = str.maketrans("\u2018\u2019\u02bc`", "''''")
_HANDLE = re.compile(r"@(\w{1,64})")
_DESIGNATION = re.compile(r"\b([a-z]{1,12}) (\d)")
_MINISTRY = re.compile(r"(\w+) ministry|ministry of (\w+)(?: affairs)?")
_STATES = frozenset({"us", "u-s", "uk", "u-k", "eu", "e-u", "un", "u-n"})  # before a title
_LONGEST_COUNTRY = 3  # words
_COMMON = tables.INSTITUTIONS | tables.OFFICES | tables.COMMON
_WHOLE = tuple([name] for name in sorted(tables.ONE_EACH))
_FEWEST_COMMON = 2  # words of a common body's name, but for those that there is one of
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
    if word in tables.DEMONYMS or word in _STATES:
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
    return tuple(_transliterated(romanise(word)) for word in without_titles(names))


def _transliterated(word: str) -> str:
    """Return one spelling for "el-Sisi" and "al-Sisi", "Mohammad" and "Mohammed"."""
    article = "al" + word[2:] if word == "el" or word.startswith("el-") else word
    return tables.GIVEN.get(article, article)


def _person(names: tuple[str, ...]) -> str:
    return " ".join(_plain(person(names)))


def without_legal_form(text: str) -> str:
    """Return *text* as it is written, without "Inc." and the like at its end."""
    written = text.split()
    while len(written) > 1 and "".join(words(written[-1])) in tables.LEGAL:
        written = written[:-1]
    return " ".join(written).rstrip(",")


def _organisation(names: tuple[str, ...]) -> str:
    kept = _without_legal_form(_without_article(names))
    text = " ".join(tables.SPELLING.get(w, w) for w in _plain(kept))
    body, country = _owned(text)
    return f"{_body(body)} {country}" if country else _body(text)


def _body(text: str) -> str:
    ministry = _MINISTRY.fullmatch(text)
    if ministry and (office := ministry[1] or ministry[2]) in tables.OFFICES:
        text = f"ministry of {office}"
    return tables.VARIANTS["ORGANISATION"].get(text, text)


def _owned(text: str) -> tuple[str, str]:
    """Return a body that many countries have, and the country that is named with it, else ""."""
    names = text.split()
    for i in range(1, min(len(names), _LONGEST_COUNTRY + 1)):
        country = _country(" ".join(names[:i]))
        if country and _is_common(names[i:]):
            return " ".join(names[i:]), country
    body, of, owner = text.rpartition(" of ")
    country = _country(owner.removeprefix("the ")) if of else ""
    return (body, country) if country and _is_common(body.split()) else (text, "")


def _country(text: str) -> str:
    name = tables.VARIANTS["PLACE"].get(text, text)
    return name if name in gazetteer.COUNTRIES else gazetteer.COUNTRY_OF.get(text, "")


def _is_common(names: list[str]) -> bool:
    """Whether *names* are a body's that every country has; "bank" alone is too little."""
    if len(names) < _FEWEST_COMMON and names not in _WHOLE:
        return False
    return names[-1] != "of" and all(name in _COMMON for name in names)


def is_common(text: str) -> bool:
    """Whether a body is called what many countries call one of theirs: "Foreign Ministry"."""
    return _is_common([tables.SPELLING.get(w, w) for w in _plain(_without_article(words(text)))])


def without_country(text: str) -> str:
    """Return the key of a country's body without its country, "" for every other name."""
    names = _plain(_without_article(words(text)))
    body, country = _owned(" ".join(tables.SPELLING.get(w, w) for w in names))
    return _body(body) if country else ""


def _without_legal_form(names: tuple[str, ...]) -> tuple[str, ...]:
    kept = names
    while len(kept) > 1 and kept[-1] in tables.LEGAL:
        kept = kept[:-1]
    dotted = "".join(kept[-2:])  # "A.S." is two words here
    return kept[:-2] if len(kept) > 2 and len(dotted) == 2 and dotted in tables.LEGAL else kept


def _place(names: tuple[str, ...]) -> str:
    saint = ("saint", *names[1:]) if len(names) > 1 and names[0] == "st" else names
    text = " ".join(_plain(_without_article(saint)))
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
