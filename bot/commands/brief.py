"""/brief, /explain, /figures: a briefing now, what has changed, and the ones that were posted."""

from datetime import UTC, datetime
from typing import Literal, TypeAlias

from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands import choices
from briefs.errors import UsageError

_HOURS = {"6h": 6, "24h": 24, "3d": 72, "7d": 168, "30d": 720}

Since: TypeAlias = Literal["6h", "24h", "3d", "7d", "30d"]
Changed: TypeAlias = Literal["my last visit", "the last briefing", "24h", "7d"]
Format: TypeAlias = Literal["post", "markdown", "html", "json"]
About: TypeAlias = app_commands.Range[str, 1, 100]
Length: TypeAlias = app_commands.Range[str, 1, 20]
Day: TypeAlias = app_commands.Range[str, 1, 20]
Number: TypeAlias = app_commands.Range[int, 1, 2**53 - 1]
Story: TypeAlias = app_commands.Range[int, 1, 100]


class Brief(app_commands.Group, name="brief"):
    """What is new, in quotations with their sources."""

    @app_commands.command()
    @app_commands.autocomplete(about=choices.topics, length=choices.lengths)
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
            about: A topic, or words that a document must have.
            since: How far back to look; without it, the day up to the newest document.
            length: short, normal, long, or a number of lines, words or minutes: 20 lines.
            share: Show the answer to everybody in this channel.

        """
        await views.announce(interaction, share=share)
        asked = await _window(interaction, since)
        await views.show(interaction, "brief", {**asked, "about": about or "", "length": length})

    @app_commands.command()
    @app_commands.autocomplete(about=choices.topics)
    async def changes(
        self,
        interaction: Interaction,
        *,
        about: About | None = None,
        since: Changed = "my last visit",
        share: bool = False,
    ) -> None:
        """Tell me what is new, what goes on, and what has gone quiet since then.

        Args:
            interaction: The interaction.
            about: A topic, or words that a document must have.
            since: What to compare with; a first visit looks back 24 hours.
            share: Show the answer to everybody in this channel.

        """
        await views.announce(interaction, share=share)
        asked = {"24h": "24", "7d": "168"}.get(since, since)
        start, end = await interaction.client.work.write(
            views.last_time,
            views.scope_of(interaction),
            interaction.user.id,
            asked,
            datetime.now(UTC),
        )
        window = {"since": start.isoformat(), "until": end.isoformat()}
        user = str(interaction.user.id)
        await views.show(
            interaction,
            "brief",
            {**window, "about": about or "", "length": "normal", "user": user, "backlog": "no"},
        )

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

    @app_commands.command()
    @app_commands.rename(form="format")
    @app_commands.autocomplete(number=choices.briefings)
    async def show(
        self, interaction: Interaction, *, number: Number, form: Format = "post"
    ) -> None:
        """Show a posted briefing again, exactly as it was.

        Args:
            interaction: The interaction.
            number: The number of the briefing; /brief archive lists them.
            form: As it was posted, or as a file.

        """
        await views.announce(interaction)
        if form == "post":
            await views.show(interaction, "kept", {"number": str(number)})
            return
        if not interaction.app_permissions.attach_files:
            raise UsageError("Daybrief needs Attach Files here: allow it, or leave the format out.")
        scope = views.scope_of(interaction)
        file = await interaction.client.work(views.file_of, scope, number, form)
        await interaction.edit_original_response(attachments=[file])

    @app_commands.command()
    @app_commands.autocomplete(schedule=choices.schedules)
    async def archive(self, interaction: Interaction, *, schedule: str = "", day: Day = "") -> None:
        """List the briefings that were posted.

        Args:
            interaction: The interaction.
            schedule: Only those of this schedule.
            day: Only those of this day, like 2026-11-22.

        """
        await views.announce(interaction)
        await views.show(interaction, "archive", {"schedule": schedule, "day": day})


@app_commands.command()
@app_commands.autocomplete(number=choices.briefings)
async def explain(
    interaction: Interaction, *, number: Number | None = None, story: Story | None = None
) -> None:
    """Say why a posted briefing shows these lines, and why it leaves the rest out.

    Args:
        interaction: The interaction.
        number: The number of the briefing; without it, the newest.
        story: The number of one of its stories; without it, all of it.

    """
    await views.announce(interaction)
    asked = {"number": str(number or 0), "story": str(story or 0)}
    await views.show(interaction, "explain", asked)


@app_commands.command()
@app_commands.autocomplete(about=choices.topics)
async def figures(
    interaction: Interaction,
    *,
    about: About | None = None,
    since: Since | None = None,
    share: bool = False,
) -> None:
    """List the figures of the stories, by source; those that differ side by side.

    Args:
        interaction: The interaction.
        about: A topic, or words that a document must have.
        since: How far back to look; without it, the day up to the newest document.
        share: Show the answer to everybody in this channel.

    """
    await views.announce(interaction, share=share)
    asked = await _window(interaction, since)
    await views.show(interaction, "figures", {**asked, "about": about or ""})


async def _window(interaction: Interaction, since: Since | None) -> dict[str, str]:
    """Return the window that is asked for, and whose watch-list counts."""
    start, end = await interaction.client.work(
        views.day_before,
        views.scope_of(interaction),
        datetime.now(UTC),
        _HOURS[since] if since else 0,
    )
    user = str(interaction.user.id)
    return {"since": start.isoformat(), "until": end.isoformat(), "user": user}
