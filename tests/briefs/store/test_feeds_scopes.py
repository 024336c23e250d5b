"""No server can tell from its feeds whether another one has any."""

import inspect
import tempfile
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.errors import DaybriefError
from briefs.model import PUBLIC, Condition, Problem, Scope
from briefs.store import Store, open_store
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON
from tests.briefs.store.sources import SITE, entry, feed, listing

# What writes, and what is the operator's own or a process's.
_FEEDS = {"add", "add_many", "edit", "sync", "claim", "save", "take", "totals"}
_INTAKE = {
    "batch",
    "pages",
    "still",
    "total",
    "settle",
    "refuse",
    "with_page",
    "without_page",
    "retry",
}
NOT_ASKED = {"feeds": _FEEDS, "intake": _INTAKE | {"expire"}}

NAMES = ("Town", "Town Hall", "Harbour")

events = st.lists(
    st.tuples(
        st.sampled_from([PUBLIC, GUILD_A, GUILD_B]),
        st.sampled_from(["add", "take", "take", "take", "ill", "refuse", "pause", "remove"]),
        st.sampled_from(NAMES),
        st.lists(st.tuples(st.integers(0, 12), st.integers(0, 1)), max_size=9),
    ),
    max_size=25,
)


@pytest.mark.parametrize("subject", ["feeds", "intake"])
def test_every_read_takes_the_scope_first_and_has_no_default_for_it(store, subject):
    found = inspect.getmembers(type(getattr(store, subject)), inspect.isfunction)
    asked = {
        name: call
        for name, call in found
        if not name.startswith("_") and name not in NOT_ASKED[subject]
    }

    assert asked
    for name, call in asked.items():
        first = [*inspect.signature(call).parameters.values()][1]
        assert (first.name, first.annotation, first.default) == (
            "scope",
            Scope,
            inspect.Parameter.empty,
        ), name


def do(store: Store, turn: int, event) -> object:
    """Do what somebody in a scope does, or its feeds do; return what they are answered."""
    scope, what, name, told = event
    now = NOON + turn * HOUR
    try:
        if what == "add":
            url = f"{SITE}/{NAMES.index(name)}"
            return _plain(store.feeds.add(feed(name, url=url, scope=scope), now))
        found = store.feeds.named(scope, name)
        if found.scope != scope:
            return None
        return _done(store, found, what, told, now)
    except DaybriefError as error:
        return str(error)


def _done(store: Store, found, what: str, told, now) -> object:
    match what:
        case "take":
            every = [entry(n, text=f"{entry(n).text} {version}") for n, version in told]
            return store.feeds.take(found, listing(*every), now)
        case "ill":
            ill = {"condition": Condition.ILL, "problem": Problem.TLS, "ill_since": now}
            return store.feeds.save(replace(found, **ill))
        case "refuse":
            mine = [each for each in store.intake.batch(99) if each.scope == found.scope]
            for each in mine[:1]:
                store.intake.refuse(each.id, "no.", now)
            return len(mine)
        case "pause":
            return store.feeds.pause(found.scope, found.id, "too loud")
        case _:
            return _plain(store.feeds.remove(found.scope, found.id))


def _plain(found):
    return replace(found, id=0)


def seen(store: Store, scope: Scope) -> list[object]:
    """Return all that a scope can be shown of its feeds, without the ids."""
    feeds, intake = store.feeds, store.intake
    known = [
        [_plain(each) for each in feeds.list(scope)],
        [_plain(each) for each in feeds.own(scope)],
        [_plain(each) for each in feeds.ill(scope)],
        [feeds.by_prefix(scope, typed) for typed in ("", "t", "hall", "z")],
        feeds.health(scope),
        intake.waiting(scope),
        [each[2:] for each in intake.refused(scope)],
    ]
    for name in (*NAMES, "Twon", f"{SITE}/0"):
        try:
            known.append(_plain(feeds.named(scope, name)))
        except DaybriefError as error:
            known.append(str(error))
    return known


@settings(deadline=None, max_examples=60)
@given(events)
def test_a_guild_cannot_tell_whether_another_has_feeds(told):
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/with.db") as store,
        open_store(f"sqlite:///{folder}/without.db") as other,
    ):
        for turn, event in enumerate(told):
            answer = do(store, turn, event)
            if event[0] != GUILD_B:
                assert answer == do(other, turn, event)

        for scope in (PUBLIC, GUILD_A):
            assert seen(store, scope) == seen(other, scope)


@settings(deadline=None, max_examples=25)
@given(events)
def test_what_waits_of_a_guild_is_the_same_whatever_others_have(told):
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/with.db") as store,
        open_store(f"sqlite:///{folder}/without.db") as other,
    ):
        for turn, event in enumerate(told):
            do(store, turn, event)
            if event[0] == GUILD_A:
                do(other, turn, event)

        assert waits(store) == waits(other)
        until = NOON + timedelta(days=9)
        claimed = [
            [_plain(each) for each in one.feeds.claim(until, until=until) if each.scope == GUILD_A]
            for one in (store, other)
        ]
        assert claimed[0] == claimed[1]


def waits(store: Store) -> list[tuple]:
    return [
        (each.identity, each.name, each.data, each.known, each.backlog)
        for each in store.intake.batch(999)
        if each.scope == GUILD_A
    ]
