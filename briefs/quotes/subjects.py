"""Who is the subject of a verb of speech: tokens in, the words that name the speaker out."""

from collections.abc import Sequence
from typing import NamedTuple

from briefs.model import Span
from briefs.quotes.blocks import Sort, Token
from briefs.quotes.vocabulary import (
    ADVERBS,
    ANSWERS,
    BE,
    BREAKS,
    CARRIERS,
    COORDINATORS,
    DETERMINERS,
    DONE_TO,
    HE_OR_SHE,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    REPORTS,
    SAYING,
    SAYS,
    SUBORDINATORS,
)

_LONGEST_TITLE = 10  # words before a name
_LONGEST_PHRASE = 8  # words of "the ... minister"
_LONGEST_INSERT = 24  # tokens between two commas, or two dashes
_FURTHEST_VERB = 7  # words between a subject and its verb
_FURTHEST_BACK = 60  # tokens that are looked at before a quotation
_DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
_INSERTS = {",": ",", "(": ")", "--": "--", "\u2013": "\u2013", "\u2014": "\u2014"}


class Subject(NamedTuple):
    """Who is said to speak: a person, "he" or "she", "the ... minister", or somebody else."""

    span: Span
    end: int  # the token behind it
    person: int = -1
    pronoun: str = ""
    phrase: tuple[str, ...] = ()


def behind(tokens: Sequence[Token], quote: int, *, ends_as_speech: bool) -> Subject | None:
    """Find the speaker in `"...," said X`, `"...," X said` and `"...", according to X`.

    *ends_as_speech* says that a comma, a question or an exclamation mark ends the quoted words.
    """
    at = quote + 1
    set_off = at < len(tokens) and (tokens[at].low == "," or tokens[at].low in _DASHES)
    if not (set_off or ends_as_speech):
        return None
    at += set_off
    if at >= len(tokens):
        return None
    last = len(tokens) - 1
    if tokens[at].low in SAYS:
        said = subject_at(tokens, at + 1)
        return None if said is None else _apposed(tokens, said, last)
    if _according(tokens, at):
        return _named(subject_at(tokens, at + 2))
    subject = subject_at(tokens, at)
    verb = None if subject is None else _verb_behind(tokens, subject.end)
    if subject is None or verb is None or (not ends_as_speech and _introduces(tokens, verb)):
        return None
    return _apposed(tokens, subject, last)


def ahead(tokens: Sequence[Token], quote: int, first: int) -> Subject | None:
    """Find the speaker in `X said that "..."`, looking back to token *first*."""
    first = max(first, quote - _FURTHEST_BACK)
    for at in range(quote - 1, first - 1, -1):
        if _is_speech(tokens, at, first):
            return subject_of(tokens, at, first)
        if _according(tokens, at):
            return _named(subject_at(tokens, at + 2))
    return None


def reported(tokens: Sequence[Token], first: int, end: int) -> Subject | None:
    """Find the speaker in `X said that it rained`, which is tokens[first:end]."""
    for at in range(end - 1, max(first, end - _FURTHEST_BACK) - 1, -1):
        if tokens[at].low in REPORTS and _is_speech(tokens, at, first):
            return subject_of(tokens, at, first)
    return None


def answered(tokens: Sequence[Token], subject: Subject) -> bool:
    """Whether the verb beside *subject* says that somebody else spoke before."""
    beside = (*tokens[max(0, subject.end - 2) : subject.end], *tokens[subject.end :][:2])
    return any(token.low in ANSWERS for token in beside)


def is_topic(tokens: Sequence[Token], name: int) -> bool:
    """Whether the name can be the subject of its clause: not "in front of X", not "X's bench"."""
    if name + 1 < len(tokens) and tokens[name + 1].low == "'s":
        return False
    at = name - 1
    while at >= 0 and tokens[at].sort is Sort.WORD and tokens[at].low not in BREAKS:
        at -= 1
    return at < 0 or tokens[at].low not in PREPOSITIONS


def introduced(tokens: Sequence[Token], quote: int) -> bool:
    """Whether a verb of speech stands right before the quotation, but for "that" and a colon."""
    at = quote - 1
    while at >= 0 and tokens[at].low in {",", ":", "that"}:
        at -= 1
    return at >= 0 and tokens[at].low in SAYS | SAYING


def subject_at(tokens: Sequence[Token], at: int, stop: int | None = None) -> Subject | None:
    """Return the noun phrase from token *at* on, before *stop*, as a subject; None if none is."""
    if at >= len(tokens) or tokens[at].sort in {Sort.POINT, Sort.QUOTE}:
        return None
    if tokens[at].low in PRONOUNS:
        pronoun = tokens[at].low if tokens[at].low in HE_OR_SHE else ""
        return Subject(tokens[at].span, at + 1, pronoun=pronoun)
    name = _name_behind_title(tokens, at)
    return _phrase(tokens, at, stop) if name is None else _person(tokens, name)


def subject_of(tokens: Sequence[Token], verb: int, first: int) -> Subject | None:
    """Return the subject of the verb at token *verb*, looking back to token *first*."""
    before = verb - 1
    while before >= first and tokens[before].low in ADVERBS:
        before -= 1
    if before < first:
        return None
    token = tokens[before]
    if token.sort is Sort.NAME:
        part = _is_part(tokens, before, first)
        return Subject(token.span, before + 1) if part else _person(tokens, before)
    if token.low in HE_OR_SHE:
        return Subject(token.span, before + 1, pronoun=token.low)
    if token.sort is Sort.WORD and token.low not in COORDINATORS | PRONOUNS | {"quoted", "as"}:
        return _subject_of_clause(tokens, _clause_start(tokens, before, first), before + 1)
    return _main_subject(tokens, first, before)


def _person(tokens: Sequence[Token], name: int) -> Subject:
    """Return the person, or somebody else where the name is but a part: "X's aide", "X and Y"."""
    token, end = tokens[name], name + 1
    if end < len(tokens) and (tokens[end].low == "'s" or _joined(tokens, end)):
        return Subject(token.span, end)
    if _joined_before(tokens, name):
        return Subject(token.span, end)
    return Subject(token.span, end, person=token.of)


def _is_part(tokens: Sequence[Token], name: int, first: int) -> bool:
    """Whether the name is but a part of the subject: "a lawyer for X", "two who met X"."""
    at = name - 1
    while at >= first and tokens[at].sort is Sort.WORD and tokens[at].low not in BREAKS:
        at -= 1
    if at < first or at < 1 or tokens[at].low not in PREPOSITIONS | RELATIVES:
        return False
    if at + 1 < name and tokens[at].low == "of" and tokens[at - 1].low in CARRIERS:
        return False  # "Secretary of State NAME"
    return tokens[at].low in RELATIVES or _is_noun(tokens[at - 1])


def _is_noun(token: Token) -> bool:
    """Whether "of X" or "with X" can belong to the word: not behind a comma or a conjunction."""
    return token.sort is Sort.NAME or (token.sort is Sort.WORD and token.low not in BREAKS)


def _joined(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].low == "and" and _name_behind_title(tokens, at + 1) is not None


def _joined_before(tokens: Sequence[Token], name: int) -> bool:
    """Whether "X and" or "X and Foreign Minister" stands before the name."""
    at = name - 1
    while at > max(0, name - _LONGEST_TITLE) and tokens[at].low not in BREAKS:
        if tokens[at].sort is not Sort.WORD:
            return False
        at -= 1
    return at > 0 and tokens[at].low == "and" and tokens[at - 1].sort is Sort.NAME


def _name_behind_title(tokens: Sequence[Token], at: int) -> int | None:
    """Return the name in "Ukrainian Foreign Minister NAME", where only a title precedes it."""
    for place in range(at, min(len(tokens), at + _LONGEST_TITLE)):
        token = tokens[place]
        if token.sort is Sort.NAME:
            return place
        carried = token.low in {"of", "for"} and place > at and tokens[place - 1].low in CARRIERS
        if token.sort is not Sort.WORD or (token.low in BREAKS and not carried):
            return None
    return None


def _phrase(tokens: Sequence[Token], at: int, stop: int | None) -> Subject | None:
    """Return "the Turkish foreign minister" as a phrase; without "the" it is somebody else."""
    end, most = at, min(len(tokens) if stop is None else stop, at + _LONGEST_PHRASE)
    while end < most and _in_phrase(tokens, end, at):
        end += 1
    if end == at:
        return None
    words = tuple(token.low for token in tokens[at + 1 : end] if token.low not in {"of", "the"})
    span = Span(tokens[at].span.start, tokens[end - 1].span.end)
    return Subject(span, end, phrase=words if tokens[at].low == "the" else ())


def _in_phrase(tokens: Sequence[Token], at: int, first: int) -> bool:
    token = tokens[at]
    if token.sort is not Sort.WORD:
        return False
    return token.low not in BREAKS - DETERMINERS or (token.low == "of" and at > first)


def _verb_behind(tokens: Sequence[Token], at: int) -> int | None:
    """Return the verb of speech that follows a subject, over adverbs and an apposition."""
    if at < len(tokens) and tokens[at].low in _INSERTS:
        at = _behind_insert(tokens, at)
    for place in range(at, min(len(tokens), at + _FURTHEST_VERB)):
        token = tokens[place]
        if token.low in SAYS:
            return place
        if token.sort is not Sort.WORD or token.low in COORDINATORS | {"who", "that"}:
            return None
    return None


def _behind_insert(tokens: Sequence[Token], at: int) -> int:
    closing = _INSERTS[tokens[at].low]
    for place in range(at + 1, min(len(tokens), at + _LONGEST_INSERT)):
        if tokens[place].low == closing:
            return place + 1
        if tokens[place].sort is Sort.QUOTE or tokens[place].low in {".", ";", "!", "?"}:
            break
    return at


def _introduces(tokens: Sequence[Token], verb: int) -> bool:
    """Whether the verb belongs to the next quotation: `X said "..."`, `X said that ...`."""
    at = verb + 1
    return at < len(tokens) and (tokens[at].sort is Sort.QUOTE or tokens[at].low in {":", "that"})


def _according(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].low == "according" and [token.low for token in tokens[at + 1 : at + 2]] == [
        "to"
    ]


def _named(subject: Subject | None) -> Subject | None:
    """Keep a person or a phrase: "according to a statement" does not say who spoke."""
    return subject if subject and (subject.person >= 0 or subject.phrase) else None


def _is_speech(tokens: Sequence[Token], at: int, first: int) -> bool:
    low = tokens[at].low
    if low in SAYING:
        return True
    if low not in SAYS or tokens[at].sort is not Sort.WORD:
        return False
    before = at - 1
    while before > first and tokens[before].low in ADVERBS - {"has", "have", "had"}:
        before -= 1
    return not (low in DONE_TO and before >= first and tokens[before].low in BE)


def _clause_start(tokens: Sequence[Token], at: int, first: int) -> int:
    """Return where the clause begins that token *at* stands in."""
    while at > first:
        token = tokens[at - 1]
        ends = token.sort in {Sort.POINT, Sort.QUOTE} or token.low in COORDINATORS | {"that"}
        if ends:
            break
        at -= 1
    return at


def _subject_of_clause(tokens: Sequence[Token], at: int, stop: int) -> Subject | None:
    """Return the subject of the clause tokens[at:stop]: somebody else when none can be told."""
    while at + 1 < len(tokens) and tokens[at].low in SUBORDINATORS & {"as", "while", "when"}:
        at += 1
    found = subject_at(tokens, at, stop)
    return Subject(tokens[at].span, at + 1) if found is None else found


def _main_subject(tokens: Sequence[Token], first: int, end: int) -> Subject | None:
    """Return the subject of the first main clause in tokens[first:end]."""
    at = first
    while at < end:
        found = subject_at(tokens, at)
        if found is not None:
            return _apposed(tokens, found, end)
        at = _next_clause(tokens, at, end)
    return None


def _next_clause(tokens: Sequence[Token], at: int, end: int) -> int:
    while at < end and tokens[at].low != ",":
        at += 1
    return at + 1


def _apposed(tokens: Sequence[Token], subject: Subject, end: int) -> Subject:
    """Return the person of "The minister, NAME, said" in place of the minister."""
    name = subject.end + 1
    nobody = subject.person < 0 and not subject.pronoun
    if nobody and name + 1 <= end and tokens[subject.end].low == ",":
        named = tokens[name].sort is Sort.NAME and tokens[name + 1].low in {",", "."}
        return _person(tokens, name) if named else subject
    return subject
