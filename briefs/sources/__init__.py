"""Feeds, folders and documents in the store in, how they are out; and both changed by hand."""

from briefs.sources.changing import Imported, export, pause, refresh, removable, resume, take_over
from briefs.sources.correcting import corrected, correction, keep_correction
from briefs.sources.reading import STATUSES, errors, feed, feeds, own, shelf

__all__ = [
    "STATUSES",
    "Imported",
    "corrected",
    "correction",
    "errors",
    "export",
    "feed",
    "feeds",
    "keep_correction",
    "own",
    "pause",
    "refresh",
    "removable",
    "resume",
    "shelf",
    "take_over",
]
