"""The client: a command tree, the worker behind it, and the briefings that are due."""

import asyncio
import contextlib
import functools
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord import app_commands
from discord.ui import DynamicItem

from bot import markup, watching
from bot.client import guilds, schedules
from bot.client.company import Company
from bot.client.inviting import invitation
from bot.client.rendering import render
from bot.client.tree import Tree
from bot.collecting import Collector
from bot.config import Config, Role
from bot.deliveries import Corrections, Courier, Deliveries
from bot.fetcher import Fetcher
from bot.metrics import Facts, Metrics
from bot.scheduler import Ticker
from bot.worker import Worker
from briefs.errors import DaybriefError, StoreError
from briefs.model import PUBLIC, Condition, ScheduleId, Scope
from briefs.store import Store

log = logging.getLogger(__name__)

Command: TypeAlias = (
    app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu
)

Refresh: TypeAlias = Callable[[Store, Callable[[], None]], object]

KEPT_AFTER_LEAVING = timedelta(days=30)
_REMEMBERED = 100  # answers
_UPKEEP = 300.0  # seconds between two looks at the configured folders in which nothing changes
_BREATH = 2.0  # seconds between two looks, however much changes
_READING = 15.0  # seconds for one feed, the worst of which takes five: the others wait for it
_MOST_CONTENT = 2_000
LONGEST_WAIT = 30.0  # seconds that a request is held for; past that the post is put off

# it never speaks: no warning about what is missing for that
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


class Client(discord.AutoShardedClient):
    """Sees nothing but its servers and channels, and remembers no message and no member.

    *refresh* brings the configured folders up to date, at the start, every five minutes, and when
    something changes in them; after each document it calls its second argument, which raises when
    the bot is to stop.
    """

    tree: Tree

    def __init__(
        self,
        settings: Config,
        work: Worker,
        *,
        installation: str,
        commands: Iterable[Command],
        items: Iterable[type[DynamicItem[Any]]],
        refresh: Refresh,
        role: Role = Role.ALL,
        shared: bool = False,
    ) -> None:
        super().__init__(
            **_shards(settings),
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        self.settings = settings
        self.work = work
        self.role = role
        shards = settings.discord.shard_ids
        self.company = Company(work, role, shared=shared, shards=shards)
        self.concurrency = 1  # shards that may make themselves known at the same time
        self.stop = asyncio.Event()
        self.failure = ""  # why it stopped by itself
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        for command in commands:
            self.tree.add_command(command)
        self._items = tuple(items)
        self._shown: OrderedDict[str, tuple[discord.Embed, ...]] = OrderedDict()
        self._refresh = refresh
        self._folders_changed = asyncio.Event()
        self._known_guilds = False
        self.deliveries, self.corrections = self._posting(installation)
        self.ticker = Ticker(self._tick)
        self.metrics = Metrics()
        self.fetcher = Fetcher(settings.network)
        self.collector = self._collecting()
        self._news: asyncio.Queue[tuple[Scope, str]] = asyncio.Queue()

    def _posting(self, installation: str) -> tuple[Deliveries, Corrections]:
        """Return what posts briefings and what corrects them, with one budget of requests."""
        courier = Courier(self, budget=self.company.budget)
        deliveries = Deliveries(
            self.work,
            courier,
            functools.partial(render, self.work),
            installation=installation,
            tell=self.tell,
            give_up=self.give_up,
            clock=self.company.now,
            posts=self.role.posts,
        )
        corrections = Corrections(
            self.work,
            courier,
            installation=installation,
            tell=self.tell,
            give_up=self.give_up,
            clock=self.company.now,
        )
        return deliveries, corrections

    def _collecting(self) -> Collector:
        """Return what reads feeds, with a worker of its own."""
        return Collector(
            self.work.beside(deadline=_READING),
            self.fetcher,
            self.settings,
            metrics=self.metrics,
            tell=self.announce,
        )

    async def _tick(self) -> None:
        self.metrics.beat("deliveries")
        try:
            await self.company.set_clock()
        except StoreError as error:
            log.warning("nothing is posted for now: %s", error)
            return
        await self.deliveries.tick()
        await self.corrections.tick()

    @property
    def stopping(self) -> bool:
        """Whether no new work is taken on."""
        return self.stop.is_set()

    def give_up(self, reason: str) -> None:
        """Stop by ourselves, for *reason*."""
        self.failure = reason
        self.stop.set()

    def remember(self, drawn: tuple[discord.Embed, ...]) -> str:
        """Keep the pages of an answer that is stored nowhere; return what `remembered` takes."""
        key = secrets.token_hex(8)
        self._shown[key] = drawn
        while len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)
        return key

    def remembered(self, key: str) -> tuple[discord.Embed, ...]:
        """Return the pages of such an answer; () when they are gone."""
        return self._shown.get(key, ())

    async def setup_hook(self) -> None:
        """Let the buttons of messages that were sent before the start work again."""
        self.add_dynamic_items(*self._items)

    async def keep_up(self) -> None:
        """Bring the library up to date and drop what is kept no longer, again and again."""
        documents = self.settings.documents
        folders = documents.folders if documents.watch else ()
        async with watching.watching(folders, self._folders_changed.set):
            while True:
                await self.company.until_kept()
                self._folders_changed.clear()  # what changes from now on is for the next time
                try:
                    await self.work.slowly(self._refresh, self._go_on)
                    await self.work.write(guilds.purge, datetime.now(UTC) - KEPT_AFTER_LEAVING)
                except DaybriefError as error:
                    log.warning("the library is not up to date: %s", error)
                except Exception:
                    log.exception("the library could not be brought up to date")
                await asyncio.sleep(_BREATH)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._folders_changed.wait(), _UPKEEP)

    async def collect(self) -> None:
        """Read feeds and what they bring, once it is this process that keeps the library."""
        await self.company.until_kept()
        await self.collector.run()

    def _go_on(self) -> None:
        if self.stopping:
            raise DaybriefError("stopped half-way; the rest follows at the next start.")

    async def file_schedules(self) -> None:
        """Bring the schedules of config.toml into the store, each in the scope of its channel."""
        now = datetime.now(UTC)
        wanted = []
        for each in self.settings.schedules:
            scope, forum = await self._place_of(each.channel)
            wanted.append(schedules.made(each, scope, now, forum=forum))
        synced = await self.work.write(schedules.sync, wanted, now)
        log.info("schedules of config.toml: %s new, %s gone", len(synced.created), len(synced.gone))

    async def _place_of(self, channel: int) -> tuple[Scope, bool]:
        """Return the scope of the server that *channel* is in, and whether it is a forum.

        The scope is what is public when that is unknown.
        """
        try:
            found: Mapping[str, object] = await self.http.get_channel(channel)
        except (discord.NotFound, discord.Forbidden):
            log.warning("channel %s of config.toml cannot be seen: invite the bot there", channel)
            return PUBLIC, False
        scope = Scope(int(str(found.get("guild_id") or PUBLIC)))
        return scope, found.get("type") in schedules.FORUMS

    async def on_ready(self) -> None:
        """Note which servers there are; say how to be invited when there is none."""
        if self._known_guilds:
            return
        self._known_guilds = True
        here = {guild.id: guild.name for guild in self.guilds}
        await self.work.write(guilds.meet, here, datetime.now(UTC), self._is_ours)
        log.info("ready as %s in %s servers", self.user, len(here))
        await self._check_places()
        if not here:
            log.warning("in no server yet; invite with %s", invitation(self))

    async def _check_places(self) -> None:
        """Tell now where a permission is missing, and not only when a briefing is due there."""
        for schedule in await self.work(lambda store: store.schedules.every()):
            ours = self._is_ours(schedule.scope)
            if ours and not schedule.paused and schedule.kind != "direct":
                await self.deliveries.check(schedule)
                await asyncio.sleep(0)  # there may be very many

    def _is_ours(self, guild: int) -> bool:
        """Tell whether *guild* is in a shard of this process."""
        ours = self.settings.discord
        return not ours.shard_ids or (guild >> 22) % ours.shards in ours.shard_ids

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Let no two processes make themselves known at once."""
        if self.company.shared:
            await self.company.identify((shard_id or 0) % self.concurrency)
        else:
            await super().before_identify_hook(shard_id, initial=initial)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note *guild*; nothing is posted there until somebody asks."""
        log.info("guild %s joined", guild.id)
        await self.work.write(guilds.join, guild.id, guild.name, datetime.now(UTC))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pause the schedules of *guild*; what it kept is deleted after 30 days."""
        log.info("guild %s left", guild.id)
        await self.work.write(guilds.leave, guild.id, guild.name, datetime.now(UTC))

    async def tell(self, schedule: ScheduleId, key: str, text: str) -> None:
        """Tell who looks after *schedule* that *text*, unless they were told *key* before."""
        found = await self.work.write(guilds.first_time, schedule, key, datetime.now(UTC))
        if found is None:
            return
        log.warning("schedule %s: %s", schedule, text)
        content = markup.cut(markup.plain(f"Schedule “{found.name}”: {text}"), _MOST_CONTENT)
        try:
            await (await self._listener(found.scope)).send(content)
        except (discord.HTTPException, discord.RateLimited) as error:
            log.warning("schedule %s: nobody could be told: %s", schedule, error)

    async def announce(self, scope: Scope, text: str) -> None:
        """Have who looks after *scope* told *text*, as soon as Discord can be reached."""
        self._news.put_nowait((scope, text))

    async def speak(self) -> None:
        """Send what is announced, one after the other, for ever."""
        while True:
            scope, text = await self._news.get()
            log.warning("sources: %s", text)
            if scope == PUBLIC and not self.settings.discord.administrators:
                continue  # nobody is named who looks after what is everybody's
            content = markup.cut(markup.plain(text), _MOST_CONTENT)
            try:
                await (await self._listener(scope)).send(content)
            except (discord.DiscordException, OSError) as error:
                log.warning("nobody could be told of the sources: %s", error)

    async def facts(self) -> Facts:
        """Return what is measured, but not counted."""
        return await self.work(_facts)

    async def _listener(self, guild: int) -> discord.abc.Messageable:
        """Return the administrators' channel, or else who owns *guild*."""
        if self.settings.discord.administrators:
            return self.get_partial_messageable(self.settings.discord.administrators)
        owner = (self.get_guild(guild) or await self.fetch_guild(guild)).owner_id
        assert owner is not None
        return await self.fetch_user(owner)


def _facts(store: Store) -> Facts:
    health = store.feeds.totals()._asdict()
    return Facts(
        feeds={each.value: health[each.name.lower()] for each in Condition},
        deliveries=store.gauges.deliveries(),
        backlog=health["waiting"],
    )


if TYPE_CHECKING:
    Interaction: TypeAlias = discord.Interaction[Client]
else:
    Interaction = discord.Interaction


def _shards(settings: Config) -> dict[str, Any]:
    """Return what discord.py is told of shards; nothing lets it ask Discord how many."""
    given = settings.discord
    return {"shard_count": given.shards or None, "shard_ids": list(given.shard_ids) or None}
