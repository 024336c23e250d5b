import itertools
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import pytest

from briefs import lookups, pages
from briefs.errors import BusyError, DaybriefError, NotVerbatimError, StoreError
from briefs.model import PUBLIC, DocumentId, Quotation, Span
from briefs.pages import Limits
from briefs.store import backups, open_store, restore
from tests.briefs.store.library import HOUR, NOON, analysis
from tests.failing_disk import Disk, How

LIMITS = Limits(body=3_000, render=lambda run: getattr(run, "text", ""))


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'daybrief.db'}"


def titles(url: str) -> list[str]:
    with open_store(url, readonly=True) as store:
        return [each.title for each in store.documents.listing(PUBLIC, limit=9).documents]


@pytest.fixture
def backup(url: str, tmp_path: Path) -> Path:
    """A backup with one document, of a store that has had another since."""
    target = tmp_path / "kept" / "backup.db"
    with open_store(url) as store:
        store.documents.add(analysis("One.", title="one"), arrived=NOON)
        store.backup(target)
        store.documents.add(analysis("Two.", title="two"), arrived=NOON)
    return target


def test_a_backup_can_be_put_back_and_what_was_there_is_kept(url, backup):
    kept = restore(url, backup, now=NOON)

    assert titles(url) == ["one"]
    assert titles(f"sqlite:///{kept}") == ["two", "one"]
    with open_store(url) as store:
        assert datetime.fromisoformat(store.installation.get("restored_at")) == NOON
        assert store.check(full=True) == ()


def test_a_backup_can_be_put_where_nothing_is(backup, tmp_path):
    elsewhere = f"sqlite:///{tmp_path}/elsewhere.db"

    assert restore(elsewhere, backup, now=NOON) is None
    assert titles(elsewhere) == ["one"]


def test_a_restored_store_is_the_same_installation(url, backup):
    with open_store(url) as store:
        before = store.installation.id
    restore(url, backup, now=NOON)
    with open_store(url) as store:
        assert store.installation.id == before


def test_ids_are_not_given_again_after_a_restore(url, tmp_path):
    target = tmp_path / "backup.db"
    with open_store(url) as store:
        for name in ("one", "two"):
            last = store.documents.add(analysis(f"{name}.", title=name), arrived=NOON).id
        store.documents.remove(PUBLIC, last)
        store.backup(target)
    restore(url, target, now=NOON)
    with open_store(url) as store:
        assert store.documents.add(analysis("New.", title="new"), arrived=NOON).id == last + 1


def test_nothing_is_put_back_under_a_process_that_has_the_store(url, backup):
    with open_store(url) as store:
        with pytest.raises(BusyError, match=f"process {os.getpid()}"):
            restore(url, backup, now=NOON)

        assert store.documents.counts(PUBLIC).documents == 2


def broken(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: -3 * 4096])


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (broken, "is damaged"),
        (newer, "schema 9999"),
        (lambda path: path.write_bytes(b"no database" * 999), "is no backup, or it is damaged"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.unlink(), "There is no backup"),
    ],
)
def test_what_is_no_sound_backup_is_refused_and_the_store_is_as_it_was(
    url, backup, tmp_path, spoil, words
):
    spoil(backup)
    with pytest.raises(StoreError, match=words):
        restore(url, backup, now=NOON)

    assert titles(url) == ["two", "one"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("victim", ["sync", "verify", "fold_log"])
def test_a_restore_that_is_killed_leaves_the_old_store_or_the_new(url, backup, victim):
    script = (
        "import os, pathlib, sys\nfrom datetime import UTC, datetime\n"
        "from briefs.database import sqlite\nfrom briefs.store import restore\n"
        "calls = []\nreal = getattr(sqlite, sys.argv[3])\n"
        "def dying(path):\n"
        "    calls.append(path)\n"
        "    if len(calls) == int(sys.argv[4]): os.kill(os.getpid(), 9)\n"
        "    real(path)\n"
        "setattr(sqlite, sys.argv[3], dying)\n"
        "restore(sys.argv[1], pathlib.Path(sys.argv[2]), now=datetime.now(UTC))\n"
    )
    call, ended = 0, -9
    while ended:
        call += 1
        arguments = [url, str(backup), victim, str(call)]
        done = subprocess.run([sys.executable, "-c", script, *arguments], check=False)
        ended = done.returncode

        assert titles(url) in (["two", "one"], ["one"])
    assert call > 1
    assert titles(url) == ["one"]


def test_what_a_killed_restore_left_is_cleared_by_the_next(url, backup, tmp_path):
    (tmp_path / ".daybrief.db.restoring").write_bytes(b"half")
    restore(url, backup, now=NOON)

    assert titles(url) == ["one"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_backup_can_be_made_beside_the_process_that_has_the_store(url, tmp_path):
    with open_store(url) as store, open_store(url, readonly=True) as reader:
        store.documents.add(analysis("One.", title="one"), arrived=NOON)
        reader.backup(tmp_path / "beside.db")

    assert titles(f"sqlite:///{tmp_path}/beside.db") == ["one"]


def test_a_backup_that_cannot_be_written_is_said_in_words(store, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="could not be written"):
        store.backup(tmp_path / "file" / "x.db")


@pytest.mark.parametrize("how", How)
def test_a_backup_that_fails_at_any_write_leaves_the_one_before_it(url, backup, how):
    """As a kill would, where nothing is written after the one that fails."""
    with open_store(url) as store:
        for place in itertools.count(1):
            with Disk(place, how) as disk, suppress(StoreError):
                store.backup(backup)
            assert titles(f"sqlite:///{backup}") in (["one"], ["two", "one"])
            if not disk.failed:
                break
        assert store.check(full=True) == ()

    assert place > 5
    assert titles(f"sqlite:///{backup}") == ["two", "one"]


@pytest.mark.parametrize("how", How)
def test_a_restore_that_fails_at_any_write_leaves_the_old_store_or_the_new(url, backup, how):
    for place in itertools.count(1):
        with Disk(place, how) as disk, suppress(StoreError):
            restore(url, backup, now=NOON)
        assert titles(url) in (["one"], ["two", "one"])
        if not disk.failed:
            break
    with open_store(url) as store:
        assert store.check(full=True) == ()

    assert place > 3
    assert titles(url) == ["one"]


def flipped(path: Path, before: bytes, after: bytes) -> None:
    data = bytearray(path.read_bytes())
    assert data.count(before) == 1
    place = data.index(before)
    data[place : place + len(after)] = after
    path.write_bytes(data)


def test_what_was_flipped_in_a_text_is_never_shown_and_named_by_the_doctor(url, tmp_path):
    with open_store(url) as store:
        for words in ("Taran opened a bridge.", "Nobody saw the harvest."):
            store.documents.add(analysis(words, title=words[:5]), arrived=NOON)
    flipped(tmp_path / "daybrief.db", b"Taran opened a bridge.", b"Taran robbed")
    quotation = Quotation("Taran robbed", DocumentId(1), Span(0, 12))
    with open_store(url) as store:
        window = store.documents.window(PUBLIC, NOON, NOON + HOUR)
        found = store.search.sentences(PUBLIC, "bridge")
        troubles = store.check()
        refused = []
        for ask in (
            lambda: store.documents.get(PUBLIC, DocumentId(1)),
            lambda: store.documents.prove(PUBLIC, [quotation]),
            lambda: lookups.prove(store, PUBLIC, pages.lay_out(found, LIMITS)),
        ):
            with pytest.raises(DaybriefError) as error:
                ask()
            refused.append(error.type)

    assert "document 1 is not as it was kept" in troubles
    assert [each.title for each in window.documents] == ["Nobod"]
    assert NotVerbatimError in refused
    assert len(refused) == 3


def test_a_search_index_that_drifted_shows_nothing_wrong_and_is_made_anew(url, tmp_path):
    """The index says where to look; what is shown comes from the text, and is proved."""
    with open_store(url) as store:
        for words in ("Taran opened a bridge.", "Nobody saw the harvest."):
            store.documents.add(analysis(words, title=words[:5]), arrived=NOON)
    with closing(sqlite3.connect(tmp_path / "daybrief.db")) as connection:
        connection.execute("INSERT INTO search(search) VALUES ('delete-all')")
        wrong = "INSERT INTO search (rowid, title, text, scope) VALUES (?, 'x', ?, 0)"
        connection.executemany(wrong, [(1, "harvest"), (7, "moon")])
        connection.commit()
    with open_store(url) as store:
        drifted = store.search.sentences(PUBLIC, "harvest")
        with pytest.raises(StoreError, match="is damaged: run `daybrief doctor`"):
            store.search.sentences(PUBLIC, "moon")  # a document that is not there
        troubles = store.check(full=True)
        store.rebuild_search()
        mended = store.search.sentences(PUBLIC, "harvest")
        sound = store.check(full=True)

    texts = ("Taran opened a bridge.", "Nobody saw the harvest.")
    assert all(hit.line.text in texts for hit in drifted.hits)
    assert "`daybrief doctor --repair` makes it anew" in troubles[0]
    assert [hit.line.text for hit in mended.hits] == ["Nobody saw the harvest."]
    assert sound == ()


def test_damage_is_found(url, tmp_path):
    with open_store(url) as store:
        for number in range(60):
            made = analysis(f"Words {number}. " * 200, title=f"{number}")
            store.documents.add(made, arrived=NOON + HOUR)
    path = tmp_path / "daybrief.db"
    data = bytearray(path.read_bytes())
    place = data.index(b"Words 30. Words 30.")
    data[place : place + 5] = b"Lies!"
    path.write_bytes(data)
    with open_store(url, readonly=True) as store:
        assert "document 31 is not as it was kept" in store.check(full=True)


def test_a_check_leaves_nothing_behind(store, tmp_path):
    before = sorted(path.name for path in tmp_path.iterdir())
    assert backups.check(store._database, full=True) == ()

    assert sorted(path.name for path in tmp_path.iterdir()) == before
