"""Folders and what was read of them before in, what changed since out."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias

from briefs import documents
from briefs.errors import DocumentError
from briefs.ingest import sources
from briefs.ingest.sources import Source
from briefs.store import FileRow


class Change(NamedTuple):
    """A file that is new or has other bytes; `row` is how it is now, once it is kept."""

    source: Source
    row: FileRow


class Changes(NamedTuple):
    """What has to be done so that the library holds what the folders hold."""

    changed: tuple[Change, ...]
    touched: tuple[FileRow, ...]  # a new time, the same bytes
    gone: tuple[str, ...]  # identities
    refused: tuple[tuple[str, str], ...]  # what cannot even be opened: name, reason
    opened: tuple[FileRow, ...] = ()  # files that hold what changed: known once that is kept


class Held(NamedTuple):
    """A document that a file holds, with what its bytes are known by."""

    source: Source
    size: int
    digest: str


Looker: TypeAlias = Callable[[Sequence[Source]], Iterable[tuple[Held, ...] | None]]


def held(source: Source) -> tuple[Held, ...]:
    """Return what *source* holds, a file that holds several documents; any process can do it."""
    try:
        return tuple(_held(each) for each in sources.opened(source))
    finally:
        sources.let_go()


def _held(source: Source) -> Held:
    data = source.fault.encode() or source.read()
    return Held(source, len(data), sha256(data).hexdigest())


def _look_inside(holders: Sequence[Source]) -> Iterator[tuple[Held, ...] | None]:
    for source in holders:
        try:
            yield held(source)
        except DocumentError:
            yield None


def changes(
    known: Mapping[str, FileRow], folders: Sequence[Path], *, look_inside: Looker = _look_inside
) -> Changes:
    """Compare *folders* with the files that are *known*: size and time first, then the bytes.

    What is configured and cannot be read (a share that is not mounted) loses nothing; a file that
    is gone from a folder that is there, or whose folder is no longer configured, is gone.
    *look_inside* does what `held` does for each of several sources, where that can do no harm, and
    says None of one that cannot be opened.
    """
    looks = [_look(known, path) for path in files(folders)]
    holders = [each.holder for each in looks if each.holder]
    inside = iter(look_inside([each.source for each in holders]))
    looks = [_open(known, each.holder, next(inside)) if each.holder else each for each in looks]
    seen = {identity for look in looks for identity in look.seen}
    return Changes(
        changed=tuple(chain.from_iterable(look.changed for look in looks)),
        touched=tuple(chain.from_iterable(look.touched for look in looks)),
        gone=_lost(known, seen, missing(folders)),
        refused=tuple(chain.from_iterable(look.refused for look in looks)),
        opened=tuple(chain.from_iterable(look.opened for look in looks)),
    )


def files(folders: Iterable[Path]) -> Iterator[Path]:
    """Walk *folders* for files that can be read, in a fixed order; links to folders are left."""
    for folder in folders:
        if _is_file(folder):
            yield folder
        else:
            for parent, names in _walk(folder):
                yield from (Path(parent, name) for name in sorted(names) if _wanted(name))


def missing(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return those of *folders*, and of the folders in them, that cannot be read."""
    away: list[Path] = []
    for folder in folders:
        if not _is_file(folder):
            for _ in _walk(folder, lambda error: away.append(Path(error.filename))):
                pass
    return tuple(away)


def _walk(
    folder: Path, failed: Callable[[OSError], None] | None = None
) -> Iterator[tuple[str, list[str]]]:
    for parent, below, names in os.walk(folder, onerror=failed):
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield parent, names


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # it lies in a folder that may not be read
        return False


def _wanted(name: str) -> bool:
    """Tell a document from a file that describes the folder, or that an editor left."""
    path = Path(name)
    aside = name.startswith((".", "~")) or path.stem.upper() == "README"
    return path.suffix.lower() in documents.SUFFIXES and not aside


class _Look(NamedTuple):
    """What one file comes to; `seen` is what is still there, itself and what it holds."""

    seen: tuple[str, ...]
    changed: tuple[Change, ...] = ()
    touched: tuple[FileRow, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    opened: tuple[FileRow, ...] = ()
    holder: Change | None = None  # a file that holds several, and that is still to be opened


def _look(known: Mapping[str, FileRow], path: Path) -> _Look:
    several = documents.holds_several(path.name)
    try:
        source, row = _compared(known, path)
    except DocumentError as error:
        here = sources.identity(path)
        within = _within(known, here) if several else ()
        return _Look((here, *within), refused=((error.name, error.reason),))
    before = known.get(row.identity)
    if before is None or before.digest != row.digest:
        change = Change(source, row)
        return _Look((), holder=change) if several else _Look((row.identity,), changed=(change,))
    within = _within(known, row.identity) if several else ()
    return _Look((row.identity, *within), touched=(row,) if row != before else ())


def _open(known: Mapping[str, FileRow], holder: Change, found: tuple[Held, ...] | None) -> _Look:
    """Compare what a file holds with what is known of that, document for document."""
    here = holder.row.identity
    if found is None:  # whoever reads it says why
        return _Look((here,), changed=(holder,))
    inside = [_member(known, each, holder.row) for each in found]
    digests = {each: known[each].digest for each in _within(known, here)}
    changed = tuple(each for each in inside if each.row.digest != digests.get(each.row.identity))
    same = tuple(each.row for each in inside if each.row.digest == digests.get(each.row.identity))
    seen = (here, *(each.row.identity for each in inside))
    return _Look(seen, changed=changed, touched=same, opened=(holder.row,))


def _member(known: Mapping[str, FileRow], found: Held, holder: FileRow) -> Change:
    identity = found.source.identity
    row = FileRow(identity, found.size, holder.modified, found.digest, "kept")
    before = known.get(identity)
    if before and before.digest == found.digest:
        row = before._replace(size=row.size, modified=row.modified)
    return Change(found.source, row)


def _within(known: Mapping[str, FileRow], identity: str) -> tuple[str, ...]:
    return tuple(each for each in known if each.startswith(f"{identity}{sources.WITHIN}"))


def _compared(known: Mapping[str, FileRow], path: Path) -> Change:
    """Return *path* as it is now, with the digest that is known unless size or time changed."""
    source = sources.file(path)
    stat = path.stat()
    before = known.get(source.identity)
    if before and (before.size, before.modified) == (stat.st_size, stat.st_mtime_ns):
        return Change(source, before)
    digest = sha256(source.read()).hexdigest()
    row = FileRow(source.identity, stat.st_size, stat.st_mtime_ns, digest, "kept")
    if before and before.digest == digest:
        row = before._replace(size=row.size, modified=row.modified)
    return Change(source, row)


def _lost(known: Mapping[str, FileRow], seen: set[str], away: Sequence[Path]) -> tuple[str, ...]:
    here = {sources.identity(path) for path in away}
    below = tuple(f"{identity}{mark}" for identity in here for mark in (os.sep, sources.WITHIN))
    kept = (each for each in known if each in here or each.startswith(below))
    still = seen.union(kept)
    return tuple(each for each in known if each not in still)
