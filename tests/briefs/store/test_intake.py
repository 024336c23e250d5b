"""Documents on their way into the library: kept until they are in it, or refused with a reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from briefs import documents, ingest
from briefs.model import PUBLIC, Entry, Refused, Scope
from briefs.store import Outcome, intake
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON
from tests.briefs.store.sources import LATER, SITE, entry, feed, known, listing

STORY = (
    "The council of the town has voted to close the old bridge for the winter. "
    "“We cannot wait any longer,” said Mayor Anna Smith on Tuesday. "
    "The bridge was built in 1931 and carries 4,000 cars a day. "
) * 2
DAY = timedelta(days=1)


def names(waiting) -> list[str]:
    return [each.name for each in waiting]


def fill(store, *, scope=PUBLIC, count=3, **wanted):
    added = store.feeds.add(feed(scope=scope, **wanted), NOON)
    store.feeds.take(added, listing(*range(count, 0, -1)), NOON)
    return added


def test_rows_stay_until_their_documents_are_kept(store):
    fill(store)
    first = store.intake.batch(2)

    again = store.intake.batch(2)
    store.intake.settle([each.id for each in first])

    assert again == first
    assert names(store.intake.batch(9)) == ["Article 3"]
    store.intake.settle([each.id for each in first])
    assert store.intake.total() == 1


def test_those_that_are_being_read_are_not_given_out_again(store):
    fill(store)
    (first,) = store.intake.batch(1)

    assert names(store.intake.batch(9, busy={first.id})) == ["Article 2", "Article 3"]


def test_no_more_is_given_out_at_once_than_fits_into_memory_and_one_at_the_least(
    store, monkeypatch
):
    monkeypatch.setattr(intake, "_TOGETHER", 1_000)
    added = store.feeds.add(feed(), NOON)
    sizes = (400, 400, 900, 5_000)
    told = [entry(n, text="x" * size) for n, size in enumerate(sizes)]
    store.feeds.take(added, listing(*reversed(told)), NOON)

    given = []
    while batch := store.intake.batch(9):
        given.append([*map(len, (each.data for each in batch))])
        store.intake.settle([each.id for each in batch])

    assert [len(each) for each in given] == [1, 1, 1, 1]
    monkeypatch.setattr(intake, "_TOGETHER", 100_000)
    store.feeds.take(added, listing(*(replace(each, text=each.text * 2) for each in told)), LATER)
    assert len(store.intake.batch(9)) == 4


def test_what_is_refused_says_why_and_keeps_no_bytes(store):
    fill(store, count=1)
    (waiting,) = store.intake.batch(9)

    store.intake.refuse(waiting.id, "is a consent page: nothing to read.", LATER)

    assert store.intake.refused(PUBLIC) == (
        Refused(
            waiting.id,
            waiting.feed,
            "Article 1",
            f"{SITE}/articles/1",
            "is a consent page: nothing to read.",
            LATER,
        ),
    )
    assert store.intake.batch(9) == ()
    assert store.intake.waiting(PUBLIC) == 0


def test_what_is_refused_is_read_again_once_its_feed_lists_other_words(store):
    added = fill(store, count=1)
    (waiting,) = store.intake.batch(9)
    store.intake.refuse(waiting.id, "too short.", NOON)

    store.feeds.take(added, listing(1), LATER)
    same = store.intake.total()
    store.feeds.take(added, listing(entry(1, text=STORY)), LATER)

    assert same == 0
    assert (store.intake.total(), store.intake.refused(PUBLIC)) == (1, ())


def test_only_the_newest_refusals_of_a_scope_are_remembered(store, monkeypatch):
    monkeypatch.setattr(intake, "_KEPT", 2)
    fill(store, count=4)
    fill(store, count=1, scope=GUILD_A)

    for waiting in store.intake.batch(9):
        store.intake.refuse(waiting.id, "no.", NOON)

    found = [each.name for each in store.intake.refused(GUILD_A)]
    assert found == ["Article 1", "Article 4", "Article 3"]


def test_refusals_go_with_age_and_what_waits_does_not(store):
    fill(store, count=2)
    (first,) = store.intake.batch(1)
    store.intake.refuse(first.id, "no.", NOON)

    assert (store.intake.expire(NOON), store.intake.expire(LATER)) == (0, 1)
    assert store.intake.total() == 1


def test_to_refuse_or_change_what_is_gone_does_nothing(store):
    store.intake.refuse(99, "no.", NOON)
    store.intake.with_page(99, b"x", content_type="text/html", url=SITE)
    store.intake.without_page(99)
    store.intake.retry(99, LATER)

    assert (store.intake.total(), store.intake.refused(PUBLIC)) == (0, ())


class TestPages:
    """Entries whose pages are read."""

    @pytest.fixture
    def paged(self, store):
        fill(store, count=2, full_text=True)
        return store

    def test_a_page_is_fetched_before_anything_is_read(self, paged):
        assert paged.intake.batch(9) == ()
        assert [each.page for each in paged.intake.pages(9, NOON)] == [
            f"{SITE}/articles/1",
            f"{SITE}/articles/2",
        ]
        assert paged.intake.waiting(PUBLIC) == 2

    def test_a_page_is_read_with_what_the_feed_says_of_it(self, paged):
        (one,) = paged.intake.pages(1, NOON)
        paged.intake.with_page(one.id, b"<p>Hello", content_type="text/html", url=f"{SITE}/final")

        (ready,) = paged.intake.batch(9)

        assert (ready.data, ready.content_type, ready.url) == (
            b"<p>Hello",
            "text/html",
            f"{SITE}/final",
        )
        assert dict(ready.known) == {
            "title": "Article 1",
            "source": "news.example.org",
            "url": f"{SITE}/articles/1",
            "date": "2026-02-26T09:00:00+00:00",
        }
        assert ingest.waiting(ready).known

    def test_a_page_that_cannot_be_had_is_tried_three_times_and_then_the_entry_does(self, paged):
        (one,) = paged.intake.pages(1, NOON)

        for turn in (1, 2):
            paged.intake.retry(one.id, LATER)
            assert one.id not in [each.id for each in paged.intake.pages(9, NOON)]
            later = {each.id: each.tries for each in paged.intake.pages(9, LATER)}
            assert later[one.id] == turn
        paged.intake.retry(one.id, LATER)

        (ready,) = paged.intake.batch(9)
        assert (ready.id, ready.url, ready.data) == (one.id, "", one.data)

    def test_a_clock_that_was_years_ahead_does_not_put_a_page_off_for_years(self, paged):
        for each in paged.intake.pages(9, NOON):
            paged.intake.retry(each.id, NOON + 3650 * DAY)

        assert len(paged.intake.pages(9, NOON)) == 2

    def test_a_page_that_is_refused_to_robots_lets_the_entry_do(self, paged):
        (one,) = paged.intake.pages(1, NOON)

        paged.intake.without_page(one.id)

        assert names(paged.intake.batch(9)) == ["Article 1"]


def test_what_waits_in_one_scope_is_nothing_to_another(store):
    fill(store, scope=GUILD_A, count=2)
    fill(store, count=1)

    assert [store.intake.waiting(scope) for scope in (PUBLIC, GUILD_A, GUILD_B)] == [1, 3, 1]


class TestTurns:
    """Scopes take turns, whoever has more."""

    def new(self, store, scope, *numbers, **wanted):
        added = store.feeds.add(feed(scope=scope, backfill=100, **wanted), NOON)
        store.feeds.take(added, listing(*numbers), NOON)

    def test_nobody_waits_behind_all_that_another_one_has(self, store):
        self.new(store, GUILD_A, *range(40, 0, -1))
        self.new(store, PUBLIC, 41)
        self.new(store, GUILD_B, 52, 51)

        found = [(each.scope, each.name) for each in store.intake.batch(7)]

        assert found == [
            (GUILD_A, "Article 1"),
            (PUBLIC, "Article 41"),
            (GUILD_B, "Article 51"),
            (GUILD_A, "Article 2"),
            (GUILD_B, "Article 52"),
            (GUILD_A, "Article 3"),
            (GUILD_A, "Article 4"),
        ]

    def test_nor_for_pages(self, store):
        self.new(store, GUILD_A, *range(40, 0, -1), full_text=True)
        self.new(store, GUILD_B, 51, full_text=True)

        found = [each.scope for each in store.intake.pages(3, LATER)]

        assert found == [GUILD_A, GUILD_B, GUILD_A]

    def test_what_is_new_anywhere_goes_before_what_was_held_anywhere(self, store):
        fill(store, scope=GUILD_A, count=3)
        self.new(store, GUILD_B, 2, 1)

        found = [(each.scope, each.backlog) for each in store.intake.batch(4)]

        assert found == [(GUILD_B, False), (GUILD_B, False), (GUILD_A, True), (GUILD_A, True)]

    def test_of_more_scopes_than_are_asked_for_those_come_first_that_wait_longest(self, store):
        scopes = [Scope(number) for number in (50, 20, 40, 10, 30)]
        for scope in scopes:
            fill(store, scope=scope, count=2)
        given = []

        while batch := store.intake.batch(2):
            given += [each.scope for each in batch]
            store.intake.settle([each.id for each in batch])

        assert given == [50, 20, 50, 20, 40, 10, 40, 10, 30, 30]

    def test_what_is_being_read_takes_nobodys_turn(self, store):
        for scope in (GUILD_A, GUILD_B):
            fill(store, scope=scope, count=3)
        busy = [each.id for each in store.intake.batch(9) if each.scope == GUILD_A][:2]

        found = [each.scope for each in store.intake.batch(3, busy=busy)]

        assert found == [GUILD_A, GUILD_B, GUILD_B]

    def test_a_scope_of_which_all_is_being_read_does_not_hide_the_others(self, store):
        for scope in (GUILD_A, GUILD_B):
            fill(store, scope=scope, count=1)
        (first,) = store.intake.batch(1)

        assert [each.scope for each in store.intake.batch(1, busy=[first.id])] == [GUILD_B]


class TestReading:
    """What becomes of an entry as it is read."""

    def source(self, told: Entry, **more):
        return ingest.entry(told, identity="feed:x", scope=GUILD_A, source="Town News", **more)

    def test_an_entry_is_a_document_with_all_that_the_feed_says_of_it(self):
        told = entry(1, text=STORY, author="Ann Author", language="en")

        document = ingest.analyse(self.source(told)).document

        assert (document.title, document.source, document.author) == (
            "Article 1",
            "Town News",
            "Ann Author",
        )
        assert (document.url, document.language) == (told.url, "en")
        assert document.published == told.published
        assert (document.identity, document.scope) == ("feed:x", GUILD_A)
        assert document.text.startswith("The council of the town")

    @pytest.mark.parametrize("title", ["report.pdf", "all.zip", "data.jsonl", "x.docx", "", "a/b"])
    def test_no_title_is_taken_for_the_name_of_a_file(self, title):
        source = self.source(entry(1, title=title, text=STORY))

        assert not documents.holds_several(source.name)
        assert ingest.analyse(source).document.text

    def test_what_waits_is_kept_once_though_it_is_read_twice_and_stays_backlog(self, store):
        added = store.feeds.add(feed(), NOON)
        store.feeds.take(added, listing(entry(1, text=STORY)), NOON)
        (waiting,) = store.intake.batch(9)
        analysis = ingest.analyse(ingest.waiting(waiting))

        first = store.documents.add(analysis, arrived=NOON)
        second = store.documents.add(analysis, arrived=LATER)

        assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.SAME)
        assert store.documents.get(PUBLIC, first.id).backlog

    def test_a_revision_leaves_a_document_what_it_was(self, store):
        added = known(store, 9)
        store.feeds.take(added, listing(entry(1, text=STORY, published=NOON), 9), LATER)
        (waiting,) = store.intake.batch(9)
        first = store.documents.add(ingest.analyse(ingest.waiting(waiting)), arrived=NOON)
        store.intake.settle([waiting.id])
        edited = entry(1, text=STORY.replace("winter", "summer"), published=NOON)
        store.feeds.take(added, listing(edited, 9), LATER)
        (waiting,) = store.intake.batch(9)

        analysis = ingest.analyse(ingest.waiting(waiting._replace(backlog=True)))
        second = store.documents.add(analysis, arrived=LATER)

        assert second == (first.id, Outcome.REVISION)
        document = store.documents.get(PUBLIC, first.id)
        assert (document.revision, document.backlog, document.arrived) == (2, False, NOON)


def test_backlog_is_in_the_library_and_never_in_a_window_of_news(store):
    told = ingest.entry(entry(1, text=STORY), identity="1", scope=PUBLIC, source="N")
    other = STORY.replace("bridge", "school")
    held = ingest.entry(entry(2, text=other), identity="2", scope=PUBLIC, source="N")
    store.documents.add(ingest.analyse(told), arrived=NOON)
    store.documents.add(ingest.analyse(replace(held, backlog=True)), arrived=NOON + HOUR / 2)

    every = store.documents.window(PUBLIC, NOON, LATER)
    fresh = store.documents.window(PUBLIC, NOON, LATER, news=True)

    assert [each.title for each in every.documents] == ["Article 2", "Article 1"]
    assert [each.title for each in fresh.documents] == ["Article 1"]
    arrived = store.documents.arrivals(PUBLIC, NOON, LATER, news=True)
    assert [each.title for each in arrived] == ["Article 1"]
    assert len(store.documents.listing(PUBLIC, limit=9).documents) == 2


def test_news_is_not_lost_behind_a_backlog_that_is_larger_than_a_window(store):
    def made(number, *, backlog):
        told = entry(number, text=STORY.replace("1931", f"19{number:02}"))
        source = ingest.entry(told, identity=str(number), scope=PUBLIC, source="N")
        return ingest.analyse(replace(source, backlog=backlog))

    store.documents.add(made(1, backlog=False), arrived=NOON)
    store.documents.add_many([made(n, backlog=True) for n in range(2, 6)], arrived=NOON + HOUR / 2)

    found = store.documents.window(PUBLIC, NOON, LATER, cap=2, news=True)

    assert ([each.title for each in found.documents], found.over) == (["Article 1"], 0)
