"""/feed import and export: lists of feeds, as other readers keep them."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import discord
from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from briefs import feeds, sources
from briefs.errors import DocumentError, UsageError

LARGEST = 1_000_000  # bytes of a list
_FILE = "feeds.opml"


def make() -> tuple[app_commands.Command[Any, ..., Any], ...]:
    """Return the commands, for the group /feed."""
    return tuple(
        app_commands.Command(name=name, description=_first_line(each), callback=each)
        for name, each in (("import", take_over), ("export", export))
    )


@app_commands.checks.cooldown(5, 60.0)
async def take_over(interaction: Interaction, file: discord.Attachment) -> None:
    """Add the feeds of an OPML file, which most feed readers can export.

    Args:
        interaction: The interaction.
        file: An OPML file of up to 1 MB.

    """
    await views.announce(interaction)
    client, scope = interaction.client, views.scope_of(interaction)
    listed = await client.work.analyse(feeds.opml_read, await _downloaded(file))
    now = datetime.now(UTC)
    taken = await client.work.write(sources.take_over, scope, listed, now, origin="discord")
    client.collector.wake()
    await views.say(interaction, markup.plain(f"Of {file.filename}: {taken.sentence()}"))


async def export(interaction: Interaction) -> None:
    """Give me the feeds of this server as an OPML file; no headers are in it."""
    await views.announce(interaction)
    if not interaction.app_permissions.attach_files:
        raise UsageError("Daybrief needs Attach Files here: allow it, or use another channel.")
    written = await interaction.client.work(sources.export, views.scope_of(interaction))
    file = discord.File(BytesIO(written), filename=_FILE)
    await interaction.edit_original_response(content="The feeds:", attachments=[file])


async def _downloaded(file: discord.Attachment) -> bytes:
    if file.size > LARGEST:
        raise UsageError(f"{file.filename} is larger than 1 MB: import it in parts.")
    try:
        return await file.read()
    except discord.HTTPException as error:
        raise DocumentError(
            file.filename, "it could not be downloaded from Discord; attach it again."
        ) from error


def _first_line(callback: object) -> str:
    return (callback.__doc__ or "").partition("\n")[0]
