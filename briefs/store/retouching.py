"""Corrections of a document's fields by hand in, documents with those fields out.

They stand apart from the document, so that neither a new analysis nor a new reading of its file
undoes them.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from briefs.database import Database
from briefs.errors import NotFoundError
from briefs.model import Document, DocumentEdit, DocumentId, Scope
from briefs.store import tables
from briefs.store.tables import document_edit as table


class Retouching:
    """The corrections by hand of all scopes; only a scope's own documents are corrected there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, edit: DocumentEdit) -> None:
        """Keep *edit*; NotFoundError when its scope owns no such document.

        It is seen once the document is kept anew, whatever that says of these fields.
        """
        document = tables.document.c
        mine = (document.id == edit.document, document.scope == edit.scope)
        query = select(document.id).where(*mine, document.state == "live")
        with self._database.write() as connection:
            if connection.execute(query).first() is None:
                raise NotFoundError(f"There is no document {edit.document} here.")
            columns = {name: value for name, value in edit._asdict().items() if name != "id"}
            connection.execute(insert(table), columns)

    def listing(self, scope: Scope, *, limit: int) -> tuple[DocumentEdit, ...]:
        """Return the corrections that *scope* itself made, the newest first."""
        query = select(table).where(table.c.scope == scope).order_by(table.c.id.desc())
        with self._database.read() as connection:
            return tuple(_edit(row) for row in connection.execute(query.limit(limit)))


def edited(connection: Connection, wanted: Collection[int]) -> frozenset[int]:
    """Return those scopes of *wanted* in which a document was ever corrected by hand."""
    query = select(table.c.scope).distinct().where(table.c.scope.in_(sorted(wanted)))
    return frozenset(connection.scalars(query))


def applied(connection: Connection, number: int, document: Document) -> Document:
    """Return *document*, which is kept under *number*, with what was corrected of it by hand."""
    query = select(table).where(table.c.document == number).order_by(table.c.id)
    for row in connection.execute(query):
        document = _edit(row).applied(document)
    return document


def _edit(row: Row[Any]) -> DocumentEdit:
    values = row._asdict()
    numbers = {"document": DocumentId(row.document), "scope": Scope(row.scope)}
    return DocumentEdit(**values | numbers)
