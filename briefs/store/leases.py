"""What one of several processes has for a while: told by the database's clock, lost with its life.

A process that alone has its store has everything; nothing is written for it.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select, update

from briefs.database import Database
from briefs.store import dialect
from briefs.store.tables import lease as table

_FORGOTTEN = timedelta(hours=1)  # past its end, a row is of no use to anybody
_NONSENSE = timedelta(hours=1)  # nobody takes anything for so long: the clock was ahead


class Leases:
    """What the processes that share a store have taken, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def clock(self, now: datetime) -> datetime:
        """Return the time that all processes go by; *now* is what this one's machine says."""
        with self._database.read() as connection:
            return dialect.of(connection).clock(connection, now)

    def take(self, name: str, owner: str, span: timedelta, now: datetime) -> bool:
        """Give *name* to *owner* for *span* from now; False while another has it.

        Who has it already has it for longer.
        """
        if not self._database.shared:
            return True
        with self._database.write(alone=False) as connection:
            now = dialect.of(connection).clock(connection, now)
            taken = dialect.insert(table)
            free = or_(table.c.until <= now, table.c.until > now + _NONSENSE)
            taken = taken.on_conflict_do_update(
                index_elements=["name"],
                set_={"owner": owner, "until": now + span},
                where=or_(free, table.c.owner == owner),
            )
            values = {"name": name, "owner": owner, "until": now + span}
            return connection.execute(taken, values).rowcount == 1

    def is_taken(self, name: str, now: datetime) -> bool:
        """Tell whether another process has *name*; never when this one is alone."""
        if not self._database.shared:
            return False
        until = select(table.c.until).where(table.c.name == name)
        with self._database.read() as connection:
            now = dialect.of(connection).clock(connection, now)
            return (connection.scalar(until) or now) > now

    def free(self, owner: str, now: datetime) -> None:
        """Give back all that *owner* has."""
        if self._database.shared:
            with self._database.write(alone=False) as connection:
                now = dialect.of(connection).clock(connection, now)
                connection.execute(update(table).where(table.c.owner == owner).values(until=now))

    def count(self, prefix: str, now: datetime) -> int:
        """Return how many leases have not ended whose names begin with *prefix*; 1 when alone."""
        if not self._database.shared:
            return 1
        with self._database.write(alone=False) as connection:
            now = dialect.of(connection).clock(connection, now)
            _forget(connection, now - _FORGOTTEN)
            named = table.c.name >= prefix, table.c.name < f"{prefix}\U0010ffff"
            query = select(func.count()).where(*named, table.c.until > now)
            return connection.scalar(query) or 0


def _forget(connection: Connection, before: datetime) -> None:
    """Delete what ended *before* then, but what another process is about to take."""
    old = dialect.of(connection).locking(select(table).where(table.c.until < before), table)
    names = [row.name for row in connection.execute(old)]
    if names:
        connection.execute(delete(table).where(table.c.name.in_(names)))
