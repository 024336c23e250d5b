"""Places in stored documents in, lines that can be quoted out, the newest first."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    func,
    literal,
    select,
    tuple_,
)

from briefs import words
from briefs.model import (
    DocumentId,
    EntityId,
    How,
    Line,
    Quote,
    Scope,
    SentenceKind,
    Span,
    outlet,
)
from briefs.store import rows, scopes, tables
from briefs.store.families import Member

_QUOTABLE = (SentenceKind.PROSE.value, SentenceKind.POST.value)
_IN_ONE = 50  # mentions that are looked at in one document, on average
_ROLES = 200  # roles that are looked at for different ones


class Passage(NamedTuple):
    """A sentence that names an entity, and where in the document it does."""

    line: Line
    at: datetime  # when its document was published, or else arrived
    marks: tuple[Span, ...]


class Spoken(NamedTuple):
    """Somebody's words as a line, and whose they are."""

    line: Line
    quote: Quote
    speaker: EntityId | None


def naming(
    connection: Connection,
    members: Sequence[Member],
    *,
    documents: int,
    before: tuple[datetime, DocumentId] | None = None,
) -> list[Passage]:
    """Return the sentences that name one of *members*, of the newest *documents* they are in."""
    found: dict[tuple[int, int], tuple[Row[Any], list[Span]]] = {}
    for row in chain.from_iterable(
        connection.execute(_naming(member, documents, before)) for member in members
    ):
        _, marks = found.setdefault((row.id, row.start), (row, []))
        marks.append(Span(row.mark, row.mark_end))
    kept = sorted(found.values(), key=lambda each: (each[0].at, each[0].id), reverse=True)
    newest = [*dict.fromkeys(row.id for row, _ in kept)][:documents]
    passages = [
        Passage(_line(row), row.at, tuple(sorted(marks))) for row, marks in kept if row.id in newest
    ]
    return sorted(passages, key=lambda each: (newest.index(each.line.document), each.line.span))


def roles(connection: Connection, members: Sequence[Member], *, limit: int) -> list[Line]:
    """Return who *members* are said to be, each role once, where it was said last."""
    role = tables.role.c
    found: list[Row[Any]] = []
    for member in members:
        query = _lines(tables.role, role.start, role.end).add_columns(role.published.label("at"))
        query = query.where(role.entity == member.id, role.scope == member.scope)
        query = query.order_by(role.published.desc(), role.document.desc()).limit(_ROLES)
        found += connection.execute(query)
    found.sort(key=lambda row: (row.at, row.id), reverse=True)
    distinct = {words.fold(row.said): row for row in reversed(found)}
    return [_line(row) for row in found if distinct[words.fold(row.said)] is row][:limit]


def spoken(connection: Connection, members: Sequence[Member], *, limit: int) -> list[Spoken]:
    """Return what *members* said."""
    quote = tables.quote.c
    found: list[Row[Any]] = []
    for member in members:
        query = _quotes().where(quote.speaker == member.id, quote.scope == member.scope)
        query = query.order_by(quote.published.desc(), quote.id.desc()).limit(limit)
        found += connection.execute(query)
    found.sort(key=lambda row: row.start)
    found.sort(key=lambda row: (row.at, row.id), reverse=True)
    return [_spoken(row) for row in found[:limit]]


def spoken_in(connection: Connection, scope: Scope, numbers: Iterable[DocumentId]) -> list[Spoken]:
    """Return what is said in documents, in the order of *numbers* and then of the text."""
    quote = tables.quote.c
    wanted = [*dict.fromkeys(numbers)]
    found: list[Row[Any]] = []
    for part in rows.in_parts(wanted):
        query = _quotes().where(quote.document.in_(part), quote.scope.in_(scopes.view(scope)))
        found += connection.execute(query)
    places = {number: place for place, number in enumerate(wanted)}
    return [_spoken(row) for row in sorted(found, key=lambda row: (places[row.id], row.start))]


def recent(
    member: Member, documents: int, before: tuple[datetime, DocumentId] | None = None
) -> Select[Any]:
    """Select the newest *documents* that *member* is in, before a time and an id when given."""
    seen = tables.appearance.c
    query = select(seen.entity, seen.scope, seen.published, seen.document)
    query = query.where(seen.entity == member.id, seen.scope == member.scope)
    if before is not None:
        at, number = before
        place = tuple_(literal(at, tables.Moment), literal(number))
        earlier = tuple_(seen.published, seen.document) < place
        query = query.where(seen.published <= at, earlier)
    return query.order_by(seen.published.desc(), seen.document.desc()).limit(documents)


def _naming(
    member: Member, documents: int, before: tuple[datetime, DocumentId] | None
) -> Select[Any]:
    mention, sentence = tables.mention.c, tables.sentence.c
    newest = recent(member, documents, before).subquery()
    there = and_(*(mention[column.name] == column for column in newest.c))
    stands = and_(sentence.document == mention.document, sentence.idx == mention.sentence)
    source = newest.join(tables.mention, there).join(tables.sentence, stands)
    return (
        _lines(source, sentence.start, sentence.end, document=mention.document)
        .add_columns(
            newest.c.published.label("at"),
            mention.start.label("mark"),
            mention.end.label("mark_end"),
        )
        .where(sentence.kind.in_(_QUOTABLE))
        .order_by(newest.c.published.desc(), newest.c.document.desc(), mention.start)
        .limit(documents * _IN_ONE)
    )


def _quotes() -> Select[Any]:
    quote = tables.quote.c
    return _lines(tables.quote, quote.start, quote.end).add_columns(
        quote.published.label("at"),
        quote.how,
        quote.speaker,
        quote.speaker_start,
        quote.speaker_end,
    )


def _lines(
    source: FromClause,
    start: ColumnElement[int],
    end: ColumnElement[int],
    document: ColumnElement[int] | None = None,
) -> Select[Any]:
    """Select what a line is made of, for the stretches of *source* from *start* to *end*."""
    known, body = tables.document.c, tables.body.c
    of = source.c.document if document is None else document
    joined = source.join(tables.document, known.id == of).join(tables.body, body.document == of)
    said = func.substr(body.text, start + 1, end - start).label("said")
    names = ("id", "source", "identity", "url", "published", "title", "sample")
    columns = (known[name] for name in names)
    return select(*columns, start.label("start"), end.label("end"), said).select_from(joined)


def _line(row: Row[Any]) -> Line:
    return Line(
        document=DocumentId(row.id),
        span=Span(row.start, row.end),
        text=row.said,
        source=outlet(row.source, row.identity),
        url=row.url,
        published=row.published,
        title=row.title,
        sample=row.sample,
    )


def _spoken(row: Row[Any]) -> Spoken:
    named = row.speaker_start is not None and row.speaker_end is not None
    quote = Quote(
        span=Span(row.start, row.end),
        text=row.said,
        how=How(row.how),
        speaker_span=Span(row.speaker_start, row.speaker_end) if named else None,
    )
    return Spoken(_line(row), quote, None if row.speaker is None else EntityId(row.speaker))
