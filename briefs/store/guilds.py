"""The guilds that the bot is in, and what goes when it has left one."""

import logging
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update

from briefs.database import Database
from briefs.model import PUBLIC, Scope
from briefs.store import curation, dialect, feeds, keeping, stories, tables

log = logging.getLogger(__name__)

_AT_ONCE = 200  # documents that are deleted in one transaction


class Guild(NamedTuple):
    """A guild, and when the bot came and went."""

    id: int
    name: str
    joined: datetime
    left: datetime | None


class Guilds:
    """The guilds of the bot."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def joined(self, guild: int, name: str, now: datetime) -> bool:
        """Note that the bot is in *guild*; return whether it was not known to be.

        Its feeds are asked again that were paused because it was left.
        """
        table = tables.guild.c
        with self._database.write() as connection:
            known = select(table.left).where(table.id == guild)
            row = connection.execute(known).first()
            statement = dialect.insert(tables.guild)
            back = statement.on_conflict_do_update(
                index_elements=["id"], set_={"name": name, "left": None}
            )
            connection.execute(back, {"id": guild, "name": name, "joined": now, "left": None})
            feeds.come_back(connection, Scope(guild))
        return row is None or row.left is not None

    def left(self, guild: int, now: datetime) -> None:
        """Note that the bot is no longer in *guild*, and ask its feeds no more."""
        table = tables.guild.c
        with self._database.write() as connection:
            gone = update(tables.guild).where(table.id == guild, table.left.is_(None))
            connection.execute(gone.values(left=now))
            feeds.leave(connection, Scope(guild))

    def listing(self) -> tuple[Guild, ...]:
        """Return every guild that is known, those that were left as well."""
        with self._database.read() as connection:
            found = connection.execute(select(tables.guild).order_by(tables.guild.c.id))
            return tuple(Guild(*row) for row in found)

    def purge_left(self, before: datetime) -> tuple[int, ...]:
        """Delete all that belongs to the guilds that were left *before*; return their ids.

        It is done in short transactions, the guild itself last, so that a crash only means that the
        rest goes the next time.
        """
        table = tables.guild.c
        with self._database.read() as connection:
            gone = connection.scalars(select(table.id).where(table.left < before)).all()
        for guild in gone:
            self._purge(Scope(guild))
            log.info("guild %s was left long enough ago: purged", guild)
        return tuple(gone)

    def _purge(self, scope: Scope) -> None:
        document = tables.document.c
        assert scope != PUBLIC
        query = select(document.id).where(document.scope == scope)
        while True:
            with self._database.write() as connection:
                found = connection.execute(query.limit(_AT_ONCE)).all()
                keeping.delete_all(connection, [row.id for row in found])
                if not found:
                    _delete_rest(connection, scope)
                    return


def _delete_rest(connection: Connection, scope: Scope) -> None:
    """Delete what is of no document: schedules with their deliveries, feeds, topics, and so on."""
    own = select(tables.schedule.c.id).where(tables.schedule.c.scope == scope)
    delivery = tables.delivery
    connection.execute(delete(delivery).where(delivery.c.schedule.in_(own)))
    curation.purge(connection, scope)
    stories.purge(connection, scope)
    own_rows = (tables.topic, tables.watch, tables.visit, tables.briefing, tables.briefing_edit)
    for table in (tables.schedule, tables.feed, tables.reader_page, tables.holding, *own_rows):
        connection.execute(delete(table).where(table.c.scope == scope))
    connection.execute(delete(tables.guild).where(tables.guild.c.id == scope))
