"""Pages show all that there is with its source, fit in a message, and quote exactly."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import markup
from briefs import documents, pages
from briefs.model import (
    PUBLIC,
    Briefing,
    Card,
    Companion,
    Compared,
    Comparison,
    Dated,
    Document,
    DocumentId,
    EntityId,
    Found,
    Held,
    Hit,
    How,
    Item,
    Kind,
    Label,
    Line,
    Moment,
    Quotation,
    Quotes,
    Said,
    Shelf,
    Source,
    Span,
    Story,
    Style,
    Summary,
)
from briefs.pages import phrases

AT = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
SAMPLE = "sample documents: invented outlets, written to try Daybrief out"
HOSTILE = (
    "@everyone <@1> <#2> <t:0:R> [free](https://evil.example) ```fence``` **bold** ~~gone~~\n"
    "> quoted\n# heading\n-# small\n- item\n1. item\n||spoiler|| https://evil.example 🇹🇷"
    + "_*`"
    * 40
)


def document(text="The bridge is open.", *, number=1, sample=False, **fields):
    fields = {"title": "A bridge", "source": "Sample Courier", "published": AT} | fields
    return Document(text=text, id=DocumentId(number), sample=sample, **fields)


def line(shown, start=0, end=None):
    return Line.of(shown, Span(start, len(shown.text) if end is None else end))


def said(shown, speaker="Ada Quill", how=How.SPOKEN):
    return Said(line=line(shown), how=how, speaker=speaker)


def briefing(*items, **fields):
    told = {"about": "", "documents": len(items), "left_out": 0, "scope": PUBLIC} | fields
    return Briefing(since=AT, until=AT, items=items, **told)


def item(shown, *, lines=None, quotes=(), people=()):
    story = Story(documents=(shown.id,), origins=((shown.id,),), outlets=(shown.source,))
    chosen = (line(shown),) if lines is None else lines
    return Item(story=story, headline=line(shown, 0, 0), lines=chosen, quotes=quotes, people=people)


def card(**fields):
    nothing = {"roles": (), "quotes": (), "companions": (), "timeline": (), "lines": ()}
    head = {"id": EntityId(1), "name": "Ada Quill", "kind": Kind.PERSON, "aliases": ()}
    sums = {"mentions": 2, "documents": 1, "first_seen": AT, "last_seen": AT}
    return Card(**(nothing | head | sums | fields))


def comparison(shown):
    side = Compared(card=card(roles=(Held(line(shown), AT, AT, 2),)), said=(said(shown),))
    together = (line(shown),)
    return Comparison(
        first=side, second=side, documents=1, looked_at=200, together=together, company=()
    )


def shown_kinds(shown):
    """Every kind of answer with something in it from the document *shown*."""
    return {
        "briefing": briefing(item(shown, quotes=(said(shown),))),
        "card roles": card(roles=(Held(line(shown), AT, AT, 1),)),
        "card network": card(companions=(Companion("Bo", Kind.PERSON, 1, line(shown)),)),
        "card headlines": card(headlines=(line(shown, 0, 0),)),
        "comparison": comparison(shown),
        "card quotes": card(quotes=(said(shown),)),
        "card timeline": card(timeline=(Dated(date(2026, 3, 2), line(shown)),)),
        "card lines": card(lines=(line(shown),)),
        "quotes": Quotes(speaker="Ada Quill", said=(said(shown),)),
        "found": Found(query="bridge", hits=(Hit(line=line(shown), marks=(Span(4, 10),)),)),
        "summary": Summary(title="A bridge", algorithm="daybrief", lines=(line(shown),)),
        "shelf": Shelf(documents=(shown,)),
    }


KINDS = sorted(shown_kinds(document()))


def lay_out(shown):
    return pages.lay_out(shown, markup.LIMITS)


def runs(laid_out, kind=object):
    return [run for page in laid_out for run in page.runs if isinstance(run, kind)]


def words_of_ours(laid_out):
    return "".join(run.text for run in runs(laid_out, Label))


def plain(page):
    """Write *page* as it reads, with its source and dates."""
    shapes = {Label: "text", Quotation: "text", Source: "name"}
    parts = [getattr(run, shapes.get(type(run), ""), "\n") for run in page.runs]
    return "".join(parts)


# --- every kind of answer


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_of_a_sample_document_is_called_a_sample(kind):
    real = shown_kinds(document())[kind]
    sample = shown_kinds(document(sample=True))[kind]

    assert SAMPLE not in words_of_ours(lay_out(real))
    assert words_of_ours(lay_out(sample)).startswith(SAMPLE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_has_its_source_and_its_day(kind):
    url = "https://courier.example/bridge"
    laid_out = lay_out(shown_kinds(document(url=url))[kind])

    assert Source("Sample Courier", url) in runs(laid_out)
    assert Moment(AT) in runs(laid_out)


@pytest.mark.parametrize("kind", KINDS)
def test_the_time_of_a_file_is_not_passed_off_as_publication(kind):
    laid_out = lay_out(shown_kinds(document(published_how="file time"))[kind])

    assert ", file of " in words_of_ours(laid_out)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_without_date_and_source_says_so(kind):
    laid_out = lay_out(shown_kinds(document(published=None, source=""))[kind])

    assert Source("unnamed source") in runs(laid_out)
    assert ", undated" in words_of_ours(laid_out)


@pytest.mark.parametrize("kind", KINDS)
def test_every_quotation_is_an_exact_slice_of_its_document(kind):
    text = "One line.\nAnother line, that is long. " + "word " * 2_000
    quoted = document(text.strip())

    laid_out = lay_out(shown_kinds(quoted)[kind])

    assert runs(laid_out, Quotation)
    for run in runs(laid_out, Quotation):
        wanted = quoted.title if run.span is None else quoted.text[slice(*run.span)]
        assert run.text == wanted


@pytest.mark.parametrize(
    ("nothing", "reason"),
    [
        (briefing(reason="Nothing new: no document arrived."), "Nothing new: no document arrived."),
        (Quotes(speaker="Ada", said=()), "No words of this person are quoted in the library."),
        (Found(query="x", hits=()), "Nothing found. Try fewer or other words."),
        (
            Summary(title="", algorithm="lead", lines=()),
            "There is no sentence in it that can stand as a line.",
        ),
        (Shelf(documents=()), "There are no documents. Add one with /doc add."),
    ],
)
def test_where_there_is_nothing_it_says_why(nothing, reason):
    laid_out = lay_out(nothing)

    assert len(laid_out) == 1
    assert reason in words_of_ours(laid_out)


# --- single kinds


def test_a_briefing_says_what_was_left_out():
    laid_out = lay_out(briefing(item(document()), left_out=3, over=1_200))

    assert "3 more stories left out. 1,200 older documents not looked at." in words_of_ours(
        laid_out
    )


def test_a_briefing_says_who_confirms_a_story_and_who_is_in_it():
    people = tuple(f"Person {number}" for number in range(8))

    text = words_of_ours(lay_out(briefing(item(document(), people=people))))

    assert "1 origin, 1 outlet: Sample Courier" in text
    assert "In it: Person 0, Person 1, Person 2, Person 3, Person 4, Person 5 and 2 more" in text


def test_a_quote_says_who_spoke_and_who_wrote():
    shown = (said(document()), said(document(), None, How.WRITTEN))

    text = words_of_ours(lay_out(Quotes(speaker="Ada Quill", said=shown)))

    assert "Ada Quill (spoken):" in text
    assert "Unattributed (written):" in text


def test_a_card_says_how_often_when_with_whom_and_what_is_uncertain():
    company = (Companion("Tarn Works", Kind.ORGANISATION, 3),)
    full = card(aliases=("Quill", "@quill"), companions=company, note="Others go by that name.")

    text = words_of_ours(lay_out(full))

    assert "Person: 2 mentions in 1 document, from " in text
    assert "Also written: Quill, @quill" in text
    assert "Tarn Works (3)" in text
    assert "Others go by that name." in text


def test_a_card_of_somebody_who_was_never_seen_has_no_days():
    laid_out = lay_out(card(first_seen=None, last_seen=None))

    assert runs(laid_out, Moment) == []


def test_the_words_that_were_searched_are_bold():
    shown = document("The bridge and the other bridge.")
    hit = Hit(line=line(shown), marks=(Span(4, 10), Span(25, 31)))

    laid_out = lay_out(Found(query="bridge", hits=(hit,), more=True))

    strong = [run.span for run in runs(laid_out, Quotation) if run.strong]
    assert strong == [Span(4, 10), Span(25, 31)]
    assert "".join(run.text for run in runs(laid_out, Quotation)) == shown.text
    assert "Older documents match too" in words_of_ours(laid_out)


def test_a_line_of_several_rows_is_quoted_row_by_row():
    shown = document("One row.\nAnother row.")

    laid_out = lay_out(Summary(title="", algorithm="lead", lines=(line(shown),)))

    assert runs(laid_out).count(Label("", Style.QUOTE)) == 2
    assert [run.text for run in runs(laid_out, Quotation)] == ["One row.", "Another row."]


def test_the_shelf_numbers_documents_and_says_that_there_are_more():
    text = words_of_ours(lay_out(Shelf(documents=(document(number=7),), more=True)))

    assert "7. " in text
    assert "There are more" in text


def test_a_document_without_a_title_shows_the_name_of_its_file():
    read = documents.read(b"The bridge is open.", documents.Hint(name="lake_bridge.txt"))

    laid_out = lay_out(briefing(item(read)))

    assert "lake bridge" in [run.text for run in runs(laid_out, Quotation)]


# --- many pages


def test_pages_are_numbered():
    shown = Shelf(documents=tuple(document(number=number) for number in range(1, 200)))

    laid_out = lay_out(shown)

    assert len(laid_out) > 1
    assert [page.number for page in laid_out] == list(range(1, len(laid_out) + 1))
    assert {page.total for page in laid_out} == {len(laid_out)}


def test_every_page_that_shows_a_sample_says_so_and_no_other():
    real = [said(document("real " * 200, number=1)) for _ in range(8)]
    samples = [said(document("made " * 200, number=2, sample=True)) for _ in range(8)]

    laid_out = lay_out(Quotes(speaker="Ada", said=(*real, *samples)))

    called = [plain(page).startswith(SAMPLE) for page in laid_out]
    assert called == ["made" in plain(page) for page in laid_out]
    assert True in called
    assert False in called


def test_what_goes_on_on_the_next_page_still_looks_quoted():
    post = document("word " * 2_000)

    laid_out = lay_out(Summary(title="", algorithm="lead", lines=(line(post),)))

    assert len(laid_out) > 2
    assert all(page.runs[0] == Label("", Style.QUOTE) for page in laid_out)


def test_the_headline_stands_with_its_first_line():
    shown = document("A line of some length. " * 20)

    laid_out = lay_out(briefing(*[item(shown) for _ in range(12)]))

    headlines = sum(run.span is None for run in runs(laid_out, Quotation))
    assert headlines == 12
    for page in laid_out:
        *_, last = [run for run in page.runs if isinstance(run, Quotation)]
        assert last.span is not None


def hostile_briefings():
    long_title = document(HOSTILE * 3, title="t*" * 2_500, number=2)
    long_post = document("_" * 10_000, number=3, sample=True)
    bad_url = document(
        HOSTILE, number=4, url="https://x.example/" + "(ü)" * 150, source="[x](y)" * 80
    )
    each = (document(HOSTILE), long_title, long_post, bad_url)
    items = [
        item(shown, quotes=(said(shown, "@here" * 50),), people=("*" * 300,) * 9) for shown in each
    ]
    return {
        "all of them": briefing(*items, about="**" * 50, left_out=9),
        "a title of 5,000 characters": briefing(items[1]),
        "a post of 10,000 characters": briefing(items[2]),
        "an address without an end": briefing(items[3]),
    }


@pytest.mark.parametrize("name", sorted(hostile_briefings()))
def test_no_page_of_hostile_documents_is_longer_than_discord_takes(name):
    laid_out = lay_out(hostile_briefings()[name])

    for page in laid_out:
        assert 0 < markup.length(markup.body(page)) <= markup.LIMITS.body < 4_096


@pytest.mark.parametrize("name", sorted(hostile_briefings()))
def test_nothing_of_hostile_documents_is_lost_or_acts(name):
    shown = hostile_briefings()[name]

    laid_out = lay_out(shown)

    quoted = "".join(run.text for run in runs(laid_out, Quotation))
    wanted = [
        each
        for told in shown.items
        for each in (told.headline.title, *told.lines[0].text.split("\n"))
    ]
    assert all(part in quoted for part in wanted)
    for page in laid_out:
        body = markup.body(page)
        assert "@everyone" not in body.replace("\\@everyone", "")
        assert "<@1>" not in body
        assert "```" not in body


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6_000), max_size=4
    )
)
def test_whatever_the_text_its_pages_fit_and_its_quotations_are_slices(texts):
    read = [document(text, number=number) for number, text in enumerate(texts, start=1)]

    laid_out = lay_out(briefing(*[item(each, quotes=(said(each),)) for each in read]))

    by_id = {each.id: each for each in read}
    assert all(markup.length(markup.body(page)) <= markup.LIMITS.body for page in laid_out)
    for run in runs(laid_out, Quotation):
        if run.span is not None:
            assert run.text == by_id[run.document].text[slice(*run.span)]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2014, 1, 1), date(2014, 12, 31), "2014"),
        (date(2021, 9, 1), date(2021, 9, 30), "September 2021"),
        (date(2021, 9, 21), date(2021, 9, 30), "21 September 2021 to 30 September 2021"),
        (date(2014, 1, 1), date(2016, 12, 31), "1 January 2014 to 31 December 2016"),
        (date(9999, 1, 1), date(9999, 12, 31), "1 January 9999 to 31 December 9999"),
        (date(2021, 10, 7), None, "7 October 2021"),
    ],
)
def test_a_whole_year_or_month_is_called_that(first, last, shown):
    line = Line.of(document(), Span(0, 5))
    entry = Dated(day=first, line=line, told=True, until=last)

    assert phrases.told(entry)[0].text == shown


def test_a_note_stands_beside_the_quotation_and_never_in_it():
    noted = replace(line(document("She opened it.")), note="She: Ada Quill, in the line before")

    laid_out = lay_out(briefing(item(document(), lines=(noted,))))

    assert [run.text for run in runs(laid_out, Quotation) if run.span] == ["She opened it."]
    assert "[She: Ada Quill, in the line before]" in [run.text for run in runs(laid_out, Label)]


def test_a_mark_stands_between_lines_that_were_not_neighbours():
    shown = document("The bridge is open. It is long. It was dear.")
    first, joined = line(shown, 0, 19), replace(line(shown, 20, 31), joined=True)
    apart = line(shown, 32)

    def marks(*lines):
        laid_out = lay_out(briefing(item(shown, lines=lines)))
        return [run.text for run in runs(laid_out, Label)].count("[…]")

    assert marks(first, joined) == 0
    assert marks(first, apart) == 1
    assert marks(first, joined, apart) == 1
    assert marks(first, line(document("Elsewhere.", number=2))) == 0


def test_a_heading_of_a_section_without_anything_in_it_is_not_shown():
    laid_out = lay_out(briefing(item(document())))

    headings = {run.text for run in runs(laid_out, Label)}
    assert not headings & {"Figures", "Also reported", "Gone quiet", "In short"}
