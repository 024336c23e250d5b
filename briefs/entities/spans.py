"""Names as the recogniser marks them in, without the words that are no part of them out."""

from briefs.entities import folding, tables
from briefs.entities.reading import Name, Reading
from briefs.model import Kind

_NAMED = {Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.PRODUCT, Kind.NATIONALITY}
_ARTICLES = frozenset({"the", "a", "an"})
_WITH_ARTICLE = frozenset({"hague", "gambia"})  # "The Hague" is its name


def trim(reading: Reading) -> Reading:
    """Return *reading* with its names trimmed, and without those that name nobody."""
    trimmed = (_trim(reading, name) for name in reading.names)
    return reading._replace(names=tuple(name for name in trimmed if name))


def _trim(reading: Reading, name: Name) -> Name | None:
    """Return *name* trimmed, or None when nothing is left that is a name."""
    if name.kind not in _NAMED:
        return None if _is_number(reading, name) else name
    name = _without_edges(reading, name)
    if name.kind is Kind.PERSON:
        name = _without_titles(reading, name)
    if name.start >= name.end or _is_nobody(reading, name):
        return None
    return name._replace(kind=_kind(reading, name))


def _is_number(reading: Reading, name: Name) -> bool:
    """Whether *name* is a small number or a pronoun, and no date: "Two exciting days"."""
    return name.end - name.start == 1 and reading.word(name.start) in tables.NOBODY


def _without_edges(reading: Reading, name: Name) -> Name:
    """Drop marks and common nouns at the end, marks, articles and common words before."""
    start, end = name.start, name.end
    capitals = any(_has_capital(reading, i) for i in range(start, end))
    heads = capitals and name.kind is not Kind.PERSON
    while end > start and (_is_mark(reading, end - 1) or (heads and _is_head(reading, end - 1))):
        end -= 1
    while start < end and (
        _is_mark(reading, start)
        or _is_article(reading, start)
        or (capitals and _is_common_word(reading, start))
    ):
        start += 1
    return name._replace(start=start, end=end)


def _is_mark(reading: Reading, place: int) -> bool:
    word = reading.words[place].text
    return word == "'s" or not any(c.isalnum() for c in word)


def _is_head(reading: Reading, place: int) -> bool:
    """Whether a common noun ends the name: "Ukrainian army", "Donetsk's airport"."""
    word = reading.words[place].text
    return word in tables.HEADS or (word.islower() and reading.word(place - 1) == "'s")


def _is_common_word(reading: Reading, place: int) -> bool:
    word = reading.words[place].text
    return word.islower() and word.isalpha() and word not in tables.PARTICLES


def _is_article(reading: Reading, place: int) -> bool:
    return reading.word(place) in _ARTICLES and reading.word(place + 1) not in _WITH_ARTICLE


def _has_capital(reading: Reading, place: int) -> bool:
    return any(c.isupper() for c in reading.words[place].text)


def _without_titles(reading: Reading, name: Name) -> Name:
    """Drop "Ukrainian Minister of Defence" before a person; kings and saints keep theirs."""
    folded = tuple(fold(reading.words[i].text) for i in range(name.start, name.end))
    bare = folding.without_titles(folded)
    start = name.end - len(bare)
    if start > name.start and folded[start - name.start - 1] in tables.ROYAL:
        start -= 1
    return name._replace(start=start)


def fold(word: str) -> str:
    """Return one word folded, "" when it has no letters or digits."""
    return "-".join(folding.words(word))


def _is_nobody(reading: Reading, name: Name) -> bool:
    """Whether *name* consists of pronouns, roles, days or marks, so that nobody is named."""
    words = [fold(reading.words[i].text) for i in range(name.start, name.end)]
    if not any(c.isalpha() for word in words for c in word):
        return True
    if len(words) == 1:
        return _is_common(words[0], reading.text(name))
    roles = tables.TITLES | tables.OFFICES | tables.NOBODY | tables.DEMONYMS
    return name.kind is Kind.PERSON and all(word in roles for word in words)


def _is_common(word: str, text: str) -> bool:
    if text in tables.CAPITALS:
        return False
    if _is_adjective(word):
        return True
    listed = word in tables.NOBODY or word in tables.DAYS or word in tables.TITLES
    return listed or text.startswith(("@", "http")) or (len(text) == 1 and text.isascii())


def _is_adjective(word: str) -> bool:
    """Whether a compound says something of what follows: "pro-Russian", "Vienna-based"."""
    first, _, rest = word.partition("-")
    about = first in {"pro", "anti", "non"} and rest in tables.DEMONYMS
    return about or (bool(rest) and rest.split("-")[-1] in tables.SUFFIXES)


def _kind(reading: Reading, name: Name) -> Kind:
    """Return the kind of *name*, where closed lists know better than the recogniser."""
    text = reading.text(name)
    if text in tables.CAPITALS:
        return Kind(tables.CAPITALS[text])
    last = fold(reading.words[name.end - 1].text)
    if name.end - name.start > 1:
        body = name.kind is Kind.PERSON and last in tables.INSTITUTIONS
        return Kind.ORGANISATION if body else name.kind
    people = last in tables.PEOPLES or last in tables.DEMONYMS or last[:-1] in tables.DEMONYMS
    return Kind.NATIONALITY if people and text[:1].isupper() else name.kind
