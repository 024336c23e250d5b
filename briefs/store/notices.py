"""What people have been told, so that they are told once."""

from datetime import datetime

from sqlalchemy import delete, select

from briefs.database import Database
from briefs.store import dialect
from briefs.store.tables import notice as table


class Notices:
    """What has been told, by a key for each thing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tell(self, key: str, now: datetime) -> bool:
        """Note that *key* is told; return whether it was not told before."""
        statement = dialect.insert(table).on_conflict_do_nothing().returning(table.c.key)
        with self._database.write(durable=True, alone=False) as connection:
            told = connection.execute(statement, {"key": key, "told": now})
            return told.first() is not None

    def told(self, prefix: str, suffix: str) -> bool:
        """Tell whether a key that begins and ends so has been told."""
        between = table.c.key >= prefix, table.c.key < f"{prefix}\U0010ffff"
        with self._database.read() as connection:
            keys = connection.scalars(select(table.c.key).where(*between))
            return any(key.endswith(suffix) for key in keys)

    def clear(self, key: str) -> None:
        """Forget that *key* was told: when it happens again, it is told again."""
        with self._database.write(durable=True) as connection:
            connection.execute(delete(table).where(table.c.key == key))
