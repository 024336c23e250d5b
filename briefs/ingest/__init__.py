"""The write path: bytes -> document -> sentences -> entities, roles, quotes, values -> store."""

from briefs.ingest.analysis import VERSION, analyse, divide, find, numbered
from briefs.ingest.folders import Change, Changes, Held, Looker, changes, files, held, missing
from briefs.ingest.placing import place
from briefs.ingest.sources import (
    Source,
    entry,
    file,
    identity,
    opened,
    page,
    patience,
    upload,
    waiting,
)
from briefs.model import Analysis
from briefs.store import Kept, Store, When

__all__ = [
    "VERSION",
    "Change",
    "Changes",
    "Held",
    "Looker",
    "Source",
    "analyse",
    "changes",
    "divide",
    "entry",
    "file",
    "files",
    "find",
    "held",
    "identity",
    "keep",
    "missing",
    "numbered",
    "opened",
    "page",
    "patience",
    "place",
    "upload",
    "waiting",
]

_WITH_IT = 50  # documents that wait for a story and are placed with a new one


def keep(store: Store, analysis: Analysis, arrived: When) -> Kept:
    """Store what was found in a document, and put it into its story.

    Say under which id it is stored, and whether it is new. *arrived* is better a clock than a time.
    """
    kept = store.documents.add(analysis, arrived=arrived)
    place(store, most=_WITH_IT)
    return kept
