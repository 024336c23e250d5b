"""Who is asked next: no host and no scope takes all places, and nobody is asked twice at once."""

from dataclasses import replace
from datetime import timedelta

from bot.collecting.queueing import AT_ONCE, OF_HOST, OF_SCOPE, Queue
from briefs.model import Feed, FeedId, Scope
from tests.bot.collecting.fakes import NOW

LATER = NOW + timedelta(minutes=3)


def due(number, *, host="", scope=1, version=0):
    return Feed(
        id=FeedId(number),
        url=f"http://{host or number}.example/{number}",
        scope=Scope(scope),
        version=version,
        next_at=LATER,
    )


def test_a_host_has_few_places_and_the_next_of_it_waits_for_one():
    queue = Queue()
    queue.put(due(number, host="slow") for number in range(200))

    first = queue.next(NOW)
    full = queue.next(NOW)
    queue.done(first[0])
    then = queue.next(NOW)

    assert [feed.id for feed in first] == [*range(OF_HOST)]
    assert full == []
    assert [feed.id for feed in then] == [OF_HOST]


def test_a_scope_has_half_of_the_places():
    queue = Queue()
    queue.put(due(number, scope=7) for number in range(200))
    queue.put(due(number, scope=8) for number in range(200, 210))

    chosen = queue.next(NOW)

    assert [feed.scope for feed in chosen] == [7] * OF_SCOPE + [8] * 10
    assert queue.room == AT_ONCE - OF_SCOPE - 10


def test_what_is_asked_is_not_asked_beside_itself():
    queue = Queue()
    queue.put([due(1)])
    [asked] = queue.next(NOW)

    queue.put([due(1)])

    assert queue.next(NOW) == []
    queue.done(asked)
    assert queue.next(NOW) == []


def test_what_was_changed_while_it_was_asked_is_asked_after_that():
    queue = Queue()
    queue.put([due(1)])
    [asked] = queue.next(NOW)

    changed = due(1, version=1)
    queue.put([changed])

    assert queue.next(NOW) == []
    queue.done(asked)
    assert queue.next(NOW) == [changed]


def test_what_waited_until_its_lease_was_over_is_claimed_anew():
    queue = Queue()
    queue.put([due(1), replace(due(2), next_at=LATER + timedelta(minutes=1))])

    assert [feed.id for feed in queue.next(LATER)] == [2]
