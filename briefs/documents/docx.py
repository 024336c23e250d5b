"""A Word file in, its parts out: paragraphs, headings and lists; a table only where it holds prose.

Read from the XML: that is a quarter of what a library for writing such files would bring, and
every part goes through a parser that refuses entities.
"""

import io
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, LargeZipFile, ZipFile

from briefs import words
from briefs.documents.parts import Parts
from briefs.errors import DocumentError

_OLE = b"\xd0\xcf\x11\xe0"
_DAMAGED = (
    BadZipFile, LargeZipFile, ParseError, zlib.error, ValueError, EOFError, OSError, RuntimeError,
)  # fmt: skip
_MOST_MEMBERS = 2_000
_LARGEST = 50_000_000  # bytes of all parts that are read
_MOST_ELEMENTS = 1_000_000  # a book has a tenth of that
_DEEPEST = 200  # elements in one another

# What was deleted, what a field says about itself, and the second version of a drawing.
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rPr"})
_BREAKS = frozenset({"tab", "br", "cr"})
_FEWEST_WORDS = 12  # of a paragraph in a table that is prose
_CLOSING = "\"'\u201d\u2019\u00bb)"


def read(data: bytes, *, name: str) -> Parts:
    """Take the Word file *data* apart; DocumentError when it is none, or is locked."""
    if data.startswith(_OLE):
        raise DocumentError(
            name, "is locked or in the old Word format: save it as .docx without a password."
        )
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive, name)
    except _DAMAGED as error:
        raise _unreadable(name) from error
    if "word/document.xml" not in parts:
        raise _unreadable(name)
    return _told(parts, name)


def _unreadable(name: str) -> DocumentError:
    return DocumentError(name, "is no Word file that can be read: save it again as .docx or .txt.")


def _parts(archive: ZipFile, name: str) -> dict[str, Element]:
    """Return the parts that matter, by their names, of which any case will do."""
    if len(archive.infolist()) > _MOST_MEMBERS:
        raise DocumentError(name, f"holds more than {_MOST_MEMBERS:,} files: save it again.")
    wanted = ("word/document.xml", "word/styles.xml", "docprops/core.xml")
    found: dict[str, Element] = {}
    left = _LARGEST
    for entry in archive.infolist():
        key = entry.filename.casefold()
        if key in wanted and key not in found:
            with archive.open(entry) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                limit = _LARGEST // 1_000_000
                raise DocumentError(name, f"unpacks to more than {limit} MB: split it.")
            found[key] = _parsed(content, name)
    return found


def _parsed(content: bytes, name: str) -> Element:
    """Return the tree of *content*, which may not define entities, nor be absurdly deep."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    events = ElementTree.iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True)
    depth = 0
    try:
        for number, (event, _) in enumerate(events):
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise _unreadable(name)
            if number > 2 * _MOST_ELEMENTS:
                raise DocumentError(name, f"has more than {_MOST_ELEMENTS:,} elements: split it.")
    except DefusedXmlException as error:
        raise DocumentError(
            name, "defines entities, which Word never does: save it again from Word."
        ) from error
    root: Element = events.root
    return root


def _told(parts: dict[str, Element], name: str) -> Parts:
    titles = _titles(parts.get("word/styles.xml"))
    blocks = [each for each in _blocks(parts["word/document.xml"], titles) if each[1]]
    if not blocks:
        raise DocumentError(name, "has no text: put some in it, or remove it.")
    fields = _fields(parts.get("docprops/core.xml"))
    heading = next((text for is_title, text in blocks[:3] if is_title), "")
    fields["title"] = heading or fields.get("title", "")
    first = blocks[0][1]
    if len(blocks) > 1 and words.fold(first) == words.fold(fields["title"]):
        blocks = blocks[1:]
    return Parts(text="\n".join(text for _, text in blocks), fields=fields, how="metadata")


def _titles(styles: Element | None) -> frozenset[str]:
    """Return the ids of the styles that are titles: ids are in Word's language, names are not."""
    found = {"Title"}
    for style in styles if styles is not None else ():
        names = [_value(child) for child in style if _local(child) == "name"]
        if any(name.casefold() == "title" for name in names):
            found.update(value for key, value in style.items() if key.endswith("}styleId"))
    return frozenset(found)


def _blocks(document: Element, titles: frozenset[str]) -> Iterator[tuple[bool, str]]:
    """Yield the text of each paragraph, with whether it is the title of the document."""
    for paragraph, is_in_table in _paragraphs(document):
        text = " ".join("".join(_text(paragraph)).split())
        marks = {_local(each): _value(each) for each in _properties(paragraph)}
        if is_in_table and not _is_prose(text):
            continue
        is_item = "numPr" in marks or marks.get("pStyle", "").startswith("List")
        yield marks.get("pStyle") in titles, f"- {text}" if is_item and text else text


def _paragraphs(element: Element, *, is_in_table: bool = False) -> Iterator[tuple[Element, bool]]:
    """Yield the paragraphs in *element*, also those in boxes, with whether a table holds them."""
    for child in element:
        name = _local(child)
        if name in _UNSEEN:
            continue
        if name == "p":
            yield child, is_in_table
        yield from _paragraphs(child, is_in_table=is_in_table or name == "tbl")


def _properties(paragraph: Element) -> Iterator[Element]:
    for child in paragraph:
        if _local(child) == "pPr":
            yield from child


def _text(element: Element) -> Iterator[str]:
    for child in element:
        name = _local(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name not in _UNSEEN and name not in {"pPr", "txbxContent"}:
            yield from _text(child)


def _is_prose(text: str) -> bool:
    """Tell a paragraph that was laid out by means of a table from what the table lists."""
    return len(text.split()) >= _FEWEST_WORDS and text.rstrip(_CLOSING).endswith((".", "!", "?"))


def _fields(core: Element | None) -> dict[str, str]:
    told = {
        _local(child): (child.text or "").strip() for child in (core if core is not None else ())
    }
    return {
        "title": told.get("title", ""),
        "author": told.get("creator", ""),
        "date": told.get("created") or told.get("modified", ""),
        "language": told.get("language", ""),
    }


def _local(element: Element) -> str:
    """Return the name of *element* without its space, which differs between versions of Word."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Element) -> str:
    return next((value for key, value in element.items() if key.endswith("}val")), "")
