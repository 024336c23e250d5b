"""What only a server does: several processes, restarts, refusals, copies by its own program."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text, update

from briefs import migrations
from briefs.database import postgres
from briefs.errors import BusyError, NewerError, StoreError
from briefs.model import PUBLIC
from briefs.store import open_store, restore, tables
from tests.briefs.store.library import NOON, analysis
from tests.briefs.store.test_opening import open_with_a_later_program

PEOPLE = ["Dmytro Kuleba", "Andriy Taran"]


@pytest.fixture
def url(cluster):
    address = cluster.store()
    yield address
    cluster.drop(address)


@pytest.fixture
def empty(cluster):
    """The address of a database in which nothing is."""
    address = cluster.database()
    yield address
    cluster.drop(address)


def name(url: str) -> str:
    return url.split("?", maxsplit=1)[0].rsplit("/", 1)[1]


def titles(store) -> list[str]:
    return [each.title for each in store.documents.listing(PUBLIC, limit=99).documents]


def add(store, title: str) -> int:
    lines = f"Dmytro Kuleba met Andriy Taran {title}."
    made = analysis(lines, title=title, identity=title, people=PEOPLE)
    return store.documents.add(made, arrived=NOON).id


def test_the_tables_are_what_the_words_say(store):
    def ours(_object, name, kind, _reflected, _compared) -> bool:
        return kind != "table" or name not in {"search", "alembic_version"}

    with store._database.read() as connection:
        options = {"include_object": ours, "compare_type": True, "compare_server_default": False}
        context = MigrationContext.configure(connection, opts=options)
        found = compare_metadata(context, tables.metadata)

    assert found == []
    assert store.schema() == migrations.newest()


def test_text_is_ordered_by_code_points_and_numbers_have_64_bits(cluster, url):
    kinds = cluster.sql(
        "SELECT DISTINCT data_type, collation_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name <> 'alembic_version' "
        "AND data_type IN ('text', 'integer', 'bigint', 'smallint')",
        name(url),
    )

    assert sorted(kinds) == [("bigint", None), ("text", "C")]


def test_the_indexes_of_what_is_open_do_not_grow_with_history(cluster, url):
    found = cluster.sql(
        "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '% WHERE %'", name(url)
    )

    assert {"delivery_open", "delivery_order", "story_sketch_waiting"} <= {
        each for (each,) in found
    }


def test_an_address_without_tables_gets_them_and_two_that_start_at_once_make_them_once(empty):
    with ThreadPoolExecutor(4) as pool, ExitStack() as stack:
        stores = [
            stack.enter_context(each)
            for each in pool.map(lambda _: _entered(open_store(empty)), range(4))
        ]

        assert len({store.installation.id for store in stores}) == 1


class _entered:  # noqa: N801 - a context that is entered in a thread
    def __init__(self, manager) -> None:
        self._manager = manager
        self._value = manager.__enter__()

    def __enter__(self):
        return self._value

    def __exit__(self, *error) -> None:
        self._manager.__exit__(*error)


def test_several_processes_write_and_nothing_is_lost(url):
    with ThreadPoolExecutor(3) as pool, ExitStack() as stack:
        stores = [stack.enter_context(open_store(url)) for _ in range(3)]
        jobs = [
            pool.submit(add, store, f"{who} {number}")
            for number in range(8)
            for who, store in enumerate(stores)
        ]
        ids = [job.result() for job in jobs]
        store = stores[0]
        (family,) = store.entities.find(PUBLIC, ["dmytro kuleba"])

        assert len(set(ids)) == 24
        assert store.documents.counts(PUBLIC).documents == 24
        assert store.entities.head(PUBLIC, family).documents == 24
        assert store.check(full=True) == ()


def test_another_process_reads_while_one_writes(url):
    script = (
        "import sys\nfrom briefs.model import PUBLIC\nfrom briefs.store import open_store\n"
        "with open_store(sys.argv[1]) as store:\n"
        "    print(store.documents.counts(PUBLIC).documents)\n"
    )
    with open_store(url) as store:
        add(store, "one")
        with store._database.write():
            done = subprocess.run(
                [sys.executable, "-c", script, url], capture_output=True, text=True, check=False
            )

    assert done.stdout.strip() == "1", done.stderr


def test_who_waits_too_long_for_another_writer_is_told_so(url, monkeypatch):
    monkeypatch.setattr(postgres, "_PATIENCE", 1)
    with (
        open_store(url) as one,
        open_store(url) as other,
        one._database.write(),
        pytest.raises(BusyError, match="busy with a long write"),
    ):
        add(other, "two")


def test_a_query_that_takes_too_long_is_ended(url, monkeypatch):
    monkeypatch.setattr(postgres, "_SLOWEST", 1)
    with open_store(url) as store:
        with (
            pytest.raises(StoreError, match=r"unavailable: .* took too long"),
            store._database.read() as connection,
        ):
            connection.execute(text("SELECT pg_sleep(30)"))

        assert titles(store) == []


def test_a_reader_cannot_write(url):
    with (
        open_store(url, readonly=True) as store,
        pytest.raises(StoreError, match="only lets its database be read"),
        store._database.read() as connection,
    ):
        connection.execute(update(tables.document).values(title="x"))


def test_a_server_that_lets_nobody_write_is_said(cluster, url):
    with open_store(url):
        pass
    cluster.sql(f"ALTER DATABASE {name(url)} SET default_transaction_read_only = on")
    with open_store(url) as store:
        with pytest.raises(StoreError, match=r"unavailable: .* only lets .* primary server"):
            add(store, "one")

        assert titles(store) == []


def test_a_server_that_was_restarted_is_found_again(cluster, url):
    with open_store(url) as store:
        add(store, "one")
        cluster.stop("fast")
        try:
            with pytest.raises(StoreError, match=r"unavailable: .* does not answer: start it"):
                titles(store)
            with pytest.raises(StoreError, match="unavailable"):
                add(store, "lost")
        finally:
            cluster.start()
        add(store, "two")

        assert titles(store) == ["two", "one"]


def _dropped(cluster, store) -> None:
    with store._database.write() as connection:
        process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        cluster.sql(f"SELECT pg_terminate_backend({process})")
        connection.execute(update(tables.document).values(title="x"))


def test_a_transaction_that_the_server_drops_is_not_kept_and_the_next_one_is(cluster, url):
    with open_store(url) as store:
        with pytest.raises(StoreError, match="unavailable"):
            _dropped(cluster, store)
        add(store, "one")
        assert titles(store) == ["one"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://nobody@/{name}?host={host}", "refused the user or the password"),
        ("postgresql://postgres@/no_such?host={host}", "has no database no_such: make it with"),
        ("postgresql://u:hush@127.0.0.1:9/x", "127.0.0.1 does not answer"),
    ],
)
def test_what_cannot_be_reached_is_said_without_a_password(cluster, url, address, words):
    whole = address.format(name=name(url), host=cluster.folder)
    with pytest.raises(StoreError, match=words) as caught, open_store(whole):
        pass

    assert "hush" not in str(caught.value)


def test_the_database_of_another_program_is_left_alone(cluster, empty):
    cluster.sql("CREATE TABLE theirs (x int)", name(empty))
    for readonly in (False, True):
        with (
            pytest.raises(StoreError, match="belongs to another program"),
            open_store(empty, readonly=readonly),
        ):
            pass

    assert cluster.sql(
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", name(empty)
    ) == [(1,)]


def test_an_empty_database_is_not_read(empty):
    with pytest.raises(StoreError, match="daybrief migrate"), open_store(empty, readonly=True):
        pass


def test_a_later_revision_runs_and_a_program_before_it_refuses(url, tmp_path):
    with open_store(url) as store:
        add(store, "one")

    assert open_with_a_later_program(url, tmp_path / "migrations") == 0
    with pytest.raises(NewerError, match="schema 9999"), open_store(url):
        pass


def test_a_revision_that_fails_leaves_everything_as_it_was(url, tmp_path):
    with open_store(url) as store:
        add(store, "one")
    ended = open_with_a_later_program(url, tmp_path / "migrations", "raise ValueError")

    with open_store(url) as store:
        assert ended == 1
        assert titles(store) == ["one"]
        assert store.schema() == migrations.newest()


def test_a_backup_is_written_by_the_servers_own_program(cluster, url, empty, tmp_path):
    target = tmp_path / "kept" / "x.dump"
    with open_store(url) as store:
        add(store, "one")
        store.backup(target)
    command = ["pg_restore", "--no-owner", f"--dbname={empty}", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert [each.name for each in target.parent.iterdir()] == ["x.dump"]
    with open_store(empty) as store:
        assert titles(store) == ["one"]
        assert store.check(full=True) == ()


def test_a_backup_without_that_program_says_what_to_install(url, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with open_store(url) as store, pytest.raises(StoreError, match="install postgresql-client"):
        store.backup(tmp_path / "x.dump")


def test_restoring_leads_to_the_servers_own_program(url, tmp_path):
    with pytest.raises(StoreError, match="pg_restore --clean"):
        restore(url, tmp_path / "x.dump", now=NOON)


def test_a_search_index_that_differs_is_found_and_made_anew(cluster, url):
    with open_store(url) as store:
        add(store, "one")
        add(store, "two")
        cluster.sql("DELETE FROM search WHERE document = 1", name(url))

        assert "--repair" in store.check(full=True)[0]
        store.rebuild_search()
        assert store.check(full=True) == ()


def test_a_durable_transaction_waits_for_the_disk(url):
    levels = []
    with open_store(url) as store:
        for durable in (False, True):
            with store._database.write(durable=durable) as connection:
                levels.append(connection.exec_driver_sql("SHOW synchronous_commit").scalar())

    assert levels == ["off", "on"]
