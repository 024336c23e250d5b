"""What this installation remembers of itself: small values by name."""

from sqlalchemy import delete, select

from briefs.database import Database
from briefs.errors import StoreError
from briefs.store import dialect
from briefs.store.looking import Looking
from briefs.store.tables import installation as table

ID = "id"
RESTORED = "restored_at"  # when a backup was put back, ISO 8601; absent if never


class Installation:
    """Values that outlive a restart."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.looking = Looking(database)

    @property
    def id(self) -> str:
        """Return 32 hex digits that no other installation has."""
        found = self.get(ID)
        if not found:
            raise StoreError("The database has lost its identity: restore a backup.")
        return found

    def get(self, key: str) -> str | None:
        """Return the value of *key*, None if it has none."""
        with self._database.read() as connection:
            return connection.scalar(select(table.c.value).where(table.c.key == key))

    def put(self, key: str, value: str) -> None:
        """Set *key* to *value*."""
        with self._database.write(durable=True) as connection:
            connection.execute(dialect.replacing(table), [{"key": key, "value": value}])

    def remove(self, key: str) -> None:
        """Forget *key*."""
        with self._database.write(durable=True) as connection:
            connection.execute(delete(table).where(table.c.key == key))
