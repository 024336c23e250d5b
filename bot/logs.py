"""Records in, one line an event on stderr out, with every secret struck from it."""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TextIO

STRUCK = "[secret]"

_OURS = ("bot", "briefs")
# discord.py writes whole request bodies at DEBUG, SQLAlchemy writes rows, trafilatura writes text
_CAPS = {
    "discord": logging.INFO,
    "aiohttp": logging.INFO,
    "asyncio": logging.INFO,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "trafilatura": logging.ERROR,
    "watchfiles": logging.WARNING,  # it counts changes aloud
}
_PATTERNS = (
    (re.compile(r"[A-Za-z0-9_-]{20,40}\.[A-Za-z0-9_-]{5,8}\.[A-Za-z0-9_-]{25,}"), STRUCK),
    (re.compile(r"(/(?:webhooks|interactions)/[0-9]{1,20}/)[^\s/?\"'<>]+"), rf"\1{STRUCK}"),
    (re.compile(r"(?<=://)[^\s/]{1,512}@"), f"{STRUCK}@"),
    (re.compile(r"([?&]password=)[^\s&\"'<>]+"), rf"\1{STRUCK}"),
)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SHORTEST = 8  # a secret shorter than this would strike half the log

_secrets: set[str] = set()


def hide(secret: str) -> None:
    """Strike *secret* from everything that is logged from now on."""
    if len(secret) >= _SHORTEST:
        _secrets.add(secret)


def redact(text: str) -> str:
    """Strike tokens, interaction and webhook secrets, and passwords in addresses from *text*."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, STRUCK)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def start(level: str, *, stream: TextIO | None = None) -> None:
    """Log to *stream* (stderr) from now on, in place of what was set up before."""
    _undo()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Line())
    root = logging.getLogger()
    root.addHandler(handler)
    _installed.append(handler)
    logging.setLogRecordFactory(_Clean)
    threshold = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(max(threshold, logging.INFO))
    for name in _OURS:
        logging.getLogger(name).setLevel(threshold)
    for name, cap in _CAPS.items():
        logging.getLogger(name).setLevel(max(threshold, cap))


@contextmanager
def logging_at(level: str, *, stream: TextIO | None = None) -> Iterator[None]:
    """Log to *stream* (stderr) inside the block, and leave logging as it was."""
    root = logging.getLogger()
    before = {name: logging.getLogger(name).level for name in (*_OURS, *_CAPS)}
    level_before, factory = root.level, logging.getLogRecordFactory()
    start(level, stream=stream)
    try:
        yield
    finally:
        _undo()
        root.setLevel(level_before)
        logging.setLogRecordFactory(factory)
        for name, old in before.items():
            logging.getLogger(name).setLevel(old)


_installed: list[logging.Handler] = []


def _undo() -> None:
    while _installed:
        logging.getLogger().removeHandler(_installed.pop())


class _Clean(logging.LogRecord):
    """A record whose words are redacted for every handler, not only for ours."""

    def getMessage(self) -> str:  # noqa: N802 - the name is logging's
        return redact(super().getMessage())

    def __setattr__(self, name: str, value: object) -> None:
        """Redact the traceback, which the first formatter leaves here for the others."""
        if name in {"exc_text", "stack_info"} and isinstance(value, str):
            value = redact(value)
        super().__setattr__(name, value)


class _Line(logging.Formatter):
    """2026-11-22T07:00:00Z info bot.client message; a traceback follows on the same line."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        del datefmt
        return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(lowered)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.lowered = record.levelname.lower()
        return _UNPRINTABLE.sub(_visible, redact(super().format(record)))


def _visible(match: re.Match[str]) -> str:
    """Write what ends lines or steers terminals as an escape, so that nothing forges a line."""
    return "\\n" if match[0] == "\n" else match[0].encode("unicode_escape").decode("ascii")
