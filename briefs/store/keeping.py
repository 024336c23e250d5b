"""Analyses in, stored documents out: decides what is new, corrected, known or copied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, delete, insert, literal, select, update

from briefs.model import Analysis, Document, DocumentId, Scope
from briefs.store import naming, placing, postings, retouching, rows, shelving, tables, values


class Outcome(StrEnum):
    """What became of an analysis that was to be kept."""

    NEW = "new"
    REVISION = "revision"  # the same document, corrected: same id, same arrival
    SAME = "same"  # known as it is, under this identity or with this text from this outlet
    COPY = "copy"  # the text of a known document, from another outlet: a document of its own


class Kept(NamedTuple):
    """Where an analysis is stored, and what became of it."""

    id: DocumentId
    outcome: Outcome


@dataclass(slots=True)
class _Known:
    """The row of a document, as this transaction has left it."""

    id: int
    scope: int
    identity: str
    source: str
    state: str
    revision: int
    arrived: datetime
    digest: str
    text_digest: str


class _Shelf:
    """The known documents that a batch of analyses may be about; kept up as the batch goes on."""

    def __init__(self, connection: Connection, documents: Sequence[Document]) -> None:
        self._by_identity: dict[tuple[int, str], _Known] = {}
        self._by_text: dict[tuple[int, str], list[_Known]] = {}
        table = tables.document.c
        for scope in sorted({document.scope for document in documents}):
            own = [document for document in documents if document.scope == scope]
            self._read(connection, scope, table.identity, map(identity, own))
            digests = (rows.text_digest(document.text) for document in own)
            self._read(connection, scope, table.text_digest, digests)

    def _read(
        self, connection: Connection, scope: int, column: Column[Any], values: Iterable[str]
    ) -> None:
        table = tables.document.c
        names = [table[name] for name in _Known.__slots__]
        for part in rows.in_parts(sorted(set(values))):
            query = select(*names).where(table.scope == scope, column.in_(part))
            for row in connection.execute(query.order_by(table.id)):
                self.note(_Known(*row))

    def named(self, document: Document) -> _Known | None:
        """Return the row with the identity of *document*."""
        return self._by_identity.get((document.scope, identity(document)))

    def alike(self, document: Document) -> list[_Known]:
        """Return the rows with the text of *document*, oldest first."""
        return self._by_text.get((document.scope, rows.text_digest(document.text)), [])

    def note(self, known: _Known) -> None:
        """Remember a row."""
        self._by_identity[known.scope, known.identity] = known
        alike = self._by_text.setdefault((known.scope, known.text_digest), [])
        if all(other.id != known.id for other in alike):
            alike.append(known)

    def forget(self, known: _Known) -> None:
        """Drop a row that is about to change its text or identity."""
        self._by_identity.pop((known.scope, known.identity), None)
        alike = self._by_text.get((known.scope, known.text_digest), [])
        alike[:] = [other for other in alike if other.id != known.id]


class Keeper:
    """Keeps analyses one after another in one transaction; `finish` writes what was found in them.

    What is derived is written in one go, sorted by its keys: a large batch is three times faster.
    """

    def __init__(
        self, connection: Connection, analyses: Sequence[Analysis], *, arrived: datetime
    ) -> None:
        self._connection = connection
        self._arrived = arrived
        self._shelf = _Shelf(connection, [analysis.document for analysis in analyses])
        self._edited = retouching.edited(connection, {each.document.scope for each in analyses})
        self._fresh: dict[int, shelving.Entry] = {}

    def keep(self, analysis: Analysis) -> Kept:
        """Keep *analysis*, and say what became of it."""
        document = analysis.document
        known = self._shelf.named(document)
        if known is None:
            return self._keep_unnamed(analysis)
        if known.scope in self._edited:
            document = retouching.applied(self._connection, known.id, document)
            analysis = replace(analysis, document=document)
        if known.digest != rows.digest(document):
            return Kept(self._revise(known, analysis), Outcome.REVISION)
        if known.state != "live":
            self._revive(known, analysis)
        return Kept(DocumentId(known.id), Outcome.SAME)

    def finish(self) -> None:
        """Write what was found in the documents that are new or corrected."""
        entries = list(self._fresh.values())
        self._fresh.clear()
        if entries:
            put(self._connection, entries)

    def _keep_unnamed(self, analysis: Analysis) -> Kept:
        """Keep an analysis under an identity that was never seen: its text may have been."""
        alike = self._shelf.alike(analysis.document)
        outlet = analysis.document.source.casefold()
        twins = [known for known in alike if known.source.casefold() == outlet]
        if not twins:
            return Kept(self._insert(analysis), Outcome.COPY if alike else Outcome.NEW)
        if twins[0].state != "live":
            self._revive(twins[0], analysis)
        return Kept(DocumentId(twins[0].id), Outcome.SAME)

    def _insert(self, analysis: Analysis) -> DocumentId:
        values = _values(analysis)
        values |= {"revision": 1, "state": "live", "arrived": self._arrived}
        values["backlog"] = analysis.document.backlog
        statement = insert(tables.document).returning(tables.document.c.id)
        number = self._connection.execute(statement, values).scalar_one()
        self._put(number, values, analysis)
        return DocumentId(number)

    def _revise(self, known: _Known, analysis: Analysis) -> DocumentId:
        """Replace the text of a document, and keep the one it had."""
        if known.id in self._fresh:
            self.finish()
        if known.state == "live":
            archive(self._connection, known.id, self._arrived)
            erase(self._connection, [known.id])
        self._rewrite(known, analysis, revision=known.revision + 1)
        return DocumentId(known.id)

    def _revive(self, known: _Known, analysis: Analysis) -> None:
        """Bring a withdrawn document back as it was, perhaps under another identity."""
        past = tables.revision.c
        same = rows.digest(analysis.document) == known.digest
        if same:
            where = (past.document == known.id) & (past.revision == known.revision)
            self._connection.execute(delete(tables.revision).where(where))
        self._rewrite(known, analysis, revision=known.revision + (not same))

    def _rewrite(self, known: _Known, analysis: Analysis, *, revision: int) -> None:
        self._shelf.forget(known)
        values = _values(analysis)
        values |= {"revision": revision, "state": "live", "arrived": known.arrived}
        where = tables.document.c.id == known.id
        self._connection.execute(update(tables.document).where(where), values)
        postings.revised(self._connection, known.id)
        self._put(known.id, values, analysis)

    def _put(self, number: int, values: dict[str, Any], analysis: Analysis) -> None:
        names = _Known.__slots__
        self._shelf.note(_Known(**({"id": number} | {n: values[n] for n in names if n != "id"})))
        self._fresh[number] = shelving.Entry(
            document=number,
            scope=analysis.document.scope,
            published=analysis.document.published or values["arrived"],
            analysis=analysis,
        )


def identity(document: Document) -> str:
    """Return what makes *document* the same when it comes again: its text, if nothing else."""
    return document.identity or f"text:{rows.text_digest(document.text)}"


def archive(connection: Connection, number: int, now: datetime) -> None:
    """Copy the text of a live document to its past revisions."""
    document, body = tables.document.c, tables.body.c
    columns = (document.id, document.revision, body.title, body.text, document.digest)
    joined = tables.document.join(tables.body)
    found = select(*columns, literal(now, tables.Moment)).select_from(joined)
    names = ["document", "revision", "title", "text", "digest", "replaced"]
    past = insert(tables.revision).from_select(names, found.where(document.id == number))
    connection.execute(past)


def put(connection: Connection, entries: Sequence[shelving.Entry]) -> None:
    """Write all that was found in documents to every table, search and sum."""
    shelving.put(connection, entries)
    naming.put(connection, entries)
    values.put(connection, entries)
    placing.put(connection, entries)


def erase(connection: Connection, numbers: Sequence[int], *, again: bool = False) -> None:
    """Take all that was found in live documents out of every table, search and sum.

    *again*: they are about to be put once more, and stay in their stories.
    """
    if not again:
        placing.take(connection, numbers)
    naming.take(connection, numbers, again=again)
    values.take(connection, numbers)
    shelving.take(connection, numbers)


def delete_all(connection: Connection, numbers: Sequence[int]) -> None:
    """Delete documents to the last word; their files are not read again until they change."""
    erase(connection, numbers)
    file, document = tables.file.c, tables.document.c
    for part in rows.in_parts(numbers):
        gone = update(tables.file).where(file.document.in_(part))
        connection.execute(gone.values(document=None, state="removed"))
        connection.execute(delete(tables.document).where(document.id.in_(part)))


def withdraw(connection: Connection, scope: Scope, name: str, now: datetime) -> bool:
    """Take the live document with the identity *name* out of sight, unless another file has it."""
    document, file = tables.document.c, tables.file.c
    query = select(document.id).where(document.scope == scope, document.identity == name)
    number = connection.execute(query.where(document.state == "live")).scalar()
    if number is None:
        return False
    others = select(file.identity).where(file.document == number, file.identity != name)
    heir = connection.execute(
        others.where(file.state == "kept").order_by(file.identity).limit(1)
    ).scalar()
    if heir is None:
        archive(connection, number, now)
        erase(connection, [number])
        postings.revised(connection, number)
    values = {"state": "withdrawn"} if heir is None else {"identity": heir}
    connection.execute(update(tables.document).where(document.id == number).values(values))
    return heir is None


def _values(analysis: Analysis) -> dict[str, Any]:
    """Return the columns of a document that come from itself, and which analysis it got."""
    document = analysis.document
    return {
        "analysis": analysis.version,
        "scope": document.scope,
        "identity": identity(document),
        "title": document.title,
        "standfirst": document.standfirst,
        "source": document.source,
        "author": document.author,
        "url": document.url,
        "language": document.language,
        "published": document.published,
        "published_how": document.published_how,
        "digest": rows.digest(document),
        "text_digest": rows.text_digest(document.text),
        "sample": document.sample,
        "words": len(document.text.split()),
    }
