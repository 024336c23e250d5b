"""What comes of an attempt to publish a message: done, later, or never and why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.deliveries.publishing import GIVEN_UP, published
from briefs import ledger
from briefs.model import Delivery, Publishing, ScheduleId, State

NOW = datetime(2026, 3, 1, 5, 31, tzinfo=UTC)
ROW = Delivery(
    schedule=ScheduleId(3),
    date=date(2026, 3, 1),
    slot=1,
    channel=9,
    due=NOW,
    state=State.SENT,
    message=77,
    ended=NOW,
    publish=Publishing.WANTED,
    publish_at=NOW,
)


@pytest.mark.parametrize("outcome", [ledger.Accepted(77), ledger.Refused(400, 40033, "Already")])
def test_what_is_published_or_was_already_is_done(outcome):
    row = published(ROW, outcome, NOW)

    assert (row.publish, row.publish_at) == (Publishing.DONE, None)


def test_what_discord_will_not_take_is_never_tried_again_and_says_why():
    row = published(ROW, ledger.Refused(403, 50013, "Missing Permissions"), NOW)

    assert (row.publish, row.publish_at) == (Publishing.FAILED, None)
    assert "Missing Permissions (403, code 50013)" in row.publish_note


@pytest.mark.parametrize(
    ("outcome", "minutes"),
    [
        (ledger.NotSent("Discord asked to wait.", 600.0), 10),
        (ledger.NotSent("Discord asked to wait.", 86_400.0), 60),
        (ledger.Lost("Discord answered 503."), 1),
        (ledger.Refused(401, 0, "Unauthorized"), 1),
    ],
)
def test_what_has_to_wait_is_tried_again_within_an_hour(outcome, minutes):
    row = published(ROW, outcome, NOW)

    assert (row.publish, row.publish_at) == (Publishing.WANTED, NOW + timedelta(minutes=minutes))


def test_after_a_day_it_is_given_up_and_the_message_stays_posted():
    old = replace(ROW, ended=NOW - GIVEN_UP - timedelta(seconds=1))
    row = published(old, ledger.Lost("Discord answered 503."), NOW)

    assert (row.publish, row.state) == (Publishing.FAILED, State.SENT)
    assert "within a day. Discord answered 503." in row.publish_note
