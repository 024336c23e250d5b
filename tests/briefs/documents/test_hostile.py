"""Texts that were written to harm, or by mistake: bounded work, nothing hidden, nothing garbled."""

import unicodedata
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from briefs import bulk, documents, entities, ingest, sentences
from briefs.documents import Hint
from briefs.errors import DocumentError
from briefs.model import PUBLIC, Kind

NOW = datetime(2026, 11, 22, tzinfo=UTC)
UKRAINIAN = "Міністр закордонних справ прибув до Львова. Він сказав, що завод збудують. Ґанок є."
RUSSIAN = "Министр иностранных дел прибыл во Львов. Он сказал, что завод построят в этом году."
JAPANESE = "大臣は会議で工場を建設すると述べた。計画は来年始まる。協力を強化する。" * 2


def read(data, name="a.txt", **known):
    given = data.encode() if isinstance(data, str) else data
    return documents.read(given, Hint(name=name, **known), now=NOW)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\x7fELF\x02\x01\x01\x00",
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00",
        b"SQLite format 3\x00\x10\x00\x01\x01",
        bytes(range(256)) * 8,
        b"ID3\x04\x00\x00\x00\x00\x00\x23",
    ],
)
def test_a_binary_file_that_is_called_txt_is_refused(data):
    with pytest.raises(DocumentError, match=r"^a\.txt: is (not text|damaged).*: .*\.$"):
        read(data)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (UKRAINIAN, "utf-16"),
        (UKRAINIAN, "utf-16-le"),
        (UKRAINIAN, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (UKRAINIAN, "koi8-u"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_a_text_in_another_encoding_is_read_letter_by_letter(text, encoding):
    assert read(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "data",
    [
        UKRAINIAN.encode() + b"\xff\xfe\xc1" + UKRAINIAN.encode(),
        UKRAINIAN.encode()[:-2],
        UKRAINIAN.encode() + RUSSIAN.encode("cp1251"),
        "Так.".encode("cp1251"),
    ],
)
def test_what_cannot_be_told_for_certain_is_refused_and_never_garbled(data):
    with pytest.raises(
        DocumentError, match=r"(damaged UTF-8 from byte|in no encoding that is known)"
    ):
        read(data)


@pytest.mark.parametrize("data", [b"", b" \n\t \r\n", "\u200b\ufeff".encode()])
def test_a_file_without_a_word_is_refused_as_empty(data):
    with pytest.raises(DocumentError, match=r"^a\.txt: is empty: put some text in it"):
        read(data)


def test_emoji_alone_are_a_document_without_a_sentence_to_show():
    analysis = ingest.analyse(
        ingest.upload("🚢🚢\n👩‍👩‍👧".encode(), "a.txt", scope=PUBLIC, now=NOW)
    )

    assert analysis.document.text == "🚢🚢\n👩‍👩‍👧"
    assert not any(each.quotable for each in analysis.sentences)


LONG = {
    "one line of 10 MB": b"The minister said so. " * 450_000,
    "a million sentences": b"Go. " * 1_000_000,
    "sentences of one letter": b"a. " * 300_000,
    "one word": b"a" * 9_999_999,
    "empty lines": b"\n" * 9_000_000 + b"So he said.",
    "a!": b"a!" * 100_000,
    "quotation marks": "“".encode() * 100_000,
    "capitals": b"Aa " * 200_000,
}


def lengths(name):
    """Read and split in a worker: what is not linear comes to no end there."""
    document = read(LONG[name])
    parts = sentences.split(document)
    return len(document.text), len(parts)


@pytest.mark.parametrize("name", LONG)
def test_a_text_without_measure_is_read_and_split_in_bounded_time_and_memory(name):
    (found,) = bulk.run(partial(bulk.processes, 1), lengths, [name], tries=1, seconds=_long)

    assert isinstance(found, bulk.Done), found.reason
    assert found.value[0] <= len(LONG[name])
    assert found.value[1] >= 1


def _long(_):
    return 300.0


@pytest.mark.parametrize(
    "written",
    ["Dmytro \u202eKuleba\u202c", "Dmytro \u2066Kuleba\u2069", "Dm\u200bytro Ku\u2060leba\ufeff"],
)
def test_a_name_with_invisible_letters_is_the_same_entity_as_without(written):
    text = "{} spoke in Kyiv on Monday. Then Dmytro Kuleba left for Warsaw."
    clean, disguised = (read(text.format(each)) for each in ("Dmytro Kuleba", written))

    assert disguised.text == clean.text
    people = [
        each
        for each in entities.link(disguised, entities.find(disguised, sentences.split(disguised)))
        if each.key.kind is Kind.PERSON
    ]
    assert [each.name for each in people] == ["Dmytro Kuleba"]


def test_a_thousand_marks_on_a_letter_are_capped():
    text = read("Z" + "\u0341\u0310" * 500 + "algo came, he said.").text

    marks = max(
        sum(
            unicodedata.combining(char) > 0
            for char in unicodedata.normalize("NFD", text[at : at + 9])
        )
        for at in range(len(text))
    )
    assert marks <= 4 + 1  # one may have become part of its letter
    assert text.endswith("algo came, he said.")


DATES = {
    "1970-01-01": None,
    "1969-07-20": None,
    "2100-01-01": None,
    "soon": None,
    "": None,
    "2026-11-20T09:30:00": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    "2026-11-20T09:30:00+03:00": datetime(2026, 11, 20, 6, 30, tzinfo=UTC),
    "2026-11-23T01:00:00+14:00": datetime(2026, 11, 22, 11, tzinfo=UTC),
}


@pytest.mark.parametrize(("written", "published"), DATES.items())
def test_a_date_without_sense_is_no_date_and_one_without_a_zone_is_utc(written, published, caplog):
    document = read(f"---\ntitle: T\ndate: {written}\n---\nText of it.", name="a.md")

    assert document.published == published
    assert bool(caplog.text) is bool(written and published is None)
    assert published is None or published <= NOW + timedelta(days=1)
