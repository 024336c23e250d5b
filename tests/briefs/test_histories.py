"""Every due time can say what became of it: its stages, its end, and when the next one comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from briefs import briefings, histories, ingest, pages, timing
from briefs import documents as texts
from briefs.briefings import Asked
from briefs.errors import NotFoundError, UsageError
from briefs.model import BY_HAND, Publishing, Scope, Stage, State
from briefs.pages import Limits
from briefs.store import Hold, open_store

HOME, AWAY = Scope(70), Scope(71)
START = datetime(2026, 3, 1, tzinfo=UTC)
BRIDGE = "The mayor opened the new bridge over the lake on Monday morning."
HARVEST = "Farmers in the valley expect the smallest harvest for forty years."
LIMITS = Limits(body=3_000, render=lambda run: getattr(run, "text", getattr(run, "name", "\n")))


def link(schedule, row):
    return f"https://example.org/{schedule.scope}/{row.thread or row.channel}/{row.message}"


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/test.db") as store:
        yield store


def made(store, name="morning", *, scope=HOME, times="07:30", **others):
    words = {"channel": 5, "times": times, "days": "daily", "timezone": "Europe/Kyiv"}
    schedule = timing.make(name=name, scope=scope, now=START, **words)
    return store.schedules.create(replace(schedule, **others))


def planned(store, schedule, now):
    store.deliveries.plan(schedule, timing.plan(store.schedules.get(schedule.id), now))


def ended(store, schedule, now, **values):
    (row,) = store.deliveries.claim("us", Hold(now, timedelta(0)), busy=(), limit=1)
    done = replace(
        row, **{"state": State.SENT, "how": "posted", "message": 9, "ended": now} | values
    )
    assert store.deliveries.save(done)
    return done


def text(shown):
    laid_out = pages.lay_out(shown, LIMITS)
    return "".join(LIMITS.render(run) for page in laid_out for run in page.runs)


def test_a_history_has_the_newest_first_with_the_end_of_each(store):
    schedule = made(store)
    planned(store, schedule, START + timedelta(days=2, hours=6))
    ended(store, schedule, START + timedelta(days=2, hours=6))
    told = histories.history(store, [schedule], name="morning", link=link)

    assert [(each.date.day, each.state) for each in told.accounts] == [
        (3, State.SENT),
        (2, State.SKIPPED),
        (1, State.SKIPPED),
    ]
    assert told.accounts[0].urls == ("https://example.org/70/5/9",)
    assert "Daybrief was not running" in told.accounts[1].reason
    assert told.accounts[1].ended == START + timedelta(days=2, hours=6)
    assert text(told).count("skipped") == 2


def test_the_worst_part_is_the_end_of_a_briefing(store):
    schedule = made(store)
    planned(store, schedule, START + timedelta(hours=6))
    now = START + timedelta(hours=6)
    (row,) = store.deliveries.claim("us", Hold(now, timedelta(0)), busy=(), limit=1)
    parts = [replace(row, state=State.READY, part=n, parts=3) for n in (1, 2, 3)]
    store.deliveries.ready(parts, Hold(now, timedelta(0)))
    store.deliveries.save(replace(parts[0], state=State.SENT, message=9, ended=now))
    (second,) = store.deliveries.claim("us", Hold(now, timedelta(0)), busy=(), limit=1)
    failed = replace(second, state=State.FAILED, reason="No.", ended=now)
    store.deliveries.save(failed, rest="Part 2 of 3 was not posted.")
    (account,) = histories.history(store, [schedule], name="", link=link).accounts

    assert (account.state, account.reason) == (State.FAILED, "No.")
    assert account.urls == ("https://example.org/70/5/9",)


def test_why_tells_every_step_in_its_order_with_the_message(store):
    schedule = made(store)
    planned(store, schedule, START + timedelta(hours=6))
    now = START + timedelta(hours=6, seconds=5)
    stages = (Stage("permissions", "all there in #news."), Stage("candidates", "3 documents"))
    ended(store, schedule, now, stages=stages, publish=Publishing.FAILED, publish_note="No.")
    told = histories.why(store, schedule, None, now, link=link)

    names = ["due", "claimed", "permissions", "candidates", "sent", "published"]
    assert [step.name for step in told.steps] == names
    assert told.steps[0].at == datetime(2026, 3, 1, 5, 30, tzinfo=UTC)
    assert told.steps[1].at == now
    assert told.steps[4].url == "https://example.org/70/5/9"
    assert told.steps[5].text == "failed: No."
    assert told.coming == (datetime(2026, 3, 2, 5, 30, tzinfo=UTC),)
    assert "3 documents" in text(told)


def test_why_finds_the_day_that_is_asked_for(store):
    schedule = made(store)
    now = START + timedelta(days=3)
    planned(store, schedule, now)
    told = histories.why(store, schedule, date(2026, 3, 2), now, link=link)

    assert told.account is not None
    assert (told.account.date, told.account.state) == (date(2026, 3, 2), State.SKIPPED)
    assert told.steps[1].text == "never taken up"


def test_a_day_that_has_not_come_says_when_it_will_be_due_or_that_it_is_paused(store):
    schedule = made(store)
    day = date(2026, 3, 8)
    told = histories.why(store, schedule, day, START, link=link)
    off = histories.why(store, replace(schedule, paused="by hand"), day, START, link=link)

    assert (told.account, told.coming) == (None, (datetime(2026, 3, 8, 5, 30, tzinfo=UTC),))
    assert "That day has not come yet." in text(told)
    assert "It is paused: by hand." in text(off)


def test_a_day_that_never_was_due_says_so(store):
    schedule = made(store)
    told = histories.why(store, schedule, date(2026, 2, 1), START, link=link)

    assert "Nothing was due on that day." in text(told)


def test_what_was_asked_for_by_hand_is_marked(store):
    schedule = made(store)
    store.deliveries.by_hand(schedule, date(2026, 3, 1), START)
    ended(store, schedule, START)
    (account,) = histories.history(store, [schedule], name="", link=link).accounts

    assert (account.by_hand, account.slot) == (True, BY_HAND)


def test_more_schedules_than_can_be_looked_at_ask_for_a_name(store):
    many = [made(store)] * 201

    with pytest.raises(UsageError, match="There are 201 schedules: name one"):
        histories.history(store, many, name="", link=link)


def test_schedules_are_those_of_the_scope_itself_or_of_all(store):
    here, there = made(store, "here"), made(store, "there", scope=AWAY)

    assert histories.chosen(store, HOME) == (here,)
    assert histories.chosen(store, None) == (here, there)
    assert histories.chosen(store, None, " THERE ") == (there,)
    with pytest.raises(NotFoundError):
        histories.chosen(store, HOME, "there")


@pytest.mark.parametrize(
    ("about", "filtered", "budget"), [("", 0, "2 stories fitted"), ("harvest", 1, "1 stories")]
)
def test_the_stages_count_what_became_of_the_documents(store, about, filtered, budget):
    for number, body in enumerate((BRIDGE, HARVEST)):
        document = texts.of(body, title=body[:20], source=f"Outlet {number}")
        store.documents.add(ingest.find(document), arrived=START)
    asked = Asked(since=START, until=START + timedelta(hours=1), about=about)
    briefing = briefings.compose(store, HOME, asked)
    told = {stage.name: stage.text for stage in histories.stages(briefing, START)}

    names = ["window", "sources", "candidates", "filtered", "duplicates"]
    assert list(told)[:5] == names
    assert told["candidates"] == "2 documents arrived in the window"
    assert told["filtered"] == f"{filtered} document{'s' * (filtered != 1)} not on the topic"
    assert told["budget"].startswith(budget)


def test_a_briefing_of_which_only_the_last_parts_are_read_is_left_out(store):
    schedule = made(store)
    now = START + timedelta(hours=6)
    planned(store, schedule, now)
    (row,) = store.deliveries.claim("us", Hold(now, timedelta(0)), busy=(), limit=1)
    parts = [replace(row, state=State.READY, part=n, parts=450) for n in range(1, 451)]
    store.deliveries.ready(parts, Hold(now, timedelta(0)))

    assert histories.history(store, [schedule], name="", link=link).accounts == ()
