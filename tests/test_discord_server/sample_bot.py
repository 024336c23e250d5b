"""A bot with one command of each kind, and how it is started against a server."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import discord
from discord import app_commands

from tests.discord_server import Server

NAMES = ("Dmytro Kuleba", "Mevlüt Çavuşoğlu")


class Pages(discord.ui.View):
    """Two buttons and a list that outlive a restart."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Next", custom_id="next")
    async def next(self, interaction: discord.Interaction, button: discord.ui.Button) -> None:
        await interaction.response.edit_message(content="page 2")

    @discord.ui.button(label="Last", custom_id="last", disabled=True)
    async def last(self, interaction: discord.Interaction, button: discord.ui.Button) -> None:
        await interaction.response.edit_message(content="page 9")

    @discord.ui.select(
        custom_id="part", options=[discord.SelectOption(label=n, value=n) for n in "abc"]
    )
    async def part(self, interaction: discord.Interaction, menu: discord.ui.Select) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"part {menu.values[0]}")


class Note(discord.ui.Modal, title="A note"):
    """A form of one field."""

    words: discord.ui.TextInput = discord.ui.TextInput(
        label="Your words", custom_id="words", max_length=20
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"noted: {self.words.value}")


@app_commands.command(description="Say who somebody is")
async def who(interaction: discord.Interaction, name: str, *, share: bool = False) -> None:
    """Defer, then edit."""
    await interaction.response.defer(ephemeral=not share, thinking=True)
    embed = discord.Embed(title=name, description="a minister")
    await interaction.edit_original_response(embed=embed)


@who.autocomplete("name")
async def _names(interaction: discord.Interaction, begun: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=n, value=n) for n in NAMES if begun.lower() in n.lower()]


brief = app_commands.Group(name="brief", description="Briefings")


@brief.command(name="now", description="A briefing now")
async def brief_now(interaction: discord.Interaction, about: str = "everything") -> None:
    """Answer at once."""
    await interaction.response.send_message(f"about {about}", view=Pages())


@brief.command(name="follow", description="A briefing in a follow-up")
async def brief_follow(interaction: discord.Interaction) -> None:
    """Defer and say it in follow-ups."""
    await interaction.response.defer()
    await interaction.followup.send("the first takes the place of the deferral")
    await interaction.followup.send("the second is its own")


@app_commands.command(description="Use every kind of option")
@app_commands.default_permissions(manage_guild=True)
async def everything(
    interaction: discord.Interaction,
    file: discord.Attachment,
    where: discord.TextChannel,
    role: discord.Role,
    whom: discord.User,
    hours: app_commands.Range[int, 1, 168],
    part: float,
) -> None:
    """Say what arrived."""
    data = await file.read()
    said = (file.filename, len(data), where.name, role.name, whom.name, hours, part)
    await interaction.response.send_message(" ".join(str(word) for word in said))


@app_commands.command(description="Open a form")
async def note(interaction: discord.Interaction) -> None:
    """Open the form."""
    await interaction.response.send_modal(Note())


@app_commands.command(description="Respond twice")
async def twice(interaction: discord.Interaction) -> None:
    """Respond a second time, from another copy of the interaction."""
    adapter = discord.webhook.async_.async_context.get()
    params = discord.webhook.async_.interaction_response_params(type=5)
    for _ in range(2):
        with contextlib.suppress(discord.HTTPException):
            await adapter.create_interaction_response(
                interaction.id,
                interaction.token,
                session=interaction._session,
                params=params,
            )
    await interaction.edit_original_response(content="once")


@app_commands.context_menu(name="Quote this")
async def quote(interaction: discord.Interaction, message: discord.Message) -> None:
    """Repeat the message's words."""
    await interaction.response.send_message(f"> {message.content}", ephemeral=True)


@app_commands.context_menu(name="Greet")
async def greet(interaction: discord.Interaction, member: discord.Member) -> None:
    """Say the member's name."""
    await interaction.response.send_message(f"hello {member.name}")


COMMANDS = (who, brief, everything, note, twice, quote, greet)


class Recorder:
    """What reached the bot."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.seen: list[str] = []
        self.said: list[str] = []

    async def on_message(self, message: discord.Message) -> None:
        self.said.append(message.content)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.seen.append(f"joined {guild.name}")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.seen.append(f"left {guild.name}")

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self.seen.append(f"lost #{channel.name}")

    async def on_resumed(self) -> None:
        self.seen.append("resumed")


class SampleBot(Recorder, discord.Client):
    """The bot on a plain client."""


class ShardedBot(Recorder, discord.AutoShardedClient):
    """The bot on a sharded client."""


def bot(kind: type[discord.Client] = ShardedBot, **options: object) -> discord.Client:
    """Return a bot with all commands that is not logged in."""
    intents = discord.Intents(guilds=True, guild_messages=True)
    return kind(intents=intents, guild_ready_timeout=0.05, **options)


@contextlib.asynccontextmanager
async def logged_in(server: Server) -> AsyncIterator[discord.Client]:
    """Have a bot that uses REST alone."""
    with server.pointed():
        async with bot() as client:
            await client.login(server.token)
            yield client


@contextlib.asynccontextmanager
async def running(
    server: Server, kind: type[discord.Client] = ShardedBot, **options: object
) -> AsyncIterator[discord.Client]:
    """Have a bot that is connected and has its commands registered."""
    with server.pointed():
        async with bot(kind, **options) as client:
            tree = app_commands.CommandTree(client)
            for command in COMMANDS:
                tree.add_command(command)
            await client.login(server.token)
            client.add_view(Pages())
            await tree.sync()
            connection = asyncio.create_task(client.connect())
            await server.connected(shards=options.get("shard_count", 1))
            await client.wait_until_ready()
            yield client
            await client.close()
            await connection
