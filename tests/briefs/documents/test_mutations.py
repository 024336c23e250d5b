"""Files that were damaged in seeded ways: a document, or one sentence that says why not.

They are read where all files are read, in a worker process with its limits: a mutation that needs
more memory or time than there is, or that takes the process along, is no outcome.
"""

import json
import random
import resource
from functools import partial
from typing import NamedTuple

import pytest

from briefs import bulk, documents, ingest
from briefs.documents import Hint
from briefs.errors import DocumentError
from briefs.model import PUBLIC
from tests.briefs.documents import made

PROSE = "The minister said on Thursday that the factory will be built near the town of Lviv.\n" * 6
OBJECTS = json.dumps(
    {"@graph": [{"@type": "NewsArticle", "datePublished": "2021-10-07", "author": [{"name": "A"}]}]}
)
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>T</title>"
    "<link rel='canonical' href='/deal'><meta name='date' content='2021-10-07'>"
    f"<script type='application/ld+json'>{OBJECTS}</script></head><body><article><h1>T</h1>"
    f"<time class='published' datetime='2021-10-07T09:00Z'>7 October</time><p>{PROSE}</p>"
    "<figure><figcaption>A caption</figcaption></figure><table><tr><td>1</td></tr></table>"
    "<p>We use cookies. Accept all</p></article></body></html>"
)
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
AT_ONCE = 50
MEMORY = 1_000_000  # kilobytes; a worker that has read them all is far below its two gigabytes


def test_every_format_is_tried():
    assert {".htm", ".markdown", ".text", ".ndjson"} == set(documents.SUFFIXES) - set(WHOLE)


@pytest.mark.parametrize("suffix", WHOLE)
def test_a_damaged_file_is_a_document_or_a_sentence(suffix):
    items = [(suffix, number) for number in range(MUTATIONS // AT_ONCE)]

    found = list(bulk.run(partial(bulk.processes, 1), outcomes_of_some, items, chunk=4))

    assert [each for each in found if isinstance(each, bulk.Quarantined)] == []
    told = [one for each in found for one in each.value.told]
    assert len(told) >= MUTATIONS
    assert all(told)
    assert max(each.value.memory for each in found) < MEMORY


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".docx", ".eml"])
def test_damaged_bytes_that_were_fetched_are_a_document_or_a_sentence(suffix):
    """Nothing but the bytes says what they are."""
    chance = random.Random(f"fetched {suffix}")  # noqa: S311 - it only has to be the same
    for _ in range(AT_ONCE):
        told = outcome_of_fetched(mutated(WHOLE[suffix], chance))

        assert told


class Some(NamedTuple):
    """What some mutations came to, and how much memory their process had used by then."""

    told: list[str]
    memory: int  # kilobytes


def outcomes_of_some(item):
    suffix, number = item
    chance = random.Random(f"mutations {number} of {suffix}")  # noqa: S311 - the same each time
    told = [
        one
        for _ in range(AT_ONCE)
        for one in outcomes(mutated(WHOLE[suffix], chance), f"a{suffix}")
    ]
    return Some(told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def outcome_of_fetched(data):
    source = ingest.page(
        data, url="https://example.org/a", content_type="", scope=PUBLIC, identity="a"
    )
    try:
        if documents.holds_several(source.name):
            return [each.name for each in ingest.opened(source)]
        hint = Hint(name=source.name, content_type=source.content_type, known=source.known)
        return documents.read(source.read(), hint).text
    except DocumentError as error:
        return sentence(error)


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
