"""A place in a sentence in, whether it speaks of what was or of what will be out."""

import re

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][a-z]+)?")
_REACH = 160  # characters to either side that are looked at
_FEW = 14  # words of them

_TO_COME = """
    will won't shall would be may might upcoming tomorrow scheduled expected due slated planned
    plans
"""
_INTENDED = """
    is are plan plans planned due set about going hope hopes want wants intends intend agreed vowed
    promised pledged expects aims ready prepares preparing
"""
_DONE = """
    was were had did said told met came went took made gave got held saw found left led won lost
    began became brought bought built broke sent spent spoke stood struck shot fell fought flew hit
    cut put ran rose sank sold taught thought threw understood woke wrote withdrew ate drove drew
    felt grew heard kept knew laid lay meant paid read rang rode sat set shut slept swore wore died
    has
"""
_SOUNDS_DONE = "need indeed hundred speed feed united red bed seed exceed proceed"
_FUTURE = frozenset(_TO_COME.split())
_FUTURE_BEFORE_TO = frozenset(_INTENDED.split())
_PAST = frozenset(_DONE.split())
_NOT_PAST = frozenset(_SOUNDS_DONE.split())


def lean(text: str, start: int, end: int) -> int:
    """Return -1 when what stands at text[start:end] is past, 1 when it is to come, 0 if unsaid.

    The nearest verb before it decides, and after none the nearest behind it.
    """
    before = [word.lower() for word in _WORD.findall(text[max(0, start - _REACH) : start])]
    after = [word.lower() for word in _WORD.findall(text[end : end + _REACH])]
    return _nearest_before(before[-_FEW:]) or _nearest_after(after[:_FEW])


def _nearest_before(words: list[str]) -> int:
    for place in range(len(words) - 1, -1, -1):
        found = _leaning(words, place)
        if found:
            return found
    return 0


def _nearest_after(words: list[str]) -> int:
    for place in range(len(words)):
        found = _leaning(words, place)
        if found:
            return found
    return 0


def _leaning(words: list[str], place: int) -> int:
    word = words[place].replace("\u2019", "'")
    following = words[place + 1] if place + 1 < len(words) else ""
    if word.endswith("'ll") or word in _FUTURE:
        return 1
    if word in _FUTURE_BEFORE_TO and following == "to":
        return 1
    if not _is_past(word):
        return 0
    before = words[max(0, place - 2) : place]
    return 0 if {"be", "will", "would", "to", "is", "are"} & set(before) else -1


def _is_past(word: str) -> bool:
    return word in _PAST or (len(word) > 3 and word.endswith("ed") and word not in _NOT_PAST)
