"""When readers last asked what has changed."""

from datetime import datetime

from sqlalchemy import Select, select

from briefs.database import Database
from briefs.model import Scope
from briefs.store import dialect
from briefs.store.tables import visit as table


class Visits:
    """The visits of the readers of all scopes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seen(self, scope: Scope, user: int, now: datetime) -> datetime | None:
        """Note that *user* asks *now*, and return when the time before was; None for the first."""
        values = {"scope": scope, "user": user, "at": now}
        with self._database.write() as connection:
            previous = connection.scalar(_at(scope, user))
            connection.execute(dialect.replacing(table), values)
        return previous

    def last(self, scope: Scope, user: int) -> datetime | None:
        """Return when *user* last asked; None when that was never."""
        with self._database.read() as connection:
            return connection.scalar(_at(scope, user))


def _at(scope: Scope, user: int) -> Select[datetime]:
    return select(table.c.at).where(table.c.scope == scope, table.c.user == user)
