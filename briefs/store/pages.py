"""What somebody pages through, so that the buttons work after a restart."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from briefs.database import Database
from briefs.errors import NotFoundError
from briefs.model import Scope
from briefs.store.tables import reader_page as table

MOST = 10_000  # pagers that are kept; the oldest go


class ReaderPage(NamedTuple):
    """What was asked, by whom and where: to ask it again gives the other pages."""

    id: int
    command: str
    arguments: dict[str, object]
    user: int
    scope: Scope
    made: datetime


class Pages:
    """The pagers of all readers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self,
        command: str,
        arguments: Mapping[str, object],
        *,
        user: int,
        scope: Scope,
        made: datetime,
    ) -> int:
        """Remember what was asked, and return the id by which it is found."""
        values = {
            "command": command,
            "arguments": dict(arguments),
            "user": user,
            "scope": scope,
            "made": made,
        }
        with self._database.write() as connection:
            found = connection.execute(insert(table).returning(table.c.id), values)
            number: int = found.scalar_one()
            connection.execute(delete(table).where(table.c.id <= number - MOST))
        return number

    def drop(self, number: int) -> None:
        """Forget what was asked."""
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.c.id == number))

    def get(self, number: int) -> ReaderPage:
        """Return what was asked; NotFoundError when it is too long ago."""
        query = select(table).where(table.c.id == number)
        with self._database.read() as connection:
            row = connection.execute(query).first() if 0 < number < 2**63 else None
        if row is None:
            raise NotFoundError("These pages are too old to turn: ask again.")
        return ReaderPage(*row)
