"""Which documents a topic is on, and what a watch-list finds: from the real store."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs import interests, topics, workbench
from briefs.errors import NotFoundError
from briefs.model import PUBLIC, Scope, Topic, Watch
from briefs.store import open_store
from tests import fakes
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis

FAR = datetime(2100, 1, 1, tzinfo=UTC)
BRIDGE = "Mayor Ada Quill opened the new bridge over Lake Ems. Quill thanked Tarn Works."


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as opened:
        yield opened


def topic(scope=PUBLIC, name="t", **lists):
    return topics.change(Topic(name=name, scope=scope), **lists)


def everything(store, scope):
    return store.documents.window(scope, datetime.min.replace(tzinfo=UTC), FAR).documents


def test_a_document_is_on_a_topic_by_a_term_or_by_a_name_as_it_is_written_there(store):
    first = fakes.keep(store, BRIDGE, title="One")
    second = fakes.keep(store, "The ferry went. Ada Quill spoke.", title="Two")
    fakes.keep(store, "Nothing to see in the harbour.", title="Three")
    asked = topic(terms="bridges", entities="QUILL")

    found = interests.on(store, PUBLIC, asked, everything(store, PUBLIC))

    assert found == {second: ("Ada Quill",), first: ("bridge", "Ada Quill")}


def test_what_a_guild_has_decided_about_a_name_holds_for_its_topics_alone(store):
    number = fakes.keep(store, BRIDGE)
    change = workbench.add_alias(store, GUILD_A, "Ada Quill", "The Bridge Lady")
    workbench.make(store, GUILD_A, change, actor=1, at=NOON)
    asked = topic(entities="the bridge lady")
    documents = everything(store, PUBLIC)

    assert interests.on(store, GUILD_A, asked, documents) == {number: ("Ada Quill",)}
    assert interests.on(store, GUILD_B, asked, documents) == {}


def test_a_watch_is_found_as_a_name_or_as_words_and_told_as_it_is_watched_for(store):
    first = fakes.keep(store, BRIDGE, title="One")
    second = fakes.keep(store, "A ferry went over the lake.", title="Two")
    watches = [
        Watch(text=text, scope=PUBLIC) for text in ("ferries", "A. Quill", "quill", "new bridge")
    ]

    found = interests.watched(store, PUBLIC, watches, everything(store, PUBLIC))

    assert found == {second: ("ferries",), first: ("A. Quill", "quill", "new bridge")}


def test_a_test_shows_what_arrived_in_the_days_and_what_was_found_newest_first(store):
    for day in range(10):
        made = analysis(f"A bridge, day {day}.", title=f"{day}")
        store.documents.add(made, arrived=NOON + timedelta(days=day))
    store.documents.add(analysis("A lake.", title="lake"), arrived=NOON + timedelta(days=9))

    found = interests.test(store, PUBLIC, topic(terms="bridges"), until=NOON + timedelta(days=10))

    assert [each.headline.title for each in found.matches] == ["9", "8", "7", "6", "5", "4", "3"]
    assert {each.found for each in found.matches} == {("bridge",)}
    assert (found.documents, found.over) == (8, 0)
    assert found.since == NOON + timedelta(days=3)


def test_a_topic_is_tested_by_the_name_that_the_scope_gives_it(store):
    fakes.keep(store, BRIDGE)
    store.topics.create(topic(terms="ferry", name="Lakes"))
    store.topics.create(topic(GUILD_A, terms="bridge", name="LAKES"))

    assert interests.tested(store, GUILD_B, "lakes", FAR).matches == ()
    now = datetime.now(UTC) + HOUR
    assert len(interests.tested(store, GUILD_A, "lakes", now).matches) == 1
    with pytest.raises(NotFoundError, match="no topic called “seas”"):
        interests.tested(store, GUILD_A, "seas", FAR)


def test_a_watch_list_says_how_many_documents_name_each(store):
    for number, text in enumerate(("A bridge.", "A bridge and a lake.", "A harbour.")):
        store.documents.add(analysis(text, title=f"{number}"), arrived=NOON)
    for text, user in (("lakes", 0), ("bridge", 7), ("nobody", 7)):
        store.watches.add(Watch(text=text, scope=GUILD_A, user=user, added=NOON))

    shown = interests.noticed(store, GUILD_A, 7, NOON + HOUR)

    counted = [(each.watch.text, each.documents) for each in shown.entries]
    assert counted == [("bridge", 2), ("nobody", 0), ("lakes", 1)]
    assert shown.documents == 3


libraries = st.lists(
    st.tuples(st.sampled_from([PUBLIC, GUILD_A, GUILD_B]), st.sampled_from(["Kuleba", "Taran"])),
    max_size=6,
)


@given(libraries)
@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_guild_cannot_tell_whether_another_has_documents_topics_or_watches(
    tmp_path_factory, library
):
    def filled(store, *, skip):
        for place, (scope, name) in enumerate(library):
            if scope != skip:
                made = analysis(f"{name} spoke.", title=f"{place}", scope=scope, people=[name])
                store.documents.add(made, arrived=NOON)
                if name not in [each.name for each in store.topics.listing(scope)]:
                    store.topics.create(topic(scope, name=name, entities="Kuleba", terms="spoke"))
                    store.watches.add(Watch(text=name, scope=scope, added=NOON))

    def seen(store, scope):
        shown = [interests.noticed(store, scope, 7, FAR, days=99_999)]
        entries = [[(each.watch.text, each.documents) for each in s.entries] for s in shown]
        tests = [
            [
                (each.headline.title, each.found)
                for each in interests.test(store, scope, known, until=FAR, days=99_999).matches
            ]
            for known in store.topics.listing(scope)
        ]
        return entries, [each.name for each in store.topics.listing(scope)], tests

    folder = tmp_path_factory.mktemp("scopes")
    with open_store(f"sqlite:///{folder}/a.db") as one, open_store(f"sqlite:///{folder}/b.db") as b:
        filled(one, skip=None)
        filled(b, skip=GUILD_B)

        for scope in (PUBLIC, GUILD_A):
            assert seen(one, scope) == seen(b, scope)


def test_a_name_is_looked_for_in_many_documents_at_once(store):
    made = [
        analysis(f"Andriy Taran {n}.", title=f"{n}", people=["Andriy Taran"]) for n in range(600)
    ]
    numbers = [each.id for each in store.documents.add_many(made, arrived=NOON)]
    documents = everything(store, Scope(5))

    found = interests.on(store, Scope(5), topic(entities="Taran"), documents)

    assert sorted(found) == numbers
