"""What the configured folders held when they were last read."""

from typing import NamedTuple

from sqlalchemy import delete, select

from briefs.database import Database
from briefs.model import DocumentId
from briefs.store import dialect, tables


class FileRow(NamedTuple):
    """A file, as it was when it was last read."""

    identity: str
    size: int
    modified: int  # nanoseconds since the epoch, as the file system says
    digest: str
    state: str  # "kept", "refused", or "removed": by a reader, until it changes
    document: DocumentId | None = None
    note: str = ""  # why it was refused


class Files:
    """The files of the configured folders; they are the operator's, and so public."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> dict[str, FileRow]:
        """Return every file that was read, by its identity."""
        columns = [tables.file.c[name] for name in FileRow._fields]
        with self._database.read() as connection:
            found = connection.execute(select(*columns).order_by(tables.file.c.identity))
            return {row.identity: FileRow(*row) for row in found}

    def remember(self, *files: FileRow) -> None:
        """Note how *files* are now, instead of how they were."""
        with self._database.write() as connection:
            if files:
                values = [file._asdict() for file in files]
                connection.execute(dialect.replacing(tables.file), values)

    def forget(self, *identities: str) -> None:
        """Drop files that are gone."""
        with self._database.write() as connection:
            for identity in identities:
                gone = tables.file.c.identity == identity
                connection.execute(delete(tables.file).where(gone))
