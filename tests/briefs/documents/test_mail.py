"""E-mails become their text, with who sent it and when."""

import pytest

from briefs import documents
from briefs.documents import Hint
from briefs.errors import DocumentError
from tests.briefs.documents import made

PROSE = "The minister said on Thursday that the factory will be built near the town. " * 4
PAGE = f"<html><body><article><h1>News</h1><p>{PROSE}</p><p>{PROSE}</p></article></body></html>"

WRAPPED = (
    "The land plot on which the factory is to be built for the company was chosen, as the\n"
    "minister said in Lviv on the day before to his guests, who had come for the talks."
)


def read(data):
    return documents.read(data, Hint(name="a.eml"))


def test_the_headers_fill_the_fields():
    document = read(
        made.mail(
            PROSE,
            Subject="Завод: the factory",
            From="Sample Wire <desk@example.org>",
            Date="Thu, 07 Oct 2021 12:30:00 +0300",
        )
    )

    assert (document.title, document.source) == ("Завод: the factory", "Sample Wire")
    assert document.published is not None
    assert document.published.isoformat() == "2021-10-07T09:30:00+00:00"
    assert document.published_how == "metadata"


def test_without_a_name_the_sender_is_the_house():
    assert read(made.mail(PROSE, From="desk@example.org")).source == "example.org"


def test_lines_are_joined_and_the_signature_goes():
    document = read(made.mail(f"{WRAPPED}\n\nHe left.\n-- \nJo Roe\nDesk\n"))

    assert document.text == WRAPPED.replace("\n", " ") + "\nHe left."


def test_of_a_text_and_a_page_the_text_is_read():
    assert "News" not in read(made.mail(PROSE, html=PAGE)).text


@pytest.mark.parametrize("text", ["", "Open this in your browser."])
def test_without_a_text_that_says_anything_the_page_is_read(text):
    document = read(made.mail(text, html=PAGE, Subject="The news"))

    assert document.title == "The news"
    assert document.text.startswith("The minister said on Thursday")
    assert "<" not in document.text


def test_what_is_attached_is_not_read():
    document = read(made.mail(PROSE, attached=b"MZ\x00 attached"))

    assert "attached" not in document.text


def test_an_encoding_is_taken_as_declared():
    head = b"Content-Type: text/plain; charset=koi8-u\nContent-Transfer-Encoding: 8bit\n\n"
    text = "Міністр закордонних справ сказав, що завод збудують біля міста."

    assert read(head + text.encode("koi8-u")).text == text


def nested(levels):
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(levels)
    )
    return head + b"Content-Type: text/plain\n\nText.\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (made.mail("", attached=b"x", Subject="x"), "has no text, only attachments"),
        (b"Subject: x\n\n", "has no text"),
        (b"Subject: x\n\n\x00\x01\x02" * 40, "is not text"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 50_000, "has more than"),
        (nested(300), "(has more than 200 parts|is no e-mail that can be read)"),
        (nested(5_000), "(has more than 200 parts|is no e-mail that can be read)"),
        (b"", "is empty"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_remedy(data, said):
    with pytest.raises(DocumentError, match=f"^a.eml: {said}"):
        read(data)


@pytest.mark.parametrize("date", ["", "yesterday", "Thu, 99 Oct 99999 99:99:99 +9999"])
def test_a_date_that_is_none_is_no_date(date):
    assert read(b"Date: %s\n\n%s" % (date.encode(), PROSE.encode())).published is None
