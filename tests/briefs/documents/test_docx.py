"""Word files become their paragraphs; tables, what was deleted, and bombs stay out."""

import pytest

from briefs import documents
from briefs.documents import Hint
from briefs.errors import DocumentError
from tests.briefs.documents import made

PROSE = "The minister said on Thursday that the factory will be built near the town."


def read(data):
    return documents.read(data, Hint(name="a.docx"))


def body(*blocks, **known):
    return read(made.docx("".join(blocks), **known))


def test_paragraphs_headings_and_lists_are_blocks():
    document = body(
        made.paragraph("The factory", style="Title"),
        made.paragraph("What is planned", style="Heading1"),
        made.paragraph(PROSE),
        made.paragraph("two halls", item=True),
        made.paragraph("", style="Normal"),
    )

    assert document.title == "The factory"
    assert document.text == f"What is planned\n{PROSE}\n- two halls"


def test_the_title_is_known_by_the_name_of_its_style_in_any_language():
    styles = '<w:style w:styleId="Titel"><w:name w:val="title"/></w:style>'

    document = body(made.paragraph("Das Werk", style="Titel"), made.paragraph(PROSE), styles=styles)

    assert (document.title, document.text) == ("Das Werk", PROSE)


def test_what_the_file_says_of_itself_fills_the_fields():
    core = (
        "<dc:title>The factory</dc:title><dc:creator>Jo Roe</dc:creator>"
        "<dcterms:created>2021-10-07T09:30:00Z</dcterms:created>"
    )

    document = body(made.paragraph(PROSE), core=core)

    assert (document.title, document.author) == ("The factory", "Jo Roe")
    assert document.published is not None
    assert document.published.isoformat() == "2021-10-07T09:30:00+00:00"
    assert document.published_how == "metadata"


def test_a_table_is_left_out_but_for_paragraphs_laid_out_in_it():
    document = body(
        made.paragraph("Revenue rose."), made.table(["Quarter", "Revenue"], ["First", PROSE])
    )

    assert document.text == f"Revenue rose.\n{PROSE}"


def test_runs_breaks_and_changes_read_as_they_show():
    runs = (
        "<w:p><w:r><w:t>The fac</w:t></w:r><w:r><w:t>tory</w:t><w:tab/><w:t>will</w:t></w:r>"
        "<w:del><w:r><w:delText>not</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> open</w:t><w:br/><w:t>soon.</w:t></w:r></w:ins></w:p>"
    )

    assert body(runs).text == "The factory will open soon."


def bomb():
    levels = "".join(f'<!ENTITY e{n} "{"".join([f"&e{n - 1};"] * 10)}">' for n in range(1, 10))
    return made.docx(made.paragraph("&e9;"), doctype=f'<!DOCTYPE d [<!ENTITY e0 "bomb">{levels}]>')


def outside(address):
    return made.docx(
        made.paragraph("&out;"), doctype=f'<!DOCTYPE d [<!ENTITY out SYSTEM "{address}">]>'
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bomb(), "defines entities, which Word never does: save it again from Word."),
        (outside("file:///etc/hostname"), "defines entities"),
        (outside("http://127.0.0.1:9/"), "defines entities"),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 600,
            "is locked or in the old Word format: save it as .docx",
        ),
        (b"PK\x03\x04 and no more", "is no Word file that can be read"),
        (b"Just a text.", "is no Word file that can be read"),
        (made.archive({"a.txt": b"A text."}), "is no Word file that can be read"),
        (made.archive({"word/document.xml": b"<a><b></a>"}), "is no Word file that can be read"),
        (made.docx("<w:sdt>" * 300 + "</w:sdt>" * 300), "is no Word file that can be read"),
        (made.docx("<w:p/>" * 1_000_001), "has more than 1,000,000 elements: split it"),
        (made.docx(""), "has no text: put some in it"),
        (made.docx(made.table(["a", "b"])), "has no text"),
        (made.archive({f"{n}.txt": b"" for n in range(2_001)}), "holds more than 2,000 files"),
        (made.archive({"word/document.xml": b" " * 50_000_001}), "unpacks to more than 50 MB"),
        (b"", "is empty"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_remedy(data, said):
    with pytest.raises(DocumentError, match=f"^a.docx: {said}"):
        read(data)
