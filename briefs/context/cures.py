"""A line that leans and the line before it in; what would cure it, out."""

import re

from briefs.context import marks, rules
from briefs.context.rules import Rule, Want
from briefs.context.vocabulary import is_person
from briefs.model import Sentence

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def by_line(rule: Rule, sentence: Sentence, before: Sentence, *, stands: bool) -> bool:
    """Tell whether *sentence* reads well behind *before*, which *stands*: alone, or when cured."""
    if rule.want is Want.START:
        return _is_whole(before.text, sentence.text)
    if rule.want is Want.QUESTION:
        return rules.is_question(before.text) and _stands(before.text)
    if not stands or rule.want in {Want.NEXT, Want.AUTHOR}:
        return False
    if rule.want is Want.SPEAKER:
        return marks.speaks(before.text)
    return rule.want is Want.LINE or _has_person(before.text)


def _is_whole(before: str, text: str) -> bool:
    """Tell whether both are one quotation, with somebody who speaks it."""
    joined = f"{before} {text}"
    return marks.read(joined).open == 0 and marks.speaks(joined) and _stands(joined)


def _stands(text: str) -> bool:
    return rules.plain(text, marks.read(text)) is None


def _has_person(text: str) -> bool:
    found = _WORD.findall(text[:1000])
    return any(word[0].isupper() for word in found[1:]) or any(
        is_person(word.lower()) for word in found
    )
