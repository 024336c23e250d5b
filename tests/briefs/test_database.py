import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from sqlalchemy import text

from briefs.database import Database, ownership, sqlite
from briefs.errors import BusyError, StoreError


@pytest.fixture
def database(tmp_path: Path):
    with Database(tmp_path / "some.db", busy=0.1) as opened:
        with opened.write() as connection:
            connection.execute(text("CREATE TABLE word (word TEXT)"))
        yield opened


def insert(database: Database, word: str, **options: bool) -> None:
    with database.write(**options) as connection:
        connection.execute(text("INSERT INTO word VALUES (:word)"), {"word": word})


def words(database: Database) -> list[str]:
    with database.read() as connection:
        return [*connection.scalars(text("SELECT word FROM word ORDER BY rowid"))]


def test_a_transaction_is_kept_when_it_ends_and_gone_when_an_error_escapes(database):
    insert(database, "kept")

    def fail() -> None:
        with database.write() as connection:
            connection.execute(text("INSERT INTO word VALUES ('gone')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert words(database) == ["kept"]


def test_a_reader_sees_one_moment_while_others_write(database):
    insert(database, "one")
    with database.read() as connection:
        count = text("SELECT count(*) FROM word")
        before = connection.scalar(count)
        insert(database, "two")
        after = connection.scalar(count)

    assert (before, after) == (1, 1)
    assert words(database) == ["one", "two"]


def test_a_reader_cannot_write(database):
    with pytest.raises(StoreError, match="may not be written"), database.read() as connection:
        connection.execute(text("INSERT INTO word VALUES ('x')"))


def test_only_a_durable_transaction_waits_for_the_disk(database):
    levels = []
    for durable in (False, True, False):
        with database.write(durable=durable) as connection:
            levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())

    assert levels == [1, 2, 1]  # NORMAL, FULL, NORMAL


def test_every_connection_has_its_pragmas(database):
    wanted = {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "cache_size": -65536,
        "page_size": 4096,
        "busy_timeout": 100,
    }
    for open_one in (database.read, database.write):
        with open_one() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}

        assert found == wanted


def test_threads_may_write_and_read_at_once(database):
    def work(name: str) -> None:
        for number in range(20):
            insert(database, f"{name}{number}")
            words(database)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(words(database))) == 80


def test_a_full_disk_is_said_in_words_and_loses_nothing(database):
    insert(database, "kept")
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 4")
    with pytest.raises(StoreError, match=r"The disk is full: make room in .*; nothing was lost"):
        insert(database, "x" * 100_000)

    assert words(database) == ["kept"]
    sqlite.verify(database.path)


def test_a_lock_of_another_program_is_waited_for_and_then_named(database):
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(BusyError, match=r"some\.db is locked by another program"):
            insert(database, "late")

        assert words(database) == []
    finally:
        other.close()


def test_an_error_does_not_show_what_was_to_be_stored(database):
    with pytest.raises(StoreError) as caught, database.write() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:word)"), {"word": "confidential"})

    assert "confidential" not in str(caught.value)
    assert "confidential" not in str(caught.value.__cause__)


@pytest.mark.parametrize("value", [2**70, "\ud800"])
def test_a_value_that_fits_no_column_is_refused_in_words(database, value):
    with pytest.raises(StoreError, match="does not fit"):
        insert(database, value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://somebody:secret@host/db", "'mysql' is not supported"),
        ("daybrief.db", "use sqlite:///daybrief.db"),
        ("sqlite:///", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_an_address_that_is_no_file_is_refused_without_its_password(url, words):
    with pytest.raises(StoreError, match=words) as caught:
        sqlite.path_of(url)

    assert "secret" not in str(caught.value)


def test_addresses_are_relative_or_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert sqlite.path_of("sqlite:///a/b.db") == tmp_path / "a" / "b.db"
    assert sqlite.path_of(f"sqlite:///{tmp_path}/b.db") == tmp_path / "b.db"


def test_a_file_has_one_owner_at_a_time(tmp_path):
    path = tmp_path / "daybrief.db"
    with ownership.owned(path):
        with pytest.raises(BusyError) as caught, ownership.owned(path):
            pass

        assert str(caught.value) == (
            f"Daybrief (process {os.getpid()}) is using daybrief.db: put the file in one of its "
            "folders, use /doc add, or stop it."
        )
    with ownership.owned(path):
        pass


def test_the_ownership_of_a_killed_process_ends_with_it(tmp_path):
    path = tmp_path / "daybrief.db"
    script = (
        "import os, pathlib, signal, sys\n"
        "from briefs.database import ownership\n"
        "with ownership.owned(pathlib.Path(sys.argv[1])):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)

    assert done.returncode == -9
    with ownership.owned(path):
        pass


def test_a_copy_is_whole_while_somebody_writes(database, tmp_path):
    insert(database, "one")
    target = tmp_path / "copy.db"
    with database.write() as connection:
        connection.execute(text("INSERT INTO word VALUES ('not yet')"))
        sqlite.copy(database.path, target)

    with Database(target, readonly=True) as copied:
        assert words(copied) == ["one"]
    assert not [*tmp_path.glob("*.part")]


def test_a_copy_that_fails_leaves_what_was_there(database, tmp_path, monkeypatch):
    target = tmp_path / "copy.db"
    target.write_bytes(b"yesterday's")

    def fail(path: Path) -> None:
        raise StoreError("no")

    monkeypatch.setattr(sqlite, "verify", fail)
    with pytest.raises(StoreError):
        sqlite.copy(database.path, target)

    assert target.read_bytes() == b"yesterday's"
    assert sorted(path.suffix for path in tmp_path.iterdir() if "part" in path.name) == []


def test_closing_waits_for_a_write_of_another_thread_and_lets_none_begin_after(tmp_path):
    database = Database(tmp_path / "own.db")
    writing, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with database.write() as connection:
            connection.execute(text("CREATE TABLE kept (n INTEGER)"))
            writing.set()
            go_on.wait(10)
            connection.execute(text("INSERT INTO kept VALUES (1)"))

    with ThreadPoolExecutor(2) as workers:
        written = workers.submit(write)
        writing.wait(10)
        closed = workers.submit(database.close)
        assert not wait([closed], timeout=0.2).done
        go_on.set()
        assert written.result(10) is None
        assert closed.result(10) is None

    with pytest.raises(StoreError, match="closed"), database.write():
        pass
    with Database(tmp_path / "own.db", readonly=True) as again, again.read() as connection:
        assert connection.execute(text("SELECT n FROM kept")).scalar() == 1
