"""People are told once that a feed is ill, and once that it is well again; never in a flood."""

from dataclasses import replace

from bot.collecting import telling
from bot.collecting.telling import News, Told
from briefs.model import PUBLIC, Condition, Feed, FeedId, Problem, Scope
from tests.bot.collecting.fakes import NOW

OK = Feed(id=FeedId(1), url="http://a.example/feed", name="A", condition=Condition.OK)
ILL = replace(
    OK,
    condition=Condition.ILL,
    failures=5,
    problem=Problem.NOT_FOUND,
    detail="a.example has no such page: look for where the feed is now.",
)
HELD = replace(OK, condition=Condition.HELD)


def news(before: Feed, after: Feed) -> list[News]:
    return [told.news for told in telling.changes(before, after, NOW)]


def test_a_feed_that_failed_a_few_times_is_no_news():
    once, often = replace(ILL, failures=1), replace(ILL, failures=4)

    assert news(OK, once) == []
    assert news(once, often) == []
    assert news(often, ILL) == [News.ILL]


def test_a_feed_that_is_held_is_told_at_once():
    assert news(OK, HELD) == [News.HELD]


def test_a_feed_that_works_again_is_told():
    assert news(ILL, OK) == [News.WELL]
    assert news(HELD, OK) == [News.WELL]
    assert news(OK, OK) == []
    assert news(replace(OK, condition=Condition.NEW), OK) == []


def test_what_was_told_is_not_told_again_until_the_feed_was_well(store):
    ill, well = Told(ILL, News.ILL), Told(OK, News.WELL)

    def told(each):
        return telling.untold(store, [each], NOW)

    assert told(well) == ()
    assert told(ill) == (ill,)
    assert told(ill) == ()
    assert told(well) == (well,)
    assert told(well) == ()
    assert told(ill) == (ill,)


def test_feeds_whose_numbers_begin_alike_are_not_taken_for_each_other(store):
    first, eleventh = replace(OK, id=FeedId(1)), replace(OK, id=FeedId(11))
    telling.untold(store, [Told(replace(ILL, id=FeedId(11)), News.ILL)], NOW)

    assert telling.untold(store, [Told(first, News.WELL)], NOW) == ()
    assert telling.untold(store, [Told(eleventh, News.WELL)], NOW) != ()


def test_all_that_a_server_is_told_stands_in_one_message_that_names_a_few():
    other = Scope(7)
    feeds = [replace(ILL, id=FeedId(n), name=f"Feed {n}") for n in range(1, 201)]
    told = [Told(feed, News.ILL) for feed in feeds]
    told.append(Told(replace(HELD, scope=other, name="Theirs"), News.HELD))

    (first, ours), (second, theirs) = telling.messages(told)

    assert (first, second) == (PUBLIC, other)
    assert ours.count("\n") == 5
    assert "Source “Feed 1” cannot be read: a.example has no such page" in ours
    assert "195 more sources" in ours
    assert len(ours) < 2_000
    assert theirs.startswith("Source “Theirs” is held back")
    assert "Theirs" not in ours


def test_the_line_of_the_day_is_told_once_and_only_if_something_is_ill(store):
    kept = [
        store.feeds.add(Feed(url=f"http://{n}.example/", name=f"Feed {n}"), NOW) for n in range(4)
    ]
    assert telling.daily(store, NOW) == ""
    [ill] = store.feeds.claim(NOW, until=NOW, limit=1)
    bad = {"condition": Condition.ILL, "problem": Problem.LOGIN, "failures": 4, "ill_since": NOW}
    store.feeds.save(replace(ill, **bad))

    line = telling.daily(store, NOW)

    assert line == "Sources: 3 of 4 well; ill: Feed 0 (login). See /feed errors."
    assert telling.daily(store, NOW) == ""
    assert len(kept) == 4


def test_the_line_of_the_day_counts_the_feeds_of_servers_and_names_none(store):
    store.feeds.add(Feed(url="http://b.example/", name="Secret", scope=Scope(7)), NOW)
    [ill] = store.feeds.claim(NOW, until=NOW, limit=1)
    store.feeds.save(replace(ill, condition=Condition.ILL, problem=Problem.GONE, ill_since=NOW))

    line = telling.daily(store, NOW)

    assert line == "Sources: 0 of 1 well; ill: 1 of servers. See /feed errors."
