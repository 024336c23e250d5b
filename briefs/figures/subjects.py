"""A number in its sentence in, what it counts out: "people killed", "factory cost", "magnitude"."""

import re
from typing import NamedTuple

from briefs.figures import clauses
from briefs.figures.amounts import Amount, read
from briefs.figures.clauses import Word
from briefs.figures.vocabulary import (
    AREAS,
    COSTS,
    DEALS,
    DONE,
    MEASURES,
    METRES,
    PEOPLE,
    PLURALS,
    REPORTING,
    SAID_ALONE,
    SPEEDS,
    UNCHANGED,
    WEIGHTS,
)

_TELLING = (
    10  # below it a count of which nothing is said tells nothing, nor does "the two soldiers"
)


class Subject(NamedTuple):
    """What a number counts, folded; *sure* when figures of it can be held against each other."""

    about: str
    sure: bool


_NEAR = 4  # words
_VOLUMES = frozenset(("bbl", "m³", "l", "gal"))
_RATE = re.compile(
    r"[^,;.]{0,60}?\b(?:(?:an?|per|every|each) (?P<per>second|minute|hour|day|week|month|year)\b"
    r"(?! (?:ago|earlier|later|before|after))"
    r"|(?P<often>hourly|daily|weekly|monthly|yearly|annually))"
)
_PER = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month",
        "yearly": "year", "annually": "year"}  # fmt: skip
_VOTE = re.compile(r"[ \u00a0]of (?:the |all )?(?:votes?|ballots?)\b", re.IGNORECASE)
_FROM = re.compile(
    r"(?:,? (?:\(|or )[\d.,]{1,9} [a-z]{1,12}\)?,?)? "
    r"(?:(?:away|north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
    r"(?:ern|wards?)? (?:from|of)|from) (?:the )?(?:[a-z]{1,12} of )?(?P<where>[\w'\u2019-]{1,30})"
)
_SIZES = {"deep": "depth", "long": "length", "high": "height", "tall": "height", "wide": "width"}
_SIZE = re.compile(rf"[ -](?P<size>{'|'.join(_SIZES)})\b")
_DEPTH = re.compile(r"\bdepth of (?:[a-z]{1,9} ){0,2}$", re.IGNORECASE)
_WIND = re.compile(r"\b(?:wind|gust)s?\b[^,;.]{0,40}$", re.IGNORECASE)
_TURNOUT = re.compile(r"\bturnout\b[^,;.]{0,30}$", re.IGNORECASE)
_ACROSS = re.compile(r"\b(?:across|in|from|on|into|inside|through|between) $", re.IGNORECASE)
_WHO = re.compile(
    r" (?:who|that|which) (?:is|are|was|were|have been|had been) (?:still )?(?P<done>[a-z]{1,20})\b"
)
_KNOWN = re.compile(r"\b(?:the|these|those|its|their|his|her|our) $", re.IGNORECASE)
_CASE = re.compile(r"['\u2019]s$")


def find(text: str, start: int, end: int, value: str) -> Subject:
    """Return what *value*, which stands at text[start:end], counts; about "" when it is unsaid."""
    amount = read(value)
    if amount is None:
        return Subject("", sure=False)
    text, start, end = clauses.near(text, start, end)
    if len(amount.unit) == 3 and amount.unit.isupper():
        found = _money(text, start, end)
    elif amount.unit in MEASURES:
        found = _measure(text, start, end, amount.unit)
    else:
        found = _count(text, start, end, amount)
    rate = _RATE.match(text, end)
    if rate and found.about:
        return found._replace(about=f"{found.about} per {rate['per'] or _PER[rate['often']]}")
    return found


# --- counts


def _count(text: str, start: int, end: int, amount: Amount) -> Subject:
    unit, number = amount.unit, amount.size
    if number < _TELLING and _KNOWN.search(text, 0, start):
        return Subject("", sure=False)
    end, described = _noun_end(text, start, end, unit)
    if unit in SAID_ALONE:
        return Subject(f"people {SAID_ALONE[unit]}", sure=True)
    noun = _plural(unit)
    noun = "people" if noun in PEOPLE else noun
    if noun == "people" and not unit and not described:
        behind = clauses.before(text, start)
        told = any(word.low == "toll" for word in behind)
        done = "killed" if told else _governing(behind)
        return Subject(f"people {done}", sure=True) if done else Subject("", sure=False)
    things = " ".join((*described, noun))
    done = _said(text, start, end)
    if done:
        return Subject(f"{things} {done}", sure=True)
    return Subject(things if number >= _TELLING else "", sure=False)


def _noun_end(text: str, start: int, end: int, unit: str) -> tuple[int, tuple[str, ...]]:
    """Return where the noun of a count ends, and the adjectives in front of it."""
    if not unit or unit in SAID_ALONE:
        return end, ()
    match = re.compile(rf"\b{re.escape(unit)}\b", re.IGNORECASE).search(text, start, end + 80)
    if match is None:
        return end, ()
    return max(end, match.end()), clauses.adjectives(text[start : match.start()])


def _plural(unit: str) -> str:
    if unit in UNCHANGED or unit.endswith("s"):
        return unit
    return PLURALS.get(unit, f"{unit}s" if unit else "")


def _said(text: str, start: int, end: int) -> str:
    """Return what is said of what is counted at text[start:end], "" when that is not clear."""
    ahead = clauses.after(text, end)
    if _ACROSS.search(text, 0, start):  # "killed in six states"
        return ""
    governing = _adjacent(clauses.before(text, start))
    if governing:
        return governing
    who = _WHO.match(text, end)
    if who and who["done"] in DONE:
        return DONE[who["done"]]
    for place, word in enumerate(ahead):
        if _is_verb(word):
            doer = place == 0 or not _passive(ahead[place - 1])
            return "" if doer and _has_object(ahead[place:]) else _form(word)
    behind = clauses.before(text, start)
    return _governing(behind) or _unlisted(clauses.nearest(behind)[:1]) or _unlisted(ahead)


def _unlisted(found: tuple[Word, ...]) -> str:
    """Return a past form near a number, of a verb that is not listed: "spilled"."""
    for word in found[:_NEAR]:
        past = word.low.endswith("ed") and len(word.low) > len("shed") and not word.is_name
        if past:
            return "" if word.low in REPORTING else word.low
    return ""


def _adjacent(behind: tuple[Word, ...]) -> str:
    """Return the verb directly in front of a number."""
    rest = clauses.nearest(behind)
    return _form(rest[0]) if rest and _is_verb(rest[0]) else ""


def _governing(behind: tuple[Word, ...]) -> str:
    return next((_form(word) for word in behind[:5] if _is_verb(word)), "")


def _is_verb(word: Word) -> bool:
    return word.low in DONE


def _form(word: Word) -> str:
    return DONE[word.low]


def _passive(word: Word) -> bool:
    return word.low in {"was", "were", "are", "is", "been", "being", "be"}


def _has_object(found: tuple[Word, ...]) -> bool:
    """Tell "soldiers killed a farmer" from "soldiers killed in a raid"."""
    return len(found) > 1 and found[1].low in {"a", "an", "the", "his", "her", "their", "its"}


# --- money


def _money(text: str, start: int, end: int) -> Subject:
    behind = clauses.before(text, start)
    thing = _costing(behind) or _priced(clauses.after(text, end))
    if thing:
        return Subject(f"{DEALS.get(thing, thing)} cost", sure=True)
    done = _governing(behind)
    return Subject(f"money {done}", sure=True) if done else Subject("money", sure=False)


def _costing(behind: tuple[Word, ...]) -> str:
    """Return what costs the money that *behind* stands in front of."""
    rest = clauses.nearest(behind)
    if not rest or rest[0].low not in COSTS:
        return ""
    thing = clauses.nearest(rest[1:])
    return _CASE.sub("", thing[0].low) if thing and len(thing[0].low) > 2 else ""


def _priced(ahead: tuple[Word, ...]) -> str:
    """Return the thing of "the $80 million factory"."""
    known = {"factory", "plant", "contract", "deal", "project", "bridge", "programme", "agreement"}
    return next((word.low for word in ahead[:2] if word.low in known), "")


# --- measures


def _measure(text: str, start: int, end: int, unit: str) -> Subject:
    if unit == "magnitude":
        return Subject("magnitude", sure=True)
    if unit == "%":
        return _share(text, start, end)
    if unit in METRES:
        return _length(text, start, end, unit)
    if unit in SPEEDS and _WIND.search(text, 0, start):
        return Subject("wind speed", sure=True)
    if unit in AREAS:
        done = _said(text, start, end)
        return Subject(f"area {done}" if done else "area", sure=bool(done))
    done = _said(text, start, end) if unit in WEIGHTS or unit in _VOLUMES else ""
    return Subject(f"{unit} {done}" if done else unit, sure=bool(done))


def _share(text: str, start: int, end: int) -> Subject:
    behind = clauses.before(text, start)
    if _VOTE.match(text, end):
        name = next((_CASE.sub("", word.low) for word in behind if _is_winner(word)), "")
        return Subject(f"vote share of {name}" if name else "vote share", sure=bool(name))
    if _TURNOUT.search(text, 0, start):
        return Subject("turnout", sure=True)
    for place, word in enumerate(behind[:5]):
        thing = clauses.nearest(behind[place + 1 :])
        if _is_verb(word) and thing and len(thing[0].low) > 2:
            return Subject(f"{thing[0].low} {_form(word)}", sure=not thing[0].is_name)
    return Subject("percent", sure=False)


def _is_winner(word: Word) -> bool:
    return word.is_name and word.low not in {"he", "she", "they", "it", "his", "her", "the", "mr"}


def _length(text: str, start: int, end: int, unit: str) -> Subject:
    size = _SIZE.match(text, end)
    if size:
        return Subject(_SIZES[size["size"]], sure=False)
    if _DEPTH.search(text, 0, start):
        return Subject("depth", sure=True)
    away = _FROM.match(text, end)
    return (
        Subject(f"distance from {away['where'].lower()}", sure=True)
        if away
        else Subject(unit, sure=False)
    )
