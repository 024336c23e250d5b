"""One HTTP request as it came and what was answered: the record that tests read."""

import json
import re
from dataclasses import dataclass, field
from email.message import Message as Headers


@dataclass(slots=True, kw_only=True)
class Upload:
    """A file of a multipart body."""

    name: str
    content_type: str
    data: bytes


@dataclass(slots=True, kw_only=True)
class Exchange:
    """A request and its answer; *path* is without `/api/v10`, *at* in seconds since the epoch.

    *status* stays 0 while there is no answer, or when the connection was reset instead.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes = field(repr=False)
    at: float
    body: object = None
    files: dict[str, Upload] = field(default_factory=dict)
    status: int = 0
    response: object = None
    fault: str = ""

    def matches(self, method: str, path: str) -> bool:
        """Whether it is of *method* (or `*`) and its path fits the pattern *path*."""
        return method in ("*", self.method) and fits(path, self.path)


def fits(pattern: str, path: str) -> bool:
    """Whether *path* is what *pattern* says: `*` is one segment, `**` any number of them."""
    expression = re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", "[^/]+")
    return re.fullmatch(expression, path) is not None


def read(content_type: str, raw: bytes) -> tuple[object, dict[str, Upload]]:
    """Return the JSON and the files of a body; ValueError when it is neither JSON nor multipart."""
    if not raw:
        return None, {}
    if content_type.startswith("multipart/form-data"):
        return _multipart(content_type, raw)
    return json.loads(raw), {}


def _multipart(content_type: str, raw: bytes) -> tuple[object, dict[str, Upload]]:
    boundary = _parameter("content-type", content_type, "boundary").encode()
    body, files = None, {}
    for part in (b"\r\n" + raw).split(b"\r\n--" + boundary)[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        headers = {key.lower(): value for key, value in headers.items()}
        name = _parameter("content-disposition", headers["content-disposition"], "name")
        if name == "payload_json":
            body = json.loads(data)
        else:
            files[name] = _upload(headers, data)
    return body, files


def _upload(headers: dict[str, str], data: bytes) -> Upload:
    name = _parameter("content-disposition", headers["content-disposition"], "filename")
    kind = headers.get("content-type", "application/octet-stream")
    return Upload(name=name, content_type=kind, data=data)


def _parameter(header: str, value: str, name: str) -> str:
    headers = Headers()
    headers[header] = value
    found = headers.get_param(name, failobj="", header=header)
    return found[2] if isinstance(found, tuple) else found
