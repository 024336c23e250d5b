"""What somebody chose in Discord in, where and how a schedule posts out: checked, or refused."""

from dataclasses import replace
from typing import TypeAlias

import discord
from discord import app_commands

from bot.client import Interaction
from bot.deliveries import places
from briefs.errors import UsageError
from briefs.model import Schedule

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


def placed(
    interaction: Interaction,
    schedule: Schedule,
    where: Where,
    *,
    mention: discord.Role | None = None,
    tags: str = "",
    publish: bool = False,
) -> Schedule:
    """Return *schedule* posting in *where*; UsageError unless all of that may be."""
    check(interaction, where)
    return replace(
        schedule,
        channel=where.id,
        kind="forum" if isinstance(where, discord.ForumChannel) else "",
        mention=role(interaction, mention),
        tags=_tags(where, tags),
        publish=_publish(where, publish=publish),
    )


def check(interaction: Interaction, where: Where) -> None:
    """Raise UsageError unless the user and the bot may both post in *where* of their server."""
    user = interaction.user
    if where.guild.id != interaction.guild_id or not isinstance(user, discord.Member):
        raise UsageError("That channel is not in this server: choose one of its channels.")
    if missing := places.missing(where.permissions_for(user), _MEMBER_NEEDS):
        raise UsageError(f"You need {missing} in #{where.name} yourself: choose another channel.")
    if missing := places.missing(where.permissions_for(where.guild.me), places.needs(where)):
        raise UsageError(f"Daybrief needs {missing} in #{where.name}: allow it there, try again.")


def notes(where: Where | None) -> list[str]:
    """Return what is to be known of how it will look in *where*, a sentence each."""
    if where is None or where.permissions_for(where.guild.me).embed_links:
        return []
    return [f"Embed Links is not allowed in {where.mention}: it is plain text until that is."]


def role(interaction: Interaction, wanted: discord.Role | None) -> int:
    """Return the id of the role to notify; UsageError for one that cannot or must not be."""
    if wanted is None:
        return 0
    if wanted.is_default():
        raise UsageError("A schedule notifies one role in a server, and never everyone.")
    if not (wanted.mentionable or interaction.app_permissions.mention_everyone):
        raise UsageError(f"Daybrief may not notify @{wanted.name}: let anyone mention that role.")
    return wanted.id


def _tags(where: Where, names: str) -> tuple[int, ...]:
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


def _publish(where: Where, *, publish: bool) -> bool:
    if publish and not (isinstance(where, discord.TextChannel) and where.is_news()):
        raise UsageError("Only messages in an announcement channel can be published.")
    return publish
