"""Who may use the commands that change something."""

import discord
from discord import app_commands

MANAGE = discord.Permissions(manage_guild=True)


def manages(interaction: discord.Interaction) -> bool:
    """Tell whether the user manages the server, whatever its settings for commands say."""
    permissions = interaction.permissions
    return permissions.administrator or permissions.manage_guild


def must_manage(interaction: discord.Interaction) -> bool:
    """Refuse everybody who does not manage the server, in a group that is for everybody."""
    if not manages(interaction):
        raise app_commands.MissingPermissions(["manage_guild"])
    return True


class Administration(app_commands.Group):
    """Commands for who manages the server; Discord shows them to nobody else by default."""

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Refuse everybody else here too: a server can change what Discord shows to whom."""
        return must_manage(interaction)
