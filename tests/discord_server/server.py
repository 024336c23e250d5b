"""The local Discord: REST and gateway on loopback, and what a test may do and see there."""

import contextlib
from collections.abc import Callable, Iterator
from types import TracebackType

import yarl

from tests.discord_server import messages
from tests.discord_server.acts import Acts
from tests.discord_server.changes import Changes
from tests.discord_server.clock import Clock, Pulse
from tests.discord_server.exchanges import Exchange
from tests.discord_server.faults import Fault, Script
from tests.discord_server.gateway import Gateway
from tests.discord_server.listeners import Listener
from tests.discord_server.people import People
from tests.discord_server.rest import BASE, Rest
from tests.discord_server.state import State, Sync
from tests.discord_server.world import Guild, Kind, Message, World

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.sample.not-a-secret"  # noqa: S105  opens nothing but this server


class Server(Acts, Changes):
    """A Discord of one's own; `async with Server() as discord:`.

    It starts with one guild (`guild`) of `owner`, with `reader` as an ordinary member, the
    `bot`, and the channels `channel` (text), `news` (announcement), `voice` and `forum`. When
    *strict*, leaving the context fails on a route that is not modelled, a body that Discord's
    description refuses, or a broken handler. *nonce_window* and *heartbeat_interval* are seconds.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] | None = None,
        nonce_window: float = 180.0,
        heartbeat_interval: float = 41.25,
        privileged_intents: bool = False,
        strict: bool = True,
        token: str = TOKEN,
        port: int = 0,
        gateway_port: int = 0,
        guild: int | None = None,
        channel: int | None = None,
    ) -> None:
        self.clock = Clock(clock) if clock else Clock()
        self.pulse = Pulse()
        self.world = World(self.clock)
        self.strict = strict
        self.state = State(
            world=self.world,
            clock=self.clock,
            pulse=self.pulse,
            application=self.world.bot.id,
            token=token,
            nonce_window=nonce_window,
            dispatch=self._dispatch,
            tokens={token},
            reads_content=privileged_intents,
        )
        self.script = Script(self.pulse)
        self.gateway = Gateway(
            self.state, heartbeat_interval=heartbeat_interval, privileged=privileged_intents
        )
        self.people = People(self.state)
        self._ports = (port, gateway_port)
        self._populate(guild, channel)

    def _populate(self, guild: int | None, channel: int | None) -> None:
        self.guild = self.world.add_guild("Sample Newsroom", identity=guild)
        self.channel = self.world.add_channel(self.guild, "general", identity=channel)
        self.news = self.world.add_channel(self.guild, "news", Kind.ANNOUNCEMENT)
        self.voice = self.world.add_channel(self.guild, "voice", Kind.VOICE)
        self.forum = self.world.add_channel(self.guild, "forum", Kind.FORUM)
        self.let_in(self.guild)

    # Starting and stopping

    async def __aenter__(self) -> "Server":
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
        if error is None and self.strict:
            self.check()

    async def start(self) -> None:
        """Listen on two free ports, or the given ones."""
        self._rest = Rest(self.state, self.script)
        port, gateway_port = self._ports
        self._gateway_listener = Listener(self.gateway.app(), gateway_port)
        await self._gateway_listener.start()
        self._rest_listener = Listener(self._rest.app(), port)
        await self._rest_listener.start()
        self.state.gateway = f"ws://127.0.0.1:{self._gateway_listener.port}/"
        self.state.cdn = f"http://127.0.0.1:{self._rest_listener.port}/cdn"

    async def stop(self) -> None:
        """Break all connections and stop listening."""
        self._rest.close()
        await self._rest_listener.stop()
        await self._gateway_listener.stop()

    def check(self) -> None:
        """Raise AssertionError for whatever went on that no test should ever see."""
        found = {
            "unknown routes": self.unknown,
            "bodies against Discord's description": self.violations,
            "broken handlers": self.state.crashes,
        }
        wrong = [f"{what}: {things}" for what, things in found.items() if things]
        if wrong:
            raise AssertionError("; ".join(wrong))

    # Where it is

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.state.token

    @property
    def port(self) -> int:
        """The port of REST."""
        return self._rest_listener.port

    @property
    def api_base(self) -> str:
        """What `discord.api_base` is set to."""
        return f"http://127.0.0.1:{self.port}{BASE}"

    @property
    def gateway_url(self) -> str:
        """The gateway's address, as `GET /gateway` names it."""
        return self.state.gateway

    @contextlib.contextmanager
    def pointed(self) -> Iterator["Server"]:
        """Let discord.py in this process talk to this server, and put it back afterwards."""
        from discord.gateway import DiscordWebSocket
        from discord.http import Route

        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.api_base, yarl.URL(self.gateway_url)
        try:
            yield self
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    # What happened

    @property
    def requests(self) -> list[Exchange]:
        """Every request, in the order of arrival."""
        return self.state.exchanges

    def sent(self, method: str = "*", path: str = "/**") -> list[Exchange]:
        """Return the requests of *method* whose path fits *path* (`*` one segment, `**` any)."""
        return [exchange for exchange in self.requests if exchange.matches(method, path)]

    @property
    def unknown(self) -> list[str]:
        """Routes and opcodes that were used and are not modelled."""
        return self.state.unknown

    @property
    def violations(self) -> list[str]:
        """What Discord's description says against bodies that were sent."""
        return self.state.violations

    @property
    def syncs(self) -> list[Sync]:
        """Each registration of commands."""
        return self.state.syncs

    def commands(self, guild: Guild | None = None) -> list[dict]:
        """Return the commands registered for everywhere, or for *guild*."""
        return self.state.commands.get(guild.id if guild else None, [])

    @property
    def invalid_requests(self) -> int:
        """How many requests count towards Discord's ban for 10,000 in ten minutes."""
        return sum(exchange.status in (401, 403, 429) for exchange in self.requests)

    @property
    def pings(self) -> list[str]:
        """Everything in messages and answers of the bot that would notify somebody."""
        return [ping for message in self._all_messages() for ping in messages.pings(message)]

    def _all_messages(self) -> list[Message]:
        bot = self.world.bot
        found = [m for c in self.world.channels.values() for m in c.stored.values()]
        for interaction in self.state.interactions.values():
            found += [m for m in (interaction.original, *interaction.followups) if m is not None]
        return [m for m in dict.fromkeys(found) if m.author is bot]

    # Waiting

    async def until(
        self, holds: Callable[[], object], within: float = 10.0, what: str = "what was waited for"
    ) -> None:
        """Wait until *holds* is true; TimeoutError says *what*."""
        await self.pulse.until(holds, within, what)

    async def connected(self, *, shards: int = 1, within: float = 30.0) -> None:
        """Wait until a bot is connected with so many shards."""
        what = f"{shards} shard(s) connected"
        await self.until(lambda: len(self.gateway.ready) >= shards, within, what)

    async def gone(self, *, within: float = 10.0) -> None:
        """Wait until no bot is connected."""
        await self.until(lambda: not self.gateway.connections, within, "the bot has gone")

    # What goes wrong

    def fail(self, method: str, path: str, how: int | str, **more: object) -> Fault:
        """Let requests fail; `Fault` says *how*, and *more*: times, skip, after, seconds."""
        return self.script.add(method, path, how, **more)

    def revoke_token(self) -> None:
        """Make the bot's token worthless."""
        self.state.tokens.clear()

    def advance(self, seconds: float) -> None:
        """Let *seconds* pass at once: nonces, interactions' tokens and new ids see it."""
        self.clock.advance(seconds)

    async def rest_down(self) -> None:
        """Refuse REST connections and reset the ones that are open."""
        await self._rest_listener.refuse()

    async def rest_up(self) -> None:
        """Take REST connections again, at the same port."""
        await self._rest_listener.accept()

    async def gateway_down(self) -> None:
        """Refuse gateway connections and reset the ones that are open."""
        await self._gateway_listener.refuse()

    async def gateway_up(self) -> None:
        """Take gateway connections again, at the same port."""
        await self._gateway_listener.accept()

    def _dispatch(self, name: str, guild: Guild | None, data: dict) -> None:
        self.gateway.dispatch(name, guild, data)
