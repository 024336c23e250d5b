"""Databases of earlier schemas are brought up with all that is in them, on a server too."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

from briefs import migrations
from briefs.database import Database
from briefs.model import PUBLIC
from briefs.store import open_store, tables
from tests.briefs.store.library import HOUR, NOON, analysis, in_a_file
from tests.briefs.store.sources import entry, feed, listing

on_a_server = pytest.mark.parametrize("url", ["postgres"], indirect=True)

# what each revision added to a server's schema
_ADDED = {
    "0013": {"feed": ["given"]},
    "0012": {"tables": ["lease"]},
    "0011": {"tables": ["document_edit", "intake", "entry", "feed"], "document": ["backlog"]},
    "0010": {"tables": ["correction", "briefing_edit", "quoted", "posting"]},
    "0009": {
        "schedule": ["kind", "mention", "tags", "publish"],
        "delivery": [
            "thread",
            "stages",
            "claimed",
            "ended",
            "publish_at",
            "publish",
            "publish_note",
        ],
    },
    "0008": {"schedule": ["skip", "quiet", "paused_until"]},
}


def config(connection) -> Config:
    made = Config()
    made.set_main_option("script_location", str(migrations.FOLDER))
    made.attributes["connection"] = connection
    return made


def take_back(url: str, revision: str) -> None:
    """Bring a server's database to the schema before *revision*."""
    undone = [each for each in _ADDED if each >= revision]
    with open_store(url) as store, store._database.write() as connection:
        for each in undone:
            for table in _ADDED[each].get("tables", []):
                connection.execute(text(f"DROP TABLE {table}"))
            for table, columns in _ADDED[each].items():
                for column in columns if table != "tables" else []:
                    connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        before = f"{int(revision) - 1:04}"
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": before})


def differences(store) -> list:
    """Return how the schema differs from what the tables say."""

    def ours(_object, name, kind, _reflected, _compared) -> bool:
        return kind != "table" or not (name.startswith("search") or name == "alembic_version")

    with store._database.read() as connection:
        options = {"include_object": ours, "compare_type": True, "compare_server_default": False}
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, tables.metadata)


def indexes(store) -> list[tuple[str, str]]:
    """Return the indexes of a server, with their conditions."""
    query = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    with store._database.read() as connection:
        return [(row[0], row[1]) for row in connection.execute(text(query))]


def fill(store) -> None:
    store.documents.add(analysis("One.", title="one", identity="1"), arrived=NOON)


def works(store) -> bool:
    """Tell whether feeds can be added, and take what they list."""
    added = store.feeds.add(feed(), NOON)
    return store.feeds.take(added, listing(entry(1)), NOON).backlog == 1


def test_each_revision_since_servers_are_known_can_be_taken_back_here():
    assert sorted(_ADDED) == [each for each in migrations.REVISIONS if each >= "0008"]


@in_a_file
def test_a_file_from_before_feeds_keeps_its_documents_as_news(url, tmp_path):
    microseconds = int(NOON.timestamp()) * 1_000_000
    with Database(tmp_path / "daybrief.db") as database, database.write() as connection:
        command.upgrade(config(connection), "0010")
        connection.execute(
            text(
                "INSERT INTO document (scope, identity, revision, state, title, arrived, sample) "
                "VALUES (0, 'one', 1, 'live', 'one', :now, 0)"
            ),
            {"now": microseconds},
        )

    with open_store(url) as store:
        (found,) = store.documents.arrivals(PUBLIC, NOON, NOON + HOUR, news=True)
        assert (found.title, found.backlog) == ("one", False)
        assert differences(store) == []
        assert works(store)


@pytest.mark.parametrize("revision", sorted(_ADDED))
@on_a_server
def test_a_server_from_before_a_revision_gets_the_schema_that_new_ones_have(url, revision):
    with open_store(url) as store:
        fill(store)
        made = indexes(store)
    take_back(url, revision)

    with open_store(url) as store:
        assert store.schema() == migrations.newest()
        assert differences(store) == []
        assert indexes(store) == made
        found = store.documents.window(PUBLIC, NOON, NOON + HOUR, news=True).documents
        assert [(each.title, each.backlog) for each in found] == [("one", False)]
        assert works(store)


@on_a_server
def test_what_a_server_holds_comes_through_every_revision(url):
    take_back(url, "0008")
    with Database(url) as database, database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO schedule (scope, name, channel, times, days, timezone, about, length, "
                "sections, owner, paused, created, planned_until, covered_until, next_due) VALUES "
                "(7, 'morning', 8, '[\"07:30\"]', :none, 'Europe/Kyiv', '', 'normal', :none, "
                "'discord', '', 1, 2, 3, 4)"
            ),
            {"none": "[]"},
        )

    with open_store(url) as store:
        (kept,) = store.schedules.every()
        assert (kept.name, kept.channel, kept.skip, kept.publish) == ("morning", 8, (), False)


@in_a_file
def test_the_revisions_run_one_after_the_other(url, tmp_path):
    with Database(tmp_path / "stepwise.db") as database, database.write() as connection:
        for revision in migrations.REVISIONS:
            command.upgrade(config(connection), revision)

    with open_store(f"sqlite:///{tmp_path / 'stepwise.db'}") as store:
        assert differences(store) == []
        assert works(store)
