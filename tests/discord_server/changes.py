"""What changes around the bot: guilds, channels, roles and permissions, with the events it gets."""

from tests.discord_server import payloads, threads
from tests.discord_server.state import State
from tests.discord_server.world import (
    ORDINARY,
    Channel,
    Guild,
    Kind,
    Member,
    Overwrite,
    Permission,
    Role,
    User,
    World,
)


class Changes:
    """The part of the server that changes the world and tells the bot."""

    state: State
    world: World

    @property
    def bot(self) -> User:
        """The bot's own user."""
        return self.world.bot

    @property
    def owner(self) -> User:
        """Who owns the guilds, and may do everything there."""
        return self.world.owner

    @property
    def reader(self) -> User:
        """An ordinary member."""
        return self.world.reader

    def add_guild(self, name: str) -> Guild:
        """Let the bot join a new guild that has one text channel, "general"."""
        guild = self.world.add_guild(name)
        self.world.add_channel(guild, "general")
        self.let_in(guild)
        return guild

    def let_in(self, guild: Guild) -> None:
        """Let the bot join *guild* (again)."""
        role = self.world.add_role(guild, "Daybrief", ORDINARY)
        guild.members[self.bot.id] = Member(user=self.bot, roles=[role])
        body = payloads.guild_create(guild, self.bot, joined=True)
        self.state.dispatch("GUILD_CREATE", guild, body)

    def kick(self, guild: Guild) -> None:
        """Remove the bot from *guild*."""
        del guild.members[self.bot.id]
        self.state.dispatch("GUILD_DELETE", guild, {"id": str(guild.id)})

    def add_user(self, name: str, *guilds: Guild) -> User:
        """Open an account that is a member of *guilds*."""
        user = self.world.add_user(name)
        for guild in guilds:
            guild.members[user.id] = Member(user=user)
        return user

    def add_role(self, guild: Guild, name: str, permissions: Permission, *users: User) -> Role:
        """Make a role and give it to *users*."""
        role = self.world.add_role(guild, name, permissions)
        body = {"guild_id": str(guild.id), "role": payloads.role(role)}
        self.state.dispatch("GUILD_ROLE_CREATE", guild, body)
        for user in users:
            guild.members[user.id].roles.append(role)
        return role

    def add_channel(self, guild: Guild, name: str, kind: Kind = Kind.TEXT) -> Channel:
        """Open a channel."""
        channel = self.world.add_channel(guild, name, kind)
        self.state.dispatch("CHANNEL_CREATE", guild, payloads.channel(channel))
        return channel

    def add_tag(self, forum: Channel, name: str) -> int:
        """Offer a tag for the posts of *forum*, and return its id."""
        number = self.world.snowflake()
        forum.tags[number] = name
        self.state.dispatch("CHANNEL_UPDATE", forum.guild, payloads.channel(forum))
        return number

    def add_thread(self, parent: Channel, name: str) -> Channel:
        """Open a thread of the owner under *parent*."""
        return threads.add(self.state, parent, name, self.owner)

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Close a thread; *locked*, so that only moderators may open it again."""
        threads.archive(self.state, thread, locked=locked)

    def posts(self, forum: Channel) -> list[Channel]:
        """Return the posts of *forum*, oldest first."""
        return [each for each in self.world.channels.values() if each.parent is forum]

    def close_direct(self, user: User) -> None:
        """Let *user* take no more direct messages."""
        self.world.direct(user).closed = True

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel and what was written in it."""
        guild = channel.guild
        assert guild is not None, "people cannot delete a DM"
        body = payloads.channel(channel)
        del guild.channels[channel.id], self.world.channels[channel.id]
        self.state.dispatch("CHANNEL_DELETE", guild, body)

    def permit(self, channel: Channel, user: User | None = None, /, **allowed: bool) -> None:
        """Allow or deny in *channel* to *user* or the bot: `permit(c, embed_links=False)`."""
        who = user or self.bot
        overwrite = channel.overwrites.setdefault(who.id, Overwrite(of_member=True))
        for name, allow in allowed.items():
            bit = Permission[name.upper()]
            overwrite.allow = overwrite.allow | bit if allow else overwrite.allow & ~bit
            overwrite.deny = overwrite.deny & ~bit if allow else overwrite.deny | bit
        self.state.dispatch("CHANNEL_UPDATE", channel.guild, payloads.channel(channel))
