"""/feed refresh, pause and resume: feeds asked now, no more for a while, and again."""

import asyncio
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices
from bot.commands.feeds import Name
from briefs import sources
from briefs.model import Condition, Feed
from briefs.pages.sources import state

As: TypeAlias = Literal["new", "known"]

_LOOKS = 40  # for what came of a feed that is asked now
_PAUSE = 0.5  # seconds between two of them


def make() -> tuple[app_commands.Command[Any, ..., Any], ...]:
    """Return the commands, for the group /feed."""
    return tuple(
        app_commands.Command(name=each.__name__, description=_first_line(each), callback=each)
        for each in (refresh, pause, resume)
    )


@app_commands.autocomplete(name=choices.own_feeds)
@app_commands.checks.cooldown(10, 60.0)
async def refresh(interaction: Interaction, name: Name) -> None:
    """Read a feed of this server now, and say what came of it.

    Args:
        interaction: The interaction.
        name: The feed.

    """
    await views.announce(interaction)
    scope, now = views.scope_of(interaction), datetime.now(UTC)
    feed = await interaction.client.work.write(sources.refresh, scope, name, now)
    interaction.client.collector.wake()
    await _say_when_asked(interaction, feed, now)


@app_commands.autocomplete(name=choices.own_feeds)
async def pause(
    interaction: Interaction, name: Name, reason: app_commands.Range[str, 1, 100] = "by hand"
) -> None:
    """Read a feed of this server no more until /feed resume.

    Args:
        interaction: The interaction.
        name: The feed.
        reason: Why; /feed list shows it.

    """
    await views.announce(interaction)
    scope = views.scope_of(interaction)
    feed = await interaction.client.work.write(sources.pause, scope, name, reason)
    await views.say(interaction, f"Feed **{markup.plain(feed.name)}** is paused.")


@app_commands.autocomplete(name=choices.own_feeds)
@app_commands.rename(taken="as")
async def resume(interaction: Interaction, *, name: Name, taken: As | None = None) -> None:
    """Read a paused feed again, or take what is held of one that turned new at once.

    Args:
        interaction: The interaction.
        name: The feed.
        taken: What is held: as new, or only into the library.

    """
    await views.announce(interaction)
    scope, now = views.scope_of(interaction), datetime.now(UTC)
    told = await interaction.client.work.write(sources.resume, scope, name, now, taken=taken or "")
    interaction.client.collector.wake()
    await views.say(interaction, markup.plain(told))


async def _say_when_asked(interaction: Interaction, feed: Feed, since: datetime) -> None:
    """Wait for the answer of *feed*, though not for long, and say how it is."""
    work, name = interaction.client.work, markup.plain(feed.name)
    for _ in range(_LOOKS):
        now = await work(lambda store: store.feeds.get(feed.scope, feed.id))
        if now.checked and now.checked >= since:
            fresh = " There is something new." if now.changed and now.changed >= since else ""
            detail = f" {markup.plain(now.detail)}" if now.condition is Condition.ILL else ""
            await views.say(interaction, f"**{name}**: {markup.plain(state(now))}.{fresh}{detail}")
            return
        await asyncio.sleep(_PAUSE)
    await views.say(interaction, f"**{name}** is read when it is its turn: /feed info shows it.")


def _first_line(callback: object) -> str:
    return (callback.__doc__ or "").partition("\n")[0]
