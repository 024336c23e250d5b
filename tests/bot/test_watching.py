"""Folders are watched, and whatever happens to them only makes it slower."""

import asyncio
import errno
import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from watchfiles import Change

from bot import config, library, watching
from bot.client import Client
from bot.watching import Pace
from bot.worker import Worker
from briefs import bulk, ingest
from briefs.model import PUBLIC
from briefs.store import open_store

BRISK = Pace(quiet=0.05, longest=0.5, poll=0.1, check=0.1, missing=0.05, failed=0.05)
MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/news\\040desk rw - nfs4 server:/x rw
31 30 0:41 / /mnt/news\\040desk/local rw - tmpfs tmpfs rw
32 22 0:42 / /home/me/drive rw master:2 - fuse.sshfs me@host rw
33 22 0:43 / /data rw - overlay overlay rw
34 22 0:44 / /net rw - autofs systemd-1 rw
35 34 0:45 / /net rw - cifs //server/net rw
torn line
"""


class Bell:
    """Rings when something changed."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.times = 0

    def __call__(self) -> None:
        self.times += 1
        self._rung.set()

    async def ring(self) -> None:
        """Wait until it rings, generously, and be ready for the next time."""
        async with asyncio.timeout(30):
            await self._rung.wait()
        self._rung.clear()


async def settled(bell: Bell) -> int:
    """Return how often it has rung once nothing is under way any more."""
    before = -1
    while before != bell.times:
        before = bell.times
        await asyncio.sleep(0.7)
    return before


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    return made


async def begun(bell: Bell, folder: Path) -> None:
    """Wait until *folder* is being watched: until a file of ours is noticed."""
    for number in range(200):
        (folder / f"begin{number}.txt").write_text("x")
        try:
            async with asyncio.timeout(0.3):
                await bell._rung.wait()
        except TimeoutError:
            continue
        break
    await settled(bell)
    bell._rung.clear()


@pytest.mark.parametrize("share", ["", "nfs"])
async def test_what_is_written_changed_moved_or_deleted_is_told(folder, monkeypatch, share):
    monkeypatch.setattr(watching, "_share", lambda mounts, path: share)
    bell = Bell()
    async with watching.watching([folder], bell, pace=BRISK):
        await begun(bell, folder)
        (folder / "a.txt").write_text("one")
        await bell.ring()
        await asyncio.sleep(1.1)  # on a share changes are told by the second
        (folder / "a.txt").write_text("one two")
        await bell.ring()
        (folder / "a.txt").rename(folder / "b.txt")
        await bell.ring()
        (folder / "b.txt").unlink()
        await bell.ring()


async def test_folders_in_folders_are_watched_also_those_that_come_later(folder, tmp_path):
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside" / "b.txt").write_text("x")
    bell = Bell()
    async with watching.watching([folder], bell, pace=BRISK):
        await begun(bell, folder)
        (tmp_path / "aside").rename(folder / "2026.11")
        await bell.ring()
        await settled(bell)
        bell._rung.clear()
        (folder / "2026.11" / "b.txt").write_text("x y")
        await bell.ring()


async def test_what_is_no_document_and_what_is_only_read_is_not_told(folder):
    bell = Bell()
    async with watching.watching([folder], bell, pace=BRISK):
        await begun(bell, folder)
        before = bell.times
        (folder / "daybrief.db-wal").write_text("x")
        (folder / ".a.txt.swp").write_text("x")
        (folder / "~$a.docx").write_text("x")
        (folder / "begin0.txt").read_text()
        list(folder.iterdir())

        assert await settled(bell) == before


async def test_a_half_written_file_is_read_again_when_it_is_whole(folder, tmp_path):
    def text() -> str:
        changes = ingest.changes(store.files.known(), [folder])
        library.refresh(store, changes, bulk.Inline, clock=lambda: datetime.now(UTC))
        (found,) = store.documents.listing(PUBLIC, limit=5).documents
        return store.documents.get(PUBLIC, found.id).text

    bell = Bell()
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        async with watching.watching([folder], bell, pace=BRISK):
            await begun(bell, folder)
            for each in folder.iterdir():
                each.unlink()
            await settled(bell)
            bell._rung.clear()
            with (folder / "story.txt").open("w") as file:
                file.write("The mayor spoke on Monday. ")
                file.flush()
                await bell.ring()
                half = text()
                file.write("The council votes on Friday.")
            await bell.ring()
            whole = text()

    assert "Monday" in half
    assert "Friday" not in half
    assert "Friday" in whole


async def test_a_folder_that_is_not_there_is_watched_once_it_comes(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    late = tmp_path / "late"
    bell = Bell()
    async with watching.watching([late], bell, pace=BRISK):
        assert await settled(bell) == 0
        late.mkdir()
        await bell.ring()
        await begun(bell, late)
        (late / "a.txt").write_text("x")
        await bell.ring()

    assert caplog.text.count("it is not there") == 1


async def test_a_folder_that_vanishes_and_comes_back_is_watched_again(folder):
    bell = Bell()
    async with watching.watching([folder], bell, pace=BRISK):
        await begun(bell, folder)
        shutil.rmtree(folder)
        await bell.ring()
        await settled(bell)
        folder.mkdir()
        await bell.ring()
        await begun(bell, folder)
        (folder / "a.txt").write_text("x")
        await bell.ring()


async def test_a_single_file_is_watched_through_replacements_and_its_neighbours_are_not(folder):
    single = folder / "notes.text"
    single.write_text("x")
    bell = Bell()
    async with watching.watching([single], bell, pace=BRISK):
        while not bell.times:
            single.write_text("x y")
            await asyncio.sleep(0.2)
        before = await settled(bell)
        (folder / "other.txt").write_text("x")
        other = await settled(bell)
        bell._rung.clear()
        (folder / "new").write_text("z")
        (folder / "new").replace(single)
        await bell.ring()
        await settled(bell)
        bell._rung.clear()
        single.write_text("z z")
        await bell.ring()

    assert other == before


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        RuntimeError("error creating recommended watcher: OS file watch limit reached."),
        OSError(errno.EMFILE, "Too many open files"),
    ],
)
async def test_when_the_system_allows_no_more_it_is_said_once_and_tried_again(
    folder, monkeypatch, caplog, error
):
    tries = 0

    async def refuse(*paths, **how):
        nonlocal tries
        tries += 1
        raise error
        yield set()

    monkeypatch.setattr(watching, "awatch", refuse)
    async with watching.watching([folder], Bell(), pace=BRISK):
        await asyncio.sleep(0.5)

    assert tries > 1
    (line,) = caplog.messages
    assert str(folder) in line
    assert "every five minutes" in line
    assert "fs.inotify.max_user_watches" in line


async def test_more_folders_than_can_be_watched_are_said(tmp_path, caplog):
    folders = [tmp_path / str(number) for number in range(35)]
    async with watching.watching(folders, Bell(), pace=Pace()):
        pass

    assert "3 folders are not watched" in caplog.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/seeds", ""),
        ("/mnt/news desk", "nfs4"),
        ("/mnt/news desk/in/here", "nfs4"),
        ("/mnt/news desk/local/x", ""),
        ("/mnt/news desktop", ""),
        ("/home/me/drive/x", "fuse.sshfs"),
        ("/data/seeds", ""),
        ("/net/seeds", "cifs"),
    ],
)
def test_a_share_is_told_by_the_table_of_mounts(path, kind):
    assert watching._share(MOUNTS, Path(path)) == kind


def test_without_a_table_of_mounts_everything_is_a_disk():
    assert watching._share("", Path("/x")) == ""


@pytest.mark.parametrize(
    ("change", "path", "told"),
    [
        (Change.modified, "/f/a.TXT", True),
        (Change.deleted, "/f/a/b.pdf", True),
        (Change.deleted, "/f/folder", True),
        (Change.deleted, "/f/daybrief.db-journal", False),
        (Change.modified, "/f", False),
        (Change.modified, "/f/.git/a.txt", False),
        (Change.modified, "/f/~a.txt", False),
        (Change.added, "/f/x.db", False),
        (Change.added, os.sep, True),
    ],
)
def test_what_is_told(change, path, told):
    place = watching._Place(Path("/f"), None, "")

    assert watching._is_document(place, change, path) is told


async def test_the_library_is_brought_up_to_date_soon_after_a_file_is_written(folder, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(f'[documents]\nfolders = ["{folder}"]\n')
    settings = config.load(path, {})
    bell = Bell()
    loop = asyncio.get_running_loop()
    with open_store(settings.storage.url) as store:
        client = Client(
            settings,
            Worker(store, lambda: ThreadPoolExecutor(1)),
            installation=store.installation.id,
            commands=(),
            items=(),
            refresh=lambda store, go_on: loop.call_soon_threadsafe(bell),
        )
        keeping = asyncio.create_task(client.keep_up())
        await bell.ring()  # at the start
        for number in range(30):  # it is not known when the watching has begun
            (folder / f"{number}.txt").write_text("x")
            await asyncio.sleep(0.5)
            if bell.times > 1:
                break
        keeping.cancel()
        await asyncio.wait({keeping})
        client.work.close()

    assert bell.times > 1
