"""Errors in, what a user is told out: our words for ours, an apology with an id for the rest."""

import logging
import math
import secrets
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot import markup
from briefs.errors import DaybriefError, StoreError

log = logging.getLogger(__name__)

# key of Interaction.extras: the answer was announced as public, so an error must not replace it
PUBLIC_ANSWER = "public"

_MOST_CONTENT = 2_000
_EXPIRED = 10_062
_ANSWERED = 40_060


class Refusal(app_commands.CheckFailure):
    """A command that is not carried out; the message says why, fit for the user."""


async def reply(interaction: discord.Interaction, error: Exception) -> None:
    """Tell the user, and nobody else, what went wrong; what nobody expected goes to the log."""
    cause = _cause(error)
    if interaction.type is discord.InteractionType.autocomplete:
        log.info("interaction %s: no choices: %s", interaction.id, type(cause).__name__)
        return
    if isinstance(cause, discord.HTTPException) and cause.code in {_EXPIRED, _ANSWERED}:
        log.warning("interaction %s: too late to answer (%s)", interaction.id, cause.code)
        return
    if isinstance(cause, StoreError):  # the user cannot mend it, the operator has to see it
        log.warning("interaction %s: %s", interaction.id, cause)
    text = words(cause)
    if not text:
        text = _apology(interaction, cause)
    try:
        await _say(interaction, markup.cut(markup.plain(text), _MOST_CONTENT))
    except discord.HTTPException as failure:
        log.warning("interaction %s: not told: %s", interaction.id, failure)


def words(error: BaseException) -> str:
    """Return what a user is told about *error*; empty when it is none that we expect."""
    for kind, say in _WORDS:
        if isinstance(error, kind):
            return say(error)
    return ""


def _missing(error: Any) -> str:  # noqa: ANN401 - one of two unrelated classes
    names = [
        name.replace("_", " ").replace("guild", "server") for name in error.missing_permissions
    ]
    return " and ".join(name.title() for name in names)


_CHANGED = "This command has just changed: restart Discord, and try again in a minute."

# the first that fits; CheckFailure is the base of those before it
_WORDS: tuple[tuple[type[BaseException], Callable[[Any], str]], ...] = (
    (DaybriefError, str),
    (Refusal, str),
    (app_commands.MissingPermissions, lambda error: f"You need {_missing(error)} for this."),
    (app_commands.BotMissingPermissions, lambda error: f"Daybrief needs {_missing(error)} here."),
    (
        app_commands.CommandOnCooldown,
        lambda error: f"Too many in a row: try again in {math.ceil(error.retry_after)} s.",
    ),
    (app_commands.NoPrivateMessage, lambda _: "This command works in a server only."),
    (app_commands.CheckFailure, lambda _: "You may not use this: ask who manages this server."),
    (
        app_commands.TransformerError,
        lambda error: f"“{error.value}” does not fit that option: choose from what is offered.",
    ),
    (app_commands.CommandNotFound, lambda _: _CHANGED),
    (app_commands.CommandSignatureMismatch, lambda _: _CHANGED),
)


def _cause(error: BaseException) -> BaseException:
    """Return the error inside discord.py's wrappers."""
    if isinstance(error, app_commands.CommandInvokeError):
        return error.original
    if isinstance(error, app_commands.TransformerError) and error.__cause__ is not None:
        return error.__cause__ if isinstance(error.__cause__, DaybriefError) else error
    return error


def _apology(interaction: discord.Interaction, error: BaseException) -> str:
    number = secrets.token_hex(4)
    log.error("error %s in interaction %s", number, interaction.id, exc_info=error)
    return (
        f"Something went wrong; it is no fault of yours. Tell the operator the id {number}, which"
        " stands in the log."
    )


async def _say(interaction: discord.Interaction, text: str) -> None:
    """Answer *interaction*, whatever has been answered already, so that only the user sees it."""
    if not interaction.response.is_done():
        await interaction.response.send_message(text, ephemeral=True)
    elif interaction.type is not discord.InteractionType.application_command:
        await interaction.followup.send(text, ephemeral=True)
    elif not interaction.extras.get(PUBLIC_ANSWER):
        await interaction.edit_original_response(content=text, embeds=[], view=None)
    else:
        # a follow-up to what is still announced would take its place, for everybody to see
        await interaction.edit_original_response(content="There is no answer.")
        await interaction.followup.send(text, ephemeral=True)
        await interaction.delete_original_response()
