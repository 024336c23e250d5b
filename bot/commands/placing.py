"""/schedule place: where and how a schedule posts."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices, destinations
from bot.commands.destinations import Place, Where
from bot.commands.schedules import Name
from briefs.errors import UsageError
from briefs.model import Schedule, Scope
from briefs.store import Store


def make() -> tuple[app_commands.Command[Any, ..., Any], ...]:
    """Return the command, for the group /schedule."""
    told = (place.__doc__ or "").partition("\n")[0]
    return (app_commands.Command(name="place", description=told, callback=place),)


@app_commands.autocomplete(name=choices.schedules)
async def place(
    interaction: Interaction,
    *,
    name: Name,
    channel: app_commands.Transform[Where, Place] | None = None,
    dm: bool = False,
    mention: discord.Role | None = None,
    tags: app_commands.Range[str, 1, 200] = "",
    publish: bool = False,
) -> None:
    """Say where and how a schedule posts; of the rest, what is not named is switched off.

    Args:
        interaction: The interaction.
        name: The schedule.
        channel: A channel, a thread, or a forum for a new post each time; stays when not given.
        dm: Post to me in direct messages instead, what is for everybody only.
        mention: The one role to notify.
        tags: Of a forum's posts, with commas.
        publish: In an announcement channel: to those that follow it, too.

    """
    await views.announce(interaction)
    work = interaction.client.work
    schedule = await work(_own, views.scope_of(interaction), name)
    if dm:
        where, placed = None, await _to_me(interaction, schedule, mention, tags, publish=publish)
    else:
        where = channel or _present(interaction, schedule)
        placed = destinations.placed(
            interaction, schedule, where, mention=mention, tags=tags, publish=publish
        )
    await work.write(_place, placed)
    await views.say(interaction, _told(placed, where))


async def _to_me(
    interaction: Interaction,
    schedule: Schedule,
    mention: discord.Role | None,
    tags: str,
    *,
    publish: bool,
) -> Schedule:
    """Return *schedule* posting to who asks; UsageError for what is for channels only."""
    if mention is not None or tags or publish:
        raise UsageError("A direct message notifies no role, has no tags, and is not published.")
    direct = await interaction.user.create_dm()
    return replace(schedule, channel=direct.id, kind="direct", mention=0, tags=(), publish=False)


def _present(interaction: Interaction, schedule: Schedule) -> Where:
    """Return where *schedule* posts by now; UsageError when that is no channel that is seen."""
    guild = interaction.guild
    found = guild.get_channel_or_thread(schedule.channel) if guild else None
    if isinstance(found, discord.TextChannel | discord.Thread | discord.ForumChannel):
        return found
    raise UsageError("Name the channel: where it posts by now cannot be seen.")


def _own(store: Store, scope: Scope, name: str) -> Schedule:
    found = store.schedules.own(scope, name)
    if found.owner == "file":
        raise UsageError(f"“{found.name}” stands in config.toml: change it there.")
    return found


def _place(store: Store, placed: Schedule) -> None:
    store.schedules.place(
        placed.id,
        channel=placed.channel,
        kind=placed.kind,
        mention=placed.mention,
        tags=placed.tags,
        publish=placed.publish,
    )


def _told(placed: Schedule, where: Where | None) -> str:
    shown = where.mention if where else "your direct messages"
    role = f", and notifies <@&{placed.mention}>" if placed.mention else ""
    told = f"**{markup.plain(placed.name)}** posts in {shown} from its next time on{role}."
    return "\n".join([told, *destinations.notes(where)])
