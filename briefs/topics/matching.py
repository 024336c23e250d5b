"""A topic in, and a document; what of the topic is in it out, as it is written there.

Every step is linear in the text: phrases are looked for in the folded words, joined by a sign that
no word has, by the search of the standard library.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from briefs import words
from briefs.model import Document, Topic
from briefs.topics import tokens

_JOINT = "\0"


class _Form(NamedTuple):
    """What a term asks for: one stem, or words just as they are."""

    words: tuple[str, ...]
    stem: str = ""


def match(topic: Topic, document: Document, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what of *topic* is in *document*, as it is written there; () when it is not on it.

    *names* are the names that stand in it, folded by `words.fold`, with how each is written. Of a
    topic that asks for sources alone, the outlet is what is returned.
    """
    outlet = _same_outlet(document.outlet)
    if topic.sources and outlet not in map(_same_outlet, topic.sources):
        return ()
    if topic.exclude and found(topic.exclude, document):
        return ()
    if not topic.terms and not topic.entities:
        return (document.outlet,) if topic.sources else ()
    written = [*found(topic.terms, document).values()]
    keys = [words.fold(name) for name in topic.entities]
    return tuple(dict.fromkeys([*written, *(names[key] for key in keys if key in names)]))


def found(terms: Sequence[str], document: Document) -> dict[str, str]:
    """Return those of *terms* that stand in *document*, each with how it is written there first."""
    forms = {term: _form(term, document.language) for term in terms}
    hits: dict[str, str] = {}
    for text in (document.title, document.standfirst, document.text):
        left = {term: form for term, form in forms.items() if term not in hits and form.words}
        if text and left:
            hits |= _standing(left, text, document.language)
    return {term: hits[term] for term in forms if term in hits}


def _standing(forms: Mapping[str, _Form], text: str, language: str) -> dict[str, str]:
    folded = tokens.folded(text)
    stemmed = any(form.stem for form in forms.values())
    stems = [words.stem(word, language) for word in folded] if stemmed else []
    joined = _JOINT.join(("", *folded, ""))
    there = frozenset((*folded, *stems))
    at = {term: _first(form, joined, stems, there) for term, form in forms.items()}
    standing = {term: first for term, first in at.items() if first is not None}
    places = tokens.places(text) if standing else []
    return {
        term: text[places[first][0] : places[first + len(forms[term].words) - 1][1]]
        for term, first in standing.items()
    }


def _first(form: _Form, joined: str, stems: Sequence[str], there: frozenset[str]) -> int | None:
    """Return which word *form* stands at first; what is not even *there* need not be looked for."""
    if form.stem:
        return stems.index(form.stem) if form.stem in there and form.stem in stems else None
    if not there.issuperset(form.words):
        return None
    at = joined.find(_JOINT.join(("", *form.words, "")))
    return None if at < 0 else joined.count(_JOINT, 0, at)


@lru_cache(maxsize=4_096)
def _form(term: str, language: str) -> _Form:
    asked = tokens.asked(term)
    exact = len(asked) != 1 or term.startswith('"')
    return _Form(asked) if exact else _Form(asked, words.stem(asked[0], language))


def _same_outlet(name: str) -> str:
    return " ".join(name.split()).casefold()
