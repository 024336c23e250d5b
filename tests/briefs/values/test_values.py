"""Dates, amounts and quantities are found where they stand, and mean what they say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import sentences, values
from briefs.ingest.analysis import apart
from briefs.model import Document, DocumentId, Kind, Mention, Post, Sentence, SentenceKind, Span
from tests import shared

THURSDAY = datetime(2021, 10, 7, 9, tzinfo=UTC)


def sentence(text: str, kind: SentenceKind = SentenceKind.PROSE) -> Sentence:
    span = Span(0, len(text))
    return Sentence(document=DocumentId(0), index=0, span=span, text=text, kind=kind)


def found(text: str, published: datetime | None = THURSDAY, language: str = "en"):
    document = Document(text=text, published=published, language=language)
    return values.find(document, [sentence(text)])


def seen(text: str, published: datetime | None = THURSDAY, language: str = "en"):
    return [(each.text, each.value) for each in found(text, published, language)]


DATES = [
    # whole days
    ("It was signed on October 7, 2021.", "October 7, 2021", "2021-10-07"),
    ("It was signed on 7 October 2021.", "7 October 2021", "2021-10-07"),
    ("It was signed on the 7th of October 2021.", "7th of October 2021", "2021-10-07"),
    ("It was signed on October 7th, 2021.", "October 7th, 2021", "2021-10-07"),
    ("KYIV, Oct. 7 (Sample Wire)", "Oct. 7", "2021-10-07"),
    ("It was signed on 7 October.", "7 October", "2021-10-07"),
    ("It was signed on Sept 30.", "Sept 30", "2021-09-30"),
    ("on Thursday, Oct. 7, at noon", "Thursday, Oct. 7", "2021-10-07"),
    ("on Tuesday, 6 October", "Tuesday, 6 October", "2020-10-06"),
    ("It is dated 2021-10-07.", "2021-10-07", "2021-10-07"),
    ("at 2021-10-07T12:10:00Z", "2021-10-07", "2021-10-07"),
    ("It is dated 2021/10/07.", "2021/10/07", "2021-10-07"),
    ("It is dated 25/12/2020.", "25/12/2020", "2020-12-25"),
    ("It is dated 12/25/2020.", "12/25/2020", "2020-12-25"),
    ("It is dated 03/04/2020.", "03/04/2020", ""),
    ("am 07.10.2021", "07.10.2021", "2021-10-07"),
    ("They met on 29 February.", "29 February", "2020-02-29"),
    # which year is meant
    ("It was signed on 9 November.", "9 November", "2020-11-09"),
    ("It will be signed on 9 November.", "9 November", "2021-11-09"),
    ("It will be signed on 9 March.", "9 March", "2022-03-09"),
    ("They agreed to meet on March 9.", "March 9", "2022-03-09"),
    ("On 8 October, the ministers will meet.", "8 October", "2021-10-08"),
    # stretches of days
    ("from 3 to 7 May", "from 3 to 7 May", "2021-05-03/2021-05-07"),
    ("March 5-7, 2020", "March 5-7, 2020", "2020-03-05/2020-03-07"),
    ("3\u20137 May 2020", "3\u20137 May 2020", "2020-05-03/2020-05-07"),
    ("28 September to 3 October 2021", "28 September to 3 October 2021", "2021-09-28/2021-10-03"),
    (
        "between 30 December 2019 and 2 January 2020",
        "between 30 December 2019 and 2 January 2020",
        "2019-12-30/2020-01-02",
    ),
    # months
    ("since October 2020", "October 2020", "2020-10"),
    ("in October of 2020", "October of 2020", "2020-10"),
    ("It began in September.", "September", "2021-09"),
    ("It began in December.", "December", "2020-12"),
    ("It will begin in December.", "December", "2021-12"),
    ("It will begin by March.", "March", "2022-03"),
    ("since March, it will", "March", "2021-03"),
    ("last May", "last May", "2021-05"),
    ("next March", "next March", "2022-03"),
    ("this October", "this October", "2021-10"),
    ("September\u2019s attack", "September", "2021-09"),
    ("In late September, they signed.", "late September", "2021-09-21/2021-09-30"),
    ("in mid-May", "mid-May", "2021-05-11/2021-05-20"),
    ("early February 2020", "early February 2020", "2020-02-01/2020-02-10"),
    ("late February 2020", "late February 2020", "2020-02-21/2020-02-29"),
    ("at the end of August", "the end of August", "2021-08-21/2021-08-31"),
    ("from March to May 2020", "from March to May 2020", "2020-03/2020-05"),
    ("from November to March 2020", "from November to March 2020", "2019-11/2020-03"),
    ("in November of last year", "November of last year", "2020-11"),
    ("it is closed until March", "March", "2022-03"),
    # years and more
    ("since 2014", "2014", "2014"),
    ("the 2014 annexation", "2014", "2014"),
    ("the Sept. 11, 2001 attacks", "Sept. 11, 2001", "2001-09-11"),
    ("the Sept. 11 attacks", "Sept. 11", "2021-09-11"),
    ("her first book (2014)", "2014", "2014"),
    ("early 2020", "early 2020", "2020-01/2020-04"),
    ("in mid-2019", "mid-2019", "2019-05/2019-08"),
    ("at the end of 2019", "the end of 2019", "2019-09/2019-12"),
    ("between 2014 and 2016", "between 2014 and 2016", "2014/2016"),
    ("from 2014 to 2016", "from 2014 to 2016", "2014/2016"),
    ("the 2022-2023 programme", "2022-2023", "2022/2023"),
    ("the 2022/23 season", "2022/23", "2022/2023"),
    ("in the 1990s", "the 1990s", "1990/1999"),
    ("in the early 1990s", "the early 1990s", "1990/1993"),
    ("in the late '90s", "the late '90s", "1997/1999"),
    ("in the 19th century", "the 19th century", "1801/1900"),
    ("the third quarter of 2023", "the third quarter of 2023", "2023-07/2023-09"),
    ("in Q1 2023", "Q1 2023", "2023-01/2023-03"),
    ("the first half of 2022", "the first half of 2022", "2022-01/2022-06"),
    ("the first half of last year", "the first half of last year", "2020-01/2020-06"),
    ("in the summer of 2020", "the summer of 2020", "2020-06/2020-08"),
    ("in winter 2019", "winter 2019", "2019-12/2020-02"),
    ("last summer", "last summer", "2021-06/2021-08"),
    # seen from Thursday, 7 October 2021
    ("he said on Thursday", "Thursday", "2021-10-07"),
    ("he said on Friday", "Friday", "2021-10-01"),
    ("he said on Tuesday night", "Tuesday", "2021-10-05"),
    ("open until Friday", "Friday", "2021-10-08"),
    ("he will arrive on Friday", "Friday", "2021-10-08"),
    ("it will be signed on Wednesday", "Wednesday", "2021-10-13"),
    ("talks scheduled for Monday", "Monday", "2021-10-11"),
    ("he said he would resign on Monday", "Monday", "2021-10-11"),
    ("he will resign, she said on Monday", "Monday", "2021-10-04"),
    ("On Friday, ministers will meet", "Friday", "2021-10-08"),
    ("last Friday", "last Friday", "2021-10-01"),
    ("last Thursday", "last Thursday", "2021-09-30"),
    ("next Thursday", "next Thursday", "2021-10-14"),
    ("yesterday", "yesterday", "2021-10-06"),
    ("today", "today", "2021-10-07"),
    ("tomorrow", "tomorrow", "2021-10-08"),
    ("last night", "last night", "2021-10-06"),
    ("this morning", "this morning", "2021-10-07"),
    ("the day before yesterday", "the day before yesterday", "2021-10-05"),
    ("two weeks ago", "two weeks ago", "2021-09-23"),
    ("three months ago", "three months ago", "2021-07"),
    ("a year ago", "a year ago", "2020"),
    ("10 days ago", "10 days ago", "2021-09-27"),
    ("last week", "last week", "2021-09-27/2021-10-03"),
    ("next week", "next week", "2021-10-11/2021-10-17"),
    ("last weekend", "last weekend", "2021-10-02/2021-10-03"),
    ("it rained over the weekend", "the weekend", "2021-10-02/2021-10-03"),
    ("this month", "this month", "2021-10"),
    ("last month", "last month", "2021-09"),
    ("last quarter", "last quarter", "2021-07/2021-09"),
    ("last year", "last year", "2020"),
    ("late last year", "late last year", "2020-09/2020-12"),
    ("over the past two years", "the past two years", "2019/2021"),
    ("in the next 10 days", "the next 10 days", "2021-10-07/2021-10-17"),
]
MONEY = [
    ("$1.2bn", "$1.2bn", "USD 1200000000"),
    ("US$1.2 billion", "US$1.2 billion", "USD 1200000000"),
    ("A$5,000", "A$5,000", "AUD 5000"),
    ("€500 million", "€500 million", "EUR 500000000"),
    ("£3m", "£3m", "GBP 3000000"),
    ("£3.50", "£3.50", "GBP 3.5"),
    ("USD 5 million", "USD 5 million", "USD 5000000"),
    ("Rs 200 crore", "Rs 200 crore", "INR 2000000000"),
    ("69 million dollars", "69 million dollars", "USD 69000000"),
    ("a million dollars", "a million dollars", "USD 1000000"),
    ("1.5 million euros", "1.5 million euros", "EUR 1500000"),
    ("half a million euros", "half a million euros", "EUR 500000"),
    ("5,000 US dollars", "5,000 US dollars", "USD 5000"),
    ("five million hryvnias", "five million hryvnias", "UAH 5000000"),
    ("5 million pounds", "5 million pounds", "GBP 5000000"),
    ("200\u00a0000 €", "200\u00a0000 €", "EUR 200000"),
    ("500 €", "500 €", "EUR 500"),
    ("200,000 USD", "200,000 USD", "USD 200000"),
    ("500bn yen", "500bn yen", "JPY 500000000000"),
    ("about $69 million", "about $69 million", "~USD 69000000"),
    ("more than €2 billion", "more than €2 billion", ">EUR 2000000000"),
    ("up to £10,000", "up to £10,000", "<GBP 10000"),
    ("$5-7 million", "$5-7 million", "USD 5000000-7000000"),
    ("a $1.2-billion deal", "$1.2-billion", "USD 1200000000"),
    ("a 5-million-dollar deal", "5-million-dollar", "USD 5000000"),
]
QUANTITIES = [
    ("about 20 kilometres", "about 20 kilometres", "~20 km"),
    ("12 miles", "12 miles", "12 mi"),
    ("20km", "20km", "20 km"),
    ("a 20-kilometre road", "20-kilometre", "20 km"),
    ("155mm shells", "155mm", "155 mm"),
    ("six feet", "six feet", "6 ft"),
    ("1,200 square kilometres", "1,200 square kilometres", "1200 km²"),
    ("5 sq km", "5 sq km", "5 km²"),
    ("40 hectares", "40 hectares", "40 ha"),
    ("1.5 tonnes", "1.5 tonnes", "1.5 t"),
    ("200 pounds", "200 pounds", "200 lb"),
    ("two million barrels", "two million barrels", "2000000 bbl"),
    ("up to 100 km/h", "up to 100 km/h", "<100 km/h"),
    ("60 miles per hour", "60 miles per hour", "60 mph"),
    ("300 megawatts", "300 megawatts", "300 MW"),
    ("10%", "10%", "10 %"),
    ("3.5 per cent", "3.5 per cent", "3.5 %"),
    ("2 percentage points", "2 percentage points", "2 pp"),
    ("20-30 percent", "20-30 percent", "20-30 %"),
    ("5 to 10 km", "5 to 10 km", "5-10 km"),
    ("between 5 and 10 people", "between 5 and 10 people", "5-10 people"),
    ("two to three million people", "two to three million people", "2000000-3000000 people"),
    ("three people", "three people", "3 people"),
    ("one person", "one person", "1 person"),
    ("twenty-one soldiers", "twenty-one soldiers", "21 soldiers"),
    ("5 000 people", "5 000 people", "5000 people"),
    ("one hundred and fifty people", "one hundred and fifty people", "150 people"),
    ("80 Leopard 2 tanks", "80", "80 tanks"),
    ("a hundred people", "a hundred people", "100 people"),
    ("a dozen drones", "a dozen drones", "12 drones"),
    ("two dozen tanks", "two dozen tanks", "24 tanks"),
    ("2m people", "2m people", "2000000 people"),
    ("approximately 50 such devices", "approximately 50 such devices", "~50 devices"),
    ("at least three other people", "at least three other people", ">3 people"),
    ("fewer than 100 jobs", "fewer than 100 jobs", "<100 jobs"),
    ("500 US soldiers", "500", "500 soldiers"),
    ("13 were killed", "13", "13 killed"),
    ("13 killed", "13 killed", "13 killed"),
    ("It has killed more than 13,000.", "more than 13,000", ">13000"),
    ("more than 13,000 people", "more than 13,000 people", ">13000 people"),
    ("nearly a million", "nearly a million", "~1000000"),
]
NOTHING = [
    "Call 555-1234-567 or +380 44 123 45 67.",
    "They won 3-1, and 2-0 the year before.",
    "TB2 drones and F-16 jets",
    "a Boeing 737 and Flight 370 passengers",
    "1. Introduction",
    "one of them",
    "at 10:30, at 5 p.m. and around 10 am",
    "May said that she may march.",
    "the Sunday Times on Good Friday",
    "two militant groups",
    "two-thirds",
    "Article 5 members",
    "30 February",
    "version 2.14.1999",
    "a game of 5-a-side",
    "Room 101",
]


@pytest.mark.parametrize(("text", "written", "value"), [*DATES, *MONEY, *QUANTITIES])
def test_it_is_found_with_its_value(text, written, value):
    assert seen(text) == [(written, value)]


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_value_is_none(text):
    assert seen(text) == []


@pytest.mark.parametrize(
    ("cases", "kind"), [(DATES, Kind.DATE), (MONEY, Kind.MONEY), (QUANTITIES, Kind.QUANTITY)]
)
def test_each_is_of_its_kind(cases, kind):
    assert {each.kind for text, _, _ in cases for each in found(text)} == {kind}


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("between $5 million and $7 million", ["USD 5000000", "USD 7000000"]),
        ("about 20 kilometres (12 miles) from Kyiv", ["~20 km", "12 mi"]),
        ("In 2014 and 2016, five people paid $3.", ["2014", "2016", "5 people", "USD 3"]),
    ],
)
def test_several_in_one_sentence_are_found_in_order(text, both):
    assert [value for _, value in seen(text)] == both


@pytest.mark.parametrize(
    "text", ["on Thursday", "in late September", "two weeks ago", "7 October", "last year", "today"]
)
def test_without_a_day_of_publication_a_relative_date_has_no_value(text):
    (only,) = found(text, published=None)

    assert only.value == ""


@pytest.mark.parametrize("text", ["7 October 2021", "since 2014", "in the 1990s", "2021-10-07"])
def test_without_a_day_of_publication_a_whole_date_keeps_its_value(text):
    assert seen(text, published=None) == seen(text)


def test_the_time_of_a_file_is_no_day_to_see_dates_from():
    document = Document(text="today", published=THURSDAY, published_how="file time")

    (only,) = values.find(document, [sentence("today")])

    assert only.value == ""


def test_in_a_post_dates_are_seen_from_the_day_of_the_post():
    text = "See you tomorrow."
    post = Post(span=Span(0, len(text)), author="A", handle="a", published=THURSDAY)
    document = Document(text=text, posts=(post,), published=THURSDAY + timedelta(days=30))

    (only,) = values.find(document, [sentence(text, SentenceKind.POST)])

    assert only.value == "2021-10-08"


@pytest.mark.parametrize(
    "kind", [SentenceKind.SIGNATURE, SentenceKind.CAPTION, SentenceKind.BOILERPLATE]
)
def test_what_is_never_read_has_no_values(kind):
    text = "- A (@a) October 7, 2021"

    assert values.find(Document(text=text), [sentence(text, kind)]) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Am 2021-10-07 war es so.", "2021-10-07"),
        ("Es kostet 1.200.000,50 €.", "EUR 1200000.5"),
        ("Das sind 3,5 km.", "3.5 km"),
        ("Das sind 10 %.", "10 %"),
        ("Für 20 Mio. war es $5.", "USD 5"),
    ],
)
def test_in_other_languages_signs_and_symbols_are_read(text, value):
    assert [each.value for each in found(text, language="de")] == [value]


def test_words_of_other_languages_are_not_read_as_english():
    assert seen("Die Bundeswehr hat in May 2014 drones", language="de") == []


def test_the_article_says_when_and_how_much():
    text = shared.path("seed/article.txt").read_text("utf-8")
    document = Document(text=text, published=THURSDAY)

    mentions = values.find(document, sentences.split(document))

    told = {each.text: each.value for each in mentions}
    assert (
        told.items()
        >= {
            "Thursday": "2021-10-07",
            "late September": "2021-09-21/2021-09-30",
            "about 20 kilometres": "~20 km",
            "12 miles": "12 mi",
            "approximately 50 such devices": "~50 devices",
            "2014": "2014",
            "more than 13,000": ">13000",
        }.items()
    )


# --- names and amounts


def mention(text: str, part: str, kind: Kind) -> Mention:
    start = text.index(part)
    return Mention(sentence=0, span=Span(start, start + len(part)), text=part, kind=kind)


@pytest.mark.parametrize(
    ("text", "name", "amount", "kept"),
    [
        ("US$5m", ("US", Kind.PLACE), ("US$5m", Kind.MONEY), {Kind.MONEY}),
        ("Sunday Times", ("Sunday Times", Kind.ORGANISATION), ("Sunday", Kind.DATE),
         {Kind.ORGANISATION}),
        ("Friday", ("Friday", Kind.PERSON), ("Friday", Kind.DATE), {Kind.DATE}),
        ("Kyiv on Friday", ("Kyiv", Kind.PLACE), ("Friday", Kind.DATE), {Kind.PLACE, Kind.DATE}),
        ("2014 or so", ("2014 or so", Kind.DATE), ("2014", Kind.DATE), {Kind.DATE}),
    ],
)  # fmt: skip
def test_of_a_name_and_an_amount_in_one_place_the_longer_stays(text, name, amount, kept):
    names, amounts = apart([mention(text, *name)], [mention(text, *amount)])

    assert {each.kind for each in (*names, *amounts)} == kept
    assert all(each.kind is not Kind.DATE for each in names)


# --- whatever the text


_WORDS = """
    7 October , Oct. 2021 - 31 to and between from the of late mid- early May Thursday last next
    2014 1990s 1,000 $ € bn million dozen a about more than people killed km % ( ) two 3 ago weeks
    year this 2021-10-07 / : . \u2013 Q3 quarter 29 February 9999 0001 summer yesterday
"""
PIECES = st.sampled_from(_WORDS.split())


@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25), st.booleans())
@settings(deadline=None, max_examples=200)
def test_what_is_found_are_slices_in_order_apart_and_the_same_each_time(pieces, spaced):
    text = (" " if spaced else "").join(pieces)

    mentions = found(text)

    assert all(text[slice(*each.span)] == each.text for each in mentions)
    ends = [0, *(each.span.end for each in mentions)]
    assert all(end <= each.span.start for end, each in zip(ends, mentions, strict=False))
    assert mentions == found(text)


@given(st.dates(min_value=date(1971, 1, 1), max_value=date(2050, 12, 31)), st.data())
@settings(deadline=None, max_examples=100)
def test_a_weekday_is_never_further_away_than_a_week(day, data):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    name = data.draw(st.sampled_from(["Monday", "Tuesday", "Wednesday", "Sunday"]))

    (past,) = found(f"He said it on {name}.", at)
    (future,) = found(f"He will say it on {name}.", at)

    assert 0 <= (day - date.fromisoformat(past.value)).days < 7
    assert 0 <= (date.fromisoformat(future.value) - day).days < 7


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2090, 12, 31)))
@settings(deadline=None, max_examples=100)
def test_a_day_written_out_is_read_as_that_day(day):
    text = f"It was on {day:%B} {day.day}, {day.year}."

    assert [each.value for each in found(text)] == [day.isoformat()]


@pytest.mark.parametrize("day", [date.min, date.max, date(9999, 12, 31)])
def test_at_the_ends_of_the_calendar_nothing_is_raised(day):
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    text = "last year, next year, two weeks ago, in 10 decades, next Friday, 9 May, next month"

    assert all(each.kind is Kind.DATE for each in found(text, at))


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1," * 50_000 + "!",
        "1 " * 50_000 + "!",
        "$" * 100_000,
        "$1-" * 30_000,
        "a" * 100_000 + "!",
        "about " * 20_000,
        "between 1 and " * 8_000,
        "the " * 25_000,
        "May " * 25_000,
        "7 May to " * 12_000,
        "late " * 20_000,
        "two hundred " * 9_000,
        "1 " + "aa " * 33_000,
        " " * 100_000,
        "Thursday, " * 10_000,
    ],
)
def test_hostile_text_is_read_to_its_end(text):
    assert all(text[slice(*each.span)] == each.text for each in found(text))
