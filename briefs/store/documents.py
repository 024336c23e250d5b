"""Documents: kept, found, and proved. Every read takes the scope of who asks first."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias

from sqlalchemy import select

from briefs import words
from briefs.database import Database
from briefs.errors import NotFoundError, NotVerbatimError, StoreError
from briefs.model import (
    PUBLIC,
    Analysis,
    Document,
    DocumentId,
    Quotation,
    Scope,
    Sentence,
    Shelf,
)
from briefs.store import arrivals, dialect, keeping, reading, rows, scopes, tables
from briefs.store.keeping import Keeper, Kept

log = logging.getLogger(__name__)

MOST = 5_000  # documents of one window
_AT_ONCE = 200  # documents that one transaction deletes

When: TypeAlias = datetime | Callable[[], datetime]


class Window(NamedTuple):
    """The documents that arrived in a span of time, the newest first."""

    documents: tuple[Document, ...]
    over: int  # how many more arrived, and were not read; counted to 50,000


class Counts(NamedTuple):
    """How much a reader can see."""

    documents: int
    samples: int
    words: int


class Revision(NamedTuple):
    """What a document said until *replaced*."""

    number: int
    title: str
    text: str
    replaced: datetime


class Documents:
    """The documents of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, analysis: Analysis, *, arrived: When) -> Kept:
        """Keep *analysis*; say under which id, and whether it is new."""
        return self.add_many([analysis], arrived=arrived)[0]

    def add_many(self, analyses: Sequence[Analysis], *, arrived: When) -> tuple[Kept, ...]:
        """Keep *analyses* in one transaction, in their order: all of them or none.

        A clock as *arrived* is read once nobody else writes; where processes share the database, it
        is the database's. What has stood in the program for a while has arrived only then: a window
        that ended before would never show it.
        """
        with self._database.write() as connection:
            its = dialect.of(connection)
            moment = its.clock(connection, arrived()) if callable(arrived) else arrived
            keeper = Keeper(connection, analyses, arrived=moment)
            kept = tuple(keeper.keep(analysis) for analysis in analyses)
            keeper.finish()
        return kept

    def settle(self) -> None:
        """Wait until all that has arrived before now by a clock can be read.

        Whoever shows a window that ends now waits so: who writes has read the clock already.
        """
        with self._database.write():
            pass

    def get(self, scope: Scope, number: DocumentId) -> Document:
        """Return a whole document; NotFoundError when *scope* has none of that id.

        Raise StoreError when what is stored is not what was kept.
        """
        with self._database.read() as connection:
            found = reading.whole(connection, scope, [number])
        if not found:
            raise NotFoundError(f"There is no document {number} here.")
        document, sound = found[0]
        if not sound:
            raise StoreError(_damaged(number))
        return document

    def window(
        self,
        scope: Scope,
        since: datetime,
        until: datetime,
        *,
        cap: int = MOST,
        news: bool = False,
    ) -> Window:
        """Return the newest *cap* documents that arrived in [since, until), the newest first.

        *news* leaves out what a feed held when it was added. One whose text is damaged is left out
        and logged.
        """
        span = (scope, since, until)
        with self._database.read() as connection:
            found = arrivals.newest(connection, *span, most=cap + 1, news=news)
            numbers = [number for _, number in found[:cap]]
            whole = reading.whole(connection, scope, numbers)
            over = arrivals.over(connection, *span, cap, news=news) if len(found) > cap else 0
        for document, sound in whole:
            if not sound:
                log.error("document %s is damaged and was left out", document.id)
        sound_ones = {document.id: document for document, sound in whole if sound}
        return Window(tuple(sound_ones[each] for each in numbers if each in sound_ones), over)

    def arrivals(
        self,
        scope: Scope,
        since: datetime,
        until: datetime,
        *,
        cap: int = MOST,
        news: bool = False,
    ) -> tuple[Document, ...]:
        """Return the newest *cap* documents that arrived in [since, until), without their texts.

        *news* leaves out what a feed held when it was added.
        """
        with self._database.read() as connection:
            found = arrivals.newest(connection, scope, since, until, most=cap, news=news)
            numbers = [number for _, number in found]
            return tuple(
                document
                for part in rows.in_parts(numbers)
                for document in reading.headers(connection, scope, part)
            )

    def newest_arrival(self, scope: Scope) -> datetime | None:
        """Return when the last document arrived, None when there is none."""
        arrived = tables.document.c.arrived
        newest_first = select(arrived).order_by(arrived.desc()).limit(1)
        with self._database.read() as connection:
            newest = [
                connection.execute(arrivals.live(newest_first, each)).scalar()
                for each in scopes.view(scope)
            ]
        return max((at for at in newest if at), default=None)

    def sentences(self, scope: Scope, numbers: Sequence[DocumentId]) -> tuple[Sentence, ...]:
        """Return the pieces of documents in reading order, documents in the order of *numbers*."""
        sentence, body = tables.sentence.c, tables.body.c
        texts: dict[int, str] = {}
        found: dict[int, list[Sentence]] = {}
        with self._database.read() as connection:
            for part in rows.in_parts(dict.fromkeys(numbers)):
                visible = select(body.document, body.text).where(body.document.in_(part))
                visible = visible.where(body.scope.in_(scopes.view(scope)))
                texts |= {row.document: row.text for row in connection.execute(visible)}
                pieces = select(tables.sentence).where(sentence.document.in_(part))
                for row in connection.execute(pieces.order_by(sentence.document, sentence.idx)):
                    if row.document in texts:
                        piece = rows.sentence(row, texts[row.document])
                        found.setdefault(row.document, []).append(piece)
        return tuple(piece for number in dict.fromkeys(numbers) for piece in found.get(number, ()))

    def headers(self, scope: Scope, numbers: Sequence[DocumentId]) -> tuple[Document, ...]:
        """Return the documents among *numbers*, without their texts, newest first."""
        with self._database.read() as connection:
            return tuple(
                document
                for part in rows.in_parts(dict.fromkeys(numbers))
                for document in reading.headers(connection, scope, part)
            )

    def listing(
        self,
        scope: Scope,
        *,
        limit: int,
        before: DocumentId | None = None,
        title_prefix: str = "",
    ) -> Shelf:
        """Return documents without their texts, newest first, those *before* an id when given."""
        start = reading.LARGEST - 1 if before is None else before
        with self._database.read() as connection:
            if title_prefix:
                numbers = reading.titled(connection, scope, words.fold(title_prefix), first=True)
                numbers = [number for number in numbers if number < start]
                found = reading.headers(
                    connection, scope, sorted(numbers, reverse=True)[: limit + 1]
                )
            else:
                found = reading.newest(connection, scope, start, limit + 1)
        return Shelf(documents=tuple(found[:limit]), more=len(found) > limit)

    def complete(self, scope: Scope, typed: str, *, limit: int = 25) -> tuple[Document, ...]:
        """Return documents, without their texts, with *typed* in their titles, newest first."""
        wanted = words.fold(typed)
        with self._database.read() as connection:
            newest = reading.newest(
                connection, scope, reading.LARGEST - 1, reading.GLANCED if wanted else limit
            )
            found = [each for each in newest if _begins(each.title, wanted)]
            if wanted and len(found) < limit:
                seen = {document.id for document in found}
                numbers = reading.titled(connection, scope, wanted, first=False)
                older = [number for number in numbers if number not in seen]
                found += reading.headers(connection, scope, sorted(older, reverse=True)[:limit])
        return tuple(found[:limit])

    def prove(self, scope: Scope, quotations: Iterable[Quotation]) -> None:
        """Compare each of *quotations* with its stored document; NotVerbatimError when one differs.

        One of a past revision is compared with that. A document that is gone, damaged or in another
        scope proves nothing.
        """
        wanted = tuple(quotations)
        with self._database.read() as connection:
            numbers = dict.fromkeys(each.document for each in wanted if not each.revision)
            found = reading.whole(connection, scope, [*numbers])
        sound = {(document.id, 0): document for document, whole in found if whole}
        for number in dict.fromkeys(each.document for each in wanted if each.revision):
            sound |= {(number, each.revision): each for each in self._past(scope, number)}
        for quotation in wanted:
            document = sound.get((quotation.document, quotation.revision))
            if document is None or not _stands(document, quotation):
                raise NotVerbatimError(
                    f"A line is not in document {quotation.document} as it is stored, so it is "
                    "not shown: ask again."
                )

    def revisions(self, scope: Scope, number: DocumentId) -> tuple[Revision, ...]:
        """Return what a document said before it was corrected, the newest 50 first."""
        past = tables.revision.c
        query = select(past.revision, past.title, past.text, past.replaced)
        visible = tables.document.c.scope.in_(scopes.view(scope))
        query = query.join_from(tables.revision, tables.document).where(visible)
        query = query.where(past.document == number).order_by(past.revision.desc()).limit(50)
        with self._database.read() as connection:
            return tuple(Revision(*row) for row in connection.execute(query))

    def _past(self, scope: Scope, number: DocumentId) -> Iterator[Document]:
        """Yield the revisions of a document that are kept, the one that stands now among them."""
        with self._database.read() as connection:
            found = reading.whole(connection, scope, [number])
        yield from (document for document, sound in found if sound)
        for each in self.revisions(scope, number):
            yield Document(text=each.text, title=each.title, id=number, revision=each.number)

    def counts(self, scope: Scope) -> Counts:
        """Return how much there is in *scope*, from sums that are kept."""
        holding = tables.holding.c
        query = select(holding.documents, holding.samples, holding.words)
        with self._database.read() as connection:
            found = connection.execute(query.where(holding.scope.in_(scopes.view(scope)))).all()
        return Counts(
            documents=sum(row.documents for row in found),
            samples=sum(row.samples for row in found),
            words=sum(row.words for row in found),
        )

    def has_other_than_samples(self, scope: Scope) -> bool:
        """Return whether any document is not one of ours."""
        counts = self.counts(scope)
        return counts.documents > counts.samples

    def remove(self, scope: Scope, number: DocumentId) -> Document:
        """Delete a document of *scope* itself and all that was found in it; return its header.

        It stays away until the file that it came from changes. Raise NotFoundError when *scope*
        owns none of that id: a guild cannot remove what is public.
        """
        with self._database.write() as connection:
            own = [
                each for each in reading.headers(connection, scope, [number]) if each.scope == scope
            ]
            if not own:
                raise NotFoundError(f"There is no document {number} here.")
            keeping.delete_all(connection, [number])
        return own[0]

    def expire(self, before: datetime) -> int:
        """Delete documents that arrived *before* then, oldest first; return how many.

        It is done in short transactions. Their files are not read again until they change.
        """
        document = tables.document.c
        oldest = select(document.id, document.arrived).order_by(document.id).limit(_AT_ONCE)
        deleted = 0
        while True:
            with self._database.write() as connection:
                found = connection.execute(oldest).all()
                old = [row.id for row in found if row.arrived < before]
                keeping.delete_all(connection, old)
            deleted += len(old)
            if not old:
                return deleted

    def withdraw(self, identity: str) -> bool:
        """Take the public document of *identity* out of sight; return whether it was in sight.

        A document whose text another file still holds stays, as the document of that file.
        """
        with self._database.write() as connection:
            return keeping.withdraw(connection, PUBLIC, identity, datetime.now(UTC))


def _begins(title: str, wanted: str) -> bool:
    """Tell whether *wanted* begins *title*, or a word in it."""
    return f" {wanted}" in f" {words.fold(title)}"


def _stands(document: Document, quotation: Quotation) -> bool:
    """Tell whether *quotation* is where it says; of a title it may be a part, cut for a page."""
    if quotation.span is None:
        return quotation.text in document.title
    return document.text[quotation.span.start : quotation.span.end] == quotation.text


def _damaged(number: int) -> str:
    return (
        f"Document {number} is not as it was kept: run `daybrief doctor`, and add it again or "
        "restore a backup."
    )
