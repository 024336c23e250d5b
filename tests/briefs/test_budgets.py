"""A length is what people write it as; few stories get more of it, and sections none."""

import pytest

from briefs import budgets
from briefs.errors import UsageError


@pytest.mark.parametrize(
    ("text", "lines", "words"),
    [
        ("20 lines", 20, None),
        ("1 line", 1, None),
        (" 5LINES ", 5, None),
        ("400 words", None, 400),
        ("3 minutes", None, 714),
        ("1 minute", None, 238),
        ("normal", None, None),
    ],
)
def test_a_length_is_read_as_people_write_it(text, lines, words):
    length = budgets.read(text)

    assert (length.total_lines, length.total_words) == (lines, words)


@pytest.mark.parametrize("text", ["", "20", "lines", "0 lines", "1.5 minutes", "Normal!", "9" * 40])
def test_anything_else_is_refused_with_what_there_is(text):
    with pytest.raises(UsageError, match="use short, normal, long, or a number of lines"):
        budgets.read(text)


def test_few_stories_get_more_lines_and_many_no_fewer():
    length = budgets.read("12 lines")

    assert budgets.spread(length, 12) == budgets.spread(length, 60) == length
    assert budgets.spread(length, 4).lines == 3
    alone = budgets.spread(length, 1)
    assert (alone.lines, alone.quotes, alone.figures, alone.also) == (3, 1, 1, 1)
    assert budgets.spread(length, 0) == alone


def test_the_named_lengths_are_the_same_for_any_number_of_stories():
    for name, length in budgets.LENGTHS.items():
        assert budgets.spread(budgets.read(name), 1) == length


def test_what_is_in_no_section_is_not_told():
    length = budgets.within(budgets.LENGTHS["long"], ("quotes", "people"))

    assert (length.lines, length.figures, length.also, length.disputes) == (0, 0, 0, False)
    assert length.quotes == budgets.LENGTHS["long"].quotes


def test_sections_keep_their_order_and_stand_once():
    assert budgets.sections(["quiet", "lines", "quiet"]) == ("quiet", "lines")
    assert budgets.sections([]) == budgets.SECTIONS
    with pytest.raises(UsageError, match="“Lines”: use lines, quotes"):
        budgets.sections(["Lines"])
