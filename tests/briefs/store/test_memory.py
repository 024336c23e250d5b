"""Files, pagers, notices, guilds and what an installation remembers of itself."""

from datetime import time

import pytest
from sqlalchemy import select

from briefs.errors import NotFoundError
from briefs.model import PUBLIC, Days, Schedule
from briefs.store import FileRow, pages, tables
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis


def test_files_are_remembered_as_they_were_last(store):
    first = FileRow("file:a", 10, 1, "d", "refused", note="it is empty")
    second = FileRow("file:b", 20, 2**62, "e", "kept", document=7)
    store.files.remember(first, second)
    store.files.remember(changed := first._replace(size=11, state="kept", note=""))
    store.files.remember()

    assert store.files.known() == {"file:a": changed, "file:b": second}
    store.files.forget("file:a", "file:unknown")
    assert [*store.files.known()] == ["file:b"]


def test_values_are_remembered_by_name(store):
    assert store.installation.get("commands") is None
    store.installation.put("commands", "one")
    store.installation.put("commands", "two")

    assert store.installation.get("commands") == "two"
    store.installation.remove("commands")
    assert store.installation.get("commands") is None


def test_what_was_told_is_told_once_until_it_is_cleared(store):
    assert store.notices.tell("channel 1 is gone", NOON)
    assert not store.notices.tell("channel 1 is gone", NOON + HOUR)
    store.notices.clear("channel 1 is gone")

    assert store.notices.tell("channel 1 is gone", NOON)


def test_a_pager_is_found_again(store):
    arguments = {"name": "Çavuşoğlu", "limit": 3, "view": None}
    number = store.pages.keep("who", arguments, user=2**60, scope=GUILD_A, made=NOON)
    found = store.pages.get(number)

    assert found == (number, "who", arguments, 2**60, GUILD_A, NOON)


def test_the_oldest_pagers_go(store, monkeypatch):
    monkeypatch.setattr(pages, "MOST", 3)
    kept = [store.pages.keep("who", {}, user=1, scope=PUBLIC, made=NOON) for _ in range(5)]

    assert store.pages.get(kept[2]).id == kept[2]
    for number in (*kept[:2], 99, 2**80):
        with pytest.raises(NotFoundError, match="too old to turn: ask again"):
            store.pages.get(number)


def test_a_guild_is_new_when_the_bot_comes_or_comes_back(store):
    assert store.guilds.joined(GUILD_A, "A", NOON)
    assert not store.guilds.joined(GUILD_A, "A renamed", NOON + HOUR)
    store.guilds.left(GUILD_A, NOON + 2 * HOUR)
    store.guilds.left(GUILD_A, NOON + 3 * HOUR)

    assert store.guilds.listing() == ((GUILD_A, "A renamed", NOON, NOON + 2 * HOUR),)
    assert store.guilds.joined(GUILD_A, "A", NOON + 4 * HOUR)
    assert store.guilds.listing()[0].left is None


def schedule(store, scope):
    return store.schedules.create(
        Schedule(
            name="morning",
            channel=1,
            times=(time(7, 30),),
            days=Days(frozenset(range(7))),
            timezone="UTC",
            scope=scope,
            created=NOON,
            planned_until=NOON,
            covered_until=NOON,
        )
    )


def test_a_guild_that_was_left_long_ago_is_purged_everywhere_and_no_other(store):
    for scope in (GUILD_A, GUILD_B):
        store.guilds.joined(scope, "name", NOON)
        schedule(store, scope)
        store.pages.keep("who", {}, user=1, scope=scope, made=NOON)
        for number in range(3):
            made = analysis(f"Kuleba {number}.", title=f"{number}", scope=scope, people=["Kuleba"])
            store.documents.add(made, arrived=NOON)
        store.documents.withdraw("file:2")
    store.documents.add(analysis("Kuleba.", people=["Kuleba"]), arrived=NOON)
    store.guilds.left(GUILD_A, NOON)

    assert store.guilds.purge_left(NOON) == ()
    assert store.guilds.purge_left(NOON + HOUR) == (GUILD_A,)
    assert store.guilds.purge_left(NOON + HOUR) == ()
    with store._database.read() as connection:
        for table in tables.metadata.sorted_tables:
            if "scope" in table.c:
                scopes = {*connection.scalars(select(table.c.scope))}
                assert GUILD_A not in scopes, table.name
    assert store.documents.counts(GUILD_B).documents == 4
    assert [guild.id for guild in store.guilds.listing()] == [GUILD_B]
    assert store.check(full=True) == ()


def test_whether_something_of_a_kind_was_told_is_found_by_both_ends_of_its_key(store):
    store.notices.tell("failed:7:403:monday", NOON)

    assert store.notices.told("failed:7:", ":monday")
    assert not store.notices.told("failed:7:", ":tuesday")
    assert not store.notices.told("failed:77:", ":monday")
