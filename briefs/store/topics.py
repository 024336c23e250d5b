"""Topics: kept, found by their names, changed by the scope that made them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import process
from sqlalchemy import Row, Select, delete, insert, select, update

from briefs.database import Database
from briefs.errors import NotFoundError, UsageError
from briefs.model import PUBLIC, DocumentId, Scope, Span, Topic, TopicId
from briefs.store import bearers, scopes
from briefs.store.tables import topic as table

MOST = 100  # topics of one scope
_LISTS = ("terms", "exclude", "entities", "sources")


class Topics:
    """The topics of all scopes. A guild sees the public ones too, its own of that name first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, topic: Topic) -> Topic:
        """Keep a new *topic*; UsageError when its scope has one of that name, or too many."""
        with self._database.write(durable=True) as connection:
            own = connection.scalars(select(table.c.key).where(table.c.scope == topic.scope)).all()
            if _key(topic.name) in own:
                raise UsageError(_taken(topic.name))
            if len(own) >= MOST:
                raise UsageError(f"There are {MOST} topics here already: delete one first.")
            statement = insert(table).values(scope=topic.scope, **_columns(topic))
            number: int = connection.execute(statement.returning(table.c.id)).scalar_one()
        return replace(topic, id=TopicId(number))

    def edit(self, topic: Topic) -> None:
        """Keep *topic* in the place of the one of its scope and id.

        UsageError when another of its scope has its name, NotFoundError when it is gone.
        """
        same = (table.c.scope == topic.scope, table.c.id == topic.id)
        with self._database.write(durable=True) as connection:
            other = select(table.c.id).where(table.c.scope == topic.scope)
            other = other.where(table.c.key == _key(topic.name), table.c.id != topic.id)
            if connection.execute(other).first():
                raise UsageError(_taken(topic.name))
            changed = connection.execute(update(table).where(*same).values(_columns(topic)))
            if not changed.rowcount:
                raise NotFoundError(_missing(topic.name))

    def delete(self, scope: Scope, name: str) -> Topic:
        """Delete the topic of *scope* itself called *name*; return it, or raise NotFoundError."""
        topic = self.own(scope, name)
        with self._database.write(durable=True) as connection:
            connection.execute(delete(table).where(table.c.id == topic.id))
        return topic

    def own(self, scope: Scope, name: str) -> Topic:
        """Return the topic that *scope* itself made, which it may change; NotFoundError if none."""
        topic = self.named(scope, name)
        if topic.scope != scope:
            raise NotFoundError(
                f"The topic “{topic.name}” is everybody's: make one of that name here instead."
            )
        return topic

    def named(self, scope: Scope, name: str) -> Topic:
        """Return the topic called *name*, whatever its case; NotFoundError with names near it."""
        query = _visible(scope).where(table.c.key == _key(name))
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            known = [topic.name for topic in self.listing(scope)]
            near = process.extract(name[:80], known, limit=3, score_cutoff=60)
            raise NotFoundError(_missing(name), [match for match, _, _ in near])
        return _topic(row)

    def listing(self, scope: Scope) -> tuple[Topic, ...]:
        """Return the topics that *scope* sees, its own first, each by name.

        A public one whose name it has given to its own is left out.
        """
        with self._database.read() as connection:
            found = [_topic(row) for row in connection.execute(_visible(scope))]
        reached = {_key(topic.name): topic for topic in reversed(found)}
        return tuple(topic for topic in found if reached[_key(topic.name)] == topic)

    def named_in(
        self,
        scope: Scope,
        asked: Mapping[str, Sequence[str]],
        numbers: Sequence[DocumentId],
    ) -> dict[DocumentId, dict[str, Span]]:
        """Return which of the names *asked* stand in documents, and where each does first.

        A name comes with the folded keys of whoever may bear it; who is one with whom is what this
        scope has decided, and whom it has hidden is not found.
        """
        with self._database.read() as connection:
            return bearers.places(connection, scope, asked, numbers)


def _visible(scope: Scope) -> Select[Any]:
    """Select the topics of a view, those of the scope itself first."""
    query = select(table).where(table.c.scope.in_(scopes.view(scope)))
    return query.order_by(table.c.scope == PUBLIC, table.c.key)


def _topic(row: Row[Any]) -> Topic:
    lists = {name: tuple(getattr(row, name)) for name in _LISTS}
    return Topic(name=row.name, scope=Scope(row.scope), id=TopicId(row.id), **lists)


def _columns(topic: Topic) -> dict[str, object]:
    lists = {name: list(getattr(topic, name)) for name in _LISTS}
    return {"key": _key(topic.name), "name": topic.name, **lists}


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _taken(name: str) -> str:
    return f"There is a topic “{name}” already: edit it, or give another name."


def _missing(name: str) -> str:
    return f"There is no topic called “{' '.join(name.split())[:60]}”."
