"""What all routes share: the world, the interactions, the registered commands, the record."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.discord_server import refusals
from tests.discord_server.clock import Clock, Pulse
from tests.discord_server.exchanges import Exchange
from tests.discord_server.interactions import Interaction
from tests.discord_server.world import (
    NOTHING,
    Channel,
    Guild,
    Message,
    Permission,
    World,
    permissions,
)


@dataclass(slots=True, kw_only=True)
class Sync:
    """One PUT of commands: for everywhere (*guild* None) or for one guild."""

    guild: int | None
    commands: list[dict] = field(repr=False)


@dataclass(slots=True, kw_only=True)
class State:
    """Everything that the routes read and change."""

    world: World
    clock: Clock
    pulse: Pulse
    application: int
    token: str
    nonce_window: float
    dispatch: Callable[[str, Guild | None, dict], None]
    cdn: str = ""
    gateway: str = ""
    identifies_left: int = 1000
    tokens: set[str] = field(default_factory=set)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    commands: dict[int | None, list[dict]] = field(default_factory=dict)
    syncs: list[Sync] = field(default_factory=list)
    nonces: dict[tuple[int, int, str], Message] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    answered: list[Exchange] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    reads_content: bool = False

    def readable(self, message: Message) -> bool:
        """Whether the application sees the words of *message* without being asked by its reader."""
        own = message.author is self.world.bot
        return own or self.reads_content or message.channel.guild is None


@dataclass(slots=True, kw_only=True)
class Call:
    """One request on its way through a handler; *match* holds the parts of the path."""

    state: State
    exchange: Exchange
    match: dict[str, str]

    @property
    def body(self) -> dict:
        """The JSON object that was sent; RefusedError when it is something else."""
        if not isinstance(self.exchange.body, dict):
            raise refusals.RefusedError(400, 50109, "The request body contains invalid JSON.")
        return self.exchange.body

    def channel(self, needed: Permission = NOTHING) -> Channel:
        """Return the channel of the path, if the bot may do there what is *needed*."""
        channel = self.state.world.channels.get(int(self.match["channel"]))
        if channel is None:
            raise refusals.unknown("Channel")
        granted = permissions(self.state.world.bot, channel)
        if not granted & Permission.VIEW_CHANNEL:
            raise refusals.no_access()
        if needed & ~granted:
            raise refusals.no_permission()
        return channel

    def guild(self) -> Guild:
        """Return the guild of the path, if the bot is in it."""
        guild = self.state.world.guilds.get(int(self.match["guild"]))
        if guild is None:
            raise refusals.unknown("Guild")
        if self.state.world.bot.id not in guild.members:
            raise refusals.no_access()
        return guild
