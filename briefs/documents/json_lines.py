"""One line of a JSON lines file in, its parts out."""

import json

from briefs.documents import clean, text
from briefs.documents.parts import Parts
from briefs.errors import DocumentError

_KEYS = {
    "title": "title",
    "standfirst": "standfirst",
    "url": "url",
    "published": "date",
    "source": "source",
    "author": "author",
    "language": "language",
}
_WANTED = 'write {"title": "…", "text": "…"} in one line'


def read(data: bytes, *, name: str) -> Parts:
    """Take *data* apart, an object with a text; DocumentError says what else it is."""
    try:
        told = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DocumentError(name, "is not UTF-8: save the file as UTF-8 text.") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(name, f"is not JSON: {_WANTED}.") from error
    if not isinstance(told, dict) or not isinstance(told.get("text"), str):
        raise DocumentError(name, f"is no object with a text: {_WANTED}.")
    fields = {
        field: value for key, field in _KEYS.items() if isinstance(value := told.get(key), str)
    }
    return Parts(text=text.join(clean.characters(told["text"])), fields=fields, how="metadata")
