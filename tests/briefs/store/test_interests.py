"""Topics, watch-lists, kept briefings and visits: each scope its own, and what is public."""

import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy import text as sql

from briefs import migrations
from briefs.database import Database
from briefs.errors import NotFoundError, StoreError, UsageError
from briefs.model import (
    PUBLIC,
    Action,
    BriefingRecord,
    Change,
    Named,
    Scope,
    Span,
    Topic,
    Watch,
)
from briefs.store import open_store, tables
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis, person

DAY = timedelta(days=1)


def topic(name, scope=PUBLIC, **lists):
    return Topic(name=name, scope=scope, **({"terms": ("lake",)} | lists))


def watch(text, scope=PUBLIC, user=0):
    return Watch(text=text, scope=scope, user=user, added=NOON)


def kept(store, scope=PUBLIC, *, made=NOON, schedule="", body=b"body", about=""):
    return store.briefings.keep(
        scope,
        made=made,
        since=NOON - DAY,
        until=NOON,
        about=about,
        stories=3,
        schedule=schedule,
        body=body,
    )


def names(found):
    return [each.name for each in found]


def texts(found):
    return [each.text for each in found]


def test_a_topic_is_read_as_it_was_kept(store):
    full = topic("Lakes", terms=("a", '"b"'), exclude=("c d",), entities=("É",), sources=("X, Y",))

    made = store.topics.create(full)

    assert replace(made, id=full.id) == full
    assert store.topics.named(PUBLIC, " lAKES ") == made
    assert store.topics.listing(PUBLIC) == (made,)


def test_a_guild_sees_its_own_topics_first_and_then_the_public_ones(store):
    for name, scope in (("Air", PUBLIC), ("Sea", PUBLIC), ("sea", GUILD_A), ("Land", GUILD_B)):
        store.topics.create(topic(name, scope))

    assert names(store.topics.listing(PUBLIC)) == ["Air", "Sea"]
    assert names(store.topics.listing(GUILD_A)) == ["sea", "Air"]
    assert names(store.topics.listing(GUILD_B)) == ["Land", "Air", "Sea"]
    assert store.topics.named(GUILD_A, "SEA").scope == GUILD_A
    assert store.topics.named(GUILD_B, "SEA").scope == PUBLIC
    for scope in (PUBLIC, GUILD_A):
        with pytest.raises(NotFoundError, match="There is no topic called “Land”"):
            store.topics.named(scope, "Land")


def test_a_name_is_taken_once_in_a_scope_whatever_its_case(store):
    first = store.topics.create(topic("Straße"))
    store.topics.create(topic("STRASSE", GUILD_A))
    other = store.topics.create(topic("Other"))

    with pytest.raises(UsageError, match="There is a topic “strasse” already"):
        store.topics.create(topic("strasse"))
    with pytest.raises(UsageError, match="already"):
        store.topics.edit(replace(other, name="STRASSE"))
    store.topics.edit(replace(first, name="Strasse"))
    assert names(store.topics.listing(PUBLIC)) == ["Other", "Strasse"]


def test_a_topic_is_changed_and_deleted_only_by_its_own_scope(store):
    public = store.topics.create(topic("Lakes"))

    for change in (store.topics.own, store.topics.delete):
        with pytest.raises(NotFoundError, match="everybody's"):
            change(GUILD_A, "Lakes")
    with pytest.raises(NotFoundError):
        store.topics.edit(replace(public, scope=GUILD_A))
    store.topics.edit(replace(public, terms=("ferry",)))
    assert store.topics.named(GUILD_A, "lakes").terms == ("ferry",)
    assert store.topics.delete(PUBLIC, "lakes").id == public.id
    assert store.topics.listing(GUILD_A) == ()


def test_a_name_that_is_near_is_offered(store):
    store.topics.create(topic("Air defence"))

    with pytest.raises(NotFoundError) as caught:
        store.topics.named(GUILD_A, "air defense")

    assert caught.value.suggestions == ("Air defence",)


def test_a_scope_has_room_for_a_hundred_topics(store):
    for number in range(100):
        store.topics.create(topic(f"t{number}"))

    with pytest.raises(UsageError, match="100 topics here already"):
        store.topics.create(topic("one more"))
    store.topics.create(topic("another's", GUILD_A))


def test_a_reader_has_the_own_list_then_the_servers_then_everybodys(store):
    for each in (
        watch("Everybody's"),
        watch("Both"),
        watch("the server's", GUILD_A),
        watch("both", GUILD_A),
        watch("mine", GUILD_A, 7),
        watch("theirs", GUILD_A, 8),
        watch("elsewhere", GUILD_B, 7),
    ):
        store.watches.add(each)

    assert texts(store.watches.named(GUILD_A, 7)) == ["mine", "both", "the server's", "Everybody's"]
    assert texts(store.watches.named(GUILD_A, 0)) == ["both", "the server's", "Everybody's"]
    assert texts(store.watches.named(GUILD_B, 7)) == ["elsewhere", "Both", "Everybody's"]
    assert texts(store.watches.named(PUBLIC, 0)) == ["Both", "Everybody's"]
    assert texts(store.watches.listing(GUILD_A, 7)) == ["mine"]


def test_a_list_has_each_entry_once_and_room_for_fifty(store):
    for number in range(50):
        store.watches.add(watch(f"w{number}", GUILD_A, 7))

    with pytest.raises(UsageError, match="is on the watch-list already"):
        store.watches.add(watch("W1", GUILD_A, 7))
    with pytest.raises(UsageError, match="50 entries already"):
        store.watches.add(watch("one more", GUILD_A, 7))
    store.watches.add(watch("w1", GUILD_A))


def test_only_what_is_on_the_list_that_is_meant_is_removed(store):
    added = store.watches.add(watch("Lake Ems", GUILD_A, 7))

    for scope, user in ((GUILD_A, 0), (GUILD_A, 8), (GUILD_B, 7), (PUBLIC, 7)):
        with pytest.raises(NotFoundError, match="“LAKE ems” is not on the watch-list"):
            store.watches.remove(scope, user, "LAKE  ems")
    assert store.watches.remove(GUILD_A, 7, "LAKE ems") == added
    assert store.watches.named(GUILD_A, 7) == ()


@given(body=st.binary(max_size=2_000), about=st.text(st.characters(codec="utf-8"), max_size=40))
@settings(deadline=None, max_examples=25)
def test_a_kept_briefing_is_the_same_bytes_again(tmp_path_factory, body, about):
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('kept')}/x.db") as store:
        number = kept(store, GUILD_A, body=body, about=about, schedule="morning")

        record, again = store.briefings.get(GUILD_A, number)

    assert again == body
    assert record == BriefingRecord(number, NOON, NOON - DAY, NOON, about, 3, "morning")


def test_a_kept_briefing_is_its_own_scopes_alone(store):
    number = kept(store, GUILD_A)

    for scope in (PUBLIC, GUILD_B):
        with pytest.raises(NotFoundError, match=f"There is no briefing {number} here"):
            store.briefings.get(scope, number)
        assert store.briefings.listing(scope, limit=9) == ()
        assert store.briefings.latest(scope) is None
    for odd in (-1, 0, 2**63, 10**30):
        with pytest.raises(NotFoundError):
            store.briefings.get(GUILD_A, odd)


@pytest.mark.parametrize(
    "damage",
    [
        {"body": b"rubbish"},
        {"body": zlib.compress(b"other")},
        {"about": "x"},
        {"until": NOON + DAY},
    ],
)
def test_a_briefing_that_is_not_as_it_was_kept_is_not_shown(store, damage):
    number = kept(store)
    with store._database.write() as connection:
        connection.execute(update(tables.briefing).values(**damage))

    with pytest.raises(StoreError, match=f"Briefing {number} is not as it was kept"):
        store.briefings.get(PUBLIC, number)


def test_a_body_is_compressed(store):
    kept(store, body=b"again and " * 10_000)

    with store._database.read() as connection:
        assert len(connection.scalar(select(tables.briefing.c.body))) < 1_000


def test_briefings_are_listed_newest_first_by_schedule_and_day_and_page(store):
    made = [
        kept(store, made=NOON + hours * HOUR, schedule=schedule)
        for hours, schedule in ((0, ""), (1, "morning"), (11, "evening"), (12, "morning"))
    ]

    def ids(**asked):
        return [each.id for each in store.briefings.listing(PUBLIC, limit=9, **asked)]

    assert ids() == made[::-1]
    assert ids(schedule="morning") == [made[3], made[1]]
    assert ids(day=date(2026, 3, 2)) == made[2::-1]
    assert ids(day=date(2026, 3, 3)) == [made[3]]
    assert ids(day=date.max) == ids(day=date.min) == []
    assert ids(before=made[2]) == [made[1], made[0]]
    assert store.briefings.latest(PUBLIC, "evening").id == made[2]
    assert store.briefings.latest(PUBLIC).id == made[3]
    assert store.briefings.latest(PUBLIC, "noon") is None


def test_old_briefings_go_and_no_others(store):
    for number in range(450):
        kept(store, GUILD_A if number % 2 else PUBLIC, made=NOON + number * HOUR)

    assert store.briefings.expire(NOON) == 0
    assert store.briefings.expire(NOON + 401 * HOUR) == 401
    assert len(store.briefings.listing(PUBLIC, limit=99)) == 24
    assert len(store.briefings.listing(GUILD_A, limit=99)) == 25


def test_a_visit_returns_the_one_before_it(store):
    visits = store.visits

    assert visits.last(GUILD_A, 7) is None
    assert visits.seen(GUILD_A, 7, NOON) is None
    assert visits.seen(GUILD_B, 7, NOON + HOUR) is None
    assert visits.seen(GUILD_A, 8, NOON + HOUR) is None
    assert visits.seen(GUILD_A, 7, NOON + DAY) == NOON
    assert visits.last(GUILD_A, 7) == NOON + DAY


def test_a_guild_that_was_left_takes_its_interests_along(store):
    for scope in (PUBLIC, GUILD_A, GUILD_B):
        store.topics.create(topic("t", scope))
        store.watches.add(watch("w", scope, 7))
        store.visits.seen(scope, 7, NOON)
        kept(store, scope)
    store.guilds.joined(GUILD_A, "A", NOON)
    store.guilds.left(GUILD_A, NOON)

    store.guilds.purge_left(NOON + HOUR)

    with store._database.read() as connection:
        for table in (tables.topic, tables.watch, tables.visit, tables.briefing):
            assert {*connection.scalars(select(table.c.scope))} == {PUBLIC, GUILD_B}, table.name


def test_names_are_found_by_whoever_bears_them_in_this_view(store):
    public = analysis("Dmytro Kuleba spoke.\nThen Kuleba left.", people=["Dmytro Kuleba"])
    bare = analysis("Once Kuleba came.", title="bare", people=["Kuleba"])
    theirs = analysis("Kuleba hid.", title="x", people=["Kuleba"], scope=GUILD_B)
    numbers = [store.documents.add(each, arrived=NOON).id for each in (public, bare, theirs)]
    asked = {"D. Kuleba": ["dmytro kuleba"], "nobody": ["nobody"]}

    assert store.topics.named_in(PUBLIC, asked, numbers) == {
        numbers[0]: {"D. Kuleba": Span(0, 13)},
        numbers[1]: {"D. Kuleba": Span(5, 11)},
    }
    assert [*store.topics.named_in(GUILD_A, asked, numbers)] == numbers[:2]
    assert [*store.topics.named_in(GUILD_B, asked, numbers)] == numbers
    assert store.topics.named_in(PUBLIC, {}, numbers) == {}


def test_a_hidden_name_is_not_found_where_it_is_hidden(store):
    number = store.documents.add(
        analysis("Andriy Taran spoke.", people=["Andriy Taran"]), arrived=NOON
    ).id
    hide = Change(action=Action.HIDE, subject=Named(person("Andriy Taran"), "Andriy Taran"))
    store.curation.apply(GUILD_A, hide, actor=1, at=NOON)
    asked = {"Taran": ["andriy taran"]}

    assert store.topics.named_in(GUILD_A, asked, [number]) == {}
    assert store.topics.named_in(GUILD_B, asked, [number]) == {number: {"Taran": Span(0, 12)}}


def test_a_store_of_the_schema_before_keeps_what_it_has(tmp_path):
    path = tmp_path / "daybrief.db"
    with (
        Database(path, readonly=False, busy=5.0) as database,
        database.write(durable=True) as connection,
    ):
        config = Config()
        config.set_main_option("script_location", str(migrations.FOLDER))
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        connection.execute(
            sql("INSERT INTO guild (id, name, joined) VALUES (101, 'A', :now)"),
            {"now": int(datetime(2026, 3, 1, tzinfo=UTC).timestamp()) * 1_000_000},
        )
        connection.execute(sql("INSERT INTO notice (key, told) VALUES ('one', 1)"))

    with open_store(f"sqlite:///{path}") as store:
        store.topics.create(topic("Lakes"))
        number = kept(store)

        assert store.schema() == migrations.newest()
        assert [guild.name for guild in store.guilds.listing()] == ["A"]
        assert names(store.topics.listing(Scope(101))) == ["Lakes"]
        assert store.briefings.get(PUBLIC, number)[1] == b"body"
        assert store.visits.seen(PUBLIC, 1, NOON) is None
