"""An e-mail in, its parts out: its text, or else its page, and never what is attached."""

import email.policy
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from briefs.documents import clean, decoding, html, text
from briefs.documents.parts import Parts
from briefs.errors import DocumentError

_MOST_PARTS = 200
_MOST_MARKS = 20_000
_SCANT = 200  # characters: a text beside a page that is shorter only says that there is a page
_SIGNATURE = "\n-- \n"


def read(data: bytes, *, name: str) -> Parts:
    """Take the e-mail *data* apart; DocumentError when no text is found in it."""
    if data.count(b"\n--") > _MOST_MARKS:  # each may open a part, and parts are slow to open
        raise _too_many(name)
    try:
        # compat32 keeps headers as they are written: the newer policies stumble over ill-formed
        # ones when they are asked for.
        message = BytesParser(Message, policy=email.policy.compat32).parsebytes(data)
        plain, page = _bodies(message, name)
        fields = _fields(message)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError(name, "is no e-mail that can be read: save it again.") from error
    if page and len(plain.strip()) < _SCANT:
        try:
            shown = html.read(page, name=name)
        except DocumentError:
            if not plain.strip():
                raise
        else:
            own = {key: value for key, value in shown.fields.items() if key in {"url", "language"}}
            return Parts(text=shown.text, fields=own | fields, how="metadata")
    if not plain.strip():
        raise DocumentError(name, "has no text, only attachments: give those instead.")
    body = plain.partition(_SIGNATURE)[0] or plain
    return Parts(text=text.join(body), fields=fields, how="metadata")


def _bodies(message: Message, name: str) -> tuple[str, str]:
    """Return the first text and the first page that are shown; "" where there is none."""
    bodies = {"text/plain": "", "text/html": ""}
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            raise _too_many(name)
        kind = part.get_content_type()
        if kind in bodies and not bodies[kind] and not _is_attached(part):
            bodies[kind] = _decoded(part, name)
    return bodies["text/plain"], bodies["text/html"]


def _too_many(name: str) -> DocumentError:
    return DocumentError(name, f"has more than {_MOST_PARTS} parts: save its text as .txt.")


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().casefold().startswith("attachment")


def _decoded(part: Message, name: str) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    declared = part.get_param("charset", "")
    told = declared if isinstance(declared, str) else ""
    return clean.characters(decoding.decode(payload, name=name, declared=told))


def _fields(message: Message) -> dict[str, str]:
    person, address = parseaddr(_header(message, "From"))
    return {
        "title": _header(message, "Subject"),
        "source": person or address.rpartition("@")[2],
        "date": _date(_header(message, "Date")),
    }


def _header(message: Message, key: str) -> str:
    """Return a header in plain words; those that are coded wrongly stay as they are written."""
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    written = str(message.get(key, ""))[:2_000]
    try:
        return clean.line(str(make_header(decode_header(written))))
    except (HeaderParseError, ValueError, LookupError):
        return clean.line(written)


def _date(written: str) -> str:
    try:
        at: datetime = parsedate_to_datetime(written)
        return at.replace(tzinfo=at.tzinfo or UTC).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""
