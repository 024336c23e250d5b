"""Bytes in, text out: by byte order mark, as UTF-8, as declared, or as detected for certain."""

import codecs
import re

from briefs.errors import DocumentError

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"RIFF", "a sound, a film or a picture"),
    (b"OggS", "a sound or a film"),
    (b"ID3", "a sound"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh9", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!\x1a", "an archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
# Names under which a page may declare its encoding; others are codecs that are no encodings.
_DECLARABLE = re.compile(
    r"(?:ascii|utf_?(?:8|16|32)|cp\d+|windows|iso|latin|koi8|shift_jis|euc|gb|big5|hz|mac|tis|ks)"
)
BAD = "\ufffd"
_MOST_BAD = 20  # bytes of a page that may be damaged
_SAMPLE = 100_000  # bytes that are looked at to detect an encoding
_MOST_CHAOS = 0.1  # share of what looks garbled, by charset-normalizer's measure
_LEAST_COHERENCE = 0.3  # how much the letters are spread as in some language
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_KANA = re.compile("[\u3040-\u30ff]")
_SAVE = "save it as UTF-8 text"


def decode(data: bytes, *, name: str, declared: str = "") -> str:
    """Return *data* as text; DocumentError when it is none, or its encoding is not certain.

    *declared* is the encoding that the file or its sender claims.
    """
    _refuse_binary(data, name)
    text = _marked(data, name)
    if text is None:
        text = _wide(data) if b"\x00" in data else _narrow(data, declared, name)
    if text is None or len(_ODD.findall(text[:_SAMPLE])) > max(2, len(text[:_SAMPLE]) // 200):
        raise DocumentError(name, f"is not text, or in no encoding that is known: {_SAVE}.")
    return text


def is_hardly_damaged(data: bytes) -> bool:
    """Return whether *data* is UTF-8 but for a few bytes, of a picture's name or of a cut-off end.

    BAD stands for each of them in what `patched` returns.
    """
    if b"\x00" in data or any(data.startswith(magic) for magic, _ in _MAGIC):
        return False
    return _is_mostly_utf8(data) and patched(data).count(BAD) <= _MOST_BAD


def patched(data: bytes) -> str:
    """Return *data* as UTF-8, with BAD in the place of what is not."""
    return data.decode("utf-8-sig", errors="replace")


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise DocumentError(name, f"is not text but {what}: give its words as .txt or .md.")


def _marked(data: bytes, name: str) -> str | None:
    """Return the text of data that begins with a byte order mark."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _damaged(name, encoding.removesuffix("-sig"), error.start) from error
    return None


def _damaged(name: str, encoding: str, offset: int) -> DocumentError:
    return DocumentError(name, f"is damaged {encoding.upper()} from byte {offset} on: {_SAVE}.")


def _wide(data: bytes) -> str | None:
    """Return data with zero bytes as UTF-16, when nearly all of it reads as words."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strictly(data, encoding)
        if text is not None and _reads(text[:_SAMPLE]):
            return text
    return None


def _reads(text: str) -> bool:
    """Return whether *text* is words in a script or two, with spaces where they belong.

    Read in the wrong order of bytes, a space becomes U+2000 and letters come from everywhere.
    """
    pages = {ord(char) >> 8 for char in text if char.isalpha()}
    plain = sum(char.isalnum() or char.isspace() or char.isprintable() for char in text)
    has_space = any(char in " \n\u3000" for char in text)
    return plain >= 0.98 * len(text) and (has_space or len(text) < 40) and len(pages) <= 90


def _narrow(data: bytes, declared: str, name: str) -> str | None:
    if b"\x1b$" in data or b"\x1b(" in data:
        return _strictly(data, "iso2022_jp_2")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise _damaged(name, "utf-8", error.start) from error
    return _declared(data, declared) or _detected(data)


def _is_mostly_utf8(data: bytes) -> bool:
    """Return whether most of what is not ASCII is UTF-8, which never happens by accident."""
    text = data[: 10 * _SAMPLE].decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - bad > bad


def _declared(data: bytes, declared: str) -> str | None:
    try:
        encoding = codecs.lookup(declared.strip()).name.replace("-", "_") if declared else ""
    except (LookupError, ValueError):
        return None
    if not _DECLARABLE.match(encoding):
        return None
    if encoding in {"iso8859_1", "ascii"}:
        encoding = "cp1252"  # what browsers take these names for
    return _strictly(data, encoding)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _detected(data: bytes) -> str | None:
    """Return the text in the encoding that fits, when one fits clearly."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b" ")) + 1] or sample
    best = from_bytes(sample).best()
    if best is None or best.chaos > _MOST_CHAOS:
        return None
    is_japanese = len(_KANA.findall(str(best))) >= 5
    is_certain = best.coherence >= _LEAST_COHERENCE or is_japanese
    return _strictly(data, best.encoding) if is_certain else None
