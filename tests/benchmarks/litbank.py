"""LitBank in, passages of novels with their quotations, speakers and named characters out.

The repository dbamman/litbank (CC BY 4.0), its folders `original`, `coref/tsv` and
`quotations/tsv`, under the folder `litbank`. The annotated tokens are the beginning of the
original, which has the paragraphs: tokens find their place by their characters without white space.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from briefs.model import Span
from tests.benchmarks.linking import Clustered
from tests.benchmarks.quoting import Attributed, Passage

FOLDER = Path("litbank")
_QUOTATIONS = FOLDER / "quotations" / "tsv"
_NAMED = frozenset({"PER", "GPE", "LOC", "ORG"})


class Book(NamedTuple):
    """The annotated beginning of a novel."""

    text: str
    quotes: tuple[Attributed, ...]
    people: Mapping[Span, str]  # the character of each mention of a person, pronouns too
    names: Mapping[Span, str]  # the cluster of each proper name


def load(corpora: Path) -> Iterator[Book]:
    """Yield the books that lie in the folder *corpora*, in the order of their names."""
    for path in sorted((corpora / _QUOTATIONS).glob("*.txt")):
        yield _book(corpora, path)


def passages(corpora: Path) -> Iterator[Passage]:
    """Yield each book with who says what."""
    for book in load(corpora):
        yield Passage(book.text, book.quotes, book.people, frozenset(book.names.values()))


def clustered(corpora: Path) -> Iterator[Clustered]:
    """Yield each book with who is whom."""
    for book in load(corpora):
        yield Clustered(book.text, book.names)


def _book(corpora: Path, path: Path) -> Book:
    name = path.stem
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    original = corpora / FOLDER / "original" / f"{name.removesuffix('_brat')}.txt"
    text, places = _placed(original.read_text(encoding="utf-8"), lines)
    spoken = _rows(path.with_suffix(".ann"))
    named = _rows(corpora / FOLDER / "coref" / "tsv" / f"{name}.ann")
    who = {row[1]: row[2] for row in spoken if row[0] == "ATTRIB"}
    cluster = {row[1]: row[2] for row in named if row[0] == "COREF"}
    mentions = [
        (_span(places, row[2:6]), cluster[row[1]], row[7], row[8])
        for row in named
        if row[0] == "MENTION" and row[1] in cluster
    ]
    return Book(
        text,
        tuple(
            Attributed(_span(places, row[2:6]), who.get(row[1]))
            for row in spoken
            if row[0] == "QUOTE"
        ),
        {span: character for span, character, kind, _ in mentions if kind == "PER"},
        {span: c for span, c, kind, form in mentions if form == "PROP" and kind in _NAMED},
    )


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def _placed(original: str, lines: Sequence[Sequence[str]]) -> tuple[str, list[list[Span]]]:
    """Return the annotated text in paragraphs, and the place of each token of each line."""
    paragraphs = (" ".join(part.split()) for part in original.split("\n\n"))
    whole = "\n".join(part for part in paragraphs if part)
    written = [at for at, sign in enumerate(whole) if not sign.isspace()]
    places, done = [], 0
    for line in lines:
        row = []
        for token in line:
            row.append(Span(written[done], written[done + len(token) - 1] + 1))
            done += len(token)
        places.append(row)
    return whole[: written[done - 1] + 1], places


def _span(places: Sequence[Sequence[Span]], ends: Sequence[str]) -> Span:
    first_line, first, last_line, last = map(int, ends)
    return Span(places[first_line][first].start, places[last_line][last].end)
