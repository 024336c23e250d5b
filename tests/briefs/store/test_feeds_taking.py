"""What a feed lists is taken once, whatever becomes of its guids, addresses, words and dates."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from briefs.errors import UsageError
from briefs.model import PUBLIC, Condition, Entry, Taken
from briefs.store import intake, open_store, tables
from briefs.store.feeds import judging
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON
from tests.briefs.store.sources import LATER, SITE, again, entry, feed, known, listing, settle

DAY = timedelta(days=1)
OTHER = "The council has met again, and this time it has come to another decision. " * 3


def identities(store) -> list[str]:
    return [each.identity for each in store.intake.batch(10_000)]


def texts(store) -> list[str]:
    return [json.loads(each.data)["text"] for each in store.intake.batch(10_000)]


def rows(store) -> int:
    with store._database.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.entry)).scalar_one()


class TestFirst:
    """The first look at a feed."""

    def test_what_a_feed_holds_is_backlog_the_oldest_first(self, store):
        added = store.feeds.add(feed(), NOON)

        taken = store.feeds.take(added, listing(3, 2, 1), NOON)

        assert taken == Taken(backlog=3)
        waiting = store.intake.batch(9)
        assert [each.name for each in waiting] == ["Article 1", "Article 2", "Article 3"]
        assert all(each.backlog for each in waiting)

    def test_of_it_so_many_of_the_newest_are_new_as_were_asked_for(self, store):
        added = store.feeds.add(feed(backfill=2), NOON)
        undated = entry(9, published=None)

        taken = store.feeds.take(added, listing(undated, 1, 3, 2), NOON)

        assert taken == Taken(new=2, backlog=2)
        new = [each.name for each in store.intake.batch(9) if not each.backlog]
        assert new == ["Article 2", "Article 3"]

    def test_what_was_published_after_it_was_added_is_new_though_it_was_asked_late(self, store):
        added = store.feeds.add(feed(), NOON)
        since = entry(2, published=NOON + HOUR)
        to_come = entry(3, published=NOON + 900 * DAY)

        taken = store.feeds.take(added, listing(to_come, since, 1), NOON + 3 * HOUR)

        assert taken == Taken(new=1, backlog=2)

    def test_a_feed_that_was_empty_at_first_does_not_flood_later(self, store):
        added = store.feeds.add(feed(), NOON)

        empty = store.feeds.take(added, listing(), NOON)
        full = store.feeds.take(added, listing(entry(9, published=LATER), 2, 1), LATER)

        assert empty == Taken()
        assert full == Taken(new=1, backlog=2)

    def test_what_is_new_is_read_before_what_is_backlog(self, store):
        added = known(store, 2, 1)
        other = store.feeds.add(feed(url=f"{SITE}/other"), NOON)
        store.feeds.take(other, listing(12, 11), NOON)

        store.feeds.take(added, listing(3, 2, 1), LATER)

        assert store.intake.batch(9)[0].name == "Article 3"


class TestKnown:
    """Articles that are listed again."""

    def test_the_same_listing_changes_nothing(self, store):
        added = known(store, 3, 2, 1)

        assert store.feeds.take(added, listing(3, 2, 1), LATER) == Taken(known=3)
        assert store.intake.waiting(PUBLIC) == 0

    @pytest.mark.parametrize(
        "differs",
        [
            {"guid": "another"},
            {"guid": ""},
            {"url": f"{SITE}/moved/1"},
            {"guid": "another", "url": f"{SITE}/moved/1"},
            {"guid": "another", "url": "http://www.news.example.org/articles/1/?utm_source=x#top"},
            {"published": NOON + 5 * HOUR},
            {"published": None},
            {"text": f" {entry(1).text} \n"},
            {"author": "Somebody Else"},
        ],
    )
    def test_an_article_is_the_same_whatever_else_becomes_of_it(self, store, differs):
        added = known(store, 2, 1)

        taken = store.feeds.take(added, listing(2, entry(1, **differs)), LATER)
        back = store.feeds.take(added, listing(2, 1), LATER)

        assert (taken, back) == (Taken(known=2), Taken(known=2))

    @pytest.mark.parametrize(
        "differs",
        [{}, {"guid": "another"}, {"url": f"{SITE}/moved/1"}, {"guid": "", "published": None}],
    )
    def test_an_edited_article_is_a_revision_of_the_same_document(self, store, differs):
        added = store.feeds.add(feed(), NOON)
        store.feeds.take(added, listing(2, 1), NOON)
        before = identities(store)
        settle(store)

        taken = store.feeds.take(added, listing(2, entry(1, text=OTHER, **differs)), LATER)

        assert taken == Taken(changed=1, known=1)
        assert identities(store) == before[:1]
        assert texts(store) == [OTHER]

    def test_an_edit_of_what_was_no_news_is_no_news(self, store):
        added = known(store, 2, 1)

        store.feeds.take(added, listing(2, entry(1, text=OTHER)), LATER)

        assert [each.backlog for each in store.intake.batch(9)] == [True]

    def test_of_a_document_that_still_waits_only_the_newest_words_are_read(self, store):
        added = known(store, 2)
        store.feeds.take(added, listing(3, 2), LATER)
        (old,) = store.intake.batch(9)

        store.feeds.take(added, listing(entry(3, text=OTHER), 2), LATER)
        store.intake.settle([old.id])

        assert texts(store) == [OTHER]
        assert [each.backlog for each in store.intake.batch(9)] == [False]

    def test_what_is_listed_twice_is_taken_once(self, store):
        added = known(store, 2)
        twice = [entry(3), entry(3), entry(3, text=OTHER), entry(4, guid=""), entry(4, guid="")]

        assert store.feeds.take(added, listing(*twice, 2), LATER) == Taken(new=2, known=1)


class TestIdentity:
    """Feeds whose guids or addresses do not tell their articles apart."""

    def test_where_all_lead_to_the_same_page_the_guid_counts(self, store):
        home = {"url": f"{SITE}/live"}
        added = known(store, entry(1, **home), entry(2, **home))

        taken = store.feeds.take(added, listing(*(entry(n, **home) for n in (3, 1, 2))), LATER)

        assert taken == Taken(new=1, known=2)

    def test_an_address_that_was_shared_once_never_tells_articles_apart(self, store):
        home = {"url": f"{SITE}/live"}
        added = known(store, entry(1, **home), entry(2, **home))

        third = store.feeds.take(added, listing(entry(3, **home)), LATER)
        fourth = store.feeds.take(added, listing(entry(4, **home)), LATER)

        assert (third, fourth) == (Taken(new=1), Taken(new=1))
        assert len(set(identities(store))) == 2

    @pytest.mark.parametrize("path", ["", "/", "/feed"])
    def test_the_address_of_the_site_is_that_of_no_article(self, store, path):
        added = known(store, entry(1, url=f"{SITE}{path}"))
        second = entry(2, url=f"{SITE}{path}", text=OTHER)

        taken = store.feeds.take(added, listing(second), LATER)

        assert taken == Taken(new=1)

    def test_where_all_have_the_same_guid_the_address_counts(self, store):
        added = known(store, entry(1, guid="0"), entry(2, guid="0"))

        taken = store.feeds.take(added, listing(*(entry(n, guid="0") for n in (3, 2, 1))), LATER)

        assert taken == Taken(new=1, known=2)

    def test_where_there_is_neither_the_words_count(self, store):
        bare = {"guid": "", "url": ""}
        added = known(store, entry(1, **bare), entry(2, **bare))

        taken = store.feeds.take(added, listing(*(entry(n, **bare) for n in (3, 2, 1))), LATER)

        assert taken == Taken(new=1, known=2)

    def test_short_words_tell_nothing(self, store):
        added = known(store, entry(1, title="Weather", text=""))

        taken = store.feeds.take(added, listing(entry(2, title="Weather", text="")), LATER)

        assert taken.new == 1

    def test_two_feeds_of_a_scope_bring_an_article_once_and_the_first_one_revises_it(self, store):
        first = known(store, 1)
        second = known(store, 9, url=f"{SITE}/other")
        store.feeds.take(first, listing(2, 1), LATER)
        (brought,) = identities(store)
        settle(store)
        theirs = entry(2, guid="theirs", text=OTHER)

        copied = store.feeds.take(second, listing(theirs, 9), LATER)
        edited = store.feeds.take(second, listing(replace(theirs, text=OTHER * 2), 9), LATER)
        revised = store.feeds.take(first, listing(entry(2, text=OTHER * 3), 1), LATER)

        assert copied == edited == Taken(known=2)
        assert revised == Taken(changed=1, known=1)
        assert identities(store) == [brought]

    def test_once_the_first_feed_is_gone_the_second_one_revises_it(self, store):
        first = known(store, 1)
        second = known(store, 9, url=f"{SITE}/other")
        store.feeds.take(first, listing(2, 1), LATER)
        (brought,) = identities(store)
        store.feeds.take(second, listing(2, 9), LATER)
        store.feeds.remove(PUBLIC, first.id)

        same = store.feeds.take(second, listing(2, 9), LATER)
        edited = store.feeds.take(second, listing(entry(2, text=OTHER), 9), LATER)

        assert (same, edited) == (Taken(known=2), Taken(changed=1, known=1))
        assert identities(store) == [brought]

    def test_copies_elsewhere_are_documents_of_their_own(self, store):
        first = known(store, 1)
        second = known(store, 9, url="https://paper.example/feed")
        store.feeds.take(first, listing(2, 1), LATER)
        copy = entry(2, url="https://paper.example/wire/2")

        assert store.feeds.take(second, listing(copy, 9), LATER).new == 1
        assert len(set(identities(store))) == 2

    def test_scopes_know_nothing_of_each_other(self, store):
        known(store, 2, 1, scope=GUILD_A)
        theirs = known(store, 1, scope=GUILD_B)

        assert store.feeds.take(theirs, listing(2, 1), LATER) == Taken(new=1, known=1)

    def test_a_feed_that_is_added_again_brings_the_same_documents(self, store):
        added = store.feeds.add(feed(), NOON)
        store.feeds.take(added, listing(2, entry(1, url="")), NOON)
        before = identities(store)
        store.feeds.remove(PUBLIC, added.id)

        store.feeds.take(store.feeds.add(feed(), LATER), listing(2, entry(1, url="")), LATER)

        assert identities(store) == before


class TestCanary:
    """Feeds of which most turns new at once."""

    def test_old_articles_that_nobody_saw_are_held(self, store):
        added = known(store)
        old = [entry(-n) for n in range(11)]

        taken = store.feeds.take(added, listing(*old, *range(20, 11, -1)), LATER)

        assert taken == Taken(held=11, known=9)
        assert store.intake.waiting(PUBLIC) == 0

    def test_as_many_that_are_newer_are_news(self, store):
        added = known(store)
        new = [entry(n) for n in range(40, 20, -1)]

        assert store.feeds.take(added, listing(*new), LATER) == Taken(new=20)

    def test_a_few_old_ones_are_taken(self, store):
        added = known(store)

        few = store.feeds.take(added, listing(*(entry(-n) for n in range(4))), LATER)
        half = store.feeds.take(
            added, listing(*(entry(-n) for n in range(4, 13)), *range(9)), LATER
        )

        assert (few.new, half.new, half.held) == (4, 9, 0)

    def undated(self, *numbers: int) -> list[Entry]:
        return [entry(n, published=None) for n in numbers]

    def test_articles_without_dates_are_old_where_nothing_is_known(self, store):
        added = known(store, *self.undated(*range(20)))

        taken = store.feeds.take(added, listing(*self.undated(*range(100, 120))), LATER)

        assert taken == Taken(held=20)

    def test_articles_without_dates_are_news_before_what_is_known_and_old_behind_it(self, store):
        added = known(store, *self.undated(9, 8, 7))

        before = store.feeds.take(added, listing(*self.undated(*range(20, 8, -1))), LATER)
        behind = store.feeds.take(added, listing(*self.undated(20, 19, *range(6))), LATER)

        assert before == Taken(new=11, known=1)
        assert behind == Taken(held=6, known=2)

    def test_articles_that_only_have_a_day_are_news_on_it(self, store):
        today = NOON.replace(hour=0)
        day = {"published": today}
        added = known(store, *(entry(n, **day) for n in range(8)))

        same = store.feeds.take(added, listing(*(entry(n, **day) for n in range(8, 16))), LATER)
        before = [entry(n, published=today - DAY) for n in range(30, 40)]

        assert same == Taken(new=8)
        assert store.feeds.take(added, listing(*before), LATER).held == 10

    @pytest.mark.parametrize(("as_new", "taken"), [(True, Taken(new=6)), (False, Taken(backlog=6))])
    def test_what_is_held_is_taken_once_somebody_says_how(self, store, as_new, taken):
        added = known(store)
        old = listing(*(entry(-n) for n in range(6)))
        assert store.feeds.take(added, old, LATER).held == 6
        store.feeds.save(replace(added, condition=Condition.HELD, next_at=LATER + DAY))

        store.feeds.accept(PUBLIC, added.id, LATER, as_new=as_new)

        (claimed,) = store.feeds.claim(LATER, until=LATER + HOUR)
        assert store.feeds.take(claimed, old, LATER) == taken
        assert store.feeds.take(claimed, old, LATER) == Taken(known=6)

    def test_nothing_is_accepted_of_a_feed_that_is_not_held(self, store):
        added = known(store)

        with pytest.raises(UsageError, match="is not held: there is nothing to accept"):
            store.feeds.accept(PUBLIC, added.id, LATER, as_new=True)

    def test_a_feed_that_is_as_it_was_before_is_let_go_and_only_its_news_are_news(self, store):
        added = known(store)
        store.feeds.save(replace(added, condition=Condition.HELD))
        late = [entry(-1), entry(21), *range(20, 10, -1)]

        taken = store.feeds.take(again(store, added), listing(*late), LATER)

        assert taken == Taken(new=1, known=10, backlog=1)


class TestBounds:
    """Feeds that are too large, too quick, or never still."""

    def test_of_a_listing_without_end_the_first_five_thousand_are_looked_at(self, store):
        added = store.feeds.add(feed(), NOON)
        endless = [Entry(guid=f"{n}", text=f"{n}") for n in range(20_000)]

        taken = store.feeds.take(added, listing(*endless), NOON)

        assert taken == Taken(backlog=500, known=4_500)
        assert store.feeds.take(added, listing(*endless), NOON) == Taken(known=5_000)

    def test_of_what_a_feed_held_the_newest_are_in_the_library_and_the_rest_is_no_news_later(
        self, store, monkeypatch
    ):
        monkeypatch.setattr(judging, "BACKLOG", 3)
        added = store.feeds.add(feed(backfill=1), NOON)
        held = listing(*range(1, 9))

        first = store.feeds.take(added, held, NOON)

        assert first == Taken(new=1, backlog=3, known=4)
        assert sorted(settle(store)) == ["Article 5", "Article 6", "Article 7", "Article 8"]
        assert store.feeds.take(added, held, LATER) == Taken(known=8)
        edited = listing(entry(1, text=OTHER), *range(2, 9))
        assert store.feeds.take(added, edited, LATER).changed == 1
        assert [each.backlog for each in store.intake.batch(9)] == [True]

    def test_no_more_new_articles_are_taken_in_a_day_than_a_thousand_and_the_rest_later(
        self, store, monkeypatch
    ):
        monkeypatch.setattr(judging, "DAILY", 3)
        added = known(store, 1)
        five = listing(*(entry(n) for n in range(6, 0, -1)))

        first = store.feeds.take(added, five, LATER)
        same_day = store.feeds.take(added, five, LATER + HOUR)
        next_day = store.feeds.take(added, five, LATER + DAY)

        assert first == Taken(new=3, known=1, later=2)
        assert same_day == Taken(known=4, later=2)
        assert next_day == Taken(new=2, known=4)
        assert settle(store)[:3] == ["Article 4", "Article 5", "Article 6"]

    def test_all_feeds_of_a_server_have_a_bound_together_and_the_operators_have_none(
        self, store, monkeypatch
    ):
        monkeypatch.setattr(judging, "TOGETHER", 3)
        told = listing(3, 2, 1)
        others = listing(*(entry(n, url=f"https://other.example/{n}") for n in (3, 2, 1)))
        found = {}
        for scope in (PUBLIC, GUILD_A, GUILD_B):
            one = known(store, 9, scope=scope)
            two = known(store, 9, scope=scope, url="https://other.example/feed")
            found[scope] = [(one, told), (two, others)]

        taken = {
            scope: [store.feeds.take(each, what, LATER).new for each, what in feeds]
            for scope, feeds in found.items()
        }
        one, two = (store.feeds.take(*each, LATER + HOUR) for each in found[GUILD_A])
        again_, rest = (store.feeds.take(*each, LATER + DAY) for each in found[GUILD_A])

        assert taken == {PUBLIC: [3, 3], GUILD_A: [3, 0], GUILD_B: [3, 0]}
        assert (one, two) == (Taken(known=3), Taken(later=3))
        assert (again_, rest) == (Taken(known=3), Taken(new=3))

    def test_all_that_is_accepted_is_taken_though_it_takes_days(self, store, monkeypatch):
        monkeypatch.setattr(judging, "DAILY", 4)
        added = known(store)
        old = listing(*(entry(-n) for n in range(10)))
        store.feeds.save(replace(added, condition=Condition.HELD))
        store.feeds.accept(PUBLIC, added.id, LATER, as_new=True)
        held = again(store, added)

        days = [store.feeds.take(held, old, LATER + n * DAY) for n in range(4)]

        assert [each.new for each in days] == [4, 4, 2, 0]
        assert [each.held for each in days] == [0, 0, 0, 0]

    def test_an_article_that_flaps_has_three_revisions_a_day_and_ends_with_its_newest_words(
        self, store
    ):
        added = known(store, 2, 1)
        one, two = entry(1, text=OTHER), entry(1)
        versions = [one, two] * 20

        taken = [
            store.feeds.take(added, listing(2, version), LATER + n * HOUR / 4)
            for n, version in enumerate([*versions, one])
        ]
        settled = store.feeds.take(added, listing(2, two), LATER + DAY)

        assert sum(each.changed for each in taken) == 3
        assert all(each.later == 0 or each.changed == 0 for each in taken)
        assert settled.changed == 1
        assert store.feeds.take(added, listing(2, two), LATER + DAY + HOUR).later == 0

    def test_what_is_remembered_of_a_feed_is_bounded_and_longer_than_its_longest_listing(
        self, store
    ):
        added = known(store, *range(150, 0, -1))

        for start in range(10, 2000, 150):
            now = NOON + start * HOUR
            newer = [entry(n, published=now) for n in range(150 + start + 150, 150 + start, -1)]
            store.feeds.take(added, listing(*newer), now)

        assert 300 <= rows(store) <= 375
        assert store.feeds.take(added, listing(*newer), now) == Taken(known=150)

    def test_an_article_that_stays_is_never_forgotten(self, store):
        pinned = entry(1)
        added = known(store, pinned)

        for start in range(0, 3000, 100):
            now = NOON + start * HOUR
            newer = [entry(n + 10, published=now) for n in range(start + 100, start, -1)]
            taken = store.feeds.take(added, listing(pinned, *newer), now)

        assert taken == Taken(new=100, known=1)
        assert rows(store) <= 375

    def test_guids_and_addresses_that_differ_each_time_bring_nothing_and_leave_nothing(self, store):
        added = known(store)

        for turn in range(30):
            odd = [entry(n, guid=f"{turn} {n}", url=f"{SITE}/{turn}/{n}") for n in range(20, 0, -1)]
            assert store.feeds.take(added, listing(*odd), LATER) == Taken(known=20)

        assert rows(store) == 20

    def test_a_clock_that_goes_back_or_far_ahead_loses_nothing_and_repeats_nothing(self, store):
        added = known(store, 2, 1)

        ahead = store.feeds.take(added, listing(3, 2, 1), NOON + 3650 * DAY)
        back = store.feeds.take(added, listing(4, entry(3, text=OTHER), 2, 1), NOON - 3650 * DAY)
        now = store.feeds.take(added, listing(5, entry(4, text=OTHER), 3, 2, 1), LATER)

        assert (ahead.new, back.new, now.new) == (1, 1, 1)
        assert (back.changed, now.changed) == (1, 2)

    def test_a_date_to_come_does_not_make_all_after_it_look_old(self, store):
        added = known(store, entry(1, published=NOON + 900 * DAY), *range(20, 1, -1))
        new = [entry(n) for n in range(120, 100, -1)]

        assert store.feeds.take(added, listing(*new), NOON + 30 * HOUR).new == 20

    @pytest.mark.parametrize(
        "published",
        [
            datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
            datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))),
        ],
    )
    def test_no_date_is_too_far_off(self, store, published):
        odd = entry(1, published=published)
        added = store.feeds.add(feed(), NOON)

        assert store.feeds.take(added, listing(odd), NOON) == Taken(backlog=1)
        assert store.feeds.take(added, listing(odd), LATER) == Taken(known=1)

    def test_odd_letters_do_not_matter(self, store):
        added = store.feeds.add(feed(), NOON)
        half = "\ud83d"
        odd = Entry(guid=half, url="http://[", title=f"\0{half}\u202e", text=f"{half}\0 x" * 40)

        taken = store.feeds.take(added, listing(odd, Entry(), Entry(title="x")), NOON)

        assert taken.backlog == 3
        assert store.feeds.take(added, listing(odd, Entry(), Entry(title="x")), NOON).known == 3


def test_an_article_without_words_is_refused_with_the_remedy_unless_its_page_is_read(store):
    bare = entry(1, text=" \n")
    plain = store.feeds.add(feed("Plain"), NOON)
    full = store.feeds.add(feed("Full", url=f"{SITE}/full", full_text=True, scope=GUILD_A), NOON)

    store.feeds.take(plain, listing(bare), NOON)
    store.feeds.take(full, listing(bare), NOON)

    (refused,) = store.intake.refused(PUBLIC)
    assert "turn `full_text` on" in refused.reason
    assert store.intake.batch(9) == ()
    (waiting,) = store.intake.pages(9, NOON)
    assert (waiting.page, waiting.scope) == (bare.url, GUILD_A)


def test_a_feed_that_is_gone_takes_nothing(store):
    added = store.feeds.add(feed(), NOON)
    store.feeds.remove(PUBLIC, added.id)

    assert store.feeds.take(added, listing(1), NOON) == Taken()


def test_a_failure_in_the_middle_leaves_nothing_behind(store, monkeypatch):
    added = known(store, 1)
    monkeypatch.setattr(intake, "put", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.feeds.take(added, listing(2, 1), LATER)
    monkeypatch.undo()

    assert store.feeds.take(added, listing(2, 1), LATER) == Taken(new=1, known=1)


numbers = st.lists(st.integers(0, 30), max_size=8)


@settings(deadline=None, max_examples=60)
@given(parts=st.lists(numbers, max_size=6), backfill=st.integers(0, 3))
def test_in_any_order_and_any_parts_each_article_is_taken_once(tmp_path_factory, parts, backfill):
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('s') / 'a.db'}") as store:
        added = store.feeds.add(feed(backfill=backfill), NOON)
        first = store.feeds.take(added, listing(99), NOON)
        for turn, part in enumerate(parts):
            now = NOON + turn * HOUR
            dated = [entry(n, published=NOON + (n + 1) * DAY / 50) for n in part]
            store.feeds.take(added, listing(*dated), now)
            assert store.feeds.take(added, listing(*dated), now).fresh == 0

        found = settle(store)

    every = {f"Article {n}" for part in parts for n in part}
    assert sorted(found) == sorted({"Article 99", *every})
    assert (first.new, first.backlog) == (min(1, backfill), 1 - min(1, backfill))


class CrashError(Exception):
    """The process is gone."""


class Reader:
    """Asks, takes, reads and saves, and is killed after so many calls of the store."""

    def __init__(self, store, crash: int) -> None:
        self.store = store
        self.library: dict[str, list[str]] = {}
        self._left = crash

    def turn(self, entries, now) -> None:
        (claimed,) = self.store.feeds.claim(now, until=now)
        self._count(self.store.feeds.take(claimed, listing(*entries), now))
        for each in self.store.intake.batch(99):
            self._keep(each.identity, json.loads(each.data)["text"])
            self._count(self.store.intake.settle([each.id]))
        self._count(self.store.feeds.save(replace(claimed, next_at=now)))

    def _keep(self, identity: str, text: str) -> None:
        """Do as the library does: the same words again are no revision."""
        versions = self.library.setdefault(identity, [])
        if versions[-1:] != [text]:
            versions.append(text)
        self._count(None)

    def _count(self, done) -> None:
        del done
        self._left -= 1
        if self._left == 0:
            raise CrashError


def versions_of(listings) -> list[list[int]]:
    """Return which versions each article has had, one after the other."""
    found: dict[int, list[int]] = {}
    for told in listings:
        for number, version in told.items():
            if found.setdefault(number, [])[-1:] != [version]:
                found[number].append(version)
    return sorted(found.values())


@settings(deadline=None, max_examples=60)
@given(
    listings=st.lists(
        st.dictionaries(st.integers(0, 6), st.integers(0, 2), max_size=5), max_size=6
    ),
    crash=st.integers(1, 30),
)
def test_whoever_crashes_between_two_calls_loses_nothing_and_repeats_nothing(
    tmp_path_factory, listings, crash
):
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('s') / 'a.db'}") as store:
        reader = Reader(store, crash)
        store.feeds.add(feed(), NOON)
        for turn, told in enumerate(listings):
            entries = [entry(n, text=f"{entry(n).text} {v}") for n, v in told.items()]
            try:
                reader.turn(entries, NOON + turn * DAY)
            except CrashError:
                reader.turn(entries, NOON + turn * DAY)

    read = sorted([int(words[-1]) for words in each] for each in reader.library.values())
    assert read == versions_of(listings)


def test_a_damaged_row_of_what_was_listed_does_no_harm(store):
    added = known(store, 2, 1)
    with store._database.write() as connection:
        connection.execute(update(tables.entry).values(digest="nonsense", revised=None))

    assert store.feeds.take(added, listing(2, 1), LATER) == Taken(changed=2)
