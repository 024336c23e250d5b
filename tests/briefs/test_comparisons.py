"""Comparisons: two entities side by side, and a stretch of days with the one before it."""

from datetime import date, timedelta

import pytest

from bot import markup
from briefs import comparisons, lookups, pages
from briefs.errors import NotFoundError, UsageError
from briefs.model import PUBLIC, Kind, Label, Quotation, Trend
from briefs.store import open_store
from tests.briefs.store.library import GUILD_A, NOON, analysis

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'own.db'}") as opened:
        yield opened


def add(store, text, *people, days=0, **options):
    options.setdefault("title", f"{text[:40]} {days}")
    own = f"{text}\nThis is day {days}."  # the same words from the same outlet are a copy
    made = analysis(own, people=people, published=NOON + days * DAY, **options)
    return store.documents.add(made, arrived=NOON + days * DAY).id


def label_text(laid_out):
    return "".join(run.text for page in laid_out for run in page.runs if isinstance(run, Label))


# --- side by side


def test_two_people_are_shown_with_what_each_is_said_to_be(seeded):
    found = comparisons.compare(seeded, PUBLIC, "Kuleba", "Cavusoglu")

    assert (found.first.card.name, found.second.card.name) == ("Dmytro Kuleba", "Mevlüt Çavuşoğlu")
    assert [held.line.text for held in found.first.card.roles] == ["Ukrainian Foreign Minister"]
    assert len(found.second.card.roles) == 2
    assert found.documents == 6


def test_the_sentences_of_a_comparison_name_both(seeded):
    found = comparisons.compare(seeded, PUBLIC, "Kuleba", "Cavusoglu")

    assert found.together
    for line in found.together:
        assert "Kuleba" in line.text
        assert "avu" in line.text


def test_quotes_of_a_comparison_are_from_stories_in_which_both_are_quoted(store):
    add(store, "“We agree on the bridge,” Taran said.", "Andriy Taran", title="Bridge")
    add(store, "“We agree on the bridge too,” Kuleba said.", "Dmytro Kuleba", title="Bridge again")
    add(store, "“Whales sing at night,” Taran said.", "Andriy Taran", title="Whales")

    found = comparisons.compare(store, PUBLIC, "Taran", "Kuleba")

    assert [quote.line.text for quote in found.first.said] == ["We agree on the bridge,"]
    assert [quote.line.text for quote in found.second.said] == ["We agree on the bridge too,"]


def test_company_in_common_is_in_documents_of_both_and_is_neither_of_them(store):
    add(store, "Andriy Taran met Ada Quill.", "Andriy Taran", "Ada Quill")
    add(store, "Ivan Kuleba met Ada Quill.", "Ivan Kuleba", "Ada Quill", days=1)
    add(store, "Ivan Kuleba met Bo Reed.", "Ivan Kuleba", "Bo Reed", days=2)

    found = comparisons.compare(store, PUBLIC, "Andriy Taran", "Ivan Kuleba")

    assert found.company == (("Ada Quill", Kind.PERSON, 1, None),)
    assert found.documents == 0
    assert found.together == ()


def test_every_line_of_a_comparison_is_proved(seeded):
    found = comparisons.compare(seeded, PUBLIC, "Kuleba", "Zelenskyy")
    laid_out = pages.lay_out(found, markup.LIMITS)

    lookups.prove(seeded, PUBLIC, laid_out)

    assert [run for page in laid_out for run in page.runs if isinstance(run, Quotation)]
    assert label_text(laid_out).startswith("sample documents")


def test_one_person_is_not_compared_with_themselves(seeded):
    with pytest.raises(UsageError, match="Both names stand for Dmytro Kuleba"):
        comparisons.compare(seeded, PUBLIC, "Kuleba", "@DmytroKuleba")


def test_who_is_nobody_cannot_be_compared(seeded):
    with pytest.raises(NotFoundError, match="Zaphod"):
        comparisons.compare(seeded, PUBLIC, "Kuleba", "Zaphod Beeblebrox")


# --- a time and the one before


def test_the_largest_change_comes_first_up_or_down(store):
    for days in (0, 1, 2):
        add(store, "Andriy Taran spoke.", "Andriy Taran", days=days)
    for days in (9, 10):
        add(store, "Ada Quill spoke.", "Ada Quill", days=days)
    for days in (5, 10):
        add(store, "Bo Reed spoke.", "Bo Reed", days=days)

    found = comparisons.trending(store, PUBLIC, until=TODAY, window="7d")

    assert (found.first, found.last) == (NOON.date() + 4 * DAY, NOON.date() + 10 * DAY)
    assert found.trends == (
        Trend("Andriy Taran", Kind.PERSON, 0, 3),
        Trend("Ada Quill", Kind.PERSON, 2, 0),
        Trend("Bo Reed", Kind.PERSON, 2, 0),
    )
    assert [trend.change for trend in found.trends] == [-3, 2, 2]
    assert not found.capped


def test_what_has_not_changed_is_no_trend(store):
    for days in (0, 1):
        add(store, "Andriy Taran spoke.", "Andriy Taran", days=days)

    assert comparisons.trending(store, PUBLIC, until=TODAY, window="24h").trends == ()


def test_only_the_kind_that_is_asked_for_is_counted(seeded):
    found = comparisons.trending(seeded, PUBLIC, until=TODAY, window="30d", kind="person")

    assert {trend.kind for trend in found.trends} == {Kind.PERSON}
    assert "Dmytro Kuleba" in {trend.name for trend in found.trends}


def test_a_row_that_is_one_with_another_is_counted_with_it(store):
    add(store, "Dmytro Kuleba spoke.", "Dmytro Kuleba")
    add(store, "Kuleba left.", "Kuleba", days=1)

    (trend,) = comparisons.trending(store, PUBLIC, until=TODAY, window="7d").trends

    assert trend == ("Dmytro Kuleba", Kind.PERSON, 2, 0)


def test_a_guilds_documents_trend_in_that_guild_alone(store):
    add(store, "Andriy Taran spoke.", "Andriy Taran", scope=GUILD_A)

    public = comparisons.trending(store, PUBLIC, until=TODAY)
    own = comparisons.trending(store, GUILD_A, until=TODAY)

    assert (public.first, public.trends) == (None, ())
    assert [trend.name for trend in own.trends] == ["Andriy Taran"]


def test_days_after_the_last_one_asked_for_are_not_read(store):
    add(store, "Andriy Taran spoke.", "Andriy Taran", days=3)

    assert comparisons.trending(store, PUBLIC, until=NOON.date()).last is None


def test_a_day_with_very_many_names_is_said_to_be_counted_in_part(store):
    names = [f"{first}a {last}o" for first in "BCDFGHKLMNPRSTVW" for last in "BCDFGHKLMNPRSTVWYZXQ"]
    add(store, "\n".join(names), *names, title="A crowd")

    found = comparisons.trending(store, PUBLIC, until=TODAY, limit=5)
    shown = label_text(pages.lay_out(found, markup.LIMITS))

    assert (found.capped, len(found.trends)) == (True, 5)
    assert "smaller changes left out." in shown
    assert "only the most frequent were counted" in shown


@pytest.mark.parametrize("options", [{"window": "2w"}, {"kind": "dragon"}])
def test_what_there_is_not_is_refused_with_what_there_is(seeded, options):
    with pytest.raises(UsageError, match=r"There is no .*: use "):
        comparisons.trending(seeded, PUBLIC, until=TODAY, **options)
