"""Every due time can say what became of it: its stages, its end, and when the next one comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from briefs import briefings, histories, ingest, pages, timing
from briefs import documents as texts
from briefs.briefings import Asked
from briefs.errors import NotFoundError, UsageError
from briefs.model import (
    BY_HAND,
    Gap,
    Interruption,
    Publishing,
    QuietHours,
    Scope,
    Stage,
    State,
)
from briefs.pages import Limits
from briefs.store import Hold, open_store

HOME, AWAY = Scope(70), Scope(71)
START = datetime(2026, 3, 1, tzinfo=UTC)
LATER = START + timedelta(days=2, hours=6)
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


def fresh(store, schedule):
    """Return *schedule* as it stands now."""
    return store.schedules.get(schedule.id)


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
    told = histories.history(store, [fresh(store, schedule)], LATER, name="morning", link=link)

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
    (account,) = histories.history(
        store, [fresh(store, schedule)], now, name="", link=link
    ).accounts

    assert (account.state, account.reason) == (State.FAILED, "No.")
    assert account.urls == ("https://example.org/70/5/9",)


def test_why_tells_every_step_in_its_order_with_the_message(store):
    schedule = made(store)
    now = START + timedelta(hours=5, minutes=30, seconds=5)
    planned(store, schedule, now)
    stages = (Stage("permissions", "all there in #news."), Stage("candidates", "3 documents"))
    ended(store, schedule, now, stages=stages, publish=Publishing.FAILED, publish_note="No.")
    told = histories.why(store, fresh(store, schedule), None, now, link=link)

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
    told = histories.why(store, fresh(store, schedule), date(2026, 3, 2), now, link=link)

    assert told.account is not None
    assert (told.account.date, told.account.state) == (date(2026, 3, 2), State.SKIPPED)
    assert told.steps[1].text == "never taken up"


def test_a_day_that_has_not_come_says_when_it_will_be_due_or_that_it_is_paused(store):
    schedule = made(store)
    day = date(2026, 3, 8)
    told = histories.why(store, fresh(store, schedule), day, START, link=link)
    off = histories.why(
        store, replace(fresh(store, schedule), paused="by hand"), day, START, link=link
    )

    assert (told.account, told.coming) == (None, (datetime(2026, 3, 8, 5, 30, tzinfo=UTC),))
    assert "That day has not come yet." in text(told)
    assert "nothing while it is paused (by hand)" in text(off)


def test_a_day_that_never_was_due_says_so(store):
    schedule = made(store)
    told = histories.why(store, fresh(store, schedule), date(2026, 2, 1), START, link=link)

    assert "Nothing was due on that day." in text(told)


def test_what_was_asked_for_by_hand_is_marked(store):
    schedule = made(store)
    store.deliveries.by_hand(schedule, date(2026, 3, 1), START)
    ended(store, schedule, START)
    (account,) = histories.history(
        store, [fresh(store, schedule)], START, name="", link=link
    ).accounts

    assert (account.by_hand, account.slot) == (True, BY_HAND)


def test_more_schedules_than_can_be_looked_at_ask_for_a_name(store):
    many = [made(store)] * 201

    with pytest.raises(UsageError, match="There are 201 schedules: name one"):
        histories.history(store, many, LATER, name="", link=link)


def test_schedules_are_those_of_the_scope_itself_or_of_all(store):
    here, there = made(store, "here"), made(store, "there", scope=AWAY)

    assert histories.chosen(store, HOME) == (here,)
    assert histories.chosen(store, None) == (here, there)
    assert histories.chosen(store, None, " THERE ") == (there,)
    with pytest.raises(NotFoundError):
        histories.chosen(store, HOME, "there")


@pytest.mark.parametrize(
    ("about", "filtered", "budget"), [("", 0, "2 stories fitted"), ("harvest", 1, "1 story")]
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
    topic = f" “{about}”" if about else ""
    assert told["filtered"] == f"{filtered} document{'s' * (filtered != 1)} not on the topic{topic}"
    assert told["budget"].startswith(budget)


def test_a_briefing_of_which_only_the_last_parts_are_read_is_left_out(store):
    schedule = made(store)
    now = START + timedelta(hours=6)
    planned(store, schedule, now)
    (row,) = store.deliveries.claim("us", Hold(now, timedelta(0)), busy=(), limit=1)
    parts = [replace(row, state=State.READY, part=n, parts=450) for n in range(1, 451)]
    store.deliveries.ready(parts, Hold(now, timedelta(0)))

    assert (
        histories.history(store, [fresh(store, schedule)], now, name="", link=link).accounts == ()
    )


def quiet_at_night(store, now):
    """Return a schedule of 21:00 that nobody looked at before *now*, in the quiet hours."""
    schedule = made(store, times="21:00", quiet=QuietHours(time(22), time(7)))
    store.installation.looking.note(now)
    planned(store, schedule, now)
    return store.schedules.get(schedule.id)


def test_a_late_briefing_that_waits_for_quiet_hours_says_so_and_until_when(store):
    now = START + timedelta(hours=23)  # 01:00 in Kyiv
    schedule = quiet_at_night(store, now)
    told = histories.why(store, schedule, None, now, link=link)
    (account,) = histories.history(store, [schedule], now, name="", link=link).accounts

    assert [step.name for step in told.steps] == ["due", "waits"]
    assert told.steps[1].text == "It waits for the end of the quiet hours (22:00-07:00)."
    assert told.steps[1].until == datetime(2026, 3, 2, 5, tzinfo=UTC)
    assert (account.state, account.reason) == (State.PLANNED, told.steps[1].text)


def test_of_several_that_wait_the_older_say_that_the_newest_covers_them(store):
    now = START + timedelta(days=1, hours=23)
    schedule = made(store, times="21:00", quiet=QuietHours(time(22), time(7)))
    told = histories.history(store, [schedule], now, name="", link=link)

    assert [each.date.day for each in told.accounts] == [2, 1]
    assert "A newer briefing is due since, and covers it." in told.accounts[1].reason


@pytest.mark.parametrize(
    ("ended", "cause"),
    [
        ("", "It had ended without a word: it was killed, or the power failed."),
        ("It had ended by itself: Discord refuses the bot's token.", "refuses the bot's token"),
        ("It had been told to stop.", "It had been told to stop."),
    ],
)
def test_while_nobody_looks_what_came_due_says_since_when_and_why(store, ended, cause):
    schedule = made(store)
    stopped = START + timedelta(hours=3)
    store.installation.looking.note(stopped)
    if ended:
        store.installation.looking.end(stopped, ended)
    told = histories.why(store, schedule, None, START + timedelta(hours=7), link=link)

    assert told.account is not None
    assert told.account.state is State.PLANNED
    since = "Daybrief has not been running since 01 Mar 2026 05:00 (Europe/Kyiv)."
    assert told.account.reason.startswith(since)
    assert cause in told.account.reason
    assert cause in text(told)


def test_what_has_just_come_due_is_not_told_to_be_lost(store):
    schedule = made(store)
    now = START + timedelta(hours=5, minutes=30, seconds=3)
    store.installation.looking.note(now - timedelta(seconds=10))
    told = histories.why(store, schedule, None, now, link=link)

    assert told.steps[1].text == "It has just come due, and is taken up within a minute."


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Gap.DOWN, "Daybrief was not running from 28 Feb 2026 02:00 to 01 Mar 2026 10:00"),
        (Gap.ASLEEP, "The machine slept from 28 Feb 2026 02:00 to 01 Mar 2026 10:00"),
        (Gap.HELD_UP, "Daybrief was frozen, or its database did not answer, from 28 Feb"),
        (Gap.AHEAD, "The clock was set forward by 32 hours at 28 Feb 2026 02:00 (Europe/Kyiv)."),
    ],
)
def test_what_was_late_or_skipped_names_what_came_between(store, gap, words):
    schedule = made(store, created=START - timedelta(days=2))
    begin, end = START - timedelta(days=1), START + timedelta(hours=8)
    between = Interruption(gap, begin, end)
    store.installation.looking.note(end, between)
    before = replace(schedule, planned_until=begin)
    store.deliveries.plan(schedule, timing.plan(before, end, missed=(between,)))
    ended(store, schedule, end)
    told = histories.history(store, [fresh(store, schedule)], end, name="", link=link)
    late = histories.why(store, fresh(store, schedule), date(2026, 3, 1), end, link=link)

    steps = {step.name: step.text for step in late.steps}
    assert [each.state for each in told.accounts] == [State.SENT, State.SKIPPED]
    assert told.accounts[1].reason.startswith(words)
    assert "Then it was more than 12 hours late." in told.accounts[1].reason
    assert steps["late"].startswith(words)


def test_an_outcome_that_is_not_known_says_what_to_do(store):
    schedule = made(store)
    now = START + timedelta(hours=5, minutes=31)
    planned(store, schedule, now)
    reason = "Whether it was posted is not known: the channel cannot be read."
    ended(store, schedule, now, state=State.UNCERTAIN, reason=reason)
    told = histories.why(store, fresh(store, schedule), None, now, link=link)

    hint = "Look there: if it is missing, /schedule run posts it."
    assert told.steps[-1].text == f"{reason} {hint}"


def test_a_wait_that_discord_asked_for_says_when_it_goes_on(store):
    schedule = made(store)
    now = START + timedelta(hours=5, minutes=31)
    planned(store, schedule, now)
    again = now + timedelta(hours=1)
    waits = {"state": State.READY, "reason": "Discord asked to wait.", "not_before": again}
    ended(store, schedule, now, **waits, ended=None)
    told = histories.why(store, fresh(store, schedule), None, now, link=link)

    (step,) = [step for step in told.steps if step.name == "ready"]
    assert (step.text, step.until) == ("Discord asked to wait.", again)
    assert "Discord asked to wait. It goes on " in text(told)
