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
    or_,
    select,
    tuple_,
)

from briefs import words
from briefs.model import (
    FILE_TIME,
    DocumentId,
    EntityId,
    Held,
    How,
    Line,
    Quote,
    Scope,
    SentenceKind,
    Span,
    outlet,
)
from briefs.store import rows, scopes, tables
from briefs.store.members import Member, is_part, meant

_QUOTABLE = (SentenceKind.PROSE.value, SentenceKind.POST.value)
IN_ONE = 50  # mentions that are looked at in one document, on average
_TRIED = 20  # documents that are looked at for a sentence with two names
_PLACES = 1_000
_SIFTED = 2_000  # documents of a row that stands for several that are looked at
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
    written: str = ""  # the key of how the speaker is named there, as far as that was looked up


def _same(table: FromClause, entity: str = "entity") -> list[ColumnElement[bool]]:
    """Return the conditions that a mention is of the entity and the document of a row."""
    mention, row = tables.mention.c, table.c
    names = ("scope", "published", "document")
    return [mention.entity == row[entity], *(mention[name] == row[name] for name in names)]


_NAMED_THERE = and_(
    *_same(tables.quote, "speaker"), tables.mention.c.start == tables.quote.c.speaker_start
)


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


def both(
    connection: Connection,
    numbers: Sequence[DocumentId],
    ones: Sequence[Member],
    others: Sequence[Member],
    *,
    limit: int,
) -> list[Line]:
    """Return sentences that name one of *ones* and one of *others*, of the first *limit* documents.

    One sentence a document, in the order of *numbers*, which are all documents of *ones*.
    """
    shared = _shared(connection, numbers, others)[:_TRIED]
    places = [_places(connection, shared, members) for members in (ones, others)]
    first = dict(sorted(places[0] & places[1], reverse=True))  # the earliest is the last to be set
    wanted = [(number, first[number]) for number in shared if number in first][:limit]
    return [line for place in wanted for line in _sentence(connection, *place)]


def _shared(
    connection: Connection, numbers: Sequence[DocumentId], members: Sequence[Member]
) -> list[DocumentId]:
    """Return which of *numbers* one of *members* is in, in their order."""
    seen = tables.appearance.c
    found: set[int] = set()
    for part in rows.in_parts(numbers):
        query = select(seen.document).where(seen.document.in_(part))
        query = query.where(seen.entity.in_([member.id for member in members]))
        found |= {*connection.scalars(query)}
    return [number for number in numbers if number in found]


def _places(
    connection: Connection, numbers: Sequence[DocumentId], members: Sequence[Member]
) -> set[tuple[int, int]]:
    """Return the documents of *numbers* and sentences that can be shown and name *members*."""
    seen, mention, sentence = tables.appearance.c, tables.mention.c, tables.sentence.c
    there = and_(
        mention.entity == seen.entity,
        mention.scope == seen.scope,
        mention.published == seen.published,
        mention.document == seen.document,
    )
    stands = and_(sentence.document == mention.document, sentence.idx == mention.sentence)
    source = tables.appearance.join(tables.mention, there).join(tables.sentence, stands)
    query = select(mention.document, mention.sentence).select_from(source).distinct()
    query = query.where(sentence.kind.in_(_QUOTABLE), seen.document.in_(numbers))
    own = (and_(seen.entity == each.id, meant(each, mention.key)) for each in members)
    query = query.where(or_(*own))
    return {(row.document, row.sentence) for row in connection.execute(query.limit(_PLACES))}


def _sentence(connection: Connection, document: int, index: int) -> list[Line]:
    sentence = tables.sentence.c
    query = _lines(tables.sentence, sentence.start, sentence.end)
    found = connection.execute(query.where(sentence.document == document, sentence.idx == index))
    return [_line(row) for row in found]


def roles(connection: Connection, members: Sequence[Member], *, limit: int) -> list[Held]:
    """Return who *members* are said to be, each role once, where it was said last.

    What is said in other words is another role; its dates are those of the newest that say so.
    """
    role = tables.role.c
    found: list[Row[Any]] = []
    for member in members:
        query = _lines(tables.role, role.start, role.end).add_columns(role.published.label("at"))
        query = query.where(role.entity == member.id, role.scope == member.scope)
        query = query.order_by(role.published.desc(), role.document.desc()).limit(_ROLES)
        said_of = and_(*_same(tables.role), tables.mention.c.sentence == role.sentence)
        found += _sifted(connection, query, member, said_of)
    found.sort(key=lambda row: (row.at, row.id), reverse=True)
    said: dict[str, list[Row[Any]]] = {}
    for row in found:
        said.setdefault(words.fold(row.said), []).append(row)
    return [_held(same) for same in said.values()][:limit]


def spoken(connection: Connection, members: Sequence[Member], *, limit: int) -> list[Spoken]:
    """Return what *members* said."""
    quote = tables.quote.c
    found: list[Row[Any]] = []
    for member in members:
        query = _quotes().where(quote.speaker == member.id, quote.scope == member.scope)
        query = query.order_by(quote.published.desc(), quote.id.desc())
        query = query.limit(_SIFTED if is_part(member) else limit)
        found += _sifted(connection, query, member, _NAMED_THERE)
    found.sort(key=lambda row: row.start)
    found.sort(key=lambda row: (row.at, row.id), reverse=True)
    return [_spoken(row) for row in found[:limit]]


def _sifted(
    connection: Connection, query: Select[Any], member: Member, there: ColumnElement[bool]
) -> list[Row[Any]]:
    """Return the rows of *query* that are of *member*, going by the mention *there* if it is part.

    What is said of a row where it is not named is said of whom it stands for as a whole.
    """
    if not is_part(member):
        return [*connection.execute(query)]
    named = select(tables.mention.c.start).where(there)
    key = tables.mention.c.key
    ours = named.where(key.in_(member.only or member.without)).exists()
    return [*connection.execute(query.where(ours if member.only else ~ours))]


def spoken_in(connection: Connection, scope: Scope, numbers: Iterable[DocumentId]) -> list[Spoken]:
    """Return what is said in documents, in the order of *numbers* and then of the text."""
    quote = tables.quote.c
    wanted = [*dict.fromkeys(numbers)]
    found: list[Row[Any]] = []
    for part in rows.in_parts(wanted):
        query = _quotes().where(quote.document.in_(part), quote.scope.in_(scopes.view(scope)))
        written = select(tables.mention.c.key).where(_NAMED_THERE).scalar_subquery()
        query = query.add_columns(written.label("written"))
        found += connection.execute(query)
    places = {number: place for place, number in enumerate(wanted)}
    found.sort(key=lambda row: (places[row.id], row.start))
    return [_spoken(row)._replace(written=row.written or "") for row in found]


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
    query = query.order_by(seen.published.desc(), seen.document.desc())
    return _partly(query, member, documents) if is_part(member) else query.limit(documents)


def _partly(query: Select[Any], member: Member, documents: int) -> Select[Any]:
    """Restrict *query* to documents with a mention that means *member*, which is part of a row."""
    mention = tables.mention.c
    newest = query.limit(_SIFTED).subquery()
    there = [mention[column.name] == column for column in newest.c]
    named = select(mention.start).where(*there, meant(member, mention.key)).exists()
    order = (newest.c.published.desc(), newest.c.document.desc())
    return select(newest).where(named).order_by(*order).limit(documents)


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
        .where(sentence.kind.in_(_QUOTABLE), meant(member, mention.key))
        .order_by(newest.c.published.desc(), newest.c.document.desc(), mention.start)
        .limit(documents * IN_ONE)
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
    names = ("id", "source", "identity", "url", "published", "published_how", "title", "sample")
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
        filed=row.published_how == FILE_TIME,
    )


def _held(same: Sequence[Row[Any]]) -> Held:
    """Return the role that all of *same* state, the newest first."""
    dates = sorted(row.published for row in same if row.published)
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    return Held(_line(same[0]), first, last, len({row.id for row in same}))


def _spoken(row: Row[Any]) -> Spoken:
    named = row.speaker_start is not None and row.speaker_end is not None
    quote = Quote(
        span=Span(row.start, row.end),
        text=row.said,
        how=How(row.how),
        speaker_span=Span(row.speaker_start, row.speaker_end) if named else None,
    )
    return Spoken(_line(row), quote, None if row.speaker is None else EntityId(row.speaker))
