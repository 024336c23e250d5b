"""Labelled sentences in, more of them out: names exchanged, and the forms that newswires have.

The names come from the sentences themselves; only countries and forms are written here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from briefs.recogniser.train.examples import Example, spans

Name: TypeAlias = tuple[str, ...]

_EDITED = frozenset({"docred", "crossner", "wikigold", "uner", "re3d"})  # names as editors write
_COUNTRY_NAMES = (
    "Argentina, Australia, Austria, Bangladesh, Belarus, Belgium, Bolivia, Brazil, Britain, "
    "Bulgaria, Cameroon, Canada, Chile, China, Colombia, Croatia, Cuba, Cyprus, Czech Republic, "
    "Denmark, Ecuador, Egypt, England, Estonia, Ethiopia, Finland, France, Georgia, Germany, "
    "Ghana, Greece, Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, "
    "Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kuwait, Latvia, Lebanon, Lithuania, Malaysia, "
    "Mexico, Morocco, Namibia, Netherlands, New Zealand, Nigeria, North Korea, Norway, Pakistan, "
    "Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Romania, Russia, Saudi Arabia, "
    "Scotland, Senegal, Serbia, Singapore, Slovakia, Slovenia, South Africa, South Korea, Spain, "
    "Sri Lanka, Sweden, Switzerland, Syria, Thailand, Tunisia, Turkey, U.S., Ukraine, "
    "United States, Uruguay, Uzbekistan, Venezuela, Vietnam, Wales, Zambia, Zimbabwe"
)
_COUNTRIES = tuple(tuple(name.split()) for name in _COUNTRY_NAMES.split(", "))
_NUMBER = re.compile("<(n|set|time|date)>")
_CLUB_ENDS = ("United", "City", "FC", "Town", "Rovers", "Tigers", "Lions", "Rangers", "Eagles")
_AGENCIES = (("Reuters",), ("AP",), ("AFP",), ("Xinhua",), ("Associated", "Press"))
_KINDS = {
    "<person>": "PER",
    "<surname>": "PER",
    "<club>": "ORG",
    "<agency>": "ORG",
    "<country>": "LOC",
    "<place>": "LOC",
}
_DATELINES = (
    "<PLACE> ( <agency> ) -",
    "<PLACE> , <country> ( <agency> ) --",
    "<place> , <country> ( <agency> ) --",
    "<PLACE> --",
    "<place> -",
)
# A line of a table or of a report on a match; in <CAPITALS> the name is in capitals. Newswires
# write a team as its city, and readers count that as an organisation, but a country as a place.
_LINES = (
    "<club> <n> <club> <n>",
    "<club> <n> <club> <n>",
    "<club> <n> <n> <n> <n> <n> <n> <n>",
    "<club> <n> <n> <n> <n> <n> <n> <n>",
    "<club> <n> <n> <n>",
    "<CLUB> AT <CLUB>",
    "<club> at <CLUB>",
    "<country> <n> <country> <n>",
    "<country> <n> <n> <n> <n> <n> <n> <n>",
    "<person> ( <country> ) beat <person> ( <country> ) <set> <set>",
    "<n> - <person> ( <country> ) beat <person> ( <country> ) <set> <set> <set>",
    "<person> beat <n> - <person> ( <country> ) <set> <set>",
    "<n>. <person> ( <country> ) <time>",
    "<n>. <person> ( <country> ) <club> <time>",
    "<n>. <person> , <country> , <n> points",
    "<n>. <country> ( <person> , <person> , <person> ) <time>",
    "<person> c <surname> b <surname> <n>",
    "<person> lbw b <surname> <n>",
    "<surname> <n> <n> <n> <n> , <surname> <n> <n> <n> <n>",
    "<club> - <person> <n> , <surname> <n> .",
    "<country> - <person> <n> , <surname> <n> .",
    "Scorers : <surname> <n> , <person> <n>",
    "<club> v <club>",
    "<country> v <country>",
    "SOCCER - <CLUB> BEAT <CLUB> <n>-<n> .",
    "BASKETBALL - <CLUB> EDGE <CLUB> .",
    "CRICKET - <COUNTRY> <n> FOR SIX AGAINST <COUNTRY> .",
    "TENNIS - <SURNAME> AND <SURNAME> ADVANCE IN <PLACE> .",
    "RUGBY - <PERSON> BACK FOR <COUNTRY> .",
    "<PLACE> <date>",
    "<PLACE> , <country> <date>",
    "<person>",
    "By <person>",
    "By <PERSON>",
    "<club> beat <club> on Saturday to stay top of the table .",
    "<club> coach <person> said the team had played well .",
    "<person> scored twice as <club> won <n>-<n> in <place> .",
    "<club> striker <person> will miss the match against <club> .",
    "<surname> , who joined <club> from <club> last year , was born in <place> .",
    "<country> were <n> for three at lunch against <country> in <place> .",
    "<person> of <country> won the race in <place> ahead of <country> 's <person> .",
    "In <place> , <person> hit a home run as <club> defeated <club> .",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of each kind, once for each time they occur, so that a draw follows their use.

    `places` are known places that are no countries, each once.
    """

    by_kind: dict[str, tuple[Name, ...]]
    places: tuple[Name, ...]


def names(examples: Iterable[Example]) -> Names:
    """Return the names in *examples* that stand in edited text."""
    found: dict[str, list[Name]] = {"PER": [], "ORG": [], "LOC": []}
    places: set[tuple[Name, str]] = set()
    for example in examples:
        for start, end, kind in spans(example.tags):
            name = example.words[start:end]
            if kind in found and example.source in _EDITED:
                found[kind].append(name)
            if kind == "LOC":
                places.add((name, example.source))
    return Names(by_kind={k: tuple(v) for k, v in found.items()}, places=_known(places))


def exchanged(example: Example, known: Names, random: Random, *, share: float) -> Example:
    """Return *example* with a *share* of its people, organisations and places renamed."""
    words: list[str] = []
    tags: list[str] = []
    at = 0
    for start, end, kind in spans(example.tags):
        new = example.words[start:end]
        if kind in known.by_kind and random.random() < share:
            new = _like(new, known.by_kind[kind], random)
        words += [*example.words[at:start], *new]
        tags += [*example.tags[at:start], *_tags(new, kind)]
        at = end
    words += example.words[at:]
    tags += example.tags[at:]
    return Example(words=tuple(words), tags=tuple(tags), source=example.source)


def joined(example: Example) -> Example:
    """Return *example* with "Al - Qaeda" and "well - known" as one word, as we cut words.

    Some sets split every hyphen off. A hyphen at the edge of a name is left as it is.
    """
    words: list[str] = []
    tags: list[str] = []
    glued = False
    for i, (word, tag) in enumerate(zip(example.words, example.tags, strict=True)):
        if glued or (words and word == "-" and _is_inside(example, i)):
            words[-1] += word
            glued = not glued
        else:
            words.append(word)
            tags.append(tag)
    return Example(words=tuple(words), tags=tuple(tags), source=example.source)


def dated(example: Example, known: Names, random: Random) -> Example:
    """Return *example* as the first sentence of a report: with its place and its agency."""
    start = _filled(random.choice(_DATELINES), known, random)
    return Example(
        words=start.words + example.words, tags=start.tags + example.tags, source=example.source
    )


def line(known: Names, random: Random) -> Example:
    """Return a line such as a table of results has, a report on sport, or the date above them."""
    return _filled(random.choice(_LINES), known, random)


def _is_inside(example: Example, i: int) -> bool:
    """Whether the hyphen at *i* stands between two words of one name, or of none."""
    if i + 1 == len(example.words):
        return False
    before, hyphen, after = example.tags[i - 1 : i + 2]
    plain = example.words[i - 1].isalpha() and example.words[i + 1].isalpha()
    return plain and hyphen == after and (before == after or hyphen == f"I{before[1:]}")


def _like(name: Name, others: Sequence[Name], random: Random) -> Name:
    """Return another name; for a single word a single word, so that a surname stays one."""
    return _drawn(others, random, lengths=(1,) if len(name) == 1 else range(2, 9))


def _drawn(others: Sequence[Name], random: Random, *, lengths: Sequence[int]) -> Name:
    while len(found := random.choice(others)) not in lengths:
        pass
    return found


def _known(places: Iterable[tuple[Name, str]]) -> tuple[Name, ...]:
    """Return the places, no countries, that two sets name."""
    counts = Counter(name for name, _ in places)
    return tuple(
        name
        for name, count in sorted(counts.items())
        if count > 1 and len(name) <= 2 and name not in _COUNTRIES and name[0][0].isupper()
    )


def _filled(form: str, known: Names, random: Random) -> Example:
    words: list[str] = []
    tags: list[str] = []
    for blank in form.split():
        name, kind = _filling(blank, known, random)
        words += (word.upper() for word in name) if blank == blank.upper() else name
        tags += _tags(name, kind)
    return Example(words=tuple(words), tags=tuple(tags), source="made")


def _filling(blank: str, known: Names, random: Random) -> tuple[Name, str]:
    """Return what to write at *blank* and its kind: "" is no name."""
    kind = _KINDS.get(blank.lower(), "")
    match blank.lower():
        case "<club>":
            end = (random.choice(_CLUB_ENDS),) if random.random() < 0.3 else ()
            name = random.choice(known.places) + end
        case "<person>" | "<surname>":
            whole = _drawn(known.by_kind["PER"], random, lengths=(2, 3))
            name = whole if "person" in blank.lower() else whole[-1:]
        case "<country>" | "<place>" | "<agency>" as other:
            name = random.choice(
                {"<country>": _COUNTRIES, "<agency>": _AGENCIES}.get(other, known.places)
            )
        case _:
            name = (_number(blank, random),)
    return name, kind


def _number(blank: str, random: Random) -> str:
    """Return *blank* with its number, set of tennis, time or date filled in."""
    while (found := _NUMBER.search(blank)) is not None:
        blank = blank.replace(found[0], _written(found[1], random), 1)
    return blank


def _written(what: str, random: Random) -> str:
    two = random.randrange(10, 60)
    match what:
        case "set":
            return f"6-{random.randrange(5)}"
        case "time":
            return f"{random.randrange(60)}:{two}.{random.randrange(10, 60)}"
        case "date":
            return f"{random.randrange(1990, 2027)}-{random.randrange(1, 13):02}-{two // 2:02}"
        case _:
            return f"{random.randrange(60)}"


def _tags(name: Sequence[str], kind: str) -> Iterator[str]:
    for i in range(len(name)):
        yield f"{'I' if i else 'B'}-{kind}" if kind else "O"
