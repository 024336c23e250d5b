"""What a message offers in its menu: a summary of it, and where the library says the same."""

import discord
from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands.summaries import summarise_text
from briefs.errors import UsageError

_LONGEST = 2_000


@app_commands.context_menu(name="Summarize this message")
async def summarize_message(interaction: Interaction, message: discord.Message) -> None:
    """Show the lines that stand for a message, to who asked alone."""
    await views.announce(interaction)
    await summarise_text(interaction, _text(message), sentences=3)


@app_commands.context_menu(name="Where was this said?")
async def where_said(interaction: Interaction, message: discord.Message) -> None:
    """Show the lines of the library that are nearest to a message, to who asked alone."""
    await views.announce(interaction)
    await views.show(interaction, "claim", {"claim": _text(message)[:_LONGEST]})


def _text(message: discord.Message) -> str:
    """Return what *message* says, in itself and in what is embedded in it."""
    embedded = [text for each in message.embeds for text in (each.title, each.description) if text]
    text = "\n".join([message.content, *embedded]).strip()
    if not text:
        raise UsageError("This message has no text: choose one with words in it.")
    return text
