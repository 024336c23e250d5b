"""A figure in, what its sentence says of the when, the where and the who of it out."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from briefs.figures import clauses
from briefs.figures.clauses import Near
from briefs.figures.vocabulary import DONE, HARMED, MEASURES, NUMBER_WORDS
from briefs.model import Figure

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR_ROUND = """
    january february march april may june july august september october november december
"""
_MONTHS = tuple(_YEAR_ROUND.split())
_SMALL_NUMBER = rf"(?:{'|'.join(sorted(NUMBER_WORDS))})"
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(day.title() for day in _WEEKDAYS)})\b")
_MONTH = "|".join(month.title() for month in _MONTHS)
_DATED = re.compile(
    rf"\b(?:(?P<a>{_MONTH})\.? (?P<b>\d{{1,2}})|(?P<c>\d{{1,2}}) (?P<d>{_MONTH}))\b"
)
_IN_MONTH = re.compile(rf"\b(?:in|during|by|of) (?:early |mid-|late )?(?P<month>{_MONTH})\b")
_YEAR = re.compile(r"(?<!\bby )(?<!until )(?<![\d.,$€£-])(?:19|20)\d\d(?![\d.,]\d|-\w)")
_NTH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|\d{1,3}(?:st|nd|rd|th))"
    r" (?:night|day|week)\b",
    re.IGNORECASE,
)
_RELATIVE = (("yesterday", 1), ("today", 0), ("tomorrow", -1))
_OTHER_TIME = re.compile(
    r"\b(?:similar|earlier|previous|previously|ago|formerly|then-|anniversary|in the past"
    r"|decades?|last (?:year|month|week|summer|winter|spring|autumn)"
    r"|next (?:year|month|week)|a year before)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|so far (?:this|in)|to date|during the (?:war|year|conflict)|throughout"
    r"|(?:in|over) the (?:past|last)(?: \w{1,9})? (?:days|weeks|months|years|decades?|hours)"
    r"|in (?:two|three|four|five|six|seven|ten|\d{1,3}) (?:days|nights|weeks|months|years)"
    r"|this (?:year|month|week)|overall since)\b(?: \w{1,15}){0,2}",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:could|would|might|may|if|unless|feared?|fears|risks?|threat\w{0,9}|would-be|capacity|simulat\w{1,5}"
    r"|exercise|drill|not|denied|denies|false|falsely|nobody|nor)\b|n['\u2019]t\b"
)
_PART_BEFORE = re.compile(
    r"\b(?:including|among (?:them|those|the \w{1,15})?|along with|as well as"
    r"|of (?:them|whom|these|those)|besides|(?:an)?other)[, ](?:\w{1,12} ){0,4}$"
    r"|\bof the \w{1,15}, $",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"(?: \w{1,15}){0,2}? (?:of (?:the|them|those|these|whom|his|her|its|their|our)"
    r"|more|others?)\b",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(
    rf"[^.;]{{0,60}}?(?:,| and| or) (?:\d[\d.,]*|{_SMALL_NUMBER})(?: more| others?)?"
    r" (?:in|at|near|on)\b",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r"\b(?:so far|already|to date)\b", re.IGNORECASE)
_STILL = re.compile(r"\b(?:still|remain)\b", re.IGNORECASE)
_STATES = ("arrested", "evacuated", "displaced")
_OLD = re.compile(r"\b(?:from|up from|down from|compared (?:with|to)|against)"
                  r"(?: (?:at|least|about|some|more|than)){0,2} $", re.IGNORECASE)  # fmt: skip
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|[Oo]utside|[Aa]cross|[Ii]nside)"
    r" (?:the )?(?:(?:city|town|village|region|province|district|port|capital) of )?"
    r"(?P<name>[A-Z][\w'\u2019-]{1,30}(?: [A-Z][\w'\u2019-]{1,30}){0,3})"
)
_SCOPE = re.compile(
    r"\b(?:worldwide|globally|nationwide|at home|abroad|overseas|elsewhere)\b", re.IGNORECASE
)
_PLANNED = re.compile(
    r"\bwill\b|['\u2019]ll\b|\b(?:are|is|plans?|planned|wants?|intends?|hopes?|agreed|expected|due"
    r"|promised|pledged|vowed|offered) to\b"
)
_NUMBER = re.compile(rf"\b(?:\d[\d.,]*|{_SMALL_NUMBER})\b", re.IGNORECASE)
_OF = re.compile(r" of (?P<what>[a-z]{1,20})\b")
_FOR = re.compile(r"^(?: in \w{1,12})? (?:for|on|to) (?P<what>(?:[\w'\u2019-]{1,30} ?){1,6})")
_SAYING_NOTHING = """
    the a an of for to and in on new repair its their his her
"""
_SMALL = frozenset(_SAYING_NOTHING.split())

_REACH = 60  # characters in front of a number


class Circumstances(NamedTuple):
    """What a figure is said to hold for; what is not said is empty."""

    days: frozenset[str]  # "2022-04-11"
    era: frozenset[str]  # another year or month than that of publication: "2015", "2022-03"
    since: str  # what a sum begins with, or covers
    planned: bool  # it is yet to be
    places: frozenset[str]
    doers: frozenset[str]
    purpose: frozenset[str]  # of money; and what tonnes and barrels are of
    models: frozenset[str]  # "tb2", of drones


def is_part(figure: Figure) -> bool:
    """Tell whether it is a part of a number that stands elsewhere: "12 of them", "five more"."""
    text, start, end = _place(figure)
    if figure.value.rpartition(" ")[2] in MEASURES:  # "73 percent of the vote"
        return False
    if _ONE_OF_SEVERAL.match(text, end):  # "three in Kyiv and two in Lviv"
        return True
    before = text[max(0, start - _REACH) : start]
    if _PART_BEFORE.search(before) or _PART_AFTER.match(text, end):
        return not (figure.value.endswith(" others") and "injured" in figure.about)
    return figure.value.endswith(" others") and "injured" not in figure.about


def is_background(figure: Figure) -> bool:
    """Tell whether it may be of another time, a forecast, or a part, for all that is said."""
    text = _place(figure).text
    elsewhere = _YEAR.search(text) or _SINCE.search(text)
    return bool(elsewhere) or is_part(figure) or not is_real(figure)


def is_so_far(figure: Figure) -> bool:
    """Tell whether there may be more by now."""
    return _SO_FAR.search(_place(figure).text) is not None


def is_old(figure: Figure) -> bool:
    """Tell whether another number took its place: "rose to 41 from 37"."""
    text, start, _ = _place(figure)
    return _OLD.search(text[max(0, start - _REACH) : start]) is not None


def is_real(figure: Figure) -> bool:
    """Tell whether it is said to have been: no forecast, no denial, no event of another time."""
    text = _place(figure).text
    return _OTHER_TIME.search(text) is None and _UNREAL.search(text) is None


def of(figure: Figure, published: datetime) -> Circumstances:
    """Return what the sentence of *figure*, which was *published* then, says of it."""
    text, start, end = _place(figure)
    since = _SINCE.search(text)
    return Circumstances(
        days=frozenset(_days(text, published)),
        era=frozenset(_era(text, published)),
        since=f"{_state(figure)} {since.group().lower() if since else ''}".strip(),
        planned=_is_planned(figure),
        places=_places(text, start, end),
        doers=_doers(figure),
        purpose=_purpose(text, end) | _stuff(text, end, figure.value),
        models=frozenset(clauses.models(_behind(text, start, end, figure.value))),
    )


def _stuff(text: str, end: int, value: str) -> frozenset[str]:
    measured = value.rpartition(" ")[2] in MEASURES
    match = _OF.match(text, end) if measured else None
    return frozenset({match["what"].lower()}) if match else frozenset()


def _is_planned(figure: Figure) -> bool:
    """Tell what is to be done from what is done; a price is the same before and after."""
    measured = figure.value.rpartition(" ")[2] in MEASURES
    if measured or figure.about.endswith(" cost"):
        return False
    text, start, end = _place(figure)
    return _PLANNED.search(text[max(0, start - _REACH) : end + _REACH]) is not None


def _state(figure: Figure) -> str:
    """Tell how many are still held from how many were taken."""
    still = figure.about.endswith(_STATES) and _STILL.search(_place(figure).text)
    return "still" if still else ""


def _place(figure: Figure) -> Near:
    offset = figure.sentence.span.start
    return clauses.near(figure.sentence.text, figure.span.start - offset, figure.span.end - offset)


def _days(text: str, published: datetime) -> set[str]:
    """Return the days in *text*, those of the week as the last before it was *published*."""
    found = {_latest(match.group().lower(), published) for match in _WEEKDAY.finditer(text)}
    for match in _DATED.finditer(text):
        month = _MONTHS.index((match["a"] or match["d"]).lower()) + 1
        found.add(f"{published.year}-{month:02}-{int(match['b'] or match['c']):02}")
    for word, days in _RELATIVE:
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            found.add((published - timedelta(days=days)).date().isoformat())
    return found | {match.group().lower() for match in _NTH.finditer(text)}


def _era(text: str, published: datetime) -> set[str]:
    """Return the months and years in *text*, but those of publication."""
    months = {_MONTHS.index(match["month"].lower()) + 1 for match in _IN_MONTH.finditer(text)}
    found = {f"{published.year}-{month:02}" for month in months if month != published.month}
    return found | {year for year in _YEAR.findall(text) if int(year) != published.year}


def _latest(weekday: str, published: datetime) -> str:
    back = (published.weekday() - _WEEKDAYS.index(weekday)) % 7
    return (published - timedelta(days=back)).date().isoformat()


def _places(text: str, start: int, end: int) -> frozenset[str]:
    """Return the places behind the number, up to the next one; else those in front of it."""
    following = _NUMBER.search(text, end)
    names = _named(text[end : following.start() if following else len(text)])
    if names:
        return names
    earlier = [match.end() for match in _NUMBER.finditer(text, 0, start)]
    return _named(text[max(earlier, default=0) : start])


def _named(text: str) -> frozenset[str]:
    scopes = {match.group().lower() for match in _SCOPE.finditer(text)}
    names = {match["name"].lower() for match in _PLACE.finditer(text)}
    return frozenset((names | scopes) - {*_WEEKDAYS, *_MONTHS})


def _doers(figure: Figure) -> frozenset[str]:
    """Return who bought, sold or pledged; the weapon that kills is told in too many ways."""
    if figure.about.endswith(HARMED):
        return frozenset()
    text, start, _ = _place(figure)
    behind = clauses.before(text, start)
    verbs = [place for place, word in enumerate(behind) if word.low in DONE]
    if not verbs:
        return frozenset()
    found = clauses.nearest(behind[verbs[0] + 1 :])
    named = found and found[0].is_name and found[0].low not in {"it", "they", "he", "she"}
    return frozenset({found[0].low}) if named else frozenset()


def _behind(text: str, start: int, end: int, value: str) -> str:
    """Return the number at text[start:end] with all that stands between it and its noun."""
    noun = value.rpartition(" ")[2]
    found = re.compile(rf"\b{re.escape(noun)}\b", re.IGNORECASE).search(text, start, end + 80)
    return text[start : found.start()] if found and noun.isalpha() else ""


def _purpose(text: str, end: int) -> frozenset[str]:
    match = _FOR.match(text[end : end + 120])
    if match is None:
        return frozenset()
    return frozenset(match["what"].lower().split()) - _SMALL
