"""Words in, the lines in which they stand out."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from briefs import words
from briefs.database import Database
from briefs.model import Document, DocumentId, Found, Hit, Line, Scope, Sentence, Span
from briefs.store import dialect, rows, scopes, tables

_WORD = re.compile(r"\w+")
_MOST_WORDS = 16
_LONGEST = 400  # characters of a query that are read
_MARK = re.compile("[\u0001\u0002]")  # no stored text has control characters


class _Match(NamedTuple):
    """A document in which all words stand, its text, and where they stand in it."""

    number: DocumentId
    text: str
    marks: tuple[Span, ...]


class Search:
    """Full text of the documents of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sentences(self, scope: Scope, query: str, *, limit: int = 10, window: int = 200) -> Found:
        """Return the best line of each document in which all words of *query* stand.

        Only the newest *window* documents that match are looked at. Lines with more of the words
        come first, and of equal ones the newest. Any string is a query.
        """
        found = [word for word in _WORD.findall(query[:_LONGEST]) if word.strip("_")]
        wanted = [*dict.fromkeys(found)][:_MOST_WORDS]
        if not wanted:
            return Found(query=query, hits=())
        with self._database.read() as connection:
            marked = dialect.of(connection).matches(
                connection, scopes.view(scope), wanted, most=window + 1
            )
            matches = [_match(number, text) for number, text in marked[:window]]
            numbers = [match.number for match in matches]
            known = {row.id: rows.document(row) for row in _headers(connection, numbers)}
            pieces = _pieces(connection, matches)
        hits = [
            _hit(known[match.number], match, pieces[match.number])
            for match in matches
            if match.number in known and match.number in pieces
        ]
        hits.sort(key=_worth, reverse=True)  # stable: equals stay newest first
        return Found(
            query=query, hits=tuple(hits[:limit]), more=len(marked) > window or len(hits) > limit
        )


def _match(number: int, marked: str) -> _Match:
    """Tell the text from the marks around its hits."""
    places = [match.start() - index for index, match in enumerate(_MARK.finditer(marked))]
    marks = zip(places[::2], places[1::2], strict=False)
    return _Match(DocumentId(number), _MARK.sub("", marked), tuple(Span(*mark) for mark in marks))


def _headers(connection: Connection, numbers: Sequence[DocumentId]) -> Sequence[rows.AnyRow]:
    return connection.execute(rows.headers().where(tables.document.c.id.in_(numbers))).all()


def _pieces(connection: Connection, matches: Sequence[_Match]) -> dict[DocumentId, list[Sentence]]:
    """Return the sentences of each match that may be shown, for those that have any."""
    texts = {match.number: match.text for match in matches}
    sentence = tables.sentence.c
    query = select(tables.sentence).where(sentence.document.in_(texts))
    found: dict[DocumentId, list[Sentence]] = {}
    for row in connection.execute(query.order_by(sentence.document, sentence.idx)):
        piece = rows.sentence(row, texts[row.document])
        if piece.quotable:
            found.setdefault(piece.document, []).append(piece)
    return found


def _hit(document: Document, match: _Match, pieces: Sequence[Sentence]) -> Hit:
    """Return the sentence with the most of the words; the first, if they stand elsewhere."""
    starts = [mark.start for mark in match.marks]
    marks = [_inside(match.marks, starts, piece.span) for piece in pieces]
    worth = [_different(match.text, inside) for inside in marks]
    best = worth.index(max(worth))
    line = Line(
        document=document.id,
        span=pieces[best].span,
        text=pieces[best].text,
        source=document.outlet,
        url=document.url,
        published=document.published,
        title=document.title,
        sample=document.sample,
        filed=document.filed,
    )
    return Hit(line=line, marks=marks[best])


def _inside(marks: Sequence[Span], starts: Sequence[int], span: Span) -> tuple[Span, ...]:
    """Return the marks that begin in *span*: a word never reaches into the next sentence."""
    return tuple(marks[bisect_left(starts, span.start) : bisect_left(starts, span.end)])


def _different(text: str, marks: Sequence[Span]) -> int:
    return len({words.fold(text[start:end]) for start, end in marks})


def _worth(hit: Hit) -> int:
    start = hit.line.span.start
    return _different(hit.line.text, [Span(mark[0] - start, mark[1] - start) for mark in hit.marks])
