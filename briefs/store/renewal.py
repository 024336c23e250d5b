"""Documents that an older program analysed in, the same documents with what is found in them now.

They keep their ids, their arrival and their revision: only what is derived from their texts is new.
"""

import logging
from collections.abc import Sequence

from sqlalchemy import Connection, func, select, update

from briefs.database import Database
from briefs.errors import NotFoundError
from briefs.model import Analysis, Document, DocumentId, Scope
from briefs.store import keeping, naming, rows, shelving, tables

log = logging.getLogger(__name__)


class Renewal:
    """The documents of all scopes, by which version of the analysis they got; no reader asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stale(self, version: int, *, most: int = 100_000) -> int:
        """Count the documents, up to *most*, that got an older analysis than *version*."""
        document = tables.document.c
        query = select(document.id).where(document.state == "live", document.analysis < version)
        with self._database.read() as connection:
            counted = select(func.count()).select_from(query.limit(most).subquery())
            return int(connection.execute(counted).scalar_one())

    def batch(self, version: int, most: int) -> tuple[Document, ...]:
        """Return *most* documents, whole, that got an older analysis than *version*."""
        table = tables.document.c
        query = rows.whole().where(table.analysis < version)
        query = query.order_by(table.analysis, table.id).limit(most)
        with self._database.read() as connection:
            found = connection.execute(query).all()
            posts = rows.posts(connection, [row.id for row in found])
        return tuple(
            rows.document(row, text=row.text, posts=posts.get(row.id, ())) for row in found
        )

    def again(self, scope: Scope, number: DocumentId | None = None) -> int:
        """Have one document of *scope* itself, or all of them, analysed again; return how many.

        NotFoundError when *scope* owns none of that id.
        """
        table = tables.document.c
        own = (table.scope == scope, table.state == "live")
        stale = update(tables.document).where(*own).values(analysis=0)
        with self._database.write() as connection:
            if number is None:
                return connection.execute(stale).rowcount
            if (
                not 0 < number < 2**63
                or not connection.execute(stale.where(table.id == number)).rowcount
            ):
                raise NotFoundError(f"There is no document {number} here.")
        return 1

    def renew(self, analyses: Sequence[Analysis]) -> int:
        """Replace what was found in stored documents, in one transaction; return in how many.

        One that was corrected or has gone meanwhile, or whose text is damaged, is left as it is.
        """
        with self._database.write() as connection:
            found = [each for each in analyses if _is_as_stored(connection, each.document)]
            numbers = [each.document.id for each in found]
            before = _entities(connection, numbers)
            keeping.erase(connection, numbers, again=True)
            if found:
                keeping.put(connection, [_entry(each) for each in found])
            naming.sweep(connection, before)
            for each in analyses:
                _note(connection, [each.document.id], each.version)
        return len(found)

    def give_up(self, numbers: Sequence[DocumentId], version: int) -> None:
        """Leave documents that cannot be analysed as they are, and do not try *version* again."""
        with self._database.write() as connection:
            _note(connection, numbers, version)


def _note(connection: Connection, numbers: Sequence[DocumentId], version: int) -> None:
    for part in rows.in_parts(numbers):
        of = update(tables.document).where(tables.document.c.id.in_(part))
        connection.execute(of.values(analysis=version))


def _is_as_stored(connection: Connection, document: Document) -> bool:
    table = tables.document.c
    query = select(table.digest).where(table.id == document.id, table.state == "live")
    stored = connection.execute(query).scalar()
    if stored is not None and stored != rows.digest(document):
        log.warning("document %s changed or is damaged: not analysed again", document.id)
    return stored == rows.digest(document)


def _entities(connection: Connection, numbers: Sequence[DocumentId]) -> list[int]:
    seen = tables.appearance.c
    return [
        number
        for part in rows.in_parts(numbers)
        for number in connection.scalars(
            select(seen.entity).distinct().where(seen.document.in_(part)).order_by(seen.entity)
        )
    ]


def _entry(analysis: Analysis) -> shelving.Entry:
    document = analysis.document
    published = document.published or document.arrived
    assert published is not None
    return shelving.Entry(
        document=document.id, scope=document.scope, published=published, analysis=analysis
    )
