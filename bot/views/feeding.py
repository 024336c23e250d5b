"""A feed that is to be added, chosen or removed in, what is asked before and done after out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, Select, View

from bot import markup
from bot.client import Interaction
from bot.collecting import discovering
from bot.views import answers, workbench
from bot.views.pager import scope_of
from briefs import addresses, pages
from briefs.errors import NotFoundError, UsageError
from briefs.feeds import Link
from briefs.model import Feed, FeedId, Scope, Trial
from briefs.store import Store

_CHOICE, _REMOVAL = "feed choice", "feed removal"
_LONGEST = 100  # characters of a row in a menu
_MOST_CONTENT = 2_000
_GONE = "That menu is of nothing here: use /feed add again."


async def add(interaction: Interaction, trial: Trial, wanted: Feed) -> None:
    """Keep the feed that was tried, as it is *wanted*, and show what is in it."""
    feed = replace(wanted, url=trial.url, title=trial.title, home=trial.home)
    now = datetime.now(UTC)
    kept = await interaction.client.work.write(lambda store: store.feeds.add(feed, now))
    interaction.client.collector.wake()
    told = f"Feed **{markup.plain(kept.name)}** is added, and is read from now on. {_first(kept)}"
    await present(interaction, trial, told)


async def present(interaction: Interaction, trial: Trial, text: str) -> None:
    """Say *text* above what is in a feed that was tried."""
    drawn = answers.draw(pages.lay_out(trial, markup.LIMITS))[0]
    content = markup.cut(text, _MOST_CONTENT)
    await interaction.edit_original_response(content=content, embed=drawn, view=None)


async def offer(interaction: Interaction, links: Sequence[Link], wanted: Feed) -> None:
    """Let the user choose which of the feeds of a site to add."""
    kept = {
        "links": [[link.url, link.title] for link in links],
        "name": wanted.name,
        "full_text": wanted.full_text,
        "interval": wanted.interval,
        "backfill": wanted.backfill,
    }
    number = await _keep(interaction, _CHOICE, kept)
    text = f"There are {len(links)} feeds: choose one."
    await workbench.tell(interaction, text, Choice(number, links))


async def propose_removal(interaction: Interaction, feed: Feed, waiting: int) -> None:
    """Say what goes with a feed, and what stays, with a button that removes it."""
    number = await _keep(interaction, _REMOVAL, {"feed": feed.id})
    waits = f" {waiting:,} documents that are not read yet will not be." if waiting else ""
    text = f"“{feed.name}” will be read no more.{waits} What it brought into the library stays."
    await workbench.tell(interaction, text, Remove(number))


class Choice(DynamicItem[Select[View]], template=r"bf1:feed:(?P<id>[0-9]{1,18})"):
    """The choice between the feeds of a site."""

    def __init__(self, number: int, links: Sequence[Link] = ()) -> None:
        self.number = number
        options = [_option(index, link) for index, link in enumerate(links)]
        menu: Select[View] = Select(
            custom_id=f"bf1:feed:{number}",
            options=options or [discord.SelectOption(label="…", value="0")],
        )
        super().__init__(menu)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the menu that was used."""
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Add the feed that was chosen."""
        index = self.item.values[0]
        await workbench.guarded(interaction, lambda: _add(interaction, self.number, index))


class Remove(DynamicItem[Button[View]], template=r"bf1:unfeed:(?P<id>[0-9]{1,18})"):
    """A red button that removes a feed, once, for who asked, within a minute."""

    def __init__(self, number: int) -> None:
        self.number = number
        style = discord.ButtonStyle.danger
        super().__init__(Button(label="Remove it", style=style, custom_id=f"bf1:unfeed:{number}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Remove the feed."""
        await workbench.guarded(interaction, lambda: _remove(interaction, self.number))


ITEMS: tuple[type[DynamicItem[Any]], ...] = (Choice, Remove)


async def _add(interaction: Interaction, number: int, index: str) -> None:
    state = await interaction.client.work(_chosen, number, scope_of(interaction), interaction)
    url = _picked(state["links"], index)
    client = interaction.client
    trial = await discovering.look(client.fetcher, client.work, url)
    wanted = Feed(
        url=url,
        scope=scope_of(interaction),
        name=state["name"],
        full_text=state["full_text"],
        interval=state["interval"],
        backfill=state["backfill"],
    )
    await add(interaction, trial, wanted)


def _picked(links: Sequence[Sequence[str]], index: str) -> str:
    """Return the address that stands at *index*, which came from outside."""
    if not index.isdecimal() or int(index) >= len(links):
        raise NotFoundError(_GONE)
    return links[int(index)][0]


def _chosen(store: Store, number: int, scope: Scope, interaction: Interaction) -> Mapping[str, Any]:
    """Return what was offered to who uses the menu."""
    state = store.pages.get(number)
    if state.scope != scope or state.command != _CHOICE:
        raise NotFoundError(_GONE)
    if state.user != interaction.user.id:
        raise UsageError("That menu is for who used the command: use it yourself.")
    return state.arguments


async def _remove(interaction: Interaction, number: int) -> None:
    scope = scope_of(interaction)

    def remove(store: Store) -> Feed | None:
        waiting = workbench.planned(store, number, interaction, command=_REMOVAL)
        return store.feeds.remove(scope, FeedId(waiting["feed"])) if waiting else None

    gone = await interaction.client.work.write(remove)
    text = f"“{gone.name}” is removed; what it brought stays." if gone else workbench.LATE
    await workbench.tell(interaction, text)


async def _keep(interaction: Interaction, command: str, state: Mapping[str, object]) -> int:
    user, scope, now = interaction.user.id, scope_of(interaction), datetime.now(UTC)
    return await interaction.client.work.write(
        lambda store: store.pages.keep(command, state, user=user, scope=scope, made=now)
    )


def _option(index: int, link: Link) -> discord.SelectOption:
    """Return a row of the menu; Discord shows it without any markup."""
    host = addresses.host(link.url)
    name = _shown(link.title) or host or "feed"
    address = _shown(link.url) or host or None
    return discord.SelectOption(label=name, value=str(index), description=address)


def _shown(text: str) -> str:
    """Return *text* of a site in one line, without what turns it around or cannot be seen."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return markup.cut(" ".join(seen.split()), _LONGEST).strip()


def _first(feed: Feed) -> str:
    """Say what becomes of the entries that are there now."""
    if feed.backfill:
        return (
            f"Its newest {feed.backfill} entries count as new; the others only go into the library."
        )
    return "What it holds now goes into the library; what comes from now on is new."
