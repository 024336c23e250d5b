"""A table of names as CSV in, the changes it asks for out."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefs import entities
from briefs.errors import UsageError
from briefs.model import Action, Change, EntityKey, Kind, Named, Scope
from briefs.store import Family, Store
from briefs.workbench import changes

LARGEST = 1_000_000  # bytes
_MOST = 2_000  # lines with a name
_ALIASES = 20
_HOW = "write name,kind,alias,alias… with commas, one name a line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the table."""

    line: int
    named: Named
    aliases: tuple[Named, ...]


def read(data: bytes) -> tuple[Listed, ...]:
    """Read a table with the columns name, kind and any number of aliases; its head may be missing.

    UsageError names the first line that is wrong, and says why.
    """
    if len(data) > LARGEST:
        raise UsageError("The list is larger than 1 MB: import it in parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageError(f"Line {line} is not UTF-8: save the list as CSV in UTF-8.") from error
    listed = tuple(_lines(text))
    if not listed:
        raise UsageError(f"The list is empty: {_HOW}.")
    _check_once(listed)
    return listed


def take_over(store: Store, scope: Scope, listed: Sequence[Listed], note: str = "") -> Change:
    """Plan all that *listed* says and that is not so already; UsageError when there is nothing."""
    asked = [named.key for each in listed for named in (each.named, *each.aliases)]
    asked += [entities.key(kind, each.named.name) for each in listed for kind in changes.KINDS]
    known = store.curation.families(scope, tuple(dict.fromkeys(asked)))
    parts = [part for each in listed for part in _parts(each, known)]
    if not parts:
        raise UsageError("The list says nothing that is not so already.")
    return Change(action=Action.IMPORT, parts=tuple(parts), note=note)


def _lines(text: str) -> Iterator[Listed]:
    reader = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), strict=True)
    number = 0
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells) or (reader.line_num == 1 and cells[0].casefold() == "name"):
                continue
            number += 1
            if number > _MOST:
                raise UsageError(
                    f"Line {reader.line_num} is one too many: a list may have {_MOST:,} names."
                )
            yield _listed(reader.line_num, cells)
    except csv.Error as error:
        raise UsageError(
            f"Line {reader.line_num} is not CSV ({error}): put names with commas or quotation "
            "marks in quotation marks."
        ) from error


def _listed(line: int, cells: Sequence[str]) -> Listed:
    name, kind, *rest = (*cells, "", "")
    aliases = [cell for cell in rest if cell]
    if not name:
        raise UsageError(f"Line {line} has no name: {_HOW}.")
    if not kind:
        raise UsageError(f"Line {line} has no kind: {_HOW}.")
    if len(aliases) > _ALIASES:
        raise UsageError(f"Line {line} has more than {_ALIASES} aliases: leave the rarest out.")
    try:
        wanted = changes.kind_of(kind)
        named, *others = (_named(wanted, each) for each in (name, *aliases))
    except UsageError as error:
        raise UsageError(f"Line {line}: {error}") from error
    different = {other.key: other for other in others if other.key != named.key}
    return Listed(line=line, named=named, aliases=tuple(different.values()))


def _named(kind: Kind, text: str) -> Named:
    name = changes.checked(text)
    return Named(entities.key(kind, name), name)


def _check_once(listed: Sequence[Listed]) -> None:
    """Raise UsageError when a name stands in two lines."""
    lines: dict[EntityKey, Listed] = {}
    for each in listed:
        for named in (each.named, *each.aliases):
            first = lines.setdefault(named.key, each)
            if first is not each:
                raise UsageError(
                    f"Line {each.line}: “{named.name}” stands in line {first.line} already: "
                    "leave one of them out."
                )


def _parts(listed: Listed, known: dict[EntityKey, Family]) -> Iterator[Change]:
    named, there = listed.named, known.get(listed.named.key)
    for kind in changes.KINDS:
        other = known.get(entities.key(kind, named.name))
        is_it = other and other.root.key == entities.key(kind, named.name).key
        if other and is_it and kind != named.key.kind and (not there or other.root != there.root):
            subject = Named(EntityKey(Kind(other.root.kind), other.root.key), other.name)
            yield Change(action=Action.TYPE, subject=subject, other=named)
    subject = _root(there, named)
    for alias in listed.aliases:
        before = known.get(alias.key)
        is_so = before and there and before.root == there.root
        if not is_so and alias.key != subject.key:
            yield Change(action=Action.ALIAS_ADD, subject=subject, other=alias)


def _root(family: Family | None, named: Named) -> Named:
    if family is None:
        return named
    return Named(EntityKey(Kind(family.root.kind), family.root.key), family.name)
