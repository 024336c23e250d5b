"""Folders in, a call out as soon as a document in them was written, moved or taken away.

It only makes things faster: what it misses is found by the next look at the folders, so whatever
goes wrong here is said once and waited out. A folder that is not there, or a share that is taken
away, is watched as soon as it is back.
"""

import asyncio
import contextlib
import logging
import os
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from watchfiles import Change, awatch
from watchfiles.main import FileChange

from briefs import documents

log = logging.getLogger(__name__)

_MOST = 32  # folders that are watched, each with a thread; the others are only looked at
_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPE = re.compile(r"\\([0-7]{3})")
# the kernel tells nothing of what other machines change there, or the programs that serve them
_REMOTE = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|9p|ceph|glusterfs|lustre|beegfs|gfs2|ocfs2|davfs|virtiofs"
    r"|vboxsf|vmhgfs|prl_fs|drvfs|fakeowner|fuse\..*|fuse"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often things are looked at, in seconds."""

    quiet: float = 0.4  # without a change, until what changed is told
    longest: float = 5.0  # until it is told though changes go on
    poll: float = 30.0  # between two looks at a share
    check: float = 5.0  # between two looks whether a folder is still the same
    missing: float = 30.0  # until a folder that is not there is looked for again
    failed: float = 300.0  # until watching is tried again


class _Place(NamedTuple):
    """Where to watch: a folder with what is in it, or the folder of a single file."""

    path: Path
    only: Path | None  # the single file
    share: str  # the kind of file system, when that is a share; "" a disk


@contextlib.asynccontextmanager
async def watching(
    folders: Iterable[Path], changed: Callable[[], None], *, pace: Pace | None = None
) -> AsyncIterator[None]:
    """Call *changed* inside the block, soon after something changes in one of *folders*."""
    wanted = tuple(folders)
    if left := wanted[_MOST:]:
        log.warning("%s folders are not watched, only looked at every five minutes", len(left))
    tasks = [
        asyncio.create_task(_Watcher(folder, changed, pace or Pace()).run())
        for folder in wanted[:_MOST]
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Watcher:
    """Watches one folder for ever, through whatever happens to it."""

    def __init__(self, folder: Path, changed: Callable[[], None], pace: Pace) -> None:
        self._folder = folder
        self._changed = changed
        self._pace = pace
        self._hindrance = ""  # what keeps us from it: said once, until it is overcome

    async def run(self) -> None:
        while True:
            try:
                await self._watch(await asyncio.to_thread(_place, self._folder))
                self._changed()  # it was taken away, or another is in its place
            except (OSError, RuntimeError) as error:  # the latter is watchfiles' own
                self._say(_why(error))
                gone = isinstance(error, FileNotFoundError)
                await asyncio.sleep(self._pace.missing if gone else self._pace.failed)

    async def _watch(self, place: _Place) -> None:
        """Call back after each change at *place*, until that is no longer the same folder."""
        here = await asyncio.to_thread(_identity, place)
        async with contextlib.aclosing(_changes(place, self._pace)) as changes:
            async for found in changes:
                if found or self._hindrance:
                    self._changed()
                self._hindrance = ""
                if await asyncio.to_thread(_identity, place) != here:
                    return

    def _say(self, hindrance: str) -> None:
        if hindrance != self._hindrance:
            self._hindrance = hindrance
            log.warning("%s is only looked at every five minutes: %s", self._folder, hindrance)


def _changes(place: _Place, pace: Pace) -> AsyncGenerator[set[FileChange], None]:
    """Return what changes at *place*, as sets; an empty one now and then when nothing does."""
    if place.share:
        log.info("%s is on a share (%s): looked at every %g s", place.path, place.share, pace.poll)
    return awatch(
        place.path,
        watch_filter=partial(_is_document, place),
        debounce=_milliseconds(pace.longest),
        step=_milliseconds(pace.quiet),
        rust_timeout=_milliseconds(pace.check),
        yield_on_timeout=True,
        force_polling=bool(place.share),
        poll_delay_ms=_milliseconds(pace.poll),
        recursive=place.only is None,
        ignore_permission_denied=True,
    )


def _place(folder: Path) -> _Place:
    """Return where to watch for *folder*; raises OSError when it is not there."""
    path = folder.resolve(strict=True)
    share = _share(_MOUNTS.read_text("utf-8", "replace") if _MOUNTS.exists() else "", path)
    if path.is_dir():
        return _Place(path, None, share)
    return _Place(path.parent, path, share)  # an editor puts another file in its place


def _share(mounts: str, path: Path) -> str:
    """Return the kind of file system that *path* is on, if that is a share; "" if it is a disk."""
    found = [(point, kind) for point, kind in _mounted(mounts) if path.is_relative_to(point)]
    # of two at the same place the later one covers the other
    kind = max(reversed(found), key=lambda each: len(each[0]), default=("", ""))[1]
    return kind if _REMOTE.fullmatch(kind) else ""


def _mounted(mounts: str) -> Iterable[tuple[str, str]]:
    """Return where each file system is, and of which kind, in the order of the kernel's table."""
    for line in mounts.splitlines():
        where, mark, what = line.partition(" - ")
        fields = where.split()
        if mark and len(fields) > 4:
            yield _ESCAPE.sub(lambda code: chr(int(code[1], 8)), fields[4]), what.split()[0]


def _identity(place: _Place) -> tuple[int, int]:
    """Return what tells a folder from another of that name; (0, 0) when it is gone."""
    try:
        stat = place.path.stat()
    except OSError:
        return 0, 0
    return stat.st_dev, 0 if place.share else stat.st_ino  # some shares number anew every time


def _is_document(place: _Place, change: Change, changed: str) -> bool:
    """Tell a change of a document, or of a whole folder, from those of everything else.

    A database in a watched folder changes whenever we write to it, and would be looked at for ever.
    """
    path = Path(changed)
    if place.only is not None:
        return path == place.only
    within = path.relative_to(place.path).parts if path.is_relative_to(place.path) else ()
    if any(part.startswith((".", "~")) for part in within):
        return False
    if path.suffix.lower() in documents.SUFFIXES:
        return True
    if change is Change.added:
        return os.path.isdir(changed)  # noqa: PTH112 - as it comes, hundreds at a time
    return change is Change.deleted and not path.suffix


def _why(error: OSError | RuntimeError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is not there"
    if "limit" in str(error) or getattr(error, "errno", 0) in {24, 28}:
        return "the system allows no more watches, raise fs.inotify.max_user_watches"
    return getattr(error, "strerror", None) or str(error)


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1_000))
