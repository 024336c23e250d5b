"""When it was last looked what is due, and what came between two looks, in both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefs import timing
from briefs.model import BriefingEdit, EditKind, Gap, Interruption, Looks, Schedule, Scope, State
from briefs.store import Hold

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOME = Scope(70)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SLEPT = Interruption(Gap.ASLEEP, NOW - HOUR, NOW)


def schedule(store) -> Schedule:
    words = {"channel": 5, "times": "07:30", "days": "daily", "timezone": "UTC"}
    return store.schedules.create(timing.make(name="morning", scope=HOME, now=NOW, **words))


def test_nothing_is_known_before_the_first_look(store):
    assert store.installation.looking.known() == Looks(None, "", ())


def test_what_came_between_is_kept_in_its_order_and_the_end_is_forgotten_at_the_next_look(store):
    looking = store.installation.looking
    looking.note(NOW - DAY)
    looking.end(NOW - HOUR, "It had been told to stop.")
    ended = looking.known()
    looking.note(NOW, SLEPT)
    looking.note(NOW + HOUR, SLEPT._replace(gap=Gap.DOWN, note="It had been told to stop."))

    assert ended == Looks(NOW - HOUR, "It had been told to stop.", ())
    known = looking.known()
    assert (known.last, known.ended) == (NOW + HOUR, "")
    assert [each.gap for each in known.interruptions] == [Gap.ASLEEP, Gap.DOWN]
    assert known.interruptions[0] == SLEPT


def test_a_clock_that_is_set_back_keeps_what_was_posted_and_forgets_what_was_only_skipped(store):
    made = schedule(store)
    ahead = replace(made, planned_until=NOW + 9 * DAY)
    store.deliveries.plan(made, timing.plan(made, NOW + 10 * DAY))
    (row,) = store.deliveries.claim("us", Hold(NOW + 10 * DAY, HOUR), busy=(), limit=1)
    sent = replace(row, state=State.SENT, message=9, ended=NOW + 10 * DAY)
    assert store.deliveries.save(sent, cover=row.due)
    store.installation.looking.set_back(NOW + HOUR)

    kept = store.schedules.get(made.id)
    rows = store.deliveries.of(HOME, made.id)
    assert ahead.planned_until > kept.planned_until == kept.covered_until == NOW + HOUR
    assert [(each.date, each.state) for each in rows] == [(sent.date, State.SENT)]
    assert [each.id for each in store.schedules.due(NOW + HOUR)] == [made.id]


def test_an_edit_takes_the_place_of_another_or_nothing_happens(store):
    number = store.briefings.keep(
        HOME, made=NOW, since=NOW, until=NOW, about="", stories=1, schedule="", body=b"x"
    )
    hidden = BriefingEdit(HOME, number, EditKind.HIDE, 7, NOW, 1)
    shown = hidden._replace(action=EditKind.SHOW, note="it had been hidden")
    store.postings.edit(hidden)

    assert store.postings.swap(hidden, shown)
    assert not store.postings.swap(hidden, shown)
    [edit] = store.postings.edits_of(HOME, number)
    assert edit._replace(id=0) == shown
    assert not store.postings.swap(shown._replace(scope=Scope(71)), hidden)
