"""Whatever is added, corrected, withdrawn or removed: every sum is what a recount gives."""

import tempfile

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, select

from briefs.model import PUBLIC
from briefs.store import Store, open_store, tables
from tests.briefs.store.library import GUILD_A, HOUR, NOON, analysis

PEOPLE = ("Dmytro Kuleba", "Ivan Kuleba", "Kuleba", "Andriy Taran")

changes = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "add", "withdraw", "remove"]),
        st.integers(0, 3),  # which document
        st.integers(0, 3),  # which text of it
        st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3),
    ),
    max_size=12,
)


def make(number: int, version: int, people: list[str]):
    text = "\n".join(
        [f"Document {number} in version {version}.", *(f"“Yes,” said {name}." for name in people)]
    )
    return analysis(
        text,
        title=f"Title {number} {version}",
        identity=f"file:{number}",
        scope=GUILD_A if number % 2 else PUBLIC,
        published=NOON + version * 13 * HOUR,
        people=people,
    )


def change(store: Store, kind: str, number: int, version: int, people: list[str]) -> None:
    if kind == "add":
        store.documents.add(make(number, version, people), arrived=NOON)
    elif kind == "withdraw":
        store.documents.withdraw(f"file:{number}")
    else:
        for each in store.documents.listing(GUILD_A, limit=9).documents:
            if each.identity == f"file:{number}":
                store.documents.remove(each.scope, each.id)


def rows(store: Store, table: Table) -> list[str]:
    """Return the rows of *table* with names in the place of ids, which differ between stores."""
    entity = tables.entity.c
    with store._database.read() as connection:
        documents = {row.id: row.identity for row in connection.execute(select(tables.document))}
        known = connection.execute(select(entity.id, entity.scope, entity.kind, entity.key))
        entities = {row.id: tuple(row[1:]) for row in known}
        names = {"entity": entities, "speaker": entities, "id": {}}
        if table is not tables.holding:
            names["document"] = documents
        found = [dict(row) for row in connection.execute(select(table)).mappings()]
    named = [
        {key: names[key].get(value) if key in names else value for key, value in row.items()}
        for row in found
        if table is not tables.holding or row["documents"]  # a scope may be left with nothing
    ]
    return sorted(map(repr, named))


SUMS = (
    tables.entity,
    tables.alias,
    tables.term,
    tables.prefix,
    tables.tally,
    tables.entity_day,
    tables.appearance,
    tables.mention,
    tables.spelling,
    tables.quote,
    tables.role,
    tables.sentence,
    tables.title_term,
    tables.holding,
    tables.body,
)


@settings(deadline=None, max_examples=25)
@given(changes)
def test_after_any_changes_the_store_is_as_if_only_what_is_left_had_been_added(done):
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/long.db") as store,
        open_store(f"sqlite:///{folder}/short.db") as fresh,
    ):
        made = {}
        for kind, number, version, people in done:
            change(store, kind, number, version, people)
            again = make(number, version, people)
            made[again.document.identity, again.document.text] = again
        left = store.documents.listing(GUILD_A, limit=9).documents
        for header in reversed(left):
            document = store.documents.get(GUILD_A, header.id)
            fresh.documents.add(made[document.identity, document.text], arrived=NOON)

        for table in SUMS:
            assert rows(store, table) == rows(fresh, table), table.name
        assert store.check(full=True) == ()
