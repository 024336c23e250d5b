"""Dates, amounts and quantities in, where they stand and which days they mean out."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from briefs.database import Database
from briefs.model import DocumentId, Kind, Mention, Scope, Span
from briefs.store import dialect, rows, scopes, shelving, tables

_KINDS = (Kind.DATE, Kind.MONEY, Kind.QUANTITY)


class Valued(NamedTuple):
    """A value where it stands; of a date, the first and the last day that it may mean."""

    document: DocumentId
    mention: Mention  # its text is left out: the line has it
    first: date | None
    last: date | None


class Values:
    """The dates, amounts of money and quantities of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def in_documents(
        self, scope: Scope, numbers: Iterable[DocumentId], kinds: Collection[Kind] = _KINDS
    ) -> tuple[Valued, ...]:
        """Return the values of *kinds* in documents, by document and then in reading order."""
        value = tables.value.c
        query = select(tables.value).where(value.scope.in_(scopes.view(scope)))
        query = query.where(value.kind.in_([kind.value for kind in kinds]))
        query = query.order_by(value.document, value.start)
        with self._database.read() as connection:
            return tuple(
                _valued(row)
                for part in rows.in_parts(sorted(set(numbers)))
                for row in connection.execute(query.where(value.document.in_(part)))
            )


def bounds(value: str) -> tuple[date, date] | None:
    """Return the first and the last day of a normalised date, None when it names none."""
    first, _, last = value.partition("/")
    begin, end = _day(first, last=False), _day(last or first, last=True)
    return (begin, end) if begin and end and begin <= end else None


def put(connection: Connection, entries: Sequence[shelving.Entry]) -> None:
    """Store the values of *entries*."""
    found = [row for entry in entries for row in _rows(entry)]
    found.sort(key=lambda row: (row["document"], row["start"]))
    dialect.run_each(connection, dialect.inserting(tables.value), found)


def take(connection: Connection, numbers: Sequence[int]) -> None:
    """Undo `put` for the documents *numbers*."""
    for part in rows.in_parts(numbers):
        connection.execute(delete(tables.value).where(tables.value.c.document.in_(part)))


def _rows(entry: shelving.Entry) -> Iterator[dict[str, Any]]:
    for mention in entry.analysis.values:
        days = bounds(mention.value) if mention.kind is Kind.DATE else None
        first, last = days or (None, None)
        yield {
            "document": entry.document,
            "start": mention.span.start,
            "end": mention.span.end,
            "scope": entry.scope,
            "sentence": mention.sentence,
            "kind": mention.kind.value,
            "value": mention.value,
            "first": first,
            "last": last,
        }


def _valued(row: rows.AnyRow) -> Valued:
    mention = Mention(
        sentence=row.sentence,
        span=Span(row.start, row.end),
        text="",
        kind=Kind(row.kind),
        value=row.value,
    )
    return Valued(DocumentId(row.document), mention, row.first, row.last)


def _day(text: str, *, last: bool) -> date | None:
    """Read a day, or the first or last day of a month or year."""
    try:
        year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
        month = month or (12 if last else 1)
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except (ValueError, OverflowError):
        return None
