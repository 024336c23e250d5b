"""A PDF file in, its parts out: columns in reading order, without running heads and page numbers.

PDFium reads the file. It is written in C++, tried by fuzzers day and night, and may still die of
a file: in a worker process, that costs the file and no more.
"""

import multiprocessing
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from briefs import words
from briefs.documents import layout
from briefs.documents.layout import Piece
from briefs.documents.parts import Parts
from briefs.errors import DocumentError

try:
    import resource
except ImportError:  # on Windows, where nothing is limited
    resource = None  # type: ignore[assignment]

_SECONDS = 60  # of computing; forms that hold themselves ten times over would take for ever
_MOST_PAGES = 1_000
_MOST_ON_A_PAGE = 100_000  # characters; a page of a newspaper has 20,000
_HYPHENS = frozenset({0x02, 0xFFFE})  # what PDFium makes of one that breaks a word
_CODES = 0x110000
_LEVEL = 0.3  # of the size of the type: further up or down is another line
_MOST_CHARACTERS = 10_000_000
_PASSWORD = 4  # PDFium's FPDF_ERR_PASSWORD
_Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top
_LOCK = threading.Lock()  # PDFium does one thing at a time

_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-]\d\d)'?(\d\d)|Z)?")
_NO_TITLE = re.compile(
    r"microsoft word|untitled|document\d*$|slide \d"
    r"|.{0,200}\.(?:docx?|indd|pdf|qxd|tex|odt|rtf|dvi)$",
    re.IGNORECASE,
)


def read(data: bytes, *, name: str) -> Parts:
    """Take the PDF file *data* apart; DocumentError when it has no text, or too much of it."""
    with _LOCK, in_time():
        pages, told = _opened(data, name)
    blocks = layout.blocks(pages)
    if not blocks:
        raise DocumentError(
            name, "has no text, perhaps pictures of it: give it with its text recognised (OCR)."
        )
    title = told.get("Title", "")
    if _NO_TITLE.match(title) or not any(char.isalpha() for char in title):
        title = layout.headline(blocks)
    texts = [block.text for block in blocks]
    if len(texts) > 1 and words.fold(texts[0]) == words.fold(title):
        texts = texts[1:]
    date = _date(told.get("CreationDate", "")) or _date(told.get("ModDate", ""))
    fields = {"title": title, "author": told.get("Author", ""), "date": date}
    return Parts(text="\n".join(texts), fields=fields, how="metadata")


@contextmanager
def in_time(seconds: int = _SECONDS) -> Iterator[None]:
    """End this process when it computes for longer, provided that it is a worker."""
    if resource is None or multiprocessing.parent_process() is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(time.process_time()) + seconds
    limits = [each for each in (soft, hard) if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_CPU, (min([wanted, *limits]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _opened(data: bytes, name: str) -> tuple[list[list[Piece]], dict[str, str]]:
    """Return the pieces of text of each page, and what the file says of itself."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # The code may be that of an earlier file.
        if getattr(error, "err_code", None) == _PASSWORD and b"/Encrypt" in data:
            raise DocumentError(name, "is locked with a password: save it without one.") from error
        raise DocumentError(name, "is no PDF file that can be read: save it again.") from error
    try:
        if len(document) > _MOST_PAGES:
            raise DocumentError(name, f"has more than {_MOST_PAGES:,} pages: split it.")
        pages = list(_pages(document, name))
        told = {
            key: _metadata(document, key) for key in ("Title", "Author", "CreationDate", "ModDate")
        }
        return pages, told
    finally:
        document.close()


def _metadata(document: Any, key: str) -> str:  # noqa: ANN401 - PDFium has no types
    return " ".join(str(document.get_metadata_value(key)).split())


def _pages(document: Any, name: str) -> Iterator[list[Piece]]:  # noqa: ANN401 - as above
    """Yield the pieces of each page; a page that is damaged has none."""
    import pypdfium2

    left = _MOST_CHARACTERS
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
            pieces = list(_pieces(text))
        except pypdfium2.PdfiumError:
            pieces = []
        else:
            text.close()
            page.close()
        left -= sum(len(piece.text) for piece in pieces)
        if left < 0:
            raise DocumentError(name, f"has more than {_MOST_CHARACTERS:,} characters: split it.")
        yield pieces


def _pieces(text: Any) -> Iterator[Piece]:  # noqa: ANN401 - as above
    """Yield the runs of characters that stand side by side, in the order of the file."""
    held: list[str] = []
    left = bottom = right = top = 0.0
    for char, box in _characters(text):
        is_near = box is not None and held and _follows(box, (left, bottom, right, top))
        if held and not is_near and not (box is None and char == " "):
            yield Piece(left, bottom, right, top, "".join(held).strip())
            held = []
        if box is None:
            held += " " if held and char == " " else ""
            continue
        if not held:
            left, bottom, right, top = box
        held.append(char)
        left, right = min(left, box[0]), max(right, box[2])
    if held:
        yield Piece(left, bottom, right, top, "".join(held).strip())


def _follows(box: _Box, before: _Box) -> bool:
    """Return whether *box* goes on with what stands *before* it, in one line."""
    size = before[3] - before[1]
    gap = box[0] - before[2]
    return abs(box[1] - before[1]) < _LEVEL * size and -size < gap < layout.APART * size


def _characters(text: Any) -> Iterator[tuple[str, _Box | None]]:  # noqa: ANN401 - as above
    """Yield each character with its place; a space and the end of a line have none."""
    import ctypes

    from pypdfium2 import raw

    box = raw.FS_RECTF()
    for index in range(min(text.count_chars(), _MOST_ON_A_PAGE)):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        char = "-" if code in _HYPHENS else chr(code) if code < _CODES else " "
        if char.isspace() or code == 0:
            yield (" " if char != "\n" else char), None
        elif raw.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(box)):
            placed = (box.left, box.bottom, box.right, box.top)
            if placed[0] <= placed[2] and placed[1] < placed[3]:
                yield char, placed
        if code in _HYPHENS:
            yield "\n", None


def _date(written: str) -> str:
    """Return a PDF date as ISO 8601 writes it, "" when it is none."""
    found = _DATE.match(written)
    if not found:
        return ""
    year, month, day, hour, minute, second, ahead, minutes = found.groups()
    zone = f"{ahead}:{minutes}" if ahead else "Z"
    clock = f"{hour or '00'}:{minute or '00'}:{second or '00'}"
    return f"{year}-{month or '01'}-{day or '01'}T{clock}{zone}"
