"""What a message offers in its menu: its summary, its links', its library, where it was said."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import discord
from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.collecting import pages
from bot.commands import access, documents, uploads
from bot.commands.summaries import summarise
from briefs import ingest
from briefs.errors import UsageError
from briefs.ingest import Source

_LONGEST = 2_000
_TITLE = 100
_LINK = re.compile(r"https?://[^\s<>|\"\\)\]]{1,2000}", re.IGNORECASE)


@app_commands.context_menu(name="Summarize this message")
async def summarize_message(interaction: Interaction, message: discord.Message) -> None:
    """Show the lines that stand for a message, to who asked alone."""
    await views.announce(interaction)
    source = uploads.typed(_text(message), views.scope_of(interaction))
    await summarise(interaction, source, sentences=3)


@app_commands.context_menu(name="Summarize its links")
@app_commands.checks.cooldown(3, 30.0)
async def summarize_links(interaction: Interaction, message: discord.Message) -> None:
    """Show the lines that stand for the page that a message links to first."""
    await views.announce(interaction)
    link = _LINK.search(_text(message))
    if link is None:
        raise UsageError("This message has no link: choose one with an address in it.")
    address = link[0].rstrip(".,;:!?'")
    fetcher = interaction.client.fetcher
    source = await pages.fetch(fetcher, address, views.scope_of(interaction))
    await summarise(interaction, source, sentences=3)


@app_commands.context_menu(name="Add to library")
@app_commands.default_permissions(manage_guild=True)
@app_commands.check(access.must_manage)
@app_commands.checks.cooldown(10, 60.0)
async def add_message(interaction: Interaction, message: discord.Message) -> None:
    """Add the words of a message, and the first file attached to it, to this server's library."""
    await views.announce(interaction)
    found = [source async for source in _sources(interaction, message)]
    if len(found) == 1:
        await documents.keep(interaction, found[0])
    else:
        await documents.keep_all(interaction, "The message", found)


@app_commands.context_menu(name="Where was this said?")
async def where_said(interaction: Interaction, message: discord.Message) -> None:
    """Show the lines of the library that are nearest to a message, to who asked alone."""
    await views.announce(interaction)
    await views.show(interaction, "claim", {"claim": _text(message)[:_LONGEST]})


async def _sources(interaction: Interaction, message: discord.Message) -> AsyncIterator[Source]:
    """Yield what *message* brings: its first file that can be read, and its words.

    Without words its first file has to be one; UsageError says what is wrong with it.
    """
    scope, work = views.scope_of(interaction), interaction.client.work
    known = (
        ("source", message.author.display_name),
        ("url", message.jump_url),
        ("date", message.created_at.isoformat()),
    )
    said = _words(message)
    readable = [each for each in message.attachments if uploads.is_readable(each.filename)]
    if attached := readable or (message.attachments if not said else []):
        source = await uploads.read(attached[0], scope, known=known)
        for each in await work.analyse(ingest.opened, source):
            yield each
        if not said:
            return
    text = _text(message)
    title = next(line.strip() for line in text.split("\n") if line.strip())[:_TITLE]
    source = uploads.typed(text, scope, title=title)
    yield replace(source, identity=f"message:{message.id}", known=(("title", title), *known))


def _text(message: discord.Message) -> str:
    """Return what *message* says, in itself and what is embedded in it; UsageError if nothing."""
    text = _words(message)
    if not text:
        raise UsageError("This message has no text: choose one with words in it.")
    return text


def _words(message: discord.Message) -> str:
    embedded = [text for each in message.embeds for text in (each.title, each.description) if text]
    return "\n".join([message.clean_content, *embedded]).strip()
