"""/sources and /source: where the documents come from, for everybody to see."""

import json
from typing import TypeAlias

from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands import choices
from bot.commands.feeds import Status

Name: TypeAlias = app_commands.Range[str, 1, 60]


@app_commands.command(name="sources")
async def sources_command(interaction: Interaction, status: Status | None = None) -> None:
    """List where the documents come from, and how many are on their way.

    Args:
        interaction: The interaction.
        status: Only feeds of which this is true.

    """
    await views.announce(interaction)
    folders = [str(path) for path in interaction.client.settings.documents.folders]
    asked = {"status": status or "", "folders": json.dumps(folders)}
    await views.show(interaction, "source list", asked)


@app_commands.command(name="source")
@app_commands.autocomplete(name=choices.feeds)
async def source_command(interaction: Interaction, name: Name) -> None:
    """Show how a source is, and what it brought last.

    Args:
        interaction: The interaction.
        name: The source.

    """
    await views.announce(interaction)
    await views.show(interaction, "source", {"name": name})
