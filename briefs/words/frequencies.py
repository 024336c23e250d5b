"""A language in, how many documents of an open corpus have each stem out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

_LEAST = 0.1  # what even a stem of every document counts
_SHIPPED = MappingProxyType({"en": "frequencies.en.txt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """In how many of so many documents each stem stands; a stem that is not told stands in none."""

    documents: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def rarity(self, stem: str) -> float:
        """Return what *stem* tells of a text: the more, the fewer documents have it."""
        return max(_LEAST, math.log((self.documents + 1) / (self.counts.get(stem, 0) + 0.5)))

    def joined(self, documents: int, counts: Mapping[str, int]) -> "Frequencies":
        """Return these with those of further *documents*."""
        together = dict(self.counts)
        for stem, many in counts.items():
            together[stem] = together.get(stem, 0) + many
        return Frequencies(documents=self.documents + documents, counts=together)


@lru_cache(maxsize=8)
def frequencies(language: str) -> Frequencies:
    """Return the frequencies that are shipped for *language*; of a language without any, none."""
    name = _SHIPPED.get(language)
    if name is None:
        return Frequencies()
    first, *rows = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    counts: dict[str, int] = {}
    for row in rows:
        many, *stems = row.split(" ")
        counts.update(dict.fromkeys(stems, int(many)))
    return Frequencies(documents=int(first), counts=MappingProxyType(counts))
