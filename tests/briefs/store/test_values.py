"""Values are kept with their documents, read in a scope, and gone with their documents."""

from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import text as sql

from briefs import migrations
from briefs.database import Database
from briefs.model import PUBLIC, Document, DocumentId, Kind, Scope
from briefs.store import open_store
from briefs.store.values import bounds
from briefs.values import find
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis

_DOCUMENT = """
INSERT INTO document (scope, identity, revision, state, title, arrived, sample, words)
VALUES (0, 'file:old', 1, 'live', 'Old', 1, 0, 2)
"""
_BODY = "INSERT INTO body (document, title, text, scope) VALUES (1, 'Old', 'It is.', 0)"

TEXT = "It was signed on 7 October 2021.\nIt costs $5m.\nThree people came yesterday."


def valued(text: str = TEXT, *, published=NOON, **named):
    made = analysis(text, published=published, **named)
    return replace(made, values=find(made.document, made.sentences))


def values_of(store, number, scope=PUBLIC, **kinds):
    found = store.values.in_documents(scope, [number], **kinds)
    return [each.mention.value for each in found]


def test_what_was_found_is_read_back_with_its_days(store):
    made = valued()
    kept = store.documents.add(made, arrived=NOON)

    found = store.values.in_documents(PUBLIC, [kept.id])

    assert [replace(each.mention, text="") for each in found] == [
        replace(value, text="") for value in made.values
    ]
    assert [(each.first, each.last) for each in found] == [
        (date(2021, 10, 7), date(2021, 10, 7)),
        (None, None),
        (None, None),
        (date(2026, 3, 1), date(2026, 3, 1)),
    ]
    assert {each.document for each in found} == {kept.id}


def test_only_the_kinds_asked_for_are_read(store):
    kept = store.documents.add(valued(), arrived=NOON)

    assert values_of(store, kept.id, kinds=(Kind.MONEY,)) == ["USD 5000000"]
    assert values_of(store, kept.id, kinds=()) == []


def test_a_guild_reads_its_own_and_nobody_else_does(store):
    kept = store.documents.add(valued(scope=GUILD_A), arrived=NOON)

    assert values_of(store, kept.id, GUILD_A)
    assert values_of(store, kept.id, GUILD_B) == []
    assert values_of(store, kept.id, PUBLIC) == []


def test_what_is_not_there_has_no_values(store):
    assert store.values.in_documents(PUBLIC, []) == ()
    assert store.values.in_documents(PUBLIC, [DocumentId(99)]) == ()


def test_a_correction_replaces_the_values(store):
    kept = store.documents.add(valued(identity="file:x"), arrived=NOON)

    store.documents.add(valued("It costs $6m.", identity="file:x"), arrived=NOON + HOUR)

    assert values_of(store, kept.id) == ["USD 6000000"]


def test_values_go_with_their_document_and_come_back_with_it(store):
    made = valued(identity="file:x")
    kept = store.documents.add(made, arrived=NOON)
    before = values_of(store, kept.id)

    store.documents.withdraw("file:x")
    gone = values_of(store, kept.id)
    store.documents.add(made, arrived=NOON + 2 * HOUR)

    assert gone == []
    assert values_of(store, kept.id) == before != []


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2021-10-07", ("2021-10-07", "2021-10-07")),
        ("2021-02", ("2021-02-01", "2021-02-28")),
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2021-09-21/2021-09-30", ("2021-09-21", "2021-09-30")),
        ("2020-09/2020-12", ("2020-09-01", "2020-12-31")),
        ("1990/1999", ("1990-01-01", "1999-12-31")),
    ],
)
def test_a_date_means_its_first_day_to_its_last(value, days):
    first, last = days

    assert bounds(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", ["", "USD 5", "2021-13", "2021-02-30", "2022/2021", "/2021"])
def test_what_is_no_date_means_no_day(value):
    assert bounds(value) is None


@given(st.text(max_size=30))
@example("2200000000")
def test_any_text_is_a_date_or_none(value):
    days = bounds(value)

    assert days is None or days[0] <= days[1]


def test_a_store_of_the_first_schema_keeps_its_documents_and_takes_values(tmp_path):
    path = tmp_path / "daybrief.db"
    with (
        Database(path, readonly=False, busy=5.0) as database,
        database.write(durable=True) as connection,
    ):
        config = Config()
        config.set_main_option("script_location", str(migrations.FOLDER))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(sql(_DOCUMENT))
        connection.execute(sql(_BODY))

    with open_store(f"sqlite:///{path}") as store:
        kept = store.documents.add(valued(), arrived=NOON)

        assert store.schema() == migrations.newest()
        assert [each.title for each in store.documents.listing(PUBLIC, limit=5).documents] == [
            "A title",
            "Old",
        ]
        assert values_of(store, DocumentId(1)) == []
        assert len(values_of(store, kept.id)) == 4


def test_a_document_is_of_a_scope_and_so_are_its_values(store):
    numbers = [
        store.documents.add(valued(scope=Scope(scope), identity=f"file:{scope}"), arrived=NOON).id
        for scope in (0, 101)
    ]

    found = store.values.in_documents(GUILD_A, numbers, (Kind.MONEY,))

    assert [each.document for each in found] == numbers
    assert isinstance(store.documents.get(PUBLIC, numbers[0]), Document)
