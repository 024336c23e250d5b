"""Where documents come from, and how that is: counted, filtered, and shown without secrets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import markup
from briefs import feeds, ingest, pages, sources
from briefs.errors import NotFoundError, UsageError
from briefs.feeds import Outline
from briefs.model import (
    PUBLIC,
    Condition,
    Entry,
    Feed,
    FeedCard,
    FeedErrors,
    FeedId,
    FeedList,
    Health,
    Listing,
    Problem,
    Refused,
    Scope,
    SourceShelf,
    Trial,
)
from briefs.store import FileRow, open_store

OURS, THEIRS = Scope(7), Scope(8)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = (("Authorization", "Bearer hush"),)


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/daybrief.db") as opened:
        yield opened


def kept(store, name, scope=OURS, condition=Condition.OK, **fields):
    url = f"https://{name.lower()}.example/feed.xml?key=hush"
    feed = store.feeds.add(Feed(url=url, name=name, scope=scope, headers=SECRET), NOW)
    later = NOW + timedelta(hours=1)
    store.feeds.save(replace(feed, condition=condition, next_at=later, **fields))
    return store.feeds.get(scope, feed.id)


def listed(store, feed, *titles):
    """Let *feed* list entries with these titles."""
    entries = [
        Entry(guid=each, title=each, text=f"{each}. The mayor of Tarn spoke on Monday.")
        for each in titles
    ]
    store.feeds.take(feed, Listing(title=feed.name, entries=tuple(entries)), NOW)


def read(store, *, refuse=()):
    """Read what waits, but for what is to be refused."""
    for each in store.intake.batch(99):
        if each.name in refuse:
            store.intake.refuse(each.id, "is a consent page: look at it in a browser.", NOW)
        else:
            ingest.keep(store, ingest.analyse(ingest.waiting(each)), NOW)
            store.intake.settle([each.id])


def text(shown):
    laid_out = pages.lay_out(shown, markup.LIMITS)
    return "\n".join(markup.unescape(markup.body(page)) for page in laid_out)


def names(shown):
    return [each.name for each in shown.feeds]


def test_feeds_are_listed_with_their_states(store):
    for name, condition in (("Well", Condition.OK), ("Empty", Condition.EMPTY)):
        kept(store, name, condition=condition)
    kept(store, "Ill", condition=Condition.ILL)
    kept(store, "Held", PUBLIC, condition=Condition.HELD)
    kept(store, "Theirs", THEIRS)

    assert names(sources.feeds(store, OURS)) == ["Empty", "Held", "Ill", "Well"]
    assert names(sources.feeds(store, OURS, "ok")) == ["Empty", "Well"]
    assert names(sources.feeds(store, OURS, "held")) == ["Held"]
    assert names(sources.feeds(store, PUBLIC)) == ["Held"]
    with pytest.raises(UsageError, match="give one of ok, failing"):
        sources.feeds(store, OURS, "fine")


def test_a_card_tells_what_a_feed_brought_what_waits_and_what_was_refused(store):
    feed = kept(store, "Tarn")
    listed(store, feed, "A bridge", "A wall", "A ferry")
    read(store, refuse=["A wall"])
    listed(store, feed, "A harbour")

    card = sources.feed(store, OURS, "tarn")

    assert sorted(each.title for each in card.documents) == ["A bridge", "A ferry"]
    assert [each.name for each in card.refused] == ["A wall"]
    assert card.waiting == 1
    assert "is a consent page" in text(card)
    assert "1 document waiting to be read" in text(card)


def test_only_who_looks_after_a_feed_sees_its_address_and_headers(store):
    kept(store, "Ours")
    kept(store, "Public", PUBLIC, condition=Condition.ILL, detail="public.example?key=hush fails")

    own, members = sources.feed(store, OURS, "ours"), sources.feed(store, OURS, "ours", full=False)
    public = sources.feed(store, OURS, "public")

    assert "Authorization: •••" in text(own)
    assert "key=hush" in text(own)
    assert "Bearer" not in text(own)
    assert "hush" not in text(members) + text(public)
    assert "Authorization" not in text(members) + text(public)


def test_errors_are_those_of_the_scope_itself(store):
    kept(store, "Well")
    kept(store, "Public", PUBLIC, condition=Condition.ILL)
    kept(store, "Theirs", THEIRS, condition=Condition.ILL)
    feed = kept(store, "Ill", condition=Condition.ILL, problem=Problem.SERVER, failures=4)
    listed(store, feed, "A wall")
    read(store, refuse=["A wall"])

    found = sources.errors(store, OURS)

    assert names(found) == ["Ill"]
    assert [each.name for each in found.refused] == ["A wall"]
    assert "failed 4 times in a row" in text(found)
    assert text(sources.errors(store, Scope(9))) == "Nothing is wrong with these feeds."


def test_folders_are_counted_by_what_they_hold(store, tmp_path):
    inside, beside = tmp_path / "seeds", tmp_path / "seeds2"
    rows = [
        FileRow(ingest.identity(inside / "a.txt"), 1, 1, "x", "kept"),
        FileRow(ingest.identity(inside / "deep" / "b.txt"), 1, 1, "x", "kept"),
        FileRow(ingest.identity(inside / "c.txt"), 1, 1, "x", "refused"),
        FileRow(ingest.identity(beside / "d.txt"), 1, 1, "x", "kept"),
    ]
    store.files.remember(*rows)

    shelf = sources.shelf(store, OURS, folders=[inside, beside, tmp_path / "seeds2" / "d.txt"])

    assert shelf.folders == (("seeds", 2, 1), ("seeds2", 1, 0), ("d.txt", 1, 0))
    assert str(tmp_path) not in text(shelf)


def test_a_list_of_feeds_is_taken_over_once(store):
    kept(store, "Tarn")
    outlines = [
        Outline(url="https://tarn.example/feed.xml?key=hush", title="Known", home=""),
        Outline(url="https://a.example/feed.xml", title="News", home=""),
        Outline(url="https://b.example/feed.xml", title="News", home=""),
        Outline(url="https://b.example/feed.xml", title="Twice", home=""),
        Outline(url="gopher://c.example/", title="Odd", home=""),
    ]

    taken = sources.take_over(store, OURS, outlines, NOW, origin="discord")
    again = sources.take_over(store, OURS, outlines, NOW, origin="discord")

    assert taken.added == ("News", "News 2")
    assert (taken.known, len(taken.refused)) == (2, 1)
    assert taken.sentence().startswith("2 added, 2 known already, 1 refused.\ngopher")
    assert (again.added, again.known) == ((), 4)
    assert store.feeds.list(PUBLIC) == ()


def test_what_goes_out_as_a_list_has_no_headers_and_no_others_feeds(store):
    kept(store, "Ours")
    kept(store, "Public", PUBLIC)

    written = sources.export(store, OURS).decode()

    assert "ours.example" in written
    assert "public.example" not in written
    assert "Bearer" not in written


def test_everybodys_feeds_are_changed_by_nobody_else(store):
    kept(store, "Public", PUBLIC)

    for change in (sources.refresh, sources.resume):
        with pytest.raises(UsageError, match="is everybody's"):
            change(store, OURS, "public", NOW)
    with pytest.raises(NotFoundError, match="no feed called"):
        sources.own(store, OURS, "nothing")


@pytest.mark.parametrize("taken", ["new", "known"])
def test_what_is_held_is_taken_as_it_is_said(store, taken):
    kept(store, "Tarn", condition=Condition.HELD)

    with pytest.raises(UsageError, match=r"as new .* or as known"):
        sources.resume(store, OURS, "tarn", NOW)
    assert sources.resume(store, OURS, "tarn", NOW, taken=taken).endswith(f"taken as {taken}.")


# What is shown

_words = st.text(max_size=300)
_feeds = st.builds(
    Feed,
    url=st.just("https://tarn.example/feed.xml"),
    name=_words,
    scope=st.sampled_from([PUBLIC, OURS]),
    condition=st.sampled_from(Condition),
    problem=st.none() | st.sampled_from(Problem),
    detail=_words,
    paused=_words,
    listed=st.integers(0, 9_999),
    failures=st.integers(0, 99),
    interval=st.integers(0, 1_440),
    ill_since=st.none() | st.just(NOW),
    next_at=st.none() | st.just(NOW),
)
_refused = st.builds(Refused, st.just(1), st.just(FeedId(1)), _words, _words, _words, st.just(NOW))
_entries = st.builds(Entry, title=_words, url=_words)
_shown = st.one_of(
    st.builds(FeedList, scope=st.just(OURS), feeds=st.lists(_feeds, max_size=40).map(tuple)),
    st.builds(FeedCard, feed=_feeds, full=st.booleans(), refused=st.tuples(_refused, _refused)),
    st.builds(
        FeedErrors,
        scope=st.just(OURS),
        feeds=st.lists(_feeds, max_size=9).map(tuple),
        refused=st.lists(_refused, max_size=25).map(tuple),
        names=st.just({FeedId(1): "Tarn"}),
    ),
    st.builds(
        Trial,
        url=_words,
        title=_words,
        format=st.just("RSS"),
        listed=st.integers(0, 9),
        entries=st.tuples(_entries, _entries, _entries),
    ),
    st.builds(
        SourceShelf,
        scope=st.just(OURS),
        feeds=st.lists(_feeds, max_size=9).map(tuple),
        health=st.builds(Health, *[st.integers(0, 9)] * 9),
        folders=st.just(()),
        public=st.integers(0, 9),
        own=st.integers(0, 9),
    ),
)


@settings(deadline=None, max_examples=60)
@given(_shown)
def test_whatever_a_feed_says_its_pages_fit_and_ping_nobody(shown):
    for page in pages.lay_out(shown, markup.LIMITS):
        body = markup.body(page)

        assert markup.length(body) <= markup.LIMITS.body
        assert "@everyone" not in body.replace(r"\@", "")


def test_a_feed_that_cannot_be_named_is_shown_as_text():
    name = "@everyone <@1> [x](https://evil.example) `y`"
    shown = FeedList(scope=OURS, feeds=(Feed(url="https://tarn.example", name=name),))

    (page,) = pages.lay_out(shown, markup.LIMITS)

    assert r"**\@everyone \<\@1\> \[x\]\(https\://evil.example\) \`y\`**" in markup.body(page)


def test_a_scope_exports_imports_and_looks_after_its_own_feeds_however_many_others_there_are(store):
    every = [Feed(url=f"https://f{n}.example/", name=f"A {n}") for n in range(1_001)]
    store.feeds.add_many([replace(each, origin="line") for each in every], NOW)
    public = store.feeds.list(PUBLIC)[:201]
    for each in public:
        store.feeds.save(replace(each, condition=Condition.ILL, ill_since=NOW, next_at=NOW))
    feed = kept(store, "Tarn", condition=Condition.ILL, ill_since=NOW + timedelta(hours=1))
    held = kept(store, "Ems", condition=Condition.HELD, ill_since=NOW)
    listed(store, feed, "A bridge")
    read(store, refuse=["A bridge"])

    outlines = feeds.opml_read(sources.export(store, OURS))
    again = sources.take_over(store, OURS, outlines, NOW, origin="discord")
    wrong = sources.errors(store, OURS)

    assert [each.title for each in outlines] == ["Ems", "Tarn"]
    assert again == ((), 2, ())
    assert [each.id for each in wrong.feeds] == [held.id, feed.id]
    assert wrong.names == {feed.id: "Tarn", held.id: "Ems"}
    assert [each.name for each in wrong.refused] == ["A bridge"]
