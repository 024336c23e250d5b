"""A channel in, what the bot may do there out: looked at before each run, and at the start."""

import asyncio
import logging
import time
from typing import NamedTuple, TypeAlias

import aiohttp
import discord

log = logging.getLogger(__name__)

Channel: TypeAlias = discord.abc.GuildChannel | discord.Thread

_KEPT = 60.0  # seconds that a server with our roles in it is not asked for again
_TIMEOUT = 10.0  # seconds
_UNKNOWN = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
# to post, and to find what was posted after a crash
_NEEDS = ("view_channel", "send_messages", "read_message_history")


class Standing(NamedTuple):
    """What the bot may do in a channel; nothing is missing where that cannot be found out."""

    named: str = ""  # "#news"
    missing: str = ""  # "Send Messages and View Channel"
    plain: bool = False  # embeds are not allowed
    unknown: str = ""  # why it cannot be found out

    @property
    def text(self) -> str:
        """Say it in words."""
        if self.missing:
            return f"Daybrief needs {self.missing} in {self.named}: allow it there."
        if self.plain:
            return f"Embed Links is not allowed in {self.named}: posted as plain text."
        return f"all there in {self.named}." if self.named else f"not known: {self.unknown}."


class Places:
    """Looks at channels in the client's cache, and asks Discord where that is not enough."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._guilds: dict[int, tuple[float, discord.Guild, discord.Member]] = {}

    async def look(self, channel: int, guild: int) -> Standing:
        """Return what the bot may do in *channel* of *guild*.

        What the cache says is missing is asked for again: it is old while the gateway is away.
        """
        known = self._known(channel)
        if known is not None and not (found := _standing(*known)).missing:
            return found
        try:
            async with asyncio.timeout(_TIMEOUT):
                return _standing(*await self._fetched(channel, guild))
        except discord.Forbidden as error:
            named = f"channel {channel}" if known is None else f"#{known[0].name}"
            if error.code == 50001:
                return Standing(named, "View Channel")
            return Standing(unknown=f"Discord does not let Daybrief ask ({error.code})")
        except discord.NotFound:
            return Standing(unknown=f"there is no channel {channel}, or no such server, any more")
        except _UNKNOWN as error:
            log.info("channel %s: permissions are not known: %s", channel, type(error).__name__)
            return Standing(unknown="Discord could not be asked")

    async def permissions(self, channel: int, guild: int) -> discord.Permissions:
        """Return what we may do in *channel* of *guild*, from the cache or else from Discord."""
        found, allowed = self._known(channel) or await self._fetched(channel, guild)
        del found
        return allowed

    def _known(self, channel: int) -> tuple[Channel, discord.Permissions] | None:
        known = self._client.get_channel(channel)
        if not isinstance(known, discord.abc.GuildChannel | discord.Thread):
            return None
        assert self._client.user is not None
        us = known.guild.get_member(self._client.user.id)
        if us is None or (isinstance(known, discord.Thread) and known.parent is None):
            return None
        return known, known.permissions_for(us)

    async def _fetched(self, channel: int, guild: int) -> tuple[Channel, discord.Permissions]:
        server, us = await self._guild(guild)
        found = await server.fetch_channel(channel)
        if isinstance(found, discord.Thread):
            return found, (await server.fetch_channel(found.parent_id)).permissions_for(us)
        return found, found.permissions_for(us)

    async def _guild(self, guild: int) -> tuple[discord.Guild, discord.Member]:
        made, server, us = self._guilds.get(guild, (0.0, None, None))
        if server is None or us is None or time.monotonic() - made > _KEPT:
            assert self._client.user is not None
            server = await self._client.fetch_guild(guild)
            us = await server.fetch_member(self._client.user.id)
            self._guilds[guild] = (time.monotonic(), server, us)
        return server, us


def needs(channel: Channel) -> tuple[str, ...]:
    """Return the permissions without which nothing is posted in a channel of this kind."""
    if isinstance(channel, discord.Thread):
        return ("view_channel", "send_messages_in_threads", "read_message_history")
    if isinstance(channel, discord.ForumChannel):
        return (*_NEEDS, "send_messages_in_threads")
    return _NEEDS


def missing(permissions: discord.Permissions, wanted: tuple[str, ...]) -> str:
    """Return what of *wanted* is not allowed, as Discord's settings call it; "" when all is."""
    names = [need for need in wanted if not getattr(permissions, need)]
    return " and ".join(name.replace("_", " ").title().replace(" In ", " in ") for name in names)


def _standing(channel: Channel, allowed: discord.Permissions) -> Standing:
    lacks = missing(allowed, needs(channel))
    return Standing(f"#{channel.name}", lacks, plain=not allowed.embed_links)
