"""Follow…: the names in a briefing in, those that are chosen on the member's watch-list out."""

from collections.abc import Sequence
from datetime import UTC, datetime

import discord

from bot.client import Interaction
from bot.views import pager
from bot.views.posted.steps import MOST_OPTIONS, Choice, Step
from briefs import corrections, topics
from briefs.model import Scope, Watch
from briefs.store import Store

_MOST_NAME = 60  # characters of an entry of a watch-list


async def offer(interaction: Interaction, number: int) -> Step:
    """Offer who and what is named in the stories."""
    names = await interaction.client.work(_names, pager.scope_of(interaction), number)
    if not names:
        return Step("Nobody is named in this briefing: use /watch add for anything else.")
    options = tuple(discord.SelectOption(label=name, value=name) for name in names)
    text = "Whom or what do you want to hear of first? Briefings that you ask for go by it."
    return Step(text, Choice("follow", options, "Choose names", most=len(options)))


async def follow(
    interaction: Interaction, _number: int, _story: int, values: Sequence[str]
) -> Step:
    """Put what is chosen on the watch-list of who chose it; what is there already stays."""
    scope, user = pager.scope_of(interaction), interaction.user.id
    added, known = await interaction.client.work.write(_add, scope, user, values)
    told = []
    if added:
        verb = "is" if len(added) == 1 else "are"
        told.append(f"{', '.join(added)} {verb} on your watch-list now: /watch list shows it.")
    if known:
        told.append(f"On it already: {', '.join(known)}.")
    return Step(" ".join(told))


def _names(store: Store, scope: Scope, number: int) -> tuple[str, ...]:
    items = corrections.shown(store, scope, number).briefing.items
    found = corrections.names(store, scope, items, limit=2 * MOST_OPTIONS)
    return tuple(dict.fromkeys(name for name in found if len(name) <= _MOST_NAME))[:MOST_OPTIONS]


def _add(
    store: Store, scope: Scope, user: int, values: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return what was put on the list, and what was there; UsageError when there is no room."""
    there = {watch.text.casefold() for watch in store.watches.listing(scope, user)}
    added, known = [], []
    for value in values:
        text = topics.watchable(value)
        if text.casefold() in there:
            known.append(text)
            continue
        store.watches.add(Watch(text=text, scope=scope, user=user, added=datetime.now(UTC)))
        there.add(text.casefold())
        added.append(text)
    return added, known
