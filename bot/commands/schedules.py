"""/schedule: briefings that are posted by themselves."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

import discord
from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices, destinations
from bot.commands.access import MANAGE, Administration
from bot.commands.destinations import Place, Where
from briefs import budgets, timing
from briefs.errors import UsageError
from briefs.model import Delivery, Schedule, Scope, State
from briefs.store import Store

Length: TypeAlias = app_commands.Range[str, 1, 20]
Name: TypeAlias = app_commands.Range[str, 1, 80]

_MOST = 50  # schedules of one server
_BY_HAND = "paused by hand"


class Schedules(Administration, name="schedule", default_permissions=MANAGE):
    """Briefings that are posted by themselves."""

    @app_commands.command()
    @app_commands.autocomplete(timezone=choices.zones, about=choices.topics, length=choices.lengths)
    async def create(
        self,
        interaction: Interaction,
        *,
        name: Name,
        channel: app_commands.Transform[Where, Place],
        time: app_commands.Range[str, 1, 100],
        timezone: app_commands.Range[str, 1, 64],
        days: app_commands.Range[str, 1, 100] = "daily",
        skip: app_commands.Range[str, 1, 1000] = "",
        quiet: app_commands.Range[str, 1, 20] = "",
        about: app_commands.Range[str, 1, 100] | None = None,
        length: Length = "normal",
        sections: app_commands.Range[str, 1, 100] = "",
        mention: discord.Role | None = None,
        tags: app_commands.Range[str, 1, 200] = "",
        publish: bool = False,
    ) -> None:
        """Post a briefing at set times, in a channel, a thread or a forum.

        Args:
            interaction: The interaction.
            name: What to call it.
            channel: Where to post it; in a forum it is a new post each time.
            time: A time of day such as 07:30, or several such as 07:30,18:00.
            timezone: The time zone of these times, such as Europe/Kyiv.
            days: daily, weekdays, mon,wed, days of the month such as 1,15 or last, or first mon.
            skip: Dates to skip, such as 2026-12-25, 12-25 for every year, 12-24..01-02.
            quiet: Hours without posts, such as 22:00-07:00: what is due then waits for their end.
            about: A topic, or words that a document must have.
            length: short, normal, long, or a number of lines, words or minutes: 20 lines.
            sections: Which, in this order: lines,quotes,figures,disputes,also,people,quiet.
            mention: The one role to notify.
            tags: Of a forum's posts, with commas.
            publish: In an announcement channel: to those that follow it, too.

        """
        await views.announce(interaction)
        schedule = timing.make(
            name=name,
            channel=channel.id,
            times=time,
            days=days,
            timezone=timezone,
            scope=views.scope_of(interaction),
            now=datetime.now(UTC),
            about=about or "",
            length=checked_length(length),
            sections=budgets.sections(listed(sections)) if sections else (),
            skip=skip,
            quiet=quiet,
        )
        placed = destinations.placed(
            interaction, schedule, channel, mention=mention, tags=tags, publish=publish
        )
        made = await interaction.client.work.write(_create, placed)
        await views.say(interaction, _created(made, channel))

    @app_commands.command(name="list")
    async def listing(self, interaction: Interaction) -> None:
        """List the schedules of this server, with the next time of each."""
        await views.announce(interaction)
        await views.show(interaction, "schedules", {"now": datetime.now(UTC).isoformat()})

    @app_commands.command()
    @app_commands.autocomplete(name=choices.schedules)
    async def preview(self, interaction: Interaction, name: Name) -> None:
        """Show me what a schedule would post now; nothing is posted.

        Args:
            interaction: The interaction.
            name: The schedule.

        """
        await views.announce(interaction)
        now = datetime.now(UTC).isoformat()
        await views.show(interaction, "preview", {"schedule": name, "now": now})

    @app_commands.command()
    @app_commands.checks.cooldown(3, 60.0)
    @app_commands.autocomplete(name=choices.schedules)
    async def run(self, interaction: Interaction, name: Name) -> None:
        """Post the briefing of a schedule now; its due times stay as they are.

        Args:
            interaction: The interaction.
            name: The schedule.

        """
        await views.announce(interaction)
        client = interaction.client
        schedule = await client.work(own, views.scope_of(interaction), name)
        delivery = await client.deliveries.run_now(schedule)
        await views.say(interaction, _outcome(schedule, delivery))

    @app_commands.command()
    @app_commands.autocomplete(name=choices.schedules)
    async def next(self, interaction: Interaction, name: Name) -> None:
        """Show the next five times of a schedule.

        Args:
            interaction: The interaction.
            name: The schedule.

        """
        await views.announce(interaction)
        schedule = await interaction.client.work(own, views.scope_of(interaction), name)
        rows = [f"**{markup.plain(schedule.name)}**", coming(schedule, 5), *remarks(schedule)]
        await views.say(interaction, "\n".join(rows))

    @app_commands.command()
    @app_commands.autocomplete(name=choices.schedules)
    async def pause(
        self,
        interaction: Interaction,
        name: Name,
        until: app_commands.Range[str, 1, 20] = "",
    ) -> None:
        """Stop posting a schedule until it is resumed, or until a day.

        Args:
            interaction: The interaction.
            name: The schedule.
            until: When it goes on by itself, such as 2026-12-01, 12h, 7d or 2w.

        """
        await views.announce(interaction)
        scope = views.scope_of(interaction)
        paused = await interaction.client.work.write(_pause, scope, name, until)
        shown = markup.plain(paused.name)
        await views.say(interaction, f"**{shown}** is paused{_goes_on(paused)}")

    @app_commands.command()
    @app_commands.autocomplete(name=choices.schedules)
    async def resume(self, interaction: Interaction, name: Name) -> None:
        """Post a schedule again, from its next time on.

        Args:
            interaction: The interaction.
            name: The schedule.

        """
        await views.announce(interaction)
        found = await interaction.client.work.write(_resume, views.scope_of(interaction), name)
        shown = markup.plain(found.name)
        await views.say(interaction, f"**{shown}** is on again:\n{coming(found, 3)}")

    @app_commands.command()
    @app_commands.autocomplete(name=choices.schedules)
    async def delete(self, interaction: Interaction, name: Name) -> None:
        """Delete a schedule; what it posted stays.

        Args:
            interaction: The interaction.
            name: The schedule.

        """
        await views.announce(interaction)
        found = await interaction.client.work.write(_delete, views.scope_of(interaction), name)
        await views.say(interaction, f"**{markup.plain(found.name)}** is deleted.")


def _created(made: Schedule, channel: Where) -> str:
    """Say where and when the new schedule posts, and what is to be known of it."""
    first = f"Schedule **{markup.plain(made.name)}** posts in {channel.mention}:"
    return "\n".join([first, coming(made, 3), *remarks(made), *destinations.notes(channel)])


def checked_length(text: str) -> str:
    """Return *text* when it is a length; UsageError otherwise."""
    budgets.read(text)
    return text


def listed(text: str) -> list[str]:
    """Return names that are written with commas between them."""
    return [name.strip().casefold() for name in text.split(",") if name.strip()]


def _create(store: Store, schedule: Schedule) -> Schedule:
    if len(store.schedules.listing(schedule.scope)) >= _MOST:
        raise UsageError(f"There are {_MOST} schedules here already: delete one first.")
    return store.schedules.create(schedule)


def own(store: Store, scope: Scope, name: str) -> Schedule:
    """Return the schedule called *name* that belongs to the server itself."""
    return store.schedules.own(scope, name)


def _pause(store: Store, scope: Scope, name: str, until: str) -> Schedule:
    """Pause the schedule called *name*, for good or until then; return it as it is now."""
    found = own(store, scope, name)
    if not until:
        store.schedules.pause(found.id, _BY_HAND)
        return replace(found, paused=_BY_HAND, paused_until=None)
    end = timing.parse_until(until, now=datetime.now(UTC), timezone=found.timezone)
    store.schedules.pause_until(found.id, end)
    return replace(found, paused="", paused_until=end)


def _resume(store: Store, scope: Scope, name: str) -> Schedule:
    found = own(store, scope, name)
    store.schedules.resume(found.id)
    return replace(found, paused="", paused_until=None)


def _delete(store: Store, scope: Scope, name: str) -> Schedule:
    found = own(store, scope, name)
    if found.owner == "file":
        raise UsageError(f"“{found.name}” stands in config.toml: take it out there.")
    store.schedules.delete(found.id)
    return found


def remarks(schedule: Schedule) -> list[str]:
    """Return what is to be known of the times of *schedule*, a sentence each."""
    off = timing.why_off(schedule, datetime.now(UTC))
    return [*timing.notes(schedule), *([markup.plain(off)] if off else [])]


def _goes_on(paused: Schedule) -> str:
    """Say when a schedule that is paused is posted again."""
    if paused.paused_until is None:
        return "; /schedule resume posts it again."
    due = timing.next_due(paused, datetime.now(UTC))
    then = f", and posts again <t:{int(due[0].at.timestamp())}:F>" if due else ""
    return f" until {timing.spell_until(paused)} ({markup.plain(paused.timezone)}){then}."


def coming(schedule: Schedule, count: int) -> str:
    """Return the next times, as the reader's clock and as the schedule's zone show them."""
    where = timing.zone(schedule.timezone)
    due = timing.next_due(schedule, datetime.now(UTC), count)
    rows = [
        f"<t:{int(each.at.timestamp())}:F> ({each.at.astimezone(where):%H:%M}"
        f" {markup.plain(schedule.timezone)}, {each.at:%H:%M} UTC)"
        for each in due
    ]
    return "\n".join(rows) or "It is never due."


def _outcome(schedule: Schedule, delivery: Delivery) -> str:
    """Return what became of a briefing that was asked for, in words."""
    name = markup.plain(schedule.name)
    if delivery.state is State.SENT:
        link = f"https://discord.com/channels/{schedule.scope}/{delivery.channel}"
        return f"**{name}** is posted: {link}/{delivery.message}"
    reason = f": {markup.plain(delivery.reason)}" if delivery.reason else ""
    if delivery.state in {State.FAILED, State.SKIPPED, State.UNCERTAIN}:
        return f"**{name}** was not posted ({delivery.state}){reason}"
    return f"**{name}** is on its way{reason}; /brief latest shows it once it is there."
