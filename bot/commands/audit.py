"""/audit: what editors did to posted briefings and to documents."""

from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands import access


@app_commands.command()
@app_commands.default_permissions(manage_guild=True)
@app_commands.check(access.must_manage)
async def audit(interaction: Interaction) -> None:
    """List who changed or reported something in a posted briefing or a document, and when."""
    await views.announce(interaction)
    await views.show(interaction, "audit", {})
