"""A timeline goes by the day that a sentence speaks of, and says so when it does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot import markup
from briefs import lookups, pages, values
from briefs.errors import NotFoundError
from briefs.model import PUBLIC, Dated, Label, Line, Quotation, Source, Span, Timeline
from briefs.store import open_store
from tests.briefs.store.library import GUILD_A, NOON, analysis

TODAY = NOON.date()


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'own.db'}") as opened:
        yield opened


def add(store, text: str, **named):
    made = analysis(text, **{"people": ["Andriy Taran"], **named})
    found = values.find(made.document, made.sentences)
    return store.documents.add(replace(made, values=found), arrived=NOON).id


def entries(store, subject: str = "Taran", scope=PUBLIC):
    found = lookups.timeline(store, scope, subject).entries
    return [(entry.day, entry.told, entry.line.text) for entry in found]


def test_a_line_stands_under_the_day_that_it_speaks_of(store):
    add(store, "Andriy Taran signed it on 7 October 2021.")

    assert entries(store) == [
        (date(2021, 10, 7), True, "Andriy Taran signed it on 7 October 2021.")
    ]


def test_a_stretch_of_days_stands_under_its_first_with_its_last(store):
    add(store, "Andriy Taran signed it in late September 2021.")

    (entry,) = lookups.timeline(store, PUBLIC, "Taran").entries

    assert (entry.day, entry.until) == (date(2021, 9, 21), date(2021, 9, 30))


@pytest.mark.parametrize(
    "text",
    [
        "Andriy Taran signed it.",
        "Andriy Taran signed one on 7 October 2021 and one on 9 November 2021.",
        "Andriy Taran paid $5m for three drones.",
    ],
)
def test_without_one_day_to_speak_of_it_stands_under_its_publication(store, text):
    add(store, text)

    assert entries(store) == [(TODAY, False, text)]


def test_a_date_that_says_nothing_does_not_stand_in_the_way_of_one_that_does(store):
    text = "Andriy Taran signed on 03/04/2021 what was agreed in 2014."
    add(store, text)

    assert entries(store) == [(date(2014, 1, 1), True, text)]


def test_every_line_with_a_day_is_there_and_of_the_others_one_a_document(store):
    add(
        store,
        "Andriy Taran came.\nAndriy Taran sat down.\nTaran spoke on 1 March 2026.\n"
        "Taran left on 2 March 2026.",
    )
    add(store, "Andriy Taran is back.\nTaran is here to stay.", title="Another")

    assert [text for _, _, text in entries(store)] == [
        "Taran spoke on 1 March 2026.",
        "Taran left on 2 March 2026.",
        "Andriy Taran is back.",
    ]


def test_a_sentence_of_an_agency_is_there_once_whoever_prints_it(store):
    text = "Andriy Taran signed it on Friday."
    first = add(store, text, title="One", source="One")
    add(store, f"{text}\nMore.", title="Two", source="Two")
    later = NOON + timedelta(days=7)
    add(store, f"{text}\nNews.", title="Three", source="Three", published=later)

    found = lookups.timeline(store, PUBLIC, "Taran").entries

    assert [entry.day for entry in found] == [date(2026, 2, 27), date(2026, 3, 6)]
    assert found[0].line.document == first


def test_days_go_forward(seeded):
    found = lookups.timeline(seeded, PUBLIC, "Kuleba")

    days = [entry.day for entry in found.entries]
    assert found.subject == "Dmytro Kuleba"
    assert days == sorted(days)
    assert date(2021, 10, 7) in {entry.day for entry in found.entries if entry.told}


def test_every_line_is_a_slice_of_its_document(seeded):
    for subject in ("Kuleba", "Taran", "separatists"):
        found = lookups.timeline(seeded, PUBLIC, subject)
        lookups.prove(seeded, PUBLIC, pages.lay_out(found, markup.LIMITS))

        assert found.entries


def test_a_subject_that_is_no_name_is_looked_up_in_the_texts(seeded):
    found = lookups.timeline(seeded, PUBLIC, " memorandum ")

    assert found.subject == "memorandum"
    assert all("memorandum" in entry.line.text.lower() for entry in found.entries)
    assert date(2021, 9, 21) in {entry.day for entry in found.entries if entry.told}


@pytest.mark.parametrize("subject", ["Zaphod Beeblebrox", "", "#", "#99"])
def test_what_nothing_is_known_of_is_not_found(seeded, subject):
    with pytest.raises(NotFoundError):
        lookups.timeline(seeded, PUBLIC, subject)


def test_what_only_a_guild_was_given_is_for_that_guild(store):
    add(store, "Andriy Taran signed it on 7 October 2021.", scope=GUILD_A)

    assert len(entries(store, scope=GUILD_A)) == 1
    for subject in ("Taran", "signed"):
        with pytest.raises(NotFoundError):
            lookups.timeline(store, PUBLIC, subject)


def test_a_card_has_the_same_days(seeded):
    card = lookups.who(seeded, PUBLIC, "Kuleba", view="timeline")

    assert card.timeline == lookups.timeline(seeded, PUBLIC, "Kuleba").entries


def line(text: str, published=NOON) -> Line:
    return Line(
        document=1, span=Span(0, len(text)), text=text, source="S", url="", published=published
    )


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        (Dated(date(2021, 10, 7), line("x"), told=True), "7 October 2021 (told by the text)"),
        (
            Dated(date(2021, 9, 21), line("x"), told=True, until=date(2021, 9, 30)),
            "21 September 2021 to 30 September 2021 (told by the text)",
        ),
        (Dated(date(2026, 3, 2), line("x")), "published 2 March 2026"),
        (Dated(date(2026, 3, 2), line("x", published=None)), "arrived 2 March 2026"),
    ],
)
def test_a_page_tells_apart_what_the_text_says_and_when_it_was_published(entry, shown):
    (page,) = pages.lay_out(Timeline(subject="Taran", entries=(entry,)), markup.LIMITS)

    before = [run.text for run in page.runs[: page.runs.index(_quotation(page))] if _label(run)]
    assert page.title == "Taran: timeline"
    assert "".join(before).startswith(shown)
    assert any(isinstance(run, Source) for run in page.runs)


def test_a_page_without_entries_says_that_there_are_none():
    (page,) = pages.lay_out(Timeline(subject="Taran", entries=()), markup.LIMITS)

    assert [run.text for run in page.runs] == ["Nothing is known from these days."]


def _quotation(page):
    return next(run for run in page.runs if isinstance(run, Quotation))


def _label(run):
    return isinstance(run, Label)
