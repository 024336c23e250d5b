"""Archives and JSON lines give the documents that they hold, and nothing beyond the limits."""

import json
import stat
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from briefs import documents
from briefs.documents import Hint
from briefs.errors import DocumentError
from tests.briefs.documents import made

PROSE = "The minister said on Thursday that the factory will be built near the town."


def divide(data, name="a.zip"):
    return documents.divide(data, name=name)


def texts(data, name="a.zip"):
    return [
        documents.read(each.data, Hint(name=each.name, content_type=each.content_type)).text
        for each in divide(data, name)
    ]


def lines(*told):
    return "\n".join(json.dumps(each) for each in told).encode()


# JSON lines


def test_each_line_is_a_document_with_its_fields():
    (member, _) = divide(
        lines(
            {
                "title": "The factory",
                "text": f"{PROSE}\n\nHe left.",
                "url": "https://example.org/a",
                "published": "2021-10-07T12:30:00+03:00",
                "source": "Sample Wire",
            },
            {"text": PROSE},
        ),
        "a.jsonl",
    )

    document = documents.read(member.data, Hint(name=member.name, content_type=member.content_type))

    assert (document.title, document.source) == ("The factory", "Sample Wire")
    assert document.url == "https://example.org/a"
    assert document.text == f"{PROSE}\nHe left."
    assert document.published is not None
    assert document.published.isoformat() == "2021-10-07T09:30:00+00:00"


def test_a_line_is_known_by_its_address_wherever_it_stands():
    first = {"url": "https://example.org/a", "text": "One."}
    second = {"text": "Two."}

    before = {each.key for each in divide(lines(first, second), "a.jsonl")}
    after = {each.key for each in divide(lines(second, first | {"text": "1."}), "a.jsonl")}

    assert before == after


def test_equal_lines_are_still_told_apart():
    assert len({each.key for each in divide(lines(*[{"text": "One."}] * 3), "a.jsonl")}) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "line 1: is not JSON: write"),
        (b"[" * 100_000, "line 1: is not JSON"),
        (b"9" * 10_000, "line 1: is (not JSON|no object)"),
        (b"[]", "line 1: is no object with a text: write"),
        (b'{"text": 7}', "line 1: is no object with a text"),
        (b'{"text": "\xff"}', "line 1: is not UTF-8: save the file"),
        (b'{"text": ""}', "line 1: is empty"),
    ],
)
def test_a_line_that_is_no_document_is_said_with_its_number(line, said):
    with pytest.raises(DocumentError, match=f"^a.jsonl, {said}"):
        texts(line, "a.jsonl")


# Archives


def test_an_archive_gives_every_document_that_can_be_read():
    members = {
        "b/one.txt": b"One.",
        "two.md": b"# T\n\nTwo.",
        "three.jsonl": lines({"text": "Three."}, {"text": "Four."}),
        "five.docx": made.docx(made.paragraph("Five.")),
        "six.pdf": made.pdf([[(72, 700, 10, "Six.")]]),
        "seven.eml": made.mail("Seven."),
        "picture.png": b"x",
        "README.md": b"About it.",
        "__MACOSX/one.txt": b"x",
        ".hidden.txt": b"x",
        "folder/": b"",
    }

    assert texts(made.archive(members)) == [
        "One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["../../x.txt", "/etc/x.txt", "C:\\x.txt", "a\u202eb.txt", "x" * 3_000 + ".txt"]
)
def test_a_name_is_only_a_label(name):
    assert texts(made.archive({name: b"One."})) == ["One."]


def test_names_that_are_equal_are_told_apart():
    out = BytesIO()
    with ZipFile(out, "w") as written:
        written.writestr("a.txt", "One.")
        with pytest.warns(UserWarning, match="Duplicate"):
            written.writestr("a.txt", "Two.")

    found = divide(out.getvalue())

    assert len({each.key for each in found}) == 2


def link():
    out = BytesIO()
    entry = ZipInfo("link.txt")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with ZipFile(out, "w") as written:
        written.writestr(entry, "/etc/passwd")
    return out.getvalue()


def liar():
    """An archive whose headers say that 60 MB are ten bytes."""
    data = bytearray(made.archive({f"{n}.txt": b" " * 10_000_000 for n in range(6)}))
    return bytes(data).replace((10_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def overlapping():
    """An archive whose many names share one large member."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as written:
        written.writestr("a.txt", " " * 9_000_000)
        written.filelist *= 100
    return out.getvalue()


def locked():
    data = bytearray(made.archive({"a.txt": b"One."}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (made.archive({f"{n}.txt": b" " * 9_000_000 for n in range(6)}), "unpacks to more than 50"),
        (made.archive({f"{n}.txt": b"" for n in range(2_001)}), "holds more than 2,000 files"),
        (overlapping(), "(unpacks to more than 50 MB|holds more|.*damaged)"),
        (locked(), ".*locked with a password: pack it without"),
        (link(), "holds no document that can be read"),
        (made.archive({}), "holds no document"),
        (made.archive({"a.png": b"x"}), "holds no document"),
        (b"PK\x03\x04 and no more", "is a damaged archive: pack it again"),
        (b"", "is a damaged archive"),
        (b" " * 50_000_001, "is larger than 50 MB: split it"),
    ],
)
def test_an_archive_that_cannot_be_read_is_said_with_a_remedy(data, said):
    with pytest.raises(DocumentError, match=f"^a.zip(/[^:]*)?: {said}"):
        divide(data)


def test_what_headers_say_of_sizes_is_not_believed():
    with pytest.raises(DocumentError):
        texts(liar())


def test_an_archive_in_an_archive_is_refused():
    inner = made.archive({"a.txt": b"One."})

    with pytest.raises(DocumentError, match="holds several documents: add it to the library"):
        texts(made.archive({"inner.zip": inner}))


def test_a_member_that_is_too_large_is_refused_alone():
    data = made.archive({"large.txt": b"a " * 6_000_000, "small.txt": b"One."})
    large, small = divide(data)

    with pytest.raises(DocumentError, match="larger than 10 MB"):
        documents.read(large.data, Hint(name=large.name))
    assert documents.read(small.data, Hint(name=small.name)).text == "One."


def with_one_that_is(what):
    """Make an archive of two documents, the first of which is damaged or locked."""
    data = bytearray(made.archive({"bad.txt": b"Bad. " * 50, "good.txt": b"Good."}))
    if what == "locked":
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.find(mark) + at] |= 1
    else:
        start = data.find(b"bad.txt") + len("bad.txt")
        data[start : start + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


@pytest.mark.parametrize(
    ("what", "said"), [("locked", "is locked with a password"), ("damaged", "is damaged")]
)
def test_a_member_that_cannot_be_taken_out_is_named_and_costs_no_other(what, said):
    bad, good = divide(with_one_that_is(what))

    assert (bad.name, bad.data) == ("a.zip/bad.txt", b"")
    assert bad.fault.startswith(said)
    assert (good.data, good.fault) == (b"Good.", "")


def test_members_that_are_damaged_count_for_what_they_unpack_to():
    """Otherwise two thousand of them would be unpacked, each to ten megabytes."""
    members = {f"{number}.txt": b"a" * 9_000_000 for number in range(7)}
    data = bytearray(made.archive(members))
    for number in range(7):  # what each is checked against once it is unpacked
        entry = data.rfind(b"PK\x01\x02", 0, data.rfind(f"{number}.txt".encode()))
        data[entry + 16] ^= 1

    with pytest.raises(DocumentError, match="unpacks to more than 50 MB"):
        divide(bytes(data) + made.archive({})[:0])


@pytest.mark.parametrize("name", ["a.zip", "a.jsonl"])
def test_a_file_of_several_is_no_document(name):
    data = made.archive({"a.txt": b"One."}) if name == "a.zip" else lines({"text": "One."})

    with pytest.raises(DocumentError, match="holds several documents"):
        documents.read(data, Hint(name=name))
