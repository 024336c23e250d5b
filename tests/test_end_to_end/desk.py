"""The POST path with the real client and the local Discord, and a clock that is set by hand."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import discord

from bot.client.client import LONGEST_WAIT
from bot.deliveries import Courier, Deliveries, Rendering, Stamp
from briefs.model import Delivery, Schedule, ScheduleId
from briefs.store import Store
from tests.bot.deliveries.fakes import Door, Machine
from tests.discord_server import Channel, Server

SECOND = timedelta(seconds=1)


class Desk(Machine):
    """A store and a clock of one's own, and the way to a *server* over sockets."""

    def __init__(self, store: Store, server: Server, client: discord.Client) -> None:
        super().__init__(store)
        self.server = server
        self.client = client
        self.now = datetime.now(UTC)
        self.start = self.now

    async def open(self, *, patience: float = 45.0, door: Door | None = None) -> None:
        """Begin anew, as after a crash: an attempt is given up after *patience* seconds.

        *door* is the way to the store.
        """
        self.deliveries = Deliveries(
            door or Door(self.store),
            Courier(self.client, timeout=patience),
            self.render,
            installation="test",
            tell=self.tell,
            give_up=self.given_up.append,
            clock=lambda: self.now,
        )
        await self.deliveries.start()

    async def render(
        self,
        schedule: Schedule,
        row: Delivery,
        stamp: object,
        plain: bool,  # noqa: FBT001 - one of the four words of `Render`
    ) -> Rendering:
        """Make messages of a few words."""
        assert callable(stamp)
        return Rendering([self._message(schedule, row, stamp(n)) for n in range(1, self.parts + 1)])

    def _message(self, schedule: Schedule, row: Delivery, stamp: Stamp) -> bytes:
        footer = {"text": f"Daybrief · {stamp.marker}"}
        drawn = discord.Embed.from_dict({"description": schedule.name, "footer": footer})
        body = {"embeds": [drawn.to_dict()], "nonce": stamp.nonce, "enforce_nonce": True}
        return discord.utils._to_json(body).encode()

    def due(self, name: str, channel: Channel, *, times: str = "", **others: object) -> Schedule:
        """Make a schedule that is due in a minute, in the scope of the guild of *channel*."""
        assert channel.guild is not None
        at = f"{self.start + timedelta(minutes=1):%H:%M}"
        place = {"channel": channel.id, "scope": channel.guild.id, "now": self.start}
        return self.schedule(name, times=times or at, **place, **others)

    def states_of(self, schedule: Schedule) -> list[str]:
        """Return what stands on the ledger, oldest first."""
        rows = self.store.deliveries.of(schedule.scope, schedule.id, limit=10_000)
        return [str(row.state) for row in rows[::-1]]

    async def tell(self, schedule: ScheduleId, key: str, text: str) -> None:
        """Remember what was told once."""
        if self.store.notices.tell(key, self.now):
            self.told[key] = text


@contextlib.asynccontextmanager
async def opened(store: Store, server: Server) -> AsyncIterator[Desk]:
    """Log the real client in to *server* and give it a desk."""
    client = discord.Client(
        intents=discord.Intents(guilds=True),
        allowed_mentions=discord.AllowedMentions.none(),
        max_ratelimit_timeout=LONGEST_WAIT,
    )
    with server.pointed():
        async with client:
            await client.login(server.token)
            desk = Desk(store, server, client)
            await desk.open()
            yield desk
