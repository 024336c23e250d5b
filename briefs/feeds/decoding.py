"""The bytes of a feed in, its text out: by its mark, as UTF-8, as declared, or by a guess.

A feed is read even where a few letters of it are damaged: they become U+FFFD, which shows.
"""

import codecs
import re

_MARKED = (  # the longest first: one begins like another
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),  # "<?xm" as mainframes write it
)
_HEAD = 1_024  # bytes in which a document says how it is written
_SENT = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"(?:encoding|charset)\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Names under which an encoding may be declared; others are codecs that are no encodings.
_DECLARABLE = re.compile(
    r"(?:ascii|utf_?(?:8|16|32)|cp\d|windows|iso|latin|koi8|shift_jis|euc|gb|big5|hz|mac|tis|ks)"
)
_WIDER = {"ascii": "cp1252", "iso8859_1": "cp1252", "iso8859_9": "cp1254", "gb2312": "gb18030"}
_ODD = re.compile(rb"[\x80-\xff]")
_SAMPLE = 20_000
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def decode(data: bytes, *, content_type: str = "") -> str:
    """Return the text of *data* without what no document may contain; it always has one."""
    return allowed(_decoded(data, content_type).removeprefix("\ufeff"))


def allowed(text: str) -> str:
    """Return *text* without the characters that no document may contain."""
    return _FORBIDDEN.sub("", text)


def _decoded(data: bytes, content_type: str) -> str:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\x1b$" in data:
        return data.decode("iso2022_jp_2", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) > 2 * damaged:
        return text  # most of what is not ASCII is UTF-8, which never happens by accident
    return _declared(data, content_type) or _guessed(data)


def _declared(data: bytes, content_type: str) -> str:
    """Return the text as its sender or the document itself says that it is written, or ""."""
    sent, told = _SENT.search(content_type), _DECLARED.search(data[:_HEAD])
    names = (sent[1] if sent else "", told[1].decode("ascii", "replace") if told else "")
    for name in names:
        try:
            encoding = codecs.lookup(name).name.replace("-", "_") if name else ""
        except (LookupError, ValueError):
            continue
        if not _DECLARABLE.match(encoding) or encoding.startswith("utf"):
            continue
        try:
            return data.decode(_WIDER.get(encoding, encoding))
        except UnicodeDecodeError:
            continue
    return ""


def _guessed(data: bytes) -> str:
    """Return the text in the encoding that its odd bytes look like most."""
    from charset_normalizer import from_bytes

    first = _ODD.search(data)
    start = max(0, first.start() - _SAMPLE // 2) if first else 0
    best = from_bytes(data[start : start + _SAMPLE]).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")
