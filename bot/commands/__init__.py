"""The slash commands, one group a file: parse, ask, show."""

from typing import Any

from discord import app_commands

from bot.commands import editing, history, outlines, placing, tending
from bot.commands.audit import audit
from bot.commands.brief import Brief, explain, figures
from bot.commands.documents import Documents
from bot.commands.entities import Entities
from bot.commands.feeds import Feeds
from bot.commands.help import about_command, help_command
from bot.commands.lookups import compare, quotes, search, timeline, trending, who
from bot.commands.menus import add_message, summarize_links, summarize_message, where_said
from bot.commands.schedules import Schedules
from bot.commands.sources import source_command, sources_command
from bot.commands.stories import Stories
from bot.commands.summaries import summarize
from bot.commands.topics import Topics
from bot.commands.watches import Watches

__all__ = ["make"]


def make() -> tuple[
    app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu, ...
]:
    """Return every command, in the order of `/help`; what messages offer in their menu is last."""
    return (
        Brief(),
        explain,
        figures,
        who,
        quotes,
        timeline,
        compare,
        trending,
        search,
        summarize,
        sources_command,
        source_command,
        Documents(),
        _feeds(),
        Entities(),
        Stories(),
        _schedules(),
        Topics(),
        Watches(),
        audit,
        help_command,
        about_command,
        summarize_message,
        summarize_links,
        add_message,
        where_said,
    )


def _feeds() -> Feeds:
    group = Feeds()
    for command in (*tending.make(), *outlines.make()):
        group.add_command(command)
    return group


def _schedules() -> Schedules:
    group = Schedules()
    for command in (*editing.make(), *history.make(), *placing.make()):
        group.add_command(command)
    return group
