"""Numbers are told by what they count, and set side by side only where they disagree."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import figures, ingest, sentences, values
from briefs.figures import amounts
from briefs.model import Document, DocumentId, Figure, Sentence, SentenceKind, Span
from tests.briefs.conftest import SEEDS

NOON = datetime(2022, 4, 11, 12, tzinfo=UTC)  # a Monday
WORDS = """
    37 41 1,200 people soldiers killed were died toll rose to from in Kyiv since of the $5 million
    cost at least and , . ; ( 6.1 magnitude percent vote a day km 20 (12 miles) é 🙂
"""
DISPUTES = Path(__file__).parent / "disputes"


def read(text: str, number: int = 1, language: str = "en") -> tuple[Figure, ...]:
    document = Document(text=text, id=DocumentId(number), published=NOON, language=language)
    parts = sentences.split(document)
    found = values.find(document, parts)
    return figures.find(document.id, parts, found, language=language)


def seen(text: str) -> list[tuple[str, str]]:
    return [(each.value, each.about) for each in read(text)]


def differing(*texts: str, origins: tuple[int, ...] = ()) -> list[list[str]]:
    """Return the values of each dispute among *texts*, which came an hour after each other."""
    found = [each for number, text in enumerate(texts, 1) for each in read(text, number)]
    numbers = [DocumentId(number) for number in range(1, len(texts) + 1)]
    origin = dict(zip(numbers, origins or range(len(texts)), strict=True))
    times = {number: NOON + timedelta(hours=number) for number in numbers}
    return [[each.value for each in group] for group in figures.disputes(found, origin, times)]


# --- what is counted


@pytest.mark.parametrize(
    "text",
    [
        "Missiles killed 37 people in the town.",
        "In the town 37 people were killed.",
        "Officials counted 37 dead.",
        "The blast left 37 people dead.",
        "The death toll stood at 37.",
        "The toll of the flood rose to 37.",
        "The number of dead in the province of Kandra rose to 37.",
        "The death toll passed 37 on Monday.",
        "The agency reported 37 deaths.",
        "Thirty-seven people died in the town.",
        "The bomb went off at noon, killing 37.",
        "The attack killed 37 people and wounded soldiers.",
    ],
)
def test_the_dead_are_one_thing_however_they_are_told(text):
    ((value, about),) = seen(text)

    assert about == "people killed"
    assert value.startswith("37")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 12 soldiers were wounded.", [(">12 soldiers", "soldiers injured")]),
        ("The death toll has risen to at least 64.", [(">64", "people killed")]),
        ("A dozen people were hurt.", [("12 people", "people injured")]),
        ("The crash left 12 dead and 30 injured.",
         [("12 dead", "people killed"), ("30 injured", "people injured")]),
        ("It killed 35 people and wounded 134, he said.",
         [("35 people", "people killed"), ("134 wounded", "people injured")]),
        ("Some 200 people are still missing.", [("~200 people", "people missing")]),
        ("Police detained 14 people.", [("14 people", "people arrested")]),
        ("Turkey will sell 24 drones to Kyiv.", [("24 drones", "drones sold")]),
        ("Kyiv purchased 24 Bayraktar drones.", [("24 drones", "drones bought")]),
        ("Fifty Armenian soldiers were killed.", [("50 soldiers", "armenian soldiers killed")]),
        ("About 5,000 people marched.", [("~5000 people", "people gathered")]),
        ("The factory will cost $80 million.", [("USD 80000000", "factory cost")]),
        ("It signed a deal worth 2 billion euros.", [("EUR 2000000000", "contract cost")]),
        ("Norway pledged $100 million.", [("USD 100000000", "money pledged")]),
        ("A magnitude 6.1 quake struck.", [("6.1 magnitude", "magnitude")]),
        ("A 6.1-magnitude quake struck.", [("6.1 magnitude", "magnitude")]),
        ("Marten won 49.2 percent of the vote.", [("49.2 %", "vote share of marten")]),
        ("Turnout was 71 percent.", [("71 %", "turnout")]),
        ("Consumer prices rose 3.2 percent.", [("3.2 %", "prices rose")]),
        ("It lies 20 km north of Kyiv.", [("20 km", "distance from kyiv")]),
        ("Some 64 kilometres of the Lusna are open.", [("~64 km", "km")]),
        ("It lies 20 kilometres (12 miles) from Kyiv.", [("20 km", "distance from kyiv")]),
        ("About 100 soldiers die every day.", [("~100 soldiers", "soldiers killed per day")]),
        ("Between 20 and 30 people were killed.", [("20-30 people", "people killed")]),
        ("They met in six states.", []),
    ],
)  # fmt: skip
def test_a_number_is_known_by_what_it_counts(text, expected):
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He spoke at 10:30 on 4 March 2022.",
        "Anna Reuter, 41, has a 12-year-old son.",
        "Article 12 of the law gives her 30 days.",
        "Page 37 is missing.",
        "The match ended 3-1.",
        "Call 555 0199 for the third time.",
        "The two nations agreed.",
        "Police released the two soldiers.",
    ],
)
def test_dates_ages_and_the_numbers_of_things_are_no_figures(text):
    assert seen(text) == []


def test_a_figure_stands_where_it_says_and_only_in_what_may_be_shown():
    text = "The blast killed 37 people. 14 people were arrested."
    parts = (
        Sentence(document=DocumentId(1), index=0, span=Span(0, 27), text=text[:27]),
        Sentence(document=DocumentId(1), index=1, span=Span(28, 52), text=text[28:],
                 kind=SentenceKind.HEADING),
    )  # fmt: skip
    found = values.find(Document(text=text), parts)

    (figure,) = figures.find(DocumentId(1), parts, found)

    assert text[slice(*figure.span)] == "37 people"
    assert figure.sentence == parts[0]
    assert figures.find(DocumentId(2), parts, found) == ()


def test_in_other_languages_numbers_are_known_by_their_unit_alone():
    found = read("Das Werk kostet 80 Mio. EUR und steht 20 km vor der Stadt mit 37 Toten.",
                 language="de")  # fmt: skip

    assert [each.about for each in found if each.about != "money"] == ["km"]


# --- key figures


def test_key_figures_are_those_that_most_documents_give_and_the_newest_is_quoted():
    found = [
        *read("The town lies 20 km from Kyiv. The blast killed 37 people.", 1),
        *read("It lies 20 km from Kyiv. The attack killed 37 people and injured 60 people.", 2),
        *read("It lies 20 km from Kyiv. The repair will cost $5 million.", 3),
    ]

    key = figures.key(found, 3)

    assert [each.about for each in key] == ["people killed", "people injured", "repair cost"]
    assert key[0].sentence.document == 2
    assert figures.key(found[::-1], 3) == key
    assert figures.key(found, 0) == ()
    assert figures.key(found, 9)[-1].about == "distance from kyiv"


def test_what_happened_in_another_year_is_quoted_only_when_there_is_nothing_else():
    past = read("In 1988 an earthquake killed 700 people.", 2)

    assert figures.key((*read("The quake killed 347 people."), *past), 5)[0].value == "347 people"
    assert figures.key(past, 5) == past


def test_a_number_that_was_replaced_is_no_key_figure():
    (figure,) = figures.key(read("The death toll rose to 15 from 11 on Monday."), 5)

    assert figure.value == "15 dead"


# --- figures that differ


def test_figures_that_differ_stand_side_by_side_each_value_once_the_earliest_first():
    groups = differing(
        "The blast killed 41 people.",
        "In the blast 37 people died.",
        "At least 30 people were killed.",
        "The death toll stands at 41.",
    )

    assert groups == [["41 people", "37 people"]]


@pytest.mark.parametrize(
    "texts",
    [
        ("At least 30 people were killed.", "The blast killed 37 people."),
        ("About 40 people were killed.", "The blast killed 37 people."),
        ("The bridge will cost $1.2 billion.", "The bridge will cost $1.18 billion."),
        ("It lies 12 miles from Arden.", "It lies 19 km from Arden."),
        ("It killed 37 people, among them 12 children.", "Twelve children were killed."),
        ("In Kyiv five people were killed.", "In Lviv three people were killed."),
        ("Nine people were killed on Sunday.", "Four people were killed on Monday."),
        ("Since January 212 people were killed.", "Four people were killed."),
        ("In 2015 a crush killed 22 people.", "The crush killed eight people."),
        ("A flood could kill 300 people.", "The flood killed two people."),
        ("The death toll rose to 15 from 11.", "The avalanche killed 11 people."),
        ("Poland bought 36 drones.", "Ukraine bought 24 drones."),
        ("Kyiv bought 24 Bayraktar drones.", "It bought 200 Mavic drones."),
        ("The museum will cost 100 million euros.", "The museum will cost $108 million."),
        ("It killed three people in Ohara and two in Kansal.", "The storm killed 18 people."),
        ("So far 37 people were evacuated.", "Rescuers evacuated 60 people."),
        ("On the third night police arrested 719 people.",
         "On the fourth night police arrested 1,311 people."),
        ("They shipped 26,000 tonnes of corn.", "They shipped 40,000 tonnes of coal."),
        ("The law has cost 40,000 jobs.", "It has cost 2 jobs."),
    ],
)  # fmt: skip
def test_what_may_be_true_together_is_no_dispute(texts):
    assert differing(*texts) == []
    assert differing(*texts[::-1]) == []


def test_one_origin_does_not_contradict_itself_and_its_newest_figure_counts():
    texts = ("The storm killed six people.", "The storm killed nine people.")

    assert differing(*texts, origins=(7, 7)) == []
    assert differing(*texts, "The storm killed 12 people.", origins=(7, 7, 8)) == [
        ["9 people", "12 people"]
    ]


def test_an_origin_that_gives_both_numbers_explains_them():
    texts = ("Officials said 37 people died.", "The blast killed 41 people.")
    both = "Officials said 37 people died; the mayor said that 41 people died."

    assert differing(*texts) == [["37 people", "41 people"]]
    assert differing(*texts, both) == []


def test_documents_without_an_origin_or_a_time_are_left_out():
    found = [*read("It killed 37 people.", 1), *read("It killed 41 people.", 2)]

    assert figures.disputes(found, {DocumentId(1): 0}, {DocumentId(1): NOON}) == ()


def _stories(name: str) -> list[dict]:
    return [json.loads(line) for line in (DISPUTES / name).read_text().splitlines()]


def _disputed(story: dict) -> list[list[float]]:
    """Return the numbers of each dispute that is found in *story*."""
    found: list[Figure] = []
    origin: dict[DocumentId, int] = {}
    times: dict[DocumentId, datetime] = {}
    outlets = sorted({each["outlet"] for each in story["documents"]})
    for number, each in enumerate(story["documents"], 1):
        at = datetime.fromisoformat(each["published"])
        document = Document(text=each["text"], id=DocumentId(number), published=at)
        parts = sentences.split(document)
        found += figures.find(document.id, parts, values.find(document, parts))
        origin[document.id], times[document.id] = outlets.index(each["outlet"]), at
    groups = figures.disputes(found, origin, times)
    return sorted(sorted(_number(each.value) for each in group) for group in groups)


def _number(value: str) -> float:
    amount = amounts.read(value.lstrip("~<>"))
    assert amount
    return amount.size


@pytest.mark.parametrize("file", ["stories.jsonl", "further.jsonl", "last.jsonl", "unseen.jsonl"])
def test_every_disagreement_of_the_set_is_found_and_no_other(file):
    stories = _stories(file)
    wanted = {
        each["name"]: sorted(sorted(map(float, one["values"])) for one in each["disputes"])
        for each in stories
    }

    found = {each["name"]: _disputed(each) for each in stories}

    assert found == wanted


def test_the_sample_documents_agree_with_each_other():
    found: list[Figure] = []
    times: dict[DocumentId, datetime] = {}
    for number, file in enumerate(ingest.files([SEEDS]), 1):
        analysis = ingest.numbered(ingest.analyse(ingest.file(file)), DocumentId(number))
        assert analysis.document.published
        found += figures.find(DocumentId(number), analysis.sentences, analysis.values)
        times[DocumentId(number)] = analysis.document.published
    origin = {number: int(number) for number in times}

    assert figures.disputes(found, origin, times) == ()
    assert {"drones bought", "people killed"} <= {each.about for each in figures.key(found, 5)}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=40))
def test_any_words_give_figures_that_are_slices_and_disputes_among_them(parts):
    text = " ".join(parts)

    one, other = read(text, 1), read(text[::2], 2)

    for each in one:
        assert each.about
        assert "\n" not in text[slice(*each.span)]
        assert each.sentence.span.start <= each.span.start < each.span.end <= each.sentence.span.end
    origin = {DocumentId(1): 1, DocumentId(2): 2}
    for group in figures.disputes((*one, *other), origin, dict.fromkeys(origin, NOON)):
        assert len(group) > 1
        assert set(group) <= {*one, *other}
