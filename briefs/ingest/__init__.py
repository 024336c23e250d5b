"""The write path: bytes -> document -> sentences -> entities, roles, quotes, values -> store."""

from datetime import datetime

from briefs.ingest.analysis import VERSION, analyse, divide, find, numbered
from briefs.ingest.folders import Change, Changes, changes, files, missing
from briefs.ingest.placing import place
from briefs.ingest.sources import Source, file, opened, upload
from briefs.model import Analysis
from briefs.store import Kept, Store

__all__ = [
    "VERSION",
    "Change",
    "Changes",
    "Source",
    "analyse",
    "changes",
    "divide",
    "file",
    "files",
    "find",
    "keep",
    "missing",
    "numbered",
    "opened",
    "place",
    "upload",
]

_WITH_IT = 50  # documents that wait for a story and are placed with a new one


def keep(store: Store, analysis: Analysis, arrived: datetime) -> Kept:
    """Store what was found in a document, and put it into its story.

    Say under which id it is stored, and whether it is new.
    """
    kept = store.documents.add(analysis, arrived=arrived)
    place(store, most=_WITH_IT)
    return kept
