"""The ledger against its diagram: every state with every event, and what each arrow asks for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from briefs import ledger
from briefs.model import BY_HAND, FINAL, Delivery, ScheduleId, State

DUE = datetime(2026, 3, 1, 5, 30, tzinfo=UTC)
SOON = DUE + timedelta(seconds=12)
LIMITS = ledger.Limits(timedelta(hours=12))
EVENTS = (
    ledger.Claimed(),
    ledger.Rendered(b"{}", "nonce", "marker"),
    ledger.NotRendered("no."),
    ledger.NotAllowed("Daybrief needs Send Messages in #news: allow it there."),
    ledger.Withdrawn("paused."),
    ledger.Held(SOON, "quiet."),
    ledger.Accepted(7),
    ledger.Refused(403, 50013, "Missing Permissions"),
    ledger.NotSent("wait.", 5.0),
    ledger.Lost("503."),
    ledger.Found(7),
    ledger.Absent(),
    ledger.CannotTell("unreadable."),
)
DIAGRAM = {
    (State.PLANNED, ledger.Claimed): State.PLANNED,
    (State.PLANNED, ledger.Rendered): State.READY,
    (State.PLANNED, ledger.NotRendered): State.PLANNED,
    (State.PLANNED, ledger.NotAllowed): State.FAILED,
    (State.PLANNED, ledger.Withdrawn): State.SKIPPED,
    (State.PLANNED, ledger.Held): State.PLANNED,
    (State.READY, ledger.Claimed): State.SENDING,
    (State.READY, ledger.Withdrawn): State.SKIPPED,
    (State.READY, ledger.Held): State.READY,
    (State.SENDING, ledger.Claimed): State.SENDING,
    (State.SENDING, ledger.Accepted): State.SENT,
    (State.SENDING, ledger.Refused): State.FAILED,
    (State.SENDING, ledger.NotSent): State.READY,
    (State.SENDING, ledger.Lost): State.SENDING,
    (State.SENDING, ledger.Found): State.SENT,
    (State.SENDING, ledger.Absent): State.SENDING,
    (State.SENDING, ledger.CannotTell): State.UNCERTAIN,
}


def delivery(state=State.SENDING, **others):
    sending = {"first_attempt": SOON, "attempts": 1} if state is State.SENDING else {}
    return Delivery(
        **{
            "schedule": ScheduleId(3),
            "date": date(2026, 3, 1),
            "slot": 1,
            "channel": 9,
            "due": DUE,
            "state": state,
            "since": DUE - timedelta(days=1),
            "until": DUE,
            **sending,
            **others,
        }
    )


def advance(row, event, now=SOON, limits=LIMITS):
    return ledger.advance(row, event, now, limits)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("state", State)
def test_every_state_meets_every_event_as_the_diagram_says(state, event):
    row = delivery(state)
    expected = DIAGRAM.get((state, type(event)))
    if expected is None:
        with pytest.raises(ValueError, match="cannot meet"):
            advance(row, event)
    else:
        assert advance(row, event)[0].state is expected


def test_a_final_state_meets_nothing():
    assert not {state for state, _ in DIAGRAM} & FINAL


def test_the_diagram_names_every_arrow():
    text = ledger.__doc__ or ""
    named = {event.__name__ for _, event in DIAGRAM}

    assert all(name in text for name in named)
    assert all(state in text for state in State)


def test_what_is_planned_is_made_and_what_is_ready_is_posted_once_it_is_stored():
    assert advance(delivery(State.PLANNED), ledger.Claimed())[1] == (ledger.Render(),)
    row, effects = advance(delivery(State.READY), ledger.Claimed())

    assert effects == (ledger.Post(),)
    assert (row.first_attempt, row.attempts) == (SOON, 1)


@pytest.mark.parametrize("state", [State.PLANNED, State.READY])
def test_what_is_too_late_before_its_first_attempt_is_skipped_with_the_reason(state):
    row, effects = advance(delivery(state), ledger.Claimed(), DUE + timedelta(hours=12.1))

    assert (row.state, effects) == (State.SKIPPED, ())
    assert row.reason == "It could not be posted within 12 hours of its time."


def test_a_clock_that_went_back_makes_nothing_late():
    row, _ = advance(delivery(State.READY), ledger.Claimed(), DUE - timedelta(days=400))

    assert row.state is State.SENDING


def test_an_unknown_outcome_is_repeated_while_the_nonce_is_remembered():
    row, effects = advance(delivery(), ledger.Claimed(), SOON + timedelta(seconds=59))

    assert effects == (ledger.Post(),)
    assert (row.first_attempt, row.attempts) == (SOON, 2)


@pytest.mark.parametrize("later", [timedelta(seconds=60), timedelta(days=9), -timedelta(hours=1)])
def test_an_unknown_outcome_is_looked_up_after_that_or_when_the_clock_jumped(later):
    row, effects = advance(delivery(), ledger.Claimed(), SOON + later)

    assert (row.state, effects) == (State.SENDING, (ledger.Reconcile(),))


def test_the_safe_window_is_an_argument():
    limits = LIMITS._replace(safe_window=timedelta(seconds=1))
    _, effects = advance(delivery(), ledger.Claimed(), SOON + timedelta(seconds=2), limits)

    assert effects == (ledger.Reconcile(),)


def test_a_message_that_is_provably_absent_is_sent_again_as_a_first_attempt():
    later = SOON + timedelta(minutes=10)
    row, effects = advance(delivery(attempts=4), ledger.Absent(), later)

    assert (row.first_attempt, row.attempts, effects) == (later, 1, (ledger.Post(),))


def test_a_message_that_is_provably_absent_and_too_late_is_skipped():
    row, effects = advance(delivery(), ledger.Absent(), DUE + timedelta(hours=13))

    assert (row.state, effects) == (State.SKIPPED, ())


def test_a_lost_outcome_waits_longer_each_time_but_not_for_ever():
    waits = []
    for attempts in range(1, 12):
        row, _ = advance(delivery(attempts=attempts), ledger.Lost("503."))
        waits.append(row.not_before - SOON)

    assert waits == sorted(waits)
    assert waits[0] < timedelta(seconds=30)
    assert waits[-1] == timedelta(minutes=5)


def test_what_discord_asks_to_wait_is_waited():
    row, _ = advance(delivery(), ledger.NotSent("wait.", 3600.0))

    assert (row.state, row.first_attempt, row.attempts) == (State.READY, None, 0)
    assert row.not_before == SOON + timedelta(hours=1)


def test_an_attempt_that_certainly_failed_does_not_make_an_earlier_one_known():
    row, _ = advance(delivery(attempts=2), ledger.NotSent("wait.", 3600.0))

    assert (row.state, row.first_attempt) == (State.SENDING, SOON)


def test_a_sent_briefing_moves_the_window_with_its_last_part():
    first, none = advance(delivery(part=1, parts=2), ledger.Accepted(7))
    last, covers = advance(delivery(part=2, parts=2), ledger.Accepted(8))

    assert (first.state, none) == (State.SENT, ())
    assert (last.how, last.message, covers[-1]) == ("posted", 8, ledger.Cover(DUE))


def test_a_briefing_that_was_asked_for_moves_no_window():
    row, effects = advance(delivery(slot=BY_HAND), ledger.Accepted(7))

    assert row.state is State.SENT
    assert [type(effect) for effect in effects] == [ledger.TellRecovery]


def test_a_message_that_is_found_was_sent():
    row, effects = advance(delivery(), ledger.Found(7))

    assert (row.how, row.message, effects[-1]) == ("reconciled", 7, ledger.Cover(DUE))


@pytest.mark.parametrize("attempts", [1, 2])  # the first of a series, after the history was read
def test_a_message_that_somebody_deleted_is_not_posted_again(attempts):
    row, _ = advance(delivery(attempts=attempts), ledger.Refused(404, 10008, "Unknown Message"))

    assert (row.state, row.how) == (State.SENT, "deleted-by-user")


def test_a_missing_permission_is_told_under_one_key_and_pauses_nothing():
    missing = ledger.NotAllowed("Daybrief needs Send Messages in #news: allow it there.")
    row, effects = advance(delivery(State.PLANNED), missing)
    again = advance(delivery(State.PLANNED, date=date(2026, 3, 2)), missing)[1]

    assert row.state is State.FAILED
    assert effects == again == (ledger.TellOnce(effects[0].key, missing.reason),)


def test_a_recovery_is_told_after_the_failures_of_its_window():
    failed = advance(delivery(), ledger.Refused(403, 50013, "Missing Permissions"))[1][0]
    works = advance(delivery(date=date(2026, 3, 2)), ledger.Accepted(7))[1][0]
    later = advance(delivery(since=DUE), ledger.Accepted(7))[1][0]

    assert failed.key.startswith(works.prefix)
    assert failed.key.endswith(works.suffix)
    assert not failed.key.endswith(later.suffix)


def test_a_refusal_is_told_under_one_key_until_something_is_sent():
    refused = ledger.Refused(403, 50013, "Missing Permissions")
    today = advance(delivery(), refused)[1][0]
    tomorrow = advance(delivery(date=date(2026, 3, 2)), refused)[1][0]
    after = advance(delivery(since=DUE), refused)[1][0]

    assert today == tomorrow
    assert today.key != after.key
    assert "Missing Permissions (403, code 50013)" in today.text


@pytest.mark.parametrize(("status", "after"), [(404, 1), (403, 3), (400, 3)])
def test_a_lost_channel_pauses_at_once_and_other_refusals_after_three(status, after):
    _, effects = advance(delivery(), ledger.Refused(status, 10003, "Unknown Channel"))

    assert [effect.after for effect in effects if isinstance(effect, ledger.PauseSchedule)] == [
        after
    ]


def test_a_refused_token_stops_everything_and_fails_nothing():
    row, effects = advance(delivery(), ledger.Refused(401, 0, "Unauthorized"))

    assert row.state is State.READY
    assert [type(effect) for effect in effects] == [ledger.Stop]


def test_what_cannot_be_proved_is_told_each_time():
    first = advance(delivery(), ledger.CannotTell("unreadable."))[1][0]
    second = advance(delivery(slot=2), ledger.CannotTell("unreadable."))[1][0]

    assert first.key != second.key
    assert first.text == "Whether it was posted is not known: unreadable."


@pytest.mark.parametrize(
    "event",
    [ledger.Refused(400, 50035, "Invalid Form Body"), ledger.CannotTell("unreadable.")],
    ids=["refused", "uncertain"],
)
def test_a_part_that_was_not_posted_ends_the_parts_after_it(event):
    _, effects = advance(delivery(part=2, parts=4), event)
    reasons = [effect.reason for effect in effects if isinstance(effect, ledger.DropRest)]

    assert len(reasons) == 1
    assert reasons[0].startswith("Part 2 of 4 was not posted.")


def test_a_briefing_that_cannot_be_made_is_tried_three_times_and_then_told():
    row, told = delivery(State.PLANNED), ()
    for _ in range(ledger.RENDERINGS):
        assert not told
        row, told = advance(row, ledger.NotRendered("the store is empty."))

    assert row.state is State.FAILED
    assert [type(effect) for effect in told] == [ledger.TellOnce]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_every_final_state_but_a_plain_sent_has_a_reason_in_words(event):
    for state in State:
        if (state, type(event)) in DIAGRAM:
            row, _ = advance(delivery(state), event)
            if row.state in FINAL - {State.SENT}:
                assert row.reason.endswith(".")


def test_a_nonce_fits_and_is_always_the_same():
    def made(**changes):
        parts = {"channel": 9, "part": 1, "revision": 1} | changes
        return ledger.nonce("home", ScheduleId(3), date(2026, 3, 1), 1, **parts)

    assert made() == made()
    assert len(made()) == 21
    assert made()[0] == "b"
    assert len({made(), made(part=2), made(channel=8), made(revision=2)}) == 4
    assert len(ledger.marker(made())) == 8


def test_an_event_changes_nothing_but_what_it_says():
    row = delivery(payload=b"bytes", nonce="n", marker="m")
    sent, _ = advance(row, ledger.Accepted(7))

    assert sent == replace(row, state=State.SENT, how="posted", message=7)
