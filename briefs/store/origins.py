"""Feeds and folders in, what came from them out."""

from typing import NamedTuple

from sqlalchemy import func, select

from briefs.database import Database
from briefs.model import Document, FeedId, Scope
from briefs.store import rows, scopes
from briefs.store.tables import document, entry, file, intake

COUNTED = 10_000  # files of a folder, and documents that wait: counted so far, and no further
_WITHIN = ("/", "#")  # what stands between a folder and a file, and a file and what it holds


class Held(NamedTuple):
    """How many documents came from a folder, and how many of its files could not be read."""

    documents: int
    refused: int


class Origins:
    """Where the documents of all scopes come from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def documents(self, scope: Scope, number: FeedId, *, limit: int) -> tuple[Document, ...]:
        """Return what a feed brought of what it lists now, without the texts, the newest first."""
        seen = entry.c.scope.in_(scopes.view(scope))
        listed = select(entry.c.scope, entry.c.identity).where(entry.c.feed == number, seen)
        listed = listed.order_by(entry.c.seen.desc(), entry.c.key).limit(4 * limit)
        with self._database.read() as connection:
            found = connection.execute(listed).all()
            known = [row.identity for row in found]
            own = document.c.scope.in_(sorted({row.scope for row in found}))
            query = rows.headers().where(own, document.c.identity.in_(known))
            query = query.order_by(document.c.id.desc()).limit(limit)
            return tuple(rows.document(row) for row in connection.execute(query))

    def waiting(self, scope: Scope) -> dict[FeedId, int]:
        """Return how many documents of each feed are on their way, of the first 10,000 in all."""
        seen = intake.c.scope.in_(scopes.view(scope))
        part = select(intake.c.feed).where(seen, intake.c.refused == "").limit(COUNTED).subquery()
        query = select(part.c.feed, func.count()).group_by(part.c.feed).order_by(part.c.feed)
        with self._database.read() as connection:
            return {FeedId(row[0]): row[1] for row in connection.execute(query)}

    def folder(self, scope: Scope, identity: str) -> Held:
        """Count what came from the folder or file of *identity*, which is public."""
        del scope
        counts: dict[str, int] = {}
        with self._database.read() as connection:
            for start, end in _inside(identity):
                within = (file.c.identity >= start) & (file.c.identity < end)
                part = select(file.c.state).where(within).limit(COUNTED).subquery()
                query = select(part.c.state, func.count()).group_by(part.c.state)
                for state, number in connection.execute(query):
                    counts[state] = counts.get(state, 0) + number
        return Held(documents=counts.get("kept", 0), refused=counts.get("refused", 0))


def _inside(identity: str) -> list[tuple[str, str]]:
    """Return the ranges of identities of what is in a folder, or is the file itself."""
    inner = [(f"{identity}{mark}", f"{identity}{chr(ord(mark) + 1)}") for mark in _WITHIN]
    return [(identity, f"{identity}\x01"), *inner]
