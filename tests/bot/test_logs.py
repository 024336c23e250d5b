"""The log: one line an event, no secret in any handler, tracebacks included."""

import io
import logging
import re

import pytest

from bot import logs

TOKEN = ".".join(("MTIzNDU2Nzg5MDEyMzQ1Njc4", "GabcdE", "abcdefghijklmnopqrstuvwxyz0123456789AB"))
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (debug|info|warning|error|critical) [\w.]+ .*")

SECRETS = [
    (TOKEN, TOKEN),
    ("postgresql://ada:hushhush@db.example/x", "hushhush"),
    ("postgresql://db.example/x?password=hushhush&sslmode=require", "hushhush"),
    ("POST /webhooks/123456/aW50ZXJhY3Rpb246c2VjcmV0/messages", "aW50ZXJhY3Rpb246c2VjcmV0"),
    ("https://discord.com/api/v10/interactions/42/aGVsbG8td29ybGQ/callback", "aGVsbG8td29ybGQ"),
    ("the hidden one is swordfish-1", "swordfish-1"),
]


@pytest.fixture
def written():
    stream = io.StringIO()
    with logs.logging_at("debug", stream=stream):
        yield stream


@pytest.fixture(autouse=True)
def hidden(monkeypatch):
    monkeypatch.setattr(logs, "_secrets", set())
    logs.hide("swordfish-1")


def fail(text):
    raise ValueError(text)


@pytest.mark.parametrize(("text", "secret"), SECRETS)
@pytest.mark.parametrize("name", ["bot.client", "discord.http", "aiohttp.client", "asyncio"])
def test_no_secret_is_written_in_a_message_or_its_arguments(written, name, text, secret):
    logging.getLogger(name).warning("sent %s", text)
    logging.getLogger(name).warning(text.replace("%", "%%"))

    assert secret not in written.getvalue()
    assert logs.STRUCK in written.getvalue()


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_no_secret_is_written_in_a_traceback(written, text, secret):
    try:
        fail(text)
    except ValueError:
        logging.getLogger("bot").exception("failed")

    assert "ValueError" in written.getvalue()
    assert secret not in written.getvalue()


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_no_secret_reaches_a_handler_of_somebody_else(written, text, secret):
    other = io.StringIO()
    handler = logging.StreamHandler(other)
    logging.getLogger().addHandler(handler)

    try:
        fail(text)
    except ValueError as error:
        logging.getLogger("bot").warning("failed: %s", error, exc_info=error)
    logging.getLogger().removeHandler(handler)

    assert "Traceback" in other.getvalue()
    assert secret not in other.getvalue()


def test_an_event_is_one_line_whatever_its_message(written):
    logging.getLogger("bot").info("first\n2026-01-01T00:00:00Z error bot forged\x1b[31m\u2028")
    try:
        fail("no")
    except ValueError:
        logging.getLogger("bot").exception("second")

    lines = written.getvalue().splitlines()
    assert len(lines) == 2
    assert all(LINE.fullmatch(line) for line in lines)


@pytest.mark.parametrize("name", ["discord", "discord.http", "aiohttp", "sqlalchemy.engine"])
def test_libraries_that_write_whole_bodies_never_log_at_debug(written, name):
    logging.getLogger(name).debug("the body of a request")

    assert written.getvalue() == ""


def test_our_own_modules_log_at_the_level_that_was_asked_for(written):
    logging.getLogger("briefs.ingest").debug("read document %s", 7)

    assert written.getvalue().endswith("debug briefs.ingest read document 7\n")


def test_logging_is_left_as_it_was():
    before = logging.getLogger().handlers[:], logging.getLogger("discord").level

    with logs.logging_at("info", stream=io.StringIO()):
        pass

    assert (logging.getLogger().handlers, logging.getLogger("discord").level) == before


@pytest.mark.parametrize("unit", ["a", "/webhooks/1/", "://", "a.", "A" * 30 + "."])
def test_redacting_is_linear(unit):
    assert logs.redact(unit * (100_000 // len(unit)) + "!")


def test_plain_words_stay():
    assert logs.redact("guild 42 joined, https://example.org/a?b=c") == (
        "guild 42 joined, https://example.org/a?b=c"
    )
