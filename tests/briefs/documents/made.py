"""Small files of every format, made as they are needed."""

import io
import zlib
from collections.abc import Sequence
from email.message import EmailMessage
from zipfile import ZIP_DEFLATED, ZipFile

Placed = tuple[float, float, float, str]  # x, y from below, size of the type, text

WIDTH, HEIGHT = 595, 842
SIZE = 10
_PER_LETTER = 0.5  # of the size: near enough to set a column in Helvetica


def pdf(
    pages: Sequence[Sequence[Placed]], *, info: str = "", catalogue: str = "", trailer: str = ""
) -> bytes:
    """Return a PDF file of *pages*, set in Helvetica."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, placed in enumerate(pages):
        content = zlib.compress(b"\n".join(map(_shown, placed)))
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        head = f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode()
        objects += [page.encode(), head + content + b"\nendstream"]
    objects.append(f"<< {info} >>".encode("cp1252"))
    return _file(objects, trailer)


def _shown(placed: Placed) -> bytes:
    x, y, size, text = placed
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET".encode("cp1252")


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    keys = f"/Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer}"
    out.write(f"trailer\n<< {keys} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def column(
    text: str, *, x: float = 72, top: float = 740, width: float = 450, size: float = SIZE
) -> list[Placed]:
    """Set *text* in lines from *top* down; a blank line between its paragraphs."""
    placed: list[Placed] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and (len(line) + len(word) + 1) * _PER_LETTER * size > width:
                placed.append((x, top, size, line))
                top -= 1.2 * size
                line = ""
            line = f"{line} {word}".strip()
        placed.append((x, top, size, line))
        top -= 2.2 * size
    return placed


def docx(body: str, *, core: str = "", styles: str = "", doctype: str = "") -> bytes:
    """Return a Word file with the paragraphs and tables of *body*."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": (
            f'{doctype}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        ),
        "word/styles.xml": f'<w:styles xmlns:w="{space}">{styles}</w:styles>',
        "docProps/core.xml": (
            '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            f' xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>'
        ),
    }
    return archive({name: text.encode() for name, text in parts.items()})


def paragraph(text: str, *, style: str = "", item: bool = False) -> str:
    """Return a paragraph of a Word file."""
    what = f'<w:pStyle w:val="{style}"/>' if style else ""
    what += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if item else ""
    return f"<w:p><w:pPr>{what}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    """Return a table of a Word file."""
    told = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(told)}</w:tbl>"


def archive(members: dict[str, bytes]) -> bytes:
    """Return a ZIP file of *members*."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as written:
        for name, data in members.items():
            written.writestr(name, data)
    return out.getvalue()


def mail(text: str = "", *, html: str = "", attached: bytes = b"", **headers: str) -> bytes:
    """Return an e-mail."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    if html:
        (message.add_alternative if text else message.set_content)(html, subtype="html")
    if attached:
        message.add_attachment(
            attached, maintype="application", subtype="octet-stream", filename="a.bin"
        )
    return message.as_bytes()
