"""What exists in the local Discord: guilds, channels, roles, members, messages and permissions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

_EPOCH_MS = 1_420_070_400_000  # Discord's snowflakes count from 2015


class Permission(IntFlag):
    """The permissions that the server looks at, with Discord's bits."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


NOTHING = Permission(0)
EVERYTHING = Permission((1 << 53) - 1)
ORDINARY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.ADD_REACTIONS
    | Permission.SEND_MESSAGES_IN_THREADS
)


class Kind(IntEnum):
    """The channel types that the server knows."""

    TEXT = 0
    DM = 1
    VOICE = 2
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    FORUM = 15


@dataclass(slots=True, kw_only=True, eq=False)
class User:
    """Somebody with an account; the bot is one, too."""

    id: int
    name: str
    bot: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Role:
    """A role of one guild; @everyone has the guild's id."""

    id: int
    name: str
    permissions: Permission
    position: int = 1


@dataclass(slots=True, kw_only=True)
class Overwrite:
    """What one role or member may do differently in one channel."""

    of_member: bool
    allow: Permission = NOTHING
    deny: Permission = NOTHING


@dataclass(slots=True, kw_only=True, eq=False)
class Member:
    """A user in a guild."""

    user: User
    roles: list[Role] = field(default_factory=list)


@dataclass(slots=True, kw_only=True, eq=False)
class Attachment:
    """A file that Discord keeps; *url* leads to the server's CDN route."""

    id: int
    name: str
    content_type: str
    data: bytes
    url: str
    description: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message as it stands now; *created* and *edited* are seconds since the epoch."""

    id: int
    channel: "Channel" = field(repr=False)
    author: User
    created: float
    content: str = ""
    embeds: list[dict] = field(default_factory=list)
    components: list[dict] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | None = None
    reference: dict | None = None
    allowed_mentions: dict | None = None
    edited: float | None = None
    interaction: dict | None = None
    deleted: bool = False
    crossposted: bool = False

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the application is thinking."""
        return bool(self.flags & LOADING)


EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15


@dataclass(slots=True, kw_only=True, eq=False)
class Channel:
    """A channel with what was written in it, oldest first; a DM has *recipient* and no guild.

    A thread has a *parent* and an *owner*; *tags* are those that a forum offers, by their ids.
    """

    id: int
    name: str
    kind: Kind
    guild: "Guild | None" = field(default=None, repr=False)
    recipient: User | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    stored: dict[int, Message] = field(default_factory=dict, repr=False)
    parent: "Channel | None" = field(default=None, repr=False)
    owner: User | None = None
    tags: dict[int, str] = field(default_factory=dict)
    applied: list[int] = field(default_factory=list)
    archived: bool = False
    locked: bool = False
    archived_at: float = 0.0
    closed: bool = False  # a DM whose recipient takes no messages

    @property
    def messages(self) -> list[Message]:
        """The messages that a reader sees, oldest first."""
        return [message for message in self.stored.values() if not message.deleted]


@dataclass(slots=True, kw_only=True, eq=False)
class Guild:
    """A server in Discord's sense. Change it through `Server` once a bot is connected."""

    id: int
    name: str
    owner: User
    roles: dict[int, Role] = field(default_factory=dict, repr=False)
    channels: dict[int, Channel] = field(default_factory=dict, repr=False)
    members: dict[int, Member] = field(default_factory=dict, repr=False)

    @property
    def everyone(self) -> Role:
        """The role that every member has."""
        return self.roles[self.id]


class World:
    """Everything that exists, and the one source of ids."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._last = 0
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.users: dict[int, User] = {}
        self.attachments: dict[int, Attachment] = {}
        self.bot = self.add_user("daybrief", bot=True)
        self.owner = self.add_user("owner")
        self.reader = self.add_user("reader")

    def snowflake(self) -> int:
        """Return a new id that says when it was made; later ids are greater."""
        wanted = (int(self.clock() * 1000) - _EPOCH_MS) << 22
        self._last = max(wanted, self._last + 1)
        return self._last

    def add_user(self, name: str, *, bot: bool = False) -> User:
        """Open an account."""
        user = User(id=self.snowflake(), name=name, bot=bot)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *, identity: int | None = None) -> Guild:
        """Found a guild of the owner, with the reader in it and without channels or bot."""
        guild = Guild(id=identity or self.snowflake(), name=name, owner=self.owner)
        guild.roles[guild.id] = Role(
            id=guild.id, name="@everyone", permissions=ORDINARY, position=0
        )
        for user in (self.owner, self.reader):
            guild.members[user.id] = Member(user=user)
        self.guilds[guild.id] = guild
        return guild

    def add_channel(
        self, guild: Guild, name: str, kind: Kind = Kind.TEXT, *, identity: int | None = None
    ) -> Channel:
        """Open a channel in *guild*."""
        channel = Channel(id=identity or self.snowflake(), name=name, kind=kind, guild=guild)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def add_role(self, guild: Guild, name: str, permissions: Permission) -> Role:
        """Make a role in *guild*."""
        role = Role(
            id=self.snowflake(), name=name, permissions=permissions, position=len(guild.roles)
        )
        guild.roles[role.id] = role
        return role

    def direct(self, user: User) -> Channel:
        """Return the DM channel of the bot with *user*."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(id=self.snowflake(), name="", kind=Kind.DM, recipient=user)
        self.channels[channel.id] = channel
        return channel


def permissions(user: User, channel: Channel) -> Permission:
    """Return what *user* may do in *channel*, by Discord's order of overwrites."""
    guild = channel.guild
    if guild is None:
        return ORDINARY
    member = guild.members.get(user.id)
    if member is None:
        return NOTHING
    base = guild_permissions(member, guild)
    if channel.parent is not None:
        return permissions(user, channel.parent)
    return base if base == EVERYTHING else _overwritten(base, member, channel, guild.id)


def guild_permissions(member: Member, guild: Guild) -> Permission:
    """Return what *member* may do in *guild* before the overwrites of its channels."""
    if member.user is guild.owner:
        return EVERYTHING
    granted = guild.everyone.permissions
    for role in member.roles:
        granted |= role.permissions
    return EVERYTHING if granted & Permission.ADMINISTRATOR else granted


def _overwritten(base: Permission, member: Member, channel: Channel, everyone: int) -> Permission:
    of_roles = [o for role in member.roles if (o := channel.overwrites.get(role.id))]
    granted = _apply(base, channel.overwrites.get(everyone))
    for overwrite in of_roles:
        granted &= ~overwrite.deny
    for overwrite in of_roles:
        granted |= overwrite.allow
    granted = _apply(granted, channel.overwrites.get(member.user.id))
    return granted if granted & Permission.VIEW_CHANNEL else NOTHING


def _apply(granted: Permission, overwrite: Overwrite | None) -> Permission:
    return granted if overwrite is None else (granted & ~overwrite.deny) | overwrite.allow
