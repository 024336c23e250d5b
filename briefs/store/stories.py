"""Stories as a reader's view has them, and what people change about them by hand.

Edits speak of documents by what makes them the same when they come again, never of rows, so that
what was decided holds when documents are analysed again, go, and come back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select, update

from briefs.database import Database
from briefs.errors import NotFoundError, UsageError
from briefs.model import Action, DocumentId, Scope, StoryId
from briefs.store import dialect, regrouping, rows, scopes, tables, undoing
from briefs.store.regrouping import Member

_ARRIVED = 5_000  # documents of a window that are looked at, the newest
_LARGEST = 2**63


class Placed(NamedTuple):
    """A document in its story, as one view has it."""

    story: StoryId
    document: DocumentId
    arrived: datetime
    published: datetime | None
    outlet: str  # equal for documents of one outlet; "" unknown
    copy: int  # equal for near copies
    centrality: float


class Regrouping(NamedTuple):
    """One thing to do: *story* is one with *other*, or *documents* of it are a story of their own.

    That other story has the id 0 until it is made.
    """

    action: Action
    story: StoryId
    other: StoryId = StoryId(0)
    documents: tuple[DocumentId, ...] = ()


class Regrouped(NamedTuple):
    """An edit as it was made."""

    id: int
    scope: Scope
    at: datetime
    actor: int  # the id of the member; 0: the command line
    change: Regrouping
    undone_at: datetime | None = None
    undoes: int = 0  # the id of the edit that this one undid


class Stories:
    """The stories of all scopes. Public ones go by public documents alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def among(self, scope: Scope, documents: Sequence[DocumentId]) -> tuple[Placed, ...]:
        """Return all members of the stories that any of *documents* is in, of each the newest 500.

        Stories come in the order of their ids, of each the most central document first.
        """
        wanted = set(documents)
        with self._database.read() as connection:
            bases = regrouping.of_documents(connection, scope, wanted)
            found = regrouping.placed(connection, scope, bases)
        return tuple(
            _placed(story, member)
            for story, members in found.items()
            if any(member.document in wanted for member in members)
            for member in members
        )

    def between(
        self, scope: Scope, since: datetime, until: datetime, limit: int
    ) -> tuple[StoryId, ...]:
        """Return the stories of which documents arrived in [since, until), the most first.

        Of what arrived only the newest 5,000 documents are looked at.
        """
        with self._database.read() as connection:
            numbers = _arrived(connection, scope, since, until)
            bases = regrouping.of_documents(connection, scope, numbers)
            found = regrouping.placed(connection, scope, bases)
        counts = {
            story: sum(member.document in numbers for member in members)
            for story, members in found.items()
        }
        order = sorted(counts, key=lambda story: (-counts[story], -story))
        return tuple(story for story in order if counts[story])[:limit]

    def members(self, scope: Scope, story: StoryId) -> tuple[Placed, ...]:
        """Return the documents of a story, the most central first; one that was merged resolves.

        NotFoundError when this view has no story of that id.
        """
        with self._database.read() as connection:
            found = regrouping.find(connection, scope, story)
        return tuple(_placed(found.story, member) for member in found.members)

    def affected(self, scope: Scope, change: Regrouping) -> int:
        """Return how many documents *change* would move.

        UsageError when it makes no sense, NotFoundError when there is no such story.
        """
        with self._database.read() as connection:
            return len(_moved(connection, scope, change)[0])

    def merge(
        self, scope: Scope, story: StoryId, other: StoryId, *, actor: int, at: datetime
    ) -> int:
        """Make two stories one in this view, and return the id by which it can be undone."""
        return self.apply(scope, Regrouping(Action.MERGE, story, other), actor=actor, at=at)

    def split(
        self,
        scope: Scope,
        story: StoryId,
        documents: Sequence[DocumentId],
        *,
        actor: int,
        at: datetime,
    ) -> int:
        """Make *documents* of a story one of their own, and return the id to undo it by."""
        change = Regrouping(Action.SPLIT, story, documents=tuple(documents))
        return self.apply(scope, change, actor=actor, at=at)

    def apply(self, scope: Scope, change: Regrouping, *, actor: int, at: datetime) -> int:
        """Make *change* in this scope, and return the id by which it can be undone."""
        with self._database.write() as connection:
            taken, left = _moved(connection, scope, change)
            values = {
                "scope": scope,
                "at": at,
                "actor": actor,
                "action": change.action.value,
                "arguments": {
                    "story": change.story,
                    "other": change.other,
                    "documents": list(change.documents),
                },
            }
            table = tables.story_edit
            found = connection.execute(insert(table).returning(table.c.id), values)
            number: int = found.scalar_one()
            connection.execute(insert(tables.story), {"scope": scope, "edit": number})
            _rule(connection, scope, number, taken, left)
        return number

    def undo(self, scope: Scope, number: int | None, *, actor: int, at: datetime) -> Regrouped:
        """Undo an edit of this very scope, the newest that stands when *number* is None.

        Return it. NotFoundError when there is none, UsageError when it is undone already.
        """
        with self._database.write() as connection:
            edit = _edit(connection, scope, number)
            undoing.check(edit)
            noted = update(tables.story_edit).where(tables.story_edit.c.id == edit.id)
            connection.execute(noted.values(undone_at=at))
            ruling, story = tables.story_ruling.c, tables.story.c
            connection.execute(delete(tables.story_ruling).where(ruling.edit == edit.id))
            connection.execute(
                delete(tables.story).where(story.scope == scope, story.edit == edit.id)
            )
            values = undoing.record(edit, scope, actor=actor, at=at)
            connection.execute(insert(tables.story_edit), values)
        return edit

    def edits(self, scope: Scope, *, limit: int = 25) -> tuple[Regrouped, ...]:
        """Return the newest edits that this view shows, the public ones too, newest first."""
        edit = tables.story_edit.c
        query = select(tables.story_edit).where(edit.scope.in_(scopes.view(scope)))
        with self._database.read() as connection:
            found = connection.execute(query.order_by(edit.id.desc()).limit(limit))
            return tuple(map(_read, found))


def purge(connection: Connection, scope: Scope) -> None:
    """Delete all that a scope without documents still has: edits, stories, sums."""
    for table in (tables.story_ruling, tables.story_edit, tables.story, tables.frequency):
        connection.execute(delete(table).where(table.c.scope == scope))


def _placed(story: StoryId, member: Member) -> Placed:
    return Placed(
        story=story,
        document=member.document,
        arrived=member.arrived,
        published=member.published,
        outlet=member.outlet,
        copy=member.copy,
        centrality=member.centrality,
    )


def _arrived(
    connection: Connection, scope: Scope, since: datetime, until: datetime
) -> set[DocumentId]:
    """Return the newest placed documents that arrived in [since, until)."""
    member = tables.story_member.c
    query = select(member.arrived, member.document)
    query = query.where(member.arrived >= since, member.arrived < until)
    query = query.order_by(member.arrived.desc()).limit(_ARRIVED)
    found = [
        (arrived, DocumentId(number))
        for each in scopes.view(scope)
        for arrived, number in connection.execute(query.where(member.scope == each))
    ]
    return {number for _, number in sorted(found, reverse=True)[:_ARRIVED]}


def _moved(
    connection: Connection, scope: Scope, change: Regrouping
) -> tuple[list[DocumentId], list[DocumentId]]:
    """Return the documents that *change* takes into its story, and those that it leaves behind."""
    found = regrouping.find(connection, scope, change.story)
    taken, around = [each.document for each in found.members], found.around
    if change.action is Action.MERGE:
        other = regrouping.find(connection, scope, change.other)
        if other.story == found.story:
            raise UsageError(f"{change.story} and {change.other} are one story already.")
        taken = [*taken, *(each.document for each in other.members)]
        around = [*around, *other.around]
    else:
        taken = _leaving(change, taken)
    return taken, sorted(set(around) - set(taken))


def _leaving(change: Regrouping, inside: Sequence[DocumentId]) -> list[DocumentId]:
    wanted = set(change.documents)
    if strangers := sorted(wanted - set(inside)):
        raise UsageError(f"Document {strangers[0]} is not in story {change.story}: name others.")
    if not wanted or len(wanted) == len(inside):
        raise UsageError(f"Name some documents of story {change.story}, and not all of them.")
    return [number for number in inside if number in wanted]


def _rule(
    connection: Connection,
    scope: Scope,
    edit: int,
    taken: Iterable[DocumentId],
    left: Iterable[DocumentId],
) -> None:
    document = tables.document.c
    said = {**dict.fromkeys(left, False), **dict.fromkeys(taken, True)}
    query = select(document.id, document.scope, document.identity)
    values = [
        {
            "scope": scope,
            "owner": row.scope,
            "identity": row.identity,
            "edit": edit,
            "taken": said[row.id],
        }
        for part in rows.in_parts(sorted(said))
        for row in connection.execute(query.where(document.id.in_(part)))
    ]
    dialect.run_each(connection, dialect.inserting(tables.story_ruling), values)


def _edit(connection: Connection, scope: Scope, number: int | None) -> Regrouped:
    """Return an edit of *scope* itself, or the newest that can be undone."""
    edit = tables.story_edit.c
    query = select(tables.story_edit).where(edit.scope == scope).order_by(edit.id.desc()).limit(1)
    if number is None:
        query = query.where(edit.undone_at.is_(None), edit.action != Action.UNDO.value)
    else:
        query = query.where(edit.id == (number if 0 < number < _LARGEST else 0))
    row = connection.execute(query).first()
    if row is None:
        what = "There is nothing to undo" if number is None else f"There is no edit {number}"
        raise NotFoundError(f"{what} here.")
    return _read(row)


def _read(row: Row[Any]) -> Regrouped:
    told = row.arguments
    return Regrouped(
        id=row.id,
        scope=Scope(row.scope),
        at=row.at,
        actor=row.actor,
        change=Regrouping(
            action=Action(row.action),
            story=StoryId(told.get("story", 0)),
            other=StoryId(told.get("other", 0)),
            documents=tuple(map(DocumentId, told.get("documents", ()))),
        ),
        undone_at=row.undone_at,
        undoes=told.get("edit", 0),
    )
