"""/schedule edit and simulate: a schedule changed, and what it would have posted."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import discord
from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices, destinations, schedules
from bot.commands.destinations import Place, Where
from bot.commands.schedules import Length, Name
from briefs import budgets, simulations, timing
from briefs.errors import UsageError
from briefs.model import Due, Schedule, Scope
from briefs.store import Store


def make() -> tuple[app_commands.Command[Any, ..., Any], ...]:
    """Return the commands, for the group /schedule."""
    return tuple(
        app_commands.Command(name=name, description=_first_line(callback), callback=callback)
        for name, callback in (("edit", edit), ("simulate", simulate))
    )


@app_commands.autocomplete(
    name=choices.schedules,
    timezone=choices.zones,
    about=choices.topics,
    length=choices.lengths,
)
async def edit(
    interaction: Interaction,
    *,
    name: Name,
    rename: Name | None = None,
    channel: app_commands.Transform[Where, Place] | None = None,
    time: app_commands.Range[str, 1, 100] | None = None,
    timezone: app_commands.Range[str, 1, 64] | None = None,
    days: app_commands.Range[str, 1, 100] | None = None,
    skip: app_commands.Range[str, 1, 1000] | None = None,
    quiet: app_commands.Range[str, 1, 20] | None = None,
    about: app_commands.Range[str, 1, 100] | None = None,
    length: Length | None = None,
    sections: app_commands.Range[str, 1, 100] | None = None,
) -> None:
    """Change a schedule; what is not given stays.

    Args:
        interaction: The interaction.
        name: The schedule.
        rename: What to call it from now on.
        channel: Where to post it from the next time on.
        time: A time of day such as 07:30, or several such as 07:30,18:00.
        timezone: The time zone of these times, such as Europe/Kyiv.
        days: daily, weekdays, mon,wed, days of the month such as 1,15 or last, or first mon.
        skip: Dates to skip, such as 2026-12-25, 12-25 for every year, 12-24..01-02; or none.
        quiet: Hours without posts, such as 22:00-07:00; or none.
        about: A topic, or words that a document must have; none for everything.
        length: short, normal, long, or a number of lines, words or minutes: 20 lines.
        sections: Which, in this order: lines,quotes,figures,disputes,also,people,quiet; or all.

    """
    await views.announce(interaction)
    if channel is not None:
        destinations.check(interaction, channel)
    written = {
        "name": rename,
        "times": time,
        "timezone": timezone,
        "days": days,
        "skip": skip,
        "quiet": quiet,
        "about": about,
        "length": length and schedules.checked_length(length),
    }
    edited, late = await interaction.client.work.write(
        _edit,
        views.scope_of(interaction),
        name,
        {key: value for key, value in written.items() if value is not None},
        channel=(channel.id, isinstance(channel, discord.ForumChannel)) if channel else None,
        sections=None if sections is None else _sections(sections),
    )
    await views.say(interaction, "\n".join([_told(edited, late), *destinations.notes(channel)]))


@app_commands.checks.cooldown(3, 60.0)
@app_commands.autocomplete(name=choices.schedules)
async def simulate(
    interaction: Interaction,
    name: Name,
    days: app_commands.Range[int, 1, simulations.MOST_DAYS] = 7,
) -> None:
    """Show me what a schedule would have posted in the last days; nothing is posted.

    Args:
        interaction: The interaction.
        name: The schedule.
        days: How many days back.

    """
    await views.announce(interaction)
    now = datetime.now(UTC).isoformat()
    await views.show(interaction, "simulate", {"schedule": name, "days": str(days), "now": now})


def _edit(
    store: Store,
    scope: Scope,
    name: str,
    written: Mapping[str, str],
    *,
    channel: tuple[int, bool] | None,
    sections: tuple[str, ...] | None,
) -> tuple[Schedule, Due | None]:
    """Change the schedule called *name*; return it, and what is posted late for it now.

    *channel* is its new place, and whether that is a forum.
    """
    old, now = schedules.own(store, scope, name), datetime.now(UTC)
    if old.owner == "file":
        raise UsageError(f"“{old.name}” stands in config.toml: change it there.")
    number, forum = channel or (None, False)
    new = timing.edit(old, now, channel=number, sections=sections, **written)
    plan = timing.plan_edit(old, new, now)
    store.schedules.edit(new, now)
    if number is not None:
        kind = "forum" if forum else ""
        store.schedules.place(
            new.id, channel=number, kind=kind, mention=old.mention, tags=(), publish=False
        )
    store.deliveries.plan(new, plan)
    return new, plan.send


def _sections(text: str) -> tuple[str, ...]:
    names = schedules.listed(text)
    return () if names == ["all"] else budgets.sections(names)


def _told(edited: Schedule, late: Due | None) -> str:
    name = markup.plain(edited.name)
    where = "direct messages" if edited.kind == "direct" else f"<#{edited.channel}>"
    rows = [f"Schedule **{name}** is changed and posts in {where}:"]
    if late is not None:
        rows.append(f"the briefing of {late.date} is posted now, because its time has passed;")
    return "\n".join([*rows, schedules.coming(edited, 3), *schedules.remarks(edited)])


def _first_line(callback: object) -> str:
    return (callback.__doc__ or "").partition("\n")[0]
