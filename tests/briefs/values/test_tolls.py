"""Numbers whose meaning stands before them are found, and mean what they say."""

import pytest

from briefs import values
from briefs.model import Document, DocumentId, Kind, Sentence, Span


def seen(text: str) -> list[tuple[str, str]]:
    sentence = Sentence(document=DocumentId(0), index=0, span=Span(0, len(text)), text=text)
    found = values.find(Document(text=text), [sentence])
    return [(each.text, each.value) for each in found if each.kind is Kind.QUANTITY]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The death toll rose to 40.", [("40", "40 dead")]),
        ("The death toll has risen to at least 64.", [("at least 64", ">64")]),
        ("The toll in Haiti stands at 2,200.", [("2,200", "2200 dead")]),
        ("The toll rose to 15 from 11 on Monday.", [("15", "15 dead"), ("11", "11 dead")]),
        ("The toll climbed from twelve to twenty.", [("twelve", "12 dead"), ("twenty", "20 dead")]),
        ("It killed 35 people and wounded 134, he said.",
         [("35 people", "35 people"), ("134", "134 wounded")]),
        ("The bomb exploded, killing at least 12.", [("at least 12", ">12")]),
        ("A crowd of 20,000 marched.", []),
        ("He spoke to a crowd of 20,000.", [("20,000", "20000 people")]),
        ("Two others were hurt.", [("Two", "2 others")]),
        ("A magnitude 6.1 earthquake struck.", [("6.1", "6.1 magnitude")]),
        ("A 6.4-magnitude quake followed.", [("6.4", "6.4 magnitude")]),
    ],
)  # fmt: skip
def test_a_number_is_read_by_what_stands_before_it(text, expected):
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The toll road leads to 12 different villages.",
        "They killed 12 cows.",
        "The toll rose to 3 percent.",
        "Order of magnitude 2021 reports.",
        "He killed time until 10:30.",
    ],
)
def test_a_number_of_something_else_is_left_alone(text):
    assert all("dead" not in value and "killed" not in value for _, value in seen(text))
