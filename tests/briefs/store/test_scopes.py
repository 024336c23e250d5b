"""Nobody reads outside their scope, nor can tell that there is anything outside it."""

import inspect
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.model import PUBLIC, Scope
from briefs.store import Store, open_store
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis

# What is no read of documents, or is the operator's own.
WRITES = {"add", "add_many", "withdraw", "expire", "create", "edit"}
WRITES |= {"note", "stale", "settle", "forget_quoted", "take_back", "swap"}
PEOPLE = ("Dmytro Kuleba", "Ivan Kuleba", "Kuleba", "Andriy Taran")

libraries = st.lists(
    st.tuples(
        st.sampled_from([PUBLIC, GUILD_A, GUILD_B]),
        st.integers(0, 5),
        st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3),
    ),
    max_size=10,
)


@pytest.mark.parametrize(
    "subject",
    [
        "documents",
        "edits",
        "entities",
        "origins",
        "search",
        "stories",
        "frequencies",
        "topics",
        "watches",
        "briefings",
        "postings",
        "visits",
    ],
)
def test_every_read_takes_the_scope_first_and_has_no_default_for_it(store, subject):
    asked = getattr(store, subject)
    found = inspect.getmembers(type(asked), inspect.isfunction)
    reads = {name: call for name, call in found if not name.startswith("_") and name not in WRITES}

    assert reads
    for name, call in reads.items():
        first = [*inspect.signature(call).parameters.values()][1]
        assert (first.name, first.annotation, first.default) == (
            "scope",
            Scope,
            inspect.Parameter.empty,
        ), name


def fill(store: Store, library) -> None:
    """Add documents, each at its place: (place, (scope, number, people))."""
    for place, (scope, number, people) in library:
        text = "\n".join([f"Words of {number}.", *(f"“Yes,” said {name}." for name in people)])
        made = analysis(
            text,
            title=f"Title {number}",
            identity=f"file:{place}",
            scope=scope,
            source=f"Outlet {place}",
            people=people,
            published=NOON + number * HOUR,
        )
        store.documents.add(made, arrived=NOON + place * HOUR)


def line(found) -> tuple:
    return found.text, found.source, found.title, found.span


def seen(store: Store, scope: Scope) -> list[object]:
    """Return all that a reader can be shown, without the ids."""
    documents, entities = store.documents, store.entities
    window = documents.window(scope, NOON, NOON + 99 * HOUR)
    numbers = [document.id for document in window.documents]
    known = [
        documents.counts(scope),
        documents.newest_arrival(scope),
        window.over,
        [(document.title, document.text, document.arrived) for document in window.documents],
        [part.text for part in documents.sentences(scope, numbers)],
        [document.title for document in documents.listing(scope, limit=5).documents],
        [document.title for document in documents.complete(scope, "tit", limit=5)],
        [(*line(hit.line), hit.marks) for hit in store.search.sentences(scope, "words").hits],
        [(*line(hit.line), hit.marks) for hit in store.search.sentences(scope, "kuleba").hits],
        [each[1:] for each in entities.suggest(scope, "k")],
        [each[1:] for each in entities.suggest(scope, "kuleb")],
        [each[1:] for each in entities.top(scope, 9)],
        entities.nearest(scope, "Culeba"),
        entities.people_in(scope, numbers),
        [(quote.text, name) for _, quote, name in entities.quotes_in(scope, numbers)],
    ]
    for family in entities.find(scope, ["kuleba", "taran"]):
        head = entities.head(scope, family)
        known += [
            (family.name, family.kind, family.documents),
            (head.aliases, head.mentions, head.documents, head.first, head.last),
            [line(each.line) for each in entities.mentions(scope, family)],
            [line(each.line) for each in entities.timeline(scope, family)],
            [line(each) for each in entities.roles(scope, family)],
            [(line(each.line), each.speaker) for each in entities.quotes(scope, family)],
            entities.companions(scope, family),
        ]
    return known


@settings(deadline=None, max_examples=25)
@given(libraries)
def test_a_guild_cannot_tell_whether_another_has_documents(library):
    placed = [*enumerate(library)]
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/with.db") as store,
        open_store(f"sqlite:///{folder}/without.db") as other,
    ):
        fill(store, placed)
        fill(other, [each for each in placed if each[1][0] != GUILD_B])

        for scope in (PUBLIC, GUILD_A):
            assert seen(store, scope) == seen(other, scope)
