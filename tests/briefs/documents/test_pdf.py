"""PDF files become text in the order in which a person reads it."""

import pytest

from briefs import documents
from briefs.documents import Hint
from briefs.errors import DocumentError
from tests.briefs.documents import made

LEFT = (
    "The minister said on Thursday that the factory will be built near the town.\n"
    "The land was bought in October, and the first halls are to stand in spring."
)
RIGHT = (
    "Workers from the region were invited to apply for the posts by the company.\n"
    "Its neighbours have asked for a new road that leads around their village."
)


def read(data, name="a.pdf"):
    return documents.read(data, Hint(name=name))


def flat(text):
    return text.split("\n")


def two_columns():
    return made.column(LEFT, width=210) + made.column(RIGHT, x=320, width=210)


def test_what_the_file_says_of_itself_fills_the_fields():
    info = "/Title (The factory) /Author (Jo Roe) /CreationDate (D:20211007123000+03'00')"

    document = read(made.pdf([made.column(LEFT)], info=info))

    assert (document.title, document.author) == ("The factory", "Jo Roe")
    assert document.published is not None
    assert document.published.isoformat() == "2021-10-07T09:30:00+00:00"
    assert document.published_how == "metadata"


@pytest.mark.parametrize("title", ["", "Microsoft Word - a.doc", "untitled", "report.indd", "-"])
def test_without_a_title_of_its_own_the_headline_is_the_title_and_leaves_the_text(title):
    page = [(72, 780, 22, "A factory for the town"), *made.column(LEFT)]

    document = read(made.pdf([page], info=f"/Title ({title})"))

    assert document.title == "A factory for the town"
    assert flat(document.text) == flat(LEFT)


def test_lines_are_joined_and_paragraphs_are_not():
    document = read(made.pdf([made.column(LEFT, width=150)]))

    assert flat(document.text) == flat(LEFT)


def test_columns_are_read_one_after_the_other():
    document = read(made.pdf([two_columns()]))

    assert flat(document.text) == flat(f"{LEFT}\n{RIGHT}")


def test_columns_that_the_file_gives_line_by_line_are_still_columns():
    page = sorted(two_columns(), key=lambda placed: (-placed[1], placed[0]))

    document = read(made.pdf([page]))

    assert flat(document.text) == flat(f"{LEFT}\n{RIGHT}")


def test_a_headline_across_the_columns_parts_what_is_above_from_what_is_below():
    below = [(x, y - 300, size, text) for x, y, size, text in two_columns()]
    across = (72, 560, 16, "A headline that stands across both of the columns here")

    document = read(made.pdf([[*two_columns(), across, *below]]))

    assert flat(document.text) == flat(f"{LEFT}\n{RIGHT}\n{across[3]}\n{LEFT}\n{RIGHT}")


def test_three_columns_are_three():
    page = [
        *made.column(LEFT, x=40, width=130),
        *made.column(RIGHT, x=220, width=130),
        *made.column(LEFT, x=400, width=130),
    ]

    document = read(made.pdf([page]))

    assert flat(document.text) == flat(f"{LEFT}\n{RIGHT}\n{LEFT}")


def test_running_heads_and_page_numbers_go():
    towns = ["Lviv", "Odesa", "Kyiv", "Lutsk", "Rivne"]
    told = [f"The minister went to {town} first.\nThen he left {town} again." for town in towns]

    def page(number):
        return [
            (72, 800, 8, "Sample Wire - Report of the year"),
            *made.column(told[number - 1]),
            (72, 40, 8, f"Printed in Lviv, sheet {number}"),
            (290, 25, 8, f"- {number} -"),
        ]

    document = read(made.pdf([page(number) for number in range(1, 6)]))

    assert flat(document.text) == flat("\n".join(told))


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    first = made.column(
        "The minister said on Thursday that the factory will be built near", width=400
    )
    second = made.column("the town of Vasylkiv, where the land was bought in October.")

    document = read(made.pdf([first, second]))

    assert document.text == (
        "The minister said on Thursday that the factory will be built near the town of Vasylkiv,"
        " where the land was bought in October."
    )


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("The whole fac-", "tory will be built there.", "whole factory will"),
        ("The line of pro-", "Western parties was long.", "of pro-Western parties"),
        ("A well-known man, a well-", "known man, came to them.", "a well-known man, came"),
        ("In the years 2020-", "21 it will be built there.", "years 2020- 21 it"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_made_whole(first, second, word):
    document = read(made.pdf([[(72, 700, 10, first), (72, 688, 10, second)]]))

    assert word in document.text


def test_a_table_is_not_taken_for_prose():
    rows = [("Quarter", "Revenue", "Profit"), ("First", "12", "3"), ("Second", "14", "4")]
    table = [
        (x, 600 - 14 * number, 10, cell)
        for number, row in enumerate(rows)
        for x, cell in zip((72, 200, 330), row, strict=True)
    ]

    document = read(made.pdf([[*made.column(LEFT), *table]]))

    assert flat(document.text) == flat(LEFT)


def test_items_of_a_list_are_blocks_of_their_own():
    page = [
        (x, 700 - 12 * number, 10, text)
        for number in range(6)
        for x, text in ((72, "\u2022"), (90, f"item number {number} of a list that is long"))
    ]

    document = read(made.pdf([page]))

    assert flat(document.text) == [
        f"\u2022 item number {number} of a list that is long" for number in range(6)
    ]


def test_text_in_other_scripts_and_ligatures_is_kept():
    document = read(made.pdf([[(72, 700, 10, "Café déjà vu — «naïve» €5")]]))

    assert document.text == "Café déjà vu — «naïve» €5"


LOCKED = (
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /O ({'x' * 32}) /U ({'y' * 32}) /P -4 >> /ID [(a)(b)]"
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\nnothing", "is no PDF file that can be read: save it again."),
        (b"Just a text.", "is no PDF file that can be read: save it again."),
        (
            made.pdf([[(72, 700, 10, "A")]], trailer=LOCKED),
            "locked with a password: save it without",
        ),
        (made.pdf([[]]), "has no text, perhaps pictures of it: give it with its text recognised"),
        (made.pdf([]), "is no PDF file"),
        (made.pdf([[]] * 1_001), "has more than 1,000 pages: split it."),
        (b"", "is empty"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_remedy(data, said):
    with pytest.raises(DocumentError, match=f"^a.pdf: .*{said}"):
        read(data)


def test_a_file_that_claims_more_pages_than_it_has_is_refused():
    data = made.pdf([made.column(LEFT)]).replace(b"/Count 1 ", b"/Count 100000 ")

    with pytest.raises(DocumentError, match="more than 1,000 pages"):
        read(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Kids [4 0 R]", b"/Kids [2 0 R]"),  # a page that is its own parent
        (b"/Parent 2 0 R", b"/Parent 4 0 R"),
        (b"/Contents 5 0 R", b"/Contents 4 0 R"),
        (b"/F1 3 0 R", b"/F1 4 0 R"),
        (b"/Length ", b"/Length 9"),
    ],
)
def test_objects_that_hold_themselves_end(old, new):
    data = made.pdf([made.column(LEFT)]).replace(old, new)

    try:
        told = read(data).text
    except DocumentError as error:
        told = str(error)

    assert told
