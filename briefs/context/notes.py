"""A line that leans and what is stored on its document in; a note that says who is meant, out.

A note is made only where there is no doubt: the line directly before names one person and nobody
else, and begins with this name, or stored facts say who speaks.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from briefs.context.rules import Rule, Want
from briefs.context.vocabulary import DAYS, is_person
from briefs.model import Kind, Quote, Sentence

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_HER = re.compile(r"\b(?:Mrs|Ms|Miss|Madame|Lady|Queen|Princess|chairwoman|spokeswoman|mother)\b")
_HIM = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|chairman|spokesman|father)\b")
_HERS = frozenset({"she", "her", "hers"})
_SUBJECT = 8  # words of a line in which its subject stands


def of_pronoun(rule: Rule, before: Sentence, named: Sequence[tuple[Kind, str]]) -> str:
    """Return "He: Jeff Landry, previous sentence" where *before* leaves no doubt, else ""."""
    people = list(dict.fromkeys(name for kind, name in named if kind is Kind.PERSON))
    if not rule.pronoun or len(people) != 1:
        return ""
    wrong = _HIM if rule.pronoun.lower() in _HERS else _HER
    known = frozenset(word for _, name in named for word in _WORD.findall(name))
    if wrong.search(before.text) or not _is_alone(people[0], before.text, known):
        return ""
    return f"{rule.pronoun.capitalize()}: {people[0]}, previous sentence"


def of_quotation(
    sentence: Sentence,
    rule: Rule,
    quotes: Sequence[Quote],
    named_at: Callable[[int], Sequence[tuple[Kind, str]]],
) -> str:
    """Return "Speaker: Dmytro Kuleba" where one of *quotes* covers *sentence* and says so.

    *named_at* gives who is named in the piece that stands at an offset.
    """
    if rule.want not in {Want.SPEAKER, Want.AUTHOR, Want.START}:
        return ""
    at = bisect_right(quotes, sentence.span.end - 1, key=_start) - 1
    if at < 0 or quotes[at].span.end <= sentence.span.start:
        return ""
    told = quotes[at].speaker_span if quotes[at].speaker else None
    people = [name for kind, name in named_at(told.start) if kind is Kind.PERSON] if told else []
    if len(set(people)) != 1:
        return ""
    return f"{'Author' if rule.want is Want.AUTHOR else 'Speaker'}: {people[0]}"


def _start(quote: Quote) -> int:
    return quote.span.start


def _is_alone(name: str, text: str, known: frozenset[str]) -> bool:
    """Tell whether *text* begins with whoever has the *name*, and speaks of nobody else.

    A word with a capital that is not among the *known* ones might be somebody else.
    """
    found = _WORD.findall(text[:1000])
    last = (_WORD.findall(name) or [name])[-1]
    if last not in found[:_SUBJECT]:
        return False
    behind = found[found.index(last) + 1 :]
    return not any(_may_be_somebody(word, known) for word in behind)


def _may_be_somebody(word: str, known: frozenset[str]) -> bool:
    if is_person(word.lower()):
        return True
    return word[0].isupper() and word not in known and word not in DAYS
