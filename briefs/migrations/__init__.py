"""A database of any earlier schema in, one of the newest schema out.

Revisions are written by hand and never edited: one file each in `versions`, named in `REVISIONS`.
Alembic is imported only when there is something to do.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.config import Config

# Oldest first; the last is what this program writes.
REVISIONS = tuple(f"{number:04}" for number in range(1, 14))
FOLDER = Path(__file__).parent


def newest() -> str:
    """Return the revision that this program reads and writes."""
    return REVISIONS[-1]


def upgrade(connection: Connection) -> None:
    """Bring the database to the newest revision, inside the transaction of *connection*."""
    from alembic import command

    command.upgrade(_config(connection), "head")


def stamp(connection: Connection) -> None:
    """Note that the database has the newest schema, which was laid out by other means."""
    from alembic import command

    command.stamp(_config(connection), "head")


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
