"""What was quoted against what stands now: a change is told once, a move never."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from briefs import briefings, corrections, documents, exports, ingest, pages, sentences
from briefs.corrections import comparing
from briefs.errors import NotFoundError, NotVerbatimError
from briefs.exports import Kept
from briefs.model import (
    PUBLIC,
    BriefingEdit,
    EditKind,
    Line,
    Page,
    Quotation,
    ScheduleId,
    Scope,
    Span,
)
from briefs.pages import Limits
from briefs.store import open_store, tables
from tests.briefs.store.test_costs import steps

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIRST = "Workers of Tarn Works built the bridge in two years for 12 million euros."
SECOND = "Mayor Ada Quill opened it on Monday."
TEXT = f"{FIRST} {SECOND}"
LIMITS = Limits(body=3_500, render=lambda run: getattr(run, "text", ""))


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/test.db") as store:
        yield store


def keep(store, text, *, identity="file:a", title="A bridge"):
    document = documents.of(text, title=title, source="Courier", identity=identity)
    return store.documents.add(ingest.find(document), arrived=NOW - timedelta(hours=1)).id


def posted(store, *, slot=1):
    """Keep a briefing on all there is, as one that is posted, and return its number."""
    asked = briefings.Asked(since=NOW - timedelta(days=1), until=NOW, length="long")
    briefing = briefings.compose(store, PUBLIC, asked)
    laid_out = pages.lay_out(briefing, LIMITS)
    number = briefings.keep(store, briefing, laid_out, schedule="daily", made=NOW)
    store.postings.note(
        number,
        key=(ScheduleId(1), NOW.date(), slot),
        made=NOW,
        documents=corrections.documents(Kept(briefing, laid_out)),
    )
    return number


def line(text, words):
    start = text.index(words)
    return Line.of(documents.of(text), Span(start, start + len(words)))


def change(before, after, words):
    now = documents.of(after)
    return corrections.change(line(before, words), documents.of(before), now, sentences.split(now))


@pytest.mark.parametrize(
    "after",
    [
        TEXT,
        f"{SECOND} {FIRST}",
        f"It rained.\n{SECOND}\n\n{FIRST}",
        TEXT.replace("12 million", "12  million"),
        f"“{SECOND}” That is what was said. {FIRST}",
    ],
)
def test_what_is_only_moved_is_not_changed(after):
    assert change(TEXT, after, FIRST) is None
    assert change(TEXT, after, "built the bridge in two years") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It's “done” \u2013 he said.", 'It\u2019s "done" - he said.'),
        ("«Yes», she said.", '"Yes", she said.'),
    ],
)
def test_marks_that_outlets_exchange_change_nothing(before, after):
    assert change(before, after, before) is None


def test_a_changed_sentence_is_told_with_the_one_that_takes_its_place():
    after = TEXT.replace("12 million", "19 million")

    found = change(TEXT, after, FIRST)

    assert found.before.text == FIRST
    assert found.after.text == FIRST.replace("12", "19")
    assert after[slice(*found.after.span)] == found.after.text


def test_of_a_part_of_a_sentence_the_whole_sentence_is_told():
    found = change(TEXT, TEXT.replace("two years", "three years"), "built the bridge in two years")

    assert found.before.text == FIRST
    assert found.after.text == FIRST.replace("two", "three")


def test_a_sentence_that_is_gone_was_taken_out_even_when_others_are_like_it():
    twin = FIRST.replace("bridge", "harbour")
    before = f"{TEXT} {twin}"

    found = change(before, f"{SECOND} {twin}", FIRST)

    assert found.before.text == FIRST
    assert found.after is None


def test_a_sentence_that_only_goes_on_as_another_is_changed():
    assert change("It cost 5.", "It cost 5.2 million.", "It cost 5.") is not None


@settings(deadline=None)
@given(st.lists(st.sampled_from([FIRST, SECOND, "It rained.", "Nobody came."]), min_size=1))
def test_what_still_stands_somewhere_is_never_told(order):
    after = "\n".join(order)

    assert (change(TEXT, after, FIRST) is None) == (FIRST in order)


@settings(deadline=None)
@given(st.text(max_size=80), st.text(min_size=1, max_size=40).filter(str.isalnum))
def test_any_words_stand_in_a_text_that_has_them(rest, words):
    assert corrections.stands(words, f"{rest} {words} {rest}")


@pytest.mark.parametrize("mark", ["a", '"', " ", "-", "(", "\\"])
def test_a_hostile_text_is_compared_in_no_time(mark):
    assert not corrections.stands(mark * 2_000 + "b", mark * 100_000)


def test_a_correction_is_found_once_for_a_revision_and_told_with_its_proof(store):
    document = keep(store, TEXT)
    number = posted(store)
    assert store.postings.stale(NOW - timedelta(days=7)) == ()
    keep(store, TEXT.replace("12 million", "19 million"))

    stale = store.postings.stale(NOW - timedelta(days=7))
    found = corrections.found(store, PUBLIC, number, document)
    laid_out = pages.lay_out(found, LIMITS)
    store.documents.prove(PUBLIC, corrections.quotations(laid_out))
    shown = [(run.text, run.revision) for run in corrections.quotations(laid_out)]

    assert stale == ((PUBLIC, number, document, 2),)
    assert shown == [(FIRST, 1), (FIRST.replace("12", "19"), 0)]
    assert found.document.revision == 2


def test_a_revision_that_comes_while_the_one_before_is_looked_at_is_looked_at_too(store):
    keep(store, TEXT)
    posted(store)
    keep(store, TEXT.replace("12 million", "19 million"))
    (seen,) = store.postings.stale(NOW - timedelta(days=7))
    keep(store, TEXT.replace("12 million", "21 million"))
    store.postings.settle(seen)
    (newer,) = store.postings.stale(NOW - timedelta(days=7))
    store.postings.settle(newer)

    assert (seen.revision, newer.revision) == (2, 3)
    assert store.postings.stale(NOW - timedelta(days=7)) == ()


def test_what_is_moved_withdrawn_or_hidden_is_not_corrected(store):
    document = keep(store, TEXT)
    number = posted(store)

    keep(store, f"It rained.\n{TEXT}")
    moved = corrections.found(store, PUBLIC, number, document)
    keep(store, SECOND)
    taken_out = corrections.found(store, PUBLIC, number, document)
    edit = BriefingEdit(PUBLIC, number, EditKind.HIDE, 7, NOW, 1)
    store.postings.edit(edit)
    hidden = corrections.found(store, PUBLIC, number, document)
    store.postings.take_back(edit)
    store.postings.edit(edit._replace(action=EditKind.WITHDRAW, story=0))
    withdrawn = corrections.found(store, PUBLIC, number, document)

    assert moved is None
    assert [each.after for each in taken_out.changes] == [None]
    assert hidden is None
    assert withdrawn is None


def test_a_document_that_is_gone_still_has_its_source(store):
    keep(store, TEXT)
    number = posted(store)
    store.documents.withdraw("file:a")

    [first, *_] = corrections.sources(store, PUBLIC, number).lines

    assert (first.revision, first.newest) == (1, 0)
    assert first.paragraph.text == TEXT


def told(store, number, document):
    """Return what is corrected, as it is read, with each quotation proved; "" when nothing is."""
    found = corrections.found(store, PUBLIC, number, document)
    if found is None:
        return ""
    laid_out = pages.lay_out(found, LIMITS)
    store.documents.prove(PUBLIC, corrections.quotations(laid_out))
    return "".join(getattr(run, "text", getattr(run, "name", " ")) for run in laid_out[0].runs)


def test_a_headline_that_was_changed_is_told_with_the_new_one(store):
    document = keep(store, TEXT)
    number = posted(store)
    keep(store, TEXT, title="A costly bridge")
    text = told(store, number, document)

    assert "Courier has changed what briefing 1 quotes." in text
    assert "Its headline was, in revision 1: A bridge" in text
    assert "It is now, in revision 2: A costly bridge" in text
    assert FIRST not in text


def test_a_headline_that_only_grew_or_changed_its_marks_is_not_told(store):
    document = keep(store, TEXT, title="Quill opens a “bridge”")
    number = posted(store)
    keep(store, TEXT, title='Updated: Quill opens a "bridge"')

    assert told(store, number, document) == ""


def test_a_headline_that_was_taken_away_is_told_so(store):
    document = keep(store, TEXT)
    number = posted(store)
    keep(store, TEXT, title="")

    assert "It has none now." in told(store, number, document)


def test_the_headline_of_a_hidden_story_is_not_told(store):
    document = keep(store, TEXT)
    number = posted(store)
    store.postings.edit(BriefingEdit(PUBLIC, number, EditKind.HIDE, 7, NOW, 1))
    keep(store, TEXT, title="A costly bridge")

    assert told(store, number, document) == ""


def test_a_document_that_was_withdrawn_is_told_by_its_last_headline(store):
    document = keep(store, TEXT)
    number = posted(store)
    keep(store, TEXT, title="A costly bridge")
    store.documents.withdraw("file:a")
    stale = store.postings.stale(NOW - timedelta(days=7))
    text = told(store, number, document)

    assert stale == ((PUBLIC, number, document, 2),)
    assert text.startswith("Courier has withdrawn what briefing 1 quotes.")
    assert "Its headline was: A costly bridge" in text
    assert FIRST not in text


def test_a_withdrawal_is_told_beside_a_correction_of_the_same_revision(store):
    document = keep(store, TEXT)
    number = posted(store)
    keep(store, TEXT, title="A costly bridge")
    corrected = corrections.found(store, PUBLIC, number, document)
    store.documents.withdraw("file:a")
    withdrawn = corrections.found(store, PUBLIC, number, document)

    assert (corrections.revision(corrected), corrections.revision(withdrawn)) == (2, -2)
    assert set(corrections.told(corrected)).isdisjoint(corrections.told(withdrawn))


def test_a_withdrawal_is_told_when_it_has_lasted_for_an_hour(store):
    document = keep(store, TEXT)
    posted(store)
    store.documents.withdraw("file:a")
    now = datetime.now(UTC)

    assert not corrections.settled(store, PUBLIC, document, now + timedelta(minutes=59))
    assert corrections.settled(store, PUBLIC, document, now + timedelta(minutes=61))


def test_a_document_that_was_deleted_here_is_not_called_withdrawn(store):
    document = keep(store, TEXT)
    number = posted(store)
    store.documents.remove(PUBLIC, document)

    assert corrections.settled(store, PUBLIC, document, NOW)
    assert told(store, number, document) == ""


def test_sources_of_a_document_that_was_removed_show_no_line(store):
    document = keep(store, TEXT)
    number = posted(store)
    store.documents.remove(PUBLIC, document)

    sources = corrections.sources(store, PUBLIC, number)
    laid_out = pages.lay_out(sources, LIMITS)

    assert {each.revision for each in sources.lines} == {0}
    assert corrections.quotations(laid_out) == []
    assert "is not kept any more" in str(laid_out)


def test_pages_are_proved_in_the_revision_that_has_their_lines(store):
    document = keep(store, TEXT)
    number = posted(store)
    kept = exports.load(store.briefings.get(PUBLIC, number)[1])
    keep(store, SECOND)

    with pytest.raises(NotVerbatimError):
        store.documents.prove(PUBLIC, corrections.quotations(kept.pages))
    found = corrections.pinned(store, PUBLIC, kept.pages)
    revisions = {each.revision for each in corrections.quotations(found) if each.span}

    assert revisions == {1}
    wrong = Page(title="", runs=(Quotation("No such words.", document, Span(0, 14)),))
    with pytest.raises(NotVerbatimError):
        corrections.pinned(store, PUBLIC, [wrong])
    claimed = Page(title="", runs=(Quotation(FIRST, document, Span(0, len(FIRST)), revision=2),))
    with pytest.raises(NotVerbatimError):
        store.documents.prove(PUBLIC, corrections.quotations([claimed]))


def test_another_scope_learns_nothing_of_a_briefing(store):
    document = keep(store, TEXT)
    number = posted(store)
    edit = BriefingEdit(PUBLIC, number, EditKind.HIDE, 7, NOW, 1)
    store.postings.edit(edit)

    assert store.postings.edits_of(Scope(5), number) == ()
    assert store.postings.edits(Scope(5), limit=9) == ()
    assert store.postings.parts(Scope(5), number) == ()
    for ask in (corrections.sources, corrections.shown):
        with pytest.raises(NotFoundError):
            ask(store, Scope(5), number)
    with pytest.raises(NotFoundError):
        corrections.found(store, Scope(5), number, document)


def test_the_same_edit_is_on_record_once_with_who_did_it_first(store):
    edit = BriefingEdit(PUBLIC, 3, EditKind.WRONG, 7, NOW, 1, "a name is wrong")

    made = [store.postings.edit(edit), store.postings.edit(edit._replace(actor=8))]
    [kept] = store.postings.edits(PUBLIC, limit=9)

    assert made == [True, False]
    assert kept == edit._replace(id=kept.id)


def test_what_is_made_anew_for_a_delivery_takes_the_place_of_what_was_made_before(store):
    keep(store, TEXT)
    first = posted(store)
    keep(store, f"{TEXT} It rained on Lake Ems all day long.", identity="file:b")
    second = posted(store)

    assert first != second
    with store._database.read() as connection:
        assert connection.scalars(select(tables.posting.c.briefing)).all() == [second]


def test_what_is_quoted_goes_with_the_briefing(store):
    keep(store, TEXT)
    posted(store)
    store.briefings.expire(NOW + timedelta(days=1))

    with store._database.read() as connection:
        assert connection.execute(select(tables.posting)).all() == []
        assert connection.execute(select(tables.quoted)).all() == []


def test_an_idle_look_costs_the_same_however_much_was_posted(store):
    keep(store, TEXT)
    number = posted(store)

    def looks():
        store.postings.stale(NOW - timedelta(days=7))
        store.postings.corrections.waits(NOW)

    few = steps(store, looks)
    key = (ScheduleId(1), NOW.date(), 1)
    store.postings.note(number, key=key, made=NOW, documents=range(1, 500))

    assert steps(store, looks) == few


def test_words_are_found_where_they_stand():
    assert comparing.place("it", "as it is") == Span(3, 5)
    assert comparing.place("if", "as it is") is None
