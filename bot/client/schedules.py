"""The schedules of config.toml in, schedules of the store out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import discord

from bot import config
from briefs import timing
from briefs.model import Schedule, Scope
from briefs.store import Store
from briefs.store.schedules import Synced

FORUMS = frozenset({discord.ChannelType.forum.value, discord.ChannelType.media.value})


def made(given: config.Schedule, scope: Scope, now: datetime, *, forum: bool = False) -> Schedule:
    """Return the schedule that the file asks for; it belongs to the server of its channel."""
    made = timing.make(
        name=given.name,
        channel=given.channel,
        times=given.time,
        days=given.days,
        timezone=given.timezone,
        scope=scope,
        now=now,
        about=given.about,
        length=given.length,
        sections=given.sections,
        skip=",".join(given.skip),
        quiet=given.quiet,
        owner="file",
    )
    return replace(
        made,
        kind="forum" if forum else "",
        mention=given.mention,
        tags=given.tags,
        publish=given.publish,
    )


def sync(store: Store, wanted: Sequence[Schedule], now: datetime) -> Synced:
    """Bring the store in line with the file; what it changes holds from *now* on.

    What was due before is accounted for by what the file said then.
    """
    before = {each.name: each for each in store.schedules.every() if each.owner == "file"}
    synced = store.schedules.sync(wanted, now)
    for name in synced.changed:
        old = before.get(name)  # None: another process has just made it
        new = None if old is None else store.schedules.get(old.id)
        if old is not None and new is not None:
            store.deliveries.plan(new, timing.plan_edit(old, new, now))
    return synced
