"""Files that were damaged in seeded ways: a document, or one sentence that says why not."""

import json
import random

import pytest

from briefs import documents
from briefs.documents import Hint
from briefs.errors import DocumentError
from tests.briefs.documents import made

PROSE = "The minister said on Thursday that the factory will be built near the town of Lviv.\n" * 6
PAGE = f"<html><head><title>T</title></head><body><article><p>{PROSE}</p></article></body></html>"
LINES = "\n".join(
    json.dumps({"title": "T", "text": PROSE, "url": f"https://x.org/{n}"}) for n in "ab"
)
WHOLE = {
    ".txt": PROSE.encode(),
    ".md": f"---\ntitle: T\ndate: 2021-10-07\n---\n# T\n\n**{PROSE}**".encode(),
    ".html": PAGE.encode(),
    ".pdf": made.pdf([made.column(PROSE, width=200)] * 3, info="/Title (T)"),
    ".docx": made.docx(made.paragraph("T", style="Title") + made.paragraph(PROSE)),
    ".eml": made.mail(PROSE, html=PAGE, attached=b"x", Subject="T", From="a@example.org"),
    ".jsonl": LINES.encode(),
    ".zip": made.archive({"a.txt": PROSE.encode(), "b.jsonl": LINES.encode()}),
}
MUTATIONS = 1_000


def test_every_format_is_tried():
    assert {".htm", ".markdown", ".text", ".ndjson"} == set(documents.SUFFIXES) - set(WHOLE)


@pytest.mark.parametrize("suffix", WHOLE)
def test_a_damaged_file_is_a_document_or_a_sentence(suffix):
    chance = random.Random(f"mutations of {suffix}")  # noqa: S311 - it only has to be the same
    for _ in range(MUTATIONS):
        told = outcomes(mutated(WHOLE[suffix], chance), f"a{suffix}")

        assert told
        assert all(told)


def mutated(data, chance):
    """Flip, cut, double, move and overwrite a few stretches of *data*."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice([1, 1, 2, 4, 16, 200]))
        piece = data[start:end]
        piece = chance.choice(
            [
                b"",
                piece * chance.choice([2, 50]),
                bytes(byte ^ (1 << chance.randrange(8)) for byte in piece),
                chance.randbytes(len(piece)),
                b"\xff" * len(piece),
                b"9" * len(piece),
                b"\x00" * len(piece),
            ]
        )
        data = data[:start] + piece + data[end:]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def outcomes(data, name):
    """Return what each document that *data* holds says, or why it cannot be read."""
    try:
        if not documents.holds_several(name):
            return [read(data, Hint(name=name))]
        found = documents.divide(data, name=name)
    except DocumentError as error:
        return [sentence(error)]
    return [read(each.data, Hint(name=each.name, content_type=each.content_type)) for each in found]


def read(data, hint):
    try:
        document = documents.read(data, hint)
    except DocumentError as error:
        return sentence(error)
    return document.text


def sentence(error):
    told = str(error)
    return told if told.endswith(".") and "\n" not in told else ""
