"""Errors in words: one sentence for each that is expected, an apology with an id for the rest."""

import logging
from types import SimpleNamespace

import discord
import pytest
from discord import app_commands

from bot import errors
from briefs.errors import DocumentError, NotFoundError


class Response:
    """Records what is answered; *refuses* is an error code that Discord answers with."""

    def __init__(self, refuses=0):
        self.said = []
        self.refuses = refuses

    def is_done(self):
        return False

    async def send_message(self, text, *, ephemeral):
        if self.refuses:
            raise refusal(self.refuses)
        self.said.append((text, ephemeral))


def refusal(code):
    response = SimpleNamespace(status=404, reason="Not Found")
    return discord.NotFound(response, {"code": code, "message": "no"})


def asked(response, kind=discord.InteractionType.application_command):
    return SimpleNamespace(id=7, response=response, type=kind, extras={})


def wrapped(error):
    command = SimpleNamespace(name="who", qualified_name="who")
    return app_commands.CommandInvokeError(command, error)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (NotFoundError("No such thing.", ["Ada"]), "No such thing. Did you mean Ada?"),
        (DocumentError("a.txt", "it is empty."), "a.txt: it is empty."),
        (errors.Refusal("Not here."), "Not here."),
        (app_commands.MissingPermissions(["manage_guild"]), "You need Manage Server for this."),
        (app_commands.NoPrivateMessage(), "This command works in a server only."),
        (app_commands.CheckFailure(), "You may not use this: ask who manages this server."),
        (
            app_commands.CommandOnCooldown(app_commands.Cooldown(1, 30), 3.2),
            "Too many in a row: try again in 4 s.",
        ),
    ],
)
def test_an_expected_error_has_its_sentence(error, text):
    assert errors.words(error) == text


async def test_it_is_told_to_the_user_alone_and_cannot_ping():
    response = Response()

    await errors.reply(asked(response), wrapped(NotFoundError("No @everyone.")))

    assert response.said == [(r"No \@everyone.", True)]


async def test_what_nobody_expected_is_logged_in_full_under_the_id_that_is_told(caplog):
    response = Response()

    await errors.reply(asked(response), wrapped(ZeroDivisionError("hidden detail")))

    ((text, ephemeral),) = response.said
    (record,) = caplog.records
    assert ephemeral
    assert "hidden detail" not in text
    assert record.getMessage().split()[1] in text
    assert record.exc_info[0] is ZeroDivisionError


@pytest.mark.parametrize("code", [10_062, 40_060])
async def test_an_answer_that_comes_too_late_is_only_logged(caplog, code):
    response = Response()

    with caplog.at_level(logging.WARNING):
        await errors.reply(asked(response), wrapped(refusal(code)))

    assert response.said == []
    assert "too late to answer" in caplog.text


async def test_that_the_user_cannot_be_told_is_no_second_error(caplog):
    await errors.reply(asked(Response(refuses=10_062)), NotFoundError("No such thing."))

    assert "not told" in caplog.text


async def test_suggestions_that_fail_are_not_answered(caplog):
    response = Response()
    interaction = asked(response, discord.InteractionType.autocomplete)

    await errors.reply(interaction, app_commands.NoPrivateMessage())

    assert response.said == []
