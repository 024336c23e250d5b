"""The write path: bytes -> document -> sentences -> entities, roles, quotes, values -> store."""

from datetime import datetime

from briefs.ingest.analysis import VERSION, analyse, divide, find, numbered
from briefs.ingest.folders import Change, Changes, changes, files, missing
from briefs.ingest.sources import Source, file, upload
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
    "upload",
]


def keep(store: Store, analysis: Analysis, arrived: datetime) -> Kept:
    """Store what was found in a document; say under which id, and whether it is new."""
    return store.documents.add(analysis, arrived=arrived)
