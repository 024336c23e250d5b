"""What somebody types in, topics and watches that can be kept out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefs.errors import UsageError
from briefs.model import Topic
from briefs.topics import tokens

MOST = 25  # in one list of a topic
LONGEST = 60  # characters of one entry, and of a topic's name
_NOTHING = "-"  # how an empty list is typed
_QUOTES = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"')
_ENTRY = re.compile(r'(?:"[^"]*"|[^,"]|")+')


def listed(text: str) -> tuple[str, ...]:
    """Return what *text* lists with commas; those between quotation marks part nothing.

    A dash alone lists nothing.
    """
    entries = [_spaced(entry) for entry in _ENTRY.findall(text.translate(_QUOTES))]
    return () if entries == [_NOTHING] else tuple(entry for entry in entries if entry)


def change(
    topic: Topic,
    *,
    name: str | None = None,
    terms: str | None = None,
    exclude: str | None = None,
    entities: str | None = None,
    sources: str | None = None,
) -> Topic:
    """Return *topic* with what is given, lists as they are typed; UsageError when that is none."""
    changed = replace(
        topic,
        name=topic.name if name is None else name,
        terms=topic.terms if terms is None else listed(terms),
        exclude=topic.exclude if exclude is None else listed(exclude),
        entities=topic.entities if entities is None else listed(entities),
        sources=topic.sources if sources is None else listed(sources),
    )
    return checked(changed)


def checked(topic: Topic) -> Topic:
    """Return *topic* as it can be kept; UsageError says what is wrong with it."""
    name = _spaced(topic.name)
    if not name or len(name) > LONGEST or not name.isprintable():
        raise UsageError(f"A topic's name is a line of 1 to {LONGEST} characters: give another.")
    made = replace(
        topic,
        name=name,
        terms=_terms("terms", topic.terms),
        exclude=_terms("exclude", topic.exclude),
        entities=_names("entities", topic.entities),
        sources=_names("sources", topic.sources),
    )
    if not (made.terms or made.entities or made.sources):
        raise UsageError(f"“{name}” asks for nothing: give it terms, entities or sources.")
    return made


def watchable(text: str) -> str:
    """Return *text* as it can be watched for; UsageError when it has no word or is too long."""
    (term,) = _terms("the watch-list", [text.translate(_QUOTES)])
    return term


def _terms(where: str, entries: Sequence[str]) -> tuple[str, ...]:
    kept = _bounded(where, [_term(entry) for entry in entries])
    if empty := [term for term in kept if not tokens.asked(term)]:
        raise UsageError(f"“{empty[0]}” in {where} has no word in it: leave it out.")
    return kept


def _term(entry: str) -> str:
    """Return *entry* without quotation marks, but for one word that is to stand just so."""
    exact = entry.strip().startswith('"')
    plain = _spaced(entry.replace('"', " "))
    return f'"{plain}"' if exact and len(tokens.asked(plain)) == 1 else plain


def _names(where: str, entries: Iterable[str]) -> tuple[str, ...]:
    plain = (_spaced(entry.replace('"', " ")) for entry in entries)
    return _bounded(where, [entry for entry in plain if entry])


def _bounded(where: str, entries: list[str]) -> tuple[str, ...]:
    """Return *entries*, each once whatever its case."""
    kept = tuple({entry.casefold(): entry for entry in reversed(entries)}.values())[::-1]
    if long := [entry for entry in kept if len(entry) > LONGEST]:
        raise UsageError(
            f"“{long[0][:LONGEST]}…” in {where} is longer than {LONGEST} characters: shorten it."
        )
    if len(kept) > MOST:
        raise UsageError(f"There are more than {MOST} in {where}: make two topics of it.")
    return kept


def _spaced(text: str) -> str:
    return " ".join(text.split())
