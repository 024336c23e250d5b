"""/feed: what this server reads by itself, and how it is."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.collecting import discovering
from bot.commands import choices
from bot.commands.access import MANAGE, Administration
from bot.views import feeding
from briefs import addresses, sources
from briefs.model import Feed

Name: TypeAlias = app_commands.Range[str, 1, 60]
Address: TypeAlias = app_commands.Range[str, 1, 2000]
Minutes: TypeAlias = app_commands.Range[int, 0, 1440]
Entries: TypeAlias = app_commands.Range[int, 0, 100]
Status: TypeAlias = Literal["ok", "failing", "held", "paused", "not read yet"]


class Feeds(Administration, name="feed", default_permissions=MANAGE):
    """The feeds that this server reads; nobody elsewhere sees them, nor what they bring."""

    @app_commands.command()
    @app_commands.checks.cooldown(10, 60.0)
    async def add(
        self,
        interaction: Interaction,
        *,
        url: Address,
        name: Name | None = None,
        interval: Minutes = 0,
        backfill: Entries = 0,
        full_text: bool = False,
    ) -> None:
        """Read a feed from now on; of a site, its feed is found.

        Args:
            interaction: The interaction.
            url: The address of a feed, or of a site that has one.
            name: What to call it, and what is shown as the source; its own title if not given.
            interval: Minutes between two looks, 5 and more; 0 is by how often it changes.
            backfill: How many of its newest entries count as new already.
            full_text: Read the page behind each entry too.

        """
        await views.announce(interaction)
        client = interaction.client
        wanted = Feed(
            url=url,
            name=name or "",
            scope=views.scope_of(interaction),
            interval=interval,
            backfill=backfill,
            full_text=full_text,
        )
        found = await discovering.discover(client.fetcher, client.work, url)
        if found.trial is None:
            await feeding.offer(interaction, found.links, wanted)
        else:
            await feeding.add(interaction, found.trial, wanted)

    @app_commands.command()
    @app_commands.checks.cooldown(10, 60.0)
    async def test(self, interaction: Interaction, url: Address) -> None:
        """Show what is in a feed; nothing of it is kept.

        Args:
            interaction: The interaction.
            url: The address of a feed, or of a site that has one.

        """
        await views.announce(interaction)
        client = interaction.client
        found = await discovering.discover(client.fetcher, client.work, url)
        if found.trial is not None:
            await feeding.present(interaction, found.trial, "This can be read; nothing is kept.")
            return
        rows = [f"- {markup.plain(link.title)} {markup.plain(link.url)}" for link in found.links]
        await views.say(interaction, "\n".join(["The site has several feeds:", *rows]))

    @app_commands.command()
    @app_commands.autocomplete(name=choices.own_feeds)
    async def edit(
        self,
        interaction: Interaction,
        *,
        name: Name,
        rename: Name | None = None,
        url: Address | None = None,
        interval: Minutes | None = None,
        backfill: Entries | None = None,
        full_text: bool | None = None,
    ) -> None:
        """Change a feed of this server; what is not given stays.

        Args:
            interaction: The interaction.
            name: The feed.
            rename: What to call it from now on.
            url: Its new address, which is read once before it is kept.
            interval: Minutes between two looks, 5 and more; 0 is by how often it changes.
            backfill: How many of its newest entries count as new at its first look.
            full_text: Read the page behind each entry too.

        """
        await views.announce(interaction)
        scope, client = views.scope_of(interaction), interaction.client
        feed = await client.work(sources.own, scope, name)
        changed = replace(
            feed,
            name=rename or feed.name,
            interval=feed.interval if interval is None else interval,
            backfill=feed.backfill if backfill is None else backfill,
            full_text=feed.full_text if full_text is None else full_text,
        )
        if url is not None:
            changed = await _moved(interaction, changed, url)
        kept = await client.work.write(lambda store: store.feeds.edit(changed, datetime.now(UTC)))
        client.collector.wake()
        lost = " Its headers are gone: they were for another host." if _lost(feed, kept) else ""
        await views.say(interaction, f"Feed **{markup.plain(kept.name)}** is changed.{lost}")

    @app_commands.command()
    @app_commands.autocomplete(name=choices.own_feeds)
    async def remove(self, interaction: Interaction, name: Name) -> None:
        """Read a feed of this server no more; what it brought stays.

        Args:
            interaction: The interaction.
            name: The feed.

        """
        await views.announce(interaction)
        scope = views.scope_of(interaction)
        feed, waiting = await interaction.client.work(sources.removable, scope, name)
        await feeding.propose_removal(interaction, feed, waiting)

    @app_commands.command(name="list")
    async def listing(self, interaction: Interaction, status: Status | None = None) -> None:
        """List the feeds that this server reads, and how they are.

        Args:
            interaction: The interaction.
            status: Only those of which this is true.

        """
        await views.announce(interaction)
        await views.show(interaction, "feeds", {"status": status or ""})

    @app_commands.command()
    @app_commands.autocomplete(name=choices.feeds)
    async def info(self, interaction: Interaction, name: Name) -> None:
        """Show all about a feed: how it is, when it was read, what it brought last.

        Args:
            interaction: The interaction.
            name: The feed.

        """
        await views.announce(interaction)
        await views.show(interaction, "feed", {"name": name})

    @app_commands.command()
    async def errors(self, interaction: Interaction) -> None:
        """Show what is wrong with the feeds of this server, and what to do about it."""
        await views.announce(interaction)
        await views.show(interaction, "feed errors", {})


async def _moved(interaction: Interaction, feed: Feed, url: str) -> Feed:
    """Return *feed* at its new address, once it was read there.

    Its headers may be secrets of its old host, and go nowhere else.
    """
    client = interaction.client
    same = addresses.host(discovering.whole(url)) == addresses.host(feed.url)
    headers = feed.headers if same else ()
    trial = await discovering.look(client.fetcher, client.work, url, headers=headers)
    kept = headers if addresses.host(trial.url) == addresses.host(feed.url) else ()
    return replace(feed, url=trial.url, home=trial.home, headers=kept)


def _lost(before: Feed, after: Feed) -> bool:
    return bool(before.headers and not after.headers)
