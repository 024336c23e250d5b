"""Titles before names in, whom a name cannot mean out: "Mrs Obama" is not Barack Obama."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from briefs.entities import folding, tables
from briefs.entities.forms import Form
from briefs.model import Document, Kind, Mention
from briefs.words import given_names

_LONGEST = 14  # characters of a title and what stands behind it
_BEFORE = re.compile(r"(?:^|[^\w-])([^\W\d_]{2,10})\.?\s\Z")
_FIRST = re.compile(r"([^\W\d_]{2,10})\.?\s")


class Sex(StrEnum):
    """What a title or a given name says of a person."""

    HIS = "he"
    HER = "she"


class Title(NamedTuple):
    """A title that says whether it is his or hers, as it is written."""

    sex: Sex
    text: str


def of(document: Document, mentions: Sequence[Mention]) -> Mapping[int, Title]:
    """Return the title right before, or at the start of, each mention that has one."""
    found = {
        place: _title(document.text, mention)
        for place, mention in enumerate(mentions)
        if mention.kind is Kind.PERSON
    }
    return {place: title for place, title in found.items() if title}


def _title(text: str, mention: Mention) -> Title | None:
    start = mention.span.start
    ahead = _BEFORE.search(text[max(0, start - _LONGEST) : start])
    within = _FIRST.match(mention.text)
    for word in (within, ahead):
        if word and (sex := _SEX_OF_TITLE.get(word[1].casefold())):
            return Title(sex, word[0].strip(" \t\n([\"'\u201c\u2018"))
    return None


class Sexes:
    """What titles and given names say of the people of one document."""

    def __init__(self, forms: Sequence[Form], titles: Mapping[int, Title]) -> None:
        self._titles = titles
        self._of = [_sex(form, titles) for form in forms]

    def at(self, place: int) -> Sex | None:
        """Return what the title at a mention says."""
        title = self._titles.get(place)
        return title.sex if title else None

    def fits(self, sex: Sex | None, form: int) -> bool:
        """Whether a mention of that *sex* may mean the full name *form*."""
        return sex is None or self._of[form] in {None, sex}


def _sex(form: Form, titles: Mapping[int, Title]) -> Sex | None:
    if form.key.kind is not Kind.PERSON or not form.words:
        return None
    told = {titles[place].sex for place in form.mentions if place in titles}
    if len(told) == 1:
        return told.pop()
    return None if told else _SEX_OF.get(given_names.pronoun(_plain(form.text)))


def both(forms: Sequence[Form], titles: Mapping[int, Title]) -> Iterator[tuple[int, int]]:
    """Yield the form and the place of mentions of names that are both his and hers in a document.

    "Mr Bennet" and "Mrs Bennet" are two.
    """
    for i, form in enumerate(forms):
        if form.key.kind is Kind.PERSON and len(form.words) == 1:
            places = [place for place in form.mentions if place in titles]
            if len({titles[place].sex for place in places}) > 1:
                yield from ((i, place) for place in places)


def names(
    apart: Mapping[int, int], titles: Mapping[int, Title]
) -> Mapping[tuple[int, Sex], list[int]]:
    """Return the places of mentions that stand *apart*, by their form and whose they are."""
    found: dict[tuple[int, Sex], list[int]] = defaultdict(list)
    for place, form in sorted(apart.items()):
        found[form, titles[place].sex].append(place)
    return found


def folded(title: Title) -> str:
    """Return the title as part of a key."""
    return " ".join(folding.words(title.text))


def _plain(text: str) -> str:
    """Return the first name in *text*, folded, without titles."""
    return folding.without_titles(folding.words(text))[0]


_SEX_OF = {sex.value: sex for sex in Sex}
_SEX_OF_TITLE = dict.fromkeys(tables.HIS_TITLES, Sex.HIS)
_SEX_OF_TITLE |= dict.fromkeys(tables.HER_TITLES, Sex.HER)
