"""Mentions of one document in, the different names among them out; and which are one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefs.entities import folding
from briefs.model import EntityKey, Kind, Mention


class Form(NamedTuple):
    """One way in which a name is written: every mention whose key is the same."""

    key: EntityKey
    words: tuple[str, ...]  # folded; of a person without titles, one spelling for endings
    text: str  # as it is first written
    mentions: tuple[int, ...]  # places in the document's mentions, ascending

    @property
    def is_handle(self) -> bool:
        """Whether it is a name on a network: "@DmytroKuleba"."""
        return self.key.key.startswith("@")


class Join(NamedTuple):
    """Two forms, by their places, that stand for one entity; the reason is about `form`."""

    form: int
    into: int
    reason: str


def gather(mentions: Sequence[Mention], texts: Sequence[str]) -> tuple[Form, ...]:
    """Return the forms of *mentions*, named as in *texts*, in the order of their appearance."""
    places: dict[EntityKey, list[int]] = defaultdict(list)
    for i, (mention, text) in enumerate(zip(mentions, texts, strict=True)):
        places[folding.key(mention.kind, text)].append(i)
    return tuple(
        Form(key, _words(key, texts[found[0]]), texts[found[0]], tuple(found))
        for key, found in places.items()
    )


def _words(key: EntityKey, text: str) -> tuple[str, ...]:
    if key.kind is Kind.PERSON and not key.key.startswith("@"):
        return folding.person(folding.words(text))
    return tuple(key.key.split())


class Joined:
    """Forms put together step by step; each keeps the reason of its own joining."""

    def __init__(self, size: int) -> None:
        self._into = list(range(size))
        self.reasons: dict[int, str] = {}

    def root(self, form: int) -> int:
        """Return the form that stands for all that are joined with *form*."""
        while self._into[form] != form:
            self._into[form] = self._into[self._into[form]]
            form = self._into[form]
        return form

    def add(self, joins: Iterable[Join]) -> None:
        """Join the forms of *joins*; the one that is joined into stays the root."""
        for join in joins:
            one, other = self.root(join.form), self.root(join.into)
            if one != other:
                self._into[one] = other
                self.reasons.setdefault(join.form, join.reason)

    def only(self, forms: Iterable[int]) -> int | None:
        """Return the one root of *forms*, or None when they have several or none."""
        roots = {self.root(form) for form in forms}
        return roots.pop() if len(roots) == 1 else None
