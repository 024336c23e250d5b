"""A value of config.toml in, the same checked out; or a ValueError that says what it has to be."""

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, ValidationInfo

from briefs.errors import UsageError

API_BASE = "https://discord.com/api/v10"
SQLITE = "sqlite:///"
SERVERS = ("postgresql://", "postgres://")

_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]{0,252})")


class SaidError(ValueError):
    """A complaint whose words are a whole sentence about the value."""


def _folder(info: ValidationInfo) -> Path:
    return info.context if isinstance(info.context, Path) else Path()


def beside(path: Path, info: ValidationInfo) -> Path:
    """Return *path* as seen from the folder of the file."""
    return _folder(info) / path


def token_file(text: str, info: ValidationInfo) -> str:
    """Return the path of the token's file as seen from the folder of the file, "" for none."""
    return str(_folder(info) / text) if text else ""


def database(url: str, info: ValidationInfo) -> str:
    """Keep SQLite's addresses, made absolute, and PostgreSQL's; refuse the rest."""
    if url.startswith(SERVERS):
        if not urlsplit(url).path.strip("/"):
            reason = f'it has to name a database, such as "{SERVERS[0]}HOST/daybrief"'
            raise ValueError(reason)
        return url
    path = url.removeprefix(SQLITE)
    if path in {url, "", ":memory:"}:
        reason = f'it has to name a file, such as "{SQLITE}daybrief.db"'
        raise ValueError(reason)
    return f"{SQLITE}{(_folder(info) / path).absolute()}"


def api_base(url: str) -> str:
    """Refuse plain http to anywhere but this machine, because the token goes there."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError('it has to be an address such as "' + API_BASE + '"')
    if parts.scheme == "http" and not loopback(host):
        raise ValueError("the token would be sent unprotected, use https")
    return url.rstrip("/")


def loopback(host: str) -> bool:
    """Tell whether *host* is this very machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


T = TypeVar("T")


def by(parse: Callable[[T], object]) -> AfterValidator:
    """Check a value with *parse*, whose complaints are ours already, and keep it as it is."""

    def check(value: T) -> T:
        try:
            parse(value)
        except UsageError as error:
            raise SaidError(str(error)) from error
        return value

    return AfterValidator(check)


def reach(text: str) -> str:
    """Refuse what is neither a network nor a host's name."""
    try:
        ip_network(text, strict=False)
    except ValueError as error:
        if not _HOST.fullmatch(text.lower()) or text.rpartition(".")[2].isdecimal():
            reason = (
                'it has to be a network such as "10.0.0.0/8" or a host such as "feeds.internal"'
            )
            raise ValueError(reason) from error
    return text
