import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from briefs import migrations
from briefs.errors import BusyError, NewerError, StoreError
from briefs.model import PUBLIC
from briefs.store import open_store, tables
from tests.briefs.store.library import NOON, analysis

_LATER = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{newest}", None, None

def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE document SET title = 'changed'")
    {end}
"""
_OPEN_WITH = """
import os, pathlib, sys
from briefs import migrations
from briefs.store import open_store
from tests.failing_disk import Disk
migrations.FOLDER = pathlib.Path(sys.argv[2])
migrations.REVISIONS = (*migrations.REVISIONS, "9999")
with Disk(int(sys.argv[3]), met=lambda: os.kill(os.getpid(), 9)), open_store(sys.argv[1]):
    pass
"""
_ROOT = Path(__file__).parents[3]


def open_with_a_later_program(url: str, folder: Path, end: str = "", *, dying_at: int = 0) -> int:
    """Open *url* in another process, by a program with one more revision; return how it ended.

    It is killed at the write to the disk number *dying_at*, if it comes to that.
    """
    shutil.copytree(migrations.FOLDER, folder)
    later = _LATER.format(end=end, newest=migrations.newest())
    (folder / "versions" / "r9999_later.py").write_text(later)
    arguments = [url, str(folder), str(dying_at)]
    return subprocess.run(
        [sys.executable, "-c", _OPEN_WITH, *arguments], cwd=_ROOT, check=False
    ).returncode


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'daybrief.db'}"


def titles(url: str) -> list[str]:
    with open_store(url, readonly=True) as store:
        return [each.title for each in store.documents.listing(PUBLIC, limit=9).documents]


@pytest.fixture
def one(url: str) -> str:
    """The address of a store with one document."""
    with open_store(url) as store:
        store.documents.add(analysis("One.", title="one"), arrived=NOON)
    return url


def test_the_tables_are_what_the_revisions_make(store):
    def ours(_object, name, kind, _reflected, _compared) -> bool:
        return kind != "table" or not (name.startswith("search") or name == "alembic_version")

    with store._database.read() as connection:
        options = {"include_object": ours, "compare_type": True, "compare_server_default": False}
        context = MigrationContext.configure(connection, opts=options)
        found = compare_metadata(context, tables.metadata)

    assert found == []


def test_every_revision_is_named_in_order():
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    scripts = ScriptDirectory.from_config(config)
    walked = [script.revision for script in scripts.walk_revisions()]

    assert tuple(reversed(walked)) == migrations.REVISIONS


def test_alembic_is_not_imported_for_a_database_that_is_current(one):
    script = (
        "import sys\nfrom briefs.store import open_store\n"
        "with open_store(sys.argv[1]) as store: pass\n"
        "sys.exit('alembic' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script, one], check=False)

    assert done.returncode == 0


def test_an_installation_keeps_its_identity(url):
    with open_store(url) as store:
        first = store.installation.id
    with open_store(url) as store:
        second = store.installation.id

    assert first == second
    assert len(first) == 32


def test_a_migration_makes_a_backup_first(one, tmp_path):
    ended = open_with_a_later_program(one, tmp_path / "migrations")
    (backup,) = (tmp_path / "backups").iterdir()

    assert ended == 0
    assert backup.name.startswith(f"daybrief-{migrations.newest()}-")
    assert titles(f"sqlite:///{backup}") == ["one"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_migration_that_is_killed_leaves_the_old_schema_and_a_backup(one, tmp_path):
    ended = open_with_a_later_program(
        one, tmp_path / "migrations", "import os; os.kill(os.getpid(), 9)"
    )

    assert ended == -signal.SIGKILL
    assert titles(one) == ["one"]
    with open_store(one) as store:
        assert store.check(full=True) == ()
        assert store.schema() == migrations.newest()
    assert len([*(tmp_path / "backups").iterdir()]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_migration_that_is_killed_at_any_write_leaves_the_old_schema_or_the_new(one, tmp_path):
    """And whenever the new one stands, a sound backup of the old does, too."""
    source, outcomes = tmp_path / "daybrief.db", []
    place, width = 1, 1
    while "ended" not in outcomes:
        folder = tmp_path / f"killed-{place}"
        folder.mkdir()
        path = folder / "daybrief.db"
        shutil.copyfile(source, path)
        url = f"sqlite:///{path}"
        ended = open_with_a_later_program(url, folder / "migrations", dying_at=place)
        backups = [*(folder / "backups").glob("daybrief-*.db")]
        with closing(sqlite3.connect(path)) as connection:
            (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            (title,) = connection.execute("SELECT title FROM document").fetchone()
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert [titles(f"sqlite:///{each}") for each in backups] in ([], [["one"]])
        assert (schema, title) in ((migrations.newest(), "one"), ("9999", "changed"))
        assert schema != "9999" or backups
        outcomes.append("ended" if ended == 0 else schema)
        place, width = place + width, place  # 1, 2, 3, 5, 8 … to the end

    assert len(outcomes) > 6
    assert migrations.newest() in outcomes


def test_a_database_of_a_newer_program_is_refused_naming_both(one, tmp_path):
    open_with_a_later_program(one, tmp_path / "migrations")
    with closing(sqlite3.connect(tmp_path / "daybrief.db")) as connection, connection:
        connection.execute("UPDATE installation SET value = '9.9' WHERE key = 'version'")

    for readonly in (False, True):
        with pytest.raises(NewerError) as caught, open_store(one, readonly=readonly):
            pass

        assert "written by Daybrief 9.9 (schema 9999)" in str(caught.value)
        assert "this is Daybrief 0." in str(caught.value)
        assert f"(schema {migrations.newest()})" in str(caught.value)
        assert "restore a backup" in str(caught.value)


def test_a_second_process_is_refused_and_may_read(one):
    script = (
        "import sys\nfrom briefs.store import open_store\nfrom briefs.errors import BusyError\n"
        "from briefs.model import PUBLIC\n"
        "try:\n"
        "    with open_store(sys.argv[1]): pass\n"
        "except BusyError as error: print(error)\n"
        "with open_store(sys.argv[1], readonly=True) as store:\n"
        "    print(store.documents.listing(PUBLIC, limit=1).documents[0].title)\n"
    )
    with open_store(one):
        done = subprocess.run(
            [sys.executable, "-c", script, one], check=True, capture_output=True, text=True
        )

    refusal, title = done.stdout.splitlines()
    assert refusal.startswith(f"Daybrief (process {os.getpid()}) is using daybrief.db: ")
    assert title == "one"


def test_a_reader_sees_what_is_added_beside_it(one):
    with open_store(one) as store, open_store(one, readonly=True) as reader:
        store.documents.add(analysis("Two.", title="two"), arrived=NOON)
        found = reader.documents.listing(PUBLIC, limit=9).documents

    assert [each.title for each in found] == ["two", "one"]


def test_what_is_read_only_is_not_written(one):
    with (
        open_store(one, readonly=True) as store,
        pytest.raises(StoreError, match="for reading only"),
    ):
        store.documents.add(analysis("Two.", title="two"), arrived=NOON)


def test_two_names_of_one_file_are_one_store(one, tmp_path):
    (tmp_path / "other.db").symlink_to(tmp_path / "daybrief.db")
    other = f"sqlite:///{tmp_path}/other.db"
    with open_store(one), pytest.raises(BusyError), open_store(other):
        pass


def test_an_empty_file_becomes_a_store(url, tmp_path):
    (tmp_path / "daybrief.db").touch()
    with open_store(url) as store:
        assert store.schema() == migrations.newest()


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.mkdir(), "is a folder: name a file in it"),
        (lambda path: path.write_bytes(b"not a database at all" * 99), "is not a database"),
        (foreign, "belongs to another program"),
    ],
)
def test_what_is_no_store_is_refused_in_one_sentence_and_left_alone(url, tmp_path, make, words):
    path = tmp_path / "daybrief.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    for readonly in (True, False):
        with pytest.raises(StoreError, match=words), open_store(url, readonly=readonly):
            pass

    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_folder_that_is_not_there_is_named(tmp_path):
    url = f"sqlite:///{tmp_path}/nowhere/x.db"
    with pytest.raises(StoreError, match=r"There is no folder .*nowhere"), open_store(url):
        pass


def test_a_store_that_is_not_there_cannot_be_read(url):
    words = r"There is no daybrief\.db in .* yet"
    with pytest.raises(StoreError, match=words), open_store(url, readonly=True):
        pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_named(url, tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(StoreError, match="may not be written to"), open_store(url):
            pass
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_a_synchronised_folder_is_warned_of(tmp_path, caplog):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with open_store(f"sqlite:///{folder}/x.db"):
        pass

    assert "move it to a local disk" in caplog.text
