"""/brief: a briefing now, or the one that was posted last."""

from datetime import UTC, datetime
from typing import Literal, TypeAlias

from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands import choices

_HOURS = {"6h": 6, "24h": 24, "3d": 72, "7d": 168, "30d": 720}

Since: TypeAlias = Literal["6h", "24h", "3d", "7d", "30d"]
Length: TypeAlias = Literal["short", "normal", "long"]
About: TypeAlias = app_commands.Range[str, 1, 100]


class Brief(app_commands.Group, name="brief"):
    """What is new, in quotations with their sources."""

    @app_commands.command()
    async def now(
        self,
        interaction: Interaction,
        *,
        about: About | None = None,
        since: Since | None = None,
        length: Length = "normal",
        share: bool = False,
    ) -> None:
        """Brief me on what has arrived.

        Args:
            interaction: The interaction.
            about: Words that a document must have.
            since: How far back to look; without it, the day up to the newest document.
            length: How many stories, and how much of each.
            share: Show the answer to everybody in this channel.

        """
        await views.announce(interaction, share=share)
        hours = _HOURS[since] if since else 0
        scope = views.scope_of(interaction)
        start, end = await interaction.client.work(
            views.day_before, scope, datetime.now(UTC), hours
        )
        window = {"since": start.isoformat(), "until": end.isoformat()}
        asked = {**window, "about": about or "", "length": length}
        await views.show(interaction, "brief", asked)

    @app_commands.command()
    @app_commands.autocomplete(schedule=choices.schedules)
    async def latest(self, interaction: Interaction, schedule: str = "") -> None:
        """Show me the briefing that was posted last, with a link to it.

        Args:
            interaction: The interaction.
            schedule: The name of its schedule; without it, the last of all.

        """
        await views.announce(interaction)
        await views.show(interaction, "latest", {"schedule": schedule})
