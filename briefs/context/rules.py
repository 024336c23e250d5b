"""A line, the line before it and an open quotation in; the rule by which the line leans, out."""

import re
from enum import Enum, auto
from typing import NamedTuple

from briefs.context import marks, openings, subjects
from briefs.context.marks import Quoting
from briefs.context.vocabulary import HE_OR_SHE, VERBS
from briefs.model import Sentence, SentenceKind

_STARTS = re.compile(r"[^\w.…#@/\\]*([^\W\d_]\w*|…|\.\.\.)")
_QUESTION = re.compile(r"[?\uff1f\u061f]\W*$")
_COLON = re.compile(r"[:\uff1a]\s*$")
_SMALL_NAME = re.compile(
    r"(?:s|t|n|al|el|bin|ibn|da|de|del|della|der|di|du|la|le|ter|van|von|zu)\b"
)
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LOOKED_AT = 2000  # code points of a line
_FRAGMENT = 8  # words
_SHORT_ANSWER = 12  # words
_MAY_BE_VERBS = ("ed", "es", "s", "ing")


class Want(Enum):
    """What a line lacks."""

    NEXT = auto()  # what comes behind it
    LINE = auto()  # the line before it
    QUESTION = auto()  # the question before it
    PERSON = auto()  # a line before it that names somebody
    SPEAKER = auto()  # a line before it in which somebody with a name speaks
    START = auto()  # the line before it, where its quotation begins
    AUTHOR = auto()  # a post's


class Rule(NamedTuple):
    """A rule that fired, in words fit for a reader."""

    words: str
    want: Want
    pronoun: str = ""  # with which the line opens


class Setting(NamedTuple):
    """What is known of a line beside its words."""

    quoting: Quoting
    inside: bool  # a quotation that began before it is open
    cased: bool  # in its document lines begin with a capital
    language: str


def find(sentence: Sentence, before: Sentence | None, setting: Setting) -> Rule | None:
    """Return the rule by which *sentence* leans; None when it stands alone.

    *before* is the line before it in its document.
    """
    if sentence.kind is SentenceKind.POST:
        return Rule("a post without its author", Want.AUTHOR)
    rule = _by_marks(sentence.text, setting)
    if rule is None and setting.language == "en":
        rule = _in_english(sentence.text, before, setting.quoting)
    return rule


def plain(text: str, quoting: Quoting) -> Rule | None:
    """Return the rule for English by which *text* leans, whatever stands before it."""
    straight = text[:_LOOKED_AT].replace("\u2019", "'")
    if quoting.outside == text:
        return _by_opening(straight, spoken=False)
    return _by_quotation(quoting) or _by_opening(straight, spoken=quoting.first)


def is_question(text: str) -> bool:
    """Tell whether *text* ends as a question does."""
    return _QUESTION.search(text[-20:]) is not None


def begins_small(text: str) -> bool:
    """Tell whether *text* begins as something does that goes on: "…", or a small letter."""
    match = _STARTS.match(text[:200])
    if not match:
        return False
    word = match[1]
    if not word[0].isalpha():
        return True
    has_capital = word[0].title() != word[0]  # Georgian letters are small, and have none
    return has_capital and word.islower() and not _SMALL_NAME.match(word)


def _by_marks(text: str, setting: Setting) -> Rule | None:
    if is_question(setting.quoting.outside) and not setting.quoting.open:
        return Rule("a question", Want.NEXT)
    if _COLON.search(text[-20:]):
        return Rule("ends with a colon", Want.NEXT)
    return _by_open_quotation(setting) or _by_beginning(text, setting)


def _by_open_quotation(setting: Setting) -> Rule | None:
    if setting.quoting.open > 0:
        return Rule("begins a quotation that does not end in it", Want.NEXT)
    if setting.quoting.open < 0:
        return Rule("ends a quotation that began before it", Want.START)
    if setting.inside:
        return Rule("stands inside a quotation that began before it", Want.NEXT)
    return None


def _by_beginning(text: str, setting: Setting) -> Rule | None:
    if setting.cased and begins_small(text):
        return Rule("starts in the middle of a sentence", Want.LINE)
    return None


def _in_english(text: str, before: Sentence | None, quoting: Quoting) -> Rule | None:
    if before is not None and is_question(before.text) and _replies(text, quoting):
        return Rule("answers the question before it", Want.QUESTION)
    return plain(text, quoting)


def _replies(text: str, quoting: Quoting) -> bool:
    return (
        openings.answers(text)
        or openings.addresses(quoting.outside)
        or _is_fragment(text, longest=_SHORT_ANSWER)
    )


def _by_quotation(quoting: Quoting) -> Rule | None:
    if not marks.says_more(quoting):
        return Rule("a quotation without its speaker", Want.SPEAKER)
    speaker = marks.pronoun(quoting)
    if not speaker:
        return None
    return Rule(f"a quotation whose speaker is only “{speaker}”", Want.PERSON, speaker)


def _by_opening(text: str, *, spoken: bool) -> Rule | None:
    if openings.answers(text):
        return Rule("answers a question", Want.QUESTION)
    words = openings.pointing(text, spoken=spoken)
    if words:
        return Rule(f"opens with “{words}”", Want.LINE)
    words = subjects.unresolved(text)
    if words:
        return _of_subject(text, words)
    return Rule("not a whole sentence", Want.LINE) if _is_fragment(text) else None


def _of_subject(text: str, words: str) -> Rule:
    opens = text.lstrip("“\"'„« \u2018").startswith(words)
    person = words.lower() in HE_OR_SHE
    return Rule(
        f"opens with “{words}”" if opens else f"does not say who or what “{words}” is",
        Want.PERSON if person else Want.LINE,
        words if person and opens else "",
    )


def _is_fragment(text: str, *, longest: int = _FRAGMENT) -> bool:
    """Tell at most *longest* words without anything that could be a verb."""
    found = _WORDS.findall(text[:200])
    if len(found) > longest or sum(word[0].isupper() for word in found[1:]) > 1:
        return False  # where there are names, there may be a verb that is not known here
    return not any(
        word in VERBS or "'" in word or (longest == _FRAGMENT and word.endswith(_MAY_BE_VERBS))
        for word in map(str.lower, found)
    )
