"""Which forms of other names stand for one thing: acronyms, short forms, handles."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefs.entities import folding, tables
from briefs.entities.forms import Form, Join, Joined
from briefs.model import Document, Kind, Mention

_ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,9}")
_NO_LETTER = re.compile(r"[\W\d_]")
_SHORTEST_START = 4  # letters of the first word of a short form
_LONGEST_START = 2  # words of a short form


def in_brackets(
    document: Document, mentions: Sequence[Mention], forms: Sequence[Form]
) -> Iterator[Join]:
    """Yield the acronyms that stand in brackets behind their long forms, or the reverse."""
    place_of = {place: i for i, form in enumerate(forms) for place in form.mentions}
    for place in range(len(mentions) - 1):
        one, other = mentions[place], mentions[place + 1]
        between = document.text[one.span.end : other.span.start]
        closed = document.text[other.span.end : other.span.end + 1] == ")"
        if between != " (" or not closed or one.kind is not other.kind:
            continue
        short = min(one, other, key=lambda mention: len(mention.text))
        if _ACRONYM.fullmatch(short.text):
            ends = (place, place + 1) if short is one else (place + 1, place)
            yield Join(place_of[ends[0]], place_of[ends[1]], "acronym given in brackets")


def acronyms(forms: Sequence[Form], joined: Joined) -> Iterator[Join]:
    """Yield the acronyms whose letters begin the words of only one longer name."""
    long: dict[tuple[Kind, str], list[int]] = defaultdict(list)
    for i, form in enumerate(forms):
        if len(form.words) > 1 and form.key.kind is not Kind.PERSON:
            for letters in _initials(form.words):
                long[form.key.kind, letters].append(i)
    for i, form in enumerate(forms):
        if not _ACRONYM.fullmatch(form.text) or len(form.words) > 1:
            continue
        only = joined.only(long.get((form.key.kind, form.key.key), ()))
        if only is not None:
            yield Join(i, only, f"initials of {forms[only].text}")


def _initials(words: tuple[str, ...]) -> tuple[str, ...]:
    every = "".join(word[0] for word in words)
    great = "".join(word[0] for word in words if word not in tables.SMALL)
    return tuple(dict.fromkeys((every, great)))


def short_forms(forms: Sequence[Form], joined: Joined) -> Iterator[Join]:
    """Yield the organisations and products that only one longer name begins or ends with."""
    longer = _by_edges(forms)
    for i, form in enumerate(forms):
        if not _may_be_short(form):
            continue
        places = longer.get((form.key.kind, form.words), [])
        only = joined.only(places)
        if only is not None and joined.root(i) != only:
            yield Join(i, only, f"short form of {forms[places[0]].text}")


def _by_edges(forms: Sequence[Form]) -> dict[tuple[Kind, tuple[str, ...]], list[int]]:
    """Return the places of longer names by what they begin with; of products also by the end."""
    found: dict[tuple[Kind, tuple[str, ...]], list[int]] = defaultdict(list)
    for i, form in enumerate(forms):
        kind, words = form.key.kind, form.words
        if kind not in {Kind.ORGANISATION, Kind.PRODUCT} or form.is_handle:
            continue
        for length in range(1, min(_LONGEST_START, len(words) - 1) + 1):
            if words[length] not in tables.SMALL:
                found[kind, words[:length]].append(i)
            if kind is Kind.PRODUCT:
                found[kind, words[-length:]].append(i)
    return found


def _may_be_short(form: Form) -> bool:
    if form.key.kind is Kind.PRODUCT:
        return True
    long_enough = len(form.words) > 0 and len(form.words[0]) >= _SHORTEST_START
    return (
        form.key.kind is Kind.ORGANISATION and long_enough and form.words[0] not in tables.GENERIC
    )


def handles(document: Document, forms: Sequence[Form]) -> Iterator[Join]:
    """Yield the handles of those who sign the document's posts, or are spelled like a name."""
    authors = {f"@{post.handle.casefold()}": post.author for post in document.posts}
    named = {form.key: i for i, form in enumerate(forms) if not form.is_handle}
    together: dict[tuple[Kind, str], list[int]] = defaultdict(list)
    for i, form in enumerate(forms):
        if len(form.words) > 1:
            together[form.key.kind, _together(form)].append(i)
    for i, form in enumerate(forms):
        if not form.is_handle:
            continue
        kind, handle = form.key
        author = named.get(folding.key(kind, authors[handle])) if handle in authors else None
        alike = together.get((kind, _NO_LETTER.sub("", handle)), [])
        if author is not None:
            yield Join(i, author, "handle of the post's author")
        elif len(alike) == 1:
            yield Join(i, alike[0], "handle spelled like the full name")


def _together(form: Form) -> str:
    """Return a name as a handle writes it, in one word: "dmytrokuleba"."""
    return _NO_LETTER.sub("", "".join(folding.without_titles(folding.words(form.text))))
