"""The entries of a listing in, what each is recognised by out.

A feed says with a guid which entry is which, where it gives each its own: some give none, or all
the same. An address does as well where no two entries share it; else the words of the entry do.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import urlsplit

from briefs.model import Entry
from briefs.store.feeds import rows

_TELLING = 80  # characters of an entry that no other one has by chance


class Mark(NamedTuple):
    """An entry, and what it is recognised by: digests, or "" where there is nothing to go by."""

    entry: Entry
    key: str  # no two of a listing have the same
    address: str
    shared: bool  # other entries have the address as well, or it is that of the site
    digest: str  # of its words
    telling: bool  # nobody else has these words by chance

    @property
    def place(self) -> str:
        """The address, if it is this entry's alone."""
        return "" if self.shared else self.address


class _Seen(NamedTuple):
    guid: str
    address: str
    digest: str


def mark(entries: Sequence[Entry], *, homes: Collection[str]) -> tuple[Mark, ...]:
    """Return what *entries* are recognised by, in their order, each one once.

    *homes* are addresses, as they are compared, that are those of the site and of no entry.
    """
    seen = {entry: _seen(entry) for entry in entries}
    different = _different(entries, seen)
    guids = Counter(seen[entry].guid for entry in different)
    places = Counter(seen[entry].address for entry in different)
    words = Counter(seen[entry].digest for entry in different)
    alone = Counter(dict.fromkeys(map(_digest, homes), 2))
    found: dict[str, Mark] = {}
    for entry in different:
        each = seen[entry]
        shared = places[each.address] + alone[each.address] > 1 or _is_root(entry.url)
        key = _key(each, own_guid=guids[each.guid] == 1, own_place=not shared)
        telling = words[each.digest] == 1 and len(entry.title) + len(entry.text) >= _TELLING
        new = Mark(entry, key, each.address, bool(each.address) and shared, each.digest, telling)
        found.setdefault(key, new)
    return tuple(found.values())


def words_of(entry: Entry) -> str:
    """Return a digest that differs when the words of *entry* do; its date is none of them."""
    return _digest(" ".join(entry.title.split()), " ".join(entry.text.split()))


def identity(mark: Mark, feed: str) -> str:
    """Return what makes the document of an entry the same when it comes again.

    That is its address; or else what it is recognised by in the feed at the address *feed*.
    """
    return f"feed:{_digest('address', mark.place) if mark.place else _digest(feed, mark.key)}"


def _seen(entry: Entry) -> _Seen:
    guid = _digest(entry.guid) if entry.guid else ""
    place = rows.address(entry.url)
    return _Seen(guid, _digest(place) if place else "", words_of(entry))


def _different(entries: Iterable[Entry], seen: dict[Entry, _Seen]) -> list[Entry]:
    """Leave out what is listed twice: the same guid and address, or else the same in all."""
    first: dict[_Seen, Entry] = {}
    for entry in entries:
        each = seen[entry]
        first.setdefault(each._replace(digest="") if each.guid else each, entry)
    return list(first.values())


def _key(seen: _Seen, *, own_guid: bool, own_place: bool) -> str:
    if seen.guid and own_guid:
        return f"g{seen.guid}"
    if seen.address and own_place:
        return f"a{seen.address}"
    return f"w{seen.digest}"


def _is_root(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(url) and parts.path in {"", "/"} and not parts.query


def _digest(*parts: str) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(encoded))  # so that no word can move from one part to the next
        digest.update(encoded)
    return digest.hexdigest()
