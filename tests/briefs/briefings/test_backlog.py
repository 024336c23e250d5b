"""What a feed held when it was added is no news, and is there for whoever asks for it."""

from dataclasses import replace

import pytest

from briefs import briefings, documents, ingest, simulations, timing
from briefs.briefings import Asked
from briefs.model import PUBLIC
from tests.briefs.briefings.made import (
    BLAST,
    BLAST_AGAIN,
    DAY,
    HARVEST,
    HARVEST_AGAIN,
    HOUR,
    MONDAY,
)


@pytest.fixture
def held(store):
    """A store into which a new feed brought two reports of an explosion, and then a harvest."""
    _keep(store, BLAST, "blast", backlog=True)
    _keep(store, BLAST_AGAIN, "blast again", backlog=True)
    _keep(store, HARVEST, "harvest", backlog=False)
    return store


def _keep(store, text, title, *, backlog, arrived=MONDAY + HOUR):
    document = documents.of(text, title=title, source=title, published=MONDAY, identity=title)
    analysis = ingest.find(replace(document, backlog=backlog))
    store.documents.add(analysis, arrived=arrived)
    ingest.place(store)


def ask(store, since=MONDAY, **asked):
    return briefings.compose(store, PUBLIC, Asked(since=since, until=since + DAY, **asked))


def headlines(told):
    return {item.headline.title for item in told.items}


def test_a_scheduled_briefing_leaves_it_out_and_one_that_is_asked_for_has_it(held):
    scheduled, asked = ask(held, backlog=False), ask(held)

    assert headlines(scheduled) == {"harvest"}
    assert scheduled.documents == 1
    assert headlines(asked) >= {"harvest"}
    assert asked.documents == 3


def test_it_is_not_counted_among_who_reported(held):
    asked = Asked(since=MONDAY, until=MONDAY + DAY, backlog=False)

    rows = briefings.coverage(held, PUBLIC, asked).rows

    assert {row.outlet for row in rows if row.times} == {"harvest"}


def test_a_story_of_which_all_is_backlog_does_not_go_quiet(held):
    _keep(held, HARVEST_AGAIN, "harvest again", backlog=False, arrived=MONDAY + 2 * HOUR)

    scheduled = ask(held, since=MONDAY + DAY, backlog=False)
    asked = ask(held, since=MONDAY + DAY)

    assert {quiet.headline.title for quiet in scheduled.quiet} <= {"harvest", "harvest again"}
    assert len(scheduled.quiet) == 1
    assert len(asked.quiet) == 2


def test_a_rehearsal_shows_what_would_be_posted(held):
    words = {"name": "morning", "channel": 1, "timezone": "UTC", "scope": PUBLIC}
    morning = timing.make(times="23:00", days="daily", now=MONDAY - DAY, **words)

    told = simulations.simulate(held, PUBLIC, morning, now=MONDAY + DAY, days=1)

    assert [each.title for row in told.rows for each in row.headlines] == ["harvest"]


def test_what_is_new_on_an_old_story_goes_on_though_all_before_it_was_backlog(held):
    _keep(held, BLAST_AGAIN + " It is over.", "blast later", backlog=False, arrived=MONDAY + DAY)

    told = ask(held, since=MONDAY + DAY, backlog=False)

    assert headlines(told) == {"blast later"}
