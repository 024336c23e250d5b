"""Who a person is said to be: sentences and entities in, roles in the document's own words out.

A role is a noun phrase about a job or an office that stands next to a name: before it ("Kremlin
spokesman Dmitry Peskov"), behind it ("Mark Milley, chairman of the Joint Chiefs of Staff,"),
before it with a comma ("The company's CEO, Haluk Bayraktar,") or joined to it by a verb ("Kaja
Kallas is the prime minister of Estonia"). Articles and possessive pronouns are left out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from briefs.model import Document, Entity, EntityKey, Kind, Role, Sentence, SentenceKind, Span
from briefs.roles.vocabulary import (
    DETERMINERS,
    HEADS,
    LINKS,
    MODIFIERS,
    NEVER_FIRST,
    STOPS,
    TAKES_TO,
)

_OPENERS = frozenset({",", "\u2013", "\u2014", "--", "-", "("})
_CLOSERS = frozenset({",", ".", ";", ":", "\u2013", "\u2014", "--", ")", "!", "?"})
_JOINTS = frozenset({"\u2019s", "'s", "-"})
_COPULAS = frozenset({"is", "was", "became", "remains", "serves", "served"})
_MADE = frozenset({"appointed", "named", "elected", "as"})
_DATED = re.compile(r"\d{4}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|early|late|mid")

_LONGEST_BEFORE = 12  # words of a title before a name
_LONGEST_AFTER = 18  # words of an apposition
_MOST_IN_LIST = 8  # people who share a role
_FURTHEST_HEAD = 7  # words from the beginning of an apposition to its head noun

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,6}"  # U.S.
    r"|(?:Adm|Brig|Capt|Col|Gen|Gov|Lt|Maj|Rep|Sen|Sgt|St)\.(?=\s)"
    r"|[\u2019']s\b"
    r"|[^\W_]+(?:(?![\u2019']s\b)[-&\u2019'.][^\W_]+)*"
    r"|--|\S"
)


class _Token(NamedTuple):
    text: str
    low: str
    span: Span


class _Person(NamedTuple):
    """A name in a sentence, as a half-open range of its tokens."""

    key: EntityKey
    first: int
    end: int


class _Clause(NamedTuple):
    """One sentence in tokens; `persons` says for each token of a name which one it belongs to."""

    tokens: tuple[_Token, ...]
    people: tuple[_Person, ...]
    persons: Mapping[int, _Person]


def find(
    document: Document, sentences: Sequence[Sentence], entities: Sequence[Entity]
) -> tuple[Role, ...]:
    """Return the roles that the prose of *document* gives to its people, in reading order."""
    named = _named(entities)
    found = {
        (span, person.key): Role(
            person=person.key, span=span, text=document.text[span.start : span.end], sentence=index
        )
        for index, clause in _clauses(sentences, named)
        for person in clause.people
        for span in _spans(clause, person)
        if not _names(clause, span, person)
    }
    return tuple(found[place] for place in sorted(found))


def _named(entities: Sequence[Entity]) -> Mapping[int, list[tuple[Span, EntityKey]]]:
    """Return the spans of people's names, by the index of their sentence."""
    named: dict[int, list[tuple[Span, EntityKey]]] = {}
    for entity in entities:
        if entity.key.kind is Kind.PERSON:
            for link in entity.links:
                named.setdefault(link.mention.sentence, []).append((link.mention.span, entity.key))
    return named


def _names(clause: _Clause, span: Span, person: _Person) -> bool:
    """Tell whether *span* has a name of *person*: nobody is said to be themselves."""
    return any(
        clause.tokens[other.first].span.start < span.end
        and span.start < clause.tokens[other.end - 1].span.end
        for other in clause.people
        if other.key == person.key
    )


def _clauses(
    sentences: Sequence[Sentence], named: Mapping[int, list[tuple[Span, EntityKey]]]
) -> Iterator[tuple[int, _Clause]]:
    for sentence in sentences:
        names = named.get(sentence.index, [])
        if sentence.kind is SentenceKind.PROSE and names:
            yield sentence.index, _clause(sentence, sorted(names))


def _clause(sentence: Sentence, names: list[tuple[Span, EntityKey]]) -> _Clause:
    start = sentence.span.start
    tokens = tuple(
        _Token(match[0], match[0].lower(), Span(start + match.start(), start + match.end()))
        for match in _TOKEN.finditer(sentence.text)
    )
    starts = [token.span.start for token in tokens]
    people = tuple(
        _Person(key, _first(tokens, bisect_left(starts, span.start)), bisect_left(starts, span.end))
        for span, key in names
    )
    persons = {at: person for person in people for at in range(person.first, person.end)}
    return _Clause(tokens, people, persons)


def _first(tokens: Sequence[_Token], at: int) -> int:
    """Return where the name begins, if "Minister of" stands before a "Defence Andriy Taran"."""
    swallowed = at > 1 and tokens[at - 1].low == "of" and _is_head(tokens[at - 2])
    return _skip(tokens, at, MODIFIERS) if swallowed else at


def _spans(clause: _Clause, person: _Person) -> Iterator[Span]:
    """Give the span of each role that stands beside *person*."""
    ranges = (
        _before(clause, person.first),
        _behind(clause, person),
        _before_comma(clause, person),
        _joined(clause, person),
        _shared(clause, person),
    )
    for found in ranges:
        if found is not None:
            first, end = found
            yield Span(clause.tokens[first].span.start, clause.tokens[end - 1].span.end)


def _before(clause: _Clause, end: int) -> tuple[int, int] | None:
    """Find "Ukrainian Foreign Minister" in "Ukrainian Foreign Minister Dmytro Kuleba"."""
    first = end
    while first > max(0, end - _LONGEST_BEFORE) and _may_lead(clause, first - 1):
        first -= 1
    first = _own_title(clause, first, end)
    while first < end and _unfit_to_begin(clause.tokens[first]):
        first += 1
    last = _last_head(clause, first, end)
    if last is None or (last + 1 < end and clause.tokens[last + 1].low not in LINKS):
        return None
    return None if _unfit_to_begin(clause.tokens[end - 1]) else (first, end)


def _may_lead(clause: _Clause, at: int) -> bool:
    """Whether the token can be a part of a title that goes on to the right of it."""
    if at in clause.persons:
        return False
    token = clause.tokens[at]
    if token.low in DETERMINERS:
        return at > 0 and clause.tokens[at - 1].low in {"of", "for", "to"}
    if token.low in {"of", "for", "to", "and"} | _JOINTS:
        return at > 0 and _carries(clause, at - 1)
    return _is_title_word(token)


def _carries(clause: _Clause, at: int) -> bool:
    """Whether "of", "and" or "'s" may follow the token within a title."""
    token = clause.tokens[at]
    return at not in clause.persons and (_is_head(token) or _is_capital(token))


def _is_title_word(token: _Token) -> bool:
    return _is_head(token) or token.low in MODIFIERS or _is_capital(token)


def _is_capital(token: _Token) -> bool:
    return token.text[0].isupper() and token.low not in NEVER_FIRST


def _is_head(token: _Token) -> bool:
    return token.low in HEADS or any(part in HEADS for part in token.low.split("-")[:4])


def _unfit_to_begin(token: _Token) -> bool:
    return token.low in LINKS or token.low in DETERMINERS or token.low in _JOINTS


def _own_title(clause: _Clause, first: int, end: int) -> int:
    """Return where the person's own title begins.

    It is behind the "for" of "a lawyer for President Jane Roe", and behind an "and" that joins
    two people, not two fields as in "Minister of Trade and Industry".
    """
    for at in range(end - 1, first - 1, -1):
        low = clause.tokens[at].low
        titled = low in {"of", "for", "to", "and"} and _last_head(clause, at + 1, end) is not None
        if titled or (low == "and" and _last_head(clause, first, at) is None):
            return at + 1
    return first


def _shared(clause: _Clause, person: _Person) -> tuple[int, int] | None:
    """Find "Presidents" in "Presidents Jane Roe and John Doe", for each of them."""
    end = _start_of_list(clause, person)
    if end < 1 or not _is_plural(clause.tokens[end - 1]):
        return None
    first = end - 1
    while first > max(0, end - _LONGEST_BEFORE) and _may_lead(clause, first - 1):
        first -= 1
    while _unfit_to_begin(clause.tokens[first]):
        first += 1
    return first, end


def _start_of_list(clause: _Clause, person: _Person) -> int:
    """Return where the names begin that commas and "and" join to *person*."""
    at = person.first
    for _ in range(_MOST_IN_LIST):
        if at < 2:
            break
        joint = at - 1 - (clause.tokens[at - 2].low == ",")  # ", and" too
        if clause.tokens[at - 1].low not in {",", "and"} or joint - 1 not in clause.persons:
            break
        at = clause.persons[joint - 1].first
    return at


def _is_plural(token: _Token) -> bool:
    low = token.low
    return low.removesuffix("s") in HEADS and low not in HEADS


def _last_head(clause: _Clause, first: int, end: int) -> int | None:
    heads = (at for at in range(end - 1, first - 1, -1) if _is_head(clause.tokens[at]))
    return next(heads, None)


def _behind(clause: _Clause, person: _Person) -> tuple[int, int] | None:
    """Find "CEO of Baykar" in "Haluk Bayraktar, CEO of Baykar, ..." or between dashes."""
    tokens = clause.tokens
    if person.end >= len(tokens) or tokens[person.end].text not in _OPENERS:
        return None
    at = person.end + 1
    if at + 1 < len(tokens) and tokens[at].low == "who" and tokens[at + 1].low in _COPULAS:
        at += 2
    return _phrase(clause, at)


def _joined(clause: _Clause, person: _Person) -> tuple[int, int] | None:
    """Find "prime minister of Estonia" in "Kaja Kallas is the prime minister of Estonia"."""
    tokens, at = clause.tokens, person.end
    if at >= len(tokens) or tokens[at].low not in _COPULAS:
        return None
    return _phrase(clause, at + 1)


def _phrase(clause: _Clause, at: int) -> tuple[int, int] | None:
    """Find the noun phrase about a person that begins at token *at*, without its article."""
    tokens = clause.tokens
    first = _skip(tokens, _skip(tokens, at, _MADE), DETERMINERS)
    end = _end_of_phrase(clause, first)
    head = _head_of_phrase(clause, first, end)
    if head is None:
        return None
    if head + 1 < end and tokens[head + 1].low == "to" and tokens[head].low not in TAKES_TO:
        end = head + 1
    return (first, end) if _stands_alone(clause, head + 1, end) else None


def _skip(tokens: Sequence[_Token], at: int, words: frozenset[str]) -> int:
    return at + 1 if at < len(tokens) and tokens[at].low in words else at


def _end_of_phrase(clause: _Clause, first: int) -> int:
    tokens = clause.tokens
    end = first
    while end < min(len(tokens), first + _LONGEST_AFTER) and tokens[end].low not in STOPS:
        if tokens[end].low in {"in", "on"} and _is_dated(tokens, end + 1):
            break
        end += 1
    while end > first and _unfit_to_begin(tokens[end - 1]):
        end -= 1
    return end


def _is_dated(tokens: Sequence[_Token], at: int) -> bool:
    return at < len(tokens) and _DATED.match(tokens[at].text) is not None


def _head_of_phrase(clause: _Clause, first: int, end: int) -> int | None:
    """Return the noun that the phrase is about: the last word before "of", "at", "and" ..."""
    run = first
    while run < end and clause.tokens[run].low not in LINKS:
        run += 1
    head = run - 1
    fits = first <= head < first + _FURTHEST_HEAD and _is_head(clause.tokens[head])
    return head if fits and head not in clause.persons else None


def _stands_alone(clause: _Clause, first: int, end: int) -> bool:
    """Whether what follows the head names nobody: else it is a list, or another clause."""
    return not any(at in clause.persons for at in range(first, end))


def _before_comma(clause: _Clause, person: _Person) -> tuple[int, int] | None:
    """Find "CEO" in "The company's CEO, Haluk Bayraktar, ..." or "whose CEO is Haluk Bayraktar"."""
    tokens, mark = clause.tokens, person.first - 1
    closed = person.end == len(tokens) or tokens[person.end].text in _CLOSERS
    if mark < 1 or tokens[mark].low not in {",", "is"} or not closed:
        return None
    if person.end - person.first < 2 and tokens[mark].low == ",":  # "With the king, Charles, ..."
        return None
    head = _head_before(clause, mark)
    return None if head is None else (_start_of_title(clause, head), mark)


def _head_before(clause: _Clause, mark: int) -> int | None:
    """Return the head of the phrase that ends at *mark*: as in "the ambassador to Germany,"."""
    for at in range(mark - 1, max(-1, mark - _LONGEST_BEFORE), -1):
        token = clause.tokens[at]
        if token.low in STOPS or at in clause.persons:
            return None
        if _is_head(token):
            follows = clause.tokens[at + 1].low
            return at if at + 1 == mark or follows in LINKS - {"and", "with", "in"} else None
    return None


def _start_of_title(clause: _Clause, head: int) -> int:
    found = _before(clause, head + 1)
    return head if found is None else found[0]
