"""What is kept and what is asked of it: one class a subject, one method a question.

Reads take the scope of who asks first, and see what is public and what is that scope's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefs.database import Database
from briefs.store import backups, dialect, opening
from briefs.store.backups import restore
from briefs.store.claiming import Hold
from briefs.store.curation import Curation
from briefs.store.deliveries import Deliveries
from briefs.store.documents import Counts, Documents, Revision, When, Window
from briefs.store.entities import Entities, Head, Suggestion
from briefs.store.families import Family
from briefs.store.feeds import Added, Feeds, Synced
from briefs.store.files import FileRow, Files
from briefs.store.frequencies import Counted, Frequencies
from briefs.store.gauges import Gauges
from briefs.store.guilds import Guild, Guilds
from briefs.store.installation import Installation
from briefs.store.intake import Intake
from briefs.store.keeping import Kept, Outcome
from briefs.store.leases import Leases
from briefs.store.members import Member
from briefs.store.notices import Notices
from briefs.store.origins import Origins
from briefs.store.pages import Pages, ReaderPage
from briefs.store.passages import Passage
from briefs.store.placing import Placing
from briefs.store.postings import Part, Postings
from briefs.store.records import Records
from briefs.store.renewal import Renewal
from briefs.store.retouching import Retouching
from briefs.store.schedules import Schedules
from briefs.store.search import Search
from briefs.store.stories import Placed, Regrouped, Regrouping, Stories
from briefs.store.topics import Topics
from briefs.store.trends import Trends
from briefs.store.values import Valued, Values
from briefs.store.visits import Visits
from briefs.store.watches import Watches

__all__ = [
    "Added",
    "Counted",
    "Counts",
    "Family",
    "FileRow",
    "Guild",
    "Head",
    "Hold",
    "Kept",
    "Member",
    "Outcome",
    "Part",
    "Passage",
    "Placed",
    "ReaderPage",
    "Regrouped",
    "Regrouping",
    "Revision",
    "Store",
    "Suggestion",
    "Synced",
    "Valued",
    "When",
    "Window",
    "open_store",
    "restore",
]


class Store:
    """Everything that is kept, in one database. Several threads may use it at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.url, self.shared = database.url, database.shared
        self.readonly = database.readonly
        self.documents, self.renewal = Documents(database), Renewal(database)
        self.files, self.feeds, self.intake = Files(database), Feeds(database), Intake(database)
        self.entities = Entities(database)
        self.trends = Trends(database)
        self.curation, self.edits = Curation(database), Retouching(database)
        self.search = Search(database)
        self.frequencies = Frequencies(database)
        self.placing = Placing(database)
        self.stories = Stories(database)
        self.values = Values(database)
        self.schedules = Schedules(database)
        self.deliveries = Deliveries(database)
        self.topics, self.watches = Topics(database), Watches(database)
        self.origins = Origins(database)
        self.briefings = Records(database)
        self.postings = Postings(database)
        self.visits = Visits(database)
        self.pages = Pages(database)
        self.notices = Notices(database)
        self.guilds, self.leases = Guilds(database), Leases(database)
        self.installation = Installation(database)
        self.gauges = Gauges(database)

    def schema(self) -> str:
        """Return the revision of the tables."""
        return opening.schema_of(self._database) or ""

    def backup(self, path: Path) -> None:
        """Write a checked copy to *path*; others go on reading and writing."""
        backups.backup(self._database, path)

    def check(self, *, full: bool = False) -> tuple[str, ...]:
        """Return what is wrong, nothing when all is sound; a *full* check reads everything."""
        return backups.check(self._database, full=full)

    def rebuild_search(self) -> None:
        """Make the search index anew from the stored texts."""
        with self._database.write() as connection:
            dialect.of(connection).rebuild_index(connection)


@contextmanager
def open_store(url: str, *, readonly: bool = False, busy: float = 5.0) -> Iterator[Store]:
    """Open the store that *url* names, and close it after.

    For writing it is made when it is missing and brought to the newest schema; a file is also
    owned: BusyError says which process has it. To read beside that process, open it *readonly*.
    *busy* is how many seconds a lock of another program is waited for.
    """
    with opening.opened(url, readonly=readonly, busy=busy) as database:
        yield Store(database)
