"""Numbers, or the beginning of a title, in; the live documents of a view out."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from briefs.model import Document, DocumentId, Scope
from briefs.store import rows, scopes, shelving, tables

GLANCED = 300  # titles looked at for autocomplete
LARGEST = 2**63


def whole(
    connection: Connection, scope: Scope, numbers: Sequence[DocumentId]
) -> list[tuple[Document, bool]]:
    """Return the live documents among *numbers*, and whether each is as it was kept."""
    found: list[tuple[Document, bool]] = []
    table = tables.document.c
    for part in rows.in_parts(number for number in numbers if 0 < number < LARGEST):
        posts = rows.posts(connection, part)
        query = rows.whole().where(table.id.in_(part), table.scope.in_(scopes.view(scope)))
        for row in connection.execute(query.order_by(table.id)):
            document = rows.document(row, text=row.text, posts=posts.get(row.id, ()))
            found.append((document, rows.digest(document) == row.digest))
    return found


def headers(connection: Connection, scope: Scope, numbers: Sequence[DocumentId]) -> list[Document]:
    """Return the live documents among *numbers* without their texts, newest first."""
    document = tables.document.c
    fit = [number for number in numbers if 0 < number < LARGEST]
    query = rows.headers().where(document.id.in_(fit), document.scope.in_(scopes.view(scope)))
    return [rows.document(row) for row in connection.execute(query.order_by(document.id.desc()))]


def newest(connection: Connection, scope: Scope, before: int, most: int) -> list[Document]:
    """Return the newest documents with an id below *before*, without their texts."""
    document = tables.document.c
    query = rows.headers().where(document.id < before).order_by(document.id.desc()).limit(most)
    found = [
        rows.document(row)
        for each in scopes.view(scope)
        for row in connection.execute(query.where(document.scope == each))
    ]
    return sorted(found, key=lambda each: each.id, reverse=True)[:most]


def titled(connection: Connection, scope: Scope, wanted: str, *, first: bool) -> list[DocumentId]:
    """Return some documents with *wanted* at the start of their title or of a word in it."""
    title = tables.title_term.c
    start = wanted[: shelving.TERM]
    query = select(title.document).where(title.term >= start, title.term < start + rows.BEYOND)
    query = query.where(title.place == 0) if first else query
    found = [
        DocumentId(number)
        for each in scopes.view(scope)
        for number in connection.scalars(query.where(title.scope == each).limit(GLANCED))
    ]
    return [*dict.fromkeys(found)]
