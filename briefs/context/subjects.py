"""An English line in; the pronoun or the noun in it that only another line explains, out."""

import re
from typing import NamedTuple

from briefs.context import expletives
from briefs.context.vocabulary import (
    DAYS,
    HE_OR_SHE,
    HONOURS,
    MAY_BE_NAMED,
    OPENERS,
    POSSESSIVES,
    PRONOUNS,
    SEVERAL,
    SUBORDINATORS,
    VERBS,
    WHICH,
    is_person,
    stands_in,
)

_TOKEN = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*|[^\w\s]")
_LONGEST = 60  # tokens of a line that are looked at
_NEAR = 5  # tokens of a clause in which its subject stands
_FAR = 12  # tokens behind which a pronoun may mean anybody
_INDIRECT = frozenset(("what", "why", "how", "whether"))
_CALLED = frozenset(("called", "named"))
_SCENES = frozenset(("at", "in", "on", "during"))
_COUNTS = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
_DETERMINERS = frozenset(("the", "these", "those"))
_BARE = frozenset(("a", "an", "the", "one", "two"))
_STOPS = WHICH | VERBS | _DETERMINERS | {"a", "an"}
_PLURAL_VERBS = frozenset(("are", "were", "have", "do", "say", "believe", "think", "fear", "want"))
_OBJECT = re.compile(
    r"\W*(?:[A-Z]\S{0,30} ){1,6}(?:called|described|dismissed|denied|rejected|welcomed|condemned|"
    r"confirmed|praised|hailed|defended|criticised|criticized) (it|this|that|them)\b"
)
_REPORTED = re.compile(
    r"\W*[A-Z]\w{2,20}s (?:say|believe|think|fear|expect|hope|claim|add) (?=(it|he|she)\b)"
)
_POINTED = re.compile(
    r"\W*[A-Z](?:\S{1,30} ){1,5}(?:says?|said|believes?|thinks?|fears?|added|claims?|claimed) "
    r"(these|those|this|that)(?= (?:is|are|was|were|will|would|had|has|have|could|may|might)\b)"
)
_UNCLEAR = re.compile(
    r"\W*It (?:is|was|remains|remained) (?:\w{1,20} ){0,2}(?:clear|unclear|known|unknown|certain)\b"
)
_THERE = re.compile(r"\W*[A-Z]\w{2,20}s (there)\b(?! (?:is|are|was|were|will be)\b)")


class _Read(NamedTuple):
    """The first words and marks of a line, and the same in lower case."""

    written: list[str]
    lower: list[str]

    def part(self, start: int, end: int | None = None) -> "_Read":
        return _Read(self.written[start:end], self.lower[start:end])


def unresolved(line: str) -> str:
    """Return the words of *line* that leave open who or what is meant, or ""."""
    end = expletives.match(line)
    read = _read(line[end:])
    if not read.lower:
        return ""
    if end:
        return _behind_expletive(read) or ("It" if _says_little(line, read) else "")
    if read.lower[0].partition("'")[0] in PRONOUNS:
        return "" if _only_looks_so(read) else read.written[0].partition("'")[0]
    if read.lower[0] in _INDIRECT:
        return _behind_expletive(read.part(1))
    if read.lower[0] in SUBORDINATORS:
        return _in_opening(read)
    return _stand_in(read) or _as_object(line) or _unheard_of(read)


def _read(line: str) -> _Read:
    written = _TOKEN.findall(line[:600])[:_LONGEST]
    first = next((at for at, token in enumerate(written) if token[0].isalnum()), len(written))
    return _Read(written[first:], [token.lower() for token in written[first:]])


def _only_looks_so(read: _Read) -> bool:
    """Tell "He Jiankui", "Her Majesty", and "He who …" from pronouns."""
    if len(read.lower) < 2 or read.written[1] in DAYS:
        return False
    word, following = read.lower[0], read.lower[1].partition("'")[0]
    if word in POSSESSIVES:
        return following in HONOURS
    return read.written[1][0].isupper() or (word in {"he", "she"} and following == "who")


def _behind_expletive(read: _Read) -> str:
    """Look at what follows "It is unclear whether"."""
    for at, word in enumerate(read.lower[:_NEAR]):
        if _is_name(read.written[at]):
            return ""
        if word in PRONOUNS:
            return read.written[at]
    return _stand_in(read)


def _says_little(line: str, read: _Read) -> bool:
    """Tell "It is unclear who did it": there is neither a name nor a number nor a day in it."""
    return _UNCLEAR.match(line) is not None and not any(
        word[0].isupper() or word[0].isdecimal() for word in read.written
    )


def _stand_in(read: _Read) -> str:
    """Return "The move", "The two": a noun with nothing that says which one it is, or ""."""
    first = _determiners(read)
    for at in range(first, min(len(read.lower), first + _NEAR - 1)) if first else ():
        word, _, owned = read.lower[at].partition("'")
        if not word[:1].isalnum() or word in _STOPS or _is_name(read.written[at]):
            return _counted(read, at)
        if owned:
            return " ".join(read.written[: at + 1]) if stands_in(word) else ""
        if at > first and word.endswith("ed"):
            return ""
        following = read.lower[at + 1 : at + 2]
        if stands_in(word) and not (following and _goes_on(read, at + 1)):
            return " ".join(read.written[: at + 1])
    return ""


def _determiners(read: _Read) -> int:
    """Return how many words say that it is a certain one: "the", "this year's"."""
    if read.lower[:1] and read.lower[0] in _DETERMINERS:
        return 1
    return 2 if read.lower[:1] == ["this"] and read.lower[1:2] and "'" in read.lower[1] else 0


def _counted(read: _Read, end: int) -> str:
    """Return "The two" when nothing but a verb follows."""
    alone = end == 2 and read.lower[1] in _COUNTS and read.lower[end] in VERBS
    return " ".join(read.written[:end]) if alone else ""


def _goes_on(read: _Read, at: int) -> bool:
    """Tell whether what stands at *at* still belongs to the noun before it."""
    word = read.lower[at]
    if word in _CALLED:
        return read.written[at + 1 : at + 2] != [] and _is_name(read.written[at + 1])
    if word in WHICH or stands_in(word) or word[0] == "'":
        return True
    if word == "," and at + 1 < len(read.lower):
        return _is_name(read.written[at + 1]) or read.lower[at + 1] in WHICH | _BARE
    return read.written[at][0].isupper() and read.written[at] not in DAYS


def _in_opening(read: _Read) -> str:
    """Look at a first clause such as "When he left," and at the main clause behind it."""
    comma = read.lower.index(",") if "," in read.lower else len(read.lower)
    first, main = read.part(0, comma), read.part(comma + 1)
    at = next((at for at, word in enumerate(first.lower) if word in PRONOUNS), -1)
    if at >= 0 and not _has_antecedent(first, at):
        return "" if _explains(main, first.lower[at]) else first.written[at]
    named = _has_antecedent(first, comma)
    if main.lower[:1] and main.lower[0] in PRONOUNS:
        return "" if named or _only_looks_so(main) else main.written[0]
    stand_in = _stand_in(main)
    if stand_in and named and stand_in.split()[-1].lower() in MAY_BE_NAMED:
        return ""
    return stand_in or _behind_preposition(first)


def _behind_preposition(first: _Read) -> str:
    """Return "the crisis" of "In response to the crisis,"; "at the meeting" only sets the scene."""
    if first.lower[0] in _SCENES and first.lower[1:2] != ["response"]:
        return ""
    at = next((at for at, word in enumerate(first.lower[:_NEAR]) if word in _DETERMINERS), -1)
    return _stand_in(first.part(at)) if at >= 0 else ""


def _explains(main: _Read, pronoun: str) -> bool:
    """Tell whether the subject of the *main* clause is whom the *pronoun* before it stands for."""
    if main.lower[:1] and main.lower[0] in PRONOUNS:
        return False
    if any(_is_name(word) for word in main.written[:_NEAR]):
        return True
    if pronoun in HE_OR_SHE:
        return any(is_person(word) for word in main.lower[:3])
    return main.lower[:1] in (["the"], ["a"]) and not _stand_in(main)


def _as_object(line: str) -> str:
    """Return the "it" of "Bartholomew called it", or of "Officials say it"."""
    match = _OBJECT.match(line) or _POINTED.match(line) or _THERE.match(line)
    if match:
        return match[1]
    match = _REPORTED.match(line)
    if match and not expletives.match(f"I{line[match.end() + 1 :]}"):
        return match[1]
    return ""


def _unheard_of(read: _Read) -> str:
    """Return the first pronoun of *read* with nothing before it that it could stand for."""
    for at, word in enumerate(read.lower[:_FAR]):
        if word in PRONOUNS and not _is_loose(read, at) and not _has_antecedent(read, at):
            return read.written[at]
    return ""


def _is_loose(read: _Read, at: int) -> bool:
    """Tell "as it is", and an "its" that any noun before it may explain."""
    before = read.lower[at - 1]
    return before == "as" or (read.lower[at] == "its" and before != "of")


def _has_antecedent(read: _Read, end: int) -> bool:
    """Tell whether somebody or something is named before *end*."""
    if any(_may_be_named(read, at) for at in range(end)):
        return True
    if end == len(read.lower) or read.lower[end] in HE_OR_SHE:
        spoken_of = any(is_person(word) or word == "who" for word in read.lower[:end])
        return spoken_of or read.lower[0] in {"a", "an"}
    if read.lower[end] in {"they", "them", "their", "theirs"} and _has_several(read, end):
        return True
    return any(_may_be_noun(word) for word in read.lower[:end])


def _has_several(read: _Read, end: int) -> bool:
    return _may_be_plural(read) or any(
        word.isdecimal() or word in SEVERAL for word in read.lower[:end]
    )


def _may_be_plural(read: _Read) -> bool:
    return read.lower[1:2] != [] and read.lower[1] in _PLURAL_VERBS


def _may_be_noun(word: str) -> bool:
    return word in {"the", "a", "an", "who", "which"} or (len(word) > 4 and word.endswith("s"))


def _may_be_named(read: _Read, at: int) -> bool:
    if at or not _is_name(read.written[at]):
        return _is_name(read.written[at])
    word = read.lower[0]
    if _may_be_plural(read):
        return False
    if read.written[0].isupper() and len(word) > 1:
        return True
    return len(word) > 3 and not any(word in each for each in (SUBORDINATORS, WHICH, OPENERS))


def _is_name(word: str) -> bool:
    return word[0].isupper() and word not in DAYS and word != "I"
