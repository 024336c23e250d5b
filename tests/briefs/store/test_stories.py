"""Stories as each view has them: nobody sees another's documents, and edits by hand hold."""

import tempfile

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy import text as sql

from briefs import ingest, migrations
from briefs.database import Database
from briefs.errors import NotFoundError, UsageError
from briefs.model import PUBLIC, Action, Document, DocumentId, Scope, StoryId
from briefs.store import Store, open_store, rows, tables
from tests.benchmarks.steps import count
from tests.briefs.news import EVENTS, grouped, keep, report, story_of
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, in_a_file
from tests.briefs.test_placing import grow

BRIDGES = {"bridge 1", "bridge 2"}
HARVESTS = {"harvest 3", "harvest 4"}


@pytest.fixture
def two(store):
    """A store with a story of bridges and one of harvests, and the numbers of their documents."""
    numbers = [keep(store, "bridge", n, identity=f"file:{n}") for n in (1, 2)]
    numbers += [keep(store, "harvest", n, identity=f"file:{n}") for n in (3, 4)]
    return store, numbers


def stories(*groups: set[str]) -> set[frozenset[str]]:
    return {*map(frozenset, groups)}


def merge(store: Store, one: DocumentId, other: DocumentId, scope: Scope = PUBLIC) -> int:
    ids = (StoryId(story_of(store, each, scope)) for each in (one, other))
    return store.stories.merge(scope, *ids, actor=7, at=NOON)


def split(store: Store, *documents: DocumentId, scope: Scope = PUBLIC) -> int:
    story = StoryId(story_of(store, documents[0], scope))
    return store.stories.split(scope, story, documents, actor=7, at=NOON)


def undo(store: Store, number: int | None = None, scope: Scope = PUBLIC):
    return store.stories.undo(scope, number, actor=7, at=NOON)


def test_a_merge_and_its_undo(two):
    store, numbers = two
    edit = merge(store, numbers[0], numbers[2])
    merged = grouped(store)
    undone = undo(store)

    assert merged == stories(BRIDGES | HARVESTS)
    assert grouped(store) == stories(BRIDGES, HARVESTS)
    assert (undone.id, undone.change.action, undone.actor) == (edit, Action.MERGE, 7)


def test_a_split_and_its_undo(two):
    store, numbers = two
    edit = split(store, numbers[1])
    apart = grouped(store)
    undo(store, edit)

    assert apart == stories({"bridge 1"}, {"bridge 2"}, HARVESTS)
    assert grouped(store) == stories(BRIDGES, HARVESTS)


def test_the_ids_of_stories_lead_to_where_their_documents_are(two):
    store, numbers = two
    before = [StoryId(story_of(store, each)) for each in (numbers[0], numbers[2])]
    merge(store, numbers[0], numbers[2])
    after = [store.stories.members(PUBLIC, each) for each in before]

    assert after[0] == after[1]
    assert {each.document for each in after[0]} == {*numbers}
    assert store.stories.members(PUBLIC, after[0][0].story) == after[0]


@pytest.mark.parametrize("first", [1, 2])
def test_what_was_decided_holds_when_documents_are_analysed_again_go_and_come_back(two, first):
    store, numbers = two
    merge(store, numbers[0], numbers[2])
    split(store, numbers[1])
    decided = grouped(store)
    store.renewal.renew([ingest.find(store.documents.get(PUBLIC, n)) for n in numbers])
    analysed_again = grouped(store)
    for number in (first, 3 - first):
        store.documents.withdraw(f"file:{number}")
    gone = grouped(store)
    for number in (1, 2):
        keep(store, "bridge", number, identity=f"file:{number}")

    assert decided == stories({"bridge 1"} | HARVESTS, {"bridge 2"})
    assert analysed_again == decided
    assert gone == stories(HARVESTS)
    assert grouped(store) == decided


def test_what_was_removed_and_is_added_again_is_where_it_was_put(two):
    store, numbers = two
    merge(store, numbers[0], numbers[2])
    store.documents.remove(PUBLIC, numbers[0])
    keep(store, "bridge", 1, identity="file:1")

    assert grouped(store) == stories(BRIDGES | HARVESTS)


def test_a_later_document_follows_the_one_that_it_is_most_like(two):
    store, numbers = two
    merge(store, numbers[0], numbers[2])
    keep(store, "bridge", 5)
    keep(store, "harvest", 6)
    split(store, numbers[2], numbers[3])
    keep(store, "harvest", 7)

    assert grouped(store) == stories(BRIDGES | {"bridge 5", "harvest 6"}, HARVESTS | {"harvest 7"})


def test_a_split_is_split_and_merged_again(two):
    store, numbers = two
    keep(store, "bridge", 5)
    split(store, numbers[0], numbers[1])
    first = grouped(store)
    split(store, numbers[1])
    second = grouped(store)
    merge(store, numbers[0], numbers[2])

    assert first == stories(BRIDGES, {"bridge 5"}, HARVESTS)
    assert second == stories({"bridge 1"}, {"bridge 2"}, {"bridge 5"}, HARVESTS)
    assert grouped(store) == stories({"bridge 1"} | HARVESTS, {"bridge 2"}, {"bridge 5"})


def test_a_guilds_edit_is_its_own_and_counts_before_a_public_one(two):
    store, numbers = two
    merge(store, numbers[0], numbers[2])
    split(store, numbers[0], numbers[1], scope=GUILD_A)

    assert grouped(store) == grouped(store, GUILD_B) == stories(BRIDGES | HARVESTS)
    assert grouped(store, GUILD_A) == stories(BRIDGES, HARVESTS)
    with pytest.raises(NotFoundError, match="nothing to undo here"):
        undo(store, scope=GUILD_B)
    with pytest.raises(NotFoundError, match="no edit 2 here"):
        undo(store, 2)


def test_edits_are_listed_newest_first_with_the_public_ones(two):
    store, numbers = two
    merge(store, numbers[0], numbers[2])
    split(store, numbers[1], scope=GUILD_A)
    undo(store, scope=GUILD_A)
    found = store.stories.edits(GUILD_A)

    assert [(each.scope, each.change.action) for each in found] == [
        (GUILD_A, Action.UNDO),
        (GUILD_A, Action.SPLIT),
        (PUBLIC, Action.MERGE),
    ]
    assert found[0].undoes == found[1].id
    assert found[1].change.documents == (numbers[1],)
    assert [each.id for each in store.stories.edits(PUBLIC)] == [found[2].id]


def test_what_makes_no_sense_is_said(two):
    store, numbers = two
    story, other = (StoryId(story_of(store, each)) for each in (numbers[0], numbers[2]))
    edit = merge(store, numbers[0], numbers[2])
    undo(store, edit)
    for act, kind, said in (
        (lambda: store.stories.members(PUBLIC, StoryId(99)), NotFoundError, "no story 99 here"),
        (lambda: store.stories.members(PUBLIC, StoryId(2**70)), NotFoundError, "no story"),
        (lambda: merge(store, numbers[0], numbers[1]), UsageError, "are one story already"),
        (lambda: split(store, *numbers[:2]), UsageError, "not all of them"),
        (lambda: split(store, numbers[0], numbers[2]), UsageError, "is not in story"),
        (lambda: undo(store, edit), UsageError, "undone already"),
        (lambda: undo(store, edit + 1), UsageError, "an undo itself"),
        (lambda: undo(store), NotFoundError, "nothing to undo"),
    ):
        with pytest.raises(kind, match=said):
            act()
    assert story != other


def test_stories_of_a_window_come_with_the_most_documents_first(store):
    for number, event in enumerate(("bridge", "harvest", "harvest", "reactor", "harvest")):
        keep(store, event, number, arrived=NOON + number * HOUR)
    found = store.stories.between(PUBLIC, NOON, NOON + 4 * HOUR, 9)
    tops = [store.stories.members(PUBLIC, each)[0].document for each in found]

    assert [store.documents.get(PUBLIC, each).title.split()[0] for each in tops] == [
        "harvest",
        "reactor",
        "bridge",
    ]
    assert store.stories.between(PUBLIC, NOON, NOON + 4 * HOUR, 1) == found[:1]
    assert store.stories.between(PUBLIC, NOON + 9 * HOUR, NOON + 10 * HOUR, 9) == ()


def test_a_guilds_document_joins_a_public_story_for_that_guild_alone(store):
    keep(store, "bridge", 1)
    before = store.stories.among(PUBLIC, [DocumentId(1)])
    keep(store, "bridge", 2, scope=GUILD_A)

    assert store.stories.among(PUBLIC, [DocumentId(1)]) == before
    assert store.stories.among(GUILD_B, [DocumentId(1)]) == before
    assert grouped(store, GUILD_A) == stories(BRIDGES)
    assert store.frequencies.of(PUBLIC, ["bridg"]) == (1, {"bridg": 1})
    assert store.frequencies.of(GUILD_A, ["bridg"]) == (2, {"bridg": 2})


def test_a_guilds_story_becomes_one_with_a_public_one_that_came_later(store):
    keep(store, "bridge", 1, scope=GUILD_A)
    keep(store, "bridge", 2)
    keep(store, "bridge", 3, scope=GUILD_A)

    assert grouped(store, GUILD_A) == stories({"bridge 1", "bridge 2", "bridge 3"})
    assert grouped(store) == stories({"bridge 2"})


def test_a_public_story_that_is_merged_takes_the_guilds_members_along(store):
    keep(store, "bridge", 1)
    keep(store, "harvest", 3)
    keep(store, "harvest", 4, scope=GUILD_A)
    with store._database.write() as connection:
        from briefs.store import placing

        placing._join(connection, StoryId(2), StoryId(1))

    assert grouped(store, GUILD_A) == stories({"bridge 1"} | HARVESTS)
    assert store.stories.members(GUILD_A, StoryId(2)) == store.stories.members(GUILD_A, StoryId(1))


libraries = st.lists(
    st.tuples(
        st.sampled_from([PUBLIC, GUILD_A, GUILD_B]),
        st.sampled_from([*EVENTS]),
        st.integers(0, 9),
        st.sampled_from(["keep", "keep", "keep", "withdraw", "split", "merge"]),
    ),
    max_size=12,
)


def live(store: Store, library) -> None:
    """Do what *library* says, each at its place; of an edit the place decides what it is about."""
    for place, (scope, event, number, what) in library:
        keep(store, event, number, scope=scope, identity=f"file:{place}", source=f"O{place}")
        shelf = store.documents.listing(scope, limit=99).documents
        known = [each.id for each in reversed(shelf) if each.scope in {PUBLIC, scope}]
        try:
            if what == "split":
                split(store, known[number % len(known)], scope=scope)
            elif what == "merge":
                merge(store, known[0], known[number % len(known)], scope)
            elif what == "withdraw" and scope == PUBLIC:
                store.documents.withdraw(f"file:{place}")
        except UsageError:
            pass  # of two that are one, or one that is alone


def seen(store: Store, scope: Scope) -> list[object]:
    """Return all that a view has of stories, without the ids."""
    shelf = store.documents.listing(scope, limit=99).documents
    names = {document.id: (document.title, document.source) for document in shelf}
    found = store.stories.among(scope, list(names))
    sizes = [len(store.stories.members(scope, s)) for s in dict.fromkeys(p.story for p in found)]
    return [
        {
            frozenset(
                (names[each.document], names.get(each.copy), round(each.centrality, 6))
                for each in found
                if each.story == story
            )
            for story in {each.story for each in found}
        },
        sorted(sizes),
        len(store.stories.between(scope, NOON, NOON + HOUR, 99)),
        [(each.scope, each.change.action) for each in store.stories.edits(scope)],
        store.frequencies.of(scope, ["bridg", "harvest", "alphab1"]),
    ]


@settings(deadline=None, max_examples=25)
@given(libraries)
def test_a_guild_cannot_tell_whether_another_has_documents_or_edits(library):
    placed = [*enumerate(library)]
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/with.db") as store,
        open_store(f"sqlite:///{folder}/without.db") as other,
    ):
        live(store, placed)
        live(other, [each for each in placed if each[1][0] != GUILD_B])

        for scope in (PUBLIC, GUILD_A):
            assert seen(store, scope) == seen(other, scope)


def test_a_guild_that_is_purged_leaves_nothing(two):
    store, numbers = two
    keep(store, "bridge", 5, scope=GUILD_A)
    merge(store, numbers[0], numbers[2], GUILD_A)
    store.guilds.joined(GUILD_A, "A", NOON)
    store.guilds.left(GUILD_A, NOON)
    store.guilds.purge_left(NOON + HOUR)

    with store._database.read() as connection:
        for table in tables.metadata.sorted_tables:
            if "scope" in table.c:
                assert GUILD_A not in {*connection.scalars(select(table.c.scope))}, table.name
    assert grouped(store) == stories(BRIDGES, HARVESTS)
    assert store.check(full=True) == ()


@in_a_file
def test_the_stories_of_a_day_cost_the_same_in_a_larger_archive(store):
    costs = []
    for start, end in ((0, 500), (500, 4_000)):
        grow(store, start, end, vocabulary=4_000)
        day = [each.id for each in store.documents.listing(PUBLIC, limit=100).documents]
        costs.append(count(store, lambda: store.stories.among(PUBLIC, day)))  # noqa: B023

    assert costs[0]
    assert costs[1] <= 1.3 * costs[0]


_OLD = (
    "INSERT INTO document (id, scope, identity, revision, state, arrived, sample, published, "
    "digest, language, analysis) "
    "VALUES (1, 0, 'file:old', 1, 'live', 1772452800000000, 0, NULL, :digest, 'en', 1)"
)
_BODY = "INSERT INTO body (document, title, text, scope) VALUES (1, '', :text, 0)"
_FOUND = "INSERT INTO search (rowid, title, text, scope) VALUES (1, '', :text, 0)"


def test_a_store_of_the_schema_before_keeps_its_documents_and_puts_them_into_stories(tmp_path):
    path = tmp_path / "daybrief.db"
    old = Document(text=EVENTS["bridge"], identity="file:old")
    with Database(path) as database, database.write(durable=True) as connection:
        config = Config()
        config.set_main_option("script_location", str(migrations.FOLDER))
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        connection.execute(sql(_OLD), {"digest": rows.digest(old)})
        for statement in (_BODY, _FOUND):
            connection.execute(sql(statement), {"text": old.text})

    with open_store(f"sqlite:///{path}") as store:
        before = ingest.place(store), store.stories.among(PUBLIC, [DocumentId(1)])
        for document in store.renewal.batch(ingest.VERSION, 9):
            store.renewal.renew([ingest.find(document)])
        keep(store, "bridge", 1, published=NOON)

        assert before == (0, ())
        assert store.schema() == migrations.newest()
        assert grouped(store) == stories({"", "bridge 1"})
        assert store.check(full=True) == ()


def test_a_report_is_as_it_was_made():
    assert report("bridge", 1) == report("bridge", 1)
