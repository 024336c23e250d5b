"""Feeds are asked as often as they change, politely, ever less often while they fail, for ever."""

import math
import random
from bisect import bisect
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import polling
from briefs.model import REMEDIES, Condition, Failed, Feed, FeedId, Got, Problem, Unchanged
from briefs.polling import pacing

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEED = Feed(id=FeedId(1), url="https://news.example.org/feed", created=NOON, next_at=NOON)
END = NOON + 30 * DAY
OUTAGES = ((NOON + 3 * DAY, NOON + 3.5 * DAY), (NOON + 20 * DAY, NOON + 20.1 * DAY))
DOWN = Failed(problem=Problem.TIMEOUT, detail="It did not answer.")

outcomes = st.one_of(
    st.builds(
        Got,
        entries=st.integers(0, 9),
        fresh=st.integers(0, 3),
        held=st.booleans(),
        later=st.integers(0, 2),
        max_age=st.integers(-5, 10**9),
        wait=st.integers(-5, 10**9),
        etag=st.sampled_from(["", "e"]),
        moved=st.sampled_from(["", "https://moved.example/feed"]),
    ),
    st.builds(Unchanged, max_age=st.integers(-5, 10**9)),
    st.builds(Failed, problem=st.sampled_from(list(Problem)), retry_after=st.integers(-5, 10**9)),
)


def waits(feed: Feed, outcome, times: int) -> list[float]:
    """Return how many minutes it takes until *feed* is asked again, each time."""
    found, now = [], NOON
    for _ in range(times):
        feed = polling.after(feed, outcome, now)
        found.append((feed.next_at - now) / MINUTE)
        now = feed.next_at
    return found


def steady(feed: Feed = FEED) -> Feed:
    """Return *feed* with a number that is neither early nor late by more than a hundredth."""
    numbers = (FeedId(number) for number in range(1, 999))
    near = (n for n in numbers if abs(pacing.spread(DAY, n) / DAY - 1) < 0.0005)
    return replace(feed, id=next(near))


class TestPace:
    """Feeds that are well."""

    def test_a_feed_that_always_has_news_is_asked_every_quarter_of_an_hour(self):
        found = waits(steady(), Got(entries=5, fresh=1), 9)

        assert found[-1] == pytest.approx(15, rel=0.01)

    def test_a_feed_that_never_has_news_is_asked_every_twelve_hours(self):
        found = waits(steady(), Unchanged(), 40)

        assert found == sorted(found)
        assert found[-1] == pytest.approx(720, rel=0.01)

    @pytest.mark.parametrize("every", [3 * HOUR, 12 * HOUR, 24 * HOUR, 48 * HOUR])
    def test_a_feed_is_asked_about_four_times_for_each_change(self, every):
        feed, now, asked, changes = FEED, NOON, 0, 0
        while now < NOON + 60 * DAY:
            due = (now - NOON) // every
            fresh = due - changes
            changes = due
            outcome = Got(entries=9, fresh=fresh) if fresh else Unchanged()
            feed = polling.after(feed, outcome, now)
            asked += 1
            now = feed.next_at

        assert 3 <= asked / changes <= 6

    def test_what_a_server_or_a_feed_asks_for_slows_it_down_to_a_day_at_the_most(self):
        feed = steady()

        cached = waits(feed, Got(entries=1, fresh=1, max_age=6 * 3600), 3)
        told = waits(feed, Got(entries=1, fresh=1, wait=8 * 3600, max_age=60), 3)
        same = waits(feed, Unchanged(max_age=5 * 3600), 1)
        absurd = waits(feed, Got(entries=1, fresh=1, max_age=10**12), 1)

        assert [round(each[-1] / 60) for each in (cached, told, same, absurd)] == [6, 8, 5, 24]

    @pytest.mark.parametrize(("wanted", "minutes"), [(5, 5), (1, 5), (90, 90), (9999, 1440)])
    def test_what_somebody_wants_goes_before_all_that(self, wanted, minutes):
        feed = steady(replace(FEED, interval=wanted))

        found = waits(feed, Got(entries=1, max_age=7200, wait=7200), 3)

        assert found == pytest.approx([minutes] * 3, rel=0.01)

    def test_feeds_do_not_come_at_once_and_each_always_as_early_or_late(self):
        found = [pacing.spread(HOUR, number) for number in range(500)]

        assert found == [pacing.spread(HOUR, number) for number in range(500)]
        assert len(set(found)) > 450
        assert min(found) >= 54 * MINUTE
        assert max(found) <= 66 * MINUTE
        assert max(found) - min(found) > 10 * MINUTE


class TestAnswer:
    """What is noted of a feed that answered."""

    def test_it_is_well_whatever_it_was(self):
        ill = replace(
            FEED,
            condition=Condition.ILL,
            problem=Problem.TLS,
            detail="x",
            failures=9,
            ill_since=NOON,
        )

        well = polling.after(ill, Got(entries=3, fresh=1, etag="e", digest="d"), NOON + DAY)

        assert (well.condition, well.problem, well.detail) == (Condition.OK, None, "")
        assert (well.failures, well.ill_since, well.listed) == (0, None, 3)
        assert (well.etag, well.digest) == ("e", "d")
        assert well.checked == well.changed == well.succeeded == NOON + DAY

    def test_valid_and_empty_is_a_condition_of_its_own(self):
        empty = polling.after(FEED, Got(entries=0), NOON)

        assert empty.condition is Condition.EMPTY
        assert polling.after(empty, Unchanged(), NOON).condition is Condition.EMPTY
        assert polling.after(empty, Got(entries=1), NOON).condition is Condition.OK

    def test_nothing_new_is_no_change(self):
        before = polling.after(FEED, Got(entries=1, fresh=1), NOON)

        after = polling.after(before, Unchanged(), NOON + HOUR)

        assert (after.changed, after.succeeded) == (NOON, NOON + HOUR)

    def test_the_newest_validators_are_kept(self):
        before = replace(FEED, etag="old", last_modified="Monday", listed=1)

        same = polling.after(before, Unchanged(), NOON)
        other = polling.after(before, Unchanged(etag="new"), NOON)

        assert (same.etag, same.last_modified) == ("old", "Monday")
        assert (other.etag, other.last_modified) == ("new", "Monday")

    @pytest.mark.parametrize("more", [{"held": True}, {"later": 2}])
    def test_what_was_not_taken_whole_is_read_whole_again(self, more):
        got = Got(entries=9, etag="e", last_modified="l", digest="d", **more)

        after = polling.after(replace(FEED, etag="old", digest="old"), got, NOON)

        assert (after.etag, after.last_modified, after.digest) == ("", "", "")

    def test_a_feed_that_turned_is_held_until_it_is_taken_even_if_it_fails_meanwhile(self):
        held = polling.after(FEED, Got(entries=9, held=True), NOON)
        failing = polling.after(held, DOWN, NOON)
        still = polling.after(failing, Unchanged(), NOON)

        assert {each.condition for each in (held, failing, still)} == {Condition.HELD}
        assert len({each.detail for each in (held, failing, still)}) == 1
        assert "accept" in held.detail
        assert failing.failures == 1
        assert polling.after(still, Got(entries=9), NOON).condition is Condition.OK

    def test_a_feed_that_moved_for_good_is_asked_there_unless_the_file_says_where_it_is(self):
        moved = Got(entries=1, moved="https://new.example/feed")
        ours = replace(FEED, origin="file")

        assert polling.after(FEED, moved, NOON).url == "https://new.example/feed"
        assert polling.after(ours, moved, NOON).url == ours.url

    def test_what_is_secret_does_not_move_to_another_host(self):
        secret = replace(FEED, headers=(("Authorization", "Bearer x"),))
        beside = Got(entries=1, moved="https://news.example.org/rss")
        elsewhere = Got(entries=1, moved="https://elsewhere.example/rss")

        assert polling.after(secret, beside, NOON).url == beside.moved
        assert polling.after(secret, elsewhere, NOON).url == secret.url


class TestFailure:
    """Feeds that fail."""

    def test_they_are_asked_ever_less_often_and_once_a_day_for_ever(self):
        found = waits(steady(), DOWN, 12)

        wanted = [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440, 1440, 1440]
        assert found == pytest.approx(wanted, rel=0.01)

    def test_what_does_not_pass_by_itself_is_asked_less_often_from_the_first(self):
        found = waits(steady(), Failed(problem=Problem.GONE), 7)

        assert found == pytest.approx([60, 120, 240, 480, 960, 1440, 1440], rel=0.01)

    def test_a_server_that_says_when_to_come_back_is_left_alone_until_then(self):
        later = Failed(problem=Problem.LIMITED, retry_after=3 * 3600)
        absurd = Failed(problem=Problem.LIMITED, retry_after=10**12)

        assert waits(steady(), later, 1) == pytest.approx([180], rel=0.01)
        assert waits(steady(), absurd, 1) == pytest.approx([1440], rel=0.01)

    def test_what_is_wrong_is_named_and_what_was_known_is_kept(self):
        before = polling.after(FEED, Got(entries=3, fresh=1, etag="e", digest="d"), NOON)

        once = polling.after(before, DOWN, NOON + HOUR)
        twice = polling.after(once, Failed(problem=Problem.LOGIN), NOON + DAY)

        assert (once.condition, once.problem, once.detail) == (
            Condition.ILL,
            Problem.TIMEOUT,
            "It did not answer.",
        )
        assert (twice.problem, twice.detail) == (Problem.LOGIN, REMEDIES[Problem.LOGIN])
        assert (twice.failures, twice.ill_since) == (2, NOON + HOUR)
        assert (twice.etag, twice.digest, twice.pace, twice.listed) == ("e", "d", 60, 3)

    def test_who_comes_back_has_the_pace_it_had(self):
        quick = replace(FEED, pace=15, succeeded=NOON)
        ill = polling.after(quick, DOWN, NOON)

        assert polling.after(ill, Got(entries=1, fresh=1), NOON).pace == 15

    def test_it_is_told_after_five_failures_or_a_day_and_when_it_is_held(self):
        feed, told = FEED, []
        for _ in range(6):
            feed = polling.after(feed, DOWN, NOON)
            told.append(polling.is_alarming(feed, NOON))
        once = polling.after(FEED, DOWN, NOON)

        assert told == [False, False, False, False, True, True]
        assert not polling.is_alarming(once, NOON + 23 * HOUR)
        assert polling.is_alarming(once, NOON + 24 * HOUR)
        assert not polling.is_alarming(polling.after(feed, Unchanged(), NOON), NOON)
        assert polling.is_alarming(polling.after(FEED, Got(entries=9, held=True), NOON), NOON)

    def test_every_problem_has_its_remedy_in_one_sentence(self):
        assert set(REMEDIES) == set(Problem)
        assert all(each.endswith(".") and each.count(". ") == 0 for each in REMEDIES.values())


class TestNetwork:
    """Is it them, or is it us?"""

    @pytest.mark.parametrize(
        ("failed", "hosts", "down"),
        [
            ("abcde", "abcde", True),
            ("abcd", "abcde", False),
            ("abcd", "abcd", False),
            ("abcdefghi", "abcdefghij", True),
            ("abcdefgh", "abcdefghij", False),
            ("ab", "ab", False),
            ("a", "a", False),
            ("", "", False),
            ("", "abc", False),
            ("xyz", "abc", False),
        ],
    )
    def test_it_is_us_when_more_than_four_of_five_hosts_fail_at_once(self, failed, hosts, down):
        assert polling.is_network_down([*failed], [*hosts, *hosts]) is down

    def test_only_a_feed_that_answered_at_its_last_look_speaks_for_it(self):
        well = polling.after(FEED, Unchanged(), NOON)

        assert polling.is_steady(well)
        assert not polling.is_steady(FEED)
        assert not polling.is_steady(polling.after(well, DOWN, NOON))

    def test_then_nothing_is_counted_and_all_are_asked_again_soon(self):
        ill = polling.after(polling.after(FEED, DOWN, NOON), DOWN, NOON)

        same = polling.unharmed(ill, NOON + HOUR)

        assert same == replace(ill, next_at=same.next_at)
        assert 5 * MINUTE <= same.next_at - (NOON + HOUR) <= 6 * MINUTE

    def test_only_what_may_be_our_own_fault_speaks_for_it(self):
        assert Problem.NOT_FOUND not in polling.NETWORK
        assert Problem.TIMEOUT in polling.NETWORK


@settings(deadline=None, max_examples=200)
@given(st.lists(outcomes, max_size=30), st.integers(0, 2000), st.integers(1, 2**62))
def test_whatever_comes_a_feed_is_asked_again_between_five_minutes_and_a_good_day(
    came, interval, number
):
    feed, now = replace(FEED, id=FeedId(number), interval=interval), NOON
    for outcome in came:
        feed = polling.after(feed, outcome, now)

        assert 5 * MINUTE <= feed.next_at - now <= 26.4 * HOUR
        assert feed.condition is not Condition.PAUSED
        assert (feed.failures == 0) == (feed.ill_since is None) == (feed.problem is None)
        now = feed.next_at


class Site:
    """A feed somewhere, which publishes now and then and is ill now and then."""

    def __init__(self, chance: random.Random) -> None:
        every = chance.choice([4, 12, 24, 72, 240])
        self._published = [NOON + (n + chance.random()) * every * HOUR for n in range(181)]
        self.ill = (NOON, NOON)
        if chance.random() < 0.3:
            begin = NOON + chance.random() * 25 * DAY
            self.ill = (begin, begin + chance.random() * 8 * DAY)
        self._seen = 0

    def is_ill(self, now: datetime) -> bool:
        return self.ill[0] <= now < self.ill[1]

    def look(self, now: datetime) -> Got | Unchanged | Failed:
        if self.is_ill(now):
            return DOWN
        seen, self._seen = self._seen, bisect(self._published, now)
        return Got(entries=20, fresh=self._seen - seen) if self._seen > seen else Unchanged()


def simulate(feed: Feed, site: Site) -> list[tuple[datetime, Feed]]:
    """Ask for thirty days, and return when, with what became of it."""
    now, asked = NOON, []
    while now < END:
        if any(begin <= now < end for begin, end in OUTAGES):
            feed = polling.unharmed(feed, now)
        else:
            feed = polling.after(feed, site.look(now), now)
            asked.append((now, feed))
        now = feed.next_at
    return asked


def latest(asked: list[tuple[datetime, Feed]], interval: int) -> list[tuple[datetime, datetime]]:
    """Return the looks after which, though it was well, it was left alone for too long."""
    longest = timedelta(minutes=interval or pacing.SLOWEST) * 1.1
    return [
        (one, two)
        for (one, then), (two, _) in pairwise(asked)
        if not then.failures and two - one - outage(one, two) > longest + 6 * MINUTE
    ]


def outage(one: datetime, two: datetime) -> timedelta:
    """Return how long between *one* and *two* the network was down."""
    return sum((max(DAY * 0, min(two, end) - max(one, begin)) for begin, end in OUTAGES), DAY * 0)


def test_of_a_thousand_feeds_in_thirty_days_none_is_late_none_is_bothered_and_none_is_given_up():
    chance = random.Random(7)  # noqa: S311 - no secret
    for number in range(1, 1001):
        interval = chance.choice([0, 0, 0, 0, 120])
        site = Site(chance)

        asked = simulate(replace(FEED, id=FeedId(number), interval=interval), site)

        assert latest(asked, interval) == []
        ill = Counter((at - NOON) // DAY for at, each in asked if each.failures)
        assert max(ill.values(), default=0) <= 24 + math.log2(24)
        well_again = site.ill[1] + 26.4 * HOUR
        assert not any(each.failures for at, each in asked if at > well_again)
        assert END - asked[-1][0] <= 26.4 * HOUR
