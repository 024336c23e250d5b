"""The slash commands, one group a file: parse, ask, show."""

from typing import Any

from discord import app_commands

from bot.commands.brief import Brief
from bot.commands.documents import Documents
from bot.commands.entities import Entities
from bot.commands.help import about_command, help_command
from bot.commands.lookups import compare, quotes, search, timeline, trending, who
from bot.commands.schedules import Schedules
from bot.commands.summaries import summarize

__all__ = ["make"]


def make() -> tuple[app_commands.Command[Any, ..., Any] | app_commands.Group, ...]:
    """Return every command, in the order of `/help`."""
    return (
        Brief(),
        who,
        quotes,
        timeline,
        compare,
        trending,
        search,
        summarize,
        Documents(),
        Entities(),
        Schedules(),
        help_command,
        about_command,
    )
