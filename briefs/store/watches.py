"""Watch-lists: the one of a server, and the one of each of its members."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select

from briefs.database import Database
from briefs.errors import NotFoundError, UsageError
from briefs.model import Scope, Watch, WatchId
from briefs.store import scopes
from briefs.store.tables import watch as table

MOST = 50  # entries of one list


class Watches:
    """What is watched for. Everybody in a scope sees its list, and nobody another's own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, watch: Watch) -> Watch:
        """Put *watch*, which has its time, on its list; UsageError if it is there, or no room."""
        with self._database.write(durable=True) as connection:
            found = connection.execute(_of(watch.scope, watch.user)).all()
            if _key(watch.text) in {row.key for row in found}:
                raise UsageError(f"“{watch.text}” is on the watch-list already.")
            if len(found) >= MOST:
                raise UsageError(f"The watch-list has {MOST} entries already: remove one first.")
            values = {"key": _key(watch.text), "text": watch.text, "added": watch.added}
            statement = insert(table).values(scope=watch.scope, user=watch.user, **values)
            number: int = connection.execute(statement.returning(table.c.id)).scalar_one()
        return replace(watch, id=WatchId(number))

    def remove(self, scope: Scope, user: int, text: str) -> Watch:
        """Take *text* off the list of *user*, 0 for the server's, and return it."""
        own = _of(scope, user).where(table.c.key == _key(text))
        with self._database.write(durable=True) as connection:
            row = connection.execute(own).first()
            if row is None:
                raise NotFoundError(f"“{' '.join(text.split())[:60]}” is not on the watch-list.")
            connection.execute(delete(table).where(table.c.id == row.id))
        return _watch(row)

    def listing(self, scope: Scope, user: int) -> tuple[Watch, ...]:
        """Return the list of *user* alone, 0 for the server's, in the order of the alphabet."""
        with self._database.read() as connection:
            return tuple(_watch(row) for row in connection.execute(_of(scope, user)))

    def named(self, scope: Scope, user: int) -> tuple[Watch, ...]:
        """Return what *user* is to hear of first: one's own list, the server's, everybody's.

        Nothing is in it twice. For 0 it is what scheduled briefings go by.
        """
        lists = [self.listing(scope, user)] if user else []
        lists += [self.listing(each, 0) for each in reversed(scopes.view(scope))]
        watches = {_key(watch.text): watch for each in reversed(lists) for watch in each}
        found = (watch for each in lists for watch in each)
        return tuple(watch for watch in found if watches[_key(watch.text)] is watch)


def _of(scope: Scope, user: int) -> Select[Any]:
    query = select(table).where(table.c.scope == scope, table.c.user == user)
    return query.order_by(table.c.key).limit(MOST)


def _watch(row: Row[Any]) -> Watch:
    return Watch(
        text=row.text,
        scope=Scope(row.scope),
        user=row.user,
        added=row.added,
        id=WatchId(row.id),
    )


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
