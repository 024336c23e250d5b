"""The marks of a listing, and what was listed before, in; who is who out. It only decides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from briefs.store.feeds.marking import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An entry as a feed has listed it before: a row of its table."""

    feed: int
    key: str
    scope: int
    address: str
    shared: bool
    digest: str
    identity: str
    owns: bool
    backlog: bool
    seen: datetime
    revised: datetime | None = None
    revisions: int = 0


class Near(NamedTuple):
    """What the entries of a listing may be."""

    keyed: Sequence[Known]  # of the feed, with their keys
    there: Sequence[Known]  # of the feed, with their addresses
    saying: Sequence[Known]  # of the feed, with their words
    elsewhere: Sequence[Known]  # that other feeds of the scope own, with their addresses
    lost: Sequence[Known] = ()  # that they own, with addresses that are the feed's to own


class Matched(NamedTuple):
    """The entries of a listing, told apart by their keys."""

    known: Mapping[str, Known]  # what the feed has listed before
    others: Mapping[str, Sequence[Known]]  # what other feeds of the scope own
    fresh: tuple[Mark, ...]  # what is neither
    lost: Mapping[str, Sequence[Known]]  # what they own that is the feed's to own


def corrected(marks: Sequence[Mark], there: Iterable[Known]) -> tuple[Mark, ...]:
    """Return *marks*, with the addresses as shared that several entries of the feed had before.

    One that is shared once tells nothing from then on.
    """
    times: dict[str, int] = defaultdict(int)
    for each in there:
        times[each.address] += 1 + each.shared
    return tuple(
        mark._replace(shared=True) if mark.address and times[mark.address] > 1 else mark
        for mark in marks
    )


def match(marks: Sequence[Mark], near: Near) -> Matched:
    """Tell *marks* apart: by their keys, by addresses that are theirs alone, by their words.

    A known entry is that of one mark at the most, and a key counts before all else.
    """
    known = {each.key: each for each in near.keyed}
    used = {each.key for each in near.keyed}
    places = {each.address: each for each in near.there if each.address and not each.shared}
    words = {each.digest: each for each in near.saying}
    others, lost = _by_address(near.elsewhere), _by_address(near.lost)
    listed: dict[str, Sequence[Known]] = {}
    fresh = []
    for mark in marks:
        if mark.key not in known:
            found = places.get(mark.place) or (words.get(mark.digest) if mark.telling else None)
            if found is not None and found.key not in used:
                known[mark.key] = found
                used.add(found.key)
            elif mark.place not in others:
                fresh.append(mark)
        if mark.place in others:
            listed[mark.key] = others[mark.place]
    taken = {mark.key: lost[mark.place] for mark in marks if mark.place in lost}
    return Matched(known, listed, tuple(fresh), taken)


def _by_address(elsewhere: Iterable[Known]) -> dict[str, list[Known]]:
    """Return the entries of other feeds by their addresses, where each has its own."""
    places: dict[str, list[Known]] = defaultdict(list)
    for each in elsewhere:
        if each.address and not each.shared:
            places[each.address].append(each)
    return places
