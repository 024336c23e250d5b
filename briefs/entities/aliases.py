"""An entity's name and links in, every way in which it is written out."""

import re
from collections.abc import Sequence

from briefs.entities import folding, tables
from briefs.model import Alias, EntityKey, Kind, Link

_ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,9}")


def of(key: EntityKey, name: str, links: Sequence[Link]) -> tuple[Alias, ...]:
    """Return the aliases of the entity, its name first, each text once.

    A first name by itself is no alias: it would join people across documents.
    """
    texts = dict.fromkeys([name, *(bare(key.kind, link.mention.text) for link in links)])
    found = {text: _how(key, text) for text in texts}
    if key.kind is Kind.PERSON:
        for text in _surnames(name):
            found.setdefault(text, "surname")
    return tuple(
        Alias(text=text, key=folding.key(key.kind, text).key, how=how)
        for text, how in found.items()
        if how
    )


def bare(kind: Kind, text: str) -> str:
    """Return *text* without the titles before a person's name."""
    if kind is not Kind.PERSON or text.startswith("@"):
        return text
    written = text.split()
    kept = folding.without_titles(folding.words(text))
    dropped = len(folding.words(text)) - len(kept)
    royal = dropped and folding.words(written[dropped - 1])[-1:] in {(r,) for r in tables.ROYAL}
    return " ".join(written[dropped - 1 if royal else dropped :]) or text


def _how(key: EntityKey, text: str) -> str:
    """Return in what way *text* is a name of the entity, "" when it is no alias."""
    if text.startswith("@"):
        return "handle"
    own = folding.key(key.kind, text).key
    if own == key.key:
        return "name"
    if key.kind is Kind.PERSON:
        return _how_person(key, own)
    if _ACRONYM.fullmatch(text):
        return "acronym"
    return "short" if len(own.split()) < len(key.key.split()) else "variant"


def _how_person(key: EntityKey, own: str) -> str:
    words = own.split()
    if key.key.endswith(f" {own}") or (len(words) == 1 and not key.key.startswith(f"{own} ")):
        return "surname"
    return "variant" if len(words) > 1 else ""


def _surnames(name: str) -> tuple[str, ...]:
    """Return the surname as it stands in *name*, with its particles, and without them."""
    written = name.split()
    words = folding.words(name)
    if len(written) != len(words) or len(words) < 2:
        return ()
    last = folding.surname(words)
    starts = [i for i in range(1, len(words)) if words[i : i + len(last)] == last]
    full = written[starts[-1] : starts[-1] + len(last)] if starts else []
    return tuple(dict.fromkeys((" ".join(full), full[-1]))) if full else ()
