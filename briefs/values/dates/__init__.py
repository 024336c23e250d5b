"""Sentences in, the dates that they name out, the relative ones seen from a day."""

from collections.abc import Iterator
from datetime import date

from briefs.model import Kind
from briefs.values.dates.patterns import ENGLISH, EVERYWHERE
from briefs.values.dates.place import Place, Reader
from briefs.values.found import Found


def find(text: str, anchor: date | None, *, english: bool) -> Iterator[Found]:
    """Yield the dates in *text*, seen from *anchor*; in *english* also those in words."""
    for pattern, read in ENGLISH if english else EVERYWHERE:
        for match in pattern.finditer(text):
            value = _read(read, Place(match, anchor))
            if value is not None:
                yield Found(match.start(), match.end(), Kind.DATE, value)


def _read(read: Reader, place: Place) -> str | None:
    """Return the value at *place*; a day that the calendar lacks is no date."""
    try:
        return read(place)
    except (ValueError, OverflowError):
        return None
