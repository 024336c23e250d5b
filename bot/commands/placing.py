"""/schedule place: where and how a schedule posts."""

from dataclasses import replace
from typing import Any, TypeAlias

import discord
from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices
from bot.commands.schedules import Name
from bot.deliveries import places
from briefs.errors import UsageError
from briefs.model import Schedule, Scope
from briefs.store import Store

Where: TypeAlias = discord.TextChannel | discord.Thread | discord.ForumChannel

Picked: TypeAlias = app_commands.AppCommandChannel | app_commands.AppCommandThread

_KINDS = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.news_thread,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.forum,
)
_MOST_TAGS = 5
_MEMBER_NEEDS = ("view_channel", "send_messages")


class Place(app_commands.Transformer):
    """A channel, thread or forum that was chosen, as the bot knows it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord lets people choose."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The kinds of channels that are offered."""
        return list(_KINDS)

    async def transform(self, interaction: discord.Interaction, value: Picked, /) -> Where:
        """Find the channel in the cache, or ask for it: an archived thread is not in the cache."""
        del interaction
        found = value.resolve() or await value.fetch()
        if isinstance(found, discord.TextChannel | discord.Thread | discord.ForumChannel):
            return found
        raise UsageError(f"Nothing can be posted in #{value.name}: choose another channel.")


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
    where = None if dm else channel or _present(interaction, schedule)
    if where is not None:
        _check(interaction, where)
    placed = replace(
        schedule,
        channel=where.id if where else (await interaction.user.create_dm()).id,
        kind="direct" if dm else "forum" if isinstance(where, discord.ForumChannel) else "",
        mention=_role(interaction, mention, dm=dm),
        tags=_tags(where, tags),
        publish=_publish(where, publish=publish),
    )
    await work.write(_place, placed)
    await views.say(interaction, _told(placed, where))


def _present(interaction: Interaction, schedule: Schedule) -> Where:
    """Return where *schedule* posts by now; UsageError when that is no channel that is seen."""
    guild = interaction.guild
    found = guild.get_channel_or_thread(schedule.channel) if guild else None
    if isinstance(found, discord.TextChannel | discord.Thread | discord.ForumChannel):
        return found
    raise UsageError("Name the channel: where it posts by now cannot be seen.")


def _check(interaction: Interaction, where: Where) -> None:
    """Raise UsageError unless the user and the bot may both post in *where* of their server."""
    user = interaction.user
    if where.guild.id != interaction.guild_id or not isinstance(user, discord.Member):
        raise UsageError("That channel is not in this server: choose one of its channels.")
    if missing := places.missing(where.permissions_for(user), _MEMBER_NEEDS):
        raise UsageError(f"You need {missing} in #{where.name} yourself: choose another channel.")
    if missing := places.missing(where.permissions_for(where.guild.me), places.needs(where)):
        raise UsageError(f"Daybrief needs {missing} in #{where.name}: allow it there, try again.")


def _role(interaction: Interaction, role: discord.Role | None, *, dm: bool) -> int:
    """Return the id of *role*; UsageError for one that cannot or must not be notified."""
    if role is None:
        return 0
    if dm or role.is_default():
        raise UsageError("A schedule notifies one role in a server, and never everyone.")
    if not (role.mentionable or interaction.app_permissions.mention_everyone):
        raise UsageError(f"Daybrief may not notify @{role.name}: let anyone mention that role.")
    return role.id


def _tags(where: Where | None, names: str) -> tuple[int, ...]:
    """Return the ids of the tags called *names*; UsageError for one that the forum lacks."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if not wanted:
        return ()
    if not isinstance(where, discord.ForumChannel) or len(wanted) > _MOST_TAGS:
        raise UsageError(f"Tags are for the posts of a forum: at most {_MOST_TAGS}.")
    offered = {tag.name.casefold(): tag.id for tag in where.available_tags}
    unknown = [name for name in wanted if name.casefold() not in offered]
    if unknown:
        names = ", ".join(tag.name for tag in where.available_tags) or "none"
        raise UsageError(f"#{where.name} has no tag “{unknown[0]}”; it has: {names}.")
    return tuple(dict.fromkeys(offered[name.casefold()] for name in wanted))


def _publish(where: Where | None, *, publish: bool) -> bool:
    if publish and not (isinstance(where, discord.TextChannel) and where.is_news()):
        raise UsageError("Only messages in an announcement channel can be published.")
    return publish


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
    return f"**{markup.plain(placed.name)}** posts in {shown} from its next time on{role}."
