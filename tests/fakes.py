"""A running bot, in this process, on the local Discord; and documents for its library."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot import commands, config, views
from bot.client import Client, serve
from bot.worker import Worker
from briefs import documents, ingest
from briefs.model import PUBLIC, DocumentId, Scope
from briefs.store import Store, open_store
from tests.discord_server import Permission, Server

MANAGE = Permission.MANAGE_GUILD
LAKE = (
    "Mayor Ada Quill opened the new bridge over Lake Ems on Monday. "
    '"The bridge will open to everybody tomorrow," Quill said. '
    "Engineers of Tarn Works built it in two years for 12 million euros."
)


def keep(
    store: Store, text: str = LAKE, *, title: str = "A bridge", scope: Scope = PUBLIC
) -> DocumentId:
    """Put a document with *text* into *store*."""
    document = documents.of(
        text,
        title=title,
        source="Sample Courier",
        url="https://courier.example/bridge",
        published=datetime(2026, 3, 2, tzinfo=UTC),
        identity=f"test:{title}",
        scope=scope,
    )
    return store.documents.add(ingest.find(document), arrived=datetime.now(UTC)).id


class Bot:
    """A client that serves, with its store and the Discord that it is on."""

    def __init__(self, client: Client, store: Store, discord: Server) -> None:
        self.client = client
        self.store = store
        self.discord = discord

    def slash(self, command: str, **options: object):
        """Use *command* in the channel, as the owner of the guild."""
        place = self.discord.guild, self.discord.channel, self.discord.owner
        return self.discord.slash(*place, command, **options)

    async def ask(self, command: str, **options: object):
        """Use *command* and wait for the whole answer."""
        return await self.slash(command, **options).done()

    async def type(self, command: str, option: str, begun: str, **options: object):
        """Type *begun* into *option*, and return what is offered as (name, value)."""
        place = self.discord.guild, self.discord.channel, self.discord.owner
        answer = self.discord.autocomplete(*place, command, option, begun, **options)
        return (await answer.responded()).choices

    @property
    def scope(self) -> Scope:
        """The scope of the guild."""
        return Scope(self.discord.guild.id)


@asynccontextmanager
async def running(folder, discord: Server, text: str = "") -> AsyncIterator[Bot]:
    """Let a bot live on *discord* with its data in *folder*, until the end of the block."""
    path = folder / "config.toml"
    path.write_text(text)
    settings = config.load(path, {"DAYBRIEF_DISCORD__API_BASE": discord.api_base})
    with open_store(settings.storage.url) as store, discord.pointed():
        client = Client(
            settings,
            Worker(store, lambda: ThreadPoolExecutor(1)),
            installation=store.installation.id,
            commands=commands.make(),
            items=views.ITEMS,
            refresh=lambda store, go_on: None,
        )
        life = asyncio.create_task(serve(client, discord.token))
        await _ready(client, life, discord.guild.id)
        try:
            yield Bot(client, store, discord)
        finally:
            client.stop.set()
            await life


async def _ready(client: Client, life: asyncio.Task[None], guild: int) -> None:
    """Wait for the guild: discord.py says that it is ready only two seconds later."""
    async with asyncio.timeout(20):
        while not client.get_guild(guild) and not life.done():  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)
    if life.done():
        life.result()
