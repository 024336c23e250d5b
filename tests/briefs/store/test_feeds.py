"""Feeds: kept, found, changed, brought in line with config.toml, and claimed when they are due."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from briefs.errors import NotFoundError, UsageError
from briefs.model import PUBLIC, Condition, FeedId, Health, Problem
from briefs.store import open_store, tables
from briefs.store.feeds import GONE, adding
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON
from tests.briefs.store.sources import LATER, SITE, again, feed, known, listing, settle

UNTIL = NOON + 2 * HOUR


def names(found) -> list[str]:
    return [each.name for each in found]


def many(count: int, **wanted):
    return [feed(f"feed {n:04}", url=f"https://f{n}.example/rss", **wanted) for n in range(count)]


def test_a_feed_is_kept_as_it_was_wanted(store):
    wanted = feed(
        "Town",
        scope=GUILD_A,
        headers=(("Authorization", "Bearer x"), ("X-Key", "y")),
        full_text=True,
        interval=30,
        backfill=3,
        origin="line",
    )

    added = store.feeds.add(wanted, NOON)

    assert added.id
    assert store.feeds.get(GUILD_A, added.id) == added
    assert replace(added, id=FeedId(0), created=None, next_at=None) == wanted
    assert (added.created, added.next_at, added.condition) == (NOON, NOON, Condition.NEW)


def test_the_secrets_of_a_feed_are_not_in_what_is_logged_of_it(store):
    added = store.feeds.add(feed(headers=(("Authorization", "Bearer s3cret"),)), NOON)

    assert "s3cret" not in repr(added)


@pytest.mark.parametrize(
    "same",
    [
        f"{SITE}/feed",
        f"{SITE}/feed/",
        "http://www.news.example.org/feed#top",
        f"{SITE}/feed?utm_source=us",
    ],
)
def test_an_address_is_read_once_in_a_scope_however_it_is_written(store, same):
    store.feeds.add(feed("Town"), NOON)

    with pytest.raises(UsageError, match="“Town” reads that address already"):
        store.feeds.add(feed("Other", url=same), NOON)


def test_two_scopes_may_read_the_same_address_under_the_same_name(store):
    for scope in (PUBLIC, GUILD_A, GUILD_B):
        store.feeds.add(feed("Town", scope=scope), NOON)

    assert names(store.feeds.list(GUILD_A)) == ["Town", "Town"]


def test_a_feed_without_a_name_gets_its_title_or_else_its_host_and_never_one_that_is_taken(store):
    titled = [feed(url=f"{SITE}/{n}", title=" The \n Example ") for n in range(3)]
    hosted = [feed(url=f"{SITE}/b{n}") for n in range(2)]

    added = [store.feeds.add(each, NOON) for each in (*titled, *hosted)]

    assert names(added) == [
        "The Example",
        "The Example 2",
        "The Example 3",
        "news.example.org",
        "news.example.org 2",
    ]


def test_a_name_that_is_given_is_not_changed_but_refused_when_it_is_taken(store):
    store.feeds.add(feed("Town"), NOON)

    with pytest.raises(UsageError, match="a feed “TOWN” already: give another name"):
        store.feeds.add(feed("TOWN", url=f"{SITE}/other"), NOON)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"url": "ftp://example.org/feed"}, "no address of a feed"),
        ({"url": "javascript:alert(1)"}, "no address of a feed"),
        ({"url": "https://"}, "no address of a feed"),
        ({"url": "https://user:secret@example.org/"}, "give it as a header"),
        ({"url": f"https://example.org/{'a' * 3000}"}, "give a shorter one"),
        ({"interval": 4}, "give 5 to 1,440"),
        ({"interval": -1}, "give 5 to 1,440"),
        ({"interval": 1441}, "give 5 to 1,440"),
        ({"backfill": 101}, "give 0 to 100"),
        ({"backfill": -1}, "give 0 to 100"),
        ({"headers": (("Host", "x"),)}, "“Host” cannot be sent"),
        ({"headers": (("X\r\nY", "x"),)}, "cannot be sent"),
        ({"headers": (("X", "x\r\nHost: y"),)}, "one line of plain letters"),
        ({"headers": (("X", ""),)}, "one line of plain letters"),
        ({"headers": (("X", "x" * 5000),)}, "one line of plain letters"),
        ({"headers": tuple((f"X{n}", "x") for n in range(11))}, "give 10 at the most"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence_with_the_remedy(store, wanted, why):
    with pytest.raises(UsageError, match=why) as caught:
        store.feeds.add(feed(**wanted), NOON)

    assert str(caught.value).count(". ") == 0
    assert store.feeds.list(PUBLIC) == ()


def test_a_server_has_a_thousand_feeds_at_the_most_and_the_operator_as_many_as_he_likes(
    store, monkeypatch
):
    monkeypatch.setattr(adding, "MOST", 3)

    theirs = store.feeds.add_many(many(5, scope=GUILD_A), NOON)
    ours = store.feeds.add_many(many(5, origin="line"), NOON)

    assert (len(theirs.added), len(theirs.refused), len(ours.added)) == (3, 2, 5)
    assert "which is the most: remove one first" in theirs.refused[0][1]


def test_of_many_feeds_those_are_added_that_can_be_and_the_others_are_named(store):
    store.feeds.add(feed("Town"), NOON)
    wanted = [feed("Town 2"), feed("New", url=f"{SITE}/new"), feed("Bad", url="nowhere")]

    added = store.feeds.add_many(wanted, NOON)

    assert names(added.added) == ["New"]
    assert [(each.name, why.split(":")[0]) for each, why in added.refused] == [
        ("Town 2", "“Town” reads that address already"),
        ("Bad", "“nowhere” is no address of a feed"),
    ]


def test_a_feed_is_found_by_its_name_or_its_address_the_own_one_first(store):
    public = store.feeds.add(feed("Town"), NOON)
    own = store.feeds.add(feed("town", scope=GUILD_A), NOON)

    assert store.feeds.named(GUILD_A, " TOWN ") == own
    assert store.feeds.named(GUILD_B, "town") == public
    assert store.feeds.named(GUILD_A, f"{SITE}/feed?utm_medium=x") == own


def test_a_name_that_is_not_there_is_answered_with_names_near_it(store):
    store.feeds.add(feed("Town Council"), NOON)
    store.feeds.add(feed("Secret Town Council", scope=GUILD_B), NOON)

    with pytest.raises(NotFoundError) as caught:
        store.feeds.named(GUILD_A, "Town Counsel")

    assert str(caught.value) == (
        "There is no feed called “Town Counsel”. Did you mean Town Council?"
    )


def test_names_are_completed_by_their_beginning_and_then_by_that_of_a_word(store):
    for number, name in enumerate(["Zeitung", "Die Zeit", "zebra", "%_"]):
        store.feeds.add(feed(name, url=f"{SITE}/{number}"), NOON)

    assert store.feeds.by_prefix(GUILD_A, "ZE") == ("zebra", "Zeitung", "Die Zeit")
    assert store.feeds.by_prefix(GUILD_A, "%") == ("%_",)
    assert len(store.feeds.by_prefix(GUILD_A, "")) == 4
    assert len(store.feeds.by_prefix(GUILD_A, "", limit=2)) == 2


def test_an_edited_feed_is_asked_anew_and_keeps_what_it_has_listed(store):
    added = known(store, 3, 2, 1)
    store.feeds.save(replace(added, etag="e", last_modified="l", digest="d", next_at=UNTIL))

    edited = store.feeds.edit(replace(added, url=f"{SITE}/new", full_text=True), LATER)

    assert (edited.url, edited.full_text, edited.name) == (f"{SITE}/new", True, added.name)
    assert (edited.etag, edited.last_modified, edited.digest) == ("", "", "")
    assert edited.next_at == LATER
    assert store.feeds.take(edited, listing(4, 3, 2, 1), LATER).new == 1


def test_an_edit_that_makes_a_feed_another_one_is_refused(store):
    store.feeds.add(feed("One"), NOON)
    two = store.feeds.add(feed("Two", url=f"{SITE}/two"), NOON)

    with pytest.raises(UsageError, match="“One” reads that address already"):
        store.feeds.edit(replace(two, url=f"{SITE}/feed"), NOON)
    with pytest.raises(UsageError, match="a feed “one” already"):
        store.feeds.edit(replace(two, name="one"), NOON)
    assert store.feeds.edit(replace(two, name="TWO"), NOON).name == "TWO"


def test_a_feed_that_is_removed_takes_what_waits_with_it_and_may_be_added_again(store):
    added = store.feeds.add(feed(), NOON)
    store.feeds.take(added, listing(2, 1), NOON)

    removed = store.feeds.remove(PUBLIC, added.id)

    assert removed.name == added.name
    assert store.intake.waiting(PUBLIC) == 0
    assert store.feeds.list(PUBLIC) == ()
    assert store.feeds.add(feed(), NOON).id != added.id


@pytest.mark.parametrize("what", ["remove", "pause", "resume", "refresh", "accept"])
def test_nobody_changes_what_is_of_another_scope(store, what):
    public = store.feeds.add(feed(), NOON)
    more = {"remove": (), "pause": ("why",)}.get(what, (NOON,))
    wanted = {"as_new": True} if what == "accept" else {}

    for scope in (GUILD_A, GUILD_B):
        with pytest.raises(NotFoundError):
            getattr(store.feeds, what)(scope, public.id, *more, **wanted)

    assert again(store, public) == public


def test_a_feed_of_another_scope_cannot_be_edited(store):
    own = store.feeds.add(feed(scope=GUILD_A), NOON)

    with pytest.raises(NotFoundError):
        store.feeds.edit(replace(own, scope=GUILD_B, name="Taken"), NOON)

    assert again(store, own) == own


def test_a_paused_feed_is_not_asked_and_says_so_until_it_is_resumed(store):
    added = known(store)
    store.feeds.save(replace(added, condition=Condition.OK, next_at=NOON))
    store.feeds.pause(PUBLIC, added.id, "too loud")

    paused = again(store, added)
    claimed = store.feeds.claim(LATER, until=UNTIL)
    store.feeds.resume(PUBLIC, added.id, LATER)

    assert (paused.paused, paused.condition) == ("too loud", Condition.PAUSED)
    assert claimed == ()
    assert (again(store, added).condition, again(store, added).next_at) == (Condition.OK, LATER)


def test_what_somebody_changes_while_a_feed_is_asked_is_not_written_over(store):
    store.feeds.add(feed(), NOON)
    (claimed,) = store.feeds.claim(NOON, until=UNTIL)
    store.feeds.edit(replace(claimed, name="Changed"), LATER)

    taken = store.feeds.take(claimed, listing(1), LATER)
    saved = store.feeds.save(replace(claimed, etag="old", next_at=UNTIL))

    assert (saved, taken.backlog) == (False, 0)
    now = again(store, claimed)
    assert (now.name, now.etag, now.next_at) == ("Changed", "", LATER)


def test_a_feed_that_moved_stays_where_it_was_if_another_one_is_there(store):
    one = store.feeds.add(feed("One"), NOON)
    two = store.feeds.add(feed("Two", url=f"{SITE}/two"), NOON)

    assert store.feeds.save(replace(two, url=one.url, etag="e"))
    assert store.feeds.save(replace(one, url=f"{SITE}/moved"))

    assert (again(store, two).url, again(store, two).etag) == (two.url, "e")
    assert again(store, one).url == f"{SITE}/moved"


def test_only_feeds_that_are_due_are_claimed_the_longest_due_first_and_each_once(store):
    added = store.feeds.add_many(many(4), NOON).added
    for each, hours in zip(added, (3, 1, 2, 9), strict=True):
        store.feeds.save(replace(each, next_at=NOON + hours * HOUR))

    first = store.feeds.claim(NOON + 4 * HOUR, until=NOON + 5 * HOUR, limit=2)
    second = store.feeds.claim(NOON + 4 * HOUR, until=NOON + 5 * HOUR)
    third = store.feeds.claim(NOON + 4 * HOUR, until=NOON + 5 * HOUR)

    assert names(first) == ["feed 0001", "feed 0002"]
    assert names(second) == ["feed 0000"]
    assert third == ()
    assert {each.next_at for each in first} == {NOON + 5 * HOUR}


def test_a_claim_that_nobody_saved_ends_by_itself(store):
    store.feeds.add(feed(), NOON)
    store.feeds.claim(NOON, until=UNTIL)

    assert len(store.feeds.claim(UNTIL, until=UNTIL + HOUR)) == 1


def test_a_clock_that_was_years_ahead_does_not_put_a_feed_to_sleep(store):
    added = store.feeds.add(feed(), NOON)
    store.feeds.save(replace(added, next_at=NOON + timedelta(days=3650)))

    assert names(store.feeds.claim(NOON, until=UNTIL)) == [added.name]


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_several_processes_share_what_is_due(store, url):
    store.feeds.add_many(many(200, origin="line"), NOON)
    with ExitStack() as stack, ThreadPoolExecutor(4) as pool:
        others = [stack.enter_context(open_store(url)) for _ in range(4)]
        jobs = [
            pool.submit(other.feeds.claim, NOON, until=UNTIL, limit=20)
            for _ in range(5)
            for other in others
        ]
        claimed = [each.id for job in jobs for each in job.result()]
        claimed += [each.id for each in store.feeds.claim(NOON, until=UNTIL)]

    assert len(claimed) == len(set(claimed)) == 200


def test_what_was_seen_of_a_feed_is_kept(store):
    added = store.feeds.add(feed(), NOON)
    ill = replace(
        added,
        condition=Condition.ILL,
        problem=Problem.BLOCKED,
        detail="Cloudflare does not let the bot in.",
        failures=7,
        ill_since=NOON,
        checked=LATER,
        changed=NOON,
        succeeded=NOON,
        next_at=UNTIL,
        pace=90,
        etag='W/"1"',
        last_modified="yesterday",
        digest="d",
        listed=20,
        title="The Example",
        home=SITE,
    )

    assert store.feeds.save(ill)

    assert again(store, added) == ill
    assert store.feeds.ill(PUBLIC) == (ill,)


def test_what_a_site_says_of_itself_is_cut_and_whole_letters(store):
    added = store.feeds.add(feed(title="\ud83d\0 Town"), NOON)

    assert store.feeds.save(replace(added, title="\ud83d" * 9_000, etag="\udfff", detail="\0"))

    now = again(store, added)
    assert (now.name, now.title, now.etag) == ("Town", "?" * 2_000, "?")


def test_a_row_that_somebody_damaged_does_not_stop_the_others(store):
    good, bad, odd = store.feeds.add_many(many(3), NOON).added
    with store._database.write() as connection:
        spoil = update(tables.feed)
        connection.execute(spoil.where(tables.feed.c.id == bad.id).values(headers="nonsense"))
        future = {"condition": "singing", "problem": "hiccups"}
        connection.execute(spoil.where(tables.feed.c.id == odd.id).values(future))

    found = store.feeds.list(PUBLIC)

    assert names(found) == [good.name, odd.name]
    assert (found[1].condition, found[1].problem) == (Condition.NEW, None)


def test_health_counts_what_a_scope_sees(store):
    ok = known(store, scope=GUILD_A)
    store.feeds.save(replace(ok, condition=Condition.OK))
    for scope in (PUBLIC, GUILD_B):
        other = store.feeds.add(feed(scope=scope, url=f"{SITE}/x"), NOON)
        store.feeds.take(other, listing(5, 4), NOON)
    waiting = store.intake.batch(1)[0]
    store.intake.refuse(waiting.id, "no text", NOON)

    health = store.feeds.health(GUILD_A)

    assert health == Health(
        feeds=2, ok=1, new=1, empty=0, ill=0, held=0, paused=0, waiting=1, refused=1
    )
    assert store.feeds.totals().feeds == 3
    assert store.feeds.totals().waiting == 3


class TestSync:
    """Feeds of config.toml."""

    def test_what_is_new_is_made_what_differs_is_changed_what_is_gone_is_paused(self, store):
        first = [feed("One"), feed("Two", url=f"{SITE}/two"), feed("Three", url=f"{SITE}/three")]
        store.feeds.sync(first, NOON)
        second = [feed("One"), feed("Two", url=f"{SITE}/2", interval=30)]

        done = store.feeds.sync(second, LATER)

        assert done == ((), ("Two",), ("Three",))
        found = {each.name: each for each in store.feeds.list(PUBLIC)}
        assert (found["Two"].url, found["Two"].interval) == (f"{SITE}/2", 30)
        assert found["Three"].paused == GONE
        assert store.feeds.sync(second, LATER) == ((), (), ())

    def test_what_comes_back_is_resumed_and_knows_what_it_has_listed(self, store):
        store.feeds.sync([feed("One")], NOON)
        (one,) = store.feeds.list(PUBLIC)
        store.feeds.take(one, listing(2, 1), NOON)
        settle(store)
        store.feeds.sync([], NOON)

        store.feeds.sync([feed("One")], LATER)

        (back,) = store.feeds.list(PUBLIC)
        assert (back.id, back.paused) == (one.id, "")
        assert store.feeds.take(back, listing(3, 2, 1), LATER).new == 1

    def test_a_new_name_for_an_address_is_a_new_name(self, store):
        store.feeds.sync([feed("One")], NOON)
        (one,) = store.feeds.list(PUBLIC)

        assert store.feeds.sync([feed("Uno")], LATER) == ((), ("Uno",), ())

        assert [(each.id, each.name) for each in store.feeds.list(PUBLIC)] == [(one.id, "Uno")]

    def test_two_feeds_may_change_their_names_or_their_addresses_among_themselves(self, store):
        other = f"{SITE}/two"
        store.feeds.sync([feed("One"), feed("Two", url=other)], NOON)
        before = {each.url: each.id for each in store.feeds.list(PUBLIC)}

        store.feeds.sync([feed("Two"), feed("One", url=other)], LATER)

        after = {each.url: (each.id, each.name) for each in store.feeds.list(PUBLIC)}
        assert after[f"{SITE}/feed"] == (before[f"{SITE}/feed"], "Two")
        assert after[other] == (before[other], "One")

    @pytest.mark.parametrize("name", ["One", "Other"])
    def test_a_file_that_names_an_address_twice_is_refused_and_changes_nothing(self, store, name):
        store.feeds.sync([feed("One")], NOON)
        before = store.feeds.list(PUBLIC)

        with pytest.raises(UsageError, match="reads that address already"):
            store.feeds.sync([feed("One"), feed(name)], LATER)

        assert store.feeds.list(PUBLIC) == before

    def test_a_feed_that_is_given_the_address_of_another_is_refused(self, store):
        two = feed("Two", url=f"{SITE}/two")
        store.feeds.sync([feed("One"), two], NOON)

        with pytest.raises(UsageError, match="“One” and “Two” read one address: remove one"):
            store.feeds.sync([two, replace(two, name="One")], LATER)

        assert names(store.feeds.list(PUBLIC)) == ["One", "Two"]

    def test_a_feed_that_was_added_in_discord_becomes_the_files(self, store):
        added = store.feeds.add(feed("Town"), NOON)

        store.feeds.sync([feed("Town Hall", interval=15)], LATER)

        (now,) = store.feeds.list(PUBLIC)
        assert (now.id, now.name, now.origin, now.interval) == (added.id, "Town Hall", "file", 15)

    def test_a_name_that_another_feed_has_is_a_mistake_in_the_file(self, store):
        store.feeds.add(feed("Town"), NOON)

        with pytest.raises(UsageError, match="a feed “Town” already: give another name"):
            store.feeds.sync([feed("Town", url=f"{SITE}/other")], NOON)

    def test_what_stands_in_the_file_is_changed_there(self, store):
        store.feeds.sync([feed("One")], NOON)
        (one,) = store.feeds.list(PUBLIC)

        with pytest.raises(UsageError, match=r"“One” stands in config.toml: change it there"):
            store.feeds.edit(replace(one, interval=60), NOON)
        with pytest.raises(UsageError, match=r"“One” stands in config.toml: change it there"):
            store.feeds.remove(PUBLIC, one.id)
        store.feeds.sync([], NOON)
        assert store.feeds.remove(PUBLIC, one.id).name == "One"

    def test_a_pause_by_hand_stays(self, store):
        store.feeds.sync([feed("One")], NOON)
        (one,) = store.feeds.list(PUBLIC)
        store.feeds.pause(PUBLIC, one.id, "too loud")

        store.feeds.sync([feed("One", interval=30)], LATER)

        assert store.feeds.list(PUBLIC)[0].paused == "too loud"


def test_the_feeds_of_a_server_that_was_left_rest_until_the_bot_is_back(store):
    store.guilds.joined(GUILD_A, "A", NOON)
    own = store.feeds.add(feed(scope=GUILD_A), NOON)
    tired = store.feeds.add(feed("Tired", scope=GUILD_A, url=f"{SITE}/tired"), NOON)
    store.feeds.pause(GUILD_A, tired.id, "too loud")

    store.guilds.left(GUILD_A, NOON)
    claimed = store.feeds.claim(LATER, until=UNTIL)
    store.guilds.joined(GUILD_A, "A", LATER)

    assert claimed == ()
    assert names(store.feeds.claim(LATER, until=UNTIL)) == [own.name]


def test_all_of_a_server_that_was_left_long_ago_is_gone(store):
    for scope in (GUILD_A, GUILD_B):
        store.guilds.joined(scope, "A server", NOON)
        own = store.feeds.add(feed(scope=scope), NOON)
        store.feeds.take(own, listing(2, 1), NOON)
    store.guilds.left(GUILD_A, NOON)

    store.guilds.purge_left(LATER)

    with store._database.read() as connection:
        for table in (tables.feed, tables.entry, tables.intake):
            left = {row.scope for row in connection.execute(table.select())}
            assert left == {GUILD_B}, table.name
