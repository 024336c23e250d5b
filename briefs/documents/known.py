"""What a file says of itself and what is known of it from outside in, its fields out."""

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit


def merge(own: Mapping[str, str], outside: Mapping[str, str]) -> dict[str, str]:
    """Return *own* completed by what is known from *outside*.

    The address is the one from outside, unless the file names another of the same host: that is
    what its publisher calls it.
    """
    told = {key: value for key, value in own.items() if value}
    return {**outside, **told, "url": _address(own.get("url", ""), outside.get("url", ""))}


def host(url: str) -> str:
    """Return the host of the web address *url*, "" when it is none."""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme.casefold() in {"http", "https"}
        return (parts.hostname or "").removeprefix("www.") if is_web else ""
    except ValueError:  # a bracket that is not closed
        return ""


def _address(own: str, outside: str) -> str:
    if not host(outside):
        return own if host(own) and " " not in own else ""
    named = _joined(outside, own)
    same = host(named) == host(outside) and " " not in named
    return named if same and (_has_path(named) or not _has_path(outside)) else outside


def _joined(outside: str, own: str) -> str:
    try:
        return urljoin(outside, own)
    except ValueError:
        return ""


def _has_path(url: str) -> bool:
    """Tell an article's address from that of a front page, which some pages give as their own."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)
