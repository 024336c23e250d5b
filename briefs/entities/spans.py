"""Names as the recogniser marks them in, without the words that are no part of them out."""

from collections.abc import Iterator

from briefs.entities import folding, gazetteer, tables
from briefs.entities.reading import Name, Reading
from briefs.model import Kind

_NAMED = {Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.PRODUCT, Kind.NATIONALITY}
_LONGEST_TITLE = 8  # words before a name that are looked at
_ARTICLES = frozenset({"the", "a", "an"})
_LONGEST_INITIALS = 3  # words of "D . C" before the last mark
_CERTAIN = 0.9  # a score at which "May" is a person
_WITH_ARTICLE = frozenset({"hague", "gambia"})  # "The Hague" is its name


def trim(reading: Reading) -> Reading:
    """Return *reading* with its names trimmed, and without those that name nobody."""
    scored = _is_table(reading)
    named = (_without_score(reading, name) if scored else name for name in reading.names)
    trimmed = (_trim(reading, part) for name in named for part in _parts(reading, name))
    return reading._replace(names=tuple(name for name in trimmed if name))


def _is_table(reading: Reading) -> bool:
    """Whether this is a line of results, "BUFFALO 4 ANAHEIM 1", in which no number is a name's."""
    numbers = sum(word.text.isdigit() for word in reading.words)
    return numbers > 1 and reading.words[-1].text != "."


def _without_score(reading: Reading, name: Name) -> Name:
    end = name.end
    while name.kind in _NAMED and end - name.start > 1 and reading.words[end - 1].text.isdigit():
        end -= 1
    return name._replace(end=end)


def _parts(reading: Reading, name: Name) -> Iterator[Name]:
    """Yield "Ukraine" and "Defence Ministry" of "Ukraine's Defence Ministry", else *name*."""
    marks = [i for i in range(name.start + 1, name.end - 1) if reading.word(i) == "'s"]
    owner = name._replace(end=marks[0], kind=Kind.PLACE) if marks else name
    if name.kind is Kind.ORGANISATION and marks and _is_country(reading, owner):
        yield owner
        yield name._replace(start=marks[0] + 1)
    else:
        yield name


def _is_country(reading: Reading, name: Name) -> bool:
    text = reading.text(name)
    return text in tables.CAPITALS or folding.key(Kind.PLACE, text).key in gazetteer.COUNTRIES


def _trim(reading: Reading, name: Name) -> Name | None:
    """Return *name* trimmed, or None when nothing is left that is a name."""
    if name.kind not in _NAMED:
        return None if _is_number(reading, name) else name
    name = _without_edges(reading, name)
    if name.kind is Kind.PERSON:
        name = _without_titles(reading, name)
    if name.kind is Kind.ORGANISATION:
        name = _without_office(reading, name)
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
    end = _end(reading, name, heads=capitals and name.kind is not Kind.PERSON)
    while start < end and (
        _is_mark(reading, start)
        or _is_article(reading, start)
        or (capitals and _is_common_word(reading, start))
        or (end - start > 1 and _is_adjective(reading.word(start)))
    ):
        start += 1
    return name._replace(start=start, end=end)


def _end(reading: Reading, name: Name, *, heads: bool) -> int:
    """Return where *name* ends without marks and *heads*: of "Iraqi security forces" one word."""
    end, cut = name.end, False
    while end > name.start:
        head = heads and (_is_head(reading, end - 1) or (cut and _is_common_word(reading, end - 1)))
        mark = _is_mark(reading, end - 1) and not _ends_initials(reading, end - 1)
        if not head and not mark:
            break
        cut = cut or head
        end -= 1
    return end


def _ends_initials(reading: Reading, place: int) -> bool:
    """Whether the mark at *place* is the last of "D . C ."."""
    if place < _LONGEST_INITIALS or reading.word(place) != ".":
        return False
    one, mark, other = (reading.words[place - i].text for i in (1, 2, 3))
    return mark == "." and len(one) == len(other) == 1 and (one + other).isupper()


def _is_mark(reading: Reading, place: int) -> bool:
    word = reading.words[place].text
    return word == "'s" or not any(c.isalnum() for c in word)


def _is_head(reading: Reading, place: int) -> bool:
    """Whether a common noun ends the name: "Ukrainian army", "Donetsk's airport"."""
    word = reading.words[place].text
    shouted = word.isupper() and word.lower() in tables.HEADS
    return shouted or word in tables.HEADS or (word.islower() and reading.word(place - 1) == "'s")


def _is_common_word(reading: Reading, place: int) -> bool:
    word = reading.words[place].text
    return word.islower() and word.isalpha() and word not in tables.PARTICLES


def _is_article(reading: Reading, place: int) -> bool:
    return reading.word(place) in _ARTICLES and reading.word(place + 1) not in _WITH_ARTICLE


def _has_capital(reading: Reading, place: int) -> bool:
    return any(c.isupper() for c in reading.words[place].text)


def _without_titles(reading: Reading, name: Name) -> Name:
    """Drop "Ukrainian Minister of Defence" before a person; kings and saints keep theirs.

    A title may begin before what is marked: "Minister of [Defence Andriy Taran]".
    """
    first = _start_of_title(reading, name.start)
    folded = tuple(fold(reading.words[i].text) for i in range(first, name.end))
    bare = folding.without_titles(folded)
    start = max(name.end - len(bare), name.start)
    if start > name.start and folded[start - first - 1] in tables.ROYAL:
        start -= 1
    return name._replace(start=start)


def _start_of_title(reading: Reading, start: int) -> int:
    """Return where the words of titles and offices right before a name begin."""
    first = start
    while first and start - first < _LONGEST_TITLE:
        word = fold(reading.words[first - 1].text)
        if word not in tables.TITLES and word not in tables.OFFICES:
            break
        first -= 1
    return first


def _without_office(reading: Reading, name: Name) -> Name:
    """Return "E.U." of "E.U. Development" where "Commissioner" follows, else *name*."""
    head = name._replace(end=name.start + 1)
    rest = [fold(reading.words[i].text) for i in range(head.end, name.end)]
    titled = rest and all(word in tables.OFFICES for word in rest)
    if titled and reading.word(name.end) in tables.TITLES and _is_country(reading, head):
        return head
    return name


def fold(word: str) -> str:
    """Return one word folded, "" when it has no letters or digits."""
    return "-".join(folding.words(word))


def _is_nobody(reading: Reading, name: Name) -> bool:
    """Whether *name* consists of pronouns, roles, days or marks, so that nobody is named."""
    words = [fold(reading.words[i].text) for i in range(name.start, name.end)]
    if not any(c.isalpha() for word in words for c in word):
        return True
    if len(words) == 1:
        also = words[0] in tables.ALSO_NAMES and reading.text(name).istitle()
        sure = also and name.kind is Kind.PERSON and name.score >= _CERTAIN
        return not sure and _is_common(words[0], reading.text(name))
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
    people = last in tables.PEOPLES or last in tables.DEMONYMS
    people = people or last.removesuffix("s") in tables.DEMONYMS
    return Kind.NATIONALITY if people and text[:1].isupper() else name.kind
