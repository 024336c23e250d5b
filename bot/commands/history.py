"""/schedule history and why: what was posted, what was not, and for which reason."""

from datetime import UTC, date, datetime
from typing import Any

from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands import choices
from bot.commands.schedules import Name
from briefs.errors import UsageError


def make() -> tuple[app_commands.Command[Any, ..., Any], ...]:
    """Return the commands, for the group /schedule."""
    return tuple(
        app_commands.Command(name=name, description=_first_line(callback), callback=callback)
        for name, callback in (("history", history), ("why", why))
    )


@app_commands.autocomplete(name=choices.schedules)
async def history(interaction: Interaction, name: Name | None = None) -> None:
    """List what became of each due time, the newest first.

    Args:
        interaction: The interaction.
        name: The schedule; all of this server when not given.

    """
    await views.announce(interaction)
    now = datetime.now(UTC).isoformat()
    await views.show(interaction, "history", {"name": name or "", "now": now})


@app_commands.autocomplete(name=choices.schedules)
async def why(
    interaction: Interaction, name: Name, date: app_commands.Range[str, 10, 10] | None = None
) -> None:
    """Tell every step of a briefing, and why it was posted or not.

    Args:
        interaction: The interaction.
        name: The schedule.
        date: The day it was or will be due, like 2026-11-22; the newest when not given.

    """
    await views.announce(interaction)
    now = datetime.now(UTC).isoformat()
    await views.show(interaction, "why", {"name": name, "date": _day(date or ""), "now": now})


def _day(text: str) -> str:
    """Return *text* when it is a day; UsageError otherwise."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise UsageError(f"“{text}” is no day: write it like 2026-11-22.") from error


def _first_line(callback: object) -> str:
    return (callback.__doc__ or "").partition("\n")[0]
