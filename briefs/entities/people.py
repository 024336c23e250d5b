"""Which forms of persons' names stand for one person, within a document."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from briefs.entities import folding, tables
from briefs.entities.forms import Form, Join, Joined
from briefs.entities.titles import Sexes
from briefs.model import Kind

Index = dict[str, list[int]]

_MOST_ALIKE = 50  # full names of one surname that are compared with each other
_SHORTEST_SOUND = 5  # letters; shorter words are too often alike by chance
_SOUNDS = (
    ("sch", "sh"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("ph", "f"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ts", "z"), ("tz", "z"), ("cz", "z"), ("ck", "k"), ("q", "k"), ("w", "v"),
    ("y", "i"), ("j", "i"), ("x", "ks"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou]")
_FEWEST_BONES = 4  # letters that are left of a word
_DOUBLED = re.compile(r"(.)\1")


def is_full(form: Form) -> bool:
    """Whether *form* is a person's name with more than a surname."""
    if form.key.kind is not Kind.PERSON or form.is_handle:
        return False
    return len(folding.surname(form.words)) < len(_without_generation(form.words))


def variants(forms: Sequence[Form]) -> Iterator[Join]:
    """Yield the full names that are fuller or other spellings of one name."""
    full = [i for i, form in enumerate(forms) if is_full(form)]
    for alike in _index(forms, full, _surname_key).values():
        yield from _shorter(forms, alike[:_MOST_ALIKE])
    for alike in _index(forms, full, _start_key).values():
        yield from _starts(forms, alike[:_MOST_ALIKE])
    for part in (_sound_key, _skeleton_key):
        for alike in _index(forms, full, part).values():
            yield from (Join(i, alike[0], "other spelling of the full name") for i in alike[1:])


def _shorter(forms: Sequence[Form], alike: Sequence[int]) -> Iterator[Join]:
    """Yield the names without a middle name, or with initials, that fit only one person."""
    for i in alike:
        fuller = [j for j in alike if _is_short_for(forms[i].words, forms[j].words)]
        longest = max(fuller, key=lambda j: (len(" ".join(forms[j].words)), -j), default=i)
        if fuller and all(
            j == longest or _is_short_for(forms[j].words, forms[longest].words) for j in fuller
        ):
            yield Join(i, longest, "full name with fewer parts")


def _starts(forms: Sequence[Form], alike: Sequence[int]) -> Iterator[Join]:
    """Yield the names that only one longer name begins with: "Pedro Sánchez (Pérez)"."""
    short = [i for i in alike if len(forms[i].words) == 2]
    longer = [i for i in alike if len(_without_generation(forms[i].words)) > 2]
    if len(short) == len(longer) == 1 and not _generation(forms[longer[0]].words):
        yield Join(short[0], longer[0], "beginning of the full name")


def _is_short_for(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether *short* ends *full*, or its given names begin those of *full* or are initials."""
    if short == full or _generation(short) != _generation(full):
        return False
    if len(short) < len(full) and full[-len(short) :] == short:
        return True
    given, others = _given(short), _given(full)
    if len(given) > len(others) or len(" ".join(given)) >= len(" ".join(others)):
        return False
    return all(_fits(name, other) for name, other in zip(given, others, strict=False))


def _fits(name: str, other: str) -> bool:
    return name == other or (len(name) == 1 and other.startswith(name))


def surnames(
    forms: Sequence[Form], joined: Joined, sexes: Sexes
) -> tuple[dict[int, tuple[int, str]], dict[int, int]]:
    """Return the form and the reason for each mention, by its place, that is part of a name.

    When full names compete for a surname, the nearest one before the mention decides; a
    mention with none before it is left out. The second result has the mentions, with their own
    form, whose title fits nobody of that name.
    """
    full = [i for i, form in enumerate(forms) if is_full(form)]
    indexes = [(_index(forms, full, part), reason) for part, reason in _PARTS]
    found: dict[int, tuple[int, str]] = {}
    apart: dict[int, int] = {}
    for i, form in enumerate(forms):
        if form.key.kind is Kind.PERSON and not form.is_handle and _is_part(form, indexes[0][0]):
            for sex in dict.fromkeys(map(sexes.at, form.mentions)):
                own = form._replace(mentions=tuple(p for p in form.mentions if sexes.at(p) == sex))
                resolved = _resolved(own, forms, joined, indexes, partial(sexes.fits, sex))
                found |= resolved or {}
                apart |= {} if resolved is not None else dict.fromkeys(own.mentions, i)
    return found, apart


def _is_part(form: Form, by_surname: Index) -> bool:
    """Whether *form* is a part of a name; "Le Pen" is, where a "Marine Le Pen" stands."""
    return not is_full(form) or " ".join(form.words) in by_surname


def _resolved(
    form: Form,
    forms: Sequence[Form],
    joined: Joined,
    indexes: Sequence[tuple[Index, str]],
    fits: Callable[[int], bool],
) -> dict[int, tuple[int, str]] | None:
    """Return whose part each mention of *form* is; None when there are some and none *fits*."""
    for index, reason in indexes:
        candidates = index.get(_lookup(form, reason), [])
        if not candidates:
            continue
        fitting = [candidate for candidate in candidates if fits(candidate)]
        if not fitting:
            return None
        only = joined.only(fitting)
        if only is not None:
            alone = len(fitting) == len(candidates)
            why = f"{reason} of the only {form.text} in this document"
            return dict.fromkeys(form.mentions, (only, why if alone else f"{why} of that title"))
        return _nearest(form, forms, joined, fitting) if reason == _SURNAME else {}
    return {}


def _nearest(
    form: Form, forms: Sequence[Form], joined: Joined, candidates: Sequence[int]
) -> dict[int, tuple[int, str]]:
    """Return, for each mention of *form*, the candidate that was named last before it."""
    named = sorted((place, i) for i in candidates for place in forms[i].mentions)
    found = {}
    for place in form.mentions:
        before = bisect_left(named, (place, -1)) - 1
        if before >= 0:
            why = "surname of the nearest full name before it; others share it"
            found[place] = (joined.root(named[before][1]), why)
    return found


def _lookup(form: Form, reason: str) -> str:
    text = " ".join(form.words)
    return _sound(text) if reason == _SPELLING else text


def _index(forms: Sequence[Form], full: Sequence[int], part: Callable[[Form], str]) -> Index:
    """Return the places of the *full* names by a *part* of them; "" is no part."""
    found: Index = defaultdict(list)
    for i in full:
        key = part(forms[i])
        if key:
            found[key].append(i)
    return found


def _surname_key(form: Form) -> str:
    return " ".join(folding.surname(form.words))


def _last_key(form: Form) -> str:
    return folding.surname(form.words)[-1]


def _half_key(form: Form) -> str:
    return _last_key(form).split("-")[-1]


def _first_key(form: Form) -> str:
    return form.words[0] if len(form.words[0]) > 1 else ""


def _start_key(form: Form) -> str:
    return " ".join(form.words[:2])


def _sound_key(form: Form) -> str:
    return " ".join((_sound(" ".join(form.words)), *_generation(form.words)))


def _skeleton_key(form: Form) -> str:
    """Return the name with the consonants of its first words alone; "" when they are too few."""
    bones = [_skeleton(word) for word in _given(form.words)]
    known = all(len(bone) >= _FEWEST_BONES for bone in bones)
    surname = [_word_sound(word) for word in _surname_key(form).split()]
    return " ".join((*bones, *surname, *_generation(form.words))) if known else ""


def _skeleton(word: str) -> str:
    """Return *word* without the vowels inside it; the last tells "Mario" from "Maria"."""
    sound = _word_sound(word)
    return sound[:1] + _VOWELS.sub("", sound[1:-1]) + sound[-1:]


def _surname_sound(form: Form) -> str:
    sound = _sound(_surname_key(form))
    return sound if len(sound) >= _SHORTEST_SOUND else ""


_SURNAME = "surname"
_SPELLING = "other spelling of the surname"
_PARTS = (
    (_surname_key, _SURNAME),
    (_last_key, _SURNAME),
    (_half_key, "part of the surname"),
    (_surname_sound, _SPELLING),
    (_first_key, "first part of the name"),
)


def _sound(text: str) -> str:
    """Return *text* with one letter for what transliterations spell in several ways."""
    return " ".join(_word_sound(word) for word in text.split())


def _word_sound(word: str) -> str:
    if len(word) < _SHORTEST_SOUND:
        return word
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", word)


def _given(words: tuple[str, ...]) -> tuple[str, ...]:
    bare = _without_generation(words)
    return bare[: len(bare) - len(folding.surname(bare))]


def _generation(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words[1:] if word in tables.GENERATION)


def _without_generation(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for i, w in enumerate(words) if not i or w not in tables.GENERATION)
